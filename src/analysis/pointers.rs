//! Pointers to notes: whether the note is there, is the right one, and lies where the pointer says.

use super::{Analysis, CiteId, Place, Resolution};
use crate::citation::{Direction, Form, Pointer};

/// A pointer in the project.
struct Pointing<'a> {
    id: CiteId,
    pointer: &'a Pointer,
    /// The number of the note it stands in.
    own: Option<u32>,
}

fn pointing(analysis: &Analysis) -> impl Iterator<Item = Pointing<'_>> {
    analysis.cited().filter_map(|id| {
        let pointer = analysis.citation(id).pointer.as_ref()?;
        let cited = &analysis.citations[id];
        let own = analysis.files[cited.place.file].manuscript.notes[cited.note?].label.number;
        Some(Pointing { id, pointer, own })
    })
}

/// A pointer to a note that is not there.
pub struct Missing {
    pub number: u32,
    pub place: Place,
    /// The last note of the manuscript.
    pub last: Option<Place>,
}

/// Numbers that no note of the file has.
pub fn missing(analysis: &Analysis) -> Vec<Missing> {
    let mut found = Vec::new();
    for Pointing { id, pointer, .. } in pointing(analysis) {
        let cited = &analysis.citations[id];
        let file = cited.place.file;
        let (manuscript, numbering) = (&analysis.files[file].manuscript, &analysis.notes[file]);
        let Some(note) = cited.note.filter(|n| !numbering.is_excerpt(manuscript, *n)) else { continue };
        for (number, span) in &pointer.notes {
            let held = manuscript.notes.iter().any(|n| n.label.number == Some(*number));
            if !held && numbering.note_numbered(manuscript, note, *number).is_none() {
                let last = manuscript
                    .notes
                    .iter()
                    .rev()
                    .find(|n| n.label.number.is_some())
                    .map(|n| Place { file, span: n.label.span });
                found.push(Missing { number: *number, place: analysis.place(id, *span), last });
            }
        }
    }
    found
}

/// A pointer to another note than the one that cites its work.
pub struct Mismatch {
    pub id: CiteId,
    pub named: u32,
    pub number: Place,
    /// The citation that should be pointed at, and the number of its note.
    pub right: CiteId,
    pub right_number: u32,
}

/// Pointers whose note does not cite the work, while another does. In reading order.
pub fn mismatches(analysis: &Analysis) -> Vec<Mismatch> {
    let mut found = Vec::new();
    for Pointing { id, pointer, .. } in pointing(analysis) {
        let Some(Resolution::Exact { source, how, .. }) = &analysis.citations[id].resolution else { continue };
        let Some((named, span)) = pointer.notes.first().filter(|_| how.pointer_mismatch && !how.fuzzy && !how.forward)
        else {
            continue;
        };
        let right = analysis.sources[*source].definition;
        let right_note = analysis.citations[right]
            .note
            .filter(|_| analysis.citations[right].place.file == analysis.citations[id].place.file);
        let number = right_note
            .and_then(|n| analysis.files[analysis.citations[right].place.file].manuscript.notes[n].label.number);
        if let Some(right_number) = number.filter(|n| n != named && !analysis.sources[*source].orphan) {
            found.push(Mismatch { id, named: *named, number: analysis.place(id, *span), right, right_number });
        }
    }
    found
}

/// So many pointers off by the same number have one cause: a note was put in or taken out above.
const DRIFT: usize = 3;

/// Mismatches by their cause: drifts (three or more with one offset) and single slips.
pub fn by_cause(analysis: &Analysis) -> (Vec<Vec<Mismatch>>, Vec<Mismatch>) {
    let mut groups: Vec<(i64, Vec<Mismatch>)> = Vec::new();
    for m in mismatches(analysis) {
        let offset = i64::from(m.right_number) - i64::from(m.named);
        match groups.iter_mut().find(|(o, g)| *o == offset && g[0].number.file == m.number.file) {
            Some((_, group)) => group.push(m),
            None => groups.push((offset, vec![m])),
        }
    }
    let (drifts, single): (Vec<_>, Vec<_>) = groups.into_iter().map(|(_, g)| g).partition(|g| g.len() >= DRIFT);
    let mut single: Vec<Mismatch> = single.into_iter().flatten().collect();
    single.sort_by_key(|m| m.number);
    (drifts, single)
}

/// A pointer that says "above" of a note below, or the reverse, or names its own note.
pub struct Misdirected {
    pub place: Place,
    pub number: u32,
    pub own: u32,
    pub says: Direction,
}

pub fn misdirected(analysis: &Analysis) -> Vec<Misdirected> {
    let wrong: Vec<CiteId> = mismatches(analysis).into_iter().map(|m| m.id).collect();
    let mut found = Vec::new();
    for Pointing { id, pointer, own } in pointing(analysis) {
        let (Some(own), Some(says)) = (own, pointer.direction) else { continue };
        let first = pointer.notes.first().filter(|_| !wrong.contains(&id));
        let notes = &analysis.files[analysis.citations[id].place.file].manuscript.notes;
        let held = |number: u32| notes.iter().any(|n| n.label.number == Some(number));
        let Some((number, _)) = first.filter(|(n, _)| held(*n)) else { continue };
        let against = match says {
            Direction::Back => *number >= own,
            Direction::Forward => *number <= own,
            Direction::Previous => false,
        };
        if against {
            found.push(Misdirected { place: analysis.place(id, pointer.span), number: *number, own, says });
        }
    }
    found
}

/// `See above.` without a note or a page.
pub fn vague(analysis: &Analysis) -> Vec<CiteId> {
    let numberless = |id: &CiteId| {
        let citation = analysis.citation(*id);
        let cited = &analysis.citations[*id];
        // as the reader sees it: a number that the machine sets is `??`
        let note = cited.note.and_then(|n| analysis.files[cited.place.file].manuscript.notes.get(n));
        let text = note.map_or_else(|| analysis.text(cited.place), |n| citation.span.of(&n.flow.text));
        let short = text.split_whitespace().count() <= 4 && !text.contains(|c: char| c.is_ascii_digit() || c == '?');
        citation.form == Form::Xref && citation.pointer.is_none() && short
    };
    analysis.cited().filter(numberless).collect()
}
