//! Short forms contracted to Ibid. where the note before cites the same one source and nothing else.

use super::{Change, flow, kept, words_end};
use crate::analysis::{Analysis, CiteId, FileId, Place, Resolution};
use crate::citation::{Certainty, Citation, Form};
use crate::text::{Edit, Span};
use std::collections::BTreeMap;

/// The edits that contract every short form that touches `within` (bytes of the file) and may be an Ibid.
pub fn contract(analysis: &Analysis, file: FileId, within: Span) -> Vec<Edit> {
    let cue = cue(analysis, file);
    let shorts = analysis.citations_of(file).filter(|(id, c)| {
        let place = analysis.citations[*id].place.span;
        c.form == Form::Short && (within.overlaps(place) || within.touches(place.start))
    });
    let ids: Vec<CiteId> = shorts.map(|(id, _)| id).collect();
    kept(analysis, file, ids.into_iter().filter_map(|id| change(analysis, id, &cue)).collect())
}

/// Ibid. as this file writes it most often, dress included; else as its style does.
fn cue(analysis: &Analysis, file: FileId) -> String {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for (id, citation) in analysis.citations_of(file) {
        if let (Form::Ibid, None, Some(cue)) = (citation.form, citation.signal, citation.cue) {
            *used.entry(super::typed(analysis, id, cue)).or_default() += 1;
        }
    }
    let usual = used.into_iter().max_by_key(|(_, n)| *n).map(|(cue, _)| cue);
    usual.unwrap_or_else(|| analysis.config.profile.ibid().to_owned())
}

fn change(analysis: &Analysis, id: CiteId, cue: &str) -> Option<Change> {
    let citation = analysis.citation(id);
    let cited = &analysis.citations[id];
    let Some(Resolution::Exact { source, how, .. }) = &cited.resolution else { return None };
    let plain = citation.certainty == Certainty::Sure && citation.pointer.is_none() && citation.archive.is_none();
    if !plain || how.fuzzy || how.forward {
        return None;
    }
    let before = leans_on(analysis, id)?;
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

/// The citation an Ibid. here would stand for: the one before in the note, or the only one of the note before.
fn leans_on(analysis: &Analysis, id: CiteId) -> Option<CiteId> {
    let Place { file, .. } = analysis.citations[id].place;
    let note = analysis.citations[id].note?;
    let cites = |c: &CiteId| {
        analysis.citations[*c].place.file == file
            && !matches!(analysis.citation(*c).form, Form::Commentary | Form::Quote | Form::Alias | Form::Xref)
    };
    let before = (0..id).rev().find(cites)?;
    let of = analysis.citations[before].note?;
    let alone = (0..id).rev().filter(cites).take_while(|c| analysis.citations[*c].note == Some(of)).count() == 1;
    let numbers = |n: usize| analysis.files[file].manuscript.notes[n].label.number;
    let next = of == note || alone && numbers(of).zip(numbers(note)).is_none_or(|(a, b)| a + 1 == b);
    next.then_some(before)
}
