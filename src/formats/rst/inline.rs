//! The text inside blocks of reStructuredText: marks, citations, roles, links, emphasis; code left out.

use super::super::light::{Closers, DEEPEST, Found, Inline, Pen, address, after, before, named, next_line, signs};
use super::blocks::Definition;
use super::{is_citation, label};
use crate::model::{Flow, Key, Mark, Note};
use crate::text::Span;

pub struct Rst<'a> {
    text: &'a str,
    found: Found,
    closers: Closers,
}

impl<'a> Rst<'a> {
    pub fn new(text: &'a str) -> Rst<'a> {
        Rst { text, found: Found::default(), closers: Closers::default() }
    }
}

impl<'a> Inline<'a, Definition> for Rst<'a> {
    fn found(&mut self) -> &mut Found {
        &mut self.found
    }

    fn stretch(&mut self, span: Span, pen: &mut Pen<'a>) {
        self.closers = Closers::default();
        self.scan(span.range(), pen, 0);
    }

    fn note(&mut self, Definition { sign }: Definition, span: Span) -> Note {
        let label = named(self.text, Span { start: sign.start + 1, end: sign.end - 1 });
        let span = Span { start: sign.start, end: span.end.max(sign.end) };
        Note { label, scope: 0, span, flow: Flow::default(), inline: false }
    }
}

const SIGNS: [bool; 256] = signs(b"\n\r\\*`[|_:");

/// Roles whose words are not read.
const SILENT: [&str; 16] = [
    "code", "math", "raw", "literal", "file", "samp", "kbd", "command", "program", "option", "envvar", "eq", "index",
    "numref", "func", "class",
];

impl<'a> Rst<'a> {
    fn scan(&mut self, range: std::ops::Range<usize>, pen: &mut Pen<'a>, depth: usize) {
        let bytes = self.text.as_bytes();
        let mut at = range.start;
        while at < range.end {
            let next = if SIGNS[bytes[at] as usize] { self.sign(at, range.clone(), pen, depth) } else { None };
            at = next.unwrap_or(at + 1).max(at + 1);
        }
        pen.cut(range.end, range.end);
    }

    fn sign(&mut self, at: usize, range: std::ops::Range<usize>, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let s = &self.text[at..range.end];
        match s.as_bytes()[0] {
            b'\n' | b'\r' => {
                let next = next_line(self.text, at, range.end);
                pen.line_end(at, next);
                Some(next)
            }
            b'\\' => {
                let next = s[1..].chars().next()?;
                let length = if s[1..].starts_with("\r\n") { 2 } else { next.len_utf8() };
                // an escaped space or line end is nothing
                pen.cut(at, at + 1 + if next.is_whitespace() { length } else { 0 });
                Some(at + 1 + length)
            }
            b'*' => {
                let sign = if s.starts_with("**") { "**" } else { "*" };
                let close = self.closes(sign, at, &range).filter(|_| depth < DEEPEST)?;
                pen.open(at, at + sign.len());
                self.scan(at + sign.len()..close, pen, depth + 1);
                pen.close(close, close + sign.len());
                Some(close + sign.len())
            }
            b'`' if s.starts_with("``") => {
                let close = self.closes("``", at, &range)?;
                pen.cut(at, close + 2);
                Some(close + 2)
            }
            b'`' => self.interpreted(at, at, None, &range, pen, depth),
            b':' => {
                let role = role(s).filter(|_| self.opens(at, &range));
                match role {
                    Some(role) => {
                        let name = &s[1..role - 1];
                        self.interpreted(at, at + role, Some(name), &range, pen, depth)
                    }
                    None => address(self.text, at, range.end),
                }
            }
            b'[' => self.bracket(at, s, pen),
            b'|' => {
                // a line end counts once, whatever bytes it is
                let letters = |close: usize| self.text[at..close].bytes().filter(|b| *b != b'\r').count();
                let close = self.closes("|", at, &range).filter(|close| letters(*close) < 80)?;
                let behind =
                    close + 1 + self.text[close + 1..range.end].bytes().take(2).take_while(|b| *b == b'_').count();
                pen.cut(at, behind);
                Some(behind)
            }
            _ => self.underscore(at, s, &range, pen),
        }
    }

    /// Whether inline markup can begin at a byte.
    fn opens(&self, at: usize, range: &std::ops::Range<usize>) -> bool {
        let last = before(&self.text[range.start..], at - range.start);
        last.is_none_or(|c| {
            c.is_whitespace() || !c.is_alphanumeric() && !matches!(c, '\\' | '_' | '*' | '`' | ')' | '.')
        })
    }

    /// Where markup that begins at `at` closes.
    fn closes(&mut self, sign: &'static str, at: usize, range: &std::ops::Range<usize>) -> Option<usize> {
        let text = self.text;
        let inside = at + sign.len();
        if !self.opens(at, range) || after(&text[..range.end], inside).is_none_or(char::is_whitespace) {
            return None;
        }
        // `"*"` is a sign in quotation marks
        if let (Some(a), Some(b)) = (before(text, at), after(&text[..range.end], inside))
            && matches!((a, b), ('"', '"') | ('\'', '\'') | ('(', ')') | ('“', '”') | ('‘', '’') | ('[', ']'))
        {
            return None;
        }
        let ends = |close: usize| {
            let behind = after(&text[..range.end], close + sign.len());
            close > inside
                && before(text, close).is_some_and(|c| !c.is_whitespace() && c != '\\')
                && behind.is_none_or(|c| c.is_whitespace() || !c.is_alphanumeric() && !(c == '*' && sign == "*"))
        };
        self.closers.find(text, sign, (inside, range.end), ends)
    }

    /// `` `words` ``, with a role before or behind it, or as a link. `at` is where all of it begins, `open` the sign.
    fn interpreted(
        &mut self,
        at: usize,
        open: usize,
        role_before: Option<&str>,
        range: &std::ops::Range<usize>,
        pen: &mut Pen<'a>,
        depth: usize,
    ) -> Option<usize> {
        let text = self.text;
        let close = match role_before {
            Some(_) => {
                let end = text.floor_char_boundary(range.end.min(open + 800));
                open + 1 + text[open + 1..end].find('`')?
            }
            None => self.closes("`", open, range)?,
        };
        let inner = Span::new(open + 1, close);
        let behind = &text[close + 1..range.end];
        let underscores = behind.bytes().take(2).take_while(|b| *b == b'_').count();
        let role_behind = if role_before.is_none() { role_after(behind) } else { None };
        let name = role_before.or(role_behind.map(|length| &behind[1..length - 1])).unwrap_or("");
        let next = close + 1 + underscores + role_behind.unwrap_or(0);
        let bare = name.rsplit(':').next().unwrap_or(name);
        if name.split(':').next().is_some_and(|n| n.starts_with("cite") || n.starts_with("footcite")) {
            self.cite(at, inner, next, pen);
            return Some(next);
        }
        let words = inner.of(text);
        let target = words.ends_with('>').then(|| words.rfind('<')).flatten();
        let silent = SILENT.contains(&bare);
        let reference = matches!(bare, "ref" | "doc" | "any" | "download" | "keyword");
        match target {
            Some(target) if !silent => {
                let shown = words[..target].trim_end().len();
                let shown = if shown == 0 { words.len() } else { shown };
                pen.cut(at, inner.start as usize);
                self.scan(inner.start as usize..inner.start as usize + shown, pen, depth.min(DEEPEST) + 1);
                pen.cut(inner.start as usize + shown, next);
            }
            _ if silent || reference => pen.cut(at, next),
            _ => {
                let emphasised = matches!(bare, "emphasis" | "strong" | "title" | "t" | "title-reference")
                    || name.is_empty() && underscores == 0;
                if emphasised {
                    pen.open(at, inner.start as usize)
                } else {
                    pen.cut(at, inner.start as usize)
                }
                if depth < DEEPEST {
                    self.scan(inner.start as usize..close, pen, depth + 1);
                }
                if emphasised { pen.close(close, next) } else { pen.cut(close, next) }
            }
        }
        Some(next)
    }

    /// `` :cite:p:`doe99,roe` ``
    fn cite(&mut self, at: usize, inner: Span, next: usize, pen: &mut Pen<'a>) {
        let mut start = inner.start;
        for item in inner.of(self.text).split(',') {
            let span = Span { start, end: start + item.len() as u32 }.trim(self.text);
            start += item.len() as u32 + 1;
            let key = span.of(self.text);
            if !key.is_empty() && !key.contains(char::is_whitespace) {
                let (key, in_note) = (key.to_owned(), self.found.in_note);
                self.found.keys.push(Key { span, key, group: inner, locator: None, whole: span, in_note });
            }
        }
        pen.cut(at, inner.start as usize);
        pen.cut(inner.end as usize, next);
    }

    /// `[1]_`, `[#]_`, `[#label]_`, `[*]_`, `[CIT2002]_`
    fn bracket(&mut self, at: usize, s: &str, pen: &mut Pen<'a>) -> Option<usize> {
        let length = label(s)?;
        let rest = &s[length + 2..];
        if !rest.starts_with('_') || rest[1..].starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return None;
        }
        let (span, next) = (Span::new(at + 1, at + 1 + length), at + length + 3);
        let whole = Span::new(at, next);
        let name = span.of(self.text);
        if is_citation(name) {
            let key = name.to_owned();
            let in_note = self.found.in_note;
            self.found.keys.push(Key {
                span,
                key,
                group: Span::new(at, next - 1),
                locator: None,
                whole: span,
                in_note,
            });
            pen.cut(next - 1, next);
            return Some(next);
        }
        // the space before a mark is one of the syntax
        pen.mark(self.found.marks.len(), at, next, true);
        let label = named(self.text, span);
        self.found.marks.push(Mark { label, span: whole, in_note: self.found.in_note, scope: 0 });
        Some(next)
    }

    /// `word_`, `` _`target` ``
    fn underscore(&mut self, at: usize, s: &str, range: &std::ops::Range<usize>, pen: &mut Pen<'a>) -> Option<usize> {
        if s.starts_with("_`") && self.opens(at, range) {
            pen.cut(at, at + 1);
            return self.interpreted(at + 1, at + 1, Some("target"), range, pen, DEEPEST - 1);
        }
        let signs = s.bytes().take_while(|b| *b == b'_').count();
        let word = before(self.text, at).is_some_and(char::is_alphanumeric);
        let ends = after(&self.text[..range.end], at + signs).is_none_or(|c| !c.is_alphanumeric());
        (word && ends && signs <= 2).then(|| pen.cut(at, at + signs))?;
        Some(at + signs)
    }
}

/// `:role:` before a back-quote: its length.
fn role(s: &str) -> Option<usize> {
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.' | b'+');
    let length = s.bytes().take(60).take_while(|b| word(*b)).count();
    let whole = length > 2 && s[..length].ends_with(':') && s[length..].starts_with('`') && !s.starts_with("::");
    (whole && !s[length..].starts_with("``")).then_some(length)
}

/// `:role:` behind a back-quote.
fn role_after(s: &str) -> Option<usize> {
    let name = s.strip_prefix(':')?;
    let length = name.bytes().take(60).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
    (length > 0 && name[length..].starts_with(':')).then_some(length + 2)
}
