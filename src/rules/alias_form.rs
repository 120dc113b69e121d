//! `alias-form`

use super::Sink;
use crate::analysis::{Analysis, shorts};

rule! {
    /// A short form is typed otherwise than the manuscript set it.
    ///
    /// ## Why
    /// Set in italics and used in roman it looks like another thing. Reported once a short form, with all deviating places.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *Accounts of the Lamp Keepers* (London: Quay Press, 1931), 14. Hereafter cited as *Harbour Book*.
    ///
    /// ² Harbour Book, 12.
    /// //~ alias-form «Harbour Book»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *Accounts of the Lamp Keepers* (London: Quay Press, 1931), 14. Hereafter cited as *Harbour Book*.
    ///
    /// ² *Harbour Book*, 12.
    /// ```
    "alias-form", Info, "The Bluebook, Rule 4.2(b)"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for alias in (0..analysis.files.len()).flat_map(|file| shorts::aliases(analysis, file)) {
        let uses = alias.after.iter().map(|id| (*id, shorts::name_of(analysis.citation(*id))));
        let other: Vec<_> = uses.filter(|(_, name)| name.is_some_and(|(_, emphasised)| emphasised != alias.title.emphasised)).collect();
        let Some((first, Some((span, _)))) = other.first() else { continue };
        let (was, is) = if alias.title.emphasised { ("italics", "roman") } else { ("roman", "italics") };
        let finding = out.at(analysis.place(*first, *span), format!("set in {was}, used in {is}"));
        finding.related(analysis.place(alias.id, alias.title.span), "set here");
        for (id, _) in &other[1..] {
            finding.related(analysis.citations[*id].place, analysis.numbered(*id));
        }
    }
}
