//! Above a citation in full: how often its source is cited, and where last.

use super::names::times;
use super::prose;
use crate::analysis::{Analysis, CiteId, FileId, Place};

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lens {
    pub place: Place,
    /// `cited 12 times, last in n. 54`
    pub title: String,
    /// Every citation of the source, in reading order.
    pub citations: Vec<Place>,
}

/// A lens for each source that a file cites in full and something leans on, in the order of the file.
pub fn lenses(analysis: &Analysis, file: FileId) -> Vec<Lens> {
    let place = |id: CiteId| analysis.citations[id].place;
    let here = analysis.sources.iter().filter(|s| !s.orphan && place(s.definition).file == file);
    let lens = |source: &crate::analysis::Source| {
        let cited: Vec<CiteId> = source.citations.iter().copied().filter(|id| analysis.cited().contains(id)).collect();
        let last = cited.last().copied().filter(|last| *last != source.definition)?;
        let title = format!("cited {}, last in {}", times(cited.len()), prose::note_of(analysis, last));
        let citations = cited.into_iter().map(place).collect();
        Some(Lens { place: place(source.definition), title, citations })
    };
    let mut lenses: Vec<Lens> = here.filter_map(lens).collect();
    lenses.sort_by_key(|l| l.place);
    lenses
}
