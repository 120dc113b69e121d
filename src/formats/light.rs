//! What the light markups share: lines gathered into blocks, words of a block into a flow, signs that come in pairs.

use super::flow::Writer;
use crate::model::{Block, BlockKind, Flow, Heading, Key, Label, Manuscript, Mark, Note};
use crate::text::Span;

/// Constructs within constructs deeper than this are read as words.
pub const DEEPEST: usize = 12;

/// What is to be read as words, in the order of the file.
pub enum Unit<N> {
    Paragraph(Span),
    Heading {
        level: u8,
        span: Span,
    },
    Note {
        note: N,
        pieces: Vec<Span>,
    },
    /// Its marks count; its words are not the text's: tables, titles in settings.
    Aside(Span),
}

/// The blocks of a file as its lines give them.
pub struct Outline<N> {
    pub units: Vec<Unit<N>>,
    pub blocks: Vec<Block>,
    pub comments: Vec<Span>,
    /// The paragraph that is being read.
    open: Option<Span>,
}

impl<N> Outline<N> {
    pub fn new() -> Outline<N> {
        Outline { units: Vec::new(), blocks: Vec::new(), comments: Vec::new(), open: None }
    }

    /// The lines from `start` to `end` are of a kind; those of one kind are one block.
    pub fn block(&mut self, kind: BlockKind, full: Span) {
        match self.blocks.last_mut() {
            Some(b) if b.kind == kind && !matches!(kind, BlockKind::Note | BlockKind::Heading) => b.span.end = full.end,
            _ => self.blocks.push(Block { kind, span: full }),
        }
    }

    /// A line that goes on with the note before.
    pub fn note_goes_on(&mut self, full: Span) {
        match self.blocks.last_mut() {
            Some(b) if b.kind == BlockKind::Note => b.span.end = full.end,
            _ => self.blocks.push(Block { kind: BlockKind::Note, span: full }),
        }
    }

    pub fn comment(&mut self, line: Span, full: Span) {
        self.comments.push(line);
        self.block(BlockKind::Comment, full);
    }

    pub fn in_paragraph(&self) -> bool {
        self.open.is_some()
    }

    /// Words of the paragraph that is being read, or of a new one.
    pub fn words(&mut self, span: Span) {
        if !span.is_empty() {
            self.open = Some(self.open.map_or(span, |open| open.join(span)));
        }
    }

    /// What has been read of a paragraph so far, taken back.
    pub fn take(&mut self) -> Option<Span> {
        self.open.take()
    }

    pub fn finish(&mut self) {
        if let Some(span) = self.open.take() {
            self.units.push(Unit::Paragraph(span));
        }
    }
}

/// The lines of a text with their ends.
pub fn lines(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        (at < bytes.len()).then(|| {
            at = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |n| at + n + 1);
            if bytes[at - 1] == b'\r' && bytes.get(at) == Some(&b'\n') {
                at += 1;
            }
            Span::new(start, at)
        })
    })
}

/// Columns of white space before the first letter of a line.
pub fn indent(line: &str) -> usize {
    let white = line.len() - line.trim_start_matches([' ', '\t']).len();
    line[..white].bytes().fold(0, |column, b| if b == b'\t' { column / 8 * 8 + 8 } else { column + 1 })
}

/// What the blocks of a file have given so far.
#[derive(Default)]
pub struct Found {
    pub marks: Vec<Mark>,
    pub notes: Vec<Note>,
    pub keys: Vec<Key>,
    /// The note that is being read.
    pub in_note: Option<usize>,
}

/// How a reader reads the words of a block.
pub trait Inline<'a, N> {
    fn found(&mut self) -> &mut Found;
    /// Reads a stretch of one block.
    fn stretch(&mut self, span: Span, pen: &mut Pen<'a>);
    /// What a note that stands below its mark is called.
    fn note(&mut self, note: N, span: Span) -> Note;
}

/// Reads the units into a manuscript that is still empty.
pub fn fill<'a, N>(m: &mut Manuscript, text: &'a str, units: Vec<Unit<N>>, inline: &mut impl Inline<'a, N>) {
    let read = |inline: &mut dyn Inline<'a, N>, pieces: &[Span]| {
        let mut pen = Pen::new(text);
        for (i, piece) in pieces.iter().enumerate() {
            if i > 0 {
                pen.line_end(pieces[i - 1].end as usize, piece.start as usize);
            }
            pen.from = piece.start as usize;
            inline.stretch(*piece, &mut pen);
            pen.cut(piece.end as usize, piece.end as usize);
        }
        pen.out.finish()
    };
    for unit in units {
        match unit {
            Unit::Paragraph(span) => {
                let flow = read(inline, &[span]);
                if !flow.text.is_empty() {
                    m.paragraphs.push(flow);
                }
            }
            Unit::Heading { level, span } => {
                let title = read(inline, &[span]).text;
                m.headings.push(Heading { level, span, title });
            }
            Unit::Note { note, pieces } => {
                let index = inline.found().notes.len();
                let end = pieces.last().map_or(0, |p| p.end);
                let note = inline.note(note, Span { start: 0, end });
                inline.found().notes.push(note);
                inline.found().in_note = Some(index);
                let flow = read(inline, &pieces);
                inline.found().in_note = None;
                inline.found().notes[index].flow = flow;
            }
            Unit::Aside(span) => {
                let keys = inline.found().keys.len();
                read(inline, &[span]);
                inline.found().keys.truncate(keys);
            }
        }
    }
    let found = std::mem::take(inline.found());
    (m.marks, m.notes, m.keys) = (found.marks, found.notes, found.keys);
}

/// Writes the words of a block; what stands between signs waits until the next sign is met.
pub struct Pen<'a> {
    text: &'a str,
    pub out: Writer<'a>,
    /// What stands from here on is not written yet.
    from: usize,
}

impl<'a> Pen<'a> {
    pub fn new(text: &'a str) -> Pen<'a> {
        Pen { text, out: Writer::new(text, 0), from: 0 }
    }

    /// A pen for what stands apart from the text around it, from a byte on.
    pub fn at(text: &'a str, from: usize) -> Pen<'a> {
        Pen { from, ..Pen::new(text) }
    }

    /// Words up to `at` are written; the text goes on at `next`.
    pub fn cut(&mut self, at: usize, next: usize) {
        if self.from < at {
            self.out.words(Span::new(self.from, at));
        }
        self.from = self.from.max(next);
    }

    /// From `at` to `next` the file says `said` otherwise.
    pub fn set(&mut self, said: &str, at: usize, next: usize) {
        self.cut(at, next);
        self.out.instead(said, Span::new(at, next));
    }

    /// A line ends at `at`, the next begins at `next`.
    pub fn line_end(&mut self, at: usize, next: usize) {
        let words = self.text[self.from.min(at)..at].trim_end_matches([' ', '\t']);
        self.cut(self.from.min(at) + words.len(), next);
        self.out.line_end(at as u32);
    }

    /// A mark from `at` to `next`. The space before it goes where a space or a stop follows, or where it is never printed.
    pub fn mark(&mut self, index: usize, at: usize, next: usize, unspaced: bool) {
        let stop = |c: char| c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':');
        let mut end = at;
        if unspaced || self.text[next..].chars().next().is_none_or(stop) {
            end = self.from + self.text[self.from.min(at)..at].trim_end().len();
            if end == self.from {
                self.out.drop_space();
            }
        }
        self.cut(end, next);
        self.out.mark(index);
    }

    /// Emphasis begins with the sign from `at` to `next`.
    pub fn open(&mut self, at: usize, next: usize) {
        self.cut(at, next);
        self.out.dress(Span::new(at, next));
        self.out.open();
    }

    pub fn close(&mut self, at: usize, next: usize) {
        self.cut(at, next);
        self.out.close();
        self.out.dress(Span::new(at, next));
    }

    pub fn finish(mut self, end: usize) -> Flow {
        self.cut(end, end);
        self.out.finish()
    }
}

/// The brackets of a block, paired once.
#[derive(Default)]
pub struct Brackets {
    /// Opening and closing, in the order of the opening ones.
    pairs: Vec<(u32, u32)>,
}

impl Brackets {
    /// `counts` says of a bracket's place whether it is one.
    pub fn new(text: &str, span: Span, counts: impl Fn(usize) -> bool) -> Brackets {
        Brackets::of(*b"[]", text, span, counts)
    }

    /// Of these two signs.
    pub fn of(signs: [u8; 2], text: &str, span: Span, counts: impl Fn(usize) -> bool) -> Brackets {
        let bytes = &text.as_bytes()[span.range()];
        let mut open = Vec::new();
        let mut pairs = Vec::new();
        for at in
            memchr::memchr2_iter(signs[0], signs[1], bytes).map(|n| n + span.start as usize).filter(|at| counts(*at))
        {
            match text.as_bytes()[at] == signs[0] {
                true => open.push(at as u32),
                false => pairs.extend(open.pop().map(|o| (o, at as u32))),
            }
        }
        pairs.sort_unstable();
        Brackets { pairs }
    }

    /// The bracket that closes the one at `open`, before `end`.
    pub fn close(&self, open: usize, end: usize) -> Option<usize> {
        let i = self.pairs.binary_search_by_key(&(open as u32), |p| p.0).ok()?;
        Some(self.pairs[i].1 as usize).filter(|close| *close < end)
    }
}

/// Where signs close. A search that fails is not made again.
#[derive(Default)]
pub struct Closers {
    barren: Vec<(&'static str, usize, usize)>,
}

impl Closers {
    /// The first `sign` in `from..end` of which `closes` holds.
    pub fn find(
        &mut self,
        text: &str,
        sign: &'static str,
        (from, end): (usize, usize),
        closes: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        if self.barren.iter().any(|(known, start, stop)| *known == sign && *start <= from && end <= *stop) {
            return None;
        }
        let near = memchr::memmem::find_iter(&text.as_bytes()[from.min(end)..end], sign).map(|n| n + from);
        let found = near.into_iter().find(|at| closes(*at));
        if found.is_none() {
            self.barren.retain(|(known, ..)| *known != sign);
            self.barren.push((sign, from, end));
        }
        found
    }
}

/// The bytes of a list as a table: what a sign may begin with.
pub const fn signs(list: &[u8]) -> [bool; 256] {
    let mut signs = [false; 256];
    let mut i = 0;
    while i < list.len() {
        signs[list[i] as usize] = true;
        i += 1;
    }
    signs
}

/// The label that stands there; one of digits is a number.
pub fn named(text: &str, span: Span) -> Label {
    let name = span.of(text);
    let number = name.bytes().all(|b| b.is_ascii_digit()).then(|| name.parse().ok()).flatten();
    Label { text: name.to_owned(), number, span }
}

/// The character before a byte, and the one from it on.
pub fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

pub fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Where the next line of a block begins: behind the line end at `at` and white space.
pub fn next_line(text: &str, at: usize, end: usize) -> usize {
    at + (text[at..end].len() - text[at..end].trim_start().len())
}

/// `$x$`, `$$x$$`: the length of a formula.
pub fn formula(s: &str) -> Option<usize> {
    let near = s.floor_char_boundary(400.min(s.len()));
    if let Some(rest) = s[..near].strip_prefix("$$") {
        return rest.find("$$").map(|n| n + 4);
    }
    let inner = &s[1..near];
    let close = inner.find('$')?;
    let solid = !inner.starts_with(char::is_whitespace) && !inner[..close].ends_with(char::is_whitespace);
    let stops = !inner[close + 1..].starts_with(|c: char| c.is_alphanumeric());
    (solid && close > 0 && stops && !inner[..close].contains('\n')).then_some(close + 2)
}

/// Where a bare address ends, if `at` is the colon of `https://…`.
pub fn address(text: &str, at: usize, end: usize) -> Option<usize> {
    let s = &text[at..end];
    let scheme = text[..at].ends_with(|c: char| c.is_ascii_alphabetic());
    let stops = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '[' | ']' | '"' | '“' | '”' | '`' | '|');
    let length = s.starts_with("://").then(|| s.find(stops).unwrap_or(s.len())).filter(|_| scheme)?;
    let words = s[..length].trim_end_matches(['.', ',', ';', ':', ')', '*', '_', '!', '?', '\'']);
    Some(at + words.len().max(3))
}
