//! What the way through a file has found, and the blocks it lies in.

use super::super::flow::Writer;
use crate::model::{Block, BlockKind, Flow, Heading, Include, Key, Mark, Note};
use crate::text::Span;
use rustc_hash::FxHashMap;

#[derive(Default)]
pub struct Found<'a> {
    pub paragraphs: Vec<Flow>,
    /// With their depth in place of their level.
    pub headings: Vec<(i8, Heading)>,
    pub marks: Vec<Mark>,
    pub notes: Vec<Note>,
    /// The series of each note.
    pub series: Vec<super::commands::Series>,
    pub keys: Vec<Key>,
    /// `\nocite{doe99}`
    pub nocite: Vec<String>,
    pub includes: Vec<Include>,
    pub bibliographies: Vec<Include>,
    /// What the labels in notes are printed as.
    pub labels: FxHashMap<&'a str, String>,
    /// The labels as an earlier reading found them.
    pub known: FxHashMap<&'a str, String>,
    /// A reference to a label was met.
    pub refers: bool,
    /// `\useURL`: the words of each name, in tokens.
    pub addresses: FxHashMap<&'a str, std::ops::Range<usize>>,
    /// Where blocks begin.
    starts: Vec<(BlockKind, u32)>,
}

impl<'a> Found<'a> {
    /// A second reading, with what the labels in notes are printed as.
    pub fn knowing(known: FxHashMap<&'a str, String>) -> Found<'a> {
        Found { known, ..Found::default() }
    }

    pub fn paragraph(&mut self, mut writer: Writer) {
        writer.drop_space();
        let flow = writer.finish();
        if !flow.text.is_empty() {
            self.paragraphs.push(flow);
        }
    }

    /// A block of some kind begins here, or goes on.
    pub fn block(&mut self, kind: BlockKind, start: u32) {
        let alone = matches!(kind, BlockKind::Heading | BlockKind::Note);
        match self.starts.last_mut() {
            Some(last) if last.1 > start || last.0 == kind && !alone => {}
            Some(last) if last.1 == start => last.0 = kind,
            _ => self.starts.push((kind, start)),
        }
    }

    /// The blocks, from the first byte of the text to its last.
    pub fn blocks(&self, text: &str) -> Vec<Block> {
        let mut starts = self.starts.clone();
        if starts.first().is_none_or(|s| s.1 > 0) {
            starts.insert(0, (BlockKind::Blank, 0));
        }
        let ends = starts[1..].iter().map(|s| s.1).chain([text.len() as u32]);
        let blocks = starts
            .iter()
            .zip(ends)
            .map(|((kind, start), end)| Block { kind: *kind, span: Span { start: *start, end } });
        blocks.filter(|b| !b.span.is_empty()).collect()
    }
}
