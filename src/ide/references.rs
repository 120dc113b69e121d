//! Everything that speaks of the source or note under the cursor.

use super::mentions;
use super::subject::{self, Subject};
use crate::analysis::{Analysis, CiteId, FileId, Place, Resolution, SourceId};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    pub place: Place,
    /// It is the note, or the citation in full, that the others refer to.
    pub definition: bool,
}

/// Of a citation: all citations of its source (of an ambiguous one: of every candidate). Of a mark, a label or a
/// pointer: the note, its marks and all pointers to it. Of a name in the text: every place of it, however it is spelt or
/// inflected. In reading order.
pub fn references(analysis: &Analysis, file: FileId, byte: u32) -> Vec<Reference> {
    let Some((subject, _)) = subject::at(analysis, file, byte).filter(|(s, _)| means_something(analysis, s)) else {
        let name = mentions::at(analysis, file, byte);
        let mentions = name.into_iter().flat_map(|n| n.mentions);
        return mentions.map(|m| Reference { place: m.place, definition: false }).collect();
    };
    let mut all = match subject {
        Subject::Mark(mark) => match analysis.note_of(file, mark) {
            Some((file, note)) => of_note(analysis, file, note),
            None => Vec::new(),
        },
        Subject::Label(note) => of_note(analysis, file, note),
        Subject::Pointer(_, notes) => notes.iter().flat_map(|n| of_note(analysis, file, *n)).collect(),
        Subject::Citation(id) => of_citation(analysis, id),
    };
    all.sort();
    all.dedup_by_key(|r| r.place);
    all
}

/// Commentary and quotations stand for nothing: there the words count.
fn means_something(analysis: &Analysis, subject: &Subject) -> bool {
    !matches!(subject, Subject::Citation(id) if analysis.citations[*id].resolution.is_none())
}

/// The same, in the asked file alone.
pub fn highlight(analysis: &Analysis, file: FileId, byte: u32) -> Vec<Reference> {
    references(analysis, file, byte).into_iter().filter(|r| r.place.file == file).collect()
}

fn of_citation(analysis: &Analysis, id: CiteId) -> Vec<Reference> {
    let file = analysis.citations[id].place.file;
    match &analysis.citations[id].resolution {
        Some(Resolution::Exact { source, .. }) => of_source(analysis, *source),
        Some(Resolution::Ambiguous { candidates, .. }) => {
            let mut all: Vec<_> = candidates.iter().flat_map(|s| of_source(analysis, *s)).collect();
            all.push(Reference { place: analysis.citations[id].place, definition: false });
            all
        }
        Some(Resolution::Unresolved { orphan: Some(source), .. }) => of_source(analysis, *source),
        Some(Resolution::Notes(notes)) => notes.iter().flat_map(|n| of_note(analysis, file, *n)).collect(),
        _ => Vec::new(),
    }
}

fn of_source(analysis: &Analysis, source: SourceId) -> Vec<Reference> {
    let source = &analysis.sources[source];
    let reference = |id: CiteId| Reference { place: analysis.citations[id].place, definition: id == source.definition };
    source.citations.iter().chain(&source.aliases).copied().map(reference).collect()
}

fn of_note(analysis: &Analysis, file: FileId, note: usize) -> Vec<Reference> {
    let manuscript = &analysis.files[file].manuscript;
    let place = |span| Place { file, span };
    let label = Reference { place: place(manuscript.notes[note].label.span), definition: true };
    let marks = analysis.marks_of(file, note).into_iter().map(|(file, mark)| {
        let span = analysis.files[file].manuscript.marks[mark].span;
        Reference { place: Place { file, span }, definition: false }
    });
    let here = |id: &CiteId| analysis.citations[*id].place.file == file;
    let pointers = (0..analysis.citations.len())
        .filter(here)
        .filter(|id| subject::notes_pointed_at(analysis, *id).contains(&note))
        .map(|id| Reference { place: place(number_of(analysis, id, note)), definition: false });
    std::iter::once(label).chain(marks).chain(pointers).collect()
}

/// Where a citation types the number of a note; else all of the citation.
fn number_of(analysis: &Analysis, id: CiteId, note: usize) -> crate::text::Span {
    let named = analysis.citation(id).pointer.as_ref().map(|p| subject::named_notes(analysis, id, p));
    let typed = named.unwrap_or_default().into_iter().find(|(n, _)| *n == Some(note));
    typed.map_or(analysis.citations[id].place.span, |(_, span)| span)
}
