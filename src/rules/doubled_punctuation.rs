//! `doubled-punctuation`

use super::Sink;
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

rule! {
    /// Two signs stand where one belongs: a comma on both sides of the closing quotation mark, two stops after an abbreviation.
    ///
    /// ## Why
    /// One sign closes a title or a sentence. Style decides whether it stands inside or outside the quotation mark, never both.
    /// Ellipses and the stop of an abbreviation before a comma (`Ibid., 12`) are left alone.
    ///
    /// ```bad
    /// The lamp was sold.¹
    ///
    /// ¹ "On the Lamp,", *Harbour Review* 4 (1931): 12.
    /// //~ doubled-punctuation «,",» => «,"»
    /// ```
    ///
    /// ```good
    /// The lamp was sold . . . and lost.¹
    ///
    /// ¹ "On the Lamp," *Harbour Review* 4 (1931): 12.
    /// ```
    ///
    /// ## Fix
    /// Safe: the outer sign goes. Where two dots may be an ellipsis cut short, unsafe.
    "doubled-punctuation", Warning, "The Chicago Manual of Style on punctuation with quotation marks"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, facts) in analysis.files.iter().enumerate() {
        for doubled in &facts.typography.doubled {
            let finding = out.at(Place { file, span: doubled.span }, "two signs where one belongs");
            finding.related(Place { file, span: doubled.extra }, "this one is too many");
            let edits = vec![Edit::new(doubled.extra, "")];
            match doubled.certain {
                true => finding.safe_fix("drop the second sign", edits),
                false => finding.unsafe_fix("drop the second stop", edits),
            };
        }
    }
}
