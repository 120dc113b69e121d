//! AsciiDoc: `footnote:[…]`, `footnote:id[…]`, `footnote:id[]`, `footnoteref:[id,…]`; blocks, macros, attributes; code left out.
//!
//! Notes are counted by the machine, so a note's label is the number that a reader sees.

mod blocks;
mod inline;
mod macros;
#[cfg(test)]
mod tests;

use super::{bibliography, light};
use crate::model::{Entry, Field, Include, Manuscript};
use crate::text::Span;

/// Reads blocks, marks, notes and keys into a manuscript that is still empty. Gives its comments, signs included.
pub fn read(m: &mut Manuscript) -> Vec<Span> {
    let text = std::mem::take(&mut m.text);
    let scan = blocks::scan(&text);
    let listed = scan.entries.iter().map(|e| e.key.of(&text)).collect();
    let mut inline = inline::AsciiDoc::new(&text, scan.attributes, listed);
    light::fill(m, &text, scan.outline.units, &mut inline);
    inline.refer(m);
    let include = |span: &Span| Include { span: *span, target: span.of(&text).to_owned() };
    m.includes = scan.includes.iter().map(include).collect();
    m.bibliographies = scan.bibliographies.iter().map(include).collect();
    m.blocks = scan.outline.blocks;
    for entry in scan.entries {
        let flow = m.paragraphs.iter().find(|p| entry.words.covers(p.extent()) && !p.text.is_empty());
        let read = flow.and_then(|flow| bibliography::section::entry(flow, None)).unwrap_or_default();
        let key = Field { text: entry.key.of(&text).to_owned(), span: entry.key };
        m.entries.push(Entry { span: entry.words, key: Some(key), ..read });
    }
    let comments = scan.outline.comments;
    m.text = text;
    comments
}
