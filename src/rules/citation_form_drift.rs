//! `citation-form-drift`

use super::{Finding, Sink};
use crate::analysis::Analysis;
use crate::analysis::drift::{self, Drift};

rule! {
    /// One thing is written in two forms: the year of an issue, the order of a date, the dash of a range, the stops of an acronym.
    ///
    /// ## Why
    /// A reader takes a difference for a distinction. Reported once a document for each of these, at the first place of the less
    /// frequent form.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, "Report of the HLB," *Harbour Review*, No. 4, 1931: 78-81.
    ///
    /// ² Paul Lind, "A Note on the H.L.B.," *Harbour Review*, No. 5 (1931): 12-20.
    /// //~ citation-form-drift «H.L.B.»
    /// //~ citation-form-drift «No. 5 (1931)»
    ///
    /// ³ Jane Holm, "The HLB Again," *Harbour Review*, No. 7, 1932: 3-9.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, "Report of the HLB," *Harbour Review*, No. 4, 1931: 78-81.
    ///
    /// ² Paul Lind, "A Note on the HLB," *Harbour Review*, No. 5, 1931: 12-20.
    /// ```
    "citation-form-drift", Info, "The Chicago Manual of Style on consistency in notes"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        if let Some(drift) = drift::issues(analysis, file) {
            report(out, &drift, format!("the year stands {} here, elsewhere {}", drift.other, drift.usual));
        }
        if let Some(drift) = drift::dashes(analysis, file) {
            report(out, &drift, format!("{} in the range, elsewhere {}", drift.other, drift.usual));
        }
        if let Some(drift) = drift::dates(analysis, file) {
            report(out, &drift, format!("{} in the date, elsewhere {}", drift.other, drift.usual));
        }
        let acronyms = drift::acronyms(analysis, file);
        let Some((first, others)) = acronyms.split_first() else { continue };
        let finding = report(out, first, format!("\"{}\" elsewhere", first.usual));
        for other in others {
            finding.related(other.places[0], format!("\"{}\" elsewhere", other.usual));
        }
    }
}

fn report<'a>(out: &'a mut Sink, drift: &Drift, message: String) -> &'a mut Finding {
    let finding = out.at(drift.places[0], message);
    finding.related(drift.model, "the usual form");
    for place in &drift.places[1..] {
        finding.related(*place, "again");
    }
    finding
}
