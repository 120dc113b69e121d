//! Environments: where a paragraph ends, and what is a table or a quotation.

use super::super::flow::Writer;
use super::lexer::Kind;
use super::walk::Walk;

impl<'a> Walk<'a> {
    pub fn environment(&mut self, at: usize, out: &mut Writer<'a>) -> usize {
        let name = self.source.name(at);
        let span = self.source.tokens[at].span;
        self.end_paragraph(span, out);
        self.enter(name, true);
        match name.trim_end_matches('*') {
            "itemize" | "enumerate" | "description" | "figure" | "table" | "quote" | "quotation" | "verse"
            | "abstract" | "center" | "flushleft" | "flushright" | "document" => self.source.skip(at + 1, "o"),
            "displayquote" => self.source.skip(at + 1, "oo"),
            _ => self.adjacent(at),
        }
    }

    /// Options and arguments that follow a `\begin` at once.
    pub fn adjacent(&self, at: usize) -> usize {
        let mut next = at + 1;
        loop {
            let argument = match self.source.kind(next) {
                Some(Kind::Bracket) => self.source.option(next),
                Some(Kind::Open) => self.source.group(next),
                _ => None,
            };
            match argument {
                Some(argument) => next = argument.next,
                None => return next,
            }
        }
    }

    /// Into a table or a quotation, or out of it.
    pub fn enter(&mut self, name: &str, begins: bool) {
        let name = name.trim_end_matches('*');
        let table = matches!(
            name,
            "tabular"
                | "tabularx"
                | "longtable"
                | "tabulary"
                | "supertabular"
                | "xltabular"
                | "tabu"
                | "longtabu"
                | "tblr"
                | "array"
        );
        let quotation = matches!(
            name,
            "quote"
                | "quotation"
                | "verse"
                | "displayquote"
                | "displaycquote"
                | "blockquote"
                | "quoting"
                | "foreigndisplayquote"
                | "hyphendisplayquote"
        );
        for (is, count) in [(table, &mut self.tables), (quotation, &mut self.quotations)] {
            *count = match begins {
                true => *count + usize::from(is),
                false => count.saturating_sub(usize::from(is)),
            };
        }
    }

    pub fn leave(&mut self, at: usize, out: &mut Writer<'a>) {
        self.end_paragraph(self.source.tokens[at].span, out);
        self.enter(self.source.name(at), false);
    }
}
