//! Numbers in their order: what is skipped, doubled, out of place, or without its partner. One cause, one fact.

use super::{Disorder, Double, Gap, Numbering, Run, Which};
use crate::model::{Label, Manuscript, Reader};
use rapidfuzz::distance::osa;
use rustc_hash::{FxHashMap, FxHashSet};

/// A gap wider than this is no gap but another way of numbering.
const WIDEST: u32 = 60;

pub fn facts(m: &Manuscript, n: &mut Numbering) {
    if !m.reader.counts_notes() {
        doubled_notes(m, n);
    }
    let marks: Vec<usize> = (0..m.marks.len()).filter(|i| m.marks[*i].in_note.is_none()).collect();
    // Only one half of a book is in this file: nothing can be said of the other.
    let whole = !m.marks.is_empty() && m.notes.iter().any(|n| !n.inline || n.label.number.is_some());
    if numbered(m, &marks) {
        let last = m.notes.iter().map(|n| n.scope).chain(m.marks.iter().map(|m| m.scope)).max().unwrap_or(0);
        let mut by_scope: Vec<(Vec<usize>, Vec<usize>)> = vec![Default::default(); last + 1];
        marks
            .iter()
            .filter(|i| m.marks[**i].label.number.is_some())
            .for_each(|i| by_scope[m.marks[*i].scope].0.push(*i));
        (0..m.notes.len())
            .filter(|i| m.notes[*i].label.number.is_some())
            .for_each(|i| by_scope[m.notes[i].scope].1.push(i));
        for (marks, notes) in &by_scope {
            let scope = Scope { m, marks, notes };
            scope.doubled_marks(n);
            scope.disorder(n);
            scope.gaps(n);
        }
    }
    if whole {
        strays(m, n);
    }
}

/// Are the labels numbers that count, and not just names?
fn numbered(m: &Manuscript, marks: &[usize]) -> bool {
    let labels =
        || marks.iter().map(|i| &m.marks[*i].label).chain(m.notes.iter().filter(|n| !n.inline).map(|n| &n.label));
    let all = labels().count();
    let numbers = labels().filter(|l| l.number.is_some()).count();
    if m.reader.counts_notes() || all == 0 || numbers * 10 < all * 6 {
        return false;
    }
    if !m.reader.names_notes() {
        return true;
    }
    let order: Vec<u32> = marks.iter().filter_map(|i| m.marks[*i].label.number).collect();
    let falls = order.windows(2).filter(|w| w[1] < w[0]).count();
    falls * 8 <= order.len().max(8)
}

fn number(label: &Label) -> u32 {
    label.number.unwrap_or(0)
}

/// The marks and notes of one numbering.
struct Scope<'a> {
    m: &'a Manuscript,
    marks: &'a [usize],
    notes: &'a [usize],
}

impl Scope<'_> {
    fn mark(&self, i: usize) -> u32 {
        number(&self.m.marks[i].label)
    }

    fn note(&self, i: usize) -> u32 {
        number(&self.m.notes[i].label)
    }

    /// Markdown lets a mark be repeated: where many are, that is the author's habit.
    fn repeats_marks(&self) -> bool {
        let numbers: FxHashSet<u32> = self.marks.iter().map(|i| self.mark(*i)).collect();
        let repeated = self.marks.len() - numbers.len();
        self.m.reader.repeats_marks() && repeated > 2 && repeated * 20 > self.marks.len()
    }

    fn doubled_marks(&self, n: &mut Numbering) {
        let habit = self.repeats_marks();
        let mut seen: FxHashMap<u32, usize> = FxHashMap::default();
        let mut bearers: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        self.notes.iter().for_each(|note| bearers.entry(self.note(*note)).or_default().push(*note));
        for (k, i) in self.marks.iter().enumerate() {
            let number = self.mark(*i);
            // a name in the place of a number is never a slip: `[#lamp]_`
            if !self.m.marks[*i].label.span.of(&self.m.text).contains(char::is_numeric) {
                continue;
            }
            let Some(first) = seen.get(&number) else {
                seen.insert(number, *i);
                continue;
            };
            // 5, 5, 7 where note 6 waits for its mark: the second 5 is that mark.
            let follows = self.marks.get(k + 1).is_none_or(|next| self.mark(*next) > number + 1);
            let meant = match bearers.get(&(number + 1)).map(Vec::as_slice) {
                Some([note]) if follows && n.mark_of_note[*note].is_none() => Some(*note),
                _ => None,
            };
            if !habit || meant.is_some() {
                n.doubles.push(Double { first: Which::Mark(*first), second: Which::Mark(*i), meant });
            }
        }
    }

    fn disorder(&self, n: &mut Numbering) {
        let mut seen = FxHashSet::default();
        let firsts: Vec<usize> = self.marks.iter().copied().filter(|i| seen.insert(self.mark(*i))).collect();
        let out = outside(&firsts.iter().map(|i| self.mark(*i)).collect::<Vec<_>>());
        let mut told: Vec<u32> = Vec::new();
        for (k, against) in &out {
            n.disorder.push(Disorder { which: Which::Mark(firsts[*k]), against: Which::Mark(firsts[*against]) });
            told.push(self.mark(firsts[*k]));
        }
        // In Pandoc the order of the definitions is nobody's concern.
        if self.m.reader.names_notes() {
            return;
        }
        for (k, against) in outside(&self.notes.iter().map(|i| self.note(*i)).collect::<Vec<_>>()) {
            let (note, against) = (self.notes[k], self.notes[against]);
            let double = n.doubles.iter().any(|d| d.second == Which::Note(note) || d.first == Which::Note(note));
            if !double && !told.contains(&self.note(note)) && !told.contains(&self.note(against)) {
                n.disorder.push(Disorder { which: Which::Note(note), against: Which::Note(against) });
            }
        }
    }

    /// The numbers of a gap stand in the text between its ends, one after the other: a converter has taken the notes' labels,
    /// and their marks are none to the reader.
    fn is_typed(&self, before: Option<Which>, after: Which, first: u32, last: u32) -> bool {
        let (Some(Which::Mark(a)), Which::Mark(b), Reader::Plain) = (before, after, self.m.reader) else {
            return false;
        };
        let between = self.m.text.get(self.m.marks[a].span.end as usize..self.m.marks[b].span.start as usize);
        let mut words = between.unwrap_or("").split_whitespace();
        (first..=last).all(|n| {
            let typed = n.to_string();
            words.any(|w| w == typed)
        })
    }

    fn gaps(&self, n: &mut Numbering) {
        let mut used: Vec<(u32, Which)> = self.marks.iter().map(|i| (self.mark(*i), Which::Mark(*i))).collect();
        used.extend(self.notes.iter().map(|i| (self.note(*i), Which::Note(*i))));
        used.sort_by_key(|(number, which)| (*number, matches!(which, Which::Note(_))));
        used.dedup_by_key(|u| u.0);
        let (highest, known) = (used.last().map_or(0, |u| u.0), used.len());
        let mut gaps: Vec<Gap> = Vec::new();
        let mut before: Option<(u32, Which)> = None;
        for (number, which) in used {
            let first = before.map_or(1, |b| b.0 + 1);
            let near = if before.is_some() { number - first < WIDEST } else { (2..=3).contains(&number) };
            if first < number && near {
                let note_after = match which {
                    Which::Mark(i) => n.note_of_mark[i],
                    Which::Note(_) => None,
                };
                gaps.push(Gap {
                    typed: self.is_typed(before.map(|b| b.1), which, first, number - 1),
                    first,
                    last: number - 1,
                    before: before.map(|b| b.1),
                    after: which,
                    note_after,
                    also: Vec::new(),
                });
            }
            before = Some((number, which));
        }
        if gaps.len() > 4 && known * 5 < highest as usize * 4 {
            let also = gaps.drain(1..).map(|g| g.after).collect();
            gaps[0].also = also;
        }
        n.gaps.append(&mut gaps);
    }
}

/// Those outside the longest ascent, each with one that it stands against.
fn outside(numbers: &[u32]) -> Vec<(usize, usize)> {
    let mut tails: Vec<usize> = Vec::new();
    let mut from: Vec<Option<usize>> = Vec::with_capacity(numbers.len());
    for (i, number) in numbers.iter().enumerate() {
        let k = tails.partition_point(|t| numbers[*t] < *number);
        from.push(k.checked_sub(1).map(|k| tails[k]));
        if k == tails.len() { tails.push(i) } else { tails[k] = i }
    }
    let mut inside = vec![false; numbers.len()];
    let mut at = tails.last().copied();
    while let Some(i) = at {
        inside[i] = true;
        at = from[i];
    }
    let ascent: Vec<usize> = (0..numbers.len()).filter(|i| inside[*i]).collect();
    let stray = (0..numbers.len()).filter(|i| !inside[*i]);
    stray
        .filter_map(|i| {
            let next = ascent.partition_point(|j| *j < i);
            let before = next.checked_sub(1).map(|k| ascent[k]).filter(|j| numbers[*j] > numbers[i]);
            let after = ascent.get(next).copied().filter(|j| numbers[*j] < numbers[i]);
            Some((i, before.or(after)?))
        })
        .collect()
}

fn doubled_notes(m: &Manuscript, n: &mut Numbering) {
    let mut seen: FxHashMap<(usize, &str), usize> = FxHashMap::default();
    for (i, note) in m.notes.iter().enumerate().filter(|(_, n)| !n.inline) {
        let first = *seen.entry((note.scope, &note.label.text)).or_insert(i);
        if first != i {
            n.doubles.push(Double { first: Which::Note(first), second: Which::Note(i), meant: None });
        }
    }
}

fn strays(m: &Manuscript, n: &mut Numbering) {
    let mut told: FxHashSet<(usize, &str)> = FxHashSet::default();
    let mut lone_marks: Vec<usize> = Vec::new();
    for (i, mark) in m.marks.iter().enumerate().filter(|(i, _)| n.note_of_mark[*i].is_none()) {
        if told.insert((mark.scope, mark.label.text.as_str())) {
            lone_marks.push(i);
        }
    }
    let mut explained: FxHashSet<usize> = n.doubles.iter().filter_map(|d| d.meant).collect();
    explained.extend(n.doubles.iter().filter_map(|d| if let Which::Note(i) = d.second { Some(i) } else { None }));
    let lone = |i: &usize| n.mark_of_note[*i].is_none() && !explained.contains(i);
    let lone_notes: Vec<usize> = (0..m.notes.len()).filter(lone).collect();
    n.strays = runs(&lone_marks, &|i| (m.marks[i].scope, &m.marks[i].label));
    n.orphans = runs(&lone_notes, &|i| (m.notes[i].scope, &m.notes[i].label));
    for stray in n.strays.iter_mut().filter(|s| m.marks[s.items[0]].label.number.is_none()) {
        let mark = &m.marks[stray.items[0]].label.text;
        let near = n.orphans.iter().position(|o| {
            let note = &m.notes[o.items[0]].label.text;
            o.items.len() == 1 && mark.len() > 3 && note.len() > 3 && osa::distance(mark.chars(), note.chars()) <= 2
        });
        if let Some(k) = near {
            stray.nearly = n.orphans.remove(k).items.pop();
        }
    }
}

/// Numbers that follow one another are one loss.
pub(super) fn runs<'a>(items: &[usize], label: &dyn Fn(usize) -> (usize, &'a Label)) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for i in items {
        let (scope, this) = label(*i);
        let continues = runs.last().and_then(|r| r.items.last()).is_some_and(|last| {
            let (other, before) = label(*last);
            other == scope && this.number.is_some() && before.number.map(|n| n + 1) == this.number
        });
        match runs.last_mut() {
            Some(run) if continues => run.items.push(*i),
            _ => runs.push(Run { items: vec![*i], nearly: None }),
        }
    }
    runs
}
