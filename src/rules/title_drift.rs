//! `title-drift`

use super::Sink;
use crate::analysis::drift::{self, Drift};
use crate::analysis::{Analysis, FileId, listed};

rule! {
    /// One journal or one work goes under two titles.
    ///
    /// ## Why
    /// The reader looks for two works. Journals are taken for one when the shorter title begins the longer one and an issue
    /// of the same number and year is cited from both; words of a title when they are of one work and differ by a letter; a short title should be drawn from the title.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review Quarterly*, No. 4, 1931: 78-81.
    ///
    /// ² Paul Lind, "On the Oil," *Harbour Review*, No. 4, 1931: 12-20.
    /// //~ title-drift «Harbour Review»
    ///
    /// ³ Jane Holm, "On the Wick," *Harbour Review Quarterly*, No. 7, 1932: 3-9.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review Quarterly*, No. 4, 1931: 78-81.
    ///
    /// ² Paul Lind, "On the Oil," *Harbour Review*, No. 2, 1929: 12-20.
    /// ```
    "title-drift", Warning, "The Chicago Manual of Style on shortened titles"
}

fn titles(analysis: &Analysis, file: FileId) -> impl Iterator<Item = Drift> {
    let works = drift::title_words(analysis, file).into_iter().chain(drift::short_titles(analysis, file));
    drift::journals(analysis, file).into_iter().chain(works)
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for drift in listed::titles(analysis).iter().filter(|d| !drift::is_misspelling(analysis, d.typed)) {
        let finding = out.at(drift.typed, format!("the bibliography has \"{}\"", drift.listed));
        finding.related(drift.entry, "its entry");
    }
    for file in 0..analysis.files.len() {
        for drift in titles(analysis, file) {
            // A misspelt word is said once, as such.
            let places: Vec<_> = drift.places.iter().filter(|p| !drift::is_misspelling(analysis, **p)).collect();
            let [first, rest @ ..] = places.as_slice() else { continue };
            let finding = out.at(**first, format!("elsewhere \"{}\"", drift.usual));
            finding.related(drift.model, "the usual form");
            for place in rest {
                finding.related(**place, "again");
            }
        }
    }
}
