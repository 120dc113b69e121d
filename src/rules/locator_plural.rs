//! `locator-plural`

use super::Sink;
use crate::analysis::{Analysis, locators};
use crate::text::Edit;

rule! {
    /// The sign for one page (`p.`) stands before several, or the sign for several (`pp.`) before one.
    ///
    /// ## Why
    /// English tells `p. 7` from `pp. 7-9`; French and Spanish usage does not. Only manuscripts that tell them apart
    /// elsewhere are judged.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found,³ then sold again.⁴
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), pp. 12-14.
    ///
    /// ² Paul Lind, *The Oil* (Quay Press, London, 1932), pp. 3, 17.
    ///
    /// ³ Jane Holm, *The Wick* (Quay Press, London, 1933), p. 79-80.
    /// //~ locator-plural «p.» => «pp.»
    ///
    /// ⁴ Karl Brand, *The Glass* (Quay Press, London, 1934), p. 5.
    /// ```
    ///
    /// ```good
    /// La lampe fut vendue,¹ puis perdue.²
    ///
    /// ¹ Anne Roseau, *Les Lampes* (Paris, Quai, 1931), p. 12-14.
    ///
    /// ² Paul Lind, *Les Huiles* (Paris, Quai, 1932), p. 3.
    /// ```
    ///
    /// ## Fix
    /// Safe before several pages. Unsafe before one: a second number may be missing.
    "locator-plural", Warning, "The Chicago Manual of Style on abbreviations in notes"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for wrong in locators::wrong_numbers(analysis) {
        let label = analysis.text(wrong.label).to_string();
        let count = if wrong.several { "several pages" } else { "one page" };
        let edits = vec![Edit::new(wrong.label.span, wrong.label_text.clone())];
        let title = format!("write \"{}\"", wrong.label_text);
        let finding = out.at(wrong.label, format!("\"{label}\" before {count}"));
        finding.related(wrong.place, format!("{count} here")).related(wrong.model, "elsewhere told apart");
        match wrong.several {
            true => finding.safe_fix(title, edits),
            false => finding.unsafe_fix(title, edits),
        };
    }
}
