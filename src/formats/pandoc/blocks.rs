//! Blocks of Pandoc Markdown, line by line: what is prose, what is a note, what is neither.

use super::definitions::{Labels, Opening, Shape};
use crate::model::{Block, BlockKind};
use crate::text::Span;

/// A stretch of prose: its lines without indentation, quotation and list signs.
#[derive(Debug)]
pub enum Unit {
    Paragraph(Vec<Span>),
    Heading {
        level: u8,
        span: Span,
    },
    Definition(Definition),
    /// What is said before the text begins; marks and notes may stand in it.
    FrontMatter(Span),
}

#[derive(Debug)]
pub struct Definition {
    /// `[^12]:`, without the text.
    pub sign: Span,
    pub label: Span,
    pub shape: Shape,
    /// The line before is not blank: the label may be a number that a line began with.
    pub in_text: bool,
    pub pieces: Vec<Span>,
    pub end: u32,
}

pub struct Scan<'a> {
    text: &'a str,
    labels: &'a Labels<'a>,
    pub units: Vec<Unit>,
    pub blocks: Vec<Block>,
    /// The paragraph that is being read.
    open: Vec<Span>,
    /// The note that is being read: the columns its label stands in.
    in_note: Option<usize>,
    /// Its number.
    last: Option<u32>,
    in_list: bool,
    blank: bool,
    skip: Skip,
}

/// What runs on until its end sign.
enum Skip {
    No,
    Fence(u8, usize),
    Comment,
    Math,
    /// Until these words: `</pre>`, `{% endraw %}`.
    Until(&'static str),
}

/// What is shown as it is typed, and how it ends.
const VERBATIM: [(&str, &str); 7] = [
    ("<pre", "</pre>"),
    ("<script", "</script>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
    ("{% raw", "endraw"),
    ("{% highlight", "endhighlight"),
    ("{{< highlight", "/highlight"),
];

impl<'a> Scan<'a> {
    pub fn new(text: &'a str, labels: &'a Labels<'a>) -> Scan<'a> {
        let mut scan = Scan {
            text,
            labels,
            units: Vec::new(),
            blocks: Vec::new(),
            open: Vec::new(),
            in_note: None,
            last: None,
            in_list: false,
            blank: true,
            skip: Skip::No,
        };
        let mut at = scan.front_matter();
        let bytes = text.as_bytes();
        while at < text.len() {
            let mut end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(text.len(), |n| at + n + 1);
            if bytes[end - 1] == b'\r' && bytes.get(end) == Some(&b'\n') {
                end += 1;
            }
            scan.line(at, end);
            at = end;
        }
        scan.finish();
        scan
    }

    fn front_matter(&mut self) -> usize {
        let text = self.text;
        let fence = text.lines().next().map_or("", str::trim_end);
        if !matches!(fence, "---" | "+++") {
            return 0;
        }
        let close = |line: &str| line.trim_end() == fence || fence == "---" && line.trim_end() == "...";
        let mut at = text.find('\n').map_or(text.len(), |n| n + 1);
        while at < text.len() {
            let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
            if close(&text[at..end]) {
                self.block(BlockKind::FrontMatter, Span::new(0, end));
                self.units.push(Unit::FrontMatter(Span::new(fence.len(), at).trim(text)));
                return end;
            }
            at = end;
        }
        0
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        match self.blocks.last_mut() {
            Some(b) if b.kind == kind && kind != BlockKind::Note && kind != BlockKind::Heading => b.span.end = span.end,
            _ => self.blocks.push(Block { kind, span }),
        }
    }

    fn finish(&mut self) {
        if !self.open.is_empty() {
            self.units.push(Unit::Paragraph(std::mem::take(&mut self.open)));
        }
    }

    fn line(&mut self, start: usize, end: usize) {
        let full = Span::new(start, end);
        let span = full.trim(self.text);
        let s = span.of(self.text);
        if self.skipped(s, full) {
            return;
        }
        // The signs of a quotation are no part of the lines in it.
        let inner = quoted(self.text, span);
        if inner.is_empty() {
            self.finish();
            self.blank = true;
            return self.block(if s.is_empty() { BlockKind::Blank } else { BlockKind::Paragraph }, full);
        }
        let indent = match inner.start - span.start {
            0 => indent(&self.text[start..span.start as usize]),
            _ => indent(self.text[..inner.start as usize].rsplit('>').next().unwrap_or("")).saturating_sub(1),
        };
        let was_blank = std::mem::replace(&mut self.blank, false);
        if (indent < 4 || self.in_list || self.in_note.is_some()) && self.definition(inner, indent, was_blank) {
            return self.block(BlockKind::Note, full);
        }
        let s = inner.of(self.text);
        let heads = indent < 4 && heading(s).is_some();
        if self
            .in_note
            .is_some_and(|column| heads || indent < 2 + column && (was_blank || column > 0 && list_item(s) > 0))
        {
            self.in_note = None;
        }
        if self.opens(span.of(self.text), full) {
            return;
        }
        if self.in_note.is_some() {
            return self.note_line(inner, full);
        }
        if indent >= 4 && was_blank && !self.in_list {
            return self.block(BlockKind::Code, full);
        }
        if was_blank && indent == 0 {
            self.in_list = false;
        }
        self.prose(inner, full);
    }

    /// Inside a fence, a comment or a formula.
    fn skipped(&mut self, s: &str, full: Span) -> bool {
        let (kind, ends) = match self.skip {
            Skip::No => return false,
            Skip::Fence(sign, len) => {
                let run = s.bytes().take_while(|b| *b == sign).count();
                (BlockKind::Code, run >= len && s[run..].trim().is_empty())
            }
            Skip::Comment => (BlockKind::Comment, s.contains("-->")),
            Skip::Math => (BlockKind::Math, s.ends_with("$$")),
            Skip::Until(end) => (BlockKind::Code, s.contains(end)),
        };
        if ends {
            self.skip = Skip::No;
        }
        self.block(kind, full);
        true
    }

    /// A line that begins something which is no prose.
    fn opens(&mut self, s: &str, full: Span) -> bool {
        let fence = s.bytes().take_while(|b| *b == s.as_bytes()[0]).count();
        let kind = match s.as_bytes()[0] {
            sign @ (b'`' | b'~') if fence >= 3 && !s[fence..].contains('`') => {
                self.skip = Skip::Fence(sign, fence);
                BlockKind::Code
            }
            b'<' if s.starts_with("<!--") => {
                if s.contains("-->") && !s.ends_with("-->") {
                    return false;
                }
                if !s.contains("-->") {
                    self.skip = Skip::Comment;
                }
                BlockKind::Comment
            }
            b'$' if s.starts_with("$$") => {
                if !(s.len() > 2 && s[2..].contains("$$")) {
                    self.skip = Skip::Math;
                }
                BlockKind::Math
            }
            b'<' | b'{' if let Some((_, end)) = VERBATIM.iter().find(|(open, _)| s.starts_with(open)) => {
                if !s.contains(end) {
                    self.skip = Skip::Until(end);
                }
                BlockKind::Code
            }
            b':' if s.starts_with(":::") => BlockKind::Comment,
            b'[' if link_definition(s) => BlockKind::Comment,
            _ => return false,
        };
        if self.in_note.is_none() {
            self.finish();
        }
        self.block(kind, full);
        true
    }

    /// Opens a note if a line begins with its label; a list sign may stand before it.
    fn definition(&mut self, line: Span, indent: usize, was_blank: bool) -> bool {
        let starts = was_blank || self.in_note.is_some();
        let after = self.in_note.and(self.last).filter(|_| starts);
        if let Some(found) = self.labels.opening(line.of(self.text), starts, after) {
            self.begin_note(&found, indent, !was_blank, line);
            return true;
        }
        let item = list_item(line.of(self.text));
        let behind = Span::new(line.start as usize + item, line.end as usize).trim(self.text);
        let found = if item > 0 { self.labels.opening(behind.of(self.text), true, None) } else { None };
        if let Some(found) = &found {
            self.begin_note(found, indent + item, !was_blank, behind);
        }
        found.is_some()
    }

    fn begin_note(&mut self, found: &Opening, column: usize, in_text: bool, line: Span) {
        self.finish();
        self.last = found.label.shift(line.start).of(self.text).parse().ok();
        self.in_note = Some(column);
        self.in_list &= column > 0;
        let (sign, label) = (Span::new(0, found.end).shift(line.start), found.label.shift(line.start));
        let piece = Span { start: sign.end, end: line.end }.trim(self.text);
        let pieces = if piece.is_empty() { Vec::new() } else { vec![piece] };
        let end = if piece.is_empty() { sign.end } else { piece.end };
        self.units.push(Unit::Definition(Definition { sign, label, shape: found.shape, in_text, pieces, end }));
    }

    fn note_line(&mut self, span: Span, full: Span) {
        if let Some(Unit::Definition(d)) = self.units.iter_mut().rev().find(|u| matches!(u, Unit::Definition(_))) {
            d.pieces.push(span);
            d.end = span.end;
        }
        match self.blocks.last_mut() {
            Some(b) if b.kind == BlockKind::Note => b.span.end = full.end,
            _ => self.blocks.push(Block { kind: BlockKind::Note, span: full }),
        }
    }

    fn prose(&mut self, span: Span, full: Span) {
        let s = span.of(self.text);
        if let Some(level) = heading(s) {
            self.finish();
            let title = Span::new(span.start as usize + level as usize, span.end as usize).trim(self.text);
            self.units.push(Unit::Heading { level, span: title });
            return self.block(BlockKind::Heading, full);
        }
        let underline = s.bytes().all(|b| b == b'=') || s.bytes().all(|b| b == b'-');
        if underline && self.open.len() == 1 && s.len() >= 2 {
            let span = self.open.remove(0);
            self.units.push(Unit::Heading { level: if s.starts_with('=') { 1 } else { 2 }, span });
            if let Some(b) = self.blocks.last_mut() {
                *b = Block { kind: BlockKind::Heading, span: b.span.join(full) };
            }
            return;
        }
        if s.len() >= 3 && s.bytes().all(|b| matches!(b, b'-' | b'*' | b'_' | b' ' | b'=' | b'+' | b'|' | b':')) {
            self.finish();
            return self.block(BlockKind::Comment, full);
        }
        let item = list_item(s);
        if item > 0 || s.starts_with('|') {
            self.finish();
            self.in_list |= item > 0;
        }
        let span = Span::new(span.start as usize + item, span.end as usize).trim(self.text);
        self.block(BlockKind::Paragraph, full);
        if span.is_empty() {
            return self.finish();
        }
        self.open.push(span);
    }
}

/// The level of a heading: `## Title`.
fn heading(s: &str) -> Option<u8> {
    let hashes = s.bytes().take_while(|b| *b == b'#').count();
    ((1..=6).contains(&hashes) && s[hashes..].starts_with([' ', '\t'])).then_some(hashes as u8)
}

/// Columns of white space.
fn indent(s: &str) -> usize {
    s.chars().map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Without the signs of a quotation.
fn quoted(text: &str, mut span: Span) -> Span {
    while span.of(text).starts_with('>') {
        span = Span { start: span.start + 1, end: span.end }.trim(text);
    }
    span
}

/// The bytes of a list sign.
fn list_item(s: &str) -> usize {
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    let sign = match s.as_bytes().get(digits) {
        Some(b'-' | b'*' | b'+' | b':' | b'~') if digits == 0 => 1,
        Some(b'.' | b')') if (1..=3).contains(&digits) => digits + 1,
        _ => return 0,
    };
    if s[sign..].starts_with([' ', '\t']) { sign + 1 } else { 0 }
}

/// `[name]: http://…`
fn link_definition(s: &str) -> bool {
    let Some(close) = s.find("]:") else { return false };
    let target = s[close + 2..].trim_start();
    close > 1
        && !s[1..close].contains([']', '['])
        && (target.starts_with("http") || target.starts_with(['#', '<', '/']))
}
