//! `short-before-full`

use super::Sink;
use crate::analysis::{Analysis, shorts};

rule! {
    /// A work is cited in short form before it is cited in full.
    ///
    /// ## Why
    /// The first citation is where the reader looks for the whole of it. Mostly notes were moved. Reported once a work.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Reed, *Lamp Keepers*, 12.
    /// //~ short-before-full «Reed, *Lamp Keepers*, 12»
    ///
    /// ² Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 14.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Reed, *Lamp Keepers*, 14.
    /// ```
    "short-before-full", Warning, "The Chicago Manual of Style, 17th ed., 14.30"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (short, full) in shorts::forward(analysis) {
        let message = format!("cited in full only later, in {}", analysis.numbered(full));
        out.at(analysis.citations[short].place, message).related(analysis.citations[full].place, "the full citation");
    }
}
