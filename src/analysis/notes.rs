//! Marks paired with notes; scopes of numbering; gaps, doubles and strays.

pub mod across;
pub mod placement;
mod sequence;

use super::FileId;
use crate::model::{Manuscript, Note};
use placement::Placement;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// The numbering of one file.
#[derive(Debug, Default)]
pub struct Numbering {
    /// For each mark the note it sends the reader to: indices into the manuscript's notes.
    pub note_of_mark: Vec<Option<usize>>,
    /// For each note the first mark that sends the reader there.
    pub mark_of_note: Vec<Option<usize>>,
    /// Marks whose note stands in another file, by index: that file, and the note's index in it.
    pub note_abroad: FxHashMap<usize, (FileId, usize)>,
    /// Notes whose mark stands in another file, by index: that file, and the first such mark's index in it.
    pub mark_abroad: FxHashMap<usize, (FileId, usize)>,
    /// For each note the scope it is numbered in: notes of one chapter or section.
    pub scope_of_note: Vec<usize>,
    /// Numbers that neither a mark nor a note has.
    pub gaps: Vec<Gap>,
    /// Marks of one number, notes of one label.
    pub doubles: Vec<Double>,
    /// What stands where its number does not belong.
    pub disorder: Vec<Disorder>,
    /// Marks whose note is missing, a run of consecutive numbers at a time.
    pub strays: Vec<Run>,
    /// Notes no mark points to, a run at a time.
    pub orphans: Vec<Run>,
    /// Notes without text.
    pub empty: Vec<usize>,
    pub placement: Placement,
    /// For each note the number that is printed, where labels are names: notes count from 1 as the text first leads to them.
    printed: Vec<Option<u32>>,
    /// The first note of a scope under a number.
    by_number: FxHashMap<(usize, u32), usize>,
    /// The notes as they begin in the file, and behind each how far it and those before it reach.
    places: Vec<(usize, u32)>,
}

/// A mark or a note, by its index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    Mark(usize),
    Note(usize),
}

/// Numbers `first..=last` are skipped.
#[derive(Debug)]
pub struct Gap {
    /// The numbers stand in the text: a converter has taken the labels of their notes.
    pub typed: bool,
    pub first: u32,
    pub last: u32,
    pub before: Option<Which>,
    pub after: Which,
    /// The note of the mark `after`.
    pub note_after: Option<usize>,
    /// In a text that has lost a good part of its numbers, the places of all the later gaps: one loss, one fact.
    pub also: Vec<Which>,
}

#[derive(Debug)]
pub struct Double {
    pub first: Which,
    pub second: Which,
    /// The note that is left without a mark because its mark bears the number before.
    pub meant: Option<usize>,
}

#[derive(Debug)]
pub struct Disorder {
    pub which: Which,
    /// What it stands before or after, against its number.
    pub against: Which,
}

/// Marks or notes with consecutive numbers, or a single one.
#[derive(Debug)]
pub struct Run {
    pub items: Vec<usize>,
    /// A note (for marks) or a mark (for notes) that is nearly called the same and has no partner either.
    pub nearly: Option<usize>,
}

impl Numbering {
    pub fn new(m: &Manuscript) -> Numbering {
        let mut n = Numbering {
            note_of_mark: vec![None; m.marks.len()],
            mark_of_note: vec![None; m.notes.len()],
            scope_of_note: m.notes.iter().map(|n| n.scope).collect(),
            ..Numbering::default()
        };
        n.pair(m);
        n.print(m);
        n.place(m);
        n.empty = (0..m.notes.len()).filter(|i| is_empty(m, *i)).collect();
        sequence::facts(m, &mut n);
        n.placement = Placement::new(m);
        n
    }

    fn pair(&mut self, m: &Manuscript) {
        let mut by_label: FxHashMap<(usize, &str), usize> = FxHashMap::default();
        for (i, note) in m
            .notes
            .iter()
            .enumerate()
            .filter(|(_, n)| !n.inline || n.label.number.is_some() || n.label.text.contains(char::is_alphanumeric))
        {
            by_label.entry((note.scope, &note.label.text)).or_insert(i);
            if let Some(number) = note.label.number {
                self.by_number.entry((note.scope, number)).or_insert(i);
            }
        }
        let inline: FxHashMap<u32, usize> =
            m.notes.iter().enumerate().filter(|(_, n)| n.inline).map(|(i, n)| (n.span.start, i)).collect();
        for (i, mark) in m.marks.iter().enumerate() {
            let own = inline.get(&mark.span.start).copied();
            let note = own.or_else(|| by_label.get(&(mark.scope, mark.label.text.as_str())).copied());
            self.note_of_mark[i] = note;
            if let Some(note) = note {
                self.mark_of_note[note].get_or_insert(i);
            }
        }
    }

    fn print(&mut self, m: &Manuscript) {
        self.printed = vec![None; m.notes.len()];
        let (mut last, notes) = (0, &self.note_of_mark);
        for note in (0..m.marks.len()).filter(|i| m.marks[*i].in_note.is_none()).filter_map(|i| notes[i]) {
            if m.reader.names_notes() && self.printed[note].is_none() {
                last += 1;
                self.printed[note] = Some(last);
                // "see note 12" can only speak of what is printed where labels are words.
                if m.notes[note].label.number.is_none_or(|n| n == last) {
                    self.by_number.entry((m.notes[note].scope, last)).or_insert(note);
                }
            }
        }
    }

    fn place(&mut self, m: &Manuscript) {
        let mut order: Vec<usize> = (0..m.notes.len()).collect();
        order.sort_by_key(|i| m.notes[*i].span.start);
        let mut reach = 0;
        self.places.extend(order.into_iter().map(|i| {
            reach = m.notes[i].span.end.max(reach);
            (i, reach)
        }));
    }

    /// The note a byte of the file lies in: the innermost.
    pub fn note_at(&self, m: &Manuscript, byte: u32) -> Option<usize> {
        let begun = self.places.partition_point(|(i, _)| m.notes[*i].span.start <= byte);
        let mut near = self.places[..begun].iter().rev().take_while(|(_, reach)| *reach > byte);
        near.find(|(i, _)| m.notes[*i].span.contains(byte)).map(|(i, _)| *i)
    }

    /// What a note is called in a message: by its label, and by its number too where that is another: `12 (label smith)`.
    pub fn name<'m>(&self, m: &'m Manuscript, note: usize) -> Cow<'m, str> {
        let Note { label, inline, .. } = &m.notes[note];
        match self.printed[note] {
            Some(printed) if *inline => printed.to_string().into(),
            Some(printed) if label.number != Some(printed) => format!("{printed} (label {})", label.text).into(),
            _ => label.text.as_str().into(),
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
        held == 0 && manuscript.reader.counts_notes() || missing >= 3 && missing * 10 >= last
    }

    /// The note a reader of note `from` finds under a number: of the same scope, the first.
    pub fn note_numbered(&self, _manuscript: &Manuscript, from: usize, number: u32) -> Option<usize> {
        let scope = *self.scope_of_note.get(from)?;
        self.by_number.get(&(scope, number)).copied()
    }
}

/// Nothing at all after the label: a note of signs, code or pictures is not empty.
fn is_empty(m: &Manuscript, i: usize) -> bool {
    let note = &m.notes[i];
    if !note.flow.text.trim().is_empty() {
        return false;
    }
    let after = crate::text::Span { start: note.label.span.end, end: note.span.end.max(note.label.span.end) };
    !after
        .of(&m.text)
        .chars()
        .any(|c| !c.is_whitespace() && !matches!(c, '[' | ']' | ':' | '.' | '{' | '}' | ')' | '-'))
}
