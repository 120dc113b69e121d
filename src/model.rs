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
    /// Markdown as GitHub reads it: no notes at their marks, no keys, labels in any case.
    Gfm,
    Typst,
    /// A list of sources: BibTeX, CSL-JSON, CSL-YAML, Hayagriva. No manuscript: it cites nothing.
    Bibliography,
    /// What names the bibliography of a whole project: `_quarto.yml`.
    Project,
    Docx,
    Latex,
    Org,
    /// reStructuredText.
    Rst,
    AsciiDoc,
}

impl Reader {
    /// It has text to be judged; the others are read with those that name them.
    pub fn is_manuscript(self) -> bool {
        !matches!(self, Reader::Bibliography | Reader::Project)
    }

    /// The notes get their numbers when the text is set: nobody typed them.
    pub fn counts_notes(self) -> bool {
        matches!(self, Reader::Typst | Reader::Docx | Reader::Latex | Reader::AsciiDoc)
    }

    /// Labels of notes are names: what is printed are numbers in the order of the marks.
    pub fn names_notes(self) -> bool {
        matches!(self, Reader::Pandoc | Reader::Gfm | Reader::Org)
    }

    /// A mark may be repeated: the same note once more.
    pub fn repeats_marks(self) -> bool {
        matches!(self, Reader::Pandoc | Reader::Gfm | Reader::Org | Reader::Rst)
    }

    /// A space before a mark is one of the syntax.
    pub fn sets_marks_off(self) -> bool {
        matches!(self, Reader::Typst | Reader::Rst)
    }
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
    /// Note labels typed without the colon they need: `[^12]`, `12-`.
    pub colonless_labels: Vec<Span>,
    /// Marks and note labels (with their colon) whose brackets are escaped: `\[\^12\]`.
    pub escaped_labels: Vec<Span>,
    /// `ibid: allow …` comments.
    pub allows: Vec<Allow>,
    /// Files whose text stands in this one: `\input{chapters/one}`.
    pub includes: Vec<Include>,
    /// Files of bibliography entries: `\addbibresource{sources.bib}`.
    pub bibliographies: Vec<Include>,
    /// Keys that bring an entry into the bibliography without citing it (`nocite`); `*` brings all.
    pub nocite: Vec<String>,
    /// The works of its source lists: of a bibliography file, of `references:`, of a section "Bibliography".
    pub entries: Vec<Entry>,
    /// Where a source list could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// Another file that a manuscript names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Include {
    /// The target as typed.
    pub span: Span,
    /// A path, relative to the folder of the root file; the extension may be missing.
    pub target: String,
}

/// One work as a source list gives it. What a list does not say is empty.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Entry {
    pub span: Span,
    /// What keys call it: `doe99`; none in a section of the manuscript.
    pub key: Option<Field>,
    /// What it is, in the words of its list: `article`, `InBook`.
    pub sort: String,
    /// Authors; where there are none, editors.
    pub people: Vec<Person>,
    pub title: Option<Field>,
    /// The journal or volume it stands in.
    pub container: Option<Field>,
    /// Its year of publication, and others that the list has for it.
    pub years: Vec<Year>,
    /// Its PDF, as the list names the file.
    pub pdf: Option<Field>,
    /// The first of the pages it takes up in its container.
    pub first_page: Option<u32>,
}

/// Words of a source list, read: without TeX commands and escapes.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Field {
    pub text: String,
    /// Where they are typed.
    pub span: Span,
}

#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Person {
    pub span: Span,
    pub family: String,
    /// Empty when none is given.
    pub given: String,
}

/// `2009a`
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Year {
    pub number: u16,
    pub letter: Option<char>,
    pub span: Span,
}

/// Something of a source list that cannot be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unreadable {
    pub span: Span,
    pub why: String,
    /// The key of the entry it costs.
    pub key: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BlockKind {
    Paragraph,
    /// A paragraph set off as a quotation.
    Quotation,
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
    /// Where the label itself is typed (`¹²`, or the `12` of `[^12]`); where notes are counted, the command (`#footnote`).
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
    /// The key with its locator: `@doe99, pp. 3-5`, `\cite[3]{doe99}`.
    pub whole: Span,
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
    /// Emphasis signs longer than a few letters: byte of `text`, the sign in the file.
    dress: Vec<(u32, Span)>,
    runs: Vec<Run>,
}

/// Emphasis signs that are not told are no longer than this, in bytes.
const DRESS: u32 = 3;

/// From byte `at` of the flow on, bytes are those of the file from `source` on, until the next run.
#[derive(Clone, Copy, Debug)]
struct Run {
    at: u32,
    source: u32,
    /// The bytes are not those of the file: together they stand for what ends here.
    until: Option<u32>,
}

impl Flow {
    /// Appends `source` of the file as it stands.
    pub fn push(&mut self, file: &str, source: Span) {
        if source.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        let follows = |r: &Run| r.until.is_none() && at > r.at && r.source + (at - r.at) == source.start;
        if !self.runs.last().is_some_and(follows) {
            self.runs.push(Run { at, source: source.start, until: None });
        }
        self.text.push_str(source.of(file));
    }

    /// Appends text that the file says otherwise (an entity, an accent, a line end read as a space): all of it stands for `source`.
    pub fn push_as(&mut self, text: &str, source: Span) {
        if text.is_empty() {
            return;
        }
        let at = self.text.len() as u32;
        self.runs.push(Run { at, source: source.start, until: Some(source.end) });
        self.text.push_str(text);
    }

    /// The last space is not read after all.
    pub fn drop_space(&mut self) {
        if self.text.ends_with(' ') {
            self.text.pop();
            let end = self.text.len() as u32;
            self.runs.pop_if(|r| r.at == end);
        }
    }

    /// An emphasis sign stands here.
    pub fn dress(&mut self, sign: Span) {
        self.dress.push((self.text.len() as u32, sign));
    }

    /// Nothing but an emphasis sign.
    pub fn is_dress(&self, source: Span) -> bool {
        self.dress.iter().any(|(_, sign)| *sign == source)
    }

    /// What the file has between the letters of a stretch of the flow, signs of emphasis that were told left out.
    pub fn between(&self, span: Span) -> impl Iterator<Item = Span> {
        let runs = self.run_at(span.start).unwrap_or(0)..self.run_at(span.end.saturating_sub(1)).unwrap_or(0);
        let gap = |i: usize| Span { start: self.run_end(i, self.runs[i + 1].at), end: self.runs[i + 1].source };
        runs.map(gap).filter(|gap| gap.start < gap.end && !self.is_dress(*gap))
    }

    fn run_at(&self, byte: u32) -> Option<usize> {
        self.runs.partition_point(|r| r.at <= byte).checked_sub(1)
    }

    /// Where a run ends in the file, if it ends at `byte` of the flow.
    fn run_end(&self, run: usize, byte: u32) -> u32 {
        let Run { at, source, until } = self.runs[run];
        until.unwrap_or(source + (byte - at))
    }

    /// The byte of the file for a byte of the flow; of the end, the byte after the last one.
    pub fn source_of(&self, byte: u32) -> u32 {
        let Some(i) = self.run_at(byte) else { return self.runs.first().map_or(0, |r| r.source) };
        let within = self.runs[i].until.is_some() && (byte as usize) < self.text.len();
        if within { self.runs[i].source } else { self.run_end(i, byte) }
    }

    /// The bytes of the file a stretch of the flow came from, whatever stands between them included.
    pub fn source(&self, span: Span) -> Span {
        let start = self.source_of(span.start);
        let (first, Some(last)) = (self.run_at(span.start).unwrap_or(0), self.run_at(span.end.saturating_sub(1)))
        else {
            return Span { start, end: start };
        };
        if span.is_empty() {
            return Span { start, end: start };
        }
        let mut source = Span { start, end: self.run_end(last, span.end).max(start) };
        // A locator can stand before its key in the file, and behind it as it is read.
        for run in first + 1..=last {
            source.start = source.start.min(self.runs[run].source);
            source.end = source.end.max(self.run_end(run - 1, self.runs[run].at));
        }
        source
    }

    /// As [`Flow::source`], with the emphasis signs that enclose it at either end: `*Title*, 12`.
    pub fn dressed(&self, span: Span) -> Span {
        let mut source = self.source(span);
        if self.emphasis.iter().any(|e| e.start == span.start)
            && let Some(i) = self.runs.iter().position(|r| r.at == span.start)
        {
            let before = i.checked_sub(1).map(|p| self.run_end(p, span.start));
            let end = before.unwrap_or(source.start.saturating_sub(1));
            let told = self.dress.iter().find(|(at, sign)| *at == span.start && sign.end <= source.start);
            source.start = match told {
                Some((_, sign)) => sign.start,
                None => end.max(source.start.saturating_sub(DRESS)).min(source.start),
            };
        }
        if self.emphasis.iter().any(|e| e.end == span.end) {
            let told = self.dress.iter().find(|(at, sign)| *at == span.end && sign.start >= source.end);
            source.end = match (told, self.runs.iter().find(|r| r.at == span.end)) {
                (Some((_, sign)), _) => sign.end,
                (None, Some(next)) => next.source.min(source.end + DRESS).max(source.end),
                (None, None) => source.end,
            };
        }
        source
    }

    /// The byte of the flow for a byte of the file, if that byte is in it.
    pub fn locate(&self, source: u32) -> Option<u32> {
        let end = self.text.len() as u32;
        self.runs.iter().enumerate().find_map(|(i, r)| {
            let next = self.runs.get(i + 1).map_or(end, |n| n.at);
            let until = self.run_end(i, next);
            let at = match r.until {
                Some(until) if source == until => next,
                Some(_) => r.at,
                None => r.at + source.saturating_sub(r.source),
            };
            (r.source <= source && source <= until).then_some(at)
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
