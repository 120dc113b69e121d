//! `locator-conflict`

use super::Sink;
use crate::analysis::{Analysis, extents};

rule! {
    /// One leaf of an archival file is given to two documents, or a document lies on both sides of another.
    ///
    /// ## Why
    /// A document takes a run of leaves. Where the leaves of one file contradict each other a number is wrong, or two
    /// documents go under one title. A document cited by title and leaf alone is taken to lie in the file that the
    /// references before and after it are of.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found,³ then sold again.⁴
    ///
    /// ¹ "Protokol o lampe," GARF, f. 5446, op. 2, d. 14, p. 30.
    ///
    /// ² "Spravka o masle," GARF, f. 5446, op. 2, d. 14, p. 34.
    ///
    /// ³ "Dokladnaia zapiska," GARF, f. 5446, op. 2, d. 14, p. 34.
    /// //~ locator-conflict «34»
    ///
    /// ⁴ "Protokol o lampe," p. 31.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ "Protokol o lampe," GARF, f. 5446, op. 2, d. 14, p. 30.
    ///
    /// ² "Spravka o masle," GARF, f. 5446, op. 2, d. 14, p. 34.
    ///
    /// ³ "Protokol o lampe," p. 31.
    /// ```
    "locator-conflict", Warning, "The Chicago Manual of Style on manuscript collections"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        let (shared, parted) = extents::conflicts(analysis, file);
        for pair in shared {
            let leaf = analysis.text(pair.place);
            let finding = out.at(pair.place, format!("{leaf} of the same file is given to another document"));
            finding.related(pair.other, "the other document");
        }
        for hole in parted {
            let (leaf, rest) = (analysis.text(hole.place), analysis.text(hole.rest));
            let message = format!("other documents of the file lie between {leaf} and {rest} of this one");
            let finding = out.at(hole.place, message);
            finding.related(hole.rest, "this document");
            for place in hole.between {
                finding.related(place, "another document between");
            }
        }
    }
}
