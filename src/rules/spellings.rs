//! What the rules about spellings share: one finding a name, at the first place of a form that is not the preferred one.

use super::{Finding, Sink};
use crate::analysis::names::{Spelt, Variants};
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

/// One finding for a name with several spellings.
pub fn report<'o>(
    analysis: &Analysis,
    name: &Variants,
    message: fn(&Variants) -> String,
    out: &'o mut Sink,
) -> Option<&'o mut Finding> {
    let usual = name.preferred.unwrap_or(0);
    let others = name.forms.iter().enumerate().filter(|(i, _)| *i != usual || name.computed.is_some());
    let mut places: Vec<(Place, &Spelt)> = others.flat_map(|(_, f)| f.places.iter().map(move |p| (*p, f))).collect();
    places.sort_by_key(|(place, _)| *place);
    let (first, form) = places.first().copied()?;
    let finding = out.at(first, message(name));
    if name.computed.is_none() {
        for place in nearest(&name.forms[usual].places, first) {
            finding.related(place, spelled(&name.forms[usual]));
        }
    }
    for (place, form) in &places[1..] {
        finding.related(*place, spelled(form));
    }
    let right = name.preferred.map(|p| name.forms[p].text.clone()).or_else(|| name.computed.clone());
    if let Some(right) = right {
        let here = places.iter().filter(|(p, f)| p.file == first.file && analysis.text(*p) == f.text);
        let edits = here.map(|(p, _)| Edit::new(p.span, right.clone())).collect();
        finding.unsafe_fix(format!("write \"{right}\" instead of \"{}\"", form.text), edits);
    }
    Some(finding)
}

pub fn spelled(form: &Spelt) -> String {
    match form.scheme {
        Some(scheme) => format!("\"{}\" here ({scheme})", form.text),
        None => format!("\"{}\" here", form.text),
    }
}

/// The places nearest to one, at most three, in order.
fn nearest(places: &[Place], to: Place) -> Vec<Place> {
    let mut near = places.to_vec();
    near.sort_by_key(|p| (p.file != to.file, p.span.start.abs_diff(to.span.start)));
    near.truncate(3);
    near.sort();
    near
}

/// `"Bakaev" twice, "Bakayev" once`
pub fn counts(name: &Variants) -> String {
    let each = name.forms.iter().map(|f| format!("\"{}\" {}", f.text, times(f.places.len())));
    each.collect::<Vec<_>>().join(", ")
}

pub fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}
