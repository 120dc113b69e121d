//! Names of persons in every case they stand in; quotations and titles are left alone.

use super::Change;
use crate::analysis::Analysis;
use crate::analysis::names::zones::Zone;
use crate::ide::mentions::{Kin, Name};
use crate::script::fold;
use crate::text::Edit;

pub fn rename(analysis: &Analysis, name: &Name, to: &str) -> Result<Vec<Change>, String> {
    let typed = |place| analysis.text(place).split_whitespace().collect::<String>();
    let old = typed(name.origin);
    let mut changes = Vec::new();
    for mention in name.mentions.iter().filter(|m| matches!(m.zone, Zone::Prose | Zone::Reference)) {
        let here = typed(mention.place);
        let new = match mention.kin {
            Kin::Same | Kin::Variant => to.to_owned(),
            Kin::Inflected => inflected(&old, &here, to).ok_or_else(|| {
                format!("“{here}” is a form of this name, and what “{to}” makes of it is not certain: change it first")
            })?,
        };
        changes.push((mention.place.file, Edit::new(mention.place.span, new)));
    }
    Ok(changes)
}

/// What `to` is where `old` is `form`: the same ending, where the old one can be taken off.
fn inflected(old: &str, form: &str, to: &str) -> Option<String> {
    if fold(form) == fold(old) {
        return Some(to.to_owned());
    }
    let stem: usize = old.chars().zip(form.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (old_ending, ending) = (&old[stem..], &form[stem..]);
    Some(format!("{}{ending}", to.strip_suffix(old_ending)?))
}

#[cfg(test)]
mod tests {
    use super::inflected;

    #[test]
    fn endings_are_taken_over() {
        let is = |old, form, to, new: Option<&str>| assert_eq!(inflected(old, form, to).as_deref(), new, "{form}");
        is("Kaganovich", "Kaganovicha", "Molotov", Some("Molotova"));
        is("Trotskii", "Trotskogo", "Radetskii", Some("Radetskogo"));
        is("Trotskii", "Trotskogo", "Radek", None);
    }
}
