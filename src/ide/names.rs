//! Names with several spellings, where the cursor stands on one: its forms, and each of them for all places of the file.

use super::hover::Hover;
use super::prose::Prose;
use crate::analysis::names::policy::Policy;
use crate::analysis::names::zones::Zone;
use crate::analysis::names::{Spelt, Variants};
use crate::analysis::{Analysis, FileId, Place};
use crate::text::{Edit, Span};

/// One form for every place of a name in a file, of one kind of text: the author's own prose, or the references.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rewrite {
    pub title: String,
    pub edits: Vec<Edit>,
}

/// The name that stands in a stretch of a file, and where.
fn at(analysis: &Analysis, file: FileId, stretch: Span) -> Option<(&Variants, &Spelt, Span)> {
    let near = |span: Span| span.start <= stretch.end && stretch.start <= span.end;
    let names = analysis.names.variants.iter().chain(&analysis.names.drifts);
    names
        .flat_map(|n| n.forms.iter().flat_map(move |f| f.places.iter().map(move |p| (n, f, p))))
        .find_map(|(name, form, place)| (place.file == file && near(place.span)).then_some((name, form, place.span)))
}

/// Every form of the name under the cursor, with its scheme and how often it stands.
pub fn hover(analysis: &Analysis, file: FileId, byte: u32) -> Option<Hover> {
    let (name, _, origin) = at(analysis, file, Span { start: byte, end: byte })?;
    let mut prose = Prose::default();
    for (i, form) in name.forms.iter().enumerate() {
        let scheme = form.scheme.map_or(String::new(), |s| format!(", {s}"));
        let preferred = if name.preferred == Some(i) { ", to prefer" } else { "" };
        prose.say(format!("{}: {}{scheme}{preferred}", form.text, times(form.places.len())));
    }
    Some(Hover { origin, prose })
}

/// `once`, `3 times`
pub(super) fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

/// Each form of the name in a stretch, written everywhere in the file where the kind of text is the same. Quotations and
/// titles stay as they are.
pub fn rewrites(analysis: &Analysis, file: FileId, stretch: Span) -> Vec<Rewrite> {
    let Some((name, own, _)) = at(analysis, file, stretch) else { return Vec::new() };
    let text = match own.zone {
        Zone::Prose => "the prose",
        Zone::Reference => "the references",
        Zone::Title | Zone::Quotation => return Vec::new(),
    };
    let one = |i: usize| {
        let right = &name.forms[i].text;
        let others =
            name.forms.iter().enumerate().filter(|(j, f)| *j != i && f.zone == own.zone).flat_map(|(_, f)| &f.places);
        let here = others.filter(|p| p.file == file && !analysis.text(**p).contains(char::is_whitespace));
        let edits: Vec<Edit> = here.map(|p| Edit::new(p.span, right.clone())).collect();
        (!edits.is_empty())
            .then(|| Rewrite { title: format!("Write \"{right}\" throughout {text} of this file"), edits })
    };
    (0..name.forms.len()).filter_map(one).collect()
}

/// A name that is spelt in several ways, by the spelling in a stretch of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    pub here: String,
    pub others: Vec<String>,
}

/// The spellings of the name in a stretch, those that are taken for slips included.
pub fn known(analysis: &Analysis, file: FileId, stretch: Span) -> Option<Known> {
    let there = |p: &Place| p.file == file && p.span.start <= stretch.end && stretch.start <= p.span.end;
    if let Some((name, ..)) = at(analysis, file, stretch) {
        let (here, others): (Vec<_>, Vec<_>) = name.forms.iter().partition(|f| f.places.iter().any(there));
        let others = others.iter().map(|f| f.text.clone()).collect();
        return Some(Known { here: here.first()?.text.clone(), others });
    }
    let slip = analysis.names.slips.iter().find(|s| s.places.iter().any(there))?;
    Some(Known { here: slip.wrong.clone(), others: vec![slip.right.clone()] })
}

/// The scheme that the note on transliteration names, where the note stands in a stretch of a file, as it would be configured.
pub fn stated(analysis: &Analysis, file: FileId, stretch: Span) -> Option<&Policy> {
    let (place, policy) = analysis.names.policy.as_ref()?;
    let there = place.file == file && place.span.start <= stretch.end && stretch.start <= place.span.end;
    let names = &analysis.config.names;
    let settled = names.prose == policy.prose && names.titles == policy.titles;
    (there && !settled).then_some(policy)
}
