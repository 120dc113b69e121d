//! Ibid. written out as the short form of its source: before notes are moved, or because the style wants it.

use super::{Change, flow, kept, typed, words_end};
use crate::analysis::{Analysis, CiteId, FileId, Resolution, SourceId};
use crate::citation::{Certainty, Citation, Form, Kind, Title};
use crate::text::{Edit, Span};
use std::collections::BTreeMap;

/// What a short title leaves out.
const ARTICLES: [&str; 3] = ["The ", "A ", "An "];

/// The edits that write out every Ibid. that touches `within` (bytes of the file). What stands for no one source surely, or
/// whose page cannot be told, stays.
pub fn expand(analysis: &Analysis, file: FileId, within: Span) -> Vec<Edit> {
    let ids: Vec<CiteId> =
        analysis.citations_of(file).filter(|(_, c)| c.form == Form::Ibid).map(|(id, _)| id).collect();
    let touched = ids.into_iter().filter(|id| {
        let place = analysis.citations[*id].place.span;
        within.overlaps(place) || within.touches(place.start)
    });
    kept(analysis, file, touched.filter_map(|id| change(analysis, id)).collect())
}

fn change(analysis: &Analysis, id: CiteId) -> Option<Change> {
    let citation = analysis.citation(id);
    let Some(Resolution::Exact { source, how, .. }) = &analysis.citations[id].resolution else { return None };
    let cue = citation.cue.filter(|_| citation.certainty == Certainty::Sure && !how.forward)?;
    let name = name(analysis, analysis.citations[id].place.file, *source)?;
    let words = flow(analysis, id);
    let tail = Span { start: cue.end, end: citation.span.end.max(cue.end) };
    let said = tail.of(words).trim_start_matches([',', ' ', '\u{a0}']);
    let cited = &analysis.citations[id];
    let flow = &analysis.files[cited.place.file].manuscript.notes[cited.note?].flow;
    let mut gone = flow.dressed(cue);
    let mut written = name.clone();
    if said.is_empty() {
        match inherited(analysis, id) {
            Pages::Of(pages) => written = join(&name, &pages),
            Pages::Whole => {}
            Pages::Doubtful => return None,
        }
        let rest = words[cue.end as usize..].trim_start();
        let ends = rest.is_empty() || rest.starts_with(char::is_uppercase);
        if cue.of(words).ends_with('.') && ends && !written.ends_with('.') {
            written.push('.');
        }
    } else {
        // the signs between cue and locator go with the cue
        let start = tail.end - said.len() as u32;
        gone.end = flow.dressed(Span { start, end: tail.end }).start.max(gone.end);
        written = join(&name, "");
    }
    Some(Change { id, edit: Edit::new(gone, written) })
}

/// Words and pages with the comma between them, inside the quotation mark where the title has it there.
fn join(name: &str, pages: &str) -> String {
    let inside = name.ends_with(",\"") || name.ends_with(",”") || name.ends_with(",’");
    format!("{name}{}{pages}", if inside { " " } else { ", " })
}

enum Pages {
    Of(String),
    Whole,
    Doubtful,
}

/// The pages a bare Ibid. repeats: those of what it leans on.
fn inherited(analysis: &Analysis, id: CiteId) -> Pages {
    let mut at = id;
    for _ in 0..64 {
        let Some(before) = analysis.antecedent(at).filter(|b| *b < at) else { return Pages::Doubtful };
        let citation = analysis.citation(before);
        let extent = citation.form == Form::Full && matches!(citation.kind, Kind::Article | Kind::Chapter);
        match &citation.locators {
            Some(_) if extent => return Pages::Doubtful,
            Some(locators) => return Pages::Of(typed(analysis, before, locators.span)),
            None if citation.form == Form::Ibid => at = before,
            None => return Pages::Whole,
        }
    }
    Pages::Doubtful
}

/// What the manuscript itself calls a source for short; else author and title of its full citation.
fn name(analysis: &Analysis, file: FileId, source: SourceId) -> Option<String> {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for id in &analysis.sources[source].citations {
        let (cited, citation) = (&analysis.citations[*id], analysis.citation(*id));
        let exact = matches!(&cited.resolution, Some(Resolution::Exact { how, .. }) if !how.fuzzy);
        let plain = citation.certainty == Certainty::Sure && citation.pointer.is_none();
        if cited.place.file == file && citation.form == Form::Short && exact && plain {
            *used.entry(short_words(analysis, *id, citation)).or_default() += 1;
        }
    }
    let usual = used.into_iter().filter(|(words, _)| !words.is_empty()).max_by_key(|(words, n)| (*n, words.len()));
    usual.map(|(words, _)| words).or_else(|| made(analysis, analysis.sources[source].definition))
}

/// A short citation without its signal and its pages.
pub(super) fn short_words(analysis: &Analysis, id: CiteId, citation: &Citation) -> String {
    let words = flow(analysis, id);
    let start = citation.signal.map_or(citation.span.start, |s| s.end);
    let span = Span { start, end: words_end(words, citation).max(start) }.trim(words);
    typed(analysis, id, span)
}

/// A short form made from a full citation: surname and main title, or the path of an archival file.
fn made(analysis: &Analysis, definition: CiteId) -> Option<String> {
    let citation = analysis.citation(definition);
    if citation.certainty != Certainty::Sure || analysis.citations[definition].note.is_none() {
        return None;
    }
    if let (Kind::Archival, Some(archive)) = (citation.kind, &citation.archive) {
        let words = flow(analysis, definition);
        let end = words_end(words, citation).min(archive.span.end).max(archive.span.start);
        let path = Span { start: archive.span.start, end };
        return archive.repository.map(|_| typed(analysis, definition, path));
    }
    let authors = surnames(analysis, definition, citation)?;
    let title = citation.titles.first().filter(|t| t.emphasised != t.quoted)?;
    Some(format!("{authors}, {}", main_title(analysis, definition, title)?))
}

/// `Reed`, `Reed and Lind`, `Reed et al.`
fn surnames(analysis: &Analysis, id: CiteId, citation: &Citation) -> Option<String> {
    let words = flow(analysis, id);
    let surname = |i: usize| {
        let author = &citation.authors[i];
        let typed = author.span.of(words).trim();
        let last = typed.rsplit(' ').next().unwrap_or(typed);
        (crate::script::fold(last) == author.surname).then(|| last.to_owned())
    };
    match citation.authors.len() {
        0 => None,
        1 => surname(0),
        2 => {
            let between = Span { start: citation.authors[0].span.end, end: citation.authors[1].span.start };
            let join = between.of(words).trim().trim_start_matches(',').trim();
            let known = matches!(join, "and" | "und" | "et" | "y" | "e" | "i" | "и" | "&");
            known.then(|| Some(format!("{} {join} {}", surname(0)?, surname(1)?))).flatten()
        }
        _ => surname(0).map(|s| format!("{s} et al.")),
    }
}

/// The title up to its colon, without its article, in the dress it has in the full citation.
fn main_title(analysis: &Analysis, id: CiteId, title: &Title) -> Option<String> {
    let words = flow(analysis, id);
    let whole = title.span.of(words);
    let main = whole.split([':', '?']).next().unwrap_or(whole).trim_end_matches(['.', ',', ' ']);
    let main = ARTICLES.iter().find_map(|a| main.strip_prefix(a)).unwrap_or(main);
    if title.emphasised {
        let dressed = typed(analysis, id, title.span);
        let source = analysis.place(id, title.span);
        let inner = analysis.text(source);
        let (before, after) = dressed.split_once(inner)?;
        return Some(format!("{before}{main}{after}"));
    }
    let open = words[..title.span.start as usize].chars().next_back()?;
    let mut behind = words[title.span.end as usize..].chars();
    let (first, second) = (behind.next()?, behind.next());
    match (first, second) {
        (',', Some(close)) if is_closing(close) => Some(format!("{open}{main},{close}")),
        (close, _) if is_closing(close) => Some(format!("{open}{main}{close}")),
        _ if whole.ends_with(',') && is_closing(first) => Some(format!("{open}{main},{first}")),
        _ => None,
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | '“' | '\'')
}
