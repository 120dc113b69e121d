//! `note-pointer-mismatch`

use super::Sink;
use crate::analysis::{Analysis, pointers};
use crate::text::Edit;

rule! {
    /// A pointer names a note that does not cite the work.
    ///
    /// ## Why
    /// The reader is sent to the wrong note. Mostly a note was put in or taken out above. A note that names the author, or
    /// whose sentence does, is right.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ³ Reed, supra note 2, at 14.
    /// //~ note-pointer-mismatch «2»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ³ Reed, supra note 1, at 14.
    /// ```
    ///
    /// ## Fix
    /// Unsafe: it takes the note that cites the work in full.
    "note-pointer-mismatch", Error, "The Bluebook, Rule 4.2; OSCOLA, 4th ed., 1.2.1"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for slip in pointers::by_cause(analysis).1 {
        let right = slip.right_number;
        let finding = out.at(slip.number, format!("note {} does not cite this work; note {right} does", slip.named));
        finding.related(analysis.citations[slip.right].place, "the note that should be named");
        finding.unsafe_fix(format!("point at note {right}"), vec![Edit::new(slip.number.span, right.to_string())]);
    }
}
