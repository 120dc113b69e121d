//! reStructuredText: `[1]_`, `[#]_`, `[#label]_`, `[*]_` and their notes, `[CIT2002]_`, roles, directives; code left out.
//!
//! Notes are numbered as docutils numbers them: what is typed stays, the others fill the gaps in the order of the notes.

mod blocks;
mod inline;
mod numbers;
#[cfg(test)]
mod tests;

use super::{bibliography, light};
use crate::model::{Entry, Field, Include, Manuscript};
use crate::text::Span;

/// Reads blocks, marks, notes and keys into a manuscript that is still empty. Gives its comments, signs included.
pub fn read(m: &mut Manuscript) -> Vec<Span> {
    let text = std::mem::take(&mut m.text);
    let scan = blocks::scan(&text);
    let mut inline = inline::Rst::new(&text);
    light::fill(m, &text, scan.outline.units, &mut inline);
    numbers::count(m);
    let include = |span: &Span| Include { span: *span, target: span.of(&text).to_owned() };
    m.includes = scan.includes.iter().map(include).collect();
    m.bibliographies = scan.bibliographies.iter().map(include).collect();
    let comments = scan.outline.comments;
    m.blocks = scan.outline.blocks;
    m.text = text;
    list(m);
    comments
}

/// `.. [CIT2002] Reed, Anna. …`: an entry of a source list, no note. Its words are a paragraph.
fn list(m: &mut Manuscript) {
    let mut places = Vec::with_capacity(m.notes.len());
    let mut kept = Vec::with_capacity(m.notes.len());
    for note in std::mem::take(&mut m.notes) {
        if !is_citation(&note.label.text) {
            places.push(Some(kept.len()));
            kept.push(note);
            continue;
        }
        places.push(None);
        let key = Field { text: note.label.text, span: note.label.span };
        let read = bibliography::section::entry(&note.flow, None).unwrap_or_default();
        m.entries.push(Entry { span: note.span, key: Some(key), ..read });
        m.paragraphs.push(note.flow);
    }
    m.notes = kept;
    let inner = m.keys.iter_mut().map(|key| &mut key.in_note).chain(m.marks.iter_mut().map(|mark| &mut mark.in_note));
    inner.for_each(|note| *note = note.and_then(|n| places[n]));
    m.paragraphs.sort_by_key(|p| p.extent().start);
}

/// `CIT2002`: a label that is neither a number nor one to be counted.
fn is_citation(label: &str) -> bool {
    label.starts_with(char::is_alphabetic)
}

/// The label of `[1]`, `[#]`, `[#label]`, `[*]` or `[CIT2002]` at the beginning of a text.
fn label(s: &str) -> Option<usize> {
    let rest = s.strip_prefix('[')?;
    let near = &rest[..rest.floor_char_boundary(80.min(rest.len()))];
    let length = near.find(']')?;
    let label = &near[..length];
    let name = label.strip_prefix('#').unwrap_or(label);
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '+');
    let counted = label == "*" || label == "#" || label.bytes().all(|b| b.is_ascii_digit());
    let named = name.starts_with(char::is_alphabetic) && name.chars().all(word);
    (length > 0 && (counted || named)).then_some(length)
}
