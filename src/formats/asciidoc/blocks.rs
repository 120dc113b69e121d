//! Blocks of AsciiDoc, line by line: sections, lists, tables, quotations; what is code, settings or comment.

use super::super::light::{Outline, Unit, lines};
use crate::model::BlockKind;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// `[[[key]]] Reed, Anna. …` in a list of sources.
pub struct Source {
    pub key: Span,
    pub words: Span,
}

pub struct Scan<'a> {
    pub outline: Outline<()>,
    pub includes: Vec<Span>,
    pub bibliographies: Vec<Span>,
    pub entries: Vec<Source>,
    /// `:name: value`
    pub attributes: FxHashMap<&'a str, &'a str>,
    text: &'a str,
    /// Where the last delimiter of each shape stands.
    ends: FxHashMap<&'a str, u32>,
    /// A block is shown as typed until this delimiter, or until a blank line.
    skip: Option<(&'a str, BlockKind)>,
    /// The last style: `[source,ruby]`.
    style: &'a str,
    /// Delimiters of quotations that are open.
    quotes: Vec<&'a str>,
    table: Option<&'a str>,
    blank: bool,
    in_list: bool,
    header: Header,
}

#[derive(PartialEq)]
enum Header {
    /// Nothing but comments and settings so far.
    Awaited,
    /// Below the title, up to a blank line: author, version, settings.
    Open,
    Over,
}

pub fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan {
        outline: Outline::new(),
        includes: Vec::new(),
        bibliographies: Vec::new(),
        entries: Vec::new(),
        attributes: FxHashMap::default(),
        text,
        ends: FxHashMap::default(),
        skip: None,
        style: "",
        quotes: Vec::new(),
        table: None,
        blank: true,
        in_list: false,
        header: Header::Awaited,
    };
    for full in lines(text) {
        let s = full.of(text).trim_end();
        if delimiter(s).is_some() {
            scan.ends.insert(s, full.start);
        }
    }
    lines(text).for_each(|full| scan.line(full));
    scan.outline.finish();
    scan
}

/// What a delimiter encloses: `Code`, `Comment`, `Quotation`, or prose.
fn delimiter(s: &str) -> Option<BlockKind> {
    if s == "--" {
        return Some(BlockKind::Paragraph);
    }
    if s.starts_with("```") && !s[3..].contains('`') {
        return Some(BlockKind::Code);
    }
    let sign = *s.as_bytes().first()?;
    if s.len() < 4 || s.bytes().any(|b| b != sign) {
        return None;
    }
    Some(match sign {
        b'-' | b'.' | b'+' => BlockKind::Code,
        b'/' => BlockKind::Comment,
        b'_' => BlockKind::Quotation,
        b'=' | b'*' => BlockKind::Paragraph,
        _ => return None,
    })
}

/// Styles of blocks that are shown as typed.
const LITERAL: [&str; 12] = [
    "source",
    "listing",
    "literal",
    "stem",
    "latexmath",
    "asciimath",
    "pass",
    "plantuml",
    "graphviz",
    "ditaa",
    "mermaid",
    "comment",
];

impl<'a> Scan<'a> {
    fn line(&mut self, full: Span) {
        let span = full.trim(self.text);
        let line = full.of(self.text);
        let s = span.of(self.text);
        if let Some((end, kind)) = self.skip {
            let ends = if end.is_empty() { s.is_empty() } else { line.trim_end() == end };
            if !(end.is_empty() && ends) {
                self.skip = if ends { None } else { self.skip };
                return self.outline.block(kind, full);
            }
            self.skip = None;
        }
        if s.is_empty() {
            self.outline.finish();
            self.blank = true;
            if self.header == Header::Open {
                self.header = Header::Over;
            }
            return self.outline.block(BlockKind::Blank, full);
        }
        let blank = std::mem::replace(&mut self.blank, false);
        if s.starts_with("//") && !s.starts_with("///") {
            return self.outline.comment(span, full);
        }
        if self.header(line, span, full) || self.settings(line, s, span, full) {
            return;
        }
        self.header = Header::Over;
        if self.table.is_none() && self.delimited(line.trim_end(), full) || self.cells(line.trim_end(), span, full) {
            return;
        }
        if self.macros(line, s, span, full) || self.heading(line, span, full, blank) {
            return;
        }
        self.prose(line, span, full, blank);
    }

    fn furniture(&mut self, kind: BlockKind, full: Span) -> bool {
        self.outline.finish();
        self.outline.block(kind, full);
        true
    }

    /// The title of the document and what is said below it.
    fn header(&mut self, line: &str, span: Span, full: Span) -> bool {
        match self.header {
            Header::Awaited if line.starts_with("= ") || line.starts_with("# ") => {
                self.header = Header::Open;
                let title = Span { start: span.start + 2, end: span.end }.trim(self.text);
                self.outline.units.push(Unit::Heading { level: 1, span: title });
                self.outline.block(BlockKind::Heading, full);
                true
            }
            Header::Open if !line.starts_with(':') => self.furniture(BlockKind::FrontMatter, full),
            _ => false,
        }
    }

    /// `:name: value`, `[style]`, `.Title`
    fn settings(&mut self, line: &'a str, s: &'a str, span: Span, full: Span) -> bool {
        if self.outline.in_paragraph() {
            return false;
        }
        if let Some((name, value)) = attribute(line) {
            if matches!(name, "bibtex-file" | "bibliography") {
                self.bibliographies.push(Span::new(0, value.len()).shift(span.end - value.len() as u32));
            }
            self.attributes.insert(name, value);
            let kind = if self.header == Header::Over { BlockKind::Comment } else { BlockKind::FrontMatter };
            return self.furniture(kind, full);
        }
        if line.starts_with('[') && s.ends_with(']') && !s.starts_with("[[[") && !s.contains("](") {
            let inner = s[1..s.len() - 1].split([',', '.', '%', '#']).next().unwrap_or("");
            if s.starts_with("[[") || !inner.contains(' ') || inner.contains('=') {
                if !s.starts_with("[[") {
                    self.style = inner;
                }
                return self.furniture(BlockKind::Comment, full);
            }
        }
        if line.starts_with('.') && !line[1..].starts_with(['.', ' ', '\t']) && s.len() > 1 && self.table.is_none() {
            self.outline.units.push(Unit::Paragraph(Span { start: span.start + 1, end: span.end }));
            self.outline.block(BlockKind::Paragraph, full);
            return true;
        }
        false
    }

    fn delimited(&mut self, line: &'a str, full: Span) -> bool {
        if let Some(at) = self.quotes.iter().rposition(|open| *open == line) {
            self.quotes.truncate(at);
            return self.furniture(BlockKind::Comment, full);
        }
        let Some(kind) = delimiter(line) else { return false };
        let style = std::mem::take(&mut self.style);
        let literal = LITERAL.contains(&style);
        let verse = matches!(style, "quote" | "verse");
        match kind {
            BlockKind::Code | BlockKind::Comment if !verse => {
                let end = if line.starts_with("```") { "```" } else { line };
                let closed = self.ends.get(end).is_some_and(|last| *last > full.start);
                self.skip = closed.then_some((end, kind));
                self.furniture(kind, full)
            }
            _ if literal && self.ends.get(line).is_some_and(|last| *last > full.start) => {
                self.skip = Some((line, BlockKind::Code));
                self.furniture(BlockKind::Code, full)
            }
            _ => {
                if kind == BlockKind::Quotation || verse {
                    self.quotes.push(line);
                }
                self.furniture(BlockKind::Comment, full)
            }
        }
    }

    /// Inside `|===`: each cell is a paragraph.
    fn cells(&mut self, line: &'a str, span: Span, full: Span) -> bool {
        let fence = line.len() >= 4
            && line.as_bytes()[1..].iter().all(|b| *b == b'=')
            && matches!(line.as_bytes()[0], b'|' | b'!' | b',' | b':');
        if let Some(open) = self.table {
            if line == open {
                self.table = None;
                return self.furniture(BlockKind::Comment, full);
            }
        } else {
            if !fence {
                return false;
            }
            self.style = "";
            self.table = Some(line);
            return self.furniture(BlockKind::Comment, full);
        }
        self.outline.block(BlockKind::Paragraph, full);
        let mut at = span.start as usize;
        let mut parts = split_cells(span.of(self.text)).peekable();
        while let Some(part) = parts.next() {
            let end = at + part.len();
            let words = if parts.peek().is_some() { part.len() - cell_format(part) } else { part.len() };
            self.outline.words(Span::new(at, at + words).trim(self.text));
            if parts.peek().is_some() {
                self.outline.finish();
            }
            at = end + 1;
        }
        true
    }

    /// `image::…[]`, `include::…[]`, rules, pages.
    fn macros(&mut self, line: &str, s: &str, span: Span, full: Span) -> bool {
        if matches!(s, "'''" | "---" | "***" | "- - -" | "* * *" | "<<<" | "+") {
            return self.furniture(BlockKind::Comment, full);
        }
        let Some(colons) = line.find("::") else { return false };
        let name = &line[..colons];
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_lowercase()) || !s.ends_with(']') {
            return false;
        }
        let Some(open) = line[colons + 2..].find('[').map(|n| colons + 2 + n) else { return false };
        if line[colons + 2..open].contains(' ') {
            return false;
        }
        if name == "include" {
            self.includes.push(Span::new(colons + 2, open).shift(full.start));
        }
        if matches!(name, "image" | "video" | "audio") {
            let words = Span { start: full.start + open as u32 + 1, end: span.end - 1 };
            self.outline.units.push(Unit::Aside(words));
        }
        self.furniture(BlockKind::Comment, full)
    }

    fn heading(&mut self, line: &str, span: Span, full: Span, blank: bool) -> bool {
        let sign = line.as_bytes()[0];
        let level = line.bytes().take_while(|b| *b == sign).count();
        let stands = !self.outline.in_paragraph() || blank;
        if !stands || !matches!(sign, b'=' | b'#') || !(1..=6).contains(&level) || !line[level..].starts_with(' ') {
            return false;
        }
        self.outline.finish();
        self.in_list = false;
        self.style = "";
        let title = Span { start: span.start + level as u32, end: span.end }.trim(self.text);
        self.outline.units.push(Unit::Heading { level: level as u8, span: title });
        self.outline.block(BlockKind::Heading, full);
        true
    }

    fn prose(&mut self, line: &str, span: Span, full: Span, blank: bool) {
        let s = span.of(self.text);
        let begins = !self.outline.in_paragraph();
        let sign = if begins || self.in_list { item(s) } else { 0 };
        if begins && sign == 0 {
            let style = std::mem::take(&mut self.style);
            // a line that is set in is shown as typed
            if LITERAL.contains(&style) || blank && line.starts_with([' ', '\t']) {
                self.skip = Some(("", BlockKind::Code));
                return self.outline.block(BlockKind::Code, full);
            }
            if blank && !matches!(style, "quote" | "verse") {
                self.in_list = false;
            }
            if matches!(style, "quote" | "verse") {
                self.outline.block(BlockKind::Quotation, full);
                return self.outline.words(span);
            }
        }
        let open_quote = !self.quotes.is_empty() || s.starts_with("> ") && begins;
        let goes_on = !begins && self.outline.blocks.last().is_some_and(|b| b.kind == BlockKind::Quotation);
        let quoted = open_quote || goes_on && sign == 0;
        if sign > 0 {
            self.style = "";
            self.outline.finish();
            self.in_list = true;
        }
        let quote_sign = if s.starts_with("> ") && begins { 2 } else { 0 };
        self.outline.block(if quoted { BlockKind::Quotation } else { BlockKind::Paragraph }, full);
        let mut words = Span::new(span.start as usize + sign.max(quote_sign), span.end as usize).trim(self.text);
        if let Some(key) = words.of(self.text).strip_prefix("[[[").and_then(|rest| rest.find("]]]").map(|n| &rest[..n]))
        {
            let name = key.split(',').next().unwrap_or(key).len();
            let span = Span::new(3, 3 + name).shift(words.start);
            words = Span { start: words.start + key.len() as u32 + 6, end: words.end }.trim(self.text);
            self.entries.push(Source { key: span, words });
        } else if let Some(entry) = self.entries.last_mut()
            && sign == 0
            && !begins
            && words.start > entry.words.end
            && self.text[entry.words.end as usize..words.start as usize].trim().is_empty()
        {
            entry.words.end = words.end;
        }
        if let Some((term, behind)) = term(words.of(self.text)).filter(|_| begins || sign > 0) {
            let (start, end) = (words.start, words.end);
            self.outline.words(Span { start, end: start + term as u32 });
            self.outline.finish();
            self.in_list = true;
            words = Span { start: start + behind as u32, end }.trim(self.text);
        }
        self.outline.words(words);
    }
}

/// `:name: value`
fn attribute(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix(':')?;
    let colon = rest.find(':')?;
    let name = rest[..colon].trim_matches('!');
    let value = &rest[colon + 1..];
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    (!name.is_empty() && name.chars().all(word) && value.starts_with([' ', '\n', '\r', '\t']) || value.is_empty())
        .then(|| (name, value.trim()))
}

/// The cells of a line, between bars that are not escaped.
fn split_cells(s: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    s.split(move |c| {
        let bar = c == '|' && !escaped;
        escaped = c == '\\';
        bar
    })
}

/// The bytes at the end of a cell that format the next one: `2+^.>s`.
fn cell_format(s: &str) -> usize {
    let format = |b: &u8| {
        b.is_ascii_digit()
            || matches!(
                b,
                b'.' | b'+' | b'*' | b'<' | b'>' | b'^' | b'a' | b'e' | b'h' | b'l' | b'm' | b's' | b'd' | b'v'
            )
    };
    let length = s.bytes().rev().take_while(format).count();
    let stands = s.len() == length || s[..s.len() - length].ends_with(' ');
    if stands && length <= 8 { length } else { 0 }
}

/// The bytes of a list sign.
fn item(s: &str) -> usize {
    let sign = s.as_bytes()[0];
    let run = s.bytes().take_while(|b| *b == sign).count();
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    let length = match sign {
        b'*' | b'.' if run <= 5 => run,
        b'-' if run == 1 => 1,
        b'<' => s
            .find('>')
            .filter(|n| *n > 1 && s[1..*n].bytes().all(|b| b.is_ascii_digit() || b == b'.'))
            .map_or(0, |n| n + 1),
        _ if (1..=3).contains(&digits) && s[digits..].starts_with('.') => digits + 1,
        _ => 0,
    };
    if length == 0 || !s[length..].starts_with([' ', '\t']) {
        return 0;
    }
    let mut at = length + 1;
    for sign in ["[ ] ", "[x] ", "[*] "] {
        if s[at..].starts_with(sign) {
            at += sign.len();
        }
    }
    at
}

/// `term:: definition`: where the term ends and the definition begins.
fn term(s: &str) -> Option<(usize, usize)> {
    let colons = s.find("::").or_else(|| s.find(";;"))?;
    let sign = s.as_bytes()[colons];
    let run = s[colons..].bytes().take_while(|b| *b == sign).count();
    let behind = colons + run;
    let stands = s.len() == behind || s[behind..].starts_with([' ', '\t']);
    (colons > 0 && run <= 4 && stands && !s[..colons].contains('[')).then_some((colons, behind))
}
