//! A text with its tokens, and the arguments of its commands: groups, options, names.

use super::lexer::{self, Kind, Token};
use crate::text::Span;
use std::ops::Range;

pub struct Source<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
    /// ConTeXt: options name and caption where those of LaTeX number.
    pub context: bool,
}

/// An argument: its tokens without the signs around them, and the token behind it.
#[derive(Clone, Debug)]
pub struct Argument {
    pub inner: Range<usize>,
    pub next: usize,
}

/// How far the end of an option is looked for, in tokens.
const FAR: usize = 400;

impl<'a> Source<'a> {
    pub fn new(text: &'a str) -> Source<'a> {
        let tokens = lexer::tokens(text);
        let of_context = |t: &Token| {
            t.kind == Kind::Command
                && matches!(
                    &t.span.of(text)[1..],
                    "starttext"
                        | "startcomponent"
                        | "startproduct"
                        | "startproject"
                        | "startchapter"
                        | "startsection"
                        | "startenvironment"
                        | "setupbodyfont"
                        | "setuplayout"
                        | "startdocument"
                )
        };
        let context = tokens.iter().any(of_context);
        Source { text, tokens, context }
    }

    pub fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|t| t.kind)
    }

    pub fn name(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |t| lexer::name(self.text, t))
    }

    /// The bytes from the first token of a range to its last.
    pub fn bytes(&self, range: &Range<usize>) -> Span {
        match (self.tokens.get(range.start), self.tokens.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if range.start < range.end => first.span.join(last.span),
            (Some(first), _) => Span::empty(first.span.start as usize),
            _ => Span::empty(self.text.len()),
        }
    }

    pub fn words(&self, range: &Range<usize>) -> &'a str {
        self.bytes(range).of(self.text)
    }

    fn is_blank(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::LineEnd | Kind::Comment) => true,
            Some(Kind::Words) => self.tokens[at].span.of(self.text).trim().is_empty(),
            _ => false,
        }
    }

    /// `{…}`, blanks before it allowed.
    pub fn group(&self, mut at: usize) -> Option<Argument> {
        while self.is_blank(at) {
            at += 1;
        }
        let token = self.tokens.get(at).filter(|t| t.kind == Kind::Open)?;
        let close = token.mate? as usize;
        Some(Argument { inner: at + 1..close, next: close + 1 })
    }

    /// `[…]`, where it follows at once.
    pub fn option(&self, mut at: usize) -> Option<Argument> {
        while self.kind(at) == Some(Kind::Comment) {
            at += 1;
        }
        self.enclosed(at, Kind::Bracket, Kind::Unbracket)
    }

    /// `(…)` of a multicite command.
    pub fn paren(&self, at: usize) -> Option<Argument> {
        self.enclosed(at, Kind::Paren, Kind::Unparen)
    }

    fn enclosed(&self, start: usize, open: Kind, close: Kind) -> Option<Argument> {
        self.kind(start).filter(|k| *k == open)?;
        let mut depth = 0;
        let mut at = start;
        while at < self.tokens.len() && at - start < FAR {
            match self.tokens[at].kind {
                Kind::Open => at = self.tokens[at].mate.map_or(at, |m| m as usize),
                Kind::Close | Kind::Par => return None,
                kind if kind == open => depth += 1,
                kind if kind == close => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(Argument { inner: start + 1..at, next: at + 1 });
                    }
                }
                _ => {}
            }
            at += 1;
        }
        None
    }

    /// Past the arguments that are there: `o` an option, `m` an argument.
    pub fn skip(&self, mut at: usize, arguments: &str) -> usize {
        for sort in arguments.bytes() {
            let found = if sort == b'o' { self.option(at) } else { self.group(at) };
            at = found.map_or(at, |a| a.next);
        }
        at
    }

    /// The name of a command given as an argument: `{\name}` or `\name`.
    pub fn command_name(&self, at: usize) -> Option<(&'a str, usize)> {
        if self.kind(at) == Some(Kind::Command) {
            return Some((self.name(at), at + 1));
        }
        let argument = self.group(at)?;
        let first = argument.inner.clone().find(|i| self.kind(*i) == Some(Kind::Command))?;
        Some((self.name(first), argument.next))
    }

    /// The value of a key in an option: `title={Words}` or `title=Words`.
    pub fn value(&self, option: &Range<usize>, key: &str) -> Option<Range<usize>> {
        let at = option.clone().find(|i| {
            let word = self.tokens[*i].span.of(self.text).trim_end();
            self.kind(*i) == Some(Kind::Words) && word.strip_suffix('=').is_some_and(|w| w.trim_end().ends_with(key))
        })?;
        self.group(at + 1).filter(|a| a.next <= option.end).map(|a| a.inner)
    }
}
