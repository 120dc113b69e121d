//! How a manuscript writes a source: its short form, its full one, its Ibid.

use super::{flow, typed, typed_raw, words_end};
use crate::analysis::{Analysis, CiteId, FileId, Resolution, SourceId};
use crate::citation::{Author, Certainty, Citation, Form, Kind, Title};
use crate::text::Span;
use std::collections::BTreeMap;

/// What a short title leaves out.
#[rustfmt::skip]
const ARTICLES: [&str; 16] =
    ["The", "A", "An", "Der", "Die", "Das", "Ein", "Eine", "Le", "La", "Les", "Un", "Une", "El", "Los", "Il"];
/// The words of a title that a short form keeps.
const SHORT: usize = 4;

/// What a file itself calls a source for short, most often; else author and title of its full citation.
pub fn short_form(analysis: &Analysis, file: FileId, source: SourceId) -> Option<String> {
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
fn short_words(analysis: &Analysis, id: CiteId, citation: &Citation) -> String {
    let words = flow(analysis, id);
    let start = citation.signal.map_or(citation.span.start, |s| s.end);
    let span = Span { start, end: words_end(words, citation).max(start) }.trim(words);
    typed(analysis, id, span)
}

/// A short form made from a full citation: surname and main title, or the path of an archival file.
fn made(analysis: &Analysis, definition: CiteId) -> Option<String> {
    let citation = analysis.citation(definition);
    if citation.certainty != Certainty::Sure {
        return None;
    }
    if let (Kind::Archival, Some(archive)) = (citation.kind, &citation.archive) {
        let end = words_end(flow(analysis, definition), citation).min(archive.span.end).max(archive.span.start);
        let path = typed(analysis, definition, Span { start: archive.span.start, end });
        return archive.repository.filter(|_| !path.is_empty()).map(|_| path);
    }
    let title = short_title(analysis, definition, citation.titles.first()?)?;
    match citation.authors.is_empty() {
        true => Some(title),
        false => Some(format!("{}, {title}", surnames(analysis, definition, citation)?)),
    }
}

/// `Reed`, `Reed and Lind`, `Reed et al.`
fn surnames(analysis: &Analysis, id: CiteId, citation: &Citation) -> Option<String> {
    let text = |span| analysis.text(analysis.place(id, span));
    let surname = |author: &Author| {
        let name = text(author.span).replacen(author.given.as_str(), "", 1);
        let name = one_line(name.trim_matches([',', ' ', '.']));
        let known = crate::script::fold(&name) == author.surname || author.given.is_empty();
        (known && !name.is_empty()).then_some(name)
    };
    match &citation.authors[..] {
        [] => None,
        [one] => surname(one),
        [first, second] => {
            let between = text(Span { start: first.span.end, end: second.span.start });
            let join = between.trim().trim_start_matches(',').trim();
            let known = matches!(join, "and" | "und" | "et" | "y" | "e" | "i" | "и" | "&" | "\\&");
            known.then(|| Some(format!("{} {join} {}", surname(first)?, surname(second)?))).flatten()
        }
        [first, ..] => surname(first).map(|s| format!("{s} et al.")),
    }
}

/// The main title, cut to a few words and in the dress it has in the full citation.
fn short_title(analysis: &Analysis, id: CiteId, title: &Title) -> Option<String> {
    let whole = analysis.text(analysis.place(id, title.span));
    let main = main_words(whole);
    if title.emphasised {
        return match typed_raw(analysis, id, title.span).split_once(whole) {
            Some((before, after)) => Some(format!("{before}{main}{after}")),
            None => analysis.citations[id].note.is_none().then_some(main),
        };
    }
    if !title.quoted || analysis.citations[id].note.is_none() {
        return Some(main);
    }
    let words = flow(analysis, id);
    let open = words[..title.span.start as usize].chars().next_back()?;
    let mut behind = words[title.span.end as usize..].chars();
    let (first, second) = (behind.next()?, behind.next());
    match (first, second) {
        (',', Some(close)) if is_closing(close) => Some(format!("{open}{main},{close}")),
        (close, _) if is_closing(close) && !whole.ends_with(',') => Some(format!("{open}{main}{close}")),
        (close, _) if is_closing(close) => Some(format!("{open}{main},{close}")),
        _ => None,
    }
}

/// A title up to its colon, without its article; of a long one the first words.
fn main_words(whole: &str) -> String {
    let main = whole.split([':', '?', '!']).next().unwrap_or(whole).trim_end_matches(['.', ',', ' ']);
    let mut words: Vec<&str> = main.split_whitespace().collect();
    if words.len() > 1 && ARTICLES.contains(&words[0]) {
        words.remove(0);
    }
    if words.len() > SHORT + 1 {
        words.truncate(SHORT);
        while words.len() > 2 && words.last().is_some_and(|w| w.chars().all(char::is_lowercase) && w.len() <= 4) {
            words.pop();
        }
    }
    words.join(" ").trim_end_matches([',', ';']).to_owned()
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '»' | '“' | '\'')
}

/// The citation that stands for a source, without its pages and without the short form it sets.
pub fn full_form(analysis: &Analysis, source: SourceId) -> String {
    let id = analysis.sources[source].definition;
    let place = analysis.citations[id].place;
    let text = &analysis.files[place.file].manuscript.text;
    let mut span = naming(analysis, id);
    if let Some(alias) = &analysis.citation(id).alias {
        let at = analysis.place(id, alias.span).span.start;
        let clause = text[span.start as usize..(at.max(span.start)) as usize].rfind(['(', '[', ';']);
        span.end = clause.map_or(span.end, |c| span.end.min(span.start + c as u32));
    }
    one_line(span.of(text)).trim_end_matches([',', ' ']).to_owned()
}

/// Where a citation names its source: behind the signal, before the pages, and before what separates the two.
pub fn naming(analysis: &Analysis, id: CiteId) -> Span {
    let citation = analysis.citation(id);
    let whole = analysis.citations[id].place;
    let text = &analysis.files[whole.file].manuscript.text;
    let start = match citation.signal {
        Some(signal) => analysis.place(id, signal).span.end,
        None => whole.span.start,
    };
    let end = match &citation.locators {
        Some(locators) => analysis.place(id, locators.span).span.start,
        None => whole.span.end,
    };
    let span = Span { start: start.min(end), end: end.max(start) }.trim(text);
    let kept = span.of(text).trim_end_matches([',', ' ', ':', '\n', '\r', '\t']);
    let start = span.of(text).len() - span.of(text).trim_start_matches([',', ' ', ':']).len();
    Span { start: span.start + start as u32, end: span.start + kept.len().max(start) as u32 }
}

/// Ibid. as a file writes it most often, dress included; else as its style does. One that is being typed at a byte does
/// not count.
pub fn ibid(analysis: &Analysis, file: FileId, typing: Option<u32>) -> String {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (id, citation) in analysis.citations_of(file) {
        let (Form::Ibid, None, Some(cue)) = (citation.form, citation.signal, citation.cue) else { continue };
        if typing.is_none_or(|byte| !analysis.place(id, cue).span.touches(byte)) {
            *used.entry(typed(analysis, id, cue)).or_default() += 1;
        }
    }
    let usual = used.into_iter().max_by_key(|(_, n)| *n).map(|(cue, _)| cue);
    usual.unwrap_or_else(|| analysis.config.profile.ibid().to_owned())
}

/// In one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
