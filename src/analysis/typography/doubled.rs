//! Signs typed twice: `word,",` `word,,` `word;,` `Ibid..`

use super::quotes::Quoted;
use super::{adjoins, flows};
use crate::model::{Flow, Manuscript};
use crate::text::Span;

/// Two signs where one belongs.
#[derive(Clone, Copy, Debug)]
pub struct Doubled {
    pub span: Span,
    /// The one too many: the outer one.
    pub extra: Span,
    /// Dropping it cannot be wrong. Two dots may be an ellipsis cut short.
    pub certain: bool,
}

/// More doubled stops than this are a habit.
const HABIT: usize = 6;

pub fn find(manuscript: &Manuscript, quoted: &Quoted) -> Vec<Doubled> {
    let mut found = Vec::new();
    for (flow, _) in flows(manuscript, quoted) {
        for at in memchr::memchr3_iter(b',', b';', b'.', flow.text.as_bytes()) {
            found.extend(at_sign(&manuscript.text, flow, at));
        }
    }
    // What a manuscript does throughout (`Cite to Ann. Rep..` in every row of a table) is one thing, said once.
    let stops = found.iter().filter(|d| !d.certain).count();
    if stops > HABIT {
        let first = found.iter().position(|d| !d.certain);
        let mut i = 0;
        found.retain(|d| {
            i += 1;
            d.certain || first == Some(i - 1)
        });
    }
    found
}

fn at_sign(file: &str, flow: &Flow, at: usize) -> Option<Doubled> {
    let text = &flow.text;
    let sign = text.as_bytes()[at];
    // Nearly every sign has a space or a letter behind it.
    if text.as_bytes().get(at + 1).is_none_or(|b| b.is_ascii_alphanumeric() || b.is_ascii_whitespace()) {
        return None;
    }
    let rest = &text[at + 1..];
    let inner = rest.trim_start_matches(is_closing);
    let end = text.len() - inner.len();
    let second = *inner.as_bytes().first()?;
    let after = inner.get(1..)?.chars().next();
    if !stands_behind_word(&text[..at]) {
        return None;
    }
    let doubled = match (sign, second) {
        (b',' | b';', b',' | b';' | b'.') => true,
        (b'.', b'.') => end == at + 1,
        _ => false,
    };
    let side_by_side = end == at + 1;
    let ends = after.is_none_or(|c| c.is_whitespace() || is_closing(c));
    if !doubled || (side_by_side && !ends) || after == Some('.') || (sign == b';' && closes_entity(&text[..at])) {
        return None;
    }
    // A mark, a tag, the end of an address between the two: another thing.
    if !adjoins(file, flow, Span::new(at, end + 1)) {
        return None;
    }
    let span = flow.source(Span::new(at, end + 1));
    Some(Doubled { span, extra: flow.source(Span::new(end, end + 1)), certain: sign != b'.' })
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '»' | '’' | '\'')
}

/// A letter, a digit or a bracket comes before, closing marks between: no list of signs, no code.
fn stands_behind_word(before: &str) -> bool {
    let word = before.trim_end_matches(is_closing);
    word.chars().next_back().is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | ']' | '?' | '!'))
}

/// `&amp;`
fn closes_entity(before: &str) -> bool {
    let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '#');
    name.ends_with('&') && name.len() < before.len()
}
