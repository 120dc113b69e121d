//! The parts of citations, for colours: what form they have, who wrote, which title, which page, which archive.

use crate::analysis::{Analysis, CiteId, FileId};
use crate::citation::Form;
use crate::text::Span;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum TokenKind {
    /// What makes it a back-reference: `Ibid.`, `op. cit.`, `see note 12`.
    Form,
    Author,
    Title,
    Locator,
    /// Repository and units of an archival path.
    Archive,
    Key,
}

/// In the order of the legend.
pub const KINDS: [TokenKind; 6] =
    [TokenKind::Form, TokenKind::Author, TokenKind::Title, TokenKind::Locator, TokenKind::Archive, TokenKind::Key];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Token {
    pub span: Span,
    pub kind: TokenKind,
}

/// The tokens of a stretch of a file, in order; none within another, each on one line.
pub fn tokens(analysis: &Analysis, file: FileId, stretch: Span) -> Vec<Token> {
    let Some(facts) = analysis.files.get(file) else { return Vec::new() };
    let mut all = Vec::new();
    for (id, _) in analysis.citations_of(file) {
        if analysis.citations[id].place.span.overlaps(stretch) {
            parts(analysis, id, &mut all);
        }
    }
    all.sort();
    let mut end = 0;
    all.retain(|t| {
        let free = t.span.start >= end && !t.span.is_empty();
        if free {
            end = t.span.end;
        }
        free
    });
    let text = &facts.manuscript.text;
    let lines = |t: Token| {
        let (first, last) = (facts.lines.line(t.span.start), facts.lines.line(t.span.end));
        (first..=last).filter_map(move |l| {
            let line = facts.lines.span(l, text).trim(text);
            let span = Span { start: t.span.start.max(line.start), end: t.span.end.min(line.end) };
            (span.start < span.end).then_some(Token { span, ..t })
        })
    };
    all.into_iter().flat_map(lines).filter(|t| t.span.overlaps(stretch)).collect()
}

fn parts(analysis: &Analysis, id: CiteId, out: &mut Vec<Token>) {
    let citation = analysis.citation(id);
    if matches!(citation.form, Form::Commentary | Form::Quote) {
        return;
    }
    let mut put = |span, kind| out.push(Token { span: analysis.place(id, span).span, kind });
    if citation.form == Form::Key {
        citation.titles.iter().for_each(|t| put(t.span, TokenKind::Key));
    } else {
        let titles = citation.titles.iter().chain(&citation.container).chain(&citation.alias);
        titles.for_each(|t| put(t.span, TokenKind::Title));
    }
    citation.cue.iter().chain(citation.pointer.iter().map(|p| &p.span)).for_each(|s| put(*s, TokenKind::Form));
    citation.authors.iter().for_each(|a| put(a.span, TokenKind::Author));
    citation.locators.iter().for_each(|l| put(l.span, TokenKind::Locator));
    if let Some(archive) = &citation.archive {
        archive.repository.iter().for_each(|r| put(*r, TokenKind::Archive));
        archive.levels.iter().for_each(|l| put(l.sign.join(l.number_span), TokenKind::Archive));
    }
}
