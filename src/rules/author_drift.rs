//! `author-drift`

use super::Sink;
use crate::analysis::{Analysis, drift, listed};

rule! {
    /// The author of one work is spelled in two ways.
    ///
    /// ## Why
    /// A short form is found by its author; a letter more or less and the reader looks in vain. Only citations of one and the
    /// same work are compared: other works may have the name as their own title pages print it.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Whitfield, *The Lamp Keepers of the Northern Harbour* (Quay Press, London, 1931), p. 12.
    ///
    /// ² Paul Lind, *The Oil* (Quay Press, London, 1932), p. 3.
    ///
    /// ³ Whitfeld, *The Lamp Keepers of the Northern Harbour*, p. 14.
    /// //~ author-drift «Whitfeld»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Whitfield, *The Lamp Keepers of the Northern Harbour* (Quay Press, London, 1931), p. 12.
    ///
    /// ² Paul Lind, *The Oil* (Quay Press, London, 1932), p. 3.
    ///
    /// ³ Whitfield, *The Lamp Keepers of the Northern Harbour*, p. 14.
    /// ```
    "author-drift", Warning, "The Chicago Manual of Style on shortened citations"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for drift in listed::authors(analysis).iter().filter(|d| !drift::is_misspelling(analysis, d.typed)) {
        let finding = out.at(drift.typed, format!("the bibliography has \"{}\"", drift.listed));
        finding.related(drift.entry, "its entry");
    }
    for file in 0..analysis.files.len() {
        for drift in drift::authors(analysis, file) {
            let [first, rest @ ..] = drift.places.as_slice() else { continue };
            let model = analysis.text(drift.model);
            let finding = out.at(*first, format!("the full citation of this work has \"{model}\""));
            finding.related(drift.model, "the full citation");
            for place in rest {
                finding.related(*place, "again");
            }
        }
    }
}
