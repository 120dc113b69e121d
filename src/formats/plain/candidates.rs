//! What could be a note and what could be a mark, style by style. Nothing is decided here.

use super::lines::{Kind, Line, page_number};
use crate::script::superscript_digit;
use crate::text::Span;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoteStyle {
    /// `¹² text`, `^{12} text`
    Raised,
    /// `[12] text`
    Bracket,
    /// `[Footnote 12: text]`
    Footnote,
    /// `12 text`, `12` alone with the text below
    Plain,
    /// `12. text`
    Dotted,
    /// `(12) text`, `12) text`
    Paren,
}

impl NoteStyle {
    /// Lists and headings look like that too.
    pub fn is_weak(self) -> bool {
        matches!(self, NoteStyle::Plain | NoteStyle::Dotted | NoteStyle::Paren)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkStyle {
    /// `word.¹²`, `word^{12}`
    Raised,
    /// `word[12]`
    Bracket,
    /// `word.(12)`
    Paren,
    /// `word 12`, `word,12`
    Bare,
}

#[derive(Clone, Copy, Debug)]
pub struct NoteCand {
    pub style: NoteStyle,
    pub line: usize,
    pub number: u32,
    pub label: Span,
    /// Where the text of the note begins: after the label, or on a later line.
    pub text: u32,
}

#[derive(Clone, Copy, Debug)]
pub struct MarkCand {
    pub style: MarkStyle,
    pub number: u32,
    /// The whole sign.
    pub span: Span,
    pub label: Span,
    /// How much it looks like a mark, up to 1.
    pub weight: f32,
}

/// `¹²` at the beginning of `s`: number and length in bytes.
fn raised(s: &str) -> Option<(u32, usize)> {
    let mut number = 0u32;
    let mut len = 0;
    for c in s.chars() {
        let Some(d) = superscript_digit(c) else { break };
        number = number.checked_mul(10)?.checked_add(d as u32 - '0' as u32)?;
        len += c.len_utf8();
    }
    (len > 0 && number < 10_000).then_some((number, len))
}

/// `^{12}`, `^12^`, `^12`, `<sup>12</sup>` at the beginning of `s`: number, place of the digits, length of the whole.
fn caret(s: &str) -> Option<(u32, std::ops::Range<usize>, usize)> {
    if let Some(rest) = s.strip_prefix(SUP.0) {
        let (number, len) = digits(rest)?;
        let end = SUP.0.len() + len;
        return s[end..].starts_with(SUP.1).then_some((number, SUP.0.len()..end, end + SUP.1.len()));
    }
    let rest = s.strip_prefix('^')?;
    let (open, close) = if rest.starts_with('{') { (2, "}") } else { (1, "") };
    let (number, len) = digits(&s[open..])?;
    let end = open + len;
    let after = &s[end..];
    let whole = end + usize::from(close.is_empty() && after.starts_with('^')) + close.len();
    after.starts_with(close).then_some((number, open..end, whole))
}

const SUP: (&str, &str) = ("<sup>", "</sup>");

/// A number of at most four digits, without a leading zero.
fn digits(s: &str) -> Option<(u32, usize)> {
    let len = s.bytes().take(5).take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&len).then_some(())?;
    if s.starts_with('0') && len > 1 {
        return None;
    }
    Some((s[..len].parse().ok()?, len))
}

/// The notes a line can begin with.
pub fn notes(text: &str, lines: &[Line]) -> Vec<NoteCand> {
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| l.kind == Kind::Text) {
        let s = line.span.of(text);
        // Emphasis that a converter let begin before the number: `_  34 Title_`.
        let s = match s.as_bytes()[0] {
            b'_' | b'*' if s[1..].starts_with("  ") => s[1..].trim_start(),
            _ => s,
        };
        if matches!(s.as_bytes()[0], b'0'..=b'9' | b'[' | b'(' | b'^' | b'<' | 0xC2 | 0xE2) {
            found.extend(note(text, lines, i, s));
        }
    }
    found
}

fn note(text: &str, lines: &[Line], i: usize, s: &str) -> Option<NoteCand> {
    let start = lines[i].span.end as usize - s.len();
    let cand = |style, number, label: std::ops::Range<usize>, after: usize| {
        let rest = &s[after..];
        let body = start + after + (rest.len() - rest.trim_start().len());
        let text = if rest.trim().is_empty() { text_below(text, lines, i)? } else { body as u32 };
        Some(NoteCand { style, line: i, number, label: Span::new(start + label.start, start + label.end), text })
    };
    if let Some((number, len)) = raised(s) {
        return cand(NoteStyle::Raised, number, 0..len, len);
    }
    if let Some((number, label, len)) = caret(s) {
        return cand(NoteStyle::Raised, number, label, len);
    }
    if let Some(rest) = s.strip_prefix('[') {
        let word = ["Footnote ", "Note ", "Endnote ", "Anmerkung ", "Fußnote "].iter().find(|w| rest.starts_with(**w));
        let open = 1 + word.map_or(0, |w| w.len());
        let (number, len) = digits(&s[open..])?;
        let end = open + len;
        return match (word, s[end..].chars().next()?) {
            (Some(_), ':' | '.') => cand(NoteStyle::Footnote, number, open..end, end + 1),
            (None, ']') => cand(NoteStyle::Bracket, number, open..end, end + 1),
            _ => None,
        };
    }
    let open = usize::from(s.starts_with('('));
    let (number, len) = digits(&s[open..])?;
    let end = open + len;
    let next = s[end..].chars().next();
    match next {
        _ if open == 1 => (next == Some(')')).then(|| cand(NoteStyle::Paren, number, 1..end, end + 1))?,
        Some(sign @ ('.' | ')')) if s[end + 1..].starts_with([' ', '\t', '\u{a0}']) => {
            let style = if sign == '.' { NoteStyle::Dotted } else { NoteStyle::Paren };
            cand(style, number, 0..end, end + 1)
        }
        Some(c) if c.is_whitespace() => cand(NoteStyle::Plain, number, 0..end, end),
        None => cand(NoteStyle::Plain, number, 0..end, end),
        Some('.') if s.len() == end + 1 => cand(NoteStyle::Dotted, number, 0..end, end + 1),
        _ => None,
    }
}

/// The text of a note whose number stands alone on its line.
fn text_below(text: &str, lines: &[Line], i: usize) -> Option<u32> {
    let below = lines[i + 1..].iter().take(3).find(|l| l.kind == Kind::Text)?;
    let alone = page_number(below.span.of(text));
    (!alone).then_some(below.span.start)
}

/// The bytes a mark can begin with.
const SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    signs[0xC2] = true;
    signs[0xE2] = true;
    signs[b'^' as usize] = true;
    signs[b'<' as usize] = true;
    signs[b'[' as usize] = true;
    signs[b'(' as usize] = true;
    signs
};

/// Marks that show their style: raised, in brackets, in parentheses.
pub fn dressed_marks(text: &str, lines: &[Line]) -> Vec<MarkCand> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for line in lines.iter().filter(|l| l.kind == Kind::Text) {
        let end = line.span.end as usize;
        let mut at = line.span.start as usize;
        while at < end {
            if !SIGNS[bytes[at] as usize] {
                at += 1;
                continue;
            }
            match dressed(text, line.span.start as usize, at) {
                Some(mark) => {
                    at = mark.span.end as usize;
                    found.push(mark);
                }
                None => at += 1,
            }
        }
    }
    found
}

fn dressed(text: &str, line: usize, at: usize) -> Option<MarkCand> {
    let bytes = text.as_bytes();
    let s = || text.get(at..);
    let mark = |style, number, label: std::ops::Range<usize>, len: usize, weight| MarkCand {
        style,
        number,
        span: Span::new(at, at + len),
        label: Span::new(at + label.start, at + label.end),
        weight,
    };
    match bytes[at] {
        0xC2 | 0xE2 => {
            let second = bytes[at + 1];
            let third = bytes.get(at + 2).copied().unwrap_or(0);
            let digit =
                if bytes[at] == 0xC2 { matches!(second, 0xB2 | 0xB3 | 0xB9) } else { second == 0x81 && third >= 0xB0 };
            let (number, len) = digit.then(s)??.pipe(raised)?;
            let weight = raised_weight(&text[line..at])?;
            Some(mark(MarkStyle::Raised, number, 0..len, len, weight))
        }
        b'^' | b'<' => {
            let (number, label, len) = s()?.pipe(caret)?;
            let weight = raised_weight(&text[line..at]).filter(|w| *w > 0.5)?;
            Some(mark(MarkStyle::Raised, number, label, len, weight))
        }
        open => {
            let close = if open == b'[' { b']' } else { b')' };
            let (number, len) = digits(s()?.get(1..)?)?;
            (bytes.get(at + 1 + len) == Some(&close)).then_some(())?;
            let style = if open == b'[' { MarkStyle::Bracket } else { MarkStyle::Paren };
            let attached = at > line && !bytes[at - 1].is_ascii_whitespace();
            let weight = if attached { 1.0 } else { 0.4 };
            Some(mark(style, number, 1..1 + len, len + 2, weight))
        }
    }
}

trait Pipe: Sized {
    fn pipe<T>(self, f: impl FnOnce(Self) -> T) -> T {
        f(self)
    }
}
impl Pipe for &str {}

/// How much raised digits after these words look like a mark and not like an exponent. `None`: not at all.
fn raised_weight(before: &str) -> Option<f32> {
    let last = before.chars().next_back()?;
    if matches!(last, '⁻' | '⁺' | '^') {
        return None;
    }
    if last.is_ascii_digit() {
        let number = before.len() - before.bytes().rev().take_while(u8::is_ascii_digit).count();
        return (&before[number..] != "10").then_some(0.4);
    }
    if last.is_alphabetic() {
        let from = before
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
        let unit = matches!(
            &before[from..],
            "m" | "km" | "cm" | "mm" | "dm" | "ft" | "mi" | "in" | "yd" | "nm" | "м" | "км" | "см"
        );
        let counted = before[..from].trim_end().ends_with(|c: char| c.is_ascii_digit());
        if unit || counted && before.len() - from <= 3 {
            return None;
        }
    }
    Some(1.0)
}

/// Numbers that stand as marks do in text that has lost its superscripts.
pub fn bare_marks(text: &str, lines: &[Line]) -> Vec<MarkCand> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for line in lines.iter().filter(|l| l.kind == Kind::Text) {
        let (start, end) = (line.span.start as usize, line.span.end as usize);
        let mut at = start;
        while at < end {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let len = bytes[at..end].iter().take_while(|b| b.is_ascii_digit()).count();
            if let Some(weight) = bare_weight(&text[start..at], &text[at..at + len], &text[at + len..end])
                && let Ok(number) = text[at..at + len].parse()
            {
                let span = Span::new(at, at + len);
                found.push(MarkCand { style: MarkStyle::Bare, number, span, label: span, weight });
            }
            at += len;
        }
    }
    found
}

fn bare_weight(before: &str, number: &str, after: &str) -> Option<f32> {
    let next = after.chars().next();
    let ended = next.is_none_or(|c| {
        c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':' | ')' | '"' | '”' | '’' | '—' | '–' | '-')
    });
    if number.len() > 4 || number.starts_with('0') || number.len() == 4 && number > "1499" || !ended {
        return None;
    }
    let last = before.chars().next_back()?;
    if !last.is_whitespace() {
        // Glued: `word,12`, but no `1,200` and no `B12`.
        let ahead = before[..before.len() - last.len_utf8()].chars().next_back()?;
        let stop = matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '”' | '’' | '\'' | '»' | ')' | ']' | '…');
        let word = last.is_lowercase() && ahead.is_alphabetic();
        let inner = ahead.is_ascii_digit() && matches!(last, '.' | ',' | ':');
        let sentence = after.starts_with(' ') && after.trim_start().starts_with(char::is_uppercase);
        if inner && last == '.' && (sentence || after.is_empty()) {
            // `at 216.1 Aside from`: a page, the end of the sentence, a mark.
            return Some(0.5);
        }
        let more = next.is_some_and(|c| matches!(c, '-' | '–'));
        return (!more && (stop && !inner || word)).then_some(if stop { 1.0 } else { 0.6 });
    }
    let words = before.trim_end();
    let last = words.chars().next_back()?;
    if matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '”' | '’' | '»' | ')' | '…') {
        return Some(if last == '.' && abbreviated(words) { 0.2 } else { 1.0 });
    }
    if last.is_ascii_digit() {
        // `in 1929 21`: a year and a mark.
        let digits = words.len() - words.bytes().rev().take_while(u8::is_ascii_digit).count();
        return (words.len() - digits == 4).then_some(0.3);
    }
    last.is_alphabetic().then(|| if counts(words) { 0.1 } else { 0.6 })
}

/// `p.`, `No.`, `Art.`, `J.`: does the full stop belong to an abbreviation?
fn abbreviated(words: &str) -> bool {
    let stem = words.trim_end_matches('.');
    let from = stem.rfind(|c: char| !c.is_alphabetic()).map_or(0, |i| i + 1);
    stem.len() - stem.floor_char_boundary(from) <= 4
}

/// `Article 6`, `on page 12`, `May 3`: words that a number belongs to.
fn counts(words: &str) -> bool {
    let last = words.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    matches!(
        last,
        "Article"
            | "article"
            | "Articles"
            | "articles"
            | "Art"
            | "art"
            | "Section"
            | "section"
            | "Chapter"
            | "chapter"
            | "page"
            | "pages"
            | "p"
            | "pp"
            | "No"
            | "no"
            | "Nr"
            | "Para"
            | "para"
            | "paragraph"
            | "Abs"
            | "Rn"
            | "Rz"
            | "vol"
            | "Vol"
            | "volume"
            | "Part"
            | "part"
            | "note"
            | "notes"
            | "n"
            | "Note"
            | "Table"
            | "Figure"
            | "Kapitel"
            | "Seite"
            | "S"
            | "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
            | "of"
            | "at"
            | "about"
            | "than"
            | "and"
    )
}
