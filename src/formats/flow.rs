//! How a reader writes a flow: words as they stand, line ends as spaces, marks and emphasis signs as nothing.

use crate::model::Flow;
use crate::text::Span;

pub struct Writer<'a> {
    file: &'a str,
    flow: Flow,
    /// Where open emphasis began, in bytes of the flow.
    open: Vec<u32>,
    /// The next line goes on with the same word.
    joined: bool,
}

impl<'a> Writer<'a> {
    /// `size` is how long the flow will be, about.
    pub fn new(file: &'a str, size: usize) -> Writer<'a> {
        let mut flow = Flow::default();
        flow.text.reserve(size);
        Writer { file, flow, open: Vec::new(), joined: false }
    }

    fn at(&self) -> u32 {
        self.flow.text.len() as u32
    }

    fn spaced(&self) -> bool {
        self.flow.text.is_empty() || self.flow.text.ends_with(char::is_whitespace)
    }

    /// A stretch of the file. No space is written at the beginning, nor after another one that a mark has left behind.
    pub fn words(&mut self, mut span: Span) {
        if self.spaced() {
            let s = span.of(self.file);
            span.start += (s.len() - s.trim_start().len()) as u32;
        }
        self.flow.push(self.file, span);
    }

    /// Something the file says otherwise.
    pub fn instead(&mut self, text: &str, source: Span) {
        if !(text == " " && self.spaced()) {
            self.flow.push_as(text, source);
        }
    }

    /// A mark stands here: words before it lose their last space if a space or a stop follows.
    pub fn mark(&mut self, index: usize) {
        self.flow.marks.push((self.at(), index));
    }

    /// Where the flow stands.
    pub fn position(&self) -> u32 {
        self.at()
    }

    /// What has been written since `start` is emphasised.
    pub fn emphasise(&mut self, start: u32) {
        if start < self.at() {
            self.flow.emphasis.push(Span { start, end: self.at() });
        }
    }

    pub fn open(&mut self) {
        self.open.push(self.at());
    }

    pub fn close(&mut self) {
        if let Some(start) = self.open.pop() {
            self.emphasise(start);
        }
    }

    /// The line ended inside a word: its hyphen is not written, and the next line follows without a space.
    pub fn join(&mut self) {
        self.joined = true;
    }

    /// The end of a line: a space, unless a hyphen holds the word together.
    pub fn line_end(&mut self, source: u32) {
        let text = &self.flow.text;
        let hyphen = text.ends_with('-') && text.trim_end_matches('-').ends_with(char::is_alphabetic);
        if !std::mem::take(&mut self.joined) && !hyphen {
            let end = self.file[source as usize..].chars().next().map_or(0, char::len_utf8);
            self.instead(" ", Span { start: source, end: source + end as u32 });
        }
    }

    pub fn finish(mut self) -> Flow {
        self.flow.emphasis.sort_unstable();
        self.flow
    }
}
