//! The text inside blocks of Org: marks, inline notes, citations, links, emphasis; code and formulas left out.

use super::super::light::{
    Brackets, Closers, DEEPEST, Found, Inline, Pen, address, after, before, formula, named, next_line, signs,
};
use super::blocks::Definition;
use super::label;
use crate::model::{Flow, Key, Label, Mark, Note};
use crate::text::Span;

pub struct Org<'a> {
    text: &'a str,
    found: Found,
    brackets: Brackets,
    closers: Closers,
}

impl<'a> Org<'a> {
    pub fn new(text: &'a str) -> Org<'a> {
        Org { text, found: Found::default(), brackets: Brackets::default(), closers: Closers::default() }
    }
}

impl<'a> Inline<'a, Definition> for Org<'a> {
    fn found(&mut self) -> &mut Found {
        &mut self.found
    }

    fn stretch(&mut self, span: Span, pen: &mut Pen<'a>) {
        self.brackets = Brackets::new(self.text, span, |_| true);
        self.closers = Closers::default();
        self.scan(span.range(), pen, 0);
    }

    fn note(&mut self, Definition { sign }: Definition, span: Span) -> Note {
        let label = named(self.text, Span { start: sign.start + 4, end: sign.end - 1 });
        let span = Span { start: sign.start, end: span.end.max(sign.end) };
        Note { label, scope: 0, span, flow: Flow::default(), inline: false }
    }
}

const SIGNS: [bool; 256] = signs(b"\n\r*/_+=~[<\\$-@{^:");

/// Entities that stand for one sign.
const ENTITIES: [(&str, &str); 14] = [
    ("nbsp", "\u{a0}"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("ldots", "…"),
    ("dots", "…"),
    ("hellip", "…"),
    ("amp", "&"),
    ("slash", "/"),
    ("ast", "*"),
    ("vert", "|"),
    ("dagger", "†"),
    ("Dagger", "‡"),
    ("sect", "§"),
    ("S", "§"),
];

impl<'a> Org<'a> {
    fn scan(&mut self, range: std::ops::Range<usize>, pen: &mut Pen<'a>, depth: usize) {
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let next = if SIGNS[bytes[at] as usize] { self.sign(at, range.clone(), pen, depth) } else { None };
            at = next.unwrap_or(at + 1).max(at + 1);
        }
        pen.cut(range.end, range.end);
    }

    /// Handles what begins at `at` and says where the text goes on; `None` if it is only a letter.
    fn sign(&mut self, at: usize, range: std::ops::Range<usize>, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let s = &self.text[at..range.end];
        match s.as_bytes()[0] {
            b'\n' | b'\r' => {
                let next = next_line(self.text, at, range.end);
                pen.line_end(at, next);
                Some(next)
            }
            b'*' => self.emphasis("*", at, range, pen, depth),
            b'/' => self.emphasis("/", at, range, pen, depth),
            b'_' => self.emphasis("_", at, range, pen, depth),
            b'+' => self.emphasis("+", at, range, pen, depth),
            b'=' => self.verbatim("=", at, range, pen),
            b'~' => self.verbatim("~", at, range, pen),
            b'[' => self.bracket(at, range.end, s, pen, depth),
            b'<' => self.angle(at, s, pen),
            b'\\' => self.backslash(at, s, pen),
            b'$' => {
                let length = formula(s)?;
                pen.cut(at, at + length);
                Some(at + length)
            }
            b'-' => {
                let (said, length) = if s.starts_with("---") {
                    ("—", 3)
                } else if s.starts_with("--") {
                    ("–", 2)
                } else {
                    return None;
                };
                pen.set(said, at, at + length);
                Some(at + length)
            }
            b':' => address(self.text, at, range.end),
            b'@' => self.hidden(at, s, "@@", "@@", pen),
            b'{' => self.hidden(at, s, "{{{", "}}}", pen),
            // `19^{th}`
            _ => {
                let inner = s.strip_prefix("^{")?;
                let close = inner[..inner.floor_char_boundary(40.min(inner.len()))].find('}')?;
                pen.cut(at, at + 2);
                pen.cut(at + 2 + close, at + close + 3);
                Some(at + close + 3)
            }
        }
    }

    /// What is meant for the machine.
    fn hidden(&self, at: usize, s: &str, open: &str, close: &str, pen: &mut Pen<'a>) -> Option<usize> {
        let inner = s.strip_prefix(open)?;
        let length = inner[..inner.floor_char_boundary(400.min(inner.len()))].find(close)?;
        let next = at + open.len() + length + close.len();
        pen.cut(at, next);
        Some(next)
    }

    /// Whether a sign of emphasis can open here, and where it closes.
    fn closes(&mut self, sign: &'static str, at: usize, range: &std::ops::Range<usize>) -> Option<usize> {
        let text = self.text;
        let opens = before(&text[range.start..], at - range.start).is_none_or(|c| {
            c.is_whitespace() || matches!(c, '-' | '–' | '—' | '(' | '{' | '[' | '\'' | '"' | '“' | '‘' | '„' | '«')
        });
        if !opens || after(text, at + 1).is_none_or(char::is_whitespace) {
            return None;
        }
        let ends = |close: usize| {
            let behind = after(&text[..range.end], close + 1);
            close > at + 1
                && before(text, close).is_some_and(|c| !c.is_whitespace())
                && behind.is_none_or(|c| c.is_whitespace() || "-–—.,:;!?'\")}[]\\’”“»…".contains(c))
                && !in_address(&text[at..close])
        };
        self.closers.find(text, sign, (at + 1, range.end), ends)
    }

    /// `/Title/`, `*Title*`, `_Title_`; struck text is text.
    fn emphasis(
        &mut self,
        sign: &'static str,
        at: usize,
        range: std::ops::Range<usize>,
        pen: &mut Pen<'a>,
        depth: usize,
    ) -> Option<usize> {
        let close = self.closes(sign, at, &range).filter(|_| depth < DEEPEST)?;
        let struck = sign == "+";
        if struck {
            pen.cut(at, at + 1)
        } else {
            pen.open(at, at + 1)
        }
        self.scan(at + 1..close, pen, depth + 1);
        if struck {
            pen.cut(close, close + 1)
        } else {
            pen.close(close, close + 1)
        }
        Some(close + 1)
    }

    fn verbatim(
        &mut self,
        sign: &'static str,
        at: usize,
        range: std::ops::Range<usize>,
        pen: &mut Pen<'a>,
    ) -> Option<usize> {
        let close = self.closes(sign, at, &range)?;
        pen.cut(at, close + 1);
        Some(close + 1)
    }

    fn backslash(&self, at: usize, s: &str, pen: &mut Pen<'a>) -> Option<usize> {
        if let Some(rest) = s.strip_prefix("\\\\") {
            // a line is broken here
            let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
            rest[..line].trim().is_empty().then(|| pen.cut(at, at + 2 + line))?;
            return Some(at + 2 + line);
        }
        for (open, close) in [("\\(", "\\)"), ("\\[", "\\]")] {
            if s.starts_with(open) {
                return self.hidden(at, s, open, close, pen);
            }
        }
        let name = s[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
        let said = ENTITIES.iter().find(|(known, _)| *known == &s[1..1 + name])?.1;
        let next = at + 1 + name + if s[1 + name..].starts_with("{}") { 2 } else { 0 };
        pen.set(said, at, next);
        Some(next)
    }

    /// `<http://…>`, `<<target>>`, `<2024-05-01 Wed>`
    fn angle(&self, at: usize, s: &str, pen: &mut Pen<'a>) -> Option<usize> {
        let near = &s[..s.floor_char_boundary(400.min(s.len()))];
        let line = &near[..near.find(['\n', '\r']).unwrap_or(near.len())];
        let close = line.find('>')?;
        let inner = &line[1..close];
        if inner.starts_with('<') {
            let end = line.find(">>")? + 2;
            let end = end + line[end..].bytes().take_while(|b| *b == b'>').count();
            pen.cut(at, at + end);
            return Some(at + end);
        }
        let dated = inner.len() >= 10 && inner.as_bytes()[4] == b'-' && inner.as_bytes()[0].is_ascii_digit();
        if inner.contains("://") || inner.starts_with("mailto:") {
            pen.cut(at, at + 1);
            pen.cut(at + close, at + close + 1);
        } else if dated {
            pen.cut(at, at + close + 1);
        } else {
            return None;
        }
        Some(at + close + 1)
    }

    fn bracket(&mut self, at: usize, end: usize, s: &str, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let close = self.brackets.close(at, end)?;
        if let Some(rest) = s.strip_prefix("[fn:") {
            return self.footnote(at, close, label(rest), pen, depth);
        }
        if let Some(rest) = s.strip_prefix("[cite") {
            return self.cite(at, close, rest, pen);
        }
        if s.starts_with("[[") {
            return self.link(at, close, pen, depth);
        }
        None
    }

    /// `[fn:1]`, `[fn::inline]`, `[fn:label:inline]`
    fn footnote(&mut self, at: usize, close: usize, name: usize, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let (start, behind) = (at + 4, at + 4 + name);
        let span = Span::new(at, close + 1);
        let inline = self.text[behind..].starts_with(':');
        if !inline && (name == 0 || behind != close) || depth >= DEEPEST {
            return None;
        }
        let label = match name {
            0 => Label { text: ":".to_owned(), number: None, span: Span::new(behind, behind + 1) },
            _ => named(self.text, Span::new(start, behind)),
        };
        pen.mark(self.found.marks.len(), at, close + 1, false);
        self.found.marks.push(Mark { label: label.clone(), span, in_note: self.found.in_note, scope: 0 });
        if inline {
            let index = self.found.notes.len();
            self.found.notes.push(Note { label, scope: 0, span, flow: Flow::default(), inline: true });
            let outer = self.found.in_note.replace(index);
            let mut inner = Pen::at(self.text, behind + 1);
            self.scan(behind + 1..close, &mut inner, depth + 1);
            self.found.notes[index].flow = inner.finish(close);
            self.found.in_note = outer;
        }
        Some(close + 1)
    }

    /// `[cite/style:see @doe99 p. 3; @roe]`
    fn cite(&mut self, at: usize, close: usize, rest: &str, pen: &mut Pen<'a>) -> Option<usize> {
        let style = rest
            .find(':')
            .filter(|n| rest[..*n].bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-')))?;
        let first = at + "[cite".len() + style + 1;
        if first > close || !(style == 0 || rest.starts_with('/')) {
            return None;
        }
        let group = Span::new(at, close + 1);
        let mut start = first;
        for item in self.text[first..close].split(';') {
            if let Some(sign) = item.find('@') {
                let name = key(&item[sign + 1..]);
                let key_start = start + sign;
                let span = Span::new(key_start, key_start + 1 + name);
                let behind = Span::new(span.end as usize, start + item.len());
                let comma = behind.of(self.text).trim_start().strip_prefix(',');
                let from = comma.map_or(behind.start, |c| behind.end - c.len() as u32);
                let locator = Some(Span { start: from, end: behind.end }.trim(self.text)).filter(|l| !l.is_empty());
                let whole = locator.map_or(span, |l| span.join(l));
                let key = span.of(self.text)[1..].to_owned();
                if !key.is_empty() {
                    let in_note = self.found.in_note;
                    self.found.keys.push(Key { span, key, group, locator, whole, in_note });
                }
            }
            start += item.len() + 1;
        }
        pen.cut(at + 1, first);
        Some(close + 1)
    }

    /// `[[address][words]]`, `[[address]]`
    fn link(&mut self, at: usize, close: usize, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let inner = self.brackets.close(at + 1, close)?;
        if inner + 1 == close {
            // only an address of the web is read as it stands
            let shown = self.text[at + 2..inner].contains("://");
            pen.cut(at, if shown { at + 2 } else { close + 1 });
            pen.cut(inner, close + 1);
            return Some(close + 1);
        }
        let words = inner + 1;
        if !self.text[words..].starts_with('[') || self.brackets.close(words, close)? + 1 != close || depth >= DEEPEST {
            return None;
        }
        pen.cut(at, words + 1);
        self.scan(words + 1..close - 1, pen, depth + 1);
        pen.cut(close - 1, close + 1);
        Some(close + 1)
    }
}

/// The bytes of a citation key.
fn key(s: &str) -> usize {
    let sign = |c: char| {
        c.is_alphanumeric()
            || matches!(
                c,
                '-' | '.'
                    | ':'
                    | '?'
                    | '!'
                    | '`'
                    | '\''
                    | '/'
                    | '*'
                    | '@'
                    | '+'
                    | '|'
                    | '('
                    | ')'
                    | '{'
                    | '}'
                    | '<'
                    | '>'
                    | '&'
                    | '_'
                    | '^'
                    | '$'
                    | '#'
                    | '%'
                    | '~'
            )
    };
    let whole = s.find(|c: char| !sign(c)).unwrap_or(s.len());
    s[..whole].trim_end_matches(['.', ':', '?', '!', ')', '\'']).len()
}

/// The word that a text ends with is an address of the web.
fn in_address(s: &str) -> bool {
    let near = &s[s.ceil_char_boundary(s.len().saturating_sub(200))..];
    if !near.contains("://") {
        return false;
    }
    let word = near.rsplit(|c: char| c.is_whitespace() || matches!(c, '[' | '<')).next();
    word.is_some_and(|word| word.contains("://"))
}
