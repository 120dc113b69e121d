//! Notes that a sign marks: `*`, `∗`, `†`, `‡`, `^{*}`. A sign is a mark only if a note opens with it, and the reverse.

use super::choose::Reading;
use super::lines::{Kind, Line};
use crate::text::Span;

pub struct Pair {
    pub mark: Span,
    pub mark_label: Span,
    pub note_line: usize,
    pub note_label: Span,
    /// Where the text of the note begins.
    pub text: u32,
}

/// A sign note at the beginning of `s`: the sign, and where the text begins.
fn opening(s: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let dressed = s.strip_prefix("^{").or_else(|| s.strip_prefix("\\*").map(|_| &s[1..]));
    let (at, rest) = match dressed {
        Some(rest) => (s.len() - rest.len(), rest),
        None => (0, s),
    };
    let sign = rest.chars().next().filter(|c| matches!(c, '*' | '∗' | '†' | '‡' | '＊'))?;
    let label = at..at + sign.len_utf8();
    let mut after = &s[label.end..];
    if s.starts_with("^{") {
        after = after.strip_prefix('}')?;
    }
    let body = after.trim_start();
    let plain_star = dressed.is_none() && sign == '*';
    let parted = after.len() > body.len() || dressed.is_some() || !plain_star;
    let words = body.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '"' | '“' | '(' | '['));
    (parted && words).then_some((label, s.len() - body.len()))
}

/// The first place before `end` where a sign stands as a mark.
fn mark(text: &str, lines: &[Line], sign: &str, end: usize) -> Option<(Span, Span)> {
    for line in lines[..end].iter().filter(|l| l.kind == Kind::Text) {
        let s = line.span.of(text);
        for (nth, (at, _)) in s.match_indices(sign).enumerate() {
            let start = line.span.start as usize + at;
            let label = Span::new(start, start + sign.len());
            if s[..at].ends_with("^{") && s[at + sign.len()..].starts_with('}') {
                return Some((Span::new(start - 2, start + sign.len() + 1), label));
            }
            let before = &s[..at];
            let after = s[at + sign.len()..].chars().next();
            let ends = after.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ')'));
            let attached =
                before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | '"' | '”' | ')' | '’'));
            let apart = !before.trim().is_empty() && before.ends_with(' ') && after.is_none_or(|c| c.is_whitespace());
            let opened = sign == "*" && nth % 2 == 1;
            if ends && (attached || apart) && !opened && !before.trim_end().ends_with('(') {
                return Some((label, label));
            }
        }
    }
    None
}

pub fn pairs(text: &str, lines: &[Line], reading: &Reading) -> Vec<Pair> {
    let mut found: Vec<Pair> = Vec::new();
    let mut tries = 0;
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.kind == Kind::Text) {
        let s = line.span.of(text);
        if !matches!(s.as_bytes()[0], b'*' | b'^' | b'\\' | 0xE2 | 0xEF) {
            continue;
        }
        let Some((label, body)) = opening(s) else { continue };
        let sign = &s[label.clone()];
        let start = line.span.start as usize;
        // One note a sign: a second one is a list, and a list is no note.
        let again = found.iter().any(|p| p.note_label.of(text) == sign);
        tries += 1;
        if tries > 12 {
            break;
        }
        let Some((mark, mark_label)) = mark(text, lines, sign, i).filter(|_| !again) else { continue };
        if reading.notes.iter().any(|n| n.0.line == i) {
            continue;
        }
        found.push(Pair {
            mark,
            mark_label,
            note_line: i,
            note_label: Span::new(start + label.start, start + label.end),
            text: (start + body) as u32,
        });
    }
    found
}
