//! Pointers to notes and parts of the manuscript: `supra note 12`, `(wie Anm. 3)`, `n. 11 above`, `see chapter 3`.

use super::lexicon::Cue;
use super::token::{Kind, Lexed};
use super::{Direction, Pointer};
use crate::script::is_dash;

/// A pointer and the token it begins at, its direction word included.
pub struct Found {
    pub pointer: Pointer,
    pub from: usize,
}

/// The first pointer to a note in a stretch of tokens.
pub fn find(lexed: &Lexed, from: usize, to: usize) -> Option<Found> {
    if !lexed.cues.has(Cue::NOTE) {
        return None;
    }
    (from..to).find_map(|i| at(lexed, i, from, to))
}

/// Every pointer to a note in a text, in order.
pub fn all(lexed: &Lexed) -> Vec<Pointer> {
    let to = lexed.tokens.len();
    let mut found: Vec<Pointer> = Vec::new();
    for i in 0..to {
        let Some(Found { pointer, .. }) = at(lexed, i, 0, to) else { continue };
        if found.last().is_none_or(|last| !last.span.overlaps(pointer.span)) {
            found.push(pointer);
        }
    }
    found
}

fn at(lexed: &Lexed, i: usize, from: usize, to: usize) -> Option<Found> {
    let token = &lexed.tokens[i];
    if !token.cue.has(Cue::NOTE) || token.quoted || token.emphasised {
        return None;
    }
    let start = head(lexed, i, from);
    let led = start < i;
    let mut next = i + 1;
    while lexed.is(next, '.') || lexed.is(next, '°') {
        next += 1;
    }
    let several = matches!(lexed.folded(i), "notes" | "nn" | "notas" | "anm");
    let notes = numbers(lexed, next, to, several);
    let previous = (start..i).any(|n| lexed.cue(n).has(Cue::PREVIOUS)) || lexed.cue(i + 1).has(Cue::PREVIOUS);
    let Some((notes, range, mut end)) = notes else {
        let pointer = Pointer {
            span: lexed.span(start, next.min(to)),
            direction: Some(Direction::Previous),
            notes: Vec::new(),
            range: false,
        };
        return (previous && token.cue_len == 1).then_some(Found { pointer, from: start });
    };
    // `p. 204, note 3`
    let of_page = i >= from + 2 && lexed.is(i - 1, ',') && lexed.tokens[i - 2].number().is_some();
    // `16 n.4` is a note on a page; `n. 5` behind a comma needs a word that points.
    if i > from && lexed.tokens[i - 1].number().is_some() {
        return None;
    }
    let behind = end + usize::from(lexed.is(end, ','));
    let trailing = behind < to && lexed.cue(behind).has(Cue::BACK | Cue::FORWARD);
    let short = token.span.len() <= 2;
    let bracketed = i > from && lexed.tokens[i - 1].kind == Kind::Open;
    let opcit = (from..i).any(|n| lexed.cue(n).has(Cue::OPCIT));
    let leading = i == from
        || i > from
            && (from..i).all(|n| {
                lexed.cue(n).has(Cue::SIGNAL | Cue::STOP | Cue::BACK | Cue::TOWARD) || !lexed.tokens[n].is_word()
            });
    if !(led || trailing || bracketed || opcit && !of_page || leading && !short) {
        return None;
    }
    if trailing {
        end = behind + 1;
    }
    let words = (start..i).chain(behind..end.max(behind));
    let direction = words.filter_map(|n| direction(lexed, n)).next();
    Some(Found { pointer: Pointer { span: lexed.span(start, end), direction, notes, range }, from: start })
}

fn direction(lexed: &Lexed, i: usize) -> Option<Direction> {
    let cue = lexed.cue(i);
    if cue.has(Cue::PREVIOUS) {
        Some(Direction::Previous)
    } else if cue.has(Cue::FORWARD) {
        Some(Direction::Forward)
    } else if cue.has(Cue::BACK) {
        Some(Direction::Back)
    } else {
        None
    }
}

/// Where the pointing words before the note word begin: `supra, in `.
fn head(lexed: &Lexed, i: usize, from: usize) -> usize {
    let mut start = i;
    let mut at = i;
    while at > from && i - at < 4 {
        at -= 1;
        let token = &lexed.tokens[at];
        if token.cue.has(Cue::BACK | Cue::FORWARD | Cue::PREVIOUS | Cue::TOWARD) {
            start = at;
        } else if !(token.is(',')
            || token.is('.')
            || token.kind == Kind::Open
            || token.cue.has(Cue::CONTAINER)
            || lexed.folded(at) == "sub")
        {
            break;
        }
    }
    start
}

type Numbers = (Vec<(u32, crate::text::Span)>, bool, usize);

fn numbers(lexed: &Lexed, mut at: usize, to: usize, several: bool) -> Option<Numbers> {
    let mut notes = Vec::new();
    let mut range = false;
    let mut end = at;
    while let Some(token) = lexed.tokens.get(at).filter(|_| at < to) {
        let Some(number) = token.number().filter(|n| *n < 5000) else { break };
        notes.push((number, token.span));
        at += 1;
        end = at;
        let dash = lexed.tokens.get(at).is_some_and(|t| matches!(t.kind, Kind::Sign(c) if is_dash(c)));
        let more = several
            && lexed.is(at, ',')
            && !lexed.cue(at + 1).has(Cue::LOCATOR)
            && lexed.tokens.get(at + 1).is_some_and(|t| t.number().is_some());
        let joined = lexed.cue(at).has(Cue::JOIN) || lexed.is(at, '&');
        if dash {
            range = true;
        } else if !(more || joined) || range {
            break;
        }
        at += 1;
    }
    (!notes.is_empty()).then_some((notes, range, end))
}

/// Words that point inside the manuscript without a note number: `chapter 3`, `below`, `Kap. II.3`.
pub fn names_a_part(lexed: &Lexed, from: usize, to: usize) -> bool {
    if !lexed.cues.has(Cue::XREF | Cue::BACK | Cue::FORWARD) {
        return false;
    }
    (from..to).any(|i| {
        let token = &lexed.tokens[i];
        if token.quoted || token.emphasised {
            return false;
        }
        let at = i + 1 + usize::from(lexed.is(i + 1, '.'));
        let numbered = lexed
            .tokens
            .get(at)
            .filter(|_| at < to)
            .is_some_and(|t| t.number().is_some() || super::locator::roman(lexed.of(at)).is_some());
        let pointing = token.cue.has(Cue::BACK | Cue::FORWARD);
        token.cue.has(Cue::XREF) && numbered || pointing
    })
}
