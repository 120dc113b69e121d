//! Macros of the manuscript in use: their bodies read, with what the call gives for their parameters.

use super::super::flow::Writer;
use super::commands::Define;
use super::lexer::Kind;
use super::macros::Parameter;
use super::source::Argument;
use super::walk::{DEEPEST, Walk};
use crate::text::Span;
use std::ops::Range;

/// A call of a macro.
pub struct Frame {
    /// The command itself.
    pub name: Span,
    /// With its arguments.
    pub call: Span,
    pub arguments: Vec<Range<usize>>,
    pub outer: Option<usize>,
    /// A note has been made of it.
    pub noted: bool,
}

impl<'a> Walk<'a> {
    pub fn frame(&mut self) -> Option<&mut Frame> {
        self.frame.map(|f| &mut self.frames[f])
    }

    /// Where a stretch stands in the text itself: of a macro's body, the call.
    pub fn place(&mut self, span: Span) -> Span {
        self.frame().map_or(span, |f| f.call)
    }

    pub fn parameter(&mut self, n: u8, span: Span, out: &mut Writer<'a>, depth: usize) {
        let Some(frame) = self.frame else { return self.words(span, out) };
        let Some(argument) = self.argument(n) else { return };
        self.frame = self.frames[frame].outer;
        self.run(argument, out, depth + 1);
        self.frame = Some(frame);
    }

    /// What a parameter of the macro that is being read stands for.
    pub fn argument(&self, n: u8) -> Option<Range<usize>> {
        let arguments = &self.frames[self.frame?].arguments;
        arguments.get((n as usize).checked_sub(1)?).filter(|a| !a.is_empty()).cloned()
    }

    /// The words of an argument and where they stand; `true` where each byte is in its place.
    pub fn verbatim(&mut self, range: &Range<usize>) -> (Span, Span, bool) {
        let bytes = self.source.bytes(range);
        match (self.frame, range.len(), self.source.kind(range.start)) {
            (None, _, _) => (bytes, bytes, true),
            (Some(frame), 1, Some(Kind::Parameter(n))) => {
                let Some(argument) = self.argument(n) else { return (Span::empty(0), self.frames[frame].name, false) };
                self.frame = self.frames[frame].outer;
                let found = self.verbatim(&argument);
                self.frame = Some(frame);
                found
            }
            (Some(frame), _, _) => (bytes, self.frames[frame].name, false),
        }
    }

    pub fn define(&mut self, at: usize, sort: Define) -> usize {
        let source = self.source;
        let (next, defined) = self.macros.define(source, at, sort);
        if let Some((name, body)) = defined {
            self.numbers_by(name, &body);
        }
        next
    }

    /// A command nobody told us of: its options are its own, its arguments text.
    pub fn unknown(&mut self, at: usize, out: &mut Writer<'a>) -> usize {
        let source = self.source;
        let mut next = at + 1;
        let adjacent = source.tokens.get(next).is_some_and(|t| t.span.start == source.tokens[at].span.end);
        while adjacent && let Some(option) = source.option(next) {
            next = option.next;
        }
        // `word\see{label}`: joined to a word, a bare name is no word.
        if let Some(argument) = source.group(next).filter(|_| out.ends_in_word()) {
            let words = source.words(&argument.inner);
            let is_name =
                |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b':' | b'-' | b'_' | b'.');
            if !words.is_empty() && words.bytes().all(is_name) {
                return argument.next;
            }
        }
        next
    }

    /// A macro: its body is read, with what the call gives for its parameters.
    pub fn expand(&mut self, at: usize, name: &str, out: &mut Writer<'a>, depth: usize) -> usize {
        let source = self.source;
        let Some(known) = self.macros.get(name).cloned() else { return at + 1 };
        let mut next = at + 1;
        let mut arguments = Vec::new();
        for parameter in &known.parameters {
            let given = match parameter {
                Parameter::Argument => source.group(next),
                Parameter::Option(default) => {
                    Some(source.option(next).unwrap_or(Argument { inner: default.clone(), next }))
                }
                Parameter::Star => Some(Argument { inner: next..next, next }),
            };
            let Some(given) = given else { break };
            arguments.push(given.inner);
            next = given.next;
        }
        if known.body.len() > self.budget || depth >= DEEPEST {
            return next;
        }
        self.budget -= known.body.len().max(1).min(self.budget);
        let own = source.tokens[at].span;
        let name = self.frame().map_or(own, |f| f.name);
        let call = self.place(own.join(source.tokens[next - 1].span));
        let outer = self.frame.replace(self.frames.len());
        let noted = outer.is_some_and(|o| self.frames[o].noted);
        self.frames.push(Frame { name, call, arguments, outer, noted });
        self.run(known.body, out, depth + 1);
        let frame = self.frames.pop();
        self.frame = outer;
        if let (Some(outer), Some(frame)) = (outer, frame) {
            self.frames[outer].noted |= frame.noted;
        }
        next
    }
}
