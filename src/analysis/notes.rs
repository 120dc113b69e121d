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

    /// So many numbers are missing around a note that the file must be an excerpt: what it points at may lie outside.
    pub fn is_excerpt(&self, manuscript: &Manuscript, note: usize) -> bool {
        let scope = self.scope_of_note.get(note);
        let same = |n: &usize| self.scope_of_note.get(*n) == scope;
        let numbers = (0..manuscript.notes.len()).filter(same).filter_map(|n| manuscript.notes[n].label.number);
        let (mut held, mut last) = (0, 0);
        for number in numbers {
            held += 1;
            last = last.max(number);
        }
        let missing = last.saturating_sub(held);
        missing >= 3 && missing * 10 >= last
    }

    /// The note a reader of note `from` finds under a number: of the same scope, the first.
    pub fn note_numbered(&self, manuscript: &Manuscript, from: usize, number: u32) -> Option<usize> {
        let scope = self.scope_of_note.get(from);
        (0..manuscript.notes.len())
            .find(|n| self.scope_of_note.get(*n) == scope && manuscript.notes[*n].label.number == Some(number))
    }
}
