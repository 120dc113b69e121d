//! What may come next: labels of notes, citation keys, and in a note what was cited before.

use super::prose::{self, Prose};
use crate::analysis::{Analysis, CiteId, FileId, SourceId};
use crate::model::{BlockKind, Manuscript};
use crate::rules::rewrite::contract::leans_on;
use crate::rules::rewrite::wording::{ibid, one_line, short_form};
use crate::script::fold;
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ItemKind {
    Note,
    Key,
    Source,
    Ibid,
    Archive,
    /// A table, key or value of an `ibid.toml`.
    Setting,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    pub kind: ItemKind,
    pub label: String,
    /// What `replaces` gives way to.
    pub text: String,
    pub replaces: Span,
    /// The letters by which it is found: the label without its marks.
    pub filter: String,
    pub detail: String,
    /// What [`documentation`] shows in full.
    pub source: Option<SourceId>,
}

/// How many letters of a note or a source are shown beside an item.
const WIDTH: usize = 60;

/// The likeliest first; nothing in code, formulas, comments and front matter.
pub fn complete(analysis: &Analysis, file: FileId, byte: u32) -> Vec<Item> {
    let Some(facts) = analysis.files.get(file) else { return Vec::new() };
    let manuscript = &facts.manuscript;
    let Some(before) = manuscript.text.get(..byte as usize) else { return Vec::new() };
    let line = &before[before.rfind(['\n', '\r']).map_or(0, |at| at + 1)..];
    if is_literal(manuscript, byte, line) {
        return Vec::new();
    }
    if let Some(typed) = open_label(line) {
        return labels(analysis, file, byte, typed, line);
    }
    if let Some(typed) = open_key(line) {
        return keys(analysis, byte, typed);
    }
    match note_at(manuscript, byte) {
        Some(note) => cited_before(analysis, file, note, byte),
        None => Vec::new(),
    }
}

/// The source of an item in full.
pub fn documentation(analysis: &Analysis, source: SourceId) -> Prose {
    let mut prose = Prose::default();
    if source < analysis.sources.len() {
        prose::quote_source(analysis, source, &mut prose);
    }
    prose
}

fn is_literal(manuscript: &Manuscript, byte: u32, line: &str) -> bool {
    let at = manuscript.blocks.partition_point(|b| b.span.end < byte);
    let literal =
        |kind| matches!(kind, BlockKind::Code | BlockKind::Math | BlockKind::Comment | BlockKind::FrontMatter);
    let before = &manuscript.text[..byte as usize];
    let comment = before.rfind("<!--").is_some_and(|open| !before[open..].contains("-->"));
    manuscript.blocks.get(at).is_some_and(|b| literal(b.kind)) || comment || line.matches('`').count() % 2 == 1
}

/// What is typed of a label behind `[^`.
fn open_label(line: &str) -> Option<&str> {
    let typed = &line[line.rfind("[^")? + 2..];
    (!typed.contains([']', '[', ' '])).then_some(typed)
}

/// What is typed of a key behind `@` or in the braces of a `\cite`.
fn open_key(line: &str) -> Option<&str> {
    let is_key = |c: char| c.is_alphanumeric() || "_-:./+#".contains(c);
    let typed = &line[line.trim_end_matches(is_key).len()..];
    let before = &line[..line.len() - typed.len()];
    if let Some(rest) = before.strip_suffix('@') {
        let free = rest.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '.' | '/' | '@'));
        return free.then_some(typed);
    }
    let open = before.rfind('{')?;
    let command = before[..open].trim_end_matches(|c: char| c != '\\').to_owned();
    let name = &before[command.len()..open];
    let cites =
        command.ends_with('\\') && name.split(['[', '*']).next().is_some_and(|n| n.to_lowercase().contains("cite"));
    (cites && !before[open..].contains('}')).then_some(typed)
}

/// Existing labels, those first that still have no note or no mark, and the next free number.
fn labels(analysis: &Analysis, file: FileId, byte: u32, typed: &str, line: &str) -> Vec<Item> {
    let manuscript = &analysis.files[file].manuscript;
    let numbering = &analysis.notes[file];
    let rest = &manuscript.text[byte as usize..];
    let tail = rest.find(|c: char| c.is_whitespace() || matches!(c, ']' | '[')).unwrap_or(rest.len());
    let replaces = Span { start: byte - typed.len() as u32, end: byte + tail as u32 };
    let own = |label: &crate::model::Label| label.span.touches(byte);
    let defines = line.trim_start().len() == typed.len() + 2;
    let end = match (rest[tail..].starts_with(']'), defines) {
        (true, _) => "",
        (false, true) => "]: ",
        (false, false) => "]",
    };
    let item = |label: &str, detail: String| Item {
        kind: ItemKind::Note,
        label: label.to_owned(),
        text: format!("{label}{end}"),
        replaces,
        filter: label.to_owned(),
        detail,
        source: None,
    };
    let mut items = Vec::new();
    if defines {
        let waiting = (0..manuscript.marks.len()).filter(|m| numbering.note_of_mark.get(*m) == Some(&None));
        let waiting = waiting.map(|m| &manuscript.marks[m].label).filter(|l| !own(l));
        items.extend(waiting.map(|l| item(&l.text, "its mark waits for it".to_owned())));
    }
    let highest = manuscript.notes.iter().map(|n| &n.label).chain(manuscript.marks.iter().map(|m| &m.label));
    let highest = highest.filter(|l| !own(l)).filter_map(|l| l.number).max().unwrap_or(0);
    let notes = manuscript.notes.iter().enumerate().filter(|(_, n)| !defines && !n.inline && !own(&n.label));
    let (marked, waiting): (Vec<_>, Vec<_>) = notes.partition(|(i, _)| numbering.mark_of_note[*i].is_some());
    let note = |(_, n): &(usize, &crate::model::Note)| item(&n.label.text, prose::cut(&n.flow.text, WIDTH));
    items.extend(waiting.iter().map(note));
    items.push(item(&(highest + 1).to_string(), "the next free number".to_owned()));
    items.extend(marked.iter().map(note));
    let mut seen = FxHashSet::default();
    items.retain(|i| seen.insert(i.label.clone()));
    items
}

/// The keys of the project, those cited last first, and behind them those of source lists that nothing cites.
fn keys(analysis: &Analysis, byte: u32, typed: &str) -> Vec<Item> {
    let replaces = Span { start: byte - typed.len() as u32, end: byte };
    let item = |key: &str, detail: String, source| Item {
        kind: ItemKind::Key,
        label: key.to_owned(),
        text: key.to_owned(),
        replaces,
        filter: key.to_owned(),
        detail,
        source,
    };
    let mut listed: FxHashMap<&str, CiteId> = FxHashMap::default();
    for id in analysis.listed() {
        if let Some(key) = analysis.entry(id).and_then(|e| e.key.as_ref()) {
            listed.entry(key.text.as_str()).or_insert(id);
        }
    }
    let detail = |key: &str| listed.get(key).map_or_else(String::new, |id| bare(&analysis.entry_line(*id)));
    let mut seen = FxHashSet::default();
    let mut items = Vec::new();
    for file in analysis.files.iter().rev() {
        for key in file.manuscript.keys.iter().rev().filter(|k| !(k.span.touches(byte) && k.key == typed)) {
            if seen.insert(key.key.as_str()) {
                items.push(item(&key.key, detail(&key.key), source_of_key(analysis, &key.key)));
            }
        }
    }
    let mut uncited: Vec<(&str, CiteId)> = listed.iter().map(|(key, id)| (*key, *id)).collect();
    uncited.retain(|(key, _)| !seen.contains(key));
    uncited.sort_by_key(|(_, id)| *id);
    items.extend(uncited.into_iter().map(|(key, id)| item(key, detail(key), analysis.source_of(id))));
    items
}

fn source_of_key(analysis: &Analysis, key: &str) -> Option<SourceId> {
    let is_it = |id: &CiteId| {
        let citation = analysis.citation(*id);
        citation.form == crate::citation::Form::Key && citation.titles.first().is_some_and(|t| t.words == [key])
    };
    (0..analysis.citations.len()).find(is_it).and_then(|id| analysis.source_of(id))
}

/// The note a cursor writes in: blanks behind its last letter are its own.
fn note_at(manuscript: &Manuscript, byte: u32) -> Option<usize> {
    let inside = |n: &crate::model::Note| {
        let span = n.span.join(n.label.span);
        let tail = manuscript.text.get(span.end as usize..byte as usize);
        n.label.span.end <= byte
            && (byte < span.end
                || !n.inline && tail.is_some_and(|t| t.chars().all(|c| matches!(c, ' ' | '\t' | '\u{a0}'))))
    };
    manuscript.notes.iter().rposition(inside)
}

/// Short forms of what was cited before, the latest first; Ibid. where it would mean one thing; archival paths.
fn cited_before(analysis: &Analysis, file: FileId, note: usize, byte: u32) -> Vec<Item> {
    let text = &analysis.files[file].manuscript.text;
    let start = analysis.files[file].manuscript.notes[note].label.span.end;
    let written = text[start as usize..byte as usize].trim_start_matches([']', ':', '.', ' ', '[', '\u{a0}']);
    let segment = written.rsplit([';', '\n']).next().unwrap_or(written).trim_start();
    let is_word = |c: char| c.is_alphanumeric() || "'’-".contains(c);
    let word = &segment[segment.trim_end_matches(is_word).len()..];
    let heads = segment.char_indices().filter(|(i, c)| is_word(*c) && !segment[..*i].ends_with(is_word));
    let typed: Vec<&str> = heads.map(|(i, _)| &segment[i..]).collect();
    let mut items = Vec::new();
    let mut offer = |kind, text: String, detail: String, source| {
        let filter = bare(&text);
        let prefix = typed.iter().copied().find(|p| is_prefix(p, &filter));
        if let Some(prefix) = prefix.or_else(|| segment.is_empty().then_some("")) {
            let replaces = Span { start: byte - prefix.len() as u32, end: byte };
            items.push(Item { kind, label: text.clone(), text, replaces, filter, detail, source });
        }
    };
    if let Some(source) = ibid_means(analysis, file, note, byte - word.len() as u32).filter(|_| !word.is_empty()) {
        let detail = format!("→ {}", prose::name_of(analysis, source, WIDTH));
        // the signs of its emphasis are typed already, or not wanted
        let word = ibid(analysis, file, Some(byte)).trim_matches(['*', '_']).to_owned();
        offer(ItemKind::Ibid, word, detail, Some(source));
    }
    let earlier = earlier(analysis, file, note, byte - segment.len() as u32);
    let mut seen = FxHashSet::default();
    for id in &earlier {
        let Some(source) = analysis.source_of(*id).filter(|s| !analysis.sources[*s].orphan) else { continue };
        if seen.insert(source)
            && let Some(form) = short_form(analysis, file, source)
        {
            let full = analysis.sources[source].definition;
            let detail = format!("{}: {}", prose::note_of(analysis, full), prose::name_of(analysis, source, WIDTH));
            offer(ItemKind::Source, form, detail, Some(source));
        }
    }
    let mut paths = FxHashSet::default();
    for id in &earlier {
        let Some(archive) = &analysis.citation(*id).archive else { continue };
        let path = one_line(analysis.text(analysis.place(*id, archive.span)));
        if paths.insert(path.clone()) {
            offer(ItemKind::Archive, path, prose::note_of(analysis, *id), None);
        }
    }
    let mut labels = FxHashSet::default();
    items.retain(|i| labels.insert(i.label.clone()));
    items
}

/// What an Ibid. at a byte of a note would stand for.
fn ibid_means(analysis: &Analysis, file: FileId, note: usize, byte: u32) -> Option<SourceId> {
    let behind = |(id, _): &(CiteId, _)| {
        let cited = &analysis.citations[*id];
        cited.note > Some(note) || cited.note == Some(note) && cited.place.span.end > byte
    };
    let next = analysis.citations_of(file).find(behind).map_or(analysis.citations.len(), |(id, _)| id);
    analysis.source_of(leans_on(analysis, file, note, next)?)
}

/// Citations of a file that stand before a byte of a note, the latest first.
fn earlier(analysis: &Analysis, file: FileId, note: usize, byte: u32) -> Vec<CiteId> {
    let key = |id: CiteId| (analysis.citations[id].note, analysis.citations[id].place.span.start);
    let before = |id: &CiteId| {
        let cited = &analysis.citations[*id];
        cited.place.file == file
            && (cited.note < Some(note) || cited.note == Some(note) && cited.place.span.end <= byte)
    };
    let mut ids: Vec<CiteId> = (0..analysis.citations.len()).filter(before).collect();
    ids.sort_by_key(|id| std::cmp::Reverse(key(*id)));
    ids
}

/// Without emphasis signs and quotation marks.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !"*_\"“”„«»".contains(*c)).collect()
}

fn is_prefix(typed: &str, text: &str) -> bool {
    fold(text).starts_with(&fold(&bare(typed)))
}
