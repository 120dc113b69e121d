//! Citation commands of LaTeX, natbib, biblatex and ConTeXt, read as Pandoc would write them: `[see @doe99, pp. 3-5; @roe]`.

use super::super::flow::Writer;
use super::commands::{Cite, Series};
use super::source::Argument;
use super::walk::Walk;
use crate::model::Key;
use crate::text::Span;
use std::ops::Range;

/// The keys of one braces, and what stands before and behind them.
struct Item {
    before: Option<Argument>,
    behind: Option<Argument>,
    keys: Argument,
    /// The first of its tokens.
    first: usize,
}

/// A citation command with all its items.
struct Command {
    /// The texts in parentheses of a multicite.
    before: Option<Argument>,
    behind: Option<Argument>,
    items: Vec<Item>,
    next: usize,
}

impl<'a> Walk<'a> {
    pub fn cite(&mut self, at: usize, cite: Cite, out: &mut Writer<'a>, depth: usize) -> usize {
        let Some(command) = self.items(at, cite) else { return at + 1 };
        let next = command.next;
        if cite == Cite::No {
            for item in &command.items {
                let list = self.verbatim(&item.keys.inner).0.of(self.source.text);
                self.found.nocite.extend(list.split(',').map(|k| k.trim().to_owned()).filter(|k| !k.is_empty()));
            }
            return next;
        }
        let own_note = self.in_note.is_none() && (cite == Cite::Foot || cite == Cite::Auto && self.auto_notes);
        if own_note && !self.frame().is_some_and(|f| f.noted) {
            let number = self.numbers.step(Series::Foot);
            let label = self.source.tokens[at].span;
            return self.made_note(at, Series::Foot, (number, label), next, out, |walk, inner| {
                walk.write(at, Cite::Foot, command, inner, depth);
            });
        }
        self.write(at, cite, command, out, depth);
        next
    }

    fn items(&self, at: usize, cite: Cite) -> Option<Command> {
        let source = self.source;
        let several = source.name(at).trim_end_matches('*').ends_with('s') && cite != Cite::Text
            || source.name(at) == "textcites";
        let mut next = at + 1;
        let mut outer = [None, None];
        for slot in outer.iter_mut().filter(|_| several) {
            *slot = source.paren(next);
            next = slot.as_ref().map_or(next, |p: &Argument| p.next);
        }
        let mut items: Vec<Item> = Vec::new();
        while items.is_empty() || several {
            let first = next;
            let mut options: Vec<Argument> = Vec::new();
            while let Some(option) = source.option(next).filter(|_| options.len() < 2) {
                next = option.next;
                options.push(option);
            }
            if cite == Cite::Volume
                && let Some(volume) = source.group(next)
            {
                next = volume.next;
                options.extend(source.option(next));
                next = options.last().map_or(next, |o| o.next.max(next));
            }
            let group = if items.is_empty()
                || source.tokens.get(next).is_some_and(|t| t.span.start == source.tokens[next - 1].span.end)
            {
                source.group(next)
            } else {
                None
            };
            let keys = match group {
                Some(keys) => keys,
                // `\cite[see][key]` of ConTeXt
                None if source.context && items.is_empty() => options.pop()?,
                None => break,
            };
            next = keys.next;
            let behind = options.pop();
            items.push(Item { before: options.pop(), behind, keys, first });
        }
        let [before, behind] = outer;
        let next = items.last()?.keys.next;
        Some(Command { before, behind, items, next })
    }

    /// Writes the command into the flow and its keys into the manuscript.
    fn write(&mut self, at: usize, cite: Cite, command: Command, out: &mut Writer<'a>, depth: usize) {
        let span = |token: usize| self.source.tokens[token].span;
        let (own, last) = (span(at), span(command.next - 1));
        let group = self.place(own.join(last));
        let brackets = !matches!(cite, Cite::Foot | Cite::Text);
        if brackets {
            self.set("[", own, out);
        }
        self.aside(command.before.as_ref(), "", " ", out, depth);
        let single = command.items.len() == 1;
        for (i, item) in command.items.iter().enumerate() {
            if i > 0 {
                self.set("; ", Span::empty(self.source.tokens[item.first].span.start as usize), out);
            }
            self.aside(item.before.as_ref(), "", " ", out, depth);
            let keys = self.keys(&item.keys.inner);
            let locator = item.behind.as_ref().and_then(|b| self.locator(&b.inner));
            for (k, (key, place, exact)) in keys.iter().enumerate() {
                let before = Span { start: place.start.saturating_sub(1), end: place.start };
                self.set(if k > 0 { "; @" } else { "@" }, if *exact { before } else { *place }, out);
                match exact {
                    true => out.words(*place),
                    false => out.instead(key, *place),
                }
                let own = self.source.tokens[item.first].span.join(self.source.tokens[item.keys.next - 1].span);
                let whole = match (keys.len(), single) {
                    (1, true) => group,
                    (1, false) if self.frame.is_none() => own,
                    _ => *place,
                };
                let locator = locator.filter(|_| k + 1 == keys.len());
                self.found.keys.push(Key {
                    span: *place,
                    key: key.clone(),
                    group,
                    locator,
                    whole,
                    in_note: self.in_note,
                });
            }
            if cite == Cite::Text {
                self.aside(item.behind.as_ref(), " [", "]", out, depth);
            } else {
                self.aside(item.behind.as_ref(), ", ", "", out, depth);
            }
        }
        self.aside(command.behind.as_ref(), " ", "", out, depth);
        if brackets {
            self.set("]", Span { start: last.end - 1, end: last.end }, out);
        }
    }

    /// A text before or behind keys, if it says something.
    fn aside(&mut self, text: Option<&Argument>, open: &str, close: &str, out: &mut Writer<'a>, depth: usize) {
        let Some(Argument { inner, next }) = text.filter(|t| !self.source.words(&t.inner).trim().is_empty()) else {
            return;
        };
        // An option that was not given in the call of a macro.
        if self.frame.is_some() && self.verbatim(inner).0.is_empty() {
            return;
        }
        let edges = (self.source.tokens[inner.start - 1].span, self.source.tokens[next - 1].span);
        self.set(open, edges.0, out);
        self.run(inner.clone(), out, depth + 1);
        self.set(close, edges.1, out);
    }

    /// The keys of a list: each with its place, and whether the place has its very letters.
    fn keys(&mut self, range: &Range<usize>) -> Vec<(String, Span, bool)> {
        let (words, place, exact) = self.verbatim(range);
        let list = words.of(self.source.text);
        let mut keys = Vec::new();
        let mut start = words.start;
        for typed in list.split(',') {
            let span = Span { start, end: start + typed.len() as u32 }.trim(self.source.text);
            start += typed.len() as u32 + 1;
            let key = span.of(self.source.text);
            let odd = |c: char| c.is_whitespace() || matches!(c, '\\' | '{' | '}' | '%' | '#' | '*' | '[' | ']');
            if !key.is_empty() && !key.contains(odd) {
                keys.push((key.to_owned(), if exact { span } else { place }, exact));
            }
        }
        keys
    }

    fn locator(&mut self, range: &Range<usize>) -> Option<Span> {
        let (words, _, exact) = self.verbatim(range);
        let span = words.trim(self.source.text);
        (exact && !span.is_empty()).then_some(span)
    }
}
