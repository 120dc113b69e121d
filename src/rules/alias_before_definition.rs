//! `alias-before-definition`

use super::Sink;
use crate::analysis::{Analysis, shorts};

rule! {
    /// A short form is used before the manuscript sets it.
    ///
    /// ## Why
    /// "Hereafter cited as" promises the short form for what follows; before it the reader does not know it.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ *Harbour Book*, 12.
    /// //~ alias-before-definition «*Harbour Book*, 12»
    ///
    /// ² Anna Reed, *Accounts of the Lamp Keepers* (London: Quay Press, 1931), 14. Hereafter cited as *Harbour Book*.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *Accounts of the Lamp Keepers* (London: Quay Press, 1931), 14. Hereafter cited as *Harbour Book*.
    ///
    /// ² *Harbour Book*, 12.
    /// ```
    "alias-before-definition", Warning, "The Bluebook, Rule 4.2(b)"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for alias in (0..analysis.files.len()).flat_map(|file| shorts::aliases(analysis, file)) {
        let Some(first) = alias.before.first() else { continue };
        let message = format!("this short form is set only later, in {}", analysis.numbered(alias.id));
        let finding = out.at(analysis.citations[*first].place, message);
        finding.related(analysis.place(alias.id, alias.title.span), "set here");
        for other in &alias.before[1..] {
            finding.related(analysis.citations[*other].place, analysis.numbered(*other));
        }
    }
}
