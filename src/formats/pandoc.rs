//! Pandoc Markdown, and the Markdown of other tools that have notes: `[^12]`, `^[inline]`, `[@key, p. 3]`.

mod blocks;
pub mod constructs;
mod definitions;
mod inline;

use crate::model::{Heading, Label, Manuscript, MisreadLabel, Note, Reader};
use crate::text::Span;
use blocks::Unit;
use definitions::Shape;
use rustc_hash::FxHashMap;

/// Reads blocks, marks, notes and keys into a manuscript that is still empty.
pub fn read(m: &mut Manuscript) {
    let text = std::mem::take(&mut m.text);
    let labels = definitions::Labels::new(&text);
    let scan = blocks::Scan::new(&text, &labels);
    let mut units = scan.units;
    m.misread_labels = definitions::misread(&text, &mut units, &labels);
    let mut found = inline::Found::new(&labels);
    found.gfm = m.reader == Reader::Gfm;
    for unit in &units {
        match unit {
            Unit::FrontMatter(span) => inline::front_matter(&text, *span, &mut found),
            Unit::Paragraph(pieces) => {
                let flow = inline::read(&text, pieces, None, &mut found);
                if !flow.text.is_empty() {
                    m.paragraphs.push(flow);
                }
            }
            Unit::Heading { level, span } => {
                let title = inline::read(&text, &[*span], None, &mut found).text;
                m.headings.push(Heading { level: *level, span: *span, title });
            }
            Unit::Definition(d) => {
                match d.shape {
                    Shape::Right => {}
                    Shape::Colonless => m.colonless_labels.push(d.sign),
                    Shape::Escaped => found.escaped.push(d.sign),
                }
                let typed = d.label.of(&text);
                let number = typed.bytes().all(|b| b.is_ascii_digit()).then(|| typed.parse().ok()).flatten();
                let label = Label { text: typed.to_owned(), number, span: d.label };
                let index = found.notes.len();
                let span = Span { start: d.sign.start, end: d.end };
                found.notes.push(Note { label, scope: 0, span, flow: Default::default(), inline: false });
                found.notes[index].flow = inline::read(&text, &d.pieces, Some(index), &mut found);
            }
        }
    }
    if found.gfm {
        one_case(&mut found);
    }
    if found.notes.iter().all(|n| n.inline) {
        number(&mut found);
    }
    m.marks = found.marks;
    m.notes = found.notes;
    m.keys = found.keys;
    m.escaped_labels = found.escaped;
    m.escaped_labels.sort_unstable();
    m.blocks = scan.blocks;
    if let Some((yaml, at)) = super::bibliography::front_matter(&text) {
        super::bibliography::metadata(m, yaml, at);
    }
    m.text = text;
}

/// On GitHub `[^Mill]` is the mark of the note `[^mill]:`.
fn one_case(found: &mut inline::Found) {
    let named: FxHashMap<String, String> =
        found.notes.iter().rev().map(|n| (n.label.text.to_lowercase(), n.label.text.clone())).collect();
    for mark in &mut found.marks {
        if let Some(name) = named.get(&mark.label.text.to_lowercase()) {
            mark.label.text.clone_from(name);
        }
    }
}

/// Where all notes are typed at their marks, they are numbered as they are printed.
fn number(found: &mut inline::Found) {
    let marks = found.marks.iter_mut().filter(|m| m.label.text == "^").map(|m| &mut m.label);
    let notes = found.notes.iter_mut().map(|n| &mut n.label);
    marks.zip(1..).chain(notes.zip(1..)).for_each(|(label, number)| label.number = Some(number));
}

fn misread(span: Span, digits: &str) -> MisreadLabel {
    MisreadLabel { span, number: format!("{digits}.") }
}
