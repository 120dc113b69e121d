//! `duplicate-bibliography-key`

use super::Sink;
use crate::analysis::{Analysis, entries};

rule! {
    /// Two entries of the bibliography have one key.
    ///
    /// ## Why
    /// Only one of them is printed, and not every program takes the same one. Of two files, the same entry in both does no
    /// harm and is not reported.
    ///
    /// ```bad md
    /// ---
    /// references:
    /// - id: reed1931
    ///   title: The Lamp Keepers
    /// - id: reed1931
    /// //~ duplicate-bibliography-key «reed1931»
    ///   title: The Wick Trimmers
    /// ---
    /// The lamp was sold [@reed1931].
    /// ```
    ///
    /// ```good md
    /// ---
    /// references:
    /// - id: reed1931a
    ///   title: The Lamp Keepers
    /// - id: reed1931b
    ///   title: The Wick Trimmers
    /// ---
    /// The lamp was sold [@reed1931a; @reed1931b].
    /// ```
    "duplicate-bibliography-key", Warning, "biber manual: duplicate entry keys"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (again, first) in entries::duplicates(analysis) {
        let finding = out.at(analysis.citations[again].place, "another entry has this key");
        finding.related(analysis.citations[first].place, analysis.entry_line(first));
    }
}
