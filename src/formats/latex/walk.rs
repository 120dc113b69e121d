//! The way through the tokens: words into flows, commands done as the table says, macros replaced.

use super::super::flow::Writer;
use super::commands::{Define, Does, does};
use super::found::Found;
use super::letters;
use super::lexer::Kind;
use super::macros::{Macros, Parameter};
use super::numbers::Numbers;
use super::source::{Argument, Source};
use crate::model::BlockKind;
use crate::text::Span;
use std::ops::Range;

/// Groups within groups deeper than this are read as if they had no braces.
pub const DEEPEST: usize = 48;

pub struct Walk<'a> {
    pub source: &'a Source<'a>,
    pub found: Found<'a>,
    pub numbers: Numbers,
    pub macros: Macros<'a>,
    /// Calls of macros that are being read.
    frames: Vec<Frame>,
    /// The call whose body is read; none in the text of the file itself.
    pub frame: Option<usize>,
    pub in_note: Option<usize>,
    /// Inside notes, headings and captions: no paragraph ends there.
    pub inline: usize,
    /// Words before this byte have been read with an accent.
    resume: u32,
    /// Quotation marks that are open.
    quotes: usize,
    /// Tables and quotations that are open.
    tables: usize,
    quotations: usize,
    /// Paragraphs that have ended.
    ended: usize,
    /// Tokens that macros may still be replaced with.
    budget: usize,
    /// `\autocite` makes notes.
    pub auto_notes: bool,
}

/// A call of a macro.
pub struct Frame {
    /// The command itself.
    pub name: Span,
    /// With its arguments.
    pub call: Span,
    arguments: Vec<Range<usize>>,
    outer: Option<usize>,
    /// A note has been made of it.
    pub noted: bool,
}

impl<'a> Walk<'a> {
    pub fn new(source: &'a Source<'a>, found: Found<'a>) -> Walk<'a> {
        Walk {
            source,
            found,
            numbers: Numbers::default(),
            macros: Macros::default(),
            frames: Vec::new(),
            frame: None,
            in_note: None,
            inline: 0,
            resume: 0,
            quotes: 0,
            tables: 0,
            quotations: 0,
            ended: 0,
            budget: 4 * source.tokens.len() + 10_000,
            auto_notes: false,
        }
    }

    /// Reads a stretch of tokens.
    pub fn run(&mut self, range: Range<usize>, out: &mut Writer<'a>, depth: usize) {
        let mut at = range.start;
        while at < range.end {
            at = self.token(at, out, depth).max(at + 1);
        }
    }

    pub fn frame(&mut self) -> Option<&mut Frame> {
        self.frame.map(|f| &mut self.frames[f])
    }

    /// Where a stretch stands in the text itself: of a macro's body, the call.
    pub fn place(&mut self, span: Span) -> Span {
        self.frame().map_or(span, |f| f.call)
    }

    /// Text as the file has it.
    pub fn words(&mut self, span: Span, out: &mut Writer<'a>) {
        let span = Span { start: span.start.max(self.resume).min(span.end), end: span.end };
        let text = self.source.text;
        match self.frame {
            Some(frame) => out.instead(span.of(text), self.frames[frame].name),
            None => {
                self.in_paragraph(span);
                out.words(span);
            }
        }
    }

    /// Text that the file says otherwise.
    pub fn set(&mut self, text: &str, span: Span, out: &mut Writer<'a>) {
        match self.frame {
            Some(frame) => out.instead(text, self.frames[frame].name),
            None => {
                if text != " " {
                    self.in_paragraph(span);
                }
                out.instead(text, span);
            }
        }
    }

    fn in_paragraph(&mut self, span: Span) {
        if self.inline == 0 {
            let kind = if self.quotations > 0 { BlockKind::Quotation } else { BlockKind::Paragraph };
            self.found.block(kind, span.start);
        }
    }

    /// The paragraph ends here, if we are in one.
    pub fn end_paragraph(&mut self, span: Span, out: &mut Writer<'a>) {
        if self.inline > 0 {
            return self.set(" ", span, out);
        }
        self.ended += 1;
        let writer = std::mem::replace(out, Writer::new(self.source.text, 512));
        self.found.paragraph(writer);
    }

    fn token(&mut self, at: usize, out: &mut Writer<'a>, depth: usize) -> usize {
        let token = self.source.tokens[at];
        let span = token.span;
        match token.kind {
            Kind::Words | Kind::Bracket | Kind::Unbracket | Kind::Paren | Kind::Unparen => self.words(span, out),
            Kind::LineEnd => self.set(" ", span, out),
            Kind::Par => {
                self.end_paragraph(span, out);
                self.skipped(BlockKind::Blank, span);
            }
            Kind::Ligature(set) => self.set(set, span, out),
            Kind::Cell if self.tables > 0 => self.end_paragraph(span, out),
            Kind::Cell => self.words(span, out),
            Kind::Open => return self.group(at, token.mate, out, depth),
            Kind::Close | Kind::Code | Kind::Hidden => {}
            Kind::Parameter(n) => self.parameter(n, span, out, depth),
            Kind::Math => self.math(span, out),
            Kind::Display => self.skipped(BlockKind::Math, span),
            Kind::Listing => {
                self.end_paragraph(span, out);
                self.skipped(BlockKind::Code, span);
            }
            Kind::Url => self.words(inside(self.source.text, span), out),
            Kind::Comment => self.skipped(BlockKind::Comment, span),
            Kind::Begin => return self.environment(at, out),
            Kind::End => self.leave(at, out),
            Kind::Command => return self.command(at, out, depth),
        }
        at + 1
    }

    /// What is no text: a block of its own where it begins a line.
    fn skipped(&mut self, kind: BlockKind, span: Span) {
        if self.inline > 0 || self.frame.is_some() {
            return;
        }
        let before = &self.source.text[..span.start as usize];
        let line = before.trim_end_matches([' ', '\t']).len();
        if line == 0 || before[..line].ends_with(['\n', '\r']) {
            self.found.block(kind, if kind == BlockKind::Comment { line as u32 } else { span.start });
        }
    }

    fn parameter(&mut self, n: u8, span: Span, out: &mut Writer<'a>, depth: usize) {
        let Some(frame) = self.frame else { return self.words(span, out) };
        let Some(argument) = self.argument(n) else { return };
        self.frame = self.frames[frame].outer;
        self.run(argument, out, depth + 1);
        self.frame = Some(frame);
    }

    /// What a parameter of the macro that is being read stands for.
    fn argument(&self, n: u8) -> Option<Range<usize>> {
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

    /// A formula of plain signs is read as they stand.
    fn math(&mut self, span: Span, out: &mut Writer<'a>) {
        let s = span.of(self.source.text);
        let inner = s.strip_prefix('$').and_then(|s| s.strip_suffix('$')).unwrap_or("");
        let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+' | b'/' | b'(' | b')' | b':');
        if !inner.is_empty() && inner.bytes().all(plain) {
            self.words(Span { start: span.start + 1, end: span.end - 1 }, out);
        }
    }

    /// `{…}`, with what a font command in it does until its end.
    fn group(&mut self, at: usize, mate: Option<u32>, out: &mut Writer<'a>, depth: usize) -> usize {
        let Some(close) = mate.map(|m| m as usize).filter(|_| depth < DEEPEST) else { return at + 1 };
        self.scope(at + 1..close, at, out, depth);
        close + 1
    }

    /// Tokens in which a font command holds until the end: `{\em Title}`.
    fn scope(&mut self, range: Range<usize>, open: usize, out: &mut Writer<'a>, depth: usize) {
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
    fn dress(&mut self, sign: Span, next: usize, out: &mut Writer<'a>) {
        if self.frame.is_none() {
            let behind = self.source.tokens.get(next).map_or(sign.end, |t| t.span.start);
            out.dress(Span { start: sign.start, end: behind.max(sign.end) });
        }
    }

    /// Emphasis that began at `start` ends with the closing brace.
    fn emphasised(&mut self, start: u32, ended: usize, close: usize, out: &mut Writer<'a>) {
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

    fn command(&mut self, at: usize, out: &mut Writer<'a>, depth: usize) -> usize {
        let name = self.macros.alias(self.source.name(at));
        if self.macros.get(name).is_some() {
            return self.expand(at, name, out, depth);
        }
        let span = self.source.tokens[at].span;
        match does(name) {
            Some(Does::Note(series)) => self.note(at, series, out, depth),
            Some(Does::NoteMark) => self.note_mark(at, name, out),
            Some(Does::NoteText) => self.note_text(at, name, depth),
            Some(Does::NoteAgain) => self.note_again(at, out),
            Some(Does::Cite(cite)) => self.cite(at, cite, out, depth),
            Some(Does::Emphasis) => self.emphasis(at, out, depth),
            Some(Does::Quote(before)) => self.quote(at, name, before, out, depth),
            Some(Does::Accent(accent)) => self.accent(at, accent, out),
            Some(Does::Set(text)) => {
                self.set(text, span, out);
                at + 1
            }
            Some(Does::Skip(arguments)) => self.source.skip(at + 1, arguments),
            Some(Does::Paragraph) => {
                self.end_paragraph(span, out);
                self.source.skip(at + 1, if name == "bibitem" { "om" } else { "" })
            }
            Some(Does::Break) => {
                if name == "\\" && self.tables > 0 {
                    self.end_paragraph(span, out);
                } else {
                    self.set(" ", span, out);
                }
                if name == "\\" { self.source.skip(at + 1, "o") } else { at + 1 }
            }
            Some(Does::EmphasisOn) => at + 1,
            Some(Does::Define(sort)) => self.define(at, sort),
            Some(does) => self.structure(at, name, does, out, depth),
            None => self.unknown(at, out),
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
    fn unknown(&mut self, at: usize, out: &mut Writer<'a>) -> usize {
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

    fn emphasis(&mut self, at: usize, out: &mut Writer<'a>, depth: usize) -> usize {
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
    fn quote(&mut self, at: usize, name: &str, before: &str, out: &mut Writer<'a>, depth: usize) -> usize {
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

    /// `\v{s}`, `\"o`, `\'\i`: one letter that stands for all of it.
    fn accent(&mut self, at: usize, accent: char, out: &mut Writer<'a>) -> usize {
        let start = self.source.tokens[at].span.start;
        let Some((letter, end, next)) = self.accented(at, accent, 0) else { return at + 1 };
        self.set(&letter, Span { start, end }, out);
        next
    }

    /// The letter with its accent, the byte and the token behind it.
    fn accented(&mut self, at: usize, accent: char, depth: usize) -> Option<(String, u32, usize)> {
        let source = self.source;
        let token = source.tokens.get(at + 1)?;
        match token.kind {
            Kind::Words => {
                let c = token.span.of(source.text).chars().next().filter(|c| c.is_alphabetic())?;
                let end = token.span.start + c.len_utf8() as u32;
                let next = if end == token.span.end { at + 2 } else { at + 1 };
                self.resume = self.resume.max(end);
                Some((letters::accented(c.encode_utf8(&mut [0; 4]), accent), end, next))
            }
            Kind::Command => match does(source.name(at + 1))? {
                Does::Set(letter) => Some((letters::accented(letter, accent), token.span.end, at + 2)),
                Does::Accent(inner) if depth < 3 => {
                    let (letter, end, next) = self.accented(at + 1, inner, depth + 1)?;
                    Some((letters::accented(&letter, accent), end, next))
                }
                _ => None,
            },
            Kind::Open => {
                let argument = source.group(at + 1)?;
                let first = argument.inner.start;
                let end = source.tokens[argument.next - 1].span.end;
                let letter = match source.kind(first) {
                    _ if argument.inner.is_empty() => return None,
                    Some(Kind::Words) => letters::accented(source.words(&argument.inner).trim(), accent),
                    _ => self.accented(first - 1, accent, depth + 1).filter(|_| depth < 3)?.0,
                };
                Some((letter, end, argument.next))
            }
            _ => None,
        }
    }

    /// A macro: its body is read, with what the call gives for its parameters.
    fn expand(&mut self, at: usize, name: &str, out: &mut Writer<'a>, depth: usize) -> usize {
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

    fn environment(&mut self, at: usize, out: &mut Writer<'a>) -> usize {
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
    fn adjacent(&self, at: usize) -> usize {
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

    fn leave(&mut self, at: usize, out: &mut Writer<'a>) {
        self.end_paragraph(self.source.tokens[at].span, out);
        self.enter(self.source.name(at), false);
    }
}

/// What stands between the braces or signs of an address.
fn inside(text: &str, span: Span) -> Span {
    let s = span.of(text);
    let name = 1 + s[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let open = name + s[name..].find(|c: char| !c.is_whitespace()).map_or(0, |i| i + 1);
    Span::new(span.start as usize + open, span.end as usize - 1).trim(text)
}
