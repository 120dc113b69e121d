//! Selections that grow: part of a citation, citation, note, section, file.

use crate::analysis::{Analysis, CiteId, FileId};
use crate::text::Span;

/// The stretches around a byte, the smallest first, each within the next.
pub fn around(analysis: &Analysis, file: FileId, byte: u32) -> Vec<Span> {
    let Some(facts) = analysis.files.get(file) else { return Vec::new() };
    let manuscript = &facts.manuscript;
    let whole = Span::new(0, manuscript.text.len());
    let mut all = vec![word(&manuscript.text, byte), whole];
    for id in (0..analysis.citations.len()).filter(|id| analysis.citations[*id].place.file == file) {
        if analysis.citations[id].place.span.touches(byte) {
            all.push(analysis.citations[id].place.span);
            parts(analysis, id, &mut all);
        }
    }
    for note in &manuscript.notes {
        all.extend([note.span.join(note.label.span), note.flow.extent()]);
    }
    all.extend(manuscript.marks.iter().map(|m| m.span));
    all.extend(manuscript.blocks.iter().map(|b| b.span.trim(&manuscript.text)));
    for (i, heading) in manuscript.headings.iter().enumerate() {
        let next = manuscript.headings[i + 1..].iter().find(|h| h.level <= heading.level);
        let end = next.map_or(whole.end, |h| h.span.start);
        all.push(Span { start: heading.span.start, end: end.max(heading.span.end) });
    }
    all.retain(|s| s.touches(byte) && !s.is_empty());
    all.sort_by_key(|s| (s.len(), s.start));
    let mut nested: Vec<Span> = Vec::new();
    for span in all {
        if nested.last().is_none_or(|inner| span.covers(*inner) && span != *inner) {
            nested.push(span);
        }
    }
    nested
}

/// Author, titles, locator, archive path and its units, pointer.
fn parts(analysis: &Analysis, id: CiteId, out: &mut Vec<Span>) {
    let citation = analysis.citation(id);
    let mut spans: Vec<Span> = citation.authors.iter().map(|a| a.span).collect();
    spans.extend(citation.titles.iter().chain(&citation.container).chain(&citation.alias).map(|t| t.span));
    spans.extend(citation.locators.iter().flat_map(|l| l.ranges.iter().map(|r| r.span).chain([l.span])));
    if let Some(archive) = &citation.archive {
        spans.extend(archive.levels.iter().map(|l| l.sign.join(l.number_span)).chain([archive.span]));
        spans.extend(archive.repository);
    }
    spans.extend(citation.pointer.iter().map(|p| p.span));
    spans.extend(citation.signal.iter().chain(&citation.cue).copied());
    out.extend(spans.into_iter().map(|s| analysis.place(id, s).span));
}

fn word(text: &str, byte: u32) -> Span {
    let (before, after) = match (text.get(..byte as usize), text.get(byte as usize..)) {
        (Some(before), Some(after)) => (before, after),
        _ => return Span::empty(byte as usize),
    };
    let is_letter = |c: char| c.is_alphanumeric() || crate::script::is_word_sign(c);
    let start = before.len() - before.chars().rev().take_while(|c| is_letter(*c)).map(char::len_utf8).sum::<usize>();
    let end = before.len() + after.chars().take_while(|c| is_letter(*c)).map(char::len_utf8).sum::<usize>();
    Span::new(start, end)
}
