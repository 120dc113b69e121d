//! `alias-unused`

use super::Sink;
use crate::analysis::{Analysis, shorts};

rule! {
    /// A short form is set but never used.
    ///
    /// ## Why
    /// The reader keeps it in mind for nothing; or the later citations use another one.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *Accounts of the Lamp Keepers* (London: Quay Press, 1931), 14. Hereafter cited as *Harbour Book*.
    /// //~ alias-unused «Harbour Book»
    ///
    /// ² Reed, *Accounts*, 12.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *Accounts of the Lamp Keepers* (London: Quay Press, 1931), 14. Hereafter cited as *Harbour Book*.
    ///
    /// ² *Harbour Book*, 12.
    /// ```
    "alias-unused", Info, "The Bluebook, Rule 4.2(b)"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        for alias in shorts::aliases(analysis, file) {
            if !alias.is_mentioned(analysis) && alias.before.is_empty() {
                let finding = out.at(analysis.place(alias.id, alias.title.span), "this short form is never used");
                finding.related(analysis.citations[alias.id].place, "set here");
            }
        }
    }
}
