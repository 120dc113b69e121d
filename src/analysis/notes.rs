//! Marks paired with notes; scopes of numbering; gaps, doubles and strays.

use crate::model::Manuscript;

/// The numbering of one file.
#[derive(Debug, Default)]
pub struct Numbering {
    /// For each mark the note it sends the reader to: indices into the manuscript's notes.
    pub note_of_mark: Vec<Option<usize>>,
    /// For each note the first mark that sends the reader there.
    pub mark_of_note: Vec<Option<usize>>,
    /// For each note the scope it is numbered in: notes of one chapter or section.
    pub scope_of_note: Vec<usize>,
}

impl Numbering {
    pub fn new(manuscript: &Manuscript) -> Numbering {
        Numbering {
            note_of_mark: vec![None; manuscript.marks.len()],
            mark_of_note: vec![None; manuscript.notes.len()],
            scope_of_note: vec![0; manuscript.notes.len()],
        }
    }

    /// The note a reader of note `from` finds under a number: of the same scope, the first.
    pub fn note_numbered(&self, manuscript: &Manuscript, from: usize, number: u32) -> Option<usize> {
        let scope = self.scope_of_note.get(from);
        (0..manuscript.notes.len())
            .find(|n| self.scope_of_note.get(*n) == scope && manuscript.notes[*n].label.number == Some(number))
    }
}
