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

    /// An emphasis sign that begins or ends emphasis here.
    pub fn dress(&mut self, sign: Span) {
        self.flow.dress(sign);
    }

    /// The last space was only put before a mark.
    pub fn drop_space(&mut self) {
        self.flow.drop_space();
    }

    /// A letter or a digit was written last.
    pub fn ends_in_word(&self) -> bool {
        self.flow.text.ends_with(char::is_alphanumeric)
    }

    /// The line ended inside a word: its hyphen is not written, and the next line follows without a space.
    pub fn join(&mut self) {
        self.joined = true;
    }

    /// The end of a line: a space, unless a hyphen holds the word together.
    pub fn line_end(&mut self, source: u32) {
        let text = &self.flow.text;
        let hyphen = text.ends_with('-') && text.trim_end_matches('-').ends_with(char::is_alphabetic);
        let hyphen = hyphen && !suspends(self.file[source as usize..].trim_start());
        if !std::mem::take(&mut self.joined) && !hyphen {
            let end = self.file[source as usize..].chars().next().map_or(0, char::len_utf8);
            self.instead(" ", Span { start: source, end: source + end as u32 });
        }
    }

    pub fn finish(mut self) -> Flow {
        self.flow.emphasis.sort_unstable();
        settle(&self.flow.text, &mut self.flow.emphasis);
        self.flow
    }
}

/// What begins with a joining word leaves the hyphen before it hanging: `Arbeits- und Sozialrecht`, `pre- and post-war`.
pub fn suspends(rest: &str) -> bool {
    ["und ", "oder ", "bzw. ", "and ", "or "].iter().any(|word| rest.starts_with(word))
}

/// Emphasis as it is meant: without commas and spaces at its ends, in one piece where only spaces cut it in two, and none of stops alone.
fn settle(text: &str, emphasis: &mut Vec<Span>) {
    let loose = |c: char| c.is_whitespace() || c == ',';
    let mut settled: Vec<Span> = Vec::with_capacity(emphasis.len());
    for stretch in emphasis.drain(..) {
        let s = stretch.of(text);
        let start = stretch.start as usize + (s.len() - s.trim_start_matches(loose).len());
        let stretch = Span::new(start, start + s.trim_matches(loose).len());
        if !stretch.of(text).contains(char::is_alphanumeric) {
            continue;
        }
        match settled.last_mut() {
            Some(last) if last.end <= stretch.start && between(*last, stretch).of(text).trim().is_empty() => {
                last.end = stretch.end;
            }
            _ => settled.push(stretch),
        }
    }
    *emphasis = settled;
}

fn between(a: Span, b: Span) -> Span {
    Span { start: a.end, end: b.start }
}
