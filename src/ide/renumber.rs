//! The numbers of notes from one on, in the order of their marks, with everything that points at them.

use super::rename::labels;
use super::rewrite::Rewrite;
use super::subject::{self, Subject};
use crate::analysis::{Analysis, FileId};

/// Numbers without gaps and doubles from the note at a byte to the last one of its chapter. Nothing where they are right
/// already, where nobody types them, or where a note that has no mark is in the way.
pub fn from_here(analysis: &Analysis, file: FileId, byte: u32) -> Option<Rewrite> {
    let manuscript = &analysis.files.get(file)?.manuscript;
    let numbering = &analysis.notes[file];
    let note = match subject::at(analysis, file, byte)?.0 {
        Subject::Mark(mark) => numbering.note_of_mark.get(mark).copied().flatten()?,
        Subject::Label(note) => note,
        Subject::Citation(_) | Subject::Pointer(..) => return None,
    };
    let scope = numbering.scope_of_note[note];
    let number = |n: usize| manuscript.notes[n].label.number;
    let numbered = |n: &usize| numbering.scope_of_note[*n] == scope && number(*n).is_some();
    let mut order: Vec<usize> = Vec::new();
    for n in numbering.note_of_mark.iter().flatten().copied().filter(numbered) {
        if !order.contains(&n) {
            order.push(n);
        }
    }
    let at = order.iter().position(|n| *n == note)?;
    let first = match at.checked_sub(1) {
        Some(before) => number(order[before])? + 1,
        None => number(note)?,
    };
    let new: Vec<(usize, u32)> = order[at..].iter().copied().zip(first..).collect();
    let stays = |n: &usize| new.iter().all(|(moved, _)| moved != n);
    let in_the_way = (0..manuscript.notes.len()).filter(numbered).filter(stays).filter_map(number);
    if in_the_way.into_iter().any(|n| new.iter().any(|(_, m)| *m == n)) {
        return None;
    }
    let changed: Vec<(usize, u32)> = new.iter().copied().filter(|(n, m)| number(*n) != Some(*m)).collect();
    let mut edits = Vec::new();
    for (n, m) in &changed {
        labels::is_free(analysis, file, *n).ok()?;
        let changes = labels::everywhere(analysis, file, *n, &m.to_string());
        if changes.iter().any(|(f, _)| *f != file) {
            return None;
        }
        edits.extend(changes.into_iter().map(|(_, edit)| edit));
    }
    edits.sort_by_key(|e| e.span);
    edits.dedup();
    let title = match changed.len() {
        0 => return None,
        1 => "Renumber this note".to_owned(),
        many => format!("Renumber {many} notes from here"),
    };
    Some(Rewrite { title, edits })
}
