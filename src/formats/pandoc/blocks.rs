//! Blocks of Pandoc Markdown, line by line: what is prose, what is a note, what is neither.

use crate::model::{Block, BlockKind};
use crate::text::Span;

/// A stretch of prose: its lines without indentation, quotation and list signs.
#[derive(Debug)]
pub enum Unit {
    Paragraph(Vec<Span>),
    Heading { level: u8, span: Span },
    Definition(Definition),
}

#[derive(Debug)]
pub struct Definition {
    /// `[^12]:`, without the text.
    pub sign: Span,
    pub label: Span,
    pub colon: bool,
    /// The line before is not blank: the label may be a number that a line began with.
    pub in_text: bool,
    pub pieces: Vec<Span>,
    pub end: u32,
}

pub struct Scan<'a> {
    text: &'a str,
    pub units: Vec<Unit>,
    pub blocks: Vec<Block>,
    /// The paragraph that is being read.
    open: Vec<Span>,
    in_note: bool,
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
}

/// The label of `[^label]` at the beginning of `s`: the bytes of it.
pub fn label(s: &str) -> Option<std::ops::Range<usize>> {
    let rest = s.strip_prefix("[^")?;
    let len = rest.bytes().take(80).position(|b| matches!(b, b']' | b'[' | b' ' | b'\t' | b'\n' | b'\r'))?;
    (len > 0 && rest.as_bytes()[len] == b']').then_some(2..2 + len)
}

impl<'a> Scan<'a> {
    /// `note` says whether a label without a colon opens a note.
    pub fn new(text: &'a str, colonless: &dyn Fn(&str) -> bool) -> Scan<'a> {
        let mut scan = Scan {
            text,
            units: Vec::new(),
            blocks: Vec::new(),
            open: Vec::new(),
            in_note: false,
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
            scan.line(at, end, colonless);
            at = end;
        }
        scan.finish();
        scan
    }

    fn front_matter(&mut self) -> usize {
        let text = self.text;
        if !text.starts_with("---\n") && !text.starts_with("---\r\n") {
            return 0;
        }
        let close = |line: &str| matches!(line.trim_end(), "---" | "...");
        let mut at = text.find('\n').map_or(text.len(), |n| n + 1);
        while at < text.len() {
            let end = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n + 1);
            if close(&text[at..end]) {
                self.block(BlockKind::FrontMatter, Span::new(0, end));
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

    fn line(&mut self, start: usize, end: usize, colonless: &dyn Fn(&str) -> bool) {
        let full = Span::new(start, end);
        let span = full.trim(self.text);
        let s = span.of(self.text);
        if self.skipped(s, full) {
            return;
        }
        if s.is_empty() {
            self.finish();
            self.blank = true;
            self.block(BlockKind::Blank, full);
            return;
        }
        let indent = indent(&self.text[start..span.start as usize]);
        let was_blank = std::mem::replace(&mut self.blank, false);
        if indent < 4 && self.definition(s, span, was_blank, colonless) {
            self.block(BlockKind::Note, full);
            return;
        }
        if self.in_note && was_blank && indent < 2 {
            self.in_note = false;
        }
        if self.opens(s, full) {
            return;
        }
        if self.in_note {
            return self.note_line(span, full);
        }
        if indent >= 4 && was_blank && !self.in_list {
            return self.block(BlockKind::Code, full);
        }
        if was_blank && indent == 0 {
            self.in_list = false;
        }
        self.prose(s, span, full);
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
            b':' if s.starts_with(":::") => BlockKind::Comment,
            b'[' if link_definition(s) => BlockKind::Comment,
            _ => return false,
        };
        if !self.in_note {
            self.finish();
        }
        self.block(kind, full);
        true
    }

    fn definition(&mut self, s: &str, span: Span, was_blank: bool, colonless: &dyn Fn(&str) -> bool) -> bool {
        let Some(label) = label(s) else { return self.dashed(s, span, was_blank, colonless) };
        let after = &s[label.end + 1..];
        let colon = after.starts_with(':');
        if !colon {
            let starts = was_blank || self.in_note;
            let text = after.starts_with([' ', '\t', '\u{a0}']) && !after.trim_start().starts_with("[^");
            if !(starts && text && colonless(&s[label.clone()])) {
                return false;
            }
        }
        let sign = Span::new(0, label.end + 1 + usize::from(colon)).shift(span.start);
        self.begin_note(sign, Span::new(label.start, label.end).shift(span.start), colon, !was_blank, span);
        true
    }

    /// `12- text`, where `[^12]` has no other note.
    fn dashed(&mut self, s: &str, span: Span, was_blank: bool, colonless: &dyn Fn(&str) -> bool) -> bool {
        let digits = s.bytes().take_while(u8::is_ascii_digit).count();
        let dash = s[digits..].starts_with("- ");
        if digits == 0 || digits > 4 || !dash || !(was_blank || self.in_note) || !colonless(&s[..digits]) {
            return false;
        }
        let sign = Span::new(0, digits + 1).shift(span.start);
        self.begin_note(sign, Span::new(0, digits).shift(span.start), true, !was_blank, span);
        true
    }

    fn begin_note(&mut self, sign: Span, label: Span, colon: bool, in_text: bool, line: Span) {
        self.finish();
        self.in_note = true;
        self.in_list = false;
        let piece = Span { start: sign.end, end: line.end }.trim(self.text);
        let pieces = if piece.is_empty() { Vec::new() } else { vec![piece] };
        let end = if piece.is_empty() { sign.end } else { piece.end };
        self.units.push(Unit::Definition(Definition { sign, label, colon, in_text, pieces, end }));
    }

    fn note_line(&mut self, span: Span, full: Span) {
        let span = quoted(self.text, span);
        if let Some(Unit::Definition(d)) = self.units.iter_mut().rev().find(|u| matches!(u, Unit::Definition(_))) {
            d.pieces.push(span);
            d.end = span.end;
        }
        match self.blocks.last_mut() {
            Some(b) if b.kind == BlockKind::Note => b.span.end = full.end,
            _ => self.blocks.push(Block { kind: BlockKind::Note, span: full }),
        }
    }

    fn prose(&mut self, s: &str, span: Span, full: Span) {
        let hashes = s.bytes().take_while(|b| *b == b'#').count();
        if (1..=6).contains(&hashes) && s[hashes..].starts_with([' ', '\t']) {
            self.finish();
            let title = Span::new(span.start as usize + hashes, span.end as usize).trim(self.text);
            self.units.push(Unit::Heading { level: hashes as u8, span: title });
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
        let span = quoted(self.text, span);
        let item = list_item(span.of(self.text));
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
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
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
