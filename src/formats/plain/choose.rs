//! Which styles the document uses, and which candidates its numbering proves.

use super::align;
use super::candidates::{self, MarkCand, MarkStyle, NoteCand, NoteStyle};
use super::lines::{Kind, Line};
use crate::text::Span;

/// Marks and notes that are taken for such, with their scopes; each in the order of the file.
#[derive(Default)]
pub struct Reading {
    pub notes: Vec<(NoteCand, usize)>,
    pub marks: Vec<(MarkCand, usize)>,
}

/// How far before its note the mark of a footnote can stand, in bytes.
const PAGE: u32 = 24_000;

pub fn choose(text: &str, lines: &[Line]) -> Reading {
    let notes = candidates::notes(text, lines);
    let dressed = candidates::dressed_marks(text, lines);
    let mut best: Option<(f32, Reading)> = None;
    for (mark, note) in [
        (MarkStyle::Raised, NoteStyle::Raised),
        (MarkStyle::Bracket, NoteStyle::Footnote),
        (MarkStyle::Bracket, NoteStyle::Bracket),
        (MarkStyle::Raised, NoteStyle::Numbered),
        (MarkStyle::Raised, NoteStyle::Bracket),
        (MarkStyle::Bracket, NoteStyle::Numbered),
        (MarkStyle::Paren, NoteStyle::Numbered),
    ] {
        try_styles(text, lines, &dressed, mark, &notes, note, &mut best);
    }
    let sure = best.as_ref().is_some_and(|(score, r)| *score >= 3.0 && *score >= 0.6 * r.notes.len() as f32);
    if !sure && notes.iter().filter(|n| n.style == NoteStyle::Numbered).count() >= 3 {
        let bare = candidates::bare_marks(text, lines);
        try_styles(text, lines, &bare, MarkStyle::Bare, &notes, NoteStyle::Numbered, &mut best);
    }
    best.map(|b| b.1).unwrap_or_else(|| half(text, lines, &dressed, &notes))
}

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
    let reading = read(text, lines, marks, notes);
    let pairs = reading.pairs();
    let weak = note == NoteStyle::Numbered;
    let enough = if weak { pairs >= 3 && pairs * 2 >= reading.notes.len() } else { pairs >= 1 };
    let score = pairs as f32 * if weak { 1.0 } else { 1.2 };
    if enough && best.as_ref().is_none_or(|b| b.0 < score) {
        *best = Some((score, reading));
    }
}

impl Reading {
    /// How many marks have their note.
    fn pairs(&self) -> usize {
        let labels: rustc_hash::FxHashSet<(usize, u32)> = self.notes.iter().map(|(n, s)| (*s, n.number)).collect();
        let marked: rustc_hash::FxHashSet<(usize, u32)> = self.marks.iter().map(|(m, s)| (*s, m.number)).collect();
        marked.intersection(&labels).count()
    }
}

/// A file that has only notes, or only marks: no weak style is read in it.
fn half(text: &str, lines: &[Line], marks: &[MarkCand], notes: &[NoteCand]) -> Reading {
    let raised: Vec<MarkCand> = marks.iter().filter(|m| m.style == MarkStyle::Raised).copied().collect();
    let strong = |style| notes.iter().filter(|n| n.style == style).copied().collect::<Vec<_>>();
    let notes =
        [NoteStyle::Raised, NoteStyle::Footnote].into_iter().map(strong).max_by_key(Vec::len).unwrap_or_default();
    let ascends = |numbers: Vec<(u32, f32)>| numbers.len() >= 3 && align::chain(&numbers).iter().flatten().count() >= 3;
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
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); highest + 1];
    for m in marks {
        if let Some(p) = places.get_mut(m.number as usize) {
            p.push(m.span.start);
        }
    }
    let weighed: Vec<(u32, f32)> =
        cands.iter().map(|n| (n.number, weight(lines, n, &places[n.number as usize], marks))).collect();
    let scopes = align::chain(&weighed);
    let mut kept = Vec::with_capacity(cands.len());
    let mut scope = 0;
    for (n, chained) in cands.into_iter().zip(scopes) {
        scope = chained.unwrap_or(scope);
        if chained.is_some() || n.style != NoteStyle::Numbered && plausible(&n, lines) {
            kept.push((n, scope));
        }
    }
    kept
}

/// A line of a note, not a line of text that a mark begins.
fn plausible(n: &NoteCand, lines: &[Line]) -> bool {
    n.style != NoteStyle::Bracket || n.line == 0 || lines[n.line - 1].kind != Kind::Text
}

fn weight(lines: &[Line], n: &NoteCand, marks: &[u32], all: &[MarkCand]) -> f32 {
    if n.style != NoteStyle::Numbered {
        return 1.0;
    }
    let at = lines[n.line].span.start;
    let before = marks.partition_point(|m| *m < at);
    let bare = all.first().is_some_and(|m| m.style == MarkStyle::Bare);
    let proved = before > 0 && (!bare || at - marks[before - 1] < PAGE);
    let opens = n.line == 0 || lines[n.line - 1].kind != Kind::Text;
    if proved { 1.0 } else { 0.05 + 0.1 * f32::from(u8::from(opens)) }
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
    let scopes = align::chain(&cands.iter().map(|m| (m.number, m.weight)).collect::<Vec<_>>());
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
        if let Some(rank) = ranks[i] {
            let clean = text[..m.span.start as usize]
                .ends_with(|c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '”' | '’' | '»' | ')'));
            let near = notes[rank].1 == here && before.is_none_or(|b| m.number.abs_diff(b.0) <= 30);
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
