//! `note-pointer-direction`

use super::Sink;
use crate::analysis::{Analysis, pointers};
use crate::citation::Direction;

rule! {
    /// A pointer says "above" of a note below, "below" of one above, or names its own note.
    ///
    /// ## Why
    /// Supra and infra tell the reader which way to turn.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ See above, note 3.
    /// //~ note-pointer-direction «above, note 3»
    ///
    /// ² Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ³ Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ See below, note 3.
    ///
    /// ² Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ³ Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    /// ```
    "note-pointer-direction", Warning, "OSCOLA, 4th ed., 1.2.2"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for wrong in pointers::misdirected(analysis) {
        let where_ = match wrong.number.cmp(&wrong.own) {
            std::cmp::Ordering::Less => "comes before this one",
            std::cmp::Ordering::Equal => "is this note itself",
            std::cmp::Ordering::Greater => "comes after this one",
        };
        let says = if wrong.says == Direction::Back { "back" } else { "forward" };
        out.at(wrong.place, format!("points {says}, but note {} {where_}", wrong.number));
    }
}
