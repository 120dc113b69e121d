//! One citation in another form: Ibid. as a short form and back, a short form as the full one.

use super::wording::{full_form, naming, one_line, short_form};
use crate::analysis::{Analysis, CiteId, FileId, Resolution, SourceId};
use crate::citation::{Citation, Form};
use crate::text::{Edit, Span};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rewrite {
    pub title: String,
    pub edits: Vec<Edit>,
}

/// What the citation at a byte can be turned into without changing what it means.
pub fn rewrites(analysis: &Analysis, file: FileId, byte: u32) -> Vec<Rewrite> {
    let Some(id) = analysis.citation_at(file, byte) else { return Vec::new() };
    let Some(source) = certain(analysis, id) else { return Vec::new() };
    let one = |title: &str, edit: Edit| Rewrite { title: title.to_owned(), edits: vec![edit] };
    let mut offered = Vec::new();
    match analysis.citation(id).form {
        Form::Ibid | Form::Id => {
            offered.extend(expand(analysis, id, source).map(|edit| one("Write the short form instead of Ibid.", edit)));
            offered.push(one("Write the full citation", in_full(analysis, id, source)));
        }
        Form::Short | Form::OpCit | Form::Supra => {
            offered.extend(contract(analysis, id, source).map(|edit| one("Write Ibid. instead", edit)));
            offered.push(one("Write the full citation", in_full(analysis, id, source)));
        }
        _ => {}
    }
    offered
}

/// The source of a back-reference that is beyond doubt and cited in full.
fn certain(analysis: &Analysis, id: CiteId) -> Option<SourceId> {
    let Some(Resolution::Exact { source, how, .. }) = &analysis.citations[id].resolution else { return None };
    let facts = &analysis.sources[*source];
    (!facts.orphan && facts.definition != id && !how.fuzzy && !how.pointer_mismatch).then_some(*source)
}

/// The short form in the place of an Ibid. An Ibid. without pages means the pages before it: they are written out.
fn expand(analysis: &Analysis, id: CiteId, source: SourceId) -> Option<Edit> {
    let mut words = short_form(analysis, source, Some(id))?;
    if analysis.citation(id).locators.is_none()
        && let Some(pages) = pages_meant(analysis, id)
    {
        words = format!("{words}, {pages}");
    }
    Some(replace(analysis, id, &words))
}

/// The pages of the citation that an Ibid. leans on; of a full one only where they cannot be the extent of an article.
fn pages_meant(analysis: &Analysis, id: CiteId) -> Option<String> {
    let Some(Resolution::Exact { via, .. }) = &analysis.citations[id].resolution else { return None };
    for before in via.iter().copied().chain(analysis.antecedent(id)) {
        let citation = analysis.citation(before);
        if let Some(locators) = &citation.locators {
            let certain = citation.form != Form::Full || citation.kind == crate::citation::Kind::Book;
            return certain.then(|| one_line(analysis.text(analysis.place(before, locators.span))));
        }
    }
    None
}

fn in_full(analysis: &Analysis, id: CiteId, source: SourceId) -> Edit {
    replace(analysis, id, &full_form(analysis, source))
}

/// Ibid. in the place of a short form, where it would mean the same.
fn contract(analysis: &Analysis, id: CiteId, source: SourceId) -> Option<Edit> {
    let place = analysis.citations[id].place;
    if leans_on(analysis, place.file, analysis.citations[id].note?, place.span.start) != Some(source) {
        return None;
    }
    let signal = analysis.citation(id).signal.is_some();
    let word = usual_ibid(analysis, place.file, None);
    let word = if signal { word.to_lowercase() } else { word };
    Some(replace(analysis, id, &word))
}

/// What an Ibid. at a byte of a note would mean beyond doubt: the source of the citation before it in the note, else the only
/// one of the note before.
pub fn leans_on(analysis: &Analysis, file: FileId, note: usize, byte: u32) -> Option<SourceId> {
    let cites = |id: &CiteId| {
        let form = analysis.citation(*id).form;
        !matches!(form, Form::Commentary | Form::Quote | Form::Alias | Form::Xref)
    };
    let of_note = |note: usize| {
        let there = move |c: &crate::analysis::Cited| c.place.file == file && c.note == Some(note);
        (0..analysis.citations.len()).filter(move |id| there(&analysis.citations[*id])).filter(cites)
    };
    if let Some(before) = of_note(note).rfind(|id| analysis.citations[*id].place.span.end <= byte) {
        return analysis.source_of(before);
    }
    let manuscript = &analysis.files[file].manuscript;
    let number = manuscript.notes[note].label.number;
    let before = match number {
        Some(number) => analysis.notes[file].note_numbered(manuscript, note, number.checked_sub(1)?)?,
        None => note.checked_sub(1)?,
    };
    let mut sources = of_note(before).map(|id| analysis.source_of(id));
    let source = sources.next()??;
    sources.all(|s| s == Some(source)).then_some(source)
}

/// As most Ibid. of a file are typed; one that is being typed at a byte does not count.
pub fn usual_ibid(analysis: &Analysis, file: FileId, typing: Option<u32>) -> String {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for (id, citation) in analysis.citations_of(file).filter(|(_, c)| c.form == Form::Ibid) {
        let Some(cue) = citation.cue else { continue };
        if typing.is_some_and(|byte| analysis.place(id, cue).span.touches(byte)) {
            continue;
        }
        let typed = analysis.text(analysis.place(id, cue)).trim_matches(['*', '_']).to_owned();
        if !typed.starts_with(char::is_uppercase) {
            continue;
        }
        match counted.iter_mut().find(|(t, _)| *t == typed) {
            Some((_, n)) => *n += 1,
            None => counted.push((typed, 1)),
        }
    }
    let most = counted.into_iter().max_by_key(|(_, n)| *n);
    most.map_or_else(|| "Ibid.".to_owned(), |(word, _)| word)
}

/// Other words where a citation names its source. The comma before its pages and the stop behind it stay right.
fn replace(analysis: &Analysis, id: CiteId, words: &str) -> Edit {
    let citation: &Citation = analysis.citation(id);
    let place = analysis.citations[id].place;
    let text = &analysis.files[place.file].manuscript.text;
    let mut span = naming(analysis, id);
    match &citation.locators {
        Some(locators) => {
            let pages = analysis.place(id, locators.span).span;
            span.end = pages.start.max(span.start);
            let separator =
                if words.ends_with([',']) || words.ends_with(",\"") || words.ends_with(",”") { " " } else { ", " };
            Edit::new(span, format!("{words}{separator}"))
        }
        None => {
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
    }
}
