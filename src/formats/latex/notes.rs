//! Notes: where they are typed, where only their mark is, where only their text is.

use super::super::flow::Writer;
use super::commands::Series;
use super::lexer::Kind;
use super::source::Argument;
use super::walk::{DEEPEST, Walk};
use crate::model::{BlockKind, Flow, Label, Mark, Note};
use crate::text::Span;

impl<'a> Walk<'a> {
    /// `\footnote[7]{…}`
    pub fn note(&mut self, at: usize, series: Series, out: &mut Writer<'a>, depth: usize) -> usize {
        if depth >= DEEPEST {
            return at + 1;
        }
        let Some((typed, text)) = self.note_arguments(at) else { return at + 1 };
        if self.frame().is_some_and(|f| f.noted) {
            return text.next;
        }
        let number = typed.map_or_else(|| self.numbers.step(series), |t| t.0);
        let span = self.source.tokens[at].span;
        self.made_note(at, series, (number, typed.map_or(span, |t| t.1)), text.next, out, |walk, inner| {
            walk.run(text.inner.clone(), inner, depth + 1);
        })
    }

    /// The number typed in the option of a note and its place; the text.
    fn note_arguments(&mut self, at: usize) -> Option<(Option<(u32, Span)>, Argument)> {
        let source = self.source;
        let mut next = at + 1;
        let mut typed = None;
        if let Some(option) = source.option(next) {
            let (words, place, _) = self.verbatim(&option.inner);
            typed = words.of(source.text).trim().parse().ok().map(|n| (n, place));
            next = option.next;
        }
        if source.name(at).starts_with("start") {
            let end = self.stop(at)?;
            return Some((None, Argument { inner: next..end, next: end + 1 }));
        }
        let text = source.group(next).or_else(|| {
            // A brace nothing closes: the note ends with its paragraph.
            let open = source.kind(next).filter(|k| *k == Kind::Open).map(|_| next)?;
            let end = (open + 1..source.tokens.len())
                .find(|i| matches!(source.kind(*i), Some(Kind::Par | Kind::Begin | Kind::End)));
            let end = end.unwrap_or(source.tokens.len());
            Some(Argument { inner: open + 1..end, next: end })
        })?;
        Some((typed.filter(|_| !source.context), text))
    }

    /// The `\stopfootnote` of a `\startfootnote`.
    fn stop(&self, at: usize) -> Option<usize> {
        let what = &self.source.name(at)["start".len()..];
        let stops = |i: &usize| self.source.name(*i).strip_prefix("stop") == Some(what);
        (at + 1..self.source.tokens.len()).take_while(|i| self.source.kind(*i) != Some(Kind::Begin)).find(stops)
    }

    /// A note whose mark stands where it is typed. `read` reads its text.
    pub fn made_note(
        &mut self,
        at: usize,
        series: Series,
        (number, label): (u32, Span),
        next: usize,
        out: &mut Writer<'a>,
        read: impl FnOnce(&mut Walk<'a>, &mut Writer<'a>),
    ) -> usize {
        let source = self.source;
        let span = self.place(source.tokens[at].span.join(source.tokens[next - 1].span));
        let label = match self.frame() {
            Some(frame) => {
                frame.noted = true;
                frame.name
            }
            None => label,
        };
        let label = self.numbers.label(series, number, label);
        self.mark(label.clone(), span, out);
        let index = self.add_note(label, span, series, true);
        let mut inner = Writer::new(source.text, span.len());
        self.within(Some(index), |walk| read(walk, &mut inner));
        inner.drop_space();
        self.found.notes[index].flow = inner.finish();
        next
    }

    fn add_note(&mut self, label: Label, span: Span, series: Series, inline: bool) -> usize {
        let scope = self.numbers.scope();
        self.found.notes.push(Note { label, scope, span, flow: Flow::default(), inline });
        self.found.series.push(series);
        self.found.notes.len() - 1
    }

    /// A mark. Before white space or a stop it takes the place of the space before it.
    fn mark(&mut self, label: Label, span: Span, out: &mut Writer<'a>) {
        let next = self.source.text[span.end as usize..].chars().next();
        if next.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':')) {
            out.drop_space();
        }
        if self.inline == 0 && self.frame.is_none() {
            self.found.block(BlockKind::Paragraph, span.start);
        }
        out.mark(self.found.marks.len());
        let (in_note, scope) = (self.in_note, self.numbers.scope());
        self.found.marks.push(Mark { label, span, in_note, scope });
    }

    /// Reads what is no part of the paragraph around it: a note, a heading, a caption.
    pub fn within(&mut self, note: Option<usize>, read: impl FnOnce(&mut Walk<'a>)) {
        let outer = std::mem::replace(&mut self.in_note, note);
        self.inline += 1;
        read(self);
        self.inline -= 1;
        self.in_note = outer;
    }

    /// `\footnotemark[3]`
    pub fn note_mark(&mut self, at: usize, name: &str, out: &mut Writer<'a>) -> usize {
        let series = series(name);
        let option = self.source.option(at + 1);
        let next = option.as_ref().map_or(at + 1, |o| o.next);
        let own = self.source.tokens[at].span;
        let span = self.place(own.join(self.source.tokens[next - 1].span));
        let typed = option.map(|o| self.verbatim(&o.inner));
        let (number, place) = match typed {
            None => (self.numbers.step(series), self.place(own)),
            Some((words, place, _)) => match words.of(self.source.text).trim().parse() {
                Ok(number) => (number, place),
                // `\footnotemark[\value{footnote}]`: a number that TeX works out
                Err(_) => return next,
            },
        };
        let label = self.numbers.label(series, number, place);
        self.mark(label, span, out);
        next
    }

    /// `\footnotetext[3]{…}`: without a number, of the last mark.
    pub fn note_text(&mut self, at: usize, name: &str, depth: usize) -> usize {
        if depth >= DEEPEST {
            return at + 1;
        }
        let Some((typed, text)) = self.note_arguments(at) else { return at + 1 };
        let series = series(name);
        let own = self.source.tokens[at].span;
        let span = self.place(own.join(self.source.tokens[text.next - 1].span));
        let (number, place) = typed.unwrap_or((self.numbers.value(series), own));
        let place = self.frame().map_or(place, |f| f.name);
        let label = self.numbers.label(series, number, place);
        let index = self.add_note(label, span, series, false);
        let mut inner = Writer::new(self.source.text, span.len());
        self.within(Some(index), |walk| walk.run(text.inner, &mut inner, depth + 1));
        inner.drop_space();
        self.found.notes[index].flow = inner.finish();
        text.next
    }

    /// `\footref{label}`: the same note once more.
    pub fn note_again(&mut self, at: usize, out: &mut Writer<'a>) -> usize {
        let Some(argument) = self.source.group(at + 1) else { return at + 1 };
        self.found.refers = true;
        let (words, place, _) = self.verbatim(&argument.inner);
        let own = self.source.tokens[at].span;
        let span = self.place(own.join(self.source.tokens[argument.next - 1].span));
        if let Some(text) = self.found.known.get(words.of(self.source.text).trim()).cloned() {
            let number = text.parse().ok();
            self.mark(Label { text, number, span: place }, span, out);
        }
        argument.next
    }
}

fn series(name: &str) -> Series {
    match name.as_bytes()[0] {
        b'e' => Series::End,
        b's' => Series::Side,
        _ => Series::Foot,
    }
}
