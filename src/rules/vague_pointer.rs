//! `vague-pointer`

use super::Sink;
use crate::analysis::{Analysis, pointers};

rule! {
    /// "See above" does not say where.
    ///
    /// ## Why
    /// Without a note, page or chapter the reader must search the whole. In editors only, unless the style asks for more.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² See above.
    /// //~ vague-pointer «See above»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² See above, note 1.
    /// ```
    "vague-pointer", Hint, "OSCOLA, 4th ed., 1.2.2"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for id in pointers::vague(analysis) {
        out.at(analysis.citations[id].place, "which note or page?");
    }
}
