//! The text inside blocks: marks, inline notes, keys; code, formulas and tags left out; emphasis and links as read.

use super::super::flow::Writer;
use super::super::light::{Brackets, Closers, signs};
use super::constructs::{NEAR, entity, find_run, is_cross_reference, key, math, tag};
use super::definitions::{Labels, Sign, sign};
use crate::model::{Flow, Key, Label, Mark, Note};
use crate::text::Span;

/// What the text of a file has given so far, in its order.
pub struct Found<'a> {
    labels: &'a Labels<'a>,
    pub marks: Vec<Mark>,
    pub notes: Vec<Note>,
    pub keys: Vec<Key>,
    /// Labels whose brackets are escaped.
    pub escaped: Vec<Span>,
    /// There are no notes at their marks, and no keys.
    pub gfm: bool,
}

impl<'a> Found<'a> {
    pub fn new(labels: &'a Labels<'a>) -> Found<'a> {
        Found { labels, marks: Vec::new(), notes: Vec::new(), keys: Vec::new(), escaped: Vec::new(), gfm: false }
    }
}

/// The lines of one block as one string, with the way back.
struct Joined {
    text: String,
    /// Where each line begins, here and in the file.
    starts: Vec<(u32, u32)>,
}

impl Joined {
    fn new(file: &str, pieces: &[Span]) -> Joined {
        let mut text = String::with_capacity(pieces.iter().map(|p| p.len() + 1).sum());
        let mut starts = Vec::with_capacity(pieces.len());
        for piece in pieces {
            if !text.is_empty() {
                text.push('\n');
            }
            starts.push((text.len() as u32, piece.start));
            text.push_str(piece.of(file));
        }
        Joined { text, starts }
    }

    fn source(&self, at: usize) -> u32 {
        let i = self.starts.partition_point(|s| s.0 <= at as u32).max(1) - 1;
        let (here, file) = self.starts[i];
        file + (at as u32 - here)
    }

    /// A stretch within one line, or the file's bytes from its beginning to its end.
    fn span(&self, range: std::ops::Range<usize>) -> Span {
        let end = if range.end > range.start { self.source(range.end - 1) + 1 } else { self.source(range.start) };
        Span { start: self.source(range.start), end }
    }
}

/// Reads a block.
pub fn read(file: &str, pieces: &[Span], in_note: Option<usize>, found: &mut Found<'_>) -> Flow {
    if pieces.is_empty() {
        return Flow::default();
    }
    let joined = Joined::new(file, pieces);
    let mut scan =
        Inline { j: &joined, found, file, in_note, brackets: None, parentheses: None, closers: Closers::default() };
    let mut out = Writer::new(file, joined.text.len());
    scan.scan(0..joined.text.len(), &mut out, 0);
    out.finish()
}

/// Marks and inline notes of the front matter: a title may have one. What is no mark of a note is not Markdown.
pub fn front_matter(file: &str, span: Span, found: &mut Found) {
    let text = span.of(file);
    if !text.contains("[^") && !text.contains("^[") {
        return;
    }
    let line = |s: &str| Span::new(0, s.len()).shift((s.as_ptr() as usize - file.as_ptr() as usize) as u32).trim(file);
    let pieces: Vec<Span> = text.lines().map(line).filter(|l| !l.is_empty()).collect();
    let (first, keys) = (found.marks.len(), found.keys.len());
    read(file, &pieces, None, found);
    found.keys.truncate(keys);
    let read = found.marks.split_off(first);
    found.marks.extend(read.into_iter().filter(|m| m.label.text == "^" || found.labels.is_defined(&m.label.text)));
}

struct Inline<'a, 'l> {
    j: &'a Joined,
    found: &'a mut Found<'l>,
    file: &'a str,
    in_note: Option<usize>,
    /// The brackets of the block, once something asks for them.
    brackets: Option<Brackets>,
    parentheses: Option<Brackets>,
    closers: Closers,
}

/// Signs of emphasis that wait for their like.
#[derive(Default)]
struct Emphasis {
    open: Vec<(u8, usize, u32)>,
    /// How many of each length wait: of `*`, of `_`.
    waiting: [[usize; 4]; 2],
}

impl Emphasis {
    fn open(&mut self, sign: u8, len: usize, begun: u32) {
        self.waiting[usize::from(sign == b'_')][len.min(3)] += 1;
        self.open.push((sign, len, begun));
    }

    /// Whether a sign of this length at most waits.
    fn holds(&self, sign: u8, longest: usize) -> bool {
        self.waiting[usize::from(sign == b'_')].iter().take(longest.saturating_add(1)).any(|n| *n > 0)
    }

    /// The last one of at most this length, and where it stands; what opened behind it is none.
    fn close(&mut self, sign: u8, longest: usize) -> Option<(usize, u32)> {
        if !self.holds(sign, longest) {
            return None;
        }
        while let Some((open, len, begun)) = self.open.pop() {
            self.waiting[usize::from(open == b'_')][len.min(3)] -= 1;
            if open == sign && len <= longest {
                return Some((len, begun));
            }
        }
        None
    }
}

/// No backslash takes its meaning from a sign.
fn is_plain(text: &str, at: usize) -> bool {
    text.as_bytes()[..at].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 0
}

const SIGNS: [bool; 256] = signs(b"\\`$<[^@*_&!{\n");

impl Inline<'_, '_> {
    fn scan(&mut self, range: std::ops::Range<usize>, out: &mut Writer, depth: usize) {
        let bytes = self.j.text.as_bytes();
        let mut open = Emphasis::default();
        let mut at = range.start;
        let mut from = at;
        while at < range.end {
            if !SIGNS[bytes[at] as usize] {
                at += 1;
                continue;
            }
            let next = match bytes[at] {
                b'*' | b'_' => self.emphasis(at, from, range.clone(), out, &mut open),
                _ => self.sign(at, from, range.end, out, depth),
            };
            match next {
                Some(next) => {
                    at = next;
                    from = next;
                }
                None => at += 1,
            }
        }
        self.words(from, range.end, out);
    }

    fn words(&self, from: usize, to: usize, out: &mut Writer) {
        if from < to {
            out.words(self.j.span(from..to));
        }
    }

    /// Handles what begins at `at` and says where the text goes on; `None` if it is only a letter.
    fn sign(&mut self, at: usize, from: usize, end: usize, out: &mut Writer, depth: usize) -> Option<usize> {
        let text = &self.j.text[..end];
        let s = &text[at..];
        match s.as_bytes()[0] {
            b'\n' => {
                self.words(from, at, out);
                out.line_end(self.j.source(at - 1) + 1);
                Some(at + 1)
            }
            b'\\' => {
                if let Some(sign) = self.spoilt_mark(at, s) {
                    return Some(self.label(at, from, s, &sign, out));
                }
                s.as_bytes().get(1).filter(|b| b.is_ascii_punctuation())?;
                self.words(from, at, out);
                self.words(at + 1, at + 2, out);
                Some(at + 2)
            }
            b'`' => {
                let run = s.bytes().take_while(|b| *b == b'`').count();
                let close = find_run(&s.as_bytes()[run..], b'`', run)?;
                self.words(from, at, out);
                Some(at + run + close + run)
            }
            b'$' => {
                let len = math(s)?;
                self.words(from, at, out);
                Some(at + len)
            }
            b'<' if s.starts_with("<!--") => {
                let close = self.closers.find(text, "-->", (at, end), |_| true)?;
                self.words(from, at, out);
                Some(close + 3)
            }
            b'<' => {
                let (len, shown) = tag(s)?;
                self.words(from, at, out);
                if let Some(shown) = shown {
                    self.words(at + shown.start, at + shown.end, out);
                }
                Some(at + len)
            }
            b'&' => {
                let (len, text) = entity(s)?;
                self.words(from, at, out);
                out.instead(text, self.j.span(at..at + len));
                Some(at + len)
            }
            b'!' => {
                let close = s.starts_with("![").then(|| self.bracket(at + 1, end))?? - at;
                let len = self.link_target(at + close + 1, end)? - at;
                self.words(from, at, out);
                self.aside(at + 2..at + close, out);
                Some(at + len)
            }
            b'{' => self.shortcode(at, from, s, out),
            b'^' => self.raised(at, from, s, out, depth),
            b'[' => self.bracketed(at, from, s, out, depth),
            _ => self.bare_key(at, s),
        }
    }

    fn emphasis(
        &mut self,
        at: usize,
        from: usize,
        range: std::ops::Range<usize>,
        out: &mut Writer,
        open: &mut Emphasis,
    ) -> Option<usize> {
        let text = &self.j.text;
        let sign = text.as_bytes()[at];
        let len = text.as_bytes()[at..range.end].iter().take_while(|b| **b == sign).count();
        let before = text[range.start..at].chars().next_back();
        let after = text[at + len..range.end].chars().next();
        let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let closes = solid(before) && !(sign == b'_' && word(after)) && open.holds(sign, usize::MAX);
        let opens = solid(after) && !(sign == b'_' && word(before)) && len <= 3;
        if !closes && !opens {
            return None;
        }
        self.words(from, at, out);
        if closes {
            let mut left = len;
            while let Some((length, begun)) = open.close(sign, left) {
                left -= length;
                out.emphasise(begun);
            }
        } else {
            open.open(sign, len, out.position());
        }
        Some(at + len)
    }

    /// `^[inline note]`, `19^th^`
    fn raised(&mut self, at: usize, from: usize, s: &str, out: &mut Writer, depth: usize) -> Option<usize> {
        if s.starts_with("^[") && self.found.gfm {
            return None;
        }
        if s.starts_with("^[") && depth < 8 {
            let close = self.pair(at + 1, at + s.len())? - at;
            self.words(from, at, out);
            let span = self.j.span(at..at + close + 1);
            let label =
                Label { text: "^".to_owned(), number: None, span: Span { start: span.start, end: span.start + 1 } };
            self.mark(label.clone(), span, out);
            let index = self.found.notes.len();
            self.found.notes.push(Note { label, scope: 0, span, flow: Flow::default(), inline: true });
            let mut inner = Writer::new(self.file, close);
            let outer = self.in_note.replace(index);
            self.scan(at + 2..at + close, &mut inner, depth + 1);
            self.in_note = outer;
            self.found.notes[index].flow = inner.finish();
            return Some(at + close + 1);
        }
        let inner = s[1..].find('^').filter(|n| (1..40).contains(n) && !s[1..=*n].contains(char::is_whitespace))?;
        self.words(from, at, out);
        self.words(at + 1, at + 1 + inner, out);
        Some(at + inner + 2)
    }

    /// The bracket that closes the one at a byte.
    fn pair(&mut self, open: usize, end: usize) -> Option<usize> {
        let text = &self.j.text;
        let pairs = || Brackets::new(text, Span::new(0, text.len()), |at| is_plain(text, at));
        self.brackets.get_or_insert_with(pairs).close(open, end)
    }

    /// The same, if it is near.
    fn bracket(&mut self, open: usize, end: usize) -> Option<usize> {
        self.pair(open, end).filter(|close| close - open < NEAR)
    }

    /// What follows the text of a link: `(address)`, `[name]`, `{attributes}`. The end of it.
    fn link_target(&mut self, at: usize, end: usize) -> Option<usize> {
        let text = &self.j.text;
        let rest = &text[at..end];
        match rest.as_bytes().first()? {
            b'(' => {
                let pairs = || Brackets::of(*b"()", text, Span::new(0, text.len()), |_| true);
                let close = self.parentheses.get_or_insert_with(pairs).close(at, end)?;
                (close - at < NEAR).then_some(close + 1)
            }
            b'[' if !rest.starts_with("[^") && !rest.starts_with("[@") => self.bracket(at, end).map(|n| n + 1),
            b'{' => rest[..rest.floor_char_boundary(200)].find('}').map(|n| at + n + 1),
            _ => None,
        }
    }

    fn mark(&mut self, label: Label, span: Span, out: &mut Writer) {
        out.mark(self.found.marks.len());
        self.found.marks.push(Mark { label, span, in_note: self.in_note, scope: 0 });
    }

    fn bracketed(&mut self, at: usize, from: usize, s: &str, out: &mut Writer, depth: usize) -> Option<usize> {
        if let Some(sign) =
            sign(s).filter(|sign| !sign.escaped || self.found.labels.is_spoilt_mark(&s[sign.name.clone()]))
        {
            return Some(self.label(at, from, s, &sign, out));
        }
        let end = at + s.len();
        let close = self.bracket(at, end)? - at;
        let inner = &s[1..close];
        if inner.contains('@') && !self.found.gfm && !s[close + 1..].starts_with('(') && self.group(at, inner, close) {
            self.words(from, at + close + 1, out);
            return Some(at + close + 1);
        }
        let len = self.link_target(at + close + 1, end)? - at;
        if depth > 8 {
            return None;
        }
        self.words(from, at, out);
        self.scan(at + 1..at + close, out, depth + 1);
        Some(at + len)
    }

    /// `\[\^12\]` behind a word: a mark that a converter has spoilt.
    fn spoilt_mark(&self, at: usize, s: &str) -> Option<Sign> {
        let behind_word = !self.j.text[..at].ends_with(char::is_whitespace) && at > 0;
        sign(s).filter(|sign| behind_word && self.found.labels.is_spoilt_mark(&s[sign.name.clone()]))
    }

    /// A mark: where the text goes on.
    fn label(&mut self, at: usize, from: usize, s: &str, sign: &Sign, out: &mut Writer) -> usize {
        let end = at + sign.len;
        self.words_before_mark(from, at, end, out);
        let span = self.j.span(at..end);
        let text = &s[sign.name.clone()];
        let number = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
        let own = self.j.span(at + sign.name.start..at + sign.name.end);
        if sign.escaped {
            self.found.escaped.push(span);
        }
        self.mark(Label { text: text.to_owned(), number, span: own }, span, out);
        end
    }

    /// Marks in what stands beside the text: a caption, what a shortcode is told. Its words are not read.
    fn aside(&mut self, range: std::ops::Range<usize>, out: &mut Writer) {
        let mut at = range.start;
        while let Some(found) = self.j.text[at..range.end].find("[^") {
            at += found;
            let s = &self.j.text[at..range.end];
            match sign(s).filter(|sign| self.found.labels.is_defined(&s[sign.name.clone()])) {
                Some(sign) => at = self.label(at, at, s, &sign, out),
                None => at += 2,
            }
        }
    }

    /// `{{< cite "x" >}}`, `{% include x %}`
    fn shortcode(&mut self, at: usize, from: usize, s: &str, out: &mut Writer) -> Option<usize> {
        let close = if s.starts_with("{{") {
            "}}"
        } else if s.starts_with("{%") {
            "%}"
        } else {
            return None;
        };
        let close = s[..s.floor_char_boundary(s.len().min(NEAR))].find(close)?;
        self.words(from, at, out);
        let shown = s[..close].find('"').and_then(|a| Some((a + 1, a + 1 + s[a + 1..close].find('"')?)));
        match shown.filter(|_| s[..close].contains("cite")) {
            Some((a, b)) => self.words(at + a, at + b, out),
            None => self.aside(at..at + close, out),
        }
        Some(at + close + 2)
    }

    /// Words before a mark; without their last space if a space or a stop follows it.
    fn words_before_mark(&self, from: usize, at: usize, after: usize, out: &mut Writer) {
        let next = self.j.text[after..].chars().next();
        let words = &self.j.text[from..at];
        let spaced = next.is_none_or(|c| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':'));
        self.words(from, if spaced { from + words.trim_end().len() } else { at }, out);
    }

    /// `[see @doe99, pp. 3-5; @roe]`: its keys, if it has any.
    fn group(&mut self, at: usize, inner: &str, close: usize) -> bool {
        let group = self.j.span(at..at + close + 1);
        let mut any = false;
        let mut offset = at + 1;
        for item in inner.split(';') {
            let start = item.match_indices('@').map(|m| m.0).find(|i| {
                item[..*i].chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '-' | '(' | '“' | '"'))
            });
            if let Some((start, len)) = start.and_then(|i| Some((i, key(&item[i + 1..])?))) {
                let rest = &item[start + 1 + len..];
                let from = offset + start + 1 + len + rest.find(',').map_or(0, |c| c + 1);
                let locator = self.trimmed(from, offset + item.len());
                let name = item[start + 1..start + 1 + len].trim_matches(['{', '}']).to_owned();
                let span = self.j.span(offset + start..offset + start + 1 + len);
                let whole = locator.map_or(span, |l| span.join(l));
                if !is_cross_reference(&name) {
                    self.found.keys.push(Key { span, key: name, group, locator, whole, in_note: self.in_note });
                }
                any = true;
            }
            offset += item.len() + 1;
        }
        any
    }

    fn trimmed(&self, from: usize, to: usize) -> Option<Span> {
        let s = &self.j.text[from..to];
        let start = from + (s.len() - s.trim_start().len());
        (!s.trim().is_empty()).then(|| self.j.span(start..start + s.trim().len()))
    }

    /// `@key [p. 2]` in the text. The words stay.
    fn bare_key(&mut self, at: usize, s: &str) -> Option<usize> {
        let before = self.j.text[..at].chars().next_back();
        if self.found.gfm || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '/' | '@' | '_')) {
            return None;
        }
        let len = key(&s[1..])?;
        let span = self.j.span(at..at + 1 + len);
        let rest = &s[1 + len..];
        let gap = rest.len() - rest.trim_start_matches(' ').len();
        let close = if rest[gap..].starts_with('[') && !rest[gap..].starts_with("[^") {
            let open = at + 1 + len + gap;
            self.bracket(open, at + s.len()).map(|close| close - open)
        } else {
            None
        };
        let (group, locator) = match close.filter(|_| gap <= 1) {
            Some(close) => {
                let open = at + 1 + len + gap;
                (self.j.span(at..open + close + 1), self.trimmed(open + 1, open + close))
            }
            None => (span, None),
        };
        let name = s[1..1 + len].trim_matches(['{', '}']).to_owned();
        if !is_cross_reference(&name) {
            let in_note = self.in_note;
            self.found.keys.push(Key { span, key: name, group, locator, whole: group, in_note });
        }
        None
    }
}
