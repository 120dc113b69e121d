//! What the rewritings of the command line make of the one citation or note under the cursor.

use super::subject::{self, Subject};
use crate::analysis::{Analysis, CiteId, FileId};
use crate::rules::rewrite;
use crate::text::Edit;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rewrite {
    pub title: String,
    pub edits: Vec<Edit>,
}

/// What the citation or the note at a byte can be turned into without changing what anything means.
pub fn rewrites(analysis: &Analysis, file: FileId, byte: u32) -> Vec<Rewrite> {
    let mut offered = Vec::new();
    let mut offer = |title: &str, edits: Vec<Edit>| {
        if !edits.is_empty() {
            offered.push(Rewrite { title: title.to_owned(), edits });
        }
    };
    if let Some(id) = analysis.citation_at(file, byte) {
        let this = |other: CiteId| other == id;
        offer("Write the short form instead of Ibid.", rewrite::expand(analysis, file, this));
        offer("Write Ibid. instead", rewrite::contract(analysis, file, this));
        offer("Write the full citation", rewrite::in_full(analysis, file, this));
    }
    if let Some(note) = note_at(analysis, file, byte) {
        offer("Renumber notes from here", rewrite::renumber_from(analysis, file, note).unwrap_or_default());
    }
    offered
}

/// The note whose mark or label stands at a byte.
pub fn note_at(analysis: &Analysis, file: FileId, byte: u32) -> Option<usize> {
    match subject::at(analysis, file, byte)?.0 {
        Subject::Mark(mark) => analysis.notes[file].note_of_mark.get(mark).copied().flatten(),
        Subject::Label(note) => Some(note),
        Subject::Citation(_) | Subject::Pointer(..) => None,
    }
}
