//! `hyphenation-drift`

use super::Sink;
use crate::analysis::{Analysis, Place};

rule! {
    /// One word with a prefix is spelled both with and without a hyphen.
    ///
    /// ## Why
    /// House styles differ on `non-party` and `nonparty`; a manuscript keeps to one of them. Quotations and titles keep their
    /// own spelling and are not counted. Prefixes that make another word, as in `re-cover`, are not judged.
    ///
    /// ```bad
    /// A non-party worker stood up. Two non-party men left, and a nonparty woman spoke.
    /// //~ hyphenation-drift «nonparty»
    /// ```
    ///
    /// ```good
    /// A non-party worker stood up. Two non-party men left, and a "nonparty" woman spoke.
    /// ```
    "hyphenation-drift", Info, "The Chicago Manual of Style on compounds formed with prefixes"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, facts) in analysis.files.iter().enumerate() {
        for compound in &facts.typography.compounds {
            let (usual, count) = (&compound.usual, compound.usual_count);
            let mut places = compound.others.iter().map(|span| Place { file, span: *span });
            let Some(first) = places.next() else { continue };
            let finding = out.at(first, format!("spelled \"{usual}\" elsewhere ({count} times)"));
            finding.related(Place { file, span: compound.model }, format!("\"{usual}\" here"));
            for other in places {
                finding.related(other, "the other spelling again");
            }
        }
    }
}
