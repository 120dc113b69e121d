//! `unused-bibliography-entry`

use super::Sink;
use crate::analysis::{Analysis, entries};

rule! {
    /// Entries of a bibliography that nothing cites.
    ///
    /// ## Why
    /// A note was cut and its source stayed, or it was never written. Said once a bibliography, and only of one most of whose
    /// entries are cited: a library of everything one has ever read is no bibliography of this text. `nocite` counts as citing.
    ///
    /// ```bad md
    /// ---
    /// references:
    /// - id: reed1931
    /// - id: lind1932
    /// - id: holm1933
    /// - id: hale1934
    /// //~ unused-bibliography-entry «hale1934»
    /// ---
    /// The lamp was sold [@reed1931], then lost [@lind1932], then found [@holm1933].
    /// ```
    ///
    /// ```good md
    /// ---
    /// nocite: "@hale1934"
    /// references:
    /// - id: reed1931
    /// - id: lind1932
    /// - id: holm1933
    /// - id: hale1934
    /// ---
    /// The lamp was sold [@reed1931], then lost [@lind1932], then found [@holm1933].
    /// ```
    "unused-bibliography-entry", Info, "The Chicago Manual of Style, 17th ed., 14.61"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        let unused = entries::unused(analysis, file);
        let [first, rest @ ..] = unused.as_slice() else { continue };
        let more = match rest.len() {
            0 => String::new(),
            n => format!(", nor {n} more of this bibliography"),
        };
        let said = format!("never cited{more}: {}", analysis.entry_line(*first));
        let finding = out.at(analysis.citations[*first].place, said.trim_end_matches([':', ' ']));
        for id in rest {
            finding.related(analysis.citations[*id].place, analysis.entry_line(*id));
        }
    }
}
