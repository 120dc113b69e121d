//! The grammar inside a note: what is cited, in which form, where in it.
//!
//! [`read`] cuts the flow of a note into citations and commentary. It knows words, not works: what an "Ibid." stands
//! for is the business of `analysis`. All spans are bytes of the flow.

mod archive;
mod classify;
mod fields;
mod law;
mod lexicon;
mod locator;
mod names;
mod piece;
mod pointer;
mod segment;
mod token;

pub use fields::is_article;

use crate::model::Flow;
use crate::text::Span;

/// How a citation refers to its source.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Form {
    Full,
    Short,
    Ibid,
    /// Same author, other work: `Idem, *Title*`, `ders., Titel`.
    Idem,
    /// Legal `Id. at 12`: same work.
    Id,
    OpCit,
    LocCit,
    Supra,
    /// Defines a short form: `Hereafter cited as *X*`.
    Alias,
    /// A citation key: `@doe99`.
    Key,
    /// A pointer within the manuscript: `see note 12`, `chapter 3 below`.
    Xref,
    Commentary,
    Quote,
}

/// What is cited.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    Book,
    Article,
    Chapter,
    Archival,
    Newspaper,
    Web,
    Case,
    Statute,
    Unknown,
}

/// How far the reading can be trusted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Certainty {
    /// Nothing is said about it.
    Unsure,
    /// Part of a sentence ("Getty, *Title* (…) argues that"): linked, never judged.
    Fused,
    Sure,
}

/// One reference inside a note or the body.
#[derive(Clone, Debug)]
pub struct Citation {
    /// Signal included, closing stop not.
    pub span: Span,
    /// `See also`, `Vgl.`
    pub signal: Option<Span>,
    pub form: Form,
    pub kind: Kind,
    pub certainty: Certainty,
    pub authors: Vec<Author>,
    /// In the order typed; several for several documents of one file.
    pub titles: Vec<Title>,
    /// Journal, newspaper or volume the work stands in.
    pub container: Option<Title>,
    /// `No. 8, 1989`, `No. 8 (1989)`: issue and year of a journal as typed.
    pub issue: Option<Span>,
    pub year: Option<u16>,
    /// `vol. 2`, `2:118`
    pub volume: Option<u32>,
    /// Book, chapter, question and the like are named, as of the classics: `lib. II, cap. 4`.
    pub by_parts: bool,
    /// Pages, leaves, paragraphs the citation points at; of a full citation of an article its extent stands here too.
    pub locators: Option<Locators>,
    pub archive: Option<Archive>,
    pub pointer: Option<Pointer>,
    /// The short form an alias definition sets.
    pub alias: Option<Title>,
    /// The cue that decided the form: `Ibid.`, `op. cit.`, `supra`.
    pub cue: Option<Span>,
}

/// An author as typed, folded for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    pub span: Span,
    /// Folded: `getty`.
    pub surname: String,
    /// As typed: `J. Arch`, empty when none is.
    pub given: String,
}

/// A title as typed, and its words folded for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Without its quotation marks.
    pub span: Span,
    pub words: Vec<String>,
    pub emphasised: bool,
    pub quoted: bool,
}

/// `pp. 55-6, 65, 68`
#[derive(Clone, Debug)]
pub struct Locators {
    /// Label included.
    pub span: Span,
    /// `pp.`, `S.`, `Bl.`; none for bare numbers.
    pub label: Option<Span>,
    pub unit: Unit,
    pub ranges: Vec<Range>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// `p. 12`
    Page,
    /// `pp. 12-14`
    Pages,
    /// `S. 12`: the same sign for one and several.
    AnyPages,
    /// Leaves of an archival file: `l.`, `ll.`, `Bl.`, `f.`, `cc.`
    Leaf,
    /// Paragraphs, sections, margin numbers, anything else with a sign of its own.
    Other,
    /// No sign.
    Bare,
}

/// One page or a run of pages, as meant: `178-80` is 178 to 180.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Range {
    pub span: Span,
    pub first: u32,
    pub last: u32,
    /// Lower-case roman numerals: front matter, another sequence.
    pub roman: bool,
    /// `12 ff.`: open at its end.
    pub open: bool,
}

/// An archival path, from the repository down to the unit; the leaf is a locator.
#[derive(Clone, Debug)]
pub struct Archive {
    pub span: Span,
    /// As typed: `TsAODM`.
    pub repository: Option<Span>,
    /// Fond, series, unit … each with its sign (`f.`, `opis'`) and its number, highest first.
    pub levels: Vec<Level>,
    /// A repository name written out beside its abbreviation: `Tsentral'nyi Arkhiv … (TsAODM)`.
    pub expands: Option<Span>,
}

#[derive(Clone, Debug)]
pub struct Level {
    /// The sign as typed, its stop included: `f.`, `op.`, `R` …
    pub sign: Span,
    pub rank: Rank,
    /// Folded: `49`, `r-5446`.
    pub number: String,
    pub number_span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Rank {
    Fond,
    Series,
    Unit,
    Part,
}

/// `supra note 12`, `(wie Anm. 3)`, `n. 11 above`
#[derive(Clone, Debug)]
pub struct Pointer {
    pub span: Span,
    pub direction: Option<Direction>,
    /// The note numbers it names with the place of each.
    pub notes: Vec<(u32, Span)>,
    /// The last two of `notes` are the ends of a run: `notes 97-329`.
    pub range: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    Back,
    Forward,
    /// `vorige N.`
    Previous,
}

/// Reads a note. The citations come in the order of the text and do not overlap; together with the
/// signs between them they cover it.
pub fn read(flow: &Flow) -> Vec<Citation> {
    let lexed = token::Lexed::new(flow);
    segment::segments(&lexed).iter().map(fields::citation).collect()
}

/// The words of a title as they are compared, from its text alone.
pub fn title_words(text: &str) -> Vec<String> {
    let mut flow = Flow::default();
    flow.push(text, Span::new(0, text.len()));
    let lexed = token::Lexed::new(&flow);
    fields::title(piece::Piece::new(&lexed, 0, lexed.tokens.len()), false).words
}

/// Pointers to notes in running text: `see note 12 above`.
pub fn pointers(flow: &Flow) -> Vec<Pointer> {
    let lexed = token::Lexed::new(flow);
    pointer::all(&lexed)
}
