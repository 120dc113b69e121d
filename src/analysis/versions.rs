//! Two versions of a project: citations that stand for something else than before though their words are the same.
//!
//! A note is found again by its words and by the words around its mark, wherever it has moved; the rest in their order.

use super::{Analysis, CiteId, FileId, Place, Resolution};
use crate::citation::{Citation, Form};
use rustc_hash::FxHashMap;

/// Letters of the text before and after a mark by which its note is found again.
const AROUND: (usize, usize) = (60, 30);

/// Citations in a row that have gone from one source to another: one cause.
pub struct Retargeted {
    pub ids: Vec<CiteId>,
    /// What they stood for, as typed in the older version, and the note it stood in.
    pub was: String,
    pub was_note: Option<String>,
    /// What they stand for now.
    pub now: Place,
}

/// Every citation of the newer version that has been led astray.
pub fn retargeted(old: &Analysis, new: &Analysis) -> Vec<Retargeted> {
    let mut found: Vec<(Retargeted, Target, Target)> = Vec::new();
    for file in 0..new.files.len() {
        let path = &new.files[file].manuscript.path;
        let Some(before) = old.files.iter().position(|f| f.manuscript.path == *path) else { continue };
        let again = notes_again(old, before, new, file);
        let cites = |a: &Analysis, f: FileId| {
            let mut all: FxHashMap<(usize, usize), CiteId> = FxHashMap::default();
            all.extend(
                a.citations_of(f).filter_map(|(id, _)| Some(((a.citations[id].note?, a.citations[id].ord), id))),
            );
            all
        };
        let (olds, pairs) = (cites(old, before), Pairs { old, new, before, file, again: &again });
        for (id, _) in new.citations_of(file).filter(|(_, c)| leans(c.form)) {
            let Some(note) = new.citations[id].note else { continue };
            let Some(same) = again.iter().position(|n| *n == Some(note)) else { continue };
            let Some(was) = olds.get(&(same, new.citations[id].ord)).copied() else { continue };
            let Some((from, to)) = pairs.moved(was, id) else { continue };
            match found.last_mut() {
                Some((last, f, t)) if *f == from && *t == to && last.now.file == file => last.ids.push(id),
                _ => {
                    let (words, label) = from.words(old, before);
                    let now = to.place(new, file);
                    found.push((Retargeted { ids: vec![id], was: words, was_note: label, now }, from, to));
                }
            }
        }
    }
    found.into_iter().map(|(r, ..)| r).collect()
}

/// Its words do not say what it stands for.
fn leans(form: Form) -> bool {
    !matches!(form, Form::Full | Form::Key | Form::Alias | Form::Commentary | Form::Quote)
}

/// What a citation stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Source(CiteId),
    Note(usize),
}

impl Target {
    fn of(analysis: &Analysis, id: CiteId) -> Option<Target> {
        match analysis.citations[id].resolution.as_ref()? {
            Resolution::Exact { source, how, .. } if !how.fuzzy => {
                Some(Target::Source(analysis.sources[*source].definition))
            }
            Resolution::Notes(notes) => notes.first().copied().map(Target::Note),
            _ => None,
        }
    }

    fn place(self, analysis: &Analysis, file: FileId) -> Place {
        match self {
            Target::Source(id) => analysis.citations[id].place,
            Target::Note(note) => Place { file, span: analysis.files[file].manuscript.notes[note].label.span },
        }
    }

    fn words(self, analysis: &Analysis, file: FileId) -> (String, Option<String>) {
        match self {
            Target::Source(id) => {
                let words = analysis.text(analysis.citations[id].place).to_owned();
                (words, analysis.note_label(id).map(str::to_owned))
            }
            Target::Note(note) => {
                let note = &analysis.files[file].manuscript.notes[note];
                (note.flow.text.clone(), Some(note.label.text.clone()))
            }
        }
    }
}

struct Pairs<'a> {
    old: &'a Analysis,
    new: &'a Analysis,
    before: FileId,
    file: FileId,
    again: &'a [Option<usize>],
}

impl Pairs<'_> {
    /// What a citation stood for and stands for, where these are surely two.
    fn moved(&self, was: CiteId, is: CiteId) -> Option<(Target, Target)> {
        let (from, to) = (Target::of(self.old, was)?, Target::of(self.new, is)?);
        let same = match (from, to) {
            (Target::Note(a), Target::Note(b)) => {
                let found = self.again[a]?;
                let words = |a: &Analysis, f: FileId, n: usize| normal(&a.files[f].manuscript.notes[n].flow.text);
                found == b || words(self.old, self.before, a) == words(self.new, self.file, b)
            }
            (Target::Source(a), Target::Source(b)) => self.same_source(a, b),
            _ => return None,
        };
        (!same).then_some((from, to))
    }

    fn same_source(&self, a: CiteId, b: CiteId) -> bool {
        let (x, y) = (&self.old.citations[a], &self.new.citations[b]);
        let here = x.place.file == self.before && y.place.file == self.file && x.ord == y.ord;
        let found = here && x.note.is_some_and(|n| self.again[n].is_some() && self.again[n] == y.note);
        found || normal(self.old.text(x.place)) == normal(self.new.text(y.place)) || {
            let (x, y) = (self.old.citation(a), self.new.citation(b));
            alike(x, y)
        }
    }
}

/// One work, perhaps corrected between the versions.
fn alike(a: &Citation, b: &Citation) -> bool {
    let author = |c: &Citation| c.authors.first().map(|a| a.surname.clone());
    let words = |c: &Citation| c.titles.first().map(|t| t.words.clone()).unwrap_or_default();
    let (x, y) = (words(a), words(b));
    let shared = x.iter().filter(|w| y.contains(w)).count();
    let titles = 2 * shared >= x.len().max(y.len());
    let paths = match (&a.archive, &b.archive) {
        (Some(x), Some(y)) => x.levels.iter().map(|l| &l.number).eq(y.levels.iter().map(|l| &l.number)),
        (None, None) => true,
        _ => false,
    };
    author(a) == author(b) && titles && paths
        || author(a).is_some() && author(a) == author(b) && (x.is_empty() || y.is_empty())
}

/// For each note of the older file the note of the newer one that it has become.
fn notes_again(old: &Analysis, before: FileId, new: &Analysis, file: FileId) -> Vec<Option<usize>> {
    let (a, b) = (faces(old, before), faces(new, file));
    let mut again = vec![None; a.len()];
    let mut taken = vec![false; b.len()];
    for with_surroundings in [true, false] {
        let key = |face: &(String, String)| {
            if with_surroundings { format!("{}\n{}", face.0, face.1) } else { face.0.clone() }
        };
        let (mut left, mut right): (FxHashMap<String, Vec<usize>>, FxHashMap<String, Vec<usize>>) = Default::default();
        for (i, face) in a.iter().enumerate().filter(|(i, _)| again[*i].is_none()) {
            left.entry(key(face)).or_default().push(i);
        }
        for (i, face) in b.iter().enumerate().filter(|(i, _)| !taken[*i]) {
            right.entry(key(face)).or_default().push(i);
        }
        for (face, olds) in left {
            // as many as before: each is itself, in order
            if let Some(news) = right.get(&face).filter(|n| n.len() == olds.len()) {
                for (i, j) in olds.into_iter().zip(news) {
                    again[i] = Some(*j);
                    taken[*j] = true;
                }
            }
        }
    }
    again
}

/// The words of each note, and the words around its mark.
fn faces(analysis: &Analysis, file: FileId) -> Vec<(String, String)> {
    let (m, numbering) = (&analysis.files[file].manuscript, &analysis.notes[file]);
    let mut around: FxHashMap<usize, String> = FxHashMap::default();
    for flow in &m.paragraphs {
        for (at, mark) in &flow.marks {
            let at = *at as usize;
            let (Some(before), Some(after)) = (flow.text.get(..at), flow.text.get(at..)) else { continue };
            let start = before.char_indices().rev().nth(AROUND.0).map_or(0, |(i, _)| i);
            let end = after.char_indices().nth(AROUND.1).map_or(after.len(), |(i, _)| i);
            around.insert(*mark, normal(&format!("{}|{}", &before[start..], &after[..end])));
        }
    }
    let face = |(i, note): (usize, &crate::model::Note)| {
        let mark = numbering.mark_of_note.get(i).copied().flatten();
        (normal(&note.flow.text), mark.and_then(|m| around.get(&m).cloned()).unwrap_or_default())
    };
    m.notes.iter().enumerate().map(face).collect()
}

/// Without what renumbering and rewrapping change.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
