//! LaTeX and ConTeXt: notes, citation commands, accents, quotations and whatever a manuscript defines for itself.

mod calls;
mod cite;
mod commands;
mod emphasis;
mod environments;
mod found;
mod letters;
mod lexer;
mod literal;
mod macros;
mod notes;
mod numbers;
mod source;
mod structure;
#[cfg(test)]
mod tests;
mod walk;

use super::flow::Writer;
use crate::model::{BlockKind, Heading, Manuscript};
use crate::text::Span;
use commands::Series;
use found::Found;
use lexer::Kind;
use source::Source;
use walk::Walk;

/// Reads a manuscript that is still empty. The comments are given back.
pub fn read(m: &mut Manuscript) -> Vec<Span> {
    let text = std::mem::take(&mut m.text);
    let source = Source::new(&text);
    let mut found = walk(&source, Found::default());
    // A reference to a note says its number, which may be known only further on.
    if found.refers && !found.labels.is_empty() {
        found = walk(&source, Found::knowing(found.labels));
    }
    count_one_series(&mut found);
    m.blocks = found.blocks(&text);
    m.headings = levels(found.headings);
    m.paragraphs = found.paragraphs;
    m.marks = found.marks;
    m.notes = found.notes;
    m.keys = found.keys;
    m.nocite = found.nocite;
    m.includes = found.includes;
    m.bibliographies = found.bibliographies;
    let comments = comments(&source);
    m.text = text;
    comments
}

fn walk<'a>(source: &'a Source<'a>, found: Found<'a>) -> Found<'a> {
    let mut walk = Walk::new(source, found);
    let tokens = 0..source.tokens.len();
    let begins = tokens.clone().find(|i| match source.kind(*i) {
        Some(Kind::Begin) => source.name(*i) == "document",
        Some(Kind::Command) => source.name(*i) == "starttext",
        _ => false,
    });
    let mut start = 0;
    if let Some(begin) = begins {
        walk.found.block(BlockKind::FrontMatter, 0);
        walk.preamble(0..begin);
        walk.found.block(BlockKind::Blank, source.tokens[begin].span.start);
        start = begin + 1;
    } else if is_preamble(source) {
        walk.found.block(BlockKind::FrontMatter, 0);
        walk.preamble(tokens.clone());
        start = tokens.end;
    }
    let mut out = Writer::new(source.text, 512);
    walk.run(start..tokens.end, &mut out, 0);
    walk.end_paragraph(Span::empty(source.text.len()), &mut out);
    // Without its beginning nobody knows the numbers of a file, but those of a chapter.
    let whole = begins.is_some();
    for (note, _) in walk.found.notes.iter_mut().zip(&walk.found.series).filter(|(n, _)| !whole && n.scope == 0) {
        let first = walk.found.headings.iter().find(|(depth, _)| *depth == 0).map(|(_, h)| h.span.start);
        if first.is_none_or(|first| note.span.start < first) {
            note.label.number = None;
        }
    }
    walk.found
}

/// A file of settings: packages are loaded, and there is no text.
fn is_preamble(source: &Source) -> bool {
    let settings = |i: usize| {
        source.kind(i) == Some(Kind::Command)
            && matches!(
                source.name(i),
                "documentclass" | "usepackage" | "RequirePackage" | "ProvidesPackage" | "startenvironment"
            )
    };
    (0..source.tokens.len()).any(settings)
}

/// Where footnotes and endnotes are counted side by side, "note 5" is one of the more numerous.
fn count_one_series(found: &mut Found) {
    let of = |series: Series| found.series.iter().filter(|s| **s == series).count();
    let most = [Series::Foot, Series::End, Series::Side].into_iter().max_by_key(|s| of(*s));
    for (note, series) in found.notes.iter_mut().zip(&found.series) {
        if Some(*series) != most {
            note.label.number = None;
        }
    }
}

/// Parts, chapters and sections to levels from 1: sections are never the first, a part makes room above chapters.
fn levels(headings: Vec<(i8, Heading)>) -> Vec<Heading> {
    let parts = headings.iter().any(|(depth, _)| *depth == -1);
    let level = |depth: i8| if depth < 0 { 1 } else { (depth + 1 + i8::from(parts)) as u8 };
    headings.into_iter().map(|(depth, heading)| Heading { level: level(depth), ..heading }).collect()
}

/// Comments up to the ends of their lines.
fn comments(source: &Source) -> Vec<Span> {
    let signed = source.tokens.iter().filter(|t| t.kind == Kind::Comment && t.span.of(source.text).starts_with('%'));
    let line = |span: Span| span.of(source.text).find(['\n', '\r']).unwrap_or(span.len());
    signed.map(|t| Span { start: t.span.start, end: t.span.start + line(t.span) as u32 }).collect()
}
