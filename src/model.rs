//! The manuscript as a reader leaves it: blocks, marks, notes, flows of text. The glossary of the project.
//!
//! A *mark* is the sign in the text that sends the reader to a *note*. A *flow* is text as it is read aloud: without emphasis
//! signs, marks and line ends, a paragraph that a page end has cut in two put together again; every byte of it
//! knows the byte of the file it came from. Rules and grammar read flows; findings point at the file.

use crate::text::Span;

/// Which reader made the manuscript. For reports; no rule asks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    Plain,
    Pandoc,
}

/// One file, read. All spans are bytes of `text` unless said otherwise.
#[derive(Clone, Debug)]
pub struct Manuscript {
    /// The path as the user named it.
    pub path: String,
    /// The file as read, UTF-8.
    pub text: String,
    pub reader: Reader,
    /// Blocks tile the bytes: each ends where the next begins.
    pub blocks: Vec<Block>,
    /// The paragraphs of the body in reading order, stitched over note blocks.
    pub paragraphs: Vec<Flow>,
    pub headings: Vec<Heading>,
    /// In the order of the file.
    pub marks: Vec<Mark>,
    /// In the order of the file; inline notes at the place where they stand.
    pub notes: Vec<Note>,
    /// Citation keys (`[@doe99, p. 3]`) of the body and of notes.
    pub keys: Vec<Key>,
    /// Where text between two paragraphs is lost: a page ended in mid-sentence and what follows does not continue it.
    pub tears: Vec<Tear>,
    /// Labels that a converter made out of an ordinary number.
    pub misread_labels: Vec<MisreadLabel>,
    /// Note labels typed without the colon they need.
    pub colonless_labels: Vec<Span>,
    /// `ibid: allow …` comments.
    pub allows: Vec<Allow>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    Paragraph,
    Heading,
    Note,
    /// Page numbers, running heads, download banners: what the page adds to the text.
    Furniture,
    Code,
    Math,
    FrontMatter,
    Comment,
    Blank,
}

#[derive(Clone, Copy, Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Heading {
    /// From 1.
    pub level: u8,
    pub span: Span,
    pub title: String,
}

/// What a mark or a note is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// As typed, without its dress: `7`, `*`, `b_02_07`. Superscript digits are given as plain ones.
    pub text: String,
    /// The number, when the label is one.
    pub number: Option<u32>,
    /// Where the label itself is typed (`¹²`, or the `12` of `[^12]`).
    pub span: Span,
}

#[derive(Clone, Debug)]
pub struct Mark {
    pub label: Label,
    /// The whole sign, dress included: `[^12]`, `^{*}`, `¹²`, `^[` of an inline note up to its `]`.
    pub span: Span,
    /// The note it stands in, when it stands in one: an index into `notes`.
    pub in_note: Option<usize>,
    /// The numbering it belongs to: a chapter, a section of the notes. Numbers are unique within one.
    pub scope: usize,
}

#[derive(Clone, Debug)]
pub struct Note {
    pub label: Label,
    /// As [`Mark::scope`].
    pub scope: usize,
    /// The whole note, label included, to its last letter.
    pub span: Span,
    pub flow: Flow,
    /// Typed at its mark (`^[…]`).
    pub inline: bool,
}

impl Note {
    /// The label as it stands, brackets included: `[^12]`, `[12]`, `¹²`.
    pub fn sign(&self, text: &str) -> Span {
        let mut sign = self.label.span;
        if self.span.start < sign.start && text.as_bytes().get(sign.end as usize) == Some(&b']') {
            sign = Span { start: self.span.start, end: sign.end + 1 };
        }
        sign
    }
}

/// One citation key with its group: `[see @doe99, pp. 3-5; @roe]` gives two.
#[derive(Clone, Debug)]
pub struct Key {
    /// From `@` to the last letter of the key.
    pub span: Span,
    pub key: String,
    /// The group it stands in, brackets included; of a bare `@key [p. 2]`, key and brackets.
    pub group: Span,
    pub locator: Option<Span>,
    pub in_note: Option<usize>,
}

#[derive(Clone, Copy, Debug)]
pub struct Tear {
    /// The end of the text before, and the beginning of the text after.
    pub before: Span,
    pub after: Span,
}

#[derive(Clone, Debug)]
pub struct MisreadLabel {
    pub span: Span,
    /// What it most likely was: `2005.`
    pub number: String,
}

/// `<!-- ibid: allow name-variant -->`: on the line above or at the end of the line it speaks of.
#[derive(Clone, Debug)]
pub struct Allow {
    pub span: Span,
    pub rule: String,
    /// Where the rule name is typed.
    pub rule_span: Span,
    /// The bytes in which findings are let stand.
    pub covers: Span,
}

/// Text as it is read aloud, with the way back to the file.
#[derive(Clone, Debug, Default)]
pub struct Flow {
    pub text: String,
    /// Emphasised stretches, in bytes of `text`.
    pub emphasis: Vec<Span>,
    /// Marks that stand in it: byte of `text`, index into [`Manuscript::marks`].
    pub marks: Vec<(u32, usize)>,
    runs: Vec<Run>,
}

/// Emphasis signs are no longer than this, in bytes.
const DRESS: u32 = 3;

/// From byte `at` of the flow on, bytes are those of the file from `source` on, until the next run.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: u32,
    source: u32,
}

impl Flow {
    /// Appends `source` of the file as it stands.
    pub fn push(&mut self, file: &str, source: Span) {
        if source.is_empty() {
            return;
        }
        self.run(source.start);
        self.text.push_str(source.of(file));
    }

    /// Appends text that the file says otherwise (an entity, an escape, a line end read as a space): it stands for the bytes from `source` on.
    pub fn push_as(&mut self, text: &str, source: u32) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        self.runs.push(Run { at, source });
        self.text.push_str(text);
    }

    fn run(&mut self, source: u32) {
        let at = self.text.len() as u32;
        let continues = self.runs.last().is_some_and(|r| at > r.at && r.source + (at - r.at) == source);
        if !continues {
            self.runs.push(Run { at, source });
        }
    }

    /// The byte of the file for a byte of the flow; of the end, the byte after the last one.
    pub fn source_of(&self, byte: u32) -> u32 {
        let Some(i) = self.runs.partition_point(|r| r.at <= byte).checked_sub(1) else {
            return self.runs.first().map_or(0, |r| r.source);
        };
        self.runs[i].source + (byte - self.runs[i].at)
    }

    /// The bytes of the file a stretch of the flow came from, whatever stands between them included.
    pub fn source(&self, span: Span) -> Span {
        let start = self.source_of(span.start);
        if span.is_empty() {
            return Span { start, end: start };
        }
        let last = (span.start as usize..span.end as usize).rev().find(|b| self.text.is_char_boundary(*b));
        let last = last.unwrap_or(span.start as usize);
        let width = span.end - last as u32;
        Span { start, end: (self.source_of(last as u32) + width).max(start) }
    }

    /// As [`Flow::source`], with the emphasis signs that enclose it at either end: `*Title*, 12`.
    pub fn dressed(&self, span: Span) -> Span {
        let mut source = self.source(span);
        if self.emphasis.iter().any(|e| e.start == span.start)
            && let Some(i) = self.runs.iter().position(|r| r.at == span.start)
        {
            let before = i.checked_sub(1).map(|p| self.runs[p]);
            let end = before.map_or(source.start.saturating_sub(1), |p| p.source + (span.start - p.at));
            source.start = end.max(source.start.saturating_sub(DRESS)).min(source.start);
        }
        if self.emphasis.iter().any(|e| e.end == span.end)
            && let Some(next) = self.runs.iter().find(|r| r.at == span.end)
        {
            source.end = next.source.min(source.end + DRESS).max(source.end);
        }
        source
    }

    /// The byte of the flow for a byte of the file, if that byte is in it.
    pub fn locate(&self, source: u32) -> Option<u32> {
        let end = self.text.len() as u32;
        self.runs.iter().enumerate().find_map(|(i, r)| {
            let len = self.runs.get(i + 1).map_or(end, |n| n.at) - r.at;
            (r.source <= source && source <= r.source + len).then(|| r.at + (source - r.source))
        })
    }

    /// The whole flow in the file.
    pub fn extent(&self) -> Span {
        self.source(Span::new(0, self.text.len()))
    }

    pub fn is_emphasised(&self, span: Span) -> bool {
        self.emphasis.iter().any(|e| e.covers(span))
    }
}
