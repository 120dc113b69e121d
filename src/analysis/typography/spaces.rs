//! Spaces left out: `word,"Next`, `word,next`, `2001):162`, `f.3`, `p.161`.
//!
//! What a manuscript does as a rule is its style (or the work of a converter) and is not spoken of.

use super::quotes::{Quoted, Role, Sign};
use super::{around, flows, is_technical, token};
use crate::model::{Flow, Manuscript};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// Two words with a sign between them and no space.
#[derive(Clone, Debug)]
pub struct Tight {
    /// From the sign to the end of the word behind it.
    pub span: Span,
    /// Where the space belongs.
    pub gap: Span,
    /// What the file has between the two: nothing, or signs of emphasis.
    between: Span,
    pub habit: Habit,
    /// A place of the same kind that has its space.
    pub model: Option<Span>,
}

/// The kinds of places, each with a habit of its own.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Habit {
    /// Behind a comma or a semicolon.
    Comma,
    /// Behind a closing quotation mark.
    Quote,
    /// Between a year or a bracket and the page: `2001): 162`.
    Colon,
    /// Between an abbreviation and its number: `p. 161`.
    Sign(String),
}

/// How often a kind of place has its space, and where first.
#[derive(Default)]
struct Count {
    spaced: usize,
    first: Option<Span>,
    tight: Vec<Tight>,
}

type Counts = FxHashMap<Habit, Count>;

pub fn find(manuscript: &Manuscript, quoted: &Quoted) -> Vec<Tight> {
    let mut counts = Counts::default();
    for (flow, signs) in flows(manuscript, quoted) {
        behind_quotes(flow, signs, &mut counts);
        for at in memchr::memchr2_iter(b',', b';', flow.text.as_bytes()) {
            behind_comma(flow, at, &mut counts);
        }
    }
    for note in &manuscript.notes {
        for at in memchr::memchr2_iter(b':', b'.', note.flow.text.as_bytes()) {
            match note.flow.text.as_bytes()[at] {
                b':' => behind_colon(&note.flow, at, &mut counts),
                _ => behind_sign(&note.flow, at, &mut counts),
            }
        }
    }
    let mut found: Vec<Tight> = counts.into_iter().flat_map(|(habit, count)| count.exceptions(&habit)).collect();
    // A mark, a tag, a line end of the file between the two parts them.
    found.retain(|t| t.between.of(&manuscript.text).chars().all(|c| matches!(c, '*' | '_')));
    found.sort_by_key(|t| t.gap);
    found
}

impl Count {
    /// The places without a space, if they are exceptions.
    fn exceptions(self, habit: &Habit) -> Vec<Tight> {
        let Count { spaced, first, tight } = self;
        let enough = match habit {
            Habit::Comma => tight.len() * 20 <= spaced,
            Habit::Quote => tight.len() * 2 <= spaced,
            Habit::Colon | Habit::Sign(_) => tight.len() * 2 <= spaced,
        };
        if !enough {
            return Vec::new();
        }
        tight.into_iter().map(|t| Tight { model: first, ..t }).collect()
    }
}

fn note_spaced(counts: &mut Counts, habit: Habit, flow: &Flow, span: Span) {
    let count = counts.entry(habit).or_default();
    count.spaced += 1;
    count.first.get_or_insert_with(|| flow.source(span));
}

fn note_tight(counts: &mut Counts, habit: Habit, flow: &Flow, from: usize, gap: usize) {
    let text = &flow.text;
    let word = text[gap..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - gap);
    let span = flow.source(Span::new(from, gap + word));
    let before = text[..gap].chars().next_back().map_or(0, char::len_utf8);
    let end = flow.source(Span::new(gap - before, gap)).end;
    let between = Span { start: end, end: flow.source_of(gap as u32).max(end) };
    // Before emphasis that begins here, behind emphasis that ends here.
    let ends = flow.emphasis.iter().any(|e| e.end as usize == gap);
    let gap = Span::empty(if ends { between.end } else { between.start } as usize);
    let between = if flow.is_dress(between) { Span { start: between.end, ..between } } else { between };
    counts.entry(habit.clone()).or_default().tight.push(Tight { span, gap, between, habit, model: None });
}

fn behind_quotes(flow: &Flow, signs: &[Sign], counts: &mut Counts) {
    for sign in signs.iter().filter(|s| s.role == Role::Close) {
        let (at, end) = (sign.span.start as usize, sign.span.end as usize);
        let (before, after) = around(&flow.text, at, end);
        match after {
            Some(c) if c.is_whitespace() => note_spaced(counts, Habit::Quote, flow, sign.span),
            Some(c) if c.is_alphanumeric() && before.is_some_and(|b| matches!(b, ',' | '.' | ';' | '?' | '!')) => {
                note_tight(counts, Habit::Quote, flow, at - 1, end);
            }
            _ => {}
        }
    }
}

fn behind_comma(flow: &Flow, at: usize, counts: &mut Counts) {
    let (before, after) = around(&flow.text, at, at + 1);
    match after {
        Some(c) if c.is_whitespace() => note_spaced(counts, Habit::Comma, flow, Span::new(at, at + 1)),
        Some(c) if c.is_alphabetic() => {
            let behind_word =
                before.is_some_and(|b| b.is_alphabetic() || matches!(b, ')' | '"' | '”' | '“' | '»' | '’'));
            let token = token(&flow.text, at);
            if behind_word && !is_technical(token) && words_on_both_sides(token, at_in(&flow.text, token, at)) {
                note_tight(counts, Habit::Comma, flow, at, at + 1);
            }
        }
        _ => {}
    }
}

/// Where a byte of the text is in a slice of it.
fn at_in(text: &str, token: &str, at: usize) -> usize {
    at - (token.as_ptr() as usize - text.as_ptr() as usize)
}

/// `London,Paris` but not `a,b` nor `Cod,ii`.
fn words_on_both_sides(token: &str, at: usize) -> bool {
    let letters = |s: &mut dyn Iterator<Item = char>| s.take_while(|c| c.is_alphabetic()).count();
    let before = token[..at].trim_end_matches(|c: char| !c.is_alphanumeric());
    letters(&mut before.chars().rev()) > 2 && letters(&mut token[at + 1..].chars()) > 2
}

fn behind_colon(flow: &Flow, at: usize, counts: &mut Counts) {
    let text = &flow.text;
    if !text[..at].ends_with(')') || !text[..at - 1].ends_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    let rest = &text[at + 1..];
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        note_tight(counts, Habit::Colon, flow, at - 1, at + 1);
    } else if rest.starts_with(' ') && rest[1..].starts_with(|c: char| c.is_ascii_digit()) {
        note_spaced(counts, Habit::Colon, flow, Span::new(at, at + 2));
    }
}

/// Abbreviations that a number follows.
const SIGNS: [&str; 33] = [
    "p", "pp", "f", "ff", "fol", "fols", "no", "nos", "vol", "vols", "ch", "chap", "l", "ll", "d", "op", "o", "k", "n",
    "nn", "c", "cc", "S", "Bl", "Bd", "Nr", "P", "Pp", "No", "Vol", "sec", "art", "col",
];

fn behind_sign(flow: &Flow, at: usize, counts: &mut Counts) {
    let text = &flow.text;
    let rest = &text[at + 1..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']).len();
    if !rest[blank..].starts_with(|c: char| c.is_ascii_digit()) {
        return;
    }
    let from = text[..at]
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    let sign = &text[from..at];
    let (before, _) = around(text, from, at);
    if !SIGNS.contains(&sign)
        || !before.is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | ',' | '"' | '”' | '–'))
    {
        return;
    }
    let habit = Habit::Sign(sign.to_string());
    let digits = rest[blank..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - blank);
    if blank > 0 {
        note_spaced(counts, habit, flow, Span::new(from, at + 1 + blank + digits));
    } else if !is_technical(token(text, at)) {
        note_tight(counts, habit, flow, from, at + 1);
    }
}
