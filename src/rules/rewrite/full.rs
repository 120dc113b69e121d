//! A back-reference written out as the full citation of its source. These words are the source's own: they can mean no other.

use super::wording::{full_form, naming};
use crate::analysis::{Analysis, CiteId, FileId, Resolution};
use crate::citation::Form;
use crate::text::{Edit, Span};

/// The edits that write the chosen back-references of a file in full, where what they stand for is beyond doubt.
pub fn in_full(analysis: &Analysis, file: FileId, chosen: impl Fn(CiteId) -> bool) -> Vec<Edit> {
    let back = analysis.citations_of(file).filter(|(id, c)| {
        chosen(*id) && matches!(c.form, Form::Ibid | Form::Id | Form::Short | Form::OpCit | Form::Supra)
    });
    back.filter_map(|(id, _)| change(analysis, id)).collect()
}

fn change(analysis: &Analysis, id: CiteId) -> Option<Edit> {
    let Some(Resolution::Exact { source, how, .. }) = &analysis.citations[id].resolution else { return None };
    let facts = &analysis.sources[*source];
    let certain = !facts.orphan && facts.definition != id && !how.fuzzy && !how.pointer_mismatch;
    certain.then(|| replace(analysis, id, &full_form(analysis, *source)))
}

/// Other words where a citation names its source. The comma before its pages and the stop behind it stay right.
fn replace(analysis: &Analysis, id: CiteId, words: &str) -> Edit {
    let citation = analysis.citation(id);
    let place = analysis.citations[id].place;
    let text = &analysis.files[place.file].manuscript.text;
    let mut span = naming(analysis, id);
    if let Some(locators) = &citation.locators {
        span.end = analysis.place(id, locators.span).span.start.max(span.start);
        let inside = words.ends_with(',') || words.ends_with(",\"") || words.ends_with(",”");
        return Edit::new(span, format!("{words}{}", if inside { " " } else { ", " }));
    }
    span = Span { start: span.start, end: place.span.end.max(span.end) };
    let stopped = span.of(text).ends_with('.');
    let next = text[span.end as usize..].starts_with('.');
    let bare = words.trim_end_matches(['.', ',']);
    let words = match (stopped && !next, words.ends_with('.')) {
        (true, false) => format!("{bare}."),
        (_, true) if next => bare.to_owned(),
        _ => words.to_owned(),
    };
    Edit::new(span, words)
}
