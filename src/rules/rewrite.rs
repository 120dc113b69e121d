//! Rewritings of a whole manuscript or of one citation: notes renumbered, Ibid. written out, short forms contracted to Ibid.
//!
//! Pure: a project in, edits out, the same for the command line and for editors. What a rewriting would make a citation stand for is read again before it is offered:
//! an edit after which anything means something else is left out.

pub mod contract;
pub mod expand;
pub mod full;
pub mod renumber;
pub mod wording;

pub use contract::contract;
pub use expand::expand;
pub use full::in_full;
pub use renumber::{renumber, renumber_from};

use crate::analysis::{Analysis, CiteId, File, FileId, Place, Resolution};
use crate::citation::Citation;
use crate::formats;
use crate::text::{Edit, Span, apply};
use std::sync::Arc;

/// Why a file cannot be rewritten.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub place: Place,
    pub message: String,
}

/// A citation and the edit that gives it its other form.
struct Change {
    id: CiteId,
    edit: Edit,
}

/// The changes after which every citation of the project stands for what it stood for, as edits of a file.
fn kept(analysis: &Analysis, file: FileId, mut changes: Vec<Change>) -> Vec<Edit> {
    changes.sort_by_key(|c| c.edit.span);
    changes.dedup_by(|b, a| a.edit.span.overlaps(b.edit.span));
    for _ in 0..8 {
        let edits: Vec<Edit> = changes.iter().map(|c| c.edit.clone()).collect();
        let Some(after) = reread(analysis, file, &edits) else { return Vec::new() };
        let Some(wrong) = changed_notes(analysis, &after, file) else { return Vec::new() };
        if wrong.is_empty() {
            return edits;
        }
        let before = changes.len();
        changes.retain(|c| analysis.citations[c.id].note.is_none_or(|note| !wrong.contains(&note)));
        if changes.len() == before {
            // what went wrong stands elsewhere than the changes: the last one before it is the likeliest cause
            let at = wrong.iter().map(|n| analysis.files[file].manuscript.notes[*n].span.start).min();
            let cause = changes.iter().rposition(|c| at.is_none_or(|at| c.edit.span.start <= at));
            changes.remove(cause.unwrap_or(0));
        }
        if changes.is_empty() {
            return Vec::new();
        }
    }
    Vec::new()
}

/// The project after edits of one file.
pub fn reread(analysis: &Analysis, file: FileId, edits: &[Edit]) -> Option<Analysis> {
    let old = &analysis.files[file].manuscript;
    let text = apply(&old.text, edits)?;
    let mut files = analysis.files.clone();
    files[file] = Arc::new(File::reread(formats::read(&old.path, &text, old.reader), &analysis.files[file]));
    Some(Analysis::new(files, analysis.config.clone()))
}

/// Notes of a file that hold a citation which stands for something else; `None` when the notes themselves are others.
fn changed_notes(before: &Analysis, after: &Analysis, file: FileId) -> Option<Vec<usize>> {
    let notes = |a: &Analysis| a.files[file].manuscript.notes.len();
    if notes(before) != notes(after) {
        return None;
    }
    let meanings = |a: &Analysis| {
        let mut all = vec![Vec::new(); notes(a)];
        for (id, _) in a.citations_of(file) {
            if let Some(note) = a.citations[id].note {
                all[note].push(meaning(a, id));
            }
        }
        all
    };
    let (old, new) = (meanings(before), meanings(after));
    Some((0..old.len()).filter(|n| old[*n] != new[*n]).collect())
}

/// What a citation stands for, whatever the words around: the file, note and place of the citations that define it.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Meaning {
    Nothing,
    Source(FileId, Option<usize>, usize),
    Several(Vec<(FileId, Option<usize>, usize)>),
    Notes(Vec<usize>),
    Unknown,
}

fn meaning(analysis: &Analysis, id: CiteId) -> Meaning {
    let key = |source: usize| {
        let cited = &analysis.citations[analysis.sources[source].definition];
        (cited.place.file, cited.note, cited.ord)
    };
    match &analysis.citations[id].resolution {
        None => Meaning::Nothing,
        Some(Resolution::Exact { source, .. }) => {
            let (file, note, ord) = key(*source);
            Meaning::Source(file, note, ord)
        }
        Some(Resolution::Ambiguous { candidates, .. }) => {
            Meaning::Several(candidates.iter().map(|s| key(*s)).collect())
        }
        Some(Resolution::Notes(notes)) => Meaning::Notes(notes.clone()),
        Some(Resolution::Unresolved { .. } | Resolution::Elsewhere { .. }) => Meaning::Unknown,
    }
}

/// The words of a note's flow between two of its bytes, as the file has them, dress included; nothing outside notes.
fn typed_raw(analysis: &Analysis, id: CiteId, span: Span) -> &str {
    let Some(note) = analysis.citations[id].note else { return "" };
    let manuscript = &analysis.files[analysis.citations[id].place.file].manuscript;
    manuscript.notes[note].flow.dressed(span).of(&manuscript.text)
}

/// As [`typed_raw`], in one line.
fn typed(analysis: &Analysis, id: CiteId, span: Span) -> String {
    wording::one_line(typed_raw(analysis, id, span))
}

/// A citation's flow, as it is read.
fn flow(analysis: &Analysis, id: CiteId) -> &str {
    let cited = &analysis.citations[id];
    cited.note.map_or("", |note| analysis.files[cited.place.file].manuscript.notes[note].flow.text.as_str())
}

/// Where the locators of a citation begin, the sign before them left out; else its end.
fn words_end(flow: &str, citation: &Citation) -> u32 {
    let end = citation.locators.as_ref().map_or(citation.span.end, |l| l.span.start).max(citation.span.start);
    let head = Span { start: citation.span.start, end }.of(flow);
    citation.span.start + head.trim_end_matches([' ', ',', '\u{a0}', ':']).len() as u32
}
