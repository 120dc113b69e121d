//! Citation keys: found by the reader, set among the citations of their note; keys that no source list has.

use super::{Analysis, CiteId, FileId, Place, SourceId};
use crate::citation::{Certainty, Citation, Form, Kind, Locators, Title, Unit};
use crate::formats::bibliography::places;
use crate::model::{Include, Key, Manuscript, Reader};
use crate::text::Span;
use rapidfuzz::distance::osa;

/// The keys of the body as citations, in bytes of the file.
pub fn of_body(manuscript: &Manuscript) -> Vec<Citation> {
    let own = manuscript.keys.iter().filter(|k| k.in_note.is_none());
    own.map(|key| citation(key, key.span, key.whole, key.locator)).collect()
}

/// Puts the keys of notes among the notes' citations, in bytes of their flows. What the grammar made of their brackets gives way.
pub fn set(manuscript: &Manuscript, notes: &mut [Vec<Citation>]) {
    notes.iter_mut().for_each(|n| n.retain(|c| c.form != Form::Key));
    for key in &manuscript.keys {
        let Some((note, flow)) = key.in_note.and_then(|n| Some((n, &manuscript.notes.get(n)?.flow))) else { continue };
        let there = |span: Span| Some(Span { start: flow.locate(span.start)?, end: flow.locate(span.end)? });
        let (Some(span), Some(group)) = (there(key.span), there(key.group)) else { continue };
        let inside =
            |c: &Citation| c.form != Form::Key && c.span.overlaps(group) && overlap(c.span, group) * 2 >= c.span.len();
        notes[note].retain(|c| !inside(c));
        let whole = there(key.whole).unwrap_or(span);
        notes[note].push(citation(key, span, whole, key.locator.and_then(there)));
    }
    notes.iter_mut().for_each(|n| n.sort_by_key(|c| c.span));
}

fn overlap(a: Span, b: Span) -> usize {
    (a.end.min(b.end).saturating_sub(a.start.max(b.start))) as usize
}

fn citation(key: &Key, span: Span, whole: Span, locator: Option<Span>) -> Citation {
    let title = Title { span, words: vec![key.key.clone()], emphasised: false, quoted: false };
    Citation {
        span: whole,
        signal: None,
        form: Form::Key,
        kind: Kind::Unknown,
        certainty: Certainty::Sure,
        authors: Vec::new(),
        titles: vec![title],
        container: None,
        issue: None,
        year: None,
        volume: None,
        by_parts: false,
        locators: locator.map(|span| Locators { span, label: None, unit: Unit::Bare, ranges: Vec::new() }),
        archive: None,
        pointer: None,
        alias: None,
        cue: None,
    }
}

/// How cross-references of Quarto, bookdown and pandoc-crossref begin: they look like keys.
const REFERENCES: [&str; 24] = [
    "fig", "tbl", "tab", "sec", "eq", "lst", "thm", "lem", "cor", "prp", "cnj", "def", "exm", "exr", "sol", "rem",
    "alg", "nte", "tip", "wrn", "imp", "cau", "supp", "vid",
];

/// A key that no source list has, and where it is cited.
pub struct Unknown {
    pub key: String,
    pub first: CiteId,
    pub later: Vec<CiteId>,
    /// An entry whose key is so near that it was surely meant.
    pub near: Option<SourceId>,
}

/// A bibliography that a file names and the project does not have.
pub struct Missing<'a> {
    pub place: Place,
    pub include: &'a Include,
}

impl Analysis {
    /// Bibliographies that are named and not there.
    pub fn missing_bibliographies(&self) -> impl Iterator<Item = Missing<'_>> {
        let of = |file: FileId| self.files[file].manuscript.bibliographies.iter().map(move |i| (file, i));
        let there = |file: FileId, include: &Include| {
            let places = places(&self.files[file].manuscript.path, &include.target);
            self.files.iter().any(|f| places.contains(&f.manuscript.path))
        };
        let named = (0..self.files.len()).flat_map(of);
        named
            .filter(move |(file, include)| !is_remote(include) && !there(*file, include))
            .map(|(file, include)| Missing { place: Place { file, span: include.span }, include })
    }

    /// The file's source lists are all known: a key that is in none of them leads nowhere.
    pub fn knows_keys(&self, file: FileId) -> bool {
        let manuscript = &self.files[file].manuscript;
        let of_all = |m: &Manuscript| m.reader == Reader::Project && !m.bibliographies.is_empty();
        let named = !manuscript.bibliographies.is_empty()
            || manuscript.entries.iter().any(|e| e.key.is_some())
            || !self.config.files.bibliography.is_empty()
            || self.files.iter().any(|f| of_all(&f.manuscript));
        let listed = self.files.iter().flat_map(|f| &f.manuscript.entries).any(|e| e.key.is_some());
        let whole = self.files.iter().all(|f| {
            f.manuscript.unreadable.iter().all(|u| u.key.is_some())
                && !f.manuscript.bibliographies.iter().any(is_remote)
        });
        named && listed && whole && self.missing_bibliographies().next().is_none()
    }
}

/// Nothing is fetched.
fn is_remote(include: &Include) -> bool {
    include.target.contains("://")
}

/// Keys that no list has, each once a file.
pub fn unknown(analysis: &Analysis) -> Vec<Unknown> {
    let entries =
        || analysis.sources.iter().enumerate().filter_map(|(s, source)| Some((s, analysis.entry(source.entry?)?)));
    let known: Vec<(SourceId, &str)> =
        entries().filter_map(|(s, e)| Some((s, e.key.as_ref()?.text.as_str()))).collect();
    let digits = |key: &str| key.bytes().any(|b| b.is_ascii_digit());
    let dated = known.iter().filter(|(_, key)| digits(key)).count() * 5 >= known.len() * 4;
    let mut found: Vec<Unknown> = Vec::new();
    for file in (0..analysis.files.len()).filter(|f| analysis.knows_keys(*f)) {
        let (start, lost) = (found.len(), lost_keys(analysis));
        for (id, citation) in analysis.citations_of(file).filter(|(_, c)| c.form == Form::Key) {
            let Some(key) = citation.titles.first().and_then(|t| t.words.first()) else { continue };
            let listed = analysis.source_of(id).is_some_and(|s| analysis.sources[s].entry.is_some());
            if listed || is_reference(key) || lost.contains(&key.as_str()) {
                continue;
            }
            if let Some(unknown) = found[start..].iter_mut().find(|u| u.key == *key) {
                unknown.later.push(id);
                continue;
            }
            let near = near(key, &known);
            // A name without a figure, out of brackets, where keys have years: a handle.
            let handle = dated && !digits(key) && near.is_none() && !in_brackets(analysis, id);
            if !handle {
                found.push(Unknown { key: key.clone(), first: id, later: Vec::new(), near });
            }
        }
    }
    found
}

/// Keys of entries that could not be read.
fn lost_keys(analysis: &Analysis) -> Vec<&str> {
    analysis.files.iter().flat_map(|f| &f.manuscript.unreadable).filter_map(|u| u.key.as_deref()).collect()
}

fn is_reference(key: &str) -> bool {
    key.split_once(['-', ':']).is_some_and(|(kind, _)| REFERENCES.contains(&kind.to_lowercase().as_str()))
}

fn in_brackets(analysis: &Analysis, id: CiteId) -> bool {
    let place = analysis.citations[id].place;
    let keys = &analysis.files[place.file].manuscript.keys;
    keys.iter().any(|k| k.span.overlaps(place.span) && k.group != k.span)
}

/// The only key that differs in capitals, or by one letter or two neighbours changed.
fn near(key: &str, known: &[(SourceId, &str)]) -> Option<SourceId> {
    let slip = |k: &str| {
        k.eq_ignore_ascii_case(key)
            || k.len().abs_diff(key.len()) <= 4
                && years(k).eq(years(key))
                && key.chars().count() >= 5
                && osa::distance(k.chars(), key.chars()) == 1
    };
    let mut slips = known.iter().filter(|(_, k)| slip(k)).map(|(s, _)| *s);
    slips.next().filter(|_| slips.next().is_none())
}

fn years(key: &str) -> impl Iterator<Item = u8> {
    key.bytes().filter(u8::is_ascii_digit)
}
