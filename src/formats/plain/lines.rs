//! Lines of a plain text, and which of them the page added: running heads, page numbers, download banners.

use crate::text::Span;
use rustc_hash::FxHashMap;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Blank,
    Text,
    /// What the page adds to the text.
    Furniture,
    /// A line of dashes, underscores, stars.
    Rule,
}

#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Line end included.
    pub full: Span,
    /// Without white space at either end.
    pub span: Span,
    pub kind: Kind,
}

/// Splits a text into lines and finds the furniture.
pub fn lines(text: &str) -> Vec<Line> {
    let mut lines = split(text);
    furniture(text, &mut lines);
    lines
}

fn split(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines = Vec::with_capacity(text.len() / 64 + 1);
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let full = Span::new(start, end);
        let span = full.trim(text);
        let kind = match span.of(text) {
            "" => Kind::Blank,
            s if s.len() < 200 && !s.bytes().any(|b| b.is_ascii_alphanumeric() || b == b'^') && is_rule(s) => {
                Kind::Rule
            }
            _ => Kind::Text,
        };
        lines.push(Line { full, span, kind });
    };
    for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') {
            continue;
        }
        push(start, at + 1);
        start = at + 1;
    }
    if start < text.len() {
        push(start, text.len());
    }
    lines
}

/// Signs only, and more than a note sign.
fn is_rule(s: &str) -> bool {
    let mut signs = s.chars().filter(|c| !c.is_whitespace());
    s.chars().count() > 2
        && signs.all(|c| matches!(c, '-' | '_' | '*' | '—' | '–' | '―' | '=' | '~' | '·' | '.' | '•' | '∗'))
}

/// A line as a running head: what it says, and the page number before or after it.
fn head(s: &str) -> (&str, Option<u32>) {
    let front = s.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=4).contains(&front) && s.as_bytes().get(front).is_some_and(|b| b.is_ascii_whitespace()) {
        return (s[front..].trim_start(), s[..front].parse().ok());
    }
    let back = s.bytes().rev().take_while(u8::is_ascii_digit).count();
    let cut = s.len() - back;
    if (1..=4).contains(&back) && s[..cut].ends_with([' ', '\t']) {
        return (s[..cut].trim_end(), s[cut..].parse().ok());
    }
    (s, None)
}

/// Is the line a page number and nothing else: `12`, `- 12 -`, `Page 12`?
pub fn page_number(s: &str) -> bool {
    let core = s.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '[' | ']' | '|') || c.is_whitespace());
    let core = core.strip_prefix("Page ").or_else(|| core.strip_prefix("page ")).unwrap_or(core);
    (1..=4).contains(&core.len()) && core.bytes().all(|b| b.is_ascii_digit())
}

fn banner(s: &str) -> bool {
    ["Downloaded from ", "Downloaded by ", "This content downloaded ", "All use subject to "]
        .iter()
        .any(|b| s.starts_with(b))
}

fn furniture(text: &str, lines: &mut [Line]) {
    let mut heads: FxHashMap<&str, Vec<(usize, Option<u32>)>> = FxHashMap::default();
    let blank = |lines: &[Line], i: usize| lines.get(i).is_none_or(|l| l.kind != Kind::Text);
    for i in 0..lines.len() {
        let s = lines[i].span.of(text);
        if lines[i].kind != Kind::Text || s.len() > 140 || s.len() < 5 {
            continue;
        }
        if banner(s) {
            lines[i].kind = Kind::Furniture;
            continue;
        }
        let lone = blank(lines, i + 1) || i == 0 || blank(lines, i - 1);
        let first = s.as_bytes()[0];
        if !lone
            || s.ends_with('.') && !first.is_ascii_digit()
            || matches!(first, b'[' | b'(') && s.as_bytes()[1].is_ascii_digit()
        {
            continue;
        }
        let (says, page) = head(s);
        if says.split_whitespace().nth(1).is_some() {
            heads.entry(says).or_default().push((i, page));
        }
    }
    for (says, places) in heads {
        if places.len() >= 3 && recurs(&places, lines, says) {
            places.iter().for_each(|(i, _)| lines[*i].kind = Kind::Furniture);
        }
    }
    page_numbers(text, lines);
}

/// Do the places of a line look like page tops? Far apart, and numbers that count pages.
fn recurs(places: &[(usize, Option<u32>)], lines: &[Line], says: &str) -> bool {
    let far = places.windows(2).filter(|w| lines[w[1].0].full.start - lines[w[0].0].full.start > 700).count();
    if far * 10 < (places.len() - 1) * 7 {
        return false;
    }
    let numbers: Vec<u32> = places.iter().filter_map(|p| p.1).collect();
    if numbers.len() * 2 < places.len() {
        return says.len() >= 8 && says.chars().any(char::is_alphabetic);
    }
    let steps = numbers.windows(2).filter(|w| matches!(w[1].wrapping_sub(w[0]), 1 | 2) || w[1] <= 3).count();
    steps * 10 >= (numbers.len() - 1) * 7
}

/// Bare numbers beside a running head, and numbers dressed as page numbers.
fn page_numbers(text: &str, lines: &mut [Line]) {
    for i in 0..lines.len() {
        let s = lines[i].span.of(text);
        if lines[i].kind == Kind::Blank || s.len() > 12 || !page_number(s) {
            continue;
        }
        let dressed = !s.as_bytes()[0].is_ascii_digit();
        let beside = |mut at: Box<dyn Iterator<Item = usize>>| {
            at.find(|j| lines[*j].kind != Kind::Blank).is_some_and(|j| lines[j].kind == Kind::Furniture)
        };
        let bracketed = s.starts_with('[');
        let near = beside(Box::new((0..i).rev().take(4))) || beside(Box::new(i + 1..lines.len().min(i + 5)));
        if near || dressed && !bracketed && s.starts_with(['-', '–', '—', 'P', 'p']) {
            lines[i].kind = Kind::Furniture;
        }
    }
}
