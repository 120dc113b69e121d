//! `missing-space`

use super::Sink;
use crate::analysis::typography::spaces::Habit;
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

rule! {
    /// Two words run into each other where the manuscript otherwise sets a space.
    ///
    /// ## Why
    /// A closing quotation mark, a comma and an abbreviation before its number are followed by a space. A manuscript that
    /// writes `p.12` throughout has its own style and is left alone; so are addresses, formulas and code.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review* 4 (1931): 12, p. 14.
    ///
    /// ² Paul Lind, "On the Oil,"*Mill Review* 4 (1931): 12, p. 14.
    /// //~ missing-space «,"*Mill» => «," *Mill»
    ///
    /// ³ Jane Holm, "On the Wick," *Quay Review* 4 (1931): 12, p.15, p. 16.
    /// //~ missing-space «p.15» => «p. 15»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review* 4 (1931): 12, p.14.
    ///
    /// ² Paul Lind, "On the Oil," *Mill Review* 4 (1931): 12, p.14.
    /// ```
    ///
    /// ## Fix
    /// Safe, but for a comma between letters: that may be a letter misread by OCR.
    "missing-space", Warning, "The Chicago Manual of Style on spaces with punctuation"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, facts) in analysis.files.iter().enumerate() {
        for tight in &facts.typography.tight {
            let message = match &tight.habit {
                Habit::Comma => "no space after the comma".to_string(),
                Habit::Quote => "no space after the closing quotation mark".to_string(),
                Habit::Colon => "no space after the colon".to_string(),
                Habit::Sign(sign) => format!("no space after \"{sign}.\""),
            };
            let finding = out.at(Place { file, span: tight.span }, message);
            let edits = vec![Edit::new(tight.gap, " ")];
            match tight.habit {
                // `Deve,opments`: a letter that OCR read as a comma.
                Habit::Comma => finding.unsafe_fix("set a space", edits),
                _ => finding.safe_fix("set a space", edits),
            };
            if let Some(span) = tight.model {
                finding.related(Place { file, span }, "elsewhere a space is set");
            }
        }
    }
}
