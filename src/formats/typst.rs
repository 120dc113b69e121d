//! Typst, on its own parser: `#footnote[…]` with whatever stands in it, `@key[p. 3]`, `#cite(<key>)`, `_emph_`, `#emph[…]`.
//!
//! Notes are numbered by the machine, so a note's label is the number that a reader sees. A function that the file does not
//! define is read by how it stands: alone on its lines it is a block of its own, within a paragraph its content is text there.

mod calls;
mod functions;
mod prose;
mod survey;

use super::flow::Writer;
use crate::model::{Block, BlockKind, Heading, Label, Manuscript, Mark};
use crate::text::Span;
use functions::Functions;
use rustc_hash::FxHashMap;
use survey::Survey;
use typst_syntax::SyntaxNode;

/// Reads blocks, marks, notes and keys into a manuscript that is still empty. Gives its comments, signs included.
pub fn read(m: &mut Manuscript) -> Vec<Span> {
    let text = std::mem::take(&mut m.text);
    let root = typst_syntax::parse(&text);
    let survey = Survey::new(&text, &root);
    let mut walk = Walk::new(&text, &survey, m);
    walk.markup(&root, 0);
    walk.break_paragraph();
    walk.refer();
    let stretches = std::mem::take(&mut walk.stretches);
    m.blocks = tile(&text, &stretches, &survey.comments);
    let comments = survey.comments;
    m.text = text;
    comments
}

/// A node of the tree and the byte it begins at.
type At<'a> = (&'a SyntaxNode, usize);

/// The children of a node with their places.
fn children<'a>(node: &'a SyntaxNode, at: usize) -> impl Iterator<Item = At<'a>> {
    node.children().scan(at, |next, child| {
        let at = *next;
        *next += child.len();
        Some((child, at))
    })
}

fn span((node, at): At) -> Span {
    Span::new(at, at + node.len())
}

struct Walk<'a> {
    text: &'a str,
    survey: &'a Survey<'a>,
    m: &'a mut Manuscript,
    /// What is being written: a paragraph, a heading or a note.
    out: Writer<'a>,
    /// A space that is written if words follow it.
    space: Option<Span>,
    /// Where the paragraph being read began and how far it got.
    extent: Option<Span>,
    /// Blocks are paragraphs here; inside notes, headings and paragraphs they are read in line.
    in_line: bool,
    in_note: Option<usize>,
    quoting: bool,
    /// The number of the note before, and the numbering it belongs to.
    counter: u32,
    scope: usize,
    /// Notes that have a label of their own: their index.
    labelled: FxHashMap<&'a str, usize>,
    /// Marks that refer to such a note.
    referring: Vec<(usize, &'a str)>,
    /// Where prose stands.
    stretches: Vec<Block>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, survey: &'a Survey<'a>, m: &'a mut Manuscript) -> Walk<'a> {
        Walk {
            text,
            survey,
            m,
            out: Writer::new(text, 0),
            space: None,
            extent: None,
            in_line: false,
            in_note: None,
            quoting: false,
            counter: 0,
            scope: 0,
            labelled: FxHashMap::default(),
            referring: Vec::new(),
            stretches: Vec::new(),
        }
    }

    fn functions(&self) -> &'a Functions<'a> {
        &self.survey.functions
    }

    fn reach(&mut self, span: Span) {
        self.extent = Some(self.extent.map_or(span, |e| e.join(span)));
    }

    fn flush(&mut self) {
        let Some(space) = self.space.take() else { return };
        match space.of(self.text) {
            " " => self.out.words(space),
            _ => self.out.instead(" ", space),
        }
    }

    fn words(&mut self, span: Span) {
        self.flush();
        self.out.words(span);
        self.reach(span);
    }

    fn instead(&mut self, text: &str, span: Span) {
        if text == " " {
            self.space.get_or_insert(span);
            return;
        }
        self.flush();
        self.out.instead(text, span);
        self.reach(span);
    }

    /// The end of a paragraph, where there can be one.
    fn break_paragraph(&mut self) {
        if self.in_line {
            return;
        }
        self.space = None;
        let flow = std::mem::replace(&mut self.out, Writer::new(self.text, 0)).finish();
        if let Some(span) = self.extent.take() {
            let kind = if self.quoting { BlockKind::Quotation } else { BlockKind::Paragraph };
            self.stretches.push(Block { kind, span });
        }
        if !flow.text.is_empty() {
            self.m.paragraphs.push(flow);
        }
    }

    /// Writes something into a flow of its own; what stands around it goes on afterwards.
    fn apart(&mut self, note: Option<usize>, write: impl FnOnce(&mut Walk<'a>)) -> crate::model::Flow {
        let out = std::mem::replace(&mut self.out, Writer::new(self.text, 0));
        let (space, extent) = (self.space.take(), self.extent.take());
        let in_line = std::mem::replace(&mut self.in_line, true);
        let in_note = std::mem::replace(&mut self.in_note, note);
        write(self);
        self.in_note = in_note;
        self.in_line = in_line;
        (self.space, self.extent) = (space, extent);
        std::mem::replace(&mut self.out, out).finish()
    }

    fn heading(&mut self, level: u8, whole: Span, content: &[At]) {
        if self.in_line {
            return content.iter().for_each(|c| self.content(*c));
        }
        self.break_paragraph();
        if self.survey.restarts.is_some_and(|only| only.is_none_or(|only| only == level)) {
            self.restart(0);
        }
        let title = self.apart(None, |walk| content.iter().for_each(|c| walk.content(*c))).text;
        let span = content.first().map_or(whole, |c| content.iter().fold(span(*c), |s, c| s.join(span(*c))));
        self.m.headings.push(Heading { level, span: span.trim(self.text), title: title.trim().to_owned() });
        self.stretches.push(Block { kind: BlockKind::Heading, span: whole });
    }

    /// The counter of notes is set: with notes behind it, another numbering begins.
    fn restart(&mut self, counter: u32) {
        if counter < self.counter && self.m.notes.iter().any(|n| n.scope == self.scope) {
            self.scope += 1;
        }
        self.counter = counter;
    }

    fn counted(&mut self, sign: Span) -> Label {
        self.counter += 1;
        Label { text: self.counter.to_string(), number: Some(self.counter), span: sign }
    }

    fn mark(&mut self, label: Label, span: Span) {
        // a space before a mark is not printed
        self.space = None;
        self.out.mark(self.m.marks.len());
        self.m.marks.push(Mark { label, span, in_note: self.in_note, scope: self.scope });
        self.reach(span);
    }

    /// Gives marks that refer to a note the number it has.
    fn refer(&mut self) {
        for (mark, name) in std::mem::take(&mut self.referring) {
            let Some(note) = self.labelled.get(name).and_then(|n| self.m.notes.get(*n)) else { continue };
            let (text, number, scope) = (note.label.text.clone(), note.label.number, note.scope);
            let mark = &mut self.m.marks[mark];
            (mark.label.text, mark.label.number, mark.scope) = (text, number, scope);
        }
    }
}

/// Blocks for every byte: what lies between the prose is commands, comments or nothing.
fn tile(text: &str, stretches: &[Block], comments: &[Span]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut at = 0;
    let between = |from: u32, to: u32| {
        let span = Span { start: from, end: to };
        let first = comments.partition_point(|c| c.end <= from);
        let mut bare = String::new();
        let mut at = from;
        for comment in comments[first..].iter().take_while(|c| c.start < to) {
            bare += Span { start: at, end: comment.start.max(at) }.of(text);
            at = comment.end.min(to);
        }
        bare += Span { start: at, end: to }.of(text);
        let kind = match (span.of(text).trim().is_empty(), bare.trim().is_empty()) {
            (true, _) => BlockKind::Blank,
            (_, true) => BlockKind::Comment,
            _ => BlockKind::Code,
        };
        Block { kind, span }
    };
    for block in stretches {
        if block.span.start > at {
            blocks.push(between(at, block.span.start));
        }
        let start = block.span.start.max(at);
        if block.span.end > start {
            blocks.push(Block { kind: block.kind, span: Span { start, end: block.span.end } });
            at = block.span.end;
        }
    }
    if (at as usize) < text.len() {
        blocks.push(between(at, text.len() as u32));
    }
    blocks
}

#[cfg(test)]
mod tests;
