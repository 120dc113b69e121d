//! Notes numbered from the first on, or from one of them, in the order in which the text leads to them; every pointer to a note follows.

use super::Refusal;
use crate::analysis::{Analysis, FileId, Place};
use crate::citation::{self, Pointer};
use crate::model::{Label, Manuscript};
use crate::script::{superscript, superscript_digit};
use crate::text::{Edit, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A scope of numbering and a number in it.
type Number = (usize, u32);

/// The edits that number the notes of a file anew, `start` the first number of each scope. Labels that are names stay.
///
/// # Errors
/// What makes the numbering doubtful, with its place: nothing is numbered on a guess.
pub fn renumber(analysis: &Analysis, file: FileId, start: u32) -> Result<Vec<Edit>, Vec<Refusal>> {
    let mut work = Work::new(analysis, file)?;
    let pairs = work.pairs(|_| true);
    let numbers = work.numbers(&pairs, start);
    work.written(&numbers, &numbers)
}

/// As [`renumber`], from one note to the last of its scope: the numbers go on from that of the note before.
///
/// # Errors
/// As those of [`renumber`]; and where a note before has one of the new numbers.
pub fn renumber_from(analysis: &Analysis, file: FileId, note: usize) -> Result<Vec<Edit>, Vec<Refusal>> {
    let mut work = Work::new(analysis, file)?;
    let scope = work.manuscript.notes[note].scope;
    let pairs = work.pairs(|s| s == scope);
    let mut numbers = work.numbers(&pairs, 1);
    let at = numbers.iter().position(|n| n.note == note).unwrap_or(numbers.len());
    let first = match at.checked_sub(1) {
        Some(before) => numbers[before].old.1 + 1,
        None => work.manuscript.notes[note].label.number.unwrap_or(1),
    };
    let (before, moved) = numbers.split_at_mut(at);
    for (numbered, new) in moved.iter_mut().zip(first..) {
        numbered.new = new;
    }
    before.iter_mut().for_each(|n| n.new = n.old.1);
    let taken = |n: &Numbered| before.iter().any(|b| b.new == n.new);
    if let Some(wrong) = moved.iter().find(|n| taken(n)) {
        work.refuse(wrong.labels[0].span, format!("a note before is numbered {}", wrong.new));
    }
    let moved = moved.to_vec();
    work.written(&moved, &numbers)
}

struct Work<'a> {
    analysis: &'a Analysis,
    file: FileId,
    manuscript: &'a Manuscript,
    edits: Vec<Edit>,
    refused: Vec<Refusal>,
}

/// A note with its number and the marks that lead to it, as indices.
struct Pair {
    number: Number,
    note: usize,
    marks: Vec<usize>,
}

/// A note with its old number, its new one, and the labels that carry it.
#[derive(Clone)]
struct Numbered<'a> {
    note: usize,
    old: Number,
    new: u32,
    labels: Vec<&'a Label>,
}

impl<'a> Work<'a> {
    fn new(analysis: &'a Analysis, file: FileId) -> Result<Work<'a>, Vec<Refusal>> {
        let manuscript = &analysis.files[file].manuscript;
        let mut work = Work { analysis, file, manuscript, edits: Vec::new(), refused: Vec::new() };
        let numbering = &analysis.notes[file];
        if numbering.note_abroad.is_empty() && numbering.mark_abroad.is_empty() {
            return Ok(work);
        }
        work.refuse(Span::default(), "its notes or its marks stand in another file".into());
        Err(work.refused)
    }

    /// The edits that give `moved` their new numbers; of all the notes those that share a number cannot be pointed at.
    fn written(mut self, moved: &[Numbered<'a>], all: &[Numbered<'a>]) -> Result<Vec<Edit>, Vec<Refusal>> {
        for numbered in moved.iter().filter(|n| n.old.1 != n.new) {
            numbered.labels.iter().for_each(|label| self.relabel(label, numbered.new));
        }
        let map: HashMap<Number, u32> = moved.iter().rev().map(|n| (n.old, n.new)).collect();
        let mut seen = BTreeSet::new();
        let doubled = all.iter().map(|n| n.old).filter(|n| !seen.insert(*n)).collect();
        self.pointers(&map, &doubled);
        if self.refused.is_empty() { Ok(self.edits) } else { Err(self.refused) }
    }

    fn refuse(&mut self, span: Span, message: String) {
        self.refused.push(Refusal { place: Place { file: self.file, span }, message });
    }

    /// Each note with its marks. Of notes that share a number the first belongs to the first mark of that number.
    fn pairs(&mut self, of: impl Fn(usize) -> bool) -> Vec<Pair> {
        let m = self.manuscript;
        let mut notes: BTreeMap<Number, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (i, note) in m.notes.iter().enumerate().filter(|(_, n)| !n.inline && of(n.scope)) {
            if let Some(number) = note.label.number {
                notes.entry((note.scope, number)).or_default().0.push(i);
            }
        }
        for (i, mark) in m.marks.iter().enumerate().filter(|(_, k)| of(k.scope)) {
            if let Some(number) = mark.label.number {
                notes.entry((mark.scope, number)).or_default().1.push(i);
            }
        }
        let mut pairs = Vec::new();
        for (number, (notes, marks)) in notes {
            match (notes.as_slice(), marks.as_slice()) {
                ([], marks) => self.refuse(m.marks[marks[0]].span, format!("mark {} has no note", number.1)),
                (notes, []) => self.refuse(m.notes[notes[0]].label.span, format!("note {} has no mark", number.1)),
                ([note], marks) => pairs.push(Pair { number, note: *note, marks: marks.to_vec() }),
                (notes, marks) if notes.len() == marks.len() => {
                    let both = notes.iter().zip(marks);
                    pairs.extend(both.map(|(note, mark)| Pair { number, note: *note, marks: vec![*mark] }));
                }
                (notes, marks) => {
                    let message = format!("{} notes and {} marks are numbered {}", notes.len(), marks.len(), number.1);
                    self.refuse(m.notes[notes[1]].label.span, message);
                }
            }
        }
        pairs
    }

    /// Each note with its new number, in the order of the first marks.
    fn numbers(&self, pairs: &[Pair], start: u32) -> Vec<Numbered<'a>> {
        let m = self.manuscript;
        let mut order: Vec<&Pair> = pairs.iter().collect();
        let first = |p: &Pair| p.marks.iter().copied().find(|i| m.marks[*i].in_note.is_none()).unwrap_or(p.marks[0]);
        order.sort_by_key(|p| (p.number.0, m.marks[first(p)].span.start));
        let mut next: HashMap<usize, u32> = HashMap::new();
        let mut numbers = Vec::new();
        for pair in order {
            let number = next.entry(pair.number.0).or_insert(start);
            let marks = pair.marks.iter().map(|i| &m.marks[*i].label);
            let labels = marks.chain([&m.notes[pair.note].label]).collect();
            numbers.push(Numbered { note: pair.note, old: pair.number, new: *number, labels });
            *number += 1;
        }
        numbers
    }

    fn relabel(&mut self, label: &Label, number: u32) {
        let typed = label.span.of(&self.manuscript.text);
        let plain: String = typed.chars().map(|c| superscript_digit(c).unwrap_or(c)).collect();
        if plain != label.number.map_or_else(String::new, |n| n.to_string()) {
            self.refuse(label.span, "this number is not typed here: the typesetter sets it".into());
            return;
        }
        let raised = typed.chars().any(|c| superscript_digit(c).is_some());
        let digits = number.to_string();
        let written = if raised { digits.chars().map(superscript).collect() } else { digits };
        self.edits.push(Edit::new(label.span, written));
    }

    fn pointers(&mut self, map: &HashMap<Number, u32>, doubled: &BTreeSet<Number>) {
        let (analysis, m) = (self.analysis, self.manuscript);
        for (id, citation) in analysis.citations_of(self.file) {
            let (Some(pointer), Some(note)) = (&citation.pointer, analysis.citations[id].note) else { continue };
            self.pointer(pointer, m.notes[note].scope, |s| analysis.place(id, s).span, (map, doubled));
        }
        for flow in &m.paragraphs {
            for pointer in citation::pointers(flow) {
                let at = flow.source(pointer.span).start;
                let mark = m.marks.iter().rev().find(|k| k.span.start < at && k.in_note.is_none());
                let scope = mark.or(m.marks.first()).map_or(0, |k| k.scope);
                self.pointer(&pointer, scope, |s| flow.source(s), (map, doubled));
            }
        }
    }

    fn pointer(
        &mut self,
        pointer: &Pointer,
        scope: usize,
        place: impl Fn(Span) -> Span,
        (map, doubled): (&HashMap<Number, u32>, &BTreeSet<Number>),
    ) {
        let mut notes = pointer.notes.clone();
        if let (true, [.., (first, _), (last, _)]) = (pointer.range, notes.as_mut_slice()) {
            *last = full(*first, *last);
        }
        for (number, span) in &notes {
            let Some(new) = map.get(&(scope, *number)) else { continue };
            if doubled.contains(&(scope, *number)) {
                self.refuse(place(*span), format!("which note {number} is meant? Several have the number"));
            } else if new != number {
                self.edits.push(Edit::new(place(*span), new.to_string()));
            }
        }
        if let (true, [.., (first, span), (last, _)]) = (pointer.range, notes.as_slice()) {
            let new = |n: u32| map.get(&(scope, n)).copied();
            let moved: Vec<u32> = (*first..=*last).filter_map(new).collect();
            if moved.windows(2).any(|w| w[0] + 1 != w[1]) {
                self.refuse(place(*span), format!("notes {first}–{last} do not stay together"));
            }
        }
    }
}

/// `97-9` is 97 to 99.
fn full(first: u32, last: u32) -> u32 {
    let size = 10u32.pow(last.checked_ilog10().unwrap_or(0) + 1);
    if last >= first { last } else { first - first % size + last }
}
