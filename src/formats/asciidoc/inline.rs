//! The text inside blocks of AsciiDoc: emphasis, quotation marks, attributes, escapes; code and what is passed through left out.

use super::super::light::{Brackets, Closers, DEEPEST, Found, Inline, Pen, after, before, next_line, signs};
use super::super::pandoc::constructs::entity;
use crate::model::{Flow, Label, Manuscript, Mark, Note};
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

pub struct AsciiDoc<'a> {
    pub text: &'a str,
    pub found: Found,
    pub brackets: Brackets,
    /// Closing brackets of the block that are not escaped.
    pub closing: Vec<u32>,
    closers: Closers,
    attributes: FxHashMap<&'a str, &'a str>,
    /// Keys of the sources that the file lists.
    listed: FxHashSet<&'a str>,
    /// Notes that have a name: their index.
    pub named: FxHashMap<&'a str, usize>,
    /// Marks that refer to such a note.
    pub referring: Vec<(usize, &'a str)>,
}

impl<'a> AsciiDoc<'a> {
    pub fn new(text: &'a str, attributes: FxHashMap<&'a str, &'a str>, listed: FxHashSet<&'a str>) -> AsciiDoc<'a> {
        AsciiDoc {
            text,
            found: Found::default(),
            brackets: Brackets::default(),
            closing: Vec::new(),
            closers: Closers::default(),
            attributes,
            listed,
            named: FxHashMap::default(),
            referring: Vec::new(),
        }
    }

    pub fn is_listed(&self, key: &str) -> bool {
        self.listed.contains(key)
    }

    /// Gives marks that refer to a note the number it has.
    pub fn refer(&self, m: &mut Manuscript) {
        for (mark, name) in &self.referring {
            let Some(note) = self.named.get(name).and_then(|n| m.notes.get(*n)) else { continue };
            let label = &mut m.marks[*mark].label;
            (label.text, label.number) = (note.label.text.clone(), note.label.number);
        }
    }
}

impl<'a> Inline<'a, ()> for AsciiDoc<'a> {
    fn found(&mut self) -> &mut Found {
        &mut self.found
    }

    fn stretch(&mut self, span: Span, pen: &mut Pen<'a>) {
        let text = self.text.as_bytes();
        // `\]` closes what opened in a note, never the note
        self.brackets = Brackets::new(self.text, span, |_| true);
        self.closing.clear();
        let closing = memchr::memchr_iter(b']', &text[span.range()]).map(|n| n as u32 + span.start);
        self.closing.extend(closing.filter(|at| *at == 0 || text[*at as usize - 1] != b'\\'));
        self.closers = Closers::default();
        self.scan(span.range(), pen, 0);
    }

    fn note(&mut self, (): (), span: Span) -> Note {
        let label = Label { text: String::new(), number: None, span };
        Note { label, scope: 0, span, flow: Flow::default(), inline: false }
    }
}

const SIGNS: [bool; 256] = signs(b"\n\r\\*_`#^~+'\"[<{&:-( ");

/// Attributes that stand for a sign.
const ATTRIBUTES: [(&str, &str); 24] = [
    ("empty", ""),
    ("blank", ""),
    ("sp", " "),
    ("nbsp", "\u{a0}"),
    ("zwsp", ""),
    ("wj", ""),
    ("apos", "'"),
    ("quot", "\""),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("deg", "°"),
    ("plus", "+"),
    ("brvbar", "¦"),
    ("vbar", "|"),
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("startsb", "["),
    ("endsb", "]"),
    ("caret", "^"),
    ("asterisk", "*"),
    ("tilde", "~"),
];

impl<'a> AsciiDoc<'a> {
    pub fn scan(&mut self, range: Range<usize>, pen: &mut Pen<'a>, depth: usize) {
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let next = if SIGNS[bytes[at] as usize] { self.sign(at, range.clone(), pen, depth) } else { None };
            at = next.unwrap_or(at + 1).max(at + 1);
        }
        pen.cut(range.end, range.end);
    }

    fn sign(&mut self, at: usize, range: Range<usize>, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let s = &self.text[at..range.end];
        match s.as_bytes()[0] {
            b'\n' | b'\r' => Some(self.line_end(at, range.end, pen)),
            b' ' => {
                // ` +` at the end of a line breaks it
                let rest = s.strip_prefix(" +")?;
                (rest.is_empty() || rest.starts_with(['\n', '\r'])).then(|| pen.cut(at, at + 2))?;
                Some(at + 2)
            }
            b'\\' => {
                let next = s[1..].chars().next()?;
                if next.is_ascii_alphabetic() {
                    // `\footnote:[…]` is shown as typed
                    let name = s[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
                    s[1 + name..].starts_with(':').then(|| pen.cut(at, at + 1))?;
                    return Some(at + 2 + name);
                }
                next.is_ascii_punctuation().then(|| pen.cut(at, at + 1))?;
                let run = s[1..].chars().take_while(|c| *c == next).count();
                Some(at + 1 + if matches!(next, '*' | '_' | '`' | '#' | '\\') { run.min(2) } else { 1 })
            }
            b'*' => self.emphasis(["**", "*"], at, range, pen, depth),
            b'_' => self.emphasis(["__", "_"], at, range, pen, depth),
            b'#' => self.emphasis(["##", "#"], at, range, pen, depth),
            b'`' => self.backquote(at, s, range, pen, depth),
            b'+' => self.passed(at, s, range, pen),
            b'^' => self.raised("^", at, range, pen, depth),
            b'~' => self.raised("~", at, range, pen, depth),
            b'"' => self.quotation(["\"`", "`\""], ["“", "”"], at, range, pen, depth),
            b'\'' => self.quotation(["'`", "`'"], ["‘", "’"], at, range, pen, depth),
            b'[' => self.bracket(at, range.end, s, pen),
            b'<' => self.reference(at, s, pen, depth),
            b'{' => self.attribute(at, s, pen),
            b'&' => {
                let (length, said) = entity(s)?;
                pen.set(said, at, at + length);
                Some(at + length)
            }
            b':' => self.macro_call(at, range, pen, depth),
            b'-' => {
                let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                let (a, b) = (before(self.text, at), s.strip_prefix("--").and_then(|rest| rest.chars().next()));
                let dash = s.starts_with("--") && (word(a) && word(b) || a == Some(' ') && b == Some(' '));
                dash.then(|| pen.set("—", at, at + 2))?;
                Some(at + 2)
            }
            _ => self.index_term(at, s, pen),
        }
    }

    /// The end of a line; comments between two lines of a paragraph are not read.
    fn line_end(&self, at: usize, end: usize, pen: &mut Pen<'a>) -> usize {
        let mut next = next_line(self.text, at, end);
        while self.text[next..end].starts_with("//") && !self.text[next..end].starts_with("///") {
            let line = self.text[next..end].find(['\n', '\r']).map_or(end, |n| next + n);
            next = next_line(self.text, line, end);
        }
        pen.line_end(at, next);
        next
    }

    /// Where a sign closes that opens at `at`: doubled ones anywhere, single ones at the edges of words.
    fn closes(&mut self, sign: &'static str, at: usize, range: &Range<usize>) -> Option<usize> {
        let (text, inside) = (self.text, at + sign.len());
        let single = sign.len() == 1;
        let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let last = before(&text[range.start..], at - range.start);
        if single && (word(last) || matches!(last, Some(';' | ':' | '}' | '\\')))
            || after(&text[..range.end], inside).is_none_or(char::is_whitespace) && single
        {
            return None;
        }
        let ends = |close: usize| {
            let solid = before(text, close).is_some_and(|c| !c.is_whitespace() && c != '\\');
            let behind = after(&text[..range.end], close + sign.len());
            close > inside && (!single || solid && !word(behind))
        };
        self.closers.find(text, sign, (inside, range.end), ends)
    }

    /// `_Title_`, `__Ti__tle`, `*bold*`; `#marked#` is text.
    fn emphasis(
        &mut self,
        signs: [&'static str; 2],
        at: usize,
        range: Range<usize>,
        pen: &mut Pen<'a>,
        depth: usize,
    ) -> Option<usize> {
        let double = self.text[at..range.end].starts_with(signs[0]);
        let found = if double { self.closes(signs[0], at, &range).map(|close| (close, 2)) } else { None };
        let (close, length) = match found {
            Some(found) => found,
            None => (self.closes(signs[1], at, &range)?, 1),
        };
        if depth >= DEEPEST {
            return None;
        }
        let marked = signs[1] == "#";
        if marked {
            pen.cut(at, at + length)
        } else {
            pen.open(at, at + length)
        }
        self.scan(at + length..close, pen, depth + 1);
        if marked {
            pen.cut(close, close + length)
        } else {
            pen.close(close, close + length)
        }
        Some(close + length)
    }

    /// `` `code` ``; and as older AsciiDoc has it, ``` ``words'' ``` and `` `words' ``.
    fn backquote(&mut self, at: usize, s: &str, range: Range<usize>, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        if s.starts_with("``") {
            let code = self.closes("``", at, &range);
            let words = self.closers.find(self.text, "''", (at + 2, code.unwrap_or(range.end)), |_| true);
            if words.is_some_and(|words| code.is_none_or(|code| words < code)) {
                return self.quotation(["``", "''"], ["“", "”"], at, range, pen, depth).or(Some(at + 2));
            }
            let close = code?;
            pen.cut(at, close + 2);
            return Some(close + 2);
        }
        let near = &s[..s.floor_char_boundary(400.min(s.len()))];
        if let Some(close) = self.closes("`", at, &range) {
            let quoted = near[1..].find('\'').is_some_and(|n| at + 1 + n < close);
            if !quoted || s[1..].starts_with('+') {
                pen.cut(at, close + 1);
                return Some(close + 1);
            }
        }
        self.quotation(["`", "'"], ["‘", "’"], at, range, pen, depth)
    }

    /// Quotation marks, typed as signs.
    fn quotation(
        &mut self,
        [open, close]: [&'static str; 2],
        said: [&str; 2],
        at: usize,
        range: Range<usize>,
        pen: &mut Pen<'a>,
        depth: usize,
    ) -> Option<usize> {
        let text = self.text;
        let inside = at + open.len();
        if !text[at..range.end].starts_with(open)
            || depth >= DEEPEST
            || text[inside..range.end].starts_with(char::is_whitespace)
        {
            return None;
        }
        let ends = |end: usize| {
            let behind = &text[end + close.len()..range.end];
            let letter = close == "'" && behind.starts_with(char::is_alphanumeric) && !behind.starts_with("footnote");
            end > inside && !letter && !text[..end].ends_with(char::is_whitespace)
        };
        let end = self.closers.find(text, close, (inside, range.end), ends)?;
        pen.set(said[0], at, inside);
        self.scan(inside..end, pen, depth + 1);
        pen.set(said[1], end, end + close.len());
        Some(end + close.len())
    }

    /// `+as typed+`, `++as typed++`, `+++as typed+++`: words without markup.
    fn passed(&mut self, at: usize, s: &str, range: Range<usize>, pen: &mut Pen<'a>) -> Option<usize> {
        let sign = ["+++", "++", "+"].into_iter().find(|sign| s.starts_with(sign))?;
        let close = self.closes(sign, at, &range)?;
        pen.cut(at, at + sign.len());
        pen.cut(close, close + sign.len());
        Some(close + sign.len())
    }

    /// `19^th^`, `H~2~O`
    fn raised(
        &mut self,
        sign: &'static str,
        at: usize,
        range: Range<usize>,
        pen: &mut Pen<'a>,
        depth: usize,
    ) -> Option<usize> {
        let s = &self.text[at + 1..range.end];
        let near = &s[..s.floor_char_boundary(80.min(s.len()))];
        let length = near.find(sign).filter(|n| *n > 0 && !near[..*n].contains(char::is_whitespace))?;
        if depth >= DEEPEST {
            return None;
        }
        pen.cut(at, at + 1);
        self.scan(at + 1..at + 1 + length, pen, depth + 1);
        pen.cut(at + 1 + length, at + length + 2);
        Some(at + length + 2)
    }

    /// `[[anchor]]`, and `[.role]` before a sign.
    fn bracket(&self, at: usize, end: usize, s: &str, pen: &mut Pen<'a>) -> Option<usize> {
        let close = self.brackets.close(at, end)?;
        let role = s.starts_with("[.") || s.starts_with("[#");
        let signed = self.text[close + 1..end].starts_with(['#', '_', '*', '`']);
        if s.starts_with("[[") || role && signed {
            pen.cut(at, close + 1);
            return Some(close + 1);
        }
        None
    }

    /// `{nbsp}`, `{name}`
    fn attribute(&self, at: usize, s: &str, pen: &mut Pen<'a>) -> Option<usize> {
        let near = &s[1..s.floor_char_boundary(60.min(s.len()))];
        let length = near.find('}')?;
        let name = &near[..length];
        let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
        if name.is_empty() || !name.chars().all(word) {
            return None;
        }
        let known = ATTRIBUTES.iter().find(|(known, _)| *known == name).map(|(_, said)| *said);
        let said = known.or_else(|| self.attributes.get(name).copied())?;
        pen.set(said, at, at + length + 2);
        Some(at + length + 2)
    }

    /// `((term))` is text, `(((term, words)))` is not.
    fn index_term(&self, at: usize, s: &str, pen: &mut Pen<'a>) -> Option<usize> {
        let near = &s[..s.floor_char_boundary(200.min(s.len()))];
        if near.starts_with("(((") {
            let close = near.find(")))")?;
            pen.cut(at, at + close + 3);
            return Some(at + close + 3);
        }
        let close = near.strip_prefix("((")?.find("))")?;
        pen.cut(at, at + 2);
        pen.cut(at + 2 + close, at + close + 4);
        Some(at + close + 4)
    }

    /// A note typed at its mark: its text is `inner`.
    pub fn counted(&mut self, sign: Span, whole: Span, inner: Range<usize>, pen: &mut Pen<'a>, depth: usize) -> usize {
        let number = self.found.notes.len() as u32 + 1;
        let label = Label { text: number.to_string(), number: Some(number), span: sign };
        pen.mark(self.found.marks.len(), whole.start as usize, whole.end as usize, false);
        self.found.marks.push(Mark { label: label.clone(), span: whole, in_note: self.found.in_note, scope: 0 });
        let index = self.found.notes.len();
        self.found.notes.push(Note { label, scope: 0, span: whole, flow: Flow::default(), inline: true });
        let outer = self.found.in_note.replace(index);
        let mut apart = Pen::at(self.text, inner.start);
        self.scan(inner.clone(), &mut apart, depth + 1);
        self.found.notes[index].flow = apart.finish(inner.end);
        self.found.in_note = outer;
        index
    }
}
