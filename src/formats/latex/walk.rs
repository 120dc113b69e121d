//! The way through the tokens: words into flows, commands done as the table says, macros replaced.

use super::super::flow::Writer;
use super::calls::Frame;
use super::commands::{Does, does};
use super::found::Found;
use super::lexer::Kind;
use super::macros::Macros;
use super::numbers::Numbers;
use super::source::Source;
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
    pub frames: Vec<Frame>,
    /// The call whose body is read; none in the text of the file itself.
    pub frame: Option<usize>,
    pub in_note: Option<usize>,
    /// Inside notes, headings and captions: no paragraph ends there.
    pub inline: usize,
    /// Words before this byte have been read with an accent.
    pub resume: u32,
    /// Quotation marks that are open.
    pub quotes: usize,
    /// Tables and quotations that are open.
    pub tables: usize,
    pub quotations: usize,
    /// Paragraphs that have ended.
    pub ended: usize,
    /// Tokens that macros may still be replaced with.
    pub budget: usize,
    /// `\autocite` makes notes.
    pub auto_notes: bool,
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

    pub fn token(&mut self, at: usize, out: &mut Writer<'a>, depth: usize) -> usize {
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
}

/// What stands between the braces or signs of an address.
fn inside(text: &str, span: Span) -> Span {
    let s = span.of(text);
    let name = 1 + s[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
    let open = name + s[name..].find(|c: char| !c.is_whitespace()).map_or(0, |i| i + 1);
    Span::new(span.start as usize + open, span.end as usize - 1).trim(text)
}
