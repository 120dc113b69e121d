//! Where a mark, a label, a citation or a pointer leads.

use super::subject::{self, Subject};
use crate::analysis::{Analysis, CiteId, FileId, Place, Resolution, Source, SourceId};
use crate::citation::Form;
use crate::text::Span;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Definition {
    /// What the answer is about, in the file that was asked.
    pub origin: Span,
    /// The likeliest first; never empty.
    pub targets: Vec<Target>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Target {
    pub file: FileId,
    /// All of it: the note, the citation.
    pub extent: Span,
    /// Where the cursor goes: the label, the citation.
    pub focus: Span,
}

/// From the mark to its note and back, from a citation to the source it stands for (several when it is ambiguous),
/// from a pointer to the note it names. Nothing where nothing is certain enough to go to.
pub fn definition(analysis: &Analysis, file: FileId, byte: u32) -> Option<Definition> {
    let (subject, origin) = subject::at(analysis, file, byte)?;
    let targets = match subject {
        Subject::Mark(mark) => {
            analysis.note_of(file, mark).map(|(file, n)| note(analysis, file, n)).into_iter().collect()
        }
        Subject::Label(label) => marks_of(analysis, file, label),
        Subject::Pointer(id, notes) => pointed(analysis, id, &notes),
        Subject::Citation(id) => cited(analysis, id),
    };
    (!targets.is_empty()).then_some(Definition { origin, targets })
}

/// One step back: from an Ibid. to the citation it leans on, from a short form to where that form was set; where there is
/// no step between, the definition.
pub fn declaration(analysis: &Analysis, file: FileId, byte: u32) -> Option<Definition> {
    let whole = definition(analysis, file, byte)?;
    let Some((Subject::Citation(id), _)) = subject::at(analysis, file, byte) else { return Some(whole) };
    let Some(Resolution::Exact { source, via, .. }) = &analysis.citations[id].resolution else { return Some(whole) };
    let alias = alias_used(analysis, id, *source);
    let step = alias.or_else(|| via.first().map(|before| target(analysis.citations[*before].place)));
    Some(match step {
        Some(step) => Definition { targets: vec![step], ..whole },
        None => whole,
    })
}

fn note(analysis: &Analysis, file: FileId, note: usize) -> Target {
    let note = &analysis.files[file].manuscript.notes[note];
    Target { file, extent: note.span.join(note.label.span), focus: note.label.span }
}

fn marks_of(analysis: &Analysis, file: FileId, note: usize) -> Vec<Target> {
    let target = |(file, mark): (FileId, usize)| {
        let span = analysis.files[file].manuscript.marks[mark].span;
        Target { file, extent: span, focus: span }
    };
    analysis.marks_of(file, note).into_iter().map(target).collect()
}

/// The named notes; before them the source, where the pointer names the wrong one.
fn pointed(analysis: &Analysis, id: CiteId, notes: &[usize]) -> Vec<Target> {
    let file = analysis.citations[id].place.file;
    let named = notes.iter().map(|n| note(analysis, file, *n));
    match &analysis.citations[id].resolution {
        Some(Resolution::Exact { source, how, .. }) if how.pointer_mismatch => {
            std::iter::once(full(analysis, *source)).chain(named).collect()
        }
        _ => named.collect(),
    }
}

fn cited(analysis: &Analysis, id: CiteId) -> Vec<Target> {
    match &analysis.citations[id].resolution {
        Some(Resolution::Exact { source, .. }) => {
            std::iter::once(wanted(analysis, id, *source)).chain(alias_used(analysis, id, *source)).collect()
        }
        Some(Resolution::Ambiguous { candidates, .. }) => candidates.iter().map(|s| full(analysis, *s)).collect(),
        Some(Resolution::Notes(notes)) => {
            notes.iter().map(|n| note(analysis, analysis.citations[id].place.file, *n)).collect()
        }
        Some(Resolution::Elsewhere { .. } | Resolution::Unresolved { .. }) | None => Vec::new(),
    }
}

/// The citation that stands for a source; from that citation itself, and from a key, its entry in the bibliography.
fn wanted(analysis: &Analysis, id: CiteId, source: SourceId) -> Target {
    let Source { definition, entry, .. } = &analysis.sources[source];
    match entry {
        Some(entry) if *definition == id || analysis.citation(id).form == Form::Key => listed(analysis, *entry),
        _ => full(analysis, source),
    }
}

/// The citation that stands for a source.
fn full(analysis: &Analysis, source: SourceId) -> Target {
    listed(analysis, analysis.sources[source].definition)
}

/// A citation, or a whole entry of a bibliography with its key.
fn listed(analysis: &Analysis, id: CiteId) -> Target {
    let target = target(analysis.citations[id].place);
    Target { extent: analysis.entry(id).map_or(target.extent, |e| e.span.join(target.focus)), ..target }
}

/// Where the short form that a citation uses was set ("Hereafter …").
fn alias_used(analysis: &Analysis, id: CiteId, source: SourceId) -> Option<Target> {
    let citation = analysis.citation(id);
    if citation.form != Form::Short {
        return None;
    }
    let words = &citation.titles.first()?.words;
    let sets = |alias: &CiteId| analysis.citation(*alias).alias.as_ref().is_some_and(|a| a.words == *words);
    let alias = analysis.sources[source].aliases.iter().copied().find(sets)?;
    Some(target(analysis.citations[alias].place))
}

fn target(place: Place) -> Target {
    Target { file: place.file, extent: place.span, focus: place.span }
}
