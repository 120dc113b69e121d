//! Blocks of Org, line by line: headlines, notes, lists, tables; what is code, settings or comment.

use super::super::light::{Outline, Unit, indent, lines};
use super::mark;
use crate::model::BlockKind;
use crate::text::Span;
use rustc_hash::FxHashMap;

/// `[fn:1]` at the beginning of a line.
pub struct Definition {
    pub sign: Span,
}

pub struct Scan<'a> {
    pub outline: Outline<Definition>,
    pub includes: Vec<Span>,
    pub bibliographies: Vec<Span>,
    pub nocite: Vec<&'a str>,
    text: &'a str,
    /// Where the last `#+end_…`, `\end{…}` and `:END:` of each name stands.
    ends: FxHashMap<String, u32>,
    /// Labels of notes below the text, and where the last one of each begins.
    defined: FxHashMap<&'a str, u32>,
    skip: Option<(String, BlockKind)>,
    quotes: usize,
    in_note: bool,
    blanks: usize,
    /// The level of a headline that is not exported, with what is below it.
    hidden: Option<u8>,
}

/// What is shown as it is typed, or not at all.
const LITERAL: [&str; 3] = ["src", "example", "export"];
const HIDDEN_DRAWERS: [&str; 3] = [":properties:", ":logbook:", ":clock:"];

pub fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan {
        outline: Outline::new(),
        includes: Vec::new(),
        bibliographies: Vec::new(),
        nocite: Vec::new(),
        text,
        ends: FxHashMap::default(),
        defined: FxHashMap::default(),
        skip: None,
        quotes: 0,
        in_note: false,
        blanks: 0,
        hidden: None,
    };
    for full in lines(text) {
        let s = full.of(text);
        if let Some(length) = mark(s) {
            scan.defined.insert(&s[..length], full.start);
        }
        if let Some(name) = closing(s.trim()) {
            scan.ends.insert(name, full.start);
        }
    }
    lines(text).for_each(|full| scan.line(full));
    scan.outline.finish();
    scan
}

/// `#+end_src` closes `src`, `\end{align}` closes `\align`, `:END:` closes `:`.
fn closing(s: &str) -> Option<String> {
    let s = s.get(..s.floor_char_boundary(60))?.to_ascii_lowercase();
    if s == ":end:" {
        return Some(":".to_owned());
    }
    if let Some(name) = s.strip_prefix("\\end{") {
        return Some(format!("\\{}", name.split('}').next().unwrap_or("")));
    }
    s.strip_prefix("#+end_").map(|name| name.split_whitespace().next().unwrap_or("").to_owned())
}

impl<'a> Scan<'a> {
    fn line(&mut self, full: Span) {
        let span = full.trim(self.text);
        let line = full.of(self.text);
        let s = span.of(self.text);
        if let Some((name, kind)) = &self.skip {
            let (kind, ends) = (*kind, closing(s).as_ref() == Some(name));
            if ends {
                self.skip = None;
            }
            return self.outline.block(kind, full);
        }
        if s.is_empty() {
            self.outline.finish();
            self.blanks += 1;
            self.in_note &= self.blanks < 2;
            return self.outline.block(BlockKind::Blank, full);
        }
        let blanks = std::mem::take(&mut self.blanks);
        let stars = line.bytes().take_while(|b| *b == b'*').count();
        if stars > 0 && line[stars..].starts_with(' ') {
            return self.headline(stars, span, full);
        }
        if self.hidden.is_some() {
            return self.outline.block(BlockKind::Comment, full);
        }
        if let Some(length) = mark(line).filter(|length| self.defines(line, *length, full.start)) {
            return self.definition(span, length, full);
        }
        if self.opens(s, span, full) {
            return;
        }
        if self.in_note {
            return self.note_line(span, full, blanks);
        }
        self.prose(span, full, indent(line));
    }

    /// A mark at the beginning of a line that is followed by another one is no note, if it has one elsewhere.
    fn defines(&self, line: &str, length: usize, at: u32) -> bool {
        let rest = line[length..].trim_start();
        let elsewhere = self.defined.get(&line[..length]).is_some_and(|last| *last > at);
        !(elsewhere && (rest.starts_with("[fn:") || rest.is_empty()))
    }

    fn definition(&mut self, span: Span, length: usize, full: Span) {
        self.outline.finish();
        self.in_note = true;
        let sign = Span::new(full.start as usize, full.start as usize + length);
        let words = Span { start: sign.end, end: span.end }.trim(self.text);
        let pieces = if words.is_empty() { Vec::new() } else { vec![words] };
        self.outline.units.push(Unit::Note { note: Definition { sign }, pieces });
        self.outline.block(BlockKind::Note, full);
    }

    fn note_line(&mut self, span: Span, full: Span, blanks: usize) {
        if let Some(Unit::Note { pieces, .. }) = self.outline.units.last_mut() {
            match pieces.last_mut() {
                Some(last) if blanks == 0 => last.end = span.end,
                _ => pieces.push(span),
            }
        }
        self.outline.note_goes_on(full);
    }

    fn headline(&mut self, stars: usize, span: Span, full: Span) {
        self.outline.finish();
        (self.in_note, self.quotes) = (false, 0);
        let level = stars.min(255) as u8;
        let mut title = Span::new(span.start as usize + stars, span.end as usize).trim(self.text);
        for word in ["TODO ", "DONE ", "[#A] ", "[#B] ", "[#C] "] {
            if title.of(self.text).starts_with(word) {
                title = Span { start: title.start + word.len() as u32, end: title.end }.trim(self.text);
            }
        }
        let tags = tags(title.of(self.text));
        let comment = title.of(self.text).split(' ').next() == Some("COMMENT");
        let hides = comment || title.of(self.text)[tags..].contains(":noexport:");
        if self.hidden.is_some_and(|hidden| level > hidden) || hides {
            self.hidden = Some(self.hidden.filter(|hidden| level > *hidden).unwrap_or(level));
            return self.outline.block(BlockKind::Comment, full);
        }
        self.hidden = None;
        title = Span { start: title.start, end: title.start + tags as u32 }.trim(self.text);
        if !title.is_empty() {
            self.outline.units.push(Unit::Heading { level, span: title });
        }
        self.outline.block(BlockKind::Heading, full);
    }

    /// A line that is no prose, or begins what is none.
    fn opens(&mut self, s: &str, span: Span, full: Span) -> bool {
        let bytes = s.as_bytes();
        match bytes[0] {
            b'#' if s.starts_with("#+") => self.keyword(&s[2..], span, full),
            b'#' if s.len() == 1 || bytes[1] == b' ' => {
                self.outline.finish();
                self.outline.comment(span, full);
                true
            }
            b'\\' if s.starts_with("\\begin{") => {
                let name = format!("\\{}", s[7..].split('}').next().unwrap_or("").to_ascii_lowercase());
                self.runs_to(name, BlockKind::Math, full)
            }
            b':' => self.colon(s, full),
            b'-' if s.len() >= 5 && bytes.iter().all(|b| *b == b'-') => self.aside(BlockKind::Comment, full),
            b'|' if s.starts_with("|-") => self.aside(BlockKind::Comment, full),
            _ if ["SCHEDULED: ", "DEADLINE: ", "CLOSED: ", "CLOCK: "].iter().any(|word| s.starts_with(word)) => {
                self.aside(BlockKind::Comment, full)
            }
            _ => false,
        }
    }

    fn aside(&mut self, kind: BlockKind, full: Span) -> bool {
        if !self.in_note {
            self.outline.finish();
        }
        self.outline.block(kind, full);
        true
    }

    /// What goes on until its end sign, if there is one.
    fn runs_to(&mut self, name: String, kind: BlockKind, full: Span) -> bool {
        let ends = self.ends.get(&name).is_some_and(|end| *end >= full.start);
        if ends {
            self.aside(kind, full);
            let same_line = closing_on(full.of(self.text), &name);
            self.skip = (!same_line).then_some((name, kind));
        }
        ends
    }

    /// A drawer, a line of output, or a word with a colon.
    fn colon(&mut self, s: &str, full: Span) -> bool {
        if s == ":" || s.starts_with(": ") {
            return self.aside(BlockKind::Code, full);
        }
        if HIDDEN_DRAWERS.contains(&s.to_ascii_lowercase().as_str()) {
            return self.runs_to(":".to_owned(), BlockKind::Comment, full);
        }
        let name = s.len() > 2 && s.ends_with(':') && !s[1..s.len() - 1].contains([' ', ':']);
        name && self.aside(BlockKind::Comment, full)
    }

    /// `#+begin_quote`, `#+title: …`
    fn keyword(&mut self, s: &str, span: Span, full: Span) -> bool {
        let name: String = s.chars().take_while(|c| !c.is_whitespace() && *c != ':' && *c != '[').collect();
        let name = name.to_ascii_lowercase();
        if let Some(block) = name.strip_prefix("begin_") {
            let kind = if block == "comment" { BlockKind::Comment } else { BlockKind::Code };
            let literal = LITERAL.contains(&block) || matches!(block, "comment" | "html" | "latex" | "ascii");
            if literal {
                return self.runs_to(block.to_owned(), kind, full) || self.aside(BlockKind::Comment, full);
            }
            self.quotes += usize::from(matches!(block, "quote" | "verse"));
            return self.aside(BlockKind::Comment, full);
        }
        if let Some(block) = name.strip_prefix("end_") {
            self.quotes -= usize::from(matches!(block, "quote" | "verse")).min(self.quotes);
            return self.aside(BlockKind::Comment, full);
        }
        let Some(colon) = s.find(':') else { return false };
        let value = Span::new(span.start as usize + 2 + colon + 1, span.end as usize).trim(self.text);
        let words = value.of(self.text);
        match name.as_str() {
            "title" | "subtitle" | "author" | "caption" => self.outline.units.push(Unit::Aside(value)),
            "bibliography" => self.bibliographies.push(quoted(value, words)),
            "include" if words.contains(".org") => {
                let file = quoted(value, words);
                self.includes.push(Span {
                    end: file.start + file.of(self.text).split("::").next().map_or(0, str::len) as u32,
                    ..file
                });
            }
            "nocite" => {
                let keys = words.split('@').skip(1).filter_map(|k| k.split([',', ' ', ';']).next());
                self.nocite.extend(keys.filter(|k| !k.is_empty()));
            }
            _ => {}
        }
        let settings = matches!(name.as_str(), "title" | "subtitle" | "author" | "date" | "options" | "language");
        self.aside(if settings { BlockKind::FrontMatter } else { BlockKind::Comment }, full)
    }

    fn prose(&mut self, span: Span, full: Span, column: usize) {
        let s = span.of(self.text);
        let kind = if self.quotes > 0 { BlockKind::Quotation } else { BlockKind::Paragraph };
        self.outline.block(kind, full);
        if s.starts_with('|') {
            return self.row(span);
        }
        let item = item(s, column);
        if item > 0 {
            self.outline.finish();
        }
        self.outline.words(Span::new(span.start as usize + item, span.end as usize).trim(self.text));
    }

    /// A row of a table: each cell is a paragraph.
    fn row(&mut self, span: Span) {
        self.outline.finish();
        let mut at = span.start;
        for cell in span.of(self.text).split('|') {
            let cell_span = Span { start: at, end: at + cell.len() as u32 }.trim(self.text);
            at += cell.len() as u32 + 1;
            if !cell_span.is_empty() {
                self.outline.units.push(Unit::Paragraph(cell_span));
            }
        }
    }
}

fn closing_on(line: &str, name: &str) -> bool {
    name.strip_prefix('\\').is_some_and(|name| line.to_ascii_lowercase().contains(&format!("\\end{{{name}}}")))
}

/// A file's name, without its quotation marks and what follows them.
fn quoted(value: Span, words: &str) -> Span {
    match words.strip_prefix('"') {
        Some(rest) => Span::new(0, rest.find('"').unwrap_or(rest.len())).shift(value.start + 1),
        None => Span::new(0, words.find(char::is_whitespace).unwrap_or(words.len())).shift(value.start),
    }
}

/// Where the tags of a headline begin: `Title  :draft:noexport:`.
fn tags(title: &str) -> usize {
    let Some((words, tags)) = title.rsplit_once([' ', '\t']) else { return title.len() };
    let tag = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '@' | '#' | '%');
    let tagged = tags.len() > 2 && tags.starts_with(':') && tags.ends_with(':') && tags.chars().all(tag);
    if tagged { words.len() } else { title.len() }
}

/// The bytes of a list sign, with a box and a term: `- [X] lamp :: `.
fn item(s: &str, column: usize) -> usize {
    let digits = s.bytes().take_while(u8::is_ascii_digit).count();
    let sign = match s.as_bytes().get(digits) {
        Some(b'-' | b'+') if digits == 0 => 1,
        Some(b'*') if digits == 0 && column > 0 => 1,
        Some(b'.' | b')') if (1..=3).contains(&digits) => digits + 1,
        _ => return 0,
    };
    if s.len() == sign {
        return sign;
    }
    if !s[sign..].starts_with([' ', '\t']) {
        return 0;
    }
    let mut at = sign + 1;
    for sign in ["[ ] ", "[X] ", "[-] "] {
        let rest = s[at..].trim_start();
        if rest.starts_with(sign) {
            at = s.len() - rest.len() + sign.len();
        }
    }
    at
}
