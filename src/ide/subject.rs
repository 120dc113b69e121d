//! What stands under the cursor.

use crate::analysis::{Analysis, CiteId, FileId, Resolution};
use crate::citation::Pointer;
use crate::text::Span;

/// What an editor can ask about. Marks and notes are indices into the manuscript of the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Subject {
    Mark(usize),
    /// The label of a note, at the note itself.
    Label(usize),
    Citation(CiteId),
    /// Where a citation names notes by their number, and the notes it names.
    Pointer(CiteId, Vec<usize>),
}

/// The subject at a byte of a file, and where it stands. A cursor behind the last letter still means the word.
pub fn at(analysis: &Analysis, file: FileId, byte: u32) -> Option<(Subject, Span)> {
    let manuscript = &analysis.files.get(file)?.manuscript;
    let label = manuscript.notes.iter().position(|n| !n.inline && n.label.span.touches(byte));
    let mark = manuscript.marks.iter().position(|m| mark_span(analysis, file, m).touches(byte));
    let cited = citation(analysis, file, byte);
    let inside = |id: CiteId| analysis.citations[id].place.span.contains(byte);
    match (mark, label, cited) {
        (_, _, Some(id)) if inside(id) && mark.is_none() => Some(pointer_or_citation(analysis, id, byte)),
        (Some(m), _, _) => Some((Subject::Mark(m), mark_span(analysis, file, &manuscript.marks[m]))),
        (_, Some(n), _) => Some((Subject::Label(n), manuscript.notes[n].label.span)),
        (_, _, Some(id)) => Some(pointer_or_citation(analysis, id, byte)),
        _ => None,
    }
}

/// The sign itself: of a note typed at its mark only the opening, for the rest of it is the note.
fn mark_span(analysis: &Analysis, file: FileId, mark: &crate::model::Mark) -> Span {
    let notes = &analysis.files[file].manuscript.notes;
    let inline = notes.iter().any(|n| n.inline && n.span.overlaps(mark.span));
    if inline { mark.label.span } else { mark.span }
}

/// The citation a cursor is in, else the one it stands behind.
fn citation(analysis: &Analysis, file: FileId, byte: u32) -> Option<CiteId> {
    let here = |id: &CiteId| analysis.citations[*id].place.file == file;
    // Of an entry all of it, else one could not ask about it.
    let span = |id: CiteId| analysis.entry(id).map_or(analysis.citations[id].place.span, |entry| entry.span);
    let touched = (0..analysis.citations.len()).filter(here).filter(|id| span(*id).touches(byte));
    touched.min_by_key(|id| (!span(*id).contains(byte), span(*id).len()))
}

fn pointer_or_citation(analysis: &Analysis, id: CiteId, byte: u32) -> (Subject, Span) {
    let whole = analysis.citations[id].place.span;
    let Some(pointer) = &analysis.citation(id).pointer else { return (Subject::Citation(id), whole) };
    let span = analysis.place(id, pointer.span).span;
    if !span.touches(byte) {
        return (Subject::Citation(id), whole);
    }
    let named = named_notes(analysis, id, pointer);
    let number = named.iter().find(|(_, number)| number.touches(byte));
    match number {
        Some((note, number)) => (Subject::Pointer(id, note.iter().copied().collect()), *number),
        None => (Subject::Pointer(id, named.iter().filter_map(|(note, _)| *note).collect()), span),
    }
}

/// The notes a pointer names, each with the place of its number in the file; no note where none has that number.
pub fn named_notes(analysis: &Analysis, id: CiteId, pointer: &Pointer) -> Vec<(Option<usize>, Span)> {
    let cited = &analysis.citations[id];
    let manuscript = &analysis.files[cited.place.file].manuscript;
    let find = |number: u32| match cited.note {
        Some(from) => analysis.notes[cited.place.file].note_numbered(manuscript, from, number),
        None => manuscript.notes.iter().position(|n| n.label.number == Some(number)),
    };
    pointer.notes.iter().map(|(number, span)| (find(*number), analysis.place(id, *span).span)).collect()
}

/// Every note a citation sends the reader to by its number.
pub fn notes_pointed_at(analysis: &Analysis, id: CiteId) -> Vec<usize> {
    let mut notes: Vec<usize> = match &analysis.citations[id].resolution {
        Some(Resolution::Notes(notes)) => notes.clone(),
        _ => Vec::new(),
    };
    if let Some(pointer) = &analysis.citation(id).pointer {
        notes.extend(named_notes(analysis, id, pointer).into_iter().filter_map(|(note, _)| note));
    }
    notes.sort_unstable();
    notes.dedup();
    notes
}
