//! Where marks stand: after a space, before a stop, side by side. A manuscript's habit is no fault.

use crate::model::Manuscript;
use crate::text::Span;

#[derive(Debug, Default)]
pub struct Placement {
    /// White space before a mark.
    pub spaced: Vec<(usize, Span)>,
    /// A stop after a mark that belongs before it.
    pub before_stop: Vec<(usize, Span)>,
    /// Marks side by side: the first and the last.
    pub adjacent: Vec<(usize, usize)>,
}

/// A row of marks longer than this is a list, not a slip.
const ROW: usize = 6;
/// How far before a mark its line is looked at, in bytes.
const NEAR: usize = 200;

fn is_stop(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?')
}

impl Placement {
    pub fn new(m: &Manuscript) -> Placement {
        let mut p = Placement::default();
        let (mut tight, mut after_stop) = (0, 0);
        for i in (0..m.marks.len()).filter(|i| !bare(m, *i)) {
            let span = m.marks[i].span;
            let near = m.text.floor_char_boundary((span.start as usize).saturating_sub(NEAR));
            let line = m.text[near..span.start as usize].rfind('\n').map_or(near, |n| near + n + 1);
            let before = &m.text[line..span.start as usize];
            let words = before.trim_end();
            let last = words.chars().next_back();
            let beside = i > 0 && m.marks[i - 1].span.end as usize >= line + words.len();
            if words.len() < before.len() {
                if !beside
                    && last.is_some_and(|c| {
                        c.is_alphanumeric() || is_stop(c) || matches!(c, '"' | '”' | '’' | '\'' | ')' | '»' | '*' | '_')
                    })
                {
                    p.spaced.push((i, Span::new(line + words.len(), span.start as usize)));
                }
                continue;
            }
            tight += 1;
            let stop = m.text[span.end as usize..].chars().next().filter(|c| is_stop(*c));
            let quoted = words.trim_end_matches(['"', '”', '’', '\'', ')', '»', '*', '_', '}']);
            if quoted.ends_with(is_stop) {
                after_stop += 1;
            } else if let Some(c) = stop.filter(|_| last.is_some_and(|c| !is_stop(c))) {
                let at = span.end as usize;
                p.before_stop.push((i, Span::new(at, at + c.len_utf8())));
            }
        }
        // where the syntax wants the space, or does not print it
        if p.spaced.len() * 3 > tight || m.reader.sets_marks_off() {
            p.spaced.clear();
        }
        let few = p.before_stop.len() * 25 <= after_stop || p.before_stop.len() == 1 && after_stop >= 5;
        if !few || !p.before_stop.is_empty() && is_german(&m.text) {
            p.before_stop.clear();
        }
        p.adjacent = adjacent(m);
        p
    }
}

/// German sets the mark before the stop where it belongs to the last word, and behind where to the sentence: both are right.
fn is_german(text: &str) -> bool {
    let count = |word: &str| memchr::memmem::find_iter(text.as_bytes(), word).count();
    let und = count(" und ");
    und > count(" the ") && und > count(" que ") && und > count(" et ")
}

/// A number on the line, in a text that has lost its raised signs: where it stands is the converter's doing.
fn bare(m: &Manuscript, i: usize) -> bool {
    let mark = &m.marks[i];
    mark.span == mark.label.span && mark.span.of(&m.text).bytes().all(|b| b.is_ascii_digit())
}

fn adjacent(m: &Manuscript) -> Vec<(usize, usize)> {
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for i in 1..m.marks.len() {
        let (a, b) = (m.marks[i - 1].span, m.marks[i].span);
        if b.start < a.end || bare(m, i) || m.marks[i - 1].in_note != m.marks[i].in_note {
            continue;
        }
        let between = m.text.get(a.end as usize..b.start as usize).unwrap_or("x");
        let touching = between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | ',' | ';' | '\u{a0}' | '˒'));
        match rows.last_mut() {
            Some(row) if touching && row.1 == i - 1 => row.1 = i,
            _ if touching => rows.push((i - 1, i)),
            _ => {}
        }
    }
    rows.retain(|(first, last)| last - first < ROW);
    rows
}
