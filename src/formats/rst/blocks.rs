//! Blocks of reStructuredText, line by line: titles, notes, directives, quotations; what is code, table or comment.

use super::super::light::{Outline, Unit, indent, lines};
use super::label;
use crate::model::BlockKind;
use crate::text::Span;

/// `.. [1]`: where the brackets stand.
pub struct Definition {
    pub sign: Span,
}

pub struct Scan<'a> {
    pub outline: Outline<Definition>,
    pub includes: Vec<Span>,
    pub bibliographies: Vec<Span>,
    text: &'a str,
    lines: Vec<Span>,
    /// The adornments of titles, the highest first: the sign, and whether there is a line above too.
    levels: Vec<(u8, bool)>,
    /// The columns in which the text of list items, directives and definitions stands.
    columns: Vec<usize>,
    /// Columns in which a quotation by directive stands.
    quotes: Vec<usize>,
    /// Of the note that is being read: the column of its sign.
    note: Option<usize>,
    /// What is indented by more than this is skipped.
    skip: Option<(usize, BlockKind)>,
    /// What is skipped is a table of contents: its lines are names of files.
    toctree: bool,
    /// The column of the paragraph that is being read.
    column: usize,
    /// The next line says in which column it stands.
    adopts: bool,
    /// A paragraph that ended in `::` stood in this column.
    literal: Option<usize>,
    blank: bool,
    /// Options of a directive may follow.
    options: bool,
}

/// Directives that show code, pictures or what the machine is told.
const LITERAL: [&str; 30] = [
    "code",
    "code-block",
    "sourcecode",
    "highlight",
    "literalinclude",
    "parsed-literal",
    "math",
    "raw",
    "image",
    "toctree",
    "contents",
    "csv-table",
    "meta",
    "index",
    "graphviz",
    "plot",
    "ipython",
    "default-role",
    "role",
    "sectnum",
    "target-notes",
    "date",
    "replace",
    "unicode",
    "tabularcolumns",
    "doctest",
    "testcode",
    "prompt",
    "bibliography",
    "footbibliography",
];
const QUOTES: [&str; 4] = ["epigraph", "pull-quote", "highlights", "parsed-quote"];
/// The words behind the two colons are text.
const TITLED: [&str; 16] = [
    "note",
    "warning",
    "tip",
    "hint",
    "important",
    "caution",
    "danger",
    "attention",
    "error",
    "admonition",
    "topic",
    "sidebar",
    "rubric",
    "centered",
    "epigraph",
    "pull-quote",
];

pub fn scan(text: &str) -> Scan<'_> {
    let mut scan = Scan {
        outline: Outline::new(),
        includes: Vec::new(),
        bibliographies: Vec::new(),
        text,
        lines: lines(text).collect(),
        levels: Vec::new(),
        columns: Vec::new(),
        quotes: Vec::new(),
        note: None,
        skip: None,
        toctree: false,
        column: 0,
        adopts: false,
        literal: None,
        blank: true,
        options: false,
    };
    let mut i = 0;
    while i < scan.lines.len() {
        i += scan.line(i);
    }
    scan.outline.finish();
    scan
}

impl<'a> Scan<'a> {
    fn words(&self, i: usize) -> &'a str {
        self.lines.get(i).map_or("", |l| l.of(self.text))
    }

    /// Reads a line, or several; says how many.
    fn line(&mut self, i: usize) -> usize {
        let full = self.lines[i];
        let line = full.of(self.text);
        let span = full.trim(self.text);
        let s = span.of(self.text);
        let column = indent(line);
        if s.is_empty() {
            self.end_paragraph();
            (self.blank, self.options) = (true, false);
            let kind = self.skip.map_or(BlockKind::Blank, |skip| skip.1);
            self.outline.block(kind, full);
            return 1;
        }
        if let Some((_, kind)) = self.skip.filter(|(least, _)| column > *least) {
            if self.toctree {
                self.includes.extend(entry(span, s));
            }
            self.outline.block(kind, full);
            return 1;
        }
        (self.skip, self.toctree) = (None, false);
        let after_blank = std::mem::replace(&mut self.blank, false);
        if let Some(least) = self.literal.take()
            && after_blank
        {
            let quoted = column == least && s.starts_with(['>', '|', '#', '$', '!']) && s.len() > 1;
            if column > least || quoted {
                self.skip = Some((if quoted { least.max(1) - 1 } else { least }, BlockKind::Code));
                self.outline.block(BlockKind::Code, full);
                return 1;
            }
        }
        if self.note.is_some_and(|note| column <= note) {
            self.outline.finish();
            self.note = None;
        }
        self.columns.retain(|c| *c <= column);
        self.quotes.retain(|c| *c <= column);
        if let Some(sign) = s.strip_prefix("..").filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t'])) {
            self.explicit(i, sign, span, full, column);
            return 1;
        }
        if s.starts_with("__ ") || s.starts_with(">>> ") && after_blank {
            self.end_paragraph();
            let kind = if s.starts_with('>') { BlockKind::Code } else { BlockKind::Comment };
            self.skip = s.starts_with('>').then_some((column.max(1) - 1, kind));
            self.outline.block(kind, full);
            return 1;
        }
        if self.options && option(s) {
            self.outline.block(BlockKind::Comment, full);
            return 1;
        }
        self.options = false;
        if self.note.is_some() {
            self.note_line(span, full, after_blank);
            return 1;
        }
        if let Some(count) = self.title(i, column, after_blank).or_else(|| self.table(i, s, after_blank)) {
            return count;
        }
        if adornment(s) && s.len() >= 4 && !self.outline.in_paragraph() {
            self.outline.block(BlockKind::Comment, full);
            return 1;
        }
        self.prose(span, full, column, after_blank);
        1
    }

    /// A paragraph ends; what is indented below `::` is shown as typed.
    fn end_paragraph(&mut self) {
        let Some(span) = self.outline.take() else { return };
        let words = span.of(self.text);
        if let Some(before) = words.strip_suffix("::") {
            self.literal = Some(self.column);
            let shown = before.trim_end();
            // "text::" is printed with one colon, "text ::" with none
            let end = if shown.is_empty() || shown.len() < before.len() { shown.len() } else { words.len() - 1 };
            let span = Span::new(span.start as usize, span.start as usize + end);
            if !span.is_empty() {
                self.outline.units.push(Unit::Paragraph(span));
            }
            return;
        }
        self.outline.words(span);
        self.outline.finish();
    }

    /// `.. [1] text`, `.. note:: text`, `.. _target:`, `.. comment`
    fn explicit(&mut self, i: usize, sign: &str, span: Span, full: Span, column: usize) {
        self.end_paragraph();
        let inner = Span::new(span.start as usize + 2, span.end as usize).trim(self.text);
        let s = inner.of(self.text);
        if let Some(length) = label(s) {
            let sign = Span::new(0, length + 2).shift(inner.start);
            let rest = &s[length + 2..];
            if rest.is_empty() || rest.starts_with([' ', '\t']) {
                self.note = Some(column);
                let words = Span { start: sign.end, end: span.end }.trim(self.text);
                let pieces = if words.is_empty() { Vec::new() } else { vec![words] };
                self.outline.units.push(Unit::Note { note: Definition { sign }, pieces });
                return self.outline.block(BlockKind::Note, full);
            }
        }
        if s.starts_with('|') || s.starts_with('_') || s.starts_with("__") {
            self.skip = Some((column, BlockKind::Comment));
            return self.outline.block(BlockKind::Comment, full);
        }
        if let Some((name, argument)) = directive(s) {
            let argument = Span::new(0, argument.len()).shift(span.end - argument.len() as u32).trim(self.text);
            return self.directive(name, argument, full, column);
        }
        // nothing behind the dots, nothing on the next line: a comment that ends here
        let empty = sign.trim().is_empty() && self.words(i + 1).trim().is_empty();
        self.skip = (!empty).then_some((column, BlockKind::Comment));
        self.outline.comment(span, full);
    }

    fn directive(&mut self, name: &str, argument: Span, full: Span, column: usize) {
        match name {
            "include" => self.includes.push(argument),
            "bibliography" | "footbibliography" => {
                let mut at = argument.start;
                for file in argument.of(self.text).split(' ') {
                    let span = Span { start: at, end: at + file.len() as u32 };
                    at = span.end + 1;
                    self.bibliographies.extend(Some(span).filter(|s| !s.is_empty()));
                }
            }
            _ => {}
        }
        let bare = name.rsplit(':').next().unwrap_or(name);
        if LITERAL.contains(&bare) {
            let kind =
                if matches!(bare, "image" | "toctree" | "contents") { BlockKind::Comment } else { BlockKind::Code };
            self.skip = Some((column, kind));
            self.toctree = bare == "toctree";
            return self.outline.block(kind, full);
        }
        self.options = true;
        self.columns.push(column + 1);
        if QUOTES.contains(&bare) {
            self.quotes.push(column + 1);
        }
        self.outline.block(BlockKind::Comment, full);
        if TITLED.contains(&bare) && !argument.is_empty() {
            self.adopts = true;
            self.outline.words(argument);
            if !matches!(bare, "admonition" | "topic" | "sidebar" | "rubric" | "centered") {
                return;
            }
            self.outline.finish();
        } else if matches!(bare, "table" | "list-table" | "figure") && !argument.is_empty() {
            self.outline.units.push(Unit::Aside(argument));
        }
    }

    fn note_line(&mut self, span: Span, full: Span, after_blank: bool) {
        if let Some(Unit::Note { pieces, .. }) = self.outline.units.last_mut() {
            match pieces.last_mut() {
                Some(last) if !after_blank => last.end = span.end,
                _ => pieces.push(span),
            }
        }
        self.outline.note_goes_on(full);
    }

    /// A title, with a line below and perhaps above.
    fn title(&mut self, i: usize, column: usize, after_blank: bool) -> Option<usize> {
        let length = |i: usize| self.words(i).trim().chars().count();
        let lines_up = |i: usize| indent(self.words(i)) == 0 && adornment(self.words(i).trim());
        let above = lines_up(i) && after_blank && !self.outline.in_paragraph();
        let (title, below) = if above { (i + 1, i + 2) } else { (i, i + 1) };
        let long_enough = length(below) >= length(title).min(4) && length(below) >= 2;
        if !above && (column > 0 || self.outline.in_paragraph())
            || !lines_up(below)
            || !long_enough
            || length(title) == 0
        {
            return None;
        }
        let sign = self.words(below).as_bytes()[0];
        // a table, or two rules
        if above && (self.words(i).as_bytes()[0] != sign || self.words(i).trim().contains(' '))
            || adornment(self.words(title).trim())
        {
            return None;
        }
        self.outline.finish();
        let known = self.levels.iter().position(|l| *l == (sign, above));
        let level = known.unwrap_or_else(|| {
            self.levels.push((sign, above));
            self.levels.len() - 1
        });
        let span = self.lines[title].trim(self.text);
        self.outline.units.push(Unit::Heading { level: (level + 1).min(255) as u8, span });
        let whole = self.lines[i].join(self.lines[below]);
        self.outline.block(BlockKind::Heading, whole);
        self.blank = true;
        Some(below + 1 - i)
    }

    /// A grid or a simple table: its marks count, its cells are no paragraphs.
    fn table(&mut self, i: usize, s: &str, after_blank: bool) -> Option<usize> {
        let rule = |s: &str| s.contains("= =") || s.contains("=  =");
        let grid = s.starts_with("+-") && s.ends_with('+') && s.bytes().all(|b| matches!(b, b'+' | b'-' | b'='));
        let simple = rule(s) && s.bytes().all(|b| matches!(b, b'=' | b' '));
        if !after_blank && self.outline.in_paragraph() || !grid && !simple {
            return None;
        }
        let mut end = i + 1;
        let mut rules = 1;
        while end < self.lines.len() {
            let s = self.words(end).trim();
            let ruled = simple && s.starts_with('=') && s.bytes().all(|b| matches!(b, b'=' | b' '));
            rules += usize::from(ruled);
            let goes_on = if grid { s.starts_with(['+', '|']) } else { !(s.is_empty() && rules >= 2) };
            if !goes_on {
                break;
            }
            end += 1;
        }
        self.outline.finish();
        for line in i..end {
            let span = self.lines[line].trim(self.text);
            if !span.is_empty() {
                self.outline.units.push(Unit::Aside(span));
            }
        }
        self.outline.block(BlockKind::Furniture, self.lines[i].join(self.lines[end - 1]));
        Some(end - i)
    }

    fn prose(&mut self, span: Span, full: Span, column: usize, after_blank: bool) {
        let s = span.of(self.text);
        if std::mem::take(&mut self.adopts) && self.outline.in_paragraph() {
            self.column = column;
        }
        if self.outline.in_paragraph() && column > self.column && !after_blank {
            // a term, and what it is
            if !self.columns.contains(&self.column) || self.column > 0 {
                self.columns.push(column);
            }
            self.end_paragraph();
        }
        let sign = match self.outline.in_paragraph() && column >= self.column {
            true => line_sign(s),
            false => item(s).max(line_sign(s)),
        };
        if sign > 0 || self.outline.in_paragraph() && column < self.column {
            self.end_paragraph();
        }
        let mut text = Span::new(span.start as usize + sign, span.end as usize).trim(self.text);
        if !self.outline.in_paragraph() {
            self.column = column;
        }
        if sign > 0 {
            self.column = column + (text.start - span.start) as usize;
            self.columns.push(self.column);
            // an item in an item
            let inner = item(text.of(self.text));
            text = Span::new(text.start as usize + inner, text.end as usize).trim(self.text);
        }
        let listed = column == 0 || sign > 0 || self.columns.iter().any(|c| *c <= column);
        let quoted = !self.quotes.is_empty() || !listed;
        self.outline.block(if quoted { BlockKind::Quotation } else { BlockKind::Paragraph }, full);
        self.outline.words(text);
    }
}

/// `name:: argument`
fn directive(s: &str) -> Option<(&str, &str)> {
    let (name, argument) = s.split_once("::")?;
    let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'+' | b'.');
    let stands = argument.is_empty() || argument.starts_with([' ', '\t']);
    (stands && !name.is_empty() && name.bytes().all(word)).then_some((name, argument))
}

/// `one`, `Title <one>` in a table of contents: the file.
fn entry(span: Span, s: &str) -> Option<Span> {
    if option(s) {
        return None;
    }
    let named = s.strip_suffix('>').and_then(|rest| Some((rest.rfind('<')? + 1, rest.len())));
    let (start, end) = named.unwrap_or((0, s.len()));
    Some(Span::new(start, end).shift(span.start))
}

/// `:name: value`
fn option(s: &str) -> bool {
    s.starts_with(':') && s[1..].find(':').is_some_and(|n| n > 0)
}

/// A line of one sign again and again.
fn adornment(s: &str) -> bool {
    let bytes = s.as_bytes();
    bytes.len() >= 2
        && bytes[0].is_ascii_punctuation()
        && bytes.iter().all(|b| *b == bytes[0])
        && s != "::"
        && s != ".."
}

/// The bytes of a list sign, of a field's name.
fn item(s: &str) -> usize {
    if s.is_empty() {
        return 0;
    }
    if let Some(name) = s.strip_prefix(':').and_then(|rest| rest.find(": ")).filter(|n| (1..60).contains(n)) {
        let colon = !s[1..1 + name].contains([':', '`']);
        return if colon { name + 3 } else { 0 };
    }
    let inner = s.strip_prefix('(').unwrap_or(s);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let count = match inner.as_bytes() {
        [b'#', ..] => 1,
        _ => digits,
    };
    let sign = match (s.as_bytes()[0], inner.as_bytes().get(count)) {
        (b'-' | b'*' | b'+', _) => 1,
        (b'(', Some(b')')) if (1..=3).contains(&count) => count + 2,
        (b'(', _) => return 0,
        (_, Some(b'.' | b')')) if (1..=3).contains(&count) => count + 1,
        _ => return 0,
    };
    if s.len() == sign {
        return sign;
    }
    if s[sign..].starts_with([' ', '\t']) { sign + 1 } else { 0 }
}

/// `| ` before a line of verse.
fn line_sign(s: &str) -> usize {
    if s.starts_with("| ") { 2 } else { usize::from(s == "|") }
}
