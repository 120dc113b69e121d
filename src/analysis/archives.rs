//! Archival references of one file against each other: signs, repositories, abbreviations.

use super::{Analysis, CiteId, FileId, Place};
use crate::citation::{Archive, Certainty, Citation, Form, Level, Rank};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// One rank of an archive (`opis'`) under several signs.
#[derive(Debug)]
pub struct MixedSign {
    /// Sign and how often, the most frequent first.
    pub signs: Vec<(String, usize)>,
    /// The places of all but the first sign.
    pub others: Vec<Place>,
    pub model: Place,
}

/// A path that begins below the repository.
#[derive(Debug)]
pub struct Headless {
    /// The first sign and its number: `f. 3`.
    pub place: Place,
    /// A citation that names the repository: of the same unit if there is one.
    pub model: Place,
    /// The repository in whose unit of the same path other citations are.
    pub repository: Option<String>,
    pub named: usize,
}

/// An abbreviation of a repository that is never written out, though others are.
#[derive(Debug)]
pub struct Undefined {
    pub place: Place,
    pub abbreviation: String,
    /// Where another one is written out.
    pub model: Place,
}

fn archival(analysis: &Analysis, file: FileId) -> impl Iterator<Item = (CiteId, &Citation, &Archive)> {
    analysis.cited().filter(move |id| analysis.citations[*id].place.file == file).filter_map(|id| {
        let citation = analysis.citation(id);
        let archive = citation.archive.as_ref().filter(|_| citation.certainty == Certainty::Sure)?;
        Some((id, citation, archive))
    })
}

/// One word at several lengths, in the archives that give every level its sign.
const SIGNS: [&[&str]; 12] = [
    &["f", "fond"],
    &["o", "op", "opis"],
    &["d", "delo"],
    &["k", "kor", "korobka"],
    &["ф", "фонд"],
    &["о", "оп", "опись"],
    &["д", "дело"],
    &["best", "bestand"],
    &["leg", "legajo"],
    &["fasc", "fascicolo"],
    &["sygn", "sygnatura"],
    &["b", "busta"],
];

/// A sign without its stop and its soft or hard sign: `op.`, `opis'`.
fn bare_sign(sign: &str) -> String {
    sign.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// Signs of one rank that abbreviate one word to different lengths: `o.`, `op.`, `opis'`.
pub fn mixed_signs(analysis: &Analysis, file: FileId) -> Vec<MixedSign> {
    let mut by_word: FxHashMap<usize, Vec<(String, Place)>> = FxHashMap::default();
    for (id, _, archive) in archival(analysis, file) {
        for level in archive.levels.iter().filter(|l| !l.sign.is_empty() && l.sign != l.number_span) {
            let place = analysis.place(id, level.sign);
            let sign = bare_sign(analysis.text(place));
            if let Some(word) = SIGNS.iter().position(|s| s.contains(&sign.as_str())) {
                by_word.entry(word).or_default().push((sign, place));
            }
        }
    }
    let mut mixed: Vec<MixedSign> = by_word.into_values().filter_map(mixed).collect();
    mixed.sort_by_key(|m| m.others[0]);
    mixed
}

fn mixed(uses: Vec<(String, Place)>) -> Option<MixedSign> {
    let mut signs: Vec<(String, usize)> = Vec::new();
    for (sign, _) in &uses {
        match signs.iter_mut().find(|(s, _)| s == sign) {
            Some((_, count)) => *count += 1,
            None => signs.push((sign.clone(), 1)),
        }
    }
    if signs.len() < 2 {
        return None;
    }
    signs.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let usual = &signs[0].0;
    let model = uses.iter().find(|(s, _)| s == usual)?.1;
    let others = uses.iter().filter(|(s, _)| s != usual).map(|(_, p)| *p).collect();
    Some(MixedSign { signs, others, model })
}

/// Full citations that begin at the fond, in a file that otherwise names the repository.
pub fn headless(analysis: &Analysis, file: FileId) -> Vec<Headless> {
    let mut named: Vec<(CiteId, &Archive, Span)> = Vec::new();
    let mut bare: Vec<(CiteId, &Archive, &Level)> = Vec::new();
    let mut last_note = None;
    for (id, citation, archive) in archival(analysis, file) {
        let note = analysis.citations[id].note;
        match (archive.repository, archive.levels.first()) {
            (Some(repository), _) => {
                named.push((id, archive, repository));
                last_note = note;
            }
            // Behind another path of the same note the repository goes without saying.
            (None, Some(level))
                if level.rank == Rank::Fond && citation.form == Form::Full && (note.is_none() || last_note != note) =>
            {
                bare.push((id, archive, level));
            }
            _ => {}
        }
    }
    if named.len() < 3 || named.len() < 2 * bare.len() {
        return Vec::new();
    }
    let path = |a: &Archive| -> Vec<(Rank, String)> { a.levels.iter().map(|l| (l.rank, l.number.clone())).collect() };
    bare.into_iter()
        .map(|(id, archive, level)| {
            let same = named.iter().find(|(_, a, _)| path(a) == path(archive) || path(a).starts_with(&path(archive)));
            let (model, _, repository) = same.unwrap_or(&named[0]);
            let repository = analysis.place(*model, *repository);
            Headless {
                place: analysis.place(id, level.sign.join(level.number_span)),
                model: repository,
                repository: same.map(|_| analysis.text(repository).to_string()),
                named: named.len(),
            }
        })
        .collect()
}

/// Abbreviated repositories that the file never writes out, and where it writes out another.
pub fn unexplained(analysis: &Analysis, file: FileId) -> (Vec<(&str, Place)>, Option<Place>) {
    let text = &analysis.files[file].manuscript.text;
    let mut seen: Vec<(&str, Place)> = Vec::new();
    for (id, _, archive) in archival(analysis, file) {
        let Some(repository) = archive.repository else { continue };
        let place = analysis.place(id, repository);
        let name = analysis.text(place);
        if is_abbreviation(name) && seen.iter().all(|(n, _)| *n != name) {
            seen.push((name, place));
        }
    }
    let mut written: Option<Place> = None;
    let mut open = Vec::new();
    for (name, place) in seen {
        match definition(text, name) {
            Some(span) => written = written.or(Some(Place { file, span })),
            None => open.push((name, place)),
        }
    }
    (open, written)
}

/// Abbreviated repositories that the file never writes out, if it writes out any.
pub fn undefined(analysis: &Analysis, file: FileId) -> Vec<Undefined> {
    let (open, Some(model)) = unexplained(analysis, file) else { return Vec::new() };
    open.into_iter()
        .filter(|(name, _)| !analysis.config.repositories.iter().any(|r| r == name))
        .map(|(name, place)| Undefined { place, abbreviation: name.to_string(), model })
        .collect()
}

/// `TsAODM`, `PA AA`: most of it capitals.
fn is_abbreviation(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    name.chars().all(|c| c.is_alphabetic() || c == ' ') && capitals >= 2 && capitals * 2 > name.chars().count()
}

/// Where an abbreviation is written out: `Long Name (ABBR)`, `ABBR (Long Name …)`, or a line of a list, `ABBR – Long Name`.
fn definition(text: &str, name: &str) -> Option<Span> {
    memchr::memmem::find_iter(text.as_bytes(), name.as_bytes()).find_map(|at| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let bare = before.trim_end_matches(['*', '_', '"', '“', '[', '\'']);
        // `(TsAODM)`, `(im Folgenden zitiert als BArch)`
        let closes = after.trim_start_matches(['*', '_', '"', '”', '“', '\'']).starts_with([')', ']', ',', ';']);
        let opening = bare.rfind(['(', ')', '[', ']', '\n']).filter(|i| closes && bare.len() - i < 48);
        let set = opening.filter(|i| bare[*i..].starts_with(['(', '['])).map(|i| &bare[..i]);
        let in_brackets = set.is_some_and(|b| {
            let word = b.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
            word.chars().filter(|c| c.is_lowercase()).count() > 2
        });
        let rest = after.trim_start_matches(['*', '_', '"', '”', ']', '|', ' ', '\t', '\u{a0}']);
        let long = |s: &str| {
            let words = s.split_whitespace().take(2);
            words
                .filter(|w| w.starts_with(char::is_uppercase) && w.chars().filter(|c| c.is_lowercase()).count() > 2)
                .count()
                > 0
        };
        let brackets_behind = rest.strip_prefix('(').is_some_and(long);
        let line =
            before[before.rfind('\n').map_or(0, |i| i + 1)..].trim_matches([' ', '\t', '*', '-', '_', '|', '#', '>']);
        let listed = line.is_empty()
            && (rest.strip_prefix([':', '=', '–', '—', '-']).is_some_and(long)
                || after.starts_with(['\t', '|']) && long(rest)
                || after.starts_with("  ") && long(after));
        (in_brackets || brackets_behind || listed).then(|| Span::new(at, at + name.len()))
    })
}
