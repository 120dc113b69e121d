//! Short forms contracted to Ibid. where the note before cites the same one source and nothing else.

use super::wording::ibid;
use super::{Change, flow, kept, words_end};
use crate::analysis::{Analysis, CiteId, FileId, Resolution};
use crate::citation::{Certainty, Citation, Form};
use crate::text::{Edit, Span};

/// The edits that contract the chosen short forms of a file, where they may be an Ibid.
pub fn contract(analysis: &Analysis, file: FileId, chosen: impl Fn(CiteId) -> bool) -> Vec<Edit> {
    let shorts =
        analysis.citations_of(file).filter(|(id, c)| matches!(c.form, Form::Short | Form::OpCit) && chosen(*id));
    let ids: Vec<CiteId> = shorts.map(|(id, _)| id).collect();
    if ids.is_empty() {
        return Vec::new();
    }
    let cue = ibid(analysis, file, None);
    kept(analysis, file, ids.into_iter().filter_map(|id| change(analysis, id, &cue)).collect())
}

fn change(analysis: &Analysis, id: CiteId, cue: &str) -> Option<Change> {
    let citation = analysis.citation(id);
    let cited = &analysis.citations[id];
    let Some(Resolution::Exact { source, how, .. }) = &cited.resolution else { return None };
    let plain = citation.certainty == Certainty::Sure && citation.pointer.is_none() && citation.archive.is_none();
    if !plain || how.fuzzy || how.forward {
        return None;
    }
    let before = leans_on(analysis, cited.place.file, cited.note?, id)?;
    if analysis.source_of(before) != Some(*source) {
        return None;
    }
    let pages =
        |c: &Citation| c.locators.as_ref().map(|l| l.ranges.iter().map(|r| (r.first, r.last)).collect::<Vec<_>>());
    let (own, theirs) = (pages(citation), pages(analysis.citation(before)));
    if own.is_none() && theirs.is_some() {
        return None;
    }
    let words = flow(analysis, id);
    let start = citation.signal.map_or(citation.span.start, |s| s.end);
    let same = own.is_some() && own == theirs && analysis.citation(before).form != Form::Full;
    let end = if same || own.is_none() { citation.span.end } else { words_end(words, citation) };
    let span = Span { start, end: end.max(start) }.trim(words);
    let mut written = cue.to_owned();
    if citation.signal.is_some() {
        written = written.to_lowercase();
    }
    let rest = &words[span.end as usize..];
    if span.end == citation.span.end && rest.starts_with('.') && written.ends_with('.') {
        written.pop();
    }
    if span.end < citation.span.end && !rest.starts_with(',') {
        written.push(',');
    }
    let manuscript = &analysis.files[cited.place.file].manuscript;
    let gone = manuscript.notes[cited.note?].flow.dressed(span);
    Some(Change { id, edit: Edit::new(gone, written) })
}

/// The citation an Ibid. would lean on if it stood in a note and before `next` were all citations: the one before in the
/// note, or the last of the note before if all of that note is of its source.
pub fn leans_on(analysis: &Analysis, file: FileId, note: usize, next: CiteId) -> Option<CiteId> {
    let cites = |c: &CiteId| {
        analysis.citations[*c].place.file == file
            && analysis.citations[*c].note.is_some()
            && !matches!(analysis.citation(*c).form, Form::Commentary | Form::Quote | Form::Alias | Form::Xref)
    };
    let before = (0..next).rev().find(cites)?;
    let of = analysis.citations[before].note?;
    if of == note {
        return Some(before);
    }
    let source = analysis.source_of(before);
    let mut rest = (0..before).rev().filter(cites).take_while(|c| analysis.citations[*c].note == Some(of));
    let alone = rest.all(|c| source.is_some() && analysis.source_of(c) == source);
    let number = |n: usize| analysis.files[file].manuscript.notes[n].label.number;
    let follows = number(of).zip(number(note)).map_or(of + 1 == note, |(a, b)| a + 1 == b);
    (alone && follows).then_some(before)
}
