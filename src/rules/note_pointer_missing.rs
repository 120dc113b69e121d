//! `note-pointer-missing`

use super::Sink;
use crate::analysis::{Analysis, pointers};

rule! {
    /// A pointer names a note that is not there.
    ///
    /// ## Why
    /// The reader is sent nowhere.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Reed, supra note 9, at 14.
    /// //~ note-pointer-missing «9»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Reed, supra note 1, at 14.
    /// ```
    "note-pointer-missing", Error, "The Bluebook, Rule 4.2; OSCOLA, 4th ed., 1.2.1"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for missing in pointers::missing(analysis) {
        let finding = out.at(missing.place, format!("there is no note {}", missing.number));
        if let Some(last) = missing.last {
            finding.related(last, "the last note");
        }
    }
}
