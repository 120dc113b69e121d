//! Acronyms with and without stops: `O.R.P.O.`, `ORPO`.
//!
//! Three letters and more: two may be the initials of a person.

use super::flows;
use super::quotes::Quoted;
use crate::model::Manuscript;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// One acronym that a file writes both ways.
#[derive(Clone, Debug)]
pub struct Acronym {
    /// Its letters: `ORPO`.
    pub letters: String,
    pub stopped: Vec<Span>,
    pub plain: Vec<Span>,
}

pub fn find(manuscript: &Manuscript, quoted: &Quoted) -> Vec<Acronym> {
    let mut forms: FxHashMap<String, (Vec<Span>, Vec<Span>)> = FxHashMap::default();
    for (flow, _) in flows(manuscript, quoted) {
        for (letters, span) in stopped(&flow.text) {
            forms.entry(letters).or_default().0.push(flow.source(span));
        }
    }
    if forms.is_empty() {
        return Vec::new();
    }
    for (flow, _) in flows(manuscript, quoted) {
        for span in capitals(&flow.text) {
            if let Some((_, plain)) = forms.get_mut(span.of(&flow.text)) {
                plain.push(flow.source(span));
            }
        }
    }
    let both = forms.into_iter().filter(|(_, (stopped, plain))| !stopped.is_empty() && !plain.is_empty());
    let mut found: Vec<Acronym> = both.map(|(letters, (stopped, plain))| Acronym { letters, stopped, plain }).collect();
    found.sort_by_key(|a| a.stopped[0]);
    found
}

/// `O.R.P.O.`: capital, stop, three times and more, nothing joined to it, no surname behind it.
fn stopped(text: &str) -> Vec<(String, Span)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    for dot in memchr::memchr_iter(b'.', bytes) {
        if dot < at + 1 || !bytes[dot - 1].is_ascii_uppercase() {
            continue;
        }
        let start = dot - 1;
        let mut end = start;
        while bytes.get(end).is_some_and(u8::is_ascii_uppercase) && bytes.get(end + 1) == Some(&b'.') {
            end += 2;
        }
        at = end;
        let joined = |b: u8| b.is_ascii_alphanumeric() || !b.is_ascii() || matches!(b, b'.' | b'-' | b'/' | b'&');
        let free =
            !start.checked_sub(1).is_some_and(|i| joined(bytes[i])) && !bytes.get(end).is_some_and(|b| joined(*b));
        if end - start >= 6 && free && !before_surname(&text[end..]) {
            found.push((text[start..end].replace('.', ""), Span::new(start, end)));
        }
    }
    found
}

/// ` Tolkien`: the letters are initials.
fn before_surname(rest: &str) -> bool {
    let mut letters = rest.trim_start_matches(' ').chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
}

/// Words of three capitals and more. Every third byte is looked at: no such word fits between.
fn capitals(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut done = 0;
    for at in (2..bytes.len()).step_by(3).filter(|at| bytes[*at].is_ascii_uppercase()) {
        if at < done {
            continue;
        }
        let start = bytes[..at].iter().rposition(|b| !b.is_ascii_uppercase()).map_or(0, |i| i + 1);
        let end = bytes[at..].iter().position(|b| !b.is_ascii_uppercase()).map_or(bytes.len(), |i| at + i);
        let joined = |b: &u8| b.is_ascii_alphanumeric() || !b.is_ascii();
        let free = !start.checked_sub(1).is_some_and(|i| joined(&bytes[i])) && !bytes.get(end).is_some_and(joined);
        if end - start >= 3 && free {
            found.push(Span::new(start, end));
        }
        done = end;
    }
    found
}
