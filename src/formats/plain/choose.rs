//! Which styles the document uses, and which candidates its numbering proves.

use super::align;
use super::candidates::{self, MarkCand, MarkStyle, NoteCand, NoteStyle};
use super::lines::{Kind, Line};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Marks and notes that are taken for such, with their scopes; each in the order of the file.
#[derive(Default)]
pub struct Reading {
    pub notes: Vec<(NoteCand, usize)>,
    pub marks: Vec<(MarkCand, usize)>,
}

/// What a mark follows at the end of a phrase.
const ENDS: [char; 11] = ['.', ',', ';', ':', '!', '?', '"', '”', '’', '»', ')'];

/// What a new beginning at 1 costs, in candidates.
const RESTART: f32 = 0.9;

/// How far before its note the mark of a footnote can stand, in bytes.
const PAGE: u32 = 24_000;

pub fn choose(text: &str, lines: &[Line]) -> Reading {
    let notes = candidates::notes(text, lines);
    let dressed = candidates::dressed_marks(text, lines);
    let mut best: Option<(f32, Reading)> = None;
    for (mark, note) in STYLES {
        if !(note.is_weak() && sure(&best)) {
            try_styles(text, lines, &dressed, mark, &notes, note, &mut best);
        }
    }
    if !sure(&best) && notes.iter().filter(|n| n.style.is_weak()).count() >= 3 {
        let bare = candidates::bare_marks(text, lines);
        for note in [NoteStyle::Plain, NoteStyle::Dotted] {
            try_styles(text, lines, &bare, MarkStyle::Bare, &notes, note, &mut best);
        }
    }
    best.map(|b| b.1).unwrap_or_else(|| half(text, lines, &dressed, &notes))
}

/// Does a reading explain so much that no weaker one need be tried?
fn sure(best: &Option<(f32, Reading)>) -> bool {
    best.as_ref().is_some_and(|(score, r)| *score >= 3.0 && *score >= 0.6 * r.notes.len() as f32)
}

/// Which marks go with which notes; bare numbers are tried only if none of these does.
const STYLES: [(MarkStyle, NoteStyle); 10] = [
    (MarkStyle::Raised, NoteStyle::Raised),
    (MarkStyle::Bracket, NoteStyle::Footnote),
    (MarkStyle::Bracket, NoteStyle::Bracket),
    (MarkStyle::Raised, NoteStyle::Bracket),
    (MarkStyle::Raised, NoteStyle::Plain),
    (MarkStyle::Raised, NoteStyle::Dotted),
    (MarkStyle::Bracket, NoteStyle::Plain),
    (MarkStyle::Bracket, NoteStyle::Dotted),
    (MarkStyle::Paren, NoteStyle::Plain),
    (MarkStyle::Paren, NoteStyle::Paren),
];

fn try_styles(
    text: &str,
    lines: &[Line],
    marks: &[MarkCand],
    mark: MarkStyle,
    notes: &[NoteCand],
    note: NoteStyle,
    best: &mut Option<(f32, Reading)>,
) {
    let marks: Vec<MarkCand> = marks.iter().filter(|m| m.style == mark).copied().collect();
    let notes: Vec<NoteCand> = notes.iter().filter(|n| n.style == note).copied().collect();
    if marks.is_empty() || notes.is_empty() {
        return;
    }
    let weak = note.is_weak();
    let reading = if weak { read_weak(text, lines, marks, notes) } else { read(text, lines, marks, notes) };
    let pairs = reading.pairs();
    let enough = if weak { pairs >= 3 && pairs * 2 >= reading.notes.len() } else { pairs >= 1 };
    let score = pairs as f32 * if weak { 1.0 } else { 1.2 };
    if enough && best.as_ref().is_none_or(|b| b.0 < score) {
        *best = Some((score, reading));
    }
}

/// As [`read`]; a numbering that few marks bear out is a list or a table of contents, and is given up.
fn read_weak(text: &str, lines: &[Line], marks: Vec<MarkCand>, mut notes: Vec<NoteCand>) -> Reading {
    let dressed = marks.first().is_some_and(|m| m.style != MarkStyle::Bare);
    let chain = align::chain(&marks.iter().map(|m| (m.number, m.weight)).collect::<Vec<_>>(), RESTART);
    // The marks run through: so do the notes, whatever else counts from 1.
    let one = dressed && chain.iter().flatten().all(|s| *s == 0);
    for _ in 0..4 {
        let reading = read(text, lines, marks.clone(), notes.clone());
        let scopes = reading.notes.iter().map(|n| n.1).chain(reading.marks.iter().map(|m| m.1));
        let last = scopes.max().unwrap_or(0);
        let mut counts = vec![(0usize, 0usize); last + 1];
        reading.notes.iter().for_each(|n| counts[n.1].0 += 1);
        reading.marks.iter().for_each(|m| counts[m.1].1 += 1);
        let main = (0..=last).max_by_key(|s| counts[*s].1).unwrap_or(0);
        let poor = |scope: usize| {
            let (notes, marks) = counts[scope];
            if one && scope != main {
                return true;
            }
            if scope == main { marks * 10 < notes * 6 } else { marks * 10 < notes * 8 || marks < 3 }
        };
        let lists: FxHashSet<usize> = reading.notes.iter().filter(|n| poor(n.1)).map(|n| n.0.line).collect();
        if lists.is_empty() {
            return reading;
        }
        notes.retain(|n| !lists.contains(&n.line));
        if notes.is_empty() {
            break;
        }
    }
    Reading::default()
}

impl Reading {
    /// How many marks have their note.
    fn pairs(&self) -> usize {
        let labels: FxHashSet<(usize, u32)> = self.notes.iter().map(|(n, s)| (*s, n.number)).collect();
        let marked: FxHashSet<(usize, u32)> = self.marks.iter().map(|(m, s)| (*s, m.number)).collect();
        marked.intersection(&labels).count()
    }
}

/// A file that has only notes, or only marks: no weak style is read in it.
fn half(text: &str, lines: &[Line], marks: &[MarkCand], notes: &[NoteCand]) -> Reading {
    let raised: Vec<MarkCand> = marks.iter().filter(|m| m.style == MarkStyle::Raised).copied().collect();
    let strong = |style| notes.iter().filter(|n| n.style == style).copied().collect::<Vec<_>>();
    let notes =
        [NoteStyle::Raised, NoteStyle::Footnote].into_iter().map(strong).max_by_key(Vec::len).unwrap_or_default();
    let ascends =
        |numbers: Vec<(u32, f32)>| numbers.len() >= 3 && align::chain(&numbers, RESTART).iter().flatten().count() >= 3;
    let marks = if ascends(raised.iter().map(|m| (m.number, m.weight)).collect()) { raised } else { Vec::new() };
    let notes = if notes.len() >= 3 || !marks.is_empty() { notes } else { Vec::new() };
    read(text, lines, marks, notes)
}

fn read(text: &str, lines: &[Line], marks: Vec<MarkCand>, notes: Vec<NoteCand>) -> Reading {
    let notes = choose_notes(lines, &marks, notes);
    let marks = choose_marks(text, lines, marks, &notes);
    Reading { notes, marks }
}

/// Notes: the numbering that most marks bear out. Notes of a style that only notes have all stay.
fn choose_notes(lines: &[Line], marks: &[MarkCand], cands: Vec<NoteCand>) -> Vec<(NoteCand, usize)> {
    let highest = cands.iter().map(|n| n.number).max().unwrap_or(0) as usize;
    let mut places: Vec<Vec<(u32, f32)>> = vec![Vec::new(); highest + 1];
    for m in marks {
        if let Some(p) = places.get_mut(m.number as usize) {
            p.push((m.span.start, m.weight));
        }
    }
    let weighed: Vec<(u32, f32)> =
        cands.iter().map(|n| (n.number, weight(lines, n, &places[n.number as usize], marks))).collect();
    let restart = if cands.first().is_some_and(|n| n.style.is_weak()) { 2.2 } else { RESTART };
    let scopes = align::chain(&weighed, restart);
    let mut kept: Vec<(NoteCand, usize)> = Vec::with_capacity(cands.len());
    let mut scope = 0;
    for (i, n) in cands.iter().enumerate() {
        let chained = scopes[i];
        scope = chained.unwrap_or(scope);
        let strong = !n.style.is_weak() && plausible(n, lines);
        if chained.is_some() || strong || doubled(n, &cands[..i], kept.last(), lines) {
            kept.push((*n, scope));
        }
    }
    kept
}

/// `22. …` right below note 22: the number was typed twice.
fn doubled(n: &NoteCand, before: &[NoteCand], last: Option<&(NoteCand, usize)>, lines: &[Line]) -> bool {
    let below = last.is_some_and(|l| l.0.number == n.number && before.last().is_some_and(|b| b.line == l.0.line));
    let apart = n.style != NoteStyle::Plain && n.line > 0 && lines[n.line - 1].kind == Kind::Blank;
    below && apart && last.is_some_and(|l| lines[n.line].span.start - lines[l.0.line].span.start < 1500)
}

/// A line of a note, not a line of text that a mark begins.
fn plausible(n: &NoteCand, lines: &[Line]) -> bool {
    n.style != NoteStyle::Bracket || n.line == 0 || lines[n.line - 1].kind != Kind::Text
}

fn weight(lines: &[Line], n: &NoteCand, marks: &[(u32, f32)], all: &[MarkCand]) -> f32 {
    if !n.style.is_weak() {
        return 1.0;
    }
    let at = lines[n.line].span.start;
    let before = marks.partition_point(|m| m.0 < at);
    let bare = all.first().is_some_and(|m| m.style == MarkStyle::Bare);
    let near = marks[..before].iter().rev().take(20).take_while(|m| !bare || at - m.0 < PAGE);
    let proved = near.map(|m| m.1).fold(0.0, f32::max);
    let above = lines[..n.line].iter().rev().take(3).find(|l| l.kind != Kind::Blank).map_or(Kind::Rule, |l| l.kind);
    let opens = n.line == 0 || lines[n.line - 1].kind != Kind::Text;
    let alone = lines[n.line].span.end < n.text;
    proved + 0.05 + 0.1 * f32::from(opens) + 0.5 * f32::from(above == Kind::Rule && n.line > 0) - 0.2 * f32::from(alone)
}

/// Where the notes stand, roughly: a mark is no mark in there.
fn note_lines(lines: &[Line], notes: &[(NoteCand, usize)]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::with_capacity(notes.len());
    for (i, (n, _)) in notes.iter().enumerate() {
        let next = notes.get(i + 1).map_or(usize::MAX, |n| n.0.line);
        let mut end = lines[n.line].full.end;
        for (j, line) in lines.iter().enumerate().skip(n.line + 1).take_while(|(j, _)| *j < next) {
            let below = line.span.start <= n.text;
            let closed = n.style != NoteStyle::Footnote || j > n.line + 40;
            if line.kind != Kind::Text && !below && closed {
                break;
            }
            end = line.full.end;
        }
        spans.push(Span { start: lines[n.line].full.start, end });
    }
    spans
}

/// Marks: of those that have a note the heaviest ascent, then strays that their dress proves.
fn choose_marks(
    text: &str,
    lines: &[Line],
    cands: Vec<MarkCand>,
    notes: &[(NoteCand, usize)],
) -> Vec<(MarkCand, usize)> {
    let inside = note_lines(lines, notes);
    let in_note = |m: &MarkCand| {
        let i = inside.partition_point(|s| s.start <= m.span.start);
        i > 0 && inside[i - 1].contains(m.span.start)
    };
    let cands: Vec<MarkCand> = cands.into_iter().filter(|m| !in_note(m)).collect();
    let scopes = align::chain(&cands.iter().map(|m| (m.number, m.weight)).collect::<Vec<_>>(), RESTART);
    let ranks = ranks(&cands, &scopes, notes, lines);
    let ranked: Vec<(usize, usize, f32)> =
        ranks.iter().enumerate().filter_map(|(i, r)| Some((i, (*r)?, cands[i].weight))).collect();
    let ascent = align::ascending(&ranked.iter().map(|r| (r.1, r.2)).collect::<Vec<_>>(), notes.len());
    let mut scope: Vec<Option<usize>> = vec![None; cands.len()];
    let mut marked = vec![false; notes.len()];
    for ((i, rank, _), _) in ranked.iter().zip(ascent).filter(|(_, chosen)| *chosen) {
        scope[*i] = Some(notes[*rank].1);
        marked[*rank] = true;
    }
    strays(text, &cands, &scopes, &ranks, &marked, notes, &mut scope);
    cands.into_iter().zip(scope).filter_map(|(m, s)| Some((m, s?))).collect()
}

/// For each mark the note it would send the reader to, as its place among the notes.
fn ranks(
    cands: &[MarkCand],
    scopes: &[Option<usize>],
    notes: &[(NoteCand, usize)],
    lines: &[Line],
) -> Vec<Option<usize>> {
    let highest = notes.iter().map(|n| n.0.number).max().unwrap_or(0) as usize;
    let mut numbered: Vec<Vec<usize>> = vec![Vec::new(); highest + 1];
    for (rank, (n, _)) in notes.iter().enumerate() {
        numbered[n.number as usize].push(rank);
    }
    let last_scope = notes.last().map_or(0, |n| n.1);
    let mark_scopes = scopes.iter().flatten().max().map_or(0, |s| s + 1);
    let first_note = notes.first().map_or(u32::MAX, |n| lines[n.0.line].span.start);
    // Notes of several chapters gathered at the end: the first chapter's marks belong to the first section.
    let gathered = last_scope > 0
        && mark_scopes == last_scope + 1
        && cands.iter().zip(scopes).filter(|(m, s)| s.is_some() && m.span.start > first_note).count() * 10
            < cands.len();
    let mut scope = 0;
    let mut found = Vec::with_capacity(cands.len());
    for (m, chained) in cands.iter().zip(scopes) {
        scope = chained.unwrap_or(scope);
        let Some(same) = numbered.get(m.number as usize) else {
            found.push(None);
            continue;
        };
        let rank = if gathered {
            same.iter().copied().find(|r| notes[*r].1 == scope)
        } else {
            let after = same.partition_point(|r| lines[notes[*r].0.line].span.start < m.span.start);
            same.get(after)
                .copied()
                .filter(|r| m.style != MarkStyle::Bare || lines[notes[*r].0.line].span.start - m.span.start < PAGE)
        };
        found.push(rank);
    }
    found
}

/// Marks beside the ascent: doubled, out of order, or without a note.
fn strays(
    text: &str,
    cands: &[MarkCand],
    chained: &[Option<usize>],
    ranks: &[Option<usize>],
    marked: &[bool],
    notes: &[(NoteCand, usize)],
    scope: &mut [Option<usize>],
) {
    let by_label: FxHashMap<(usize, u32), usize> =
        notes.iter().enumerate().map(|(r, n)| ((n.1, n.0.number), r)).collect();
    // The number before and the scope before each, and the number after.
    let mut after: Vec<Option<(u32, usize)>> = vec![None; cands.len()];
    let mut next = None;
    for i in (0..cands.len()).rev() {
        after[i] = next;
        if let Some(s) = scope[i] {
            next = Some((cands[i].number, s));
        }
    }
    let mut before: Option<(u32, usize)> = None;
    for (i, m) in cands.iter().enumerate() {
        if let Some(s) = scope[i] {
            before = Some((m.number, s));
            continue;
        }
        if matches!(m.style, MarkStyle::Bare | MarkStyle::Paren) || m.weight < 0.9 {
            continue;
        }
        let here = before.or(after[i]).map_or(0, |b| b.1);
        let rank = ranks[i].filter(|r| notes[*r].1 == here).or_else(|| by_label.get(&(here, m.number)).copied());
        if let Some(rank) = rank {
            let clean = text[..m.span.start as usize].ends_with(ENDS);
            let near = before.is_none_or(|b| m.number.abs_diff(b.0) <= 30);
            if near && (clean || !marked[rank]) {
                scope[i] = Some(here);
            }
            continue;
        }
        // No such note: a mark if it continues the marks that are sure.
        let low = before.filter(|b| b.1 == here).map_or(0, |b| b.0);
        let high = after[i].filter(|a| a.1 == here).map_or(low + 12, |a| a.0);
        if chained[i].is_some() && low < m.number && m.number < high || notes.is_empty() && chained[i].is_some() {
            scope[i] = Some(if notes.is_empty() { chained[i].unwrap_or(0) } else { here });
            before = Some((m.number, here));
        }
    }
}
