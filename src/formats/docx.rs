//! The rendition of a Word document, as [`crate::encoding::docx`] writes it: a paragraph is a line, notes follow their text.

use super::flow::Writer;
use crate::model::{Block, BlockKind, Flow, Heading, Label, Manuscript, Mark, Note};
use crate::text::Span;
use memchr::memchr3;

/// Reads marks, notes and paragraphs into a manuscript that is still empty.
pub fn read(m: &mut Manuscript) {
    let text = std::mem::take(&mut m.text);
    let mut lines = Lines { text: &text, m, scope: 0, behind_notes: false };
    let mut at = 0;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
        lines.line(Span::new(at, end));
        at = end;
    }
    m.text = text;
}

struct Lines<'a> {
    text: &'a str,
    m: &'a mut Manuscript,
    /// Where numbers start again with each section, the notes of a section stand behind it.
    scope: usize,
    behind_notes: bool,
}

impl Lines<'_> {
    fn line(&mut self, full: Span) {
        let line = full.of(self.text).trim_end_matches(['\n', '\r']);
        let end = full.start as usize + line.len();
        let start = full.start as usize;
        let goes_on = line.starts_with("    ") && self.m.blocks.last().is_some_and(|b| b.kind == BlockKind::Note);
        if line.trim().is_empty() {
            return self.m.blocks.push(Block { kind: BlockKind::Blank, span: full });
        }
        if goes_on {
            return self.note_goes_on(full, Span::new(start + 4, end));
        }
        if let Some(label) = label(line).filter(|l| line[l.end + 1..].starts_with(':')) {
            self.behind_notes = true;
            return self.note(full, Span::new(start, end), label);
        }
        if std::mem::take(&mut self.behind_notes) {
            self.scope += 1;
        }
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        let (kind, text) = match line {
            _ if hashes > 0 && line[hashes..].starts_with(' ') => {
                (BlockKind::Heading, Span::new(start + hashes + 1, end))
            }
            _ if line.starts_with("> ") => (BlockKind::Quotation, Span::new(start + 2, end)),
            _ => (BlockKind::Paragraph, Span::new(start, end)),
        };
        self.m.blocks.push(Block { kind, span: full });
        let flow = self.flow(text, None);
        match kind {
            BlockKind::Heading => {
                let level = hashes.min(255) as u8;
                self.m.headings.push(Heading { level, span: text.trim(self.text), title: flow.text.trim().to_owned() });
            }
            _ if !flow.text.is_empty() => self.m.paragraphs.push(flow),
            _ => {}
        }
    }

    fn note(&mut self, full: Span, line: Span, label: std::ops::Range<usize>) {
        self.m.blocks.push(Block { kind: BlockKind::Note, span: full });
        let body = Span::new(line.start as usize + label.end + 2, line.end as usize);
        let label = self.label(line.start as usize, label);
        let index = self.m.notes.len();
        let note = Note { label, scope: self.scope, span: line, flow: Flow::default(), inline: false };
        self.m.notes.push(note);
        self.m.notes[index].flow = self.flow(body, Some(index));
    }

    /// A further paragraph of the note before.
    fn note_goes_on(&mut self, full: Span, line: Span) {
        let index = self.m.notes.len() - 1;
        if let Some(block) = self.m.blocks.last_mut() {
            block.span.end = full.end;
        }
        self.m.notes[index].span.end = line.end;
        let start = self.m.notes[index].label.span.end + 2;
        // read anew with what follows; its marks are known
        self.m.marks.retain(|mark| mark.in_note != Some(index));
        self.m.notes[index].flow = self.flow(Span { start, end: line.end }, Some(index));
    }

    fn label(&self, at: usize, label: std::ops::Range<usize>) -> Label {
        let span = Span::new(label.start, label.end).shift(at as u32);
        let text = span.of(self.text).to_owned();
        Label { number: text.parse().ok(), text, span }
    }

    fn flow(&mut self, span: Span, in_note: Option<usize>) -> Flow {
        let mut out = Writer::new(self.text, span.len());
        let end = span.end as usize;
        let (mut at, mut from) = (span.start as usize, span.start as usize);
        let mut emphasised = false;
        while let Some(found) = memchr3(b'\\', b'*', b'[', &self.text.as_bytes()[at..end]).map(|n| at + n) {
            let rest = &self.text[found..end];
            let mark = label(rest);
            at = match rest.as_bytes()[0] {
                b'[' if mark.is_none() => {
                    at = found + 1;
                    continue;
                }
                b'[' => found + mark.as_ref().map_or(1, |l| l.end + 1),
                _ => found + 1,
            };
            if from < found {
                out.words(Span::new(from, found));
            }
            from = at;
            match (rest.as_bytes()[0], mark) {
                (b'*', _) if emphasised => out.close(),
                (b'*', _) => out.open(),
                (_, Some(mark)) => self.mark(found, mark, in_note, &mut out),
                // the sign behind it is one of the document
                _ => at = (found + 2).min(end),
            }
            emphasised ^= rest.starts_with('*');
        }
        if from < end {
            out.words(Span::new(from, end));
        }
        if emphasised {
            out.close();
        }
        out.finish()
    }

    fn mark(&mut self, at: usize, label: std::ops::Range<usize>, in_note: Option<usize>, out: &mut Writer) {
        let span = Span::new(at, at + label.end + 1);
        out.mark(self.m.marks.len());
        let label = self.label(at, label);
        self.m.marks.push(Mark { label, span, in_note, scope: self.scope });
    }
}

/// The label of `[^label]` at the beginning of a text.
fn label(s: &str) -> Option<std::ops::Range<usize>> {
    let rest = s.strip_prefix("[^")?;
    let length = rest.bytes().take(40).position(|b| matches!(b, b']' | b'[' | b' '))?;
    (length > 0 && rest.as_bytes()[length] == b']').then_some(2..2 + length)
}
