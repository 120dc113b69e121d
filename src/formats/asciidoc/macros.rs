//! Macros within the text of AsciiDoc: notes, links, citations; `name:target[words]` and `<<id,words>>`.

use super::super::light::{DEEPEST, Pen, address};
use super::inline::AsciiDoc;
use crate::model::{Key, Label, Mark};
use crate::text::Span;
use std::ops::Range;

/// Macros of which nothing is read.
const SILENT: [&str; 12] =
    ["image", "icon", "stem", "latexmath", "asciimath", "anchor", "indexterm", "kbd", "btn", "menu", "toc", "bibitem"];

impl<'a> AsciiDoc<'a> {
    /// What has its colon at `at`.
    pub fn macro_call(&mut self, at: usize, range: Range<usize>, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let text = self.text;
        let letters = text[range.start..at].bytes().rev().take(16).take_while(u8::is_ascii_lowercase).count();
        // behind a word a macro begins with its own name
        let name = &text[at - letters..at];
        let name = ["footnoteref", "footnote"].into_iter().find(|n| name.ends_with(n)).unwrap_or(name);
        let start = at - name.len();
        if name.is_empty() || depth >= DEEPEST {
            return None;
        }
        if let Some(end) = address(text, at, range.end) {
            return Some(self.link(start, end, &range, pen, depth));
        }
        let near = text.floor_char_boundary(range.end.min(at + 300));
        let open = at + 1 + text[at + 1..near].find(['[', ' ', '\n', '\r'])?;
        if !text[open..].starts_with('[') {
            return None;
        }
        let target = Span::new(at + 1, open);
        match name {
            "footnote" | "footnoteref" => self.footnote(start, name, target, open, &range, pen, depth),
            "link" | "mailto" | "xref" => {
                let close = self.brackets.close(open, range.end)?;
                self.words_of(start, open + 1..close, close + 1, pen, depth);
                Some(close + 1)
            }
            "indexterm2" => {
                let close = self.brackets.close(open, range.end)?;
                self.words_of(start, open + 1..close, close + 1, pen, depth);
                Some(close + 1)
            }
            "cite" | "citenp" => self.cite(start, open, range.end, pen),
            "pass" => {
                let close = self.brackets.close(open, range.end)?;
                pen.cut(start, open + 1);
                pen.cut(close, close + 1);
                Some(close + 1)
            }
            _ if SILENT.contains(&name) => {
                let close = self.brackets.close(open, range.end)?;
                pen.cut(start, close + 1);
                Some(close + 1)
            }
            _ => None,
        }
    }

    /// Only what stands in the brackets is read.
    fn words_of(&mut self, start: usize, inner: Range<usize>, next: usize, pen: &mut Pen<'a>, depth: usize) {
        // `words,window=_blank` and `words^`
        let words = &self.text[inner.clone()];
        let shown = words.split(",window=").next().unwrap_or(words).trim_end_matches('^').len();
        pen.cut(start, inner.start);
        self.scan(inner.start..inner.start + shown, pen, depth + 1);
        pen.cut(inner.start + shown, next);
    }

    /// `https://…[words]`; without words the address is read.
    fn link(&mut self, start: usize, end: usize, range: &Range<usize>, pen: &mut Pen<'a>, depth: usize) -> usize {
        let open = self.text[end..range.end].find(['[', ' ', '\n', '\r', '<', '>', ']']).map_or(end, |n| end + n);
        let close = self.text[open..range.end].starts_with('[').then(|| self.brackets.close(open, range.end)).flatten();
        match close {
            Some(close) if close > open + 1 => {
                self.words_of(start, open + 1..close, close + 1, pen, depth);
                close + 1
            }
            Some(close) => {
                pen.cut(open, close + 1);
                close + 1
            }
            None => end,
        }
    }

    /// Where the text of a note ends: at its own bracket, else at the next that is not escaped.
    fn note_end(&self, open: usize, end: usize) -> Option<usize> {
        let escaped = |close: &usize| self.text[..*close].ends_with('\\');
        self.brackets.close(open, end).filter(|close| !escaped(close)).or_else(|| {
            let next = self.closing.partition_point(|c| *c as usize <= open);
            self.closing.get(next).map(|c| *c as usize).filter(|close| *close < end)
        })
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a macro and where it stands")]
    fn footnote(
        &mut self,
        start: usize,
        name: &str,
        target: Span,
        open: usize,
        range: &Range<usize>,
        pen: &mut Pen<'a>,
        depth: usize,
    ) -> Option<usize> {
        let close = self.note_end(open, range.end)?;
        let whole = Span::new(start, close + 1);
        let (mut id, mut inner) = (target, Span::new(open + 1, close).trim(self.text));
        if name == "footnoteref" {
            let words = inner.of(self.text);
            let comma = words.find(',').unwrap_or(words.len());
            id = Span::new(0, comma).shift(inner.start).trim(self.text);
            inner = Span::new((comma + 1).min(words.len()), words.len()).shift(inner.start).trim(self.text);
        }
        let sign = Span::new(start, if target.is_empty() { start + name.len() } else { target.end as usize });
        if inner.is_empty() && !id.is_empty() {
            let named = id.of(self.text);
            self.referring.push((self.found.marks.len(), named));
            pen.mark(self.found.marks.len(), start, close + 1, false);
            let label = Label { text: named.to_owned(), number: None, span: sign };
            self.found.marks.push(Mark { label, span: whole, in_note: self.found.in_note, scope: 0 });
            return Some(close + 1);
        }
        let index = self.counted(sign, whole, inner.range(), pen, depth);
        if !id.is_empty() {
            self.named.entry(id.of(self.text)).or_insert(index);
        }
        Some(close + 1)
    }

    /// `cite:[doe99(12), roe]`
    fn cite(&mut self, start: usize, open: usize, end: usize, pen: &mut Pen<'a>) -> Option<usize> {
        let close = self.brackets.close(open, end)?;
        let group = Span::new(open, close + 1);
        let mut at = open + 1;
        for item in self.text[open + 1..close].split(',') {
            let whole = Span::new(at, at + item.len()).trim(self.text);
            at += item.len() + 1;
            let words = whole.of(self.text);
            let key = words.find('(').unwrap_or(words.len());
            let locator = words[key..].strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
            let locator = locator.map(|l| Span::new(key + 1, key + 1 + l.len()).shift(whole.start));
            let span = Span::new(0, key).shift(whole.start);
            let key = words[..key].to_owned();
            if !key.is_empty() && !key.contains(char::is_whitespace) {
                self.found.keys.push(Key { span, key, group, locator, whole, in_note: self.found.in_note });
            }
        }
        pen.cut(start, open);
        Some(close + 1)
    }

    /// `<<id>>`, `<<id,words>>`
    pub fn reference(&mut self, at: usize, s: &str, pen: &mut Pen<'a>, depth: usize) -> Option<usize> {
        let near = &s[..s.floor_char_boundary(300.min(s.len()))];
        let close = near.strip_prefix("<<")?.find(">>")? + 2;
        let inner = &near[2..close];
        let next = at + close + 2;
        match inner.find(',') {
            Some(comma) if depth < DEEPEST => self.words_of(at, at + 3 + comma..at + close, next, pen, depth),
            _ if self.is_listed(inner) => {
                let span = Span::new(at + 2, at + close);
                let (key, in_note) = (inner.to_owned(), self.found.in_note);
                self.found.keys.push(Key { span, key, group: span, locator: None, whole: span, in_note });
                pen.cut(at, at + 2);
                pen.cut(at + close, next);
            }
            _ => pen.cut(at, next),
        }
        Some(next)
    }
}
