//! Notes that stand in another file than their marks: beside each chapter (`one-notes.md`), or in one chapter of notes
//! for the whole book, where numbers may begin anew at every heading.

use super::super::{File, FileId};
use super::{Numbering, Which, sequence};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// How a file of notes is called after its chapter.
const TAILS: &[&str] = &["footnotes", "endnotes", "notes", "fn"];

/// The marks of one numbering of a chapter that have no note in its file, in their order.
struct Lacking<'a> {
    file: FileId,
    marks: Vec<(&'a str, usize)>,
}

/// The notes under one heading of a file that has hardly anything else, and no marks for them.
struct Spare<'a> {
    file: FileId,
    notes: Vec<(&'a str, usize)>,
}

/// Pairs marks and notes of different files, and takes back what was said of either half alone.
pub fn pair(files: &[Arc<File>], all: &mut [Numbering]) {
    continue_numbers(files, all);
    if files.len() < 2 {
        return;
    }
    let spare: Vec<FileId> = (0..files.len()).filter(|f| is_notes(&files[*f], &all[*f])).collect();
    let chapters: Vec<FileId> = (0..files.len()).filter(|f| is_chapter(&files[*f], &all[*f])).collect();
    let mut free: Vec<FileId> = chapters.clone();
    for notes in spare.iter().copied() {
        let own =
            chapters.iter().copied().find(|c| is_companion(&files[*c].manuscript.path, &files[notes].manuscript.path));
        if let Some(chapter) = own {
            couple(files, all, &[chapter], notes);
            free.retain(|c| *c != chapter);
        }
    }
    for notes in spare {
        if all[notes].mark_abroad.is_empty() {
            free.retain(|c| *c != notes && all[*c].note_abroad.is_empty());
            couple(files, all, &free, notes);
        }
    }
}

/// A book that counts through: a chapter that goes on where the one before it ended has no gap at its beginning.
fn continue_numbers(files: &[Arc<File>], all: &mut [Numbering]) {
    let mut last = 0;
    for (file, numbering) in files.iter().zip(all) {
        let m = &file.manuscript;
        numbering.gaps.retain(|g| g.before.is_some() || g.last != last);
        let marks = m.marks.iter().filter_map(|m| m.label.number);
        last = marks.chain(m.notes.iter().filter_map(|n| n.label.number)).max().unwrap_or(last);
    }
}

/// More than half of its marks have no note here.
fn is_chapter(file: &File, numbering: &Numbering) -> bool {
    let body = file.manuscript.marks.iter().zip(&numbering.note_of_mark).filter(|(m, _)| m.in_note.is_none());
    let (all, lacking) =
        body.fold((0, 0), |(all, lacking), (_, note)| (all + 1, lacking + usize::from(note.is_none())));
    lacking * 2 > all
}

/// More than half of its notes have no mark here.
fn is_notes(file: &File, numbering: &Numbering) -> bool {
    let notes = || file.manuscript.notes.iter().zip(&numbering.mark_of_note).filter(|(n, _)| !n.inline);
    notes().filter(|(_, mark)| mark.is_none()).count() * 2 > notes().count()
}

/// `one-footnotes.md` beside `one.md`.
fn is_companion(chapter: &str, notes: &str) -> bool {
    let stem = |path: &str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_lowercase();
    let (chapter, notes) = (stem(chapter), stem(notes));
    let tail = notes.strip_prefix(chapter.as_str()).and_then(|t| t.strip_prefix(['-', '_', '.', ' ']));
    tail.is_some_and(|t| TAILS.contains(&t))
}

/// Pairs the marks of these chapters with the notes of a file, where most of them have one there.
fn couple(files: &[Arc<File>], all: &mut [Numbering], chapters: &[FileId], notes: FileId) {
    let lacking: Vec<Lacking> = chapters.iter().flat_map(|c| lacking(*c, files, all)).collect();
    let labels = lacking.iter().flat_map(|l| &l.marks).map(|(label, _)| *label);
    let (mut distinct, mut count) = (FxHashSet::default(), 0);
    for label in labels {
        distinct.insert(label);
        count += 1;
    }
    let mut sections = sections(notes, files, all);
    let runs_through = distinct.len() == count || lacking.len() == 1;
    let matched: Vec<(Vec<usize>, usize)> = if runs_through {
        let whole = sections.drain(..).flat_map(|s| s.notes).collect();
        sections = vec![Spare { file: notes, notes: whole }];
        vec![((0..lacking.len()).collect(), 0)]
    } else if sections.len() == lacking.len() {
        (0..lacking.len()).map(|i| (vec![i], i)).collect()
    } else {
        return;
    };
    for (section, spare) in sections.iter().enumerate().filter(|_| !runs_through) {
        spare.notes.iter().for_each(|(_, note)| all[notes].scope_of_note[*note] = section);
    }
    for (halves, section) in matched {
        let marks: Vec<&Lacking> = halves.into_iter().map(|i| &lacking[i]).collect();
        join(files, all, &marks, &sections[section]);
    }
    settle(files, all, notes);
}

fn lacking<'a>(file: FileId, files: &'a [Arc<File>], all: &[Numbering]) -> Vec<Lacking<'a>> {
    let mut scopes: Vec<(usize, Lacking)> = Vec::new();
    for (i, mark) in files[file].manuscript.marks.iter().enumerate() {
        if mark.in_note.is_some() || all[file].note_of_mark[i].is_some() {
            continue;
        }
        let at = scopes.iter().position(|(scope, _)| *scope == mark.scope).unwrap_or_else(|| {
            scopes.push((mark.scope, Lacking { file, marks: Vec::new() }));
            scopes.len() - 1
        });
        scopes[at].1.marks.push((&mark.label.text, i));
    }
    scopes.into_iter().map(|(_, lacking)| lacking).collect()
}

/// The notes without marks, by numbering; where labels come twice in one, by heading.
fn sections<'a>(file: FileId, files: &'a [Arc<File>], all: &[Numbering]) -> Vec<Spare<'a>> {
    let m = &files[file].manuscript;
    let free = |i: &usize| !m.notes[*i].inline && all[file].mark_of_note[*i].is_none();
    let doubled = all[file].doubles.iter().any(|d| matches!(d.second, Which::Note(_)));
    let section = |i: usize| {
        let start = m.notes[i].span.start;
        let heading = if doubled { m.headings.partition_point(|h| h.span.start <= start) } else { 0 };
        (m.notes[i].scope, heading)
    };
    let mut found: Vec<((usize, usize), Spare)> = Vec::new();
    for i in (0..m.notes.len()).filter(free) {
        let key = section(i);
        match found.iter_mut().find(|(k, _)| *k == key) {
            Some((_, spare)) => spare.notes.push((&m.notes[i].label.text, i)),
            None => found.push((key, Spare { file, notes: vec![(&m.notes[i].label.text, i)] })),
        }
    }
    found.into_iter().map(|(_, spare)| spare).collect()
}

/// Pairs by label. Unless half of the marks find their note the two have nothing to do with each other.
fn join(files: &[Arc<File>], all: &mut [Numbering], lacking: &[&Lacking], spare: &Spare) {
    let mut by_label: FxHashMap<&str, usize> = FxHashMap::default();
    for (label, note) in &spare.notes {
        by_label.entry(label).or_insert(*note);
    }
    let marks: usize = lacking.iter().map(|l| l.marks.len()).sum();
    let pairs: Vec<(FileId, usize, usize)> = lacking
        .iter()
        .flat_map(|l| l.marks.iter().filter_map(|(label, mark)| Some((l.file, *mark, *by_label.get(label)?))))
        .collect();
    if pairs.len() * 2 < marks || pairs.is_empty() {
        return;
    }
    for (file, mark, note) in pairs {
        all[file].note_abroad.insert(mark, (spare.file, note));
        all[spare.file].mark_abroad.entry(note).or_insert((file, mark));
    }
    let marked = |n: u32| lacking.iter().flat_map(|l| &l.marks).any(|(label, _)| *label == n.to_string());
    all[spare.file].gaps.retain(|g| !(g.first..=g.last).all(marked));
    for l in lacking {
        let m = &files[l.file].manuscript;
        let alone: Vec<usize> =
            l.marks.iter().map(|(_, i)| *i).filter(|i| !all[l.file].note_abroad.contains_key(i)).collect();
        let ours = |i: &usize| l.marks.iter().any(|(_, mark)| mark == i);
        all[l.file].strays.retain(|run| !run.items.iter().any(ours));
        all[l.file].strays.extend(sequence::runs(&alone, &|i| (m.marks[i].scope, &m.marks[i].label)));
        // a number whose note is there and waits for its mark is told of the note
        let waiting = |n: u32| by_label.contains_key(n.to_string().as_str());
        all[l.file].gaps.retain(|g| !(g.first..=g.last).all(waiting));
    }
}

/// The notes that are left without a mark, once the others have theirs in other files.
fn settle(files: &[Arc<File>], all: &mut [Numbering], notes: FileId) {
    let m = &files[notes].manuscript;
    let numbering = &mut all[notes];
    if numbering.mark_abroad.is_empty() {
        return;
    }
    let scopes = numbering.scope_of_note.clone();
    let apart = |d: &super::Double| match (d.first, d.second) {
        (Which::Note(a), Which::Note(b)) => scopes[a] != scopes[b],
        _ => false,
    };
    numbering.doubles.retain(|d| !apart(d));
    let second: FxHashSet<usize> =
        numbering.doubles.iter().filter_map(|d| if let Which::Note(i) = d.second { Some(i) } else { None }).collect();
    let met: FxHashSet<usize> = numbering.mark_abroad.keys().map(|i| scopes[*i]).collect();
    let lone = |i: &usize| {
        let marked = numbering.mark_of_note[*i].is_some() || numbering.mark_abroad.contains_key(i);
        !m.notes[*i].inline && !marked && met.contains(&scopes[*i]) && !second.contains(i)
    };
    let alone: Vec<usize> = (0..m.notes.len()).filter(lone).collect();
    numbering.orphans = sequence::runs(&alone, &|i| (scopes[i], &m.notes[i].label));
    numbering.by_number.clear();
    for (i, note) in m.notes.iter().enumerate().filter(|(_, n)| !n.inline) {
        if let Some(number) = note.label.number {
            numbering.by_number.entry((scopes[i], number)).or_insert(i);
        }
    }
}
