//! Org: `[fn:1]`, `[fn:label]`, `[fn::inline]`, `[fn:label:inline]`, `[cite:@key p. 3]`; blocks of code, drawers and comments left out.

mod blocks;
mod inline;
#[cfg(test)]
mod tests;

use super::light;
use crate::model::{Include, Manuscript};
use crate::text::Span;

/// Reads blocks, marks, notes and keys into a manuscript that is still empty. Gives its comments, signs included.
pub fn read(m: &mut Manuscript) -> Vec<Span> {
    let text = std::mem::take(&mut m.text);
    let scan = blocks::scan(&text);
    let mut inline = inline::Org::new(&text);
    light::fill(m, &text, scan.outline.units, &mut inline);
    let include = |span: &Span| Include { span: *span, target: span.of(&text).to_owned() };
    m.includes = scan.includes.iter().map(include).collect();
    m.bibliographies = scan.bibliographies.iter().map(include).collect();
    m.nocite = scan.nocite.into_iter().map(str::to_owned).collect();
    let comments = scan.outline.comments;
    m.blocks = scan.outline.blocks;
    m.text = text;
    number(m);
    comments
}

/// The label of a note: letters, digits, `-` and `_`.
fn label(s: &str) -> usize {
    s.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_'))).unwrap_or(s.len())
}

/// `[fn:label]`: the length of the whole.
fn mark(s: &str) -> Option<usize> {
    let name = label(s.strip_prefix("[fn:")?);
    (name > 0 && s[4 + name..].starts_with(']')).then_some(name + 5)
}

/// Where all notes are typed at their marks, they are numbered as they are printed.
fn number(m: &mut Manuscript) {
    if m.notes.iter().any(|n| !n.inline) {
        return;
    }
    m.notes.iter_mut().zip(1..).for_each(|(note, number)| note.label.number = Some(number));
    for mark in &mut m.marks {
        let note = m.notes.binary_search_by_key(&mark.span.start, |n| n.span.start).ok();
        if let Some(note) = note {
            mark.label.number = m.notes[note].label.number;
        }
    }
}
