//! Commands a manuscript defines for itself: `\newcommand{\fn}[1]{\footnote{#1}}`.

use super::commands::Define;
use super::lexer::Kind;
use super::source::Source;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A command with its parameters and what it is replaced with. All ranges are tokens.
#[derive(Clone, Debug)]
pub struct Macro {
    pub parameters: Vec<Parameter>,
    pub body: Range<usize>,
}

#[derive(Clone, Debug)]
pub enum Parameter {
    Argument,
    /// With what stands for it when it is not given.
    Option(Range<usize>),
    Star,
}

#[derive(Default)]
pub struct Macros<'a> {
    known: FxHashMap<&'a str, Macro>,
    /// `\let\fn=\footnote`
    aliases: FxHashMap<&'a str, &'a str>,
}

impl<'a> Macros<'a> {
    pub fn get(&self, name: &str) -> Option<&Macro> {
        self.known.get(name)
    }

    /// The command that a name stands for.
    pub fn alias(&self, name: &'a str) -> &'a str {
        self.aliases.get(name).copied().unwrap_or(name)
    }

    /// Takes in the definition that begins at a token; the token behind it, and the name and body of what it defines.
    pub fn define(&mut self, source: &Source<'a>, at: usize, sort: Define) -> (usize, Option<(&'a str, Range<usize>)>) {
        let mut next = at + 1;
        if sort == Define::Environment {
            return (source.skip(next, "moomm"), None);
        }
        // `\define[2]\name{…}` of ConTeXt
        let counted = source.option(next);
        next = counted.as_ref().map_or(next, |c| c.next);
        let Some((name, mut next)) = source.command_name(next) else { return (next, None) };
        if sort == Define::Let {
            return (self.set_alias(source, name, next), None);
        }
        let mut parameters = Vec::new();
        let plain = |n: usize| vec![Parameter::Argument; n.min(9)];
        match sort {
            Define::New | Define::Renew => {
                if let Some(count) = source.option(next) {
                    next = count.next;
                    parameters = plain(source.words(&count.inner).trim().parse().unwrap_or(0));
                    if let Some(default) = source.option(next) {
                        next = default.next;
                        if let Some(first) = parameters.first_mut() {
                            *first = Parameter::Option(default.inner);
                        }
                    }
                }
            }
            Define::Document => {
                let Some(given) = source.group(next) else { return (next, None) };
                next = given.next;
                let Some(given) = signature(source, given.inner) else { return (source.skip(next, "m"), None) };
                parameters = given;
            }
            _ => {
                let given = |i: usize| matches!(source.kind(i), Some(Kind::Parameter(n)) if n > 0);
                let count = (next..).take_while(|i| given(*i)).count();
                next += count;
                let counted = counted.and_then(|c| source.words(&c.inner).trim().parse().ok());
                parameters = plain(counted.unwrap_or(count));
            }
        }
        let Some(body) = source.group(next) else { return (next, None) };
        let new = sort != Define::Renew && sort != Define::Def || super::commands::does(name).is_none();
        if new {
            self.known.insert(name, Macro { parameters, body: body.inner.clone() });
        }
        (body.next, Some((name, body.inner)))
    }

    fn set_alias(&mut self, source: &Source<'a>, name: &'a str, mut next: usize) -> usize {
        let sign =
            |i: usize| source.tokens.get(i).filter(|t| t.kind == Kind::Words).map(|t| t.span.of(source.text).trim());
        if sign(next) == Some("=") {
            next += 1;
        }
        if source.kind(next) != Some(Kind::Command) {
            return next;
        }
        let meant = self.alias(source.name(next));
        if super::commands::does(name).is_none() {
            match self.known.get(meant).cloned() {
                Some(known) => drop(self.known.insert(name, known)),
                None => drop(self.aliases.insert(name, meant)),
            }
        }
        next + 1
    }
}

/// `{s O{see} m}`: what `\NewDocumentCommand` takes, if it is nothing unusual.
fn signature(source: &Source, range: Range<usize>) -> Option<Vec<Parameter>> {
    let mut parameters = Vec::new();
    let mut at = range.start;
    while at < range.end {
        if source.kind(at) != Some(Kind::Words) {
            return None;
        }
        for sort in source.tokens[at].span.of(source.text).chars().filter(|c| !c.is_whitespace()) {
            parameters.push(match sort {
                'm' => Parameter::Argument,
                'o' => Parameter::Option(at..at),
                'O' => {
                    let default = source.group(at + 1)?;
                    at = default.next - 1;
                    Parameter::Option(default.inner)
                }
                's' => Parameter::Star,
                '+' | '!' => continue,
                _ => return None,
            });
        }
        at += 1;
    }
    (parameters.len() <= 9).then_some(parameters)
}
