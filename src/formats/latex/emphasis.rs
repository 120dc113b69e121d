//! Emphasis and quotation marks: what is set off from the words around it.

use super::super::flow::Writer;
use super::commands::{Does, does};
use super::lexer::Kind;
use super::source::Argument;
use super::walk::{DEEPEST, Walk};
use crate::text::Span;
use std::ops::Range;

impl<'a> Walk<'a> {
    /// Tokens in which a font command holds until the end: `{\em Title}`.
    pub fn scope(&mut self, range: Range<usize>, open: usize, out: &mut Writer<'a>, depth: usize) {
        let mut at = range.start;
        let mut emphasis: Option<(u32, usize)> = None;
        while at < range.end {
            let command = self.source.kind(at) == Some(Kind::Command);
            if command && emphasis.is_none() && does(self.source.name(at)) == Some(Does::EmphasisOn) {
                let from = if at == open + 1 { open } else { at };
                self.dress(self.source.tokens[from].span.join(self.source.tokens[at].span), at + 1, out);
                emphasis = Some((out.position(), self.ended));
                at += 1;
                continue;
            }
            at = self.token(at, out, depth + 1).max(at + 1);
        }
        if let Some((start, ended)) = emphasis {
            self.emphasised(start, ended, range.end, out);
        }
    }

    /// An emphasis sign stands here, up to the token behind it.
    pub fn dress(&mut self, sign: Span, next: usize, out: &mut Writer<'a>) {
        if self.frame.is_none() {
            let behind = self.source.tokens.get(next).map_or(sign.end, |t| t.span.start);
            out.dress(Span { start: sign.start, end: behind.max(sign.end) });
        }
    }

    /// Emphasis that began at `start` ends with the closing brace.
    pub fn emphasised(&mut self, start: u32, ended: usize, close: usize, out: &mut Writer<'a>) {
        // Whole paragraphs in italics are no emphasis.
        if ended == self.ended {
            out.emphasise(start);
        }
        if self.frame.is_none()
            && let Some(close) = self.source.tokens.get(close)
        {
            out.dress(close.span);
        }
    }

    pub fn emphasis(&mut self, at: usize, out: &mut Writer<'a>, depth: usize) -> usize {
        let Some(Argument { inner, next }) = self.source.group(at + 1).filter(|_| depth < DEEPEST) else {
            return at + 1;
        };
        let open = self.source.tokens[inner.start - 1].span;
        self.dress(self.source.tokens[at].span.join(open), inner.start, out);
        let (start, ended) = (out.position(), self.ended);
        self.run(inner, out, depth + 1);
        self.emphasised(start, ended, next - 1, out);
        next
    }

    /// `\enquote{…}`: marks by how deep it stands in others.
    pub fn quote(&mut self, at: usize, name: &str, before: &str, out: &mut Writer<'a>, depth: usize) -> usize {
        let source = self.source;
        let mut next = at + 1;
        let mut citation = None;
        for sort in before.bytes() {
            match sort {
                b'm' => next = source.skip(next, "m"),
                b'o' => {
                    if let Some(option) = source.option(next) {
                        citation = citation.or(Some(option.inner));
                        next = option.next;
                    }
                }
                _ => next = source.skip(next, "oom"),
            }
        }
        let key = before == "c";
        let Some(Argument { inner, next }) = source.group(next).filter(|_| depth < DEEPEST) else { return at + 1 };
        let single = name == "quote" || name != "quotation" && self.quotes % 2 == 1;
        let (open, close) = if single { ("‘", "’") } else { ("“", "”") };
        let span = |a: usize| source.tokens[a].span;
        let starred = span(at).of(source.text).ends_with('*') && self.quotes == 0;
        let (open, close) = if starred { ("‘", "’") } else { (open, close) };
        self.set(open, span(at).join(span(inner.start - 1)), out);
        self.quotes += 1;
        self.run(inner, out, depth + 1);
        self.quotes -= 1;
        self.set(close, span(next - 1), out);
        if key {
            self.set(" ", Span::empty(span(next - 1).end as usize), out);
            self.cite(at, super::commands::Cite::Group, out, depth + 1);
        } else if let Some(citation) = citation.filter(|c| !c.is_empty()) {
            let edges = (span(citation.start - 1), span(citation.end));
            self.set(" (", edges.0, out);
            self.run(citation, out, depth + 1);
            self.set(")", edges.1, out);
        }
        next
    }
}
