//! The outline of a file: its headings, and under each the notes that stand there.

use super::prose;
use crate::analysis::{Analysis, FileId};
use crate::model::{Heading, Note};
use crate::text::Span;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SymbolKind {
    Heading,
    Note,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Symbol {
    pub kind: SymbolKind,
    /// The title of a heading; label and first words of a note.
    pub name: String,
    /// All of it: of a heading up to the next one of its level.
    pub extent: Span,
    /// The heading itself; the label of a note.
    pub focus: Span,
    pub children: Vec<Symbol>,
}

/// How many letters of a note its name shows.
const WIDTH: usize = 60;

pub fn symbols(analysis: &Analysis, file: FileId) -> Vec<Symbol> {
    let Some(file) = analysis.files.get(file) else { return Vec::new() };
    let manuscript = &file.manuscript;
    let mut open: Vec<(u8, Symbol)> = Vec::new();
    let mut roots = Vec::new();
    let mut headings = manuscript.headings.iter().peekable();
    let mut notes: Vec<&Note> = manuscript.notes.iter().collect();
    notes.sort_by_key(|n| n.span);
    for note in notes {
        while let Some(heading) = headings.next_if(|h| h.span.start <= note.span.start) {
            begin(heading, &mut open, &mut roots);
        }
        put(name_note(note), &mut open, &mut roots);
    }
    for heading in headings {
        begin(heading, &mut open, &mut roots);
    }
    close(0, manuscript.text.len() as u32, &mut open, &mut roots);
    roots
}

fn begin(heading: &Heading, open: &mut Vec<(u8, Symbol)>, roots: &mut Vec<Symbol>) {
    close(heading.level, heading.span.start, open, roots);
    let name = prose::cut(&heading.title, WIDTH);
    let symbol =
        Symbol { kind: SymbolKind::Heading, name, extent: heading.span, focus: heading.span, children: Vec::new() };
    open.push((heading.level, symbol));
}

/// Ends every open heading of this level or a lower one.
fn close(level: u8, end: u32, open: &mut Vec<(u8, Symbol)>, roots: &mut Vec<Symbol>) {
    while open.last().is_some_and(|(l, _)| *l >= level) {
        let Some((_, mut symbol)) = open.pop() else { return };
        symbol.extent.end = symbol.extent.end.max(end);
        put(symbol, open, roots);
    }
}

fn put(symbol: Symbol, open: &mut [(u8, Symbol)], roots: &mut Vec<Symbol>) {
    match open.last_mut() {
        Some((_, parent)) => parent.children.push(symbol),
        None => roots.push(symbol),
    }
}

fn name_note(note: &Note) -> Symbol {
    let words = prose::cut(&note.flow.text, WIDTH);
    let name = [note.label.text.as_str(), &words].into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ");
    let extent = note.span.join(note.label.span);
    Symbol { kind: SymbolKind::Note, name, extent, focus: note.label.span, children: Vec::new() }
}
