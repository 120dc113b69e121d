//! The signs between the words of one file: quotation marks that lack their partner, signs doubled, spaces left out,
//! compounds with and without a hyphen, acronyms with and without stops. All places are bytes of the file.

pub mod acronyms;
pub mod compounds;
pub mod doubled;
pub mod quotes;
pub mod spaces;

use crate::model::{Flow, Manuscript};
use crate::text::Span;
use quotes::Sign;

/// What the signs of one file say, whatever stands in the others.
#[derive(Debug, Default)]
pub struct Typography {
    pub unbalanced: Vec<quotes::Unbalanced>,
    pub doubled: Vec<doubled::Doubled>,
    pub tight: Vec<spaces::Tight>,
    pub compounds: Vec<compounds::Compound>,
    pub acronyms: Vec<acronyms::Acronym>,
}

impl Typography {
    pub fn new(manuscript: &Manuscript, quoted: &quotes::Quoted) -> Typography {
        Typography {
            unbalanced: quoted.unbalanced(manuscript),
            doubled: doubled::find(manuscript, quoted),
            tight: spaces::find(manuscript, quoted),
            compounds: compounds::find(manuscript, quoted),
            acronyms: acronyms::find(manuscript, quoted),
        }
    }
}

/// The flows of a manuscript with their quotation marks, notes after the body.
fn flows<'a>(manuscript: &'a Manuscript, quoted: &'a quotes::Quoted) -> impl Iterator<Item = (&'a Flow, &'a [Sign])> {
    let body = manuscript.paragraphs.iter().zip(&quoted.paragraphs).filter(|(flow, _)| is_prose(flow));
    let notes = manuscript.notes.iter().map(|n| &n.flow).zip(&quoted.notes);
    body.chain(notes).map(|(flow, signs)| (flow, signs.as_slice()))
}

/// Tables, templates and raw markup that a reader took for a paragraph are none.
pub fn is_prose(flow: &Flow) -> bool {
    !flow.text.trim_start().starts_with(['|', '{', '<', '+', '\\'])
}

/// Does nothing stand between the letters of a stretch of the flow, in the file, but signs of emphasis?
fn adjoins(text: &str, flow: &Flow, span: Span) -> bool {
    flow.between(span).all(|gap| gap.of(text).chars().all(|c| matches!(c, '*' | '_')))
}

/// The characters before and after a stretch of text.
fn around(text: &str, start: usize, end: usize) -> (Option<char>, Option<char>) {
    (text[..start].chars().next_back(), text[end..].chars().next())
}

/// Of a token no more is looked at than this on either side, in bytes.
const FAR: usize = 400;

/// The stretch without white space that a byte stands in: a word with its signs, an address, a formula.
fn token(text: &str, at: usize) -> &str {
    let (first, last) = (text.ceil_char_boundary(at.saturating_sub(FAR)), text.floor_char_boundary(at + FAR));
    let space = text[first..at].char_indices().rfind(|(_, c)| c.is_whitespace());
    let start = space.map_or(first, |(i, c)| first + i + c.len_utf8());
    let end = text[at..last].find(char::is_whitespace).map_or(last, |i| at + i);
    &text[start..end]
}

/// Addresses, paths, formulas and markup follow rules of their own.
fn is_technical(token: &str) -> bool {
    token.bytes().any(|b| {
        matches!(
            b,
            b'/' | b'\\' | b'@' | b'_' | b'=' | b'<' | b'>' | b'{' | b'}' | b'|' | b'#' | b'&' | b'$' | b'^' | b'+'
        )
    }) || token.contains("www.")
        || token.contains("doi")
}
