//! What an editor can fold: sections, blocks of notes, long notes, paragraphs that notes cut in two, comments.

use crate::analysis::{Analysis, FileId};
use crate::model::{BlockKind, Manuscript};
use crate::text::Span;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FoldKind {
    Section,
    Notes,
    Paragraph,
    Comment,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fold {
    /// From the first letter to the last; more than one line.
    pub span: Span,
    pub kind: FoldKind,
}

/// In the order of the file, the longer first.
pub fn folds(analysis: &Analysis, file: FileId) -> Vec<Fold> {
    let Some(file) = analysis.files.get(file) else { return Vec::new() };
    let manuscript = &file.manuscript;
    let mut all = Vec::new();
    sections(manuscript, &mut all);
    note_blocks(manuscript, &mut all);
    let notes = manuscript.notes.iter().filter(|n| !n.inline);
    all.extend(notes.map(|n| Fold { span: n.span.join(n.label.span), kind: FoldKind::Notes }));
    cut_paragraphs(manuscript, &mut all);
    let apart = |kind| matches!(kind, BlockKind::Comment | BlockKind::Code | BlockKind::FrontMatter);
    let blocks = manuscript.blocks.iter().filter(|b| apart(b.kind));
    all.extend(blocks.map(|b| Fold { span: b.span, kind: FoldKind::Comment }));
    all.iter_mut().for_each(|f| f.span = f.span.trim(&manuscript.text));
    all.retain(|f| file.lines.line(f.span.start) < file.lines.line(f.span.end));
    all.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end), f.kind));
    all.dedup_by_key(|f| (file.lines.line(f.span.start), file.lines.line(f.span.end)));
    all
}

/// From a heading to the next one of its level or a higher one.
fn sections(manuscript: &Manuscript, all: &mut Vec<Fold>) {
    let headings = &manuscript.headings;
    for (i, heading) in headings.iter().enumerate() {
        let next = headings[i + 1..].iter().find(|h| h.level <= heading.level);
        let end = next.map_or(manuscript.text.len() as u32, |h| line_start(&manuscript.text, h.span.start));
        all.push(Fold {
            span: Span { start: heading.span.start, end: end.max(heading.span.end) },
            kind: FoldKind::Section,
        });
    }
}

/// The span of a heading may begin behind the sign that makes it one.
fn line_start(text: &str, byte: u32) -> u32 {
    text[..byte as usize].rfind(['\n', '\r']).map_or(0, |at| at as u32 + 1)
}

/// Notes that follow one another, whatever the page puts between them.
fn note_blocks(manuscript: &Manuscript, all: &mut Vec<Fold>) {
    let mut open: Option<(Span, usize)> = None;
    let mut close = |run: Option<(Span, usize)>| {
        all.extend(run.filter(|(_, n)| *n > 1).map(|(span, _)| Fold { span, kind: FoldKind::Notes }));
    };
    for block in &manuscript.blocks {
        match block.kind {
            BlockKind::Note => {
                let (span, n) = open.unwrap_or((block.span, 0));
                open = Some((span.join(block.span), n + 1));
            }
            BlockKind::Blank | BlockKind::Furniture | BlockKind::Comment => {}
            _ => close(open.take()),
        }
    }
    close(open);
}

fn cut_paragraphs(manuscript: &Manuscript, all: &mut Vec<Fold>) {
    let notes: Vec<Span> = manuscript.blocks.iter().filter(|b| b.kind == BlockKind::Note).map(|b| b.span).collect();
    for paragraph in &manuscript.paragraphs {
        let span = paragraph.extent();
        let next = notes.partition_point(|n| n.end <= span.start);
        if notes.get(next).is_some_and(|n| span.covers(*n)) {
            all.push(Fold { span, kind: FoldKind::Paragraph });
        }
    }
}
