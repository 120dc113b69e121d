//! `idem-ambiguous`

use super::Sink;
use crate::analysis::Analysis;
use crate::citation::Form;

rule! {
    /// "Idem" follows a work of several authors.
    ///
    /// ## Why
    /// Idem means the same author. After a work by two or more it is open whether one or all of them are meant.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed and Paul Lind, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Idem, *The Oil Merchants* (London: Quay Press, 1934), 7.
    /// //~ idem-ambiguous «Idem»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Idem, *The Oil Merchants* (London: Quay Press, 1934), 7.
    /// ```
    "idem-ambiguous", Info, "The Chicago Manual of Style, 17th ed., 14.35"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for id in analysis.cited() {
        let citation = analysis.citation(id);
        let singular = citation.cue.is_some() && !is_plural(analysis.text(analysis.cue_place(id)));
        let Some(before) = analysis.antecedent(id).filter(|_| citation.form == Form::Idem && singular) else { continue };
        let authors: Vec<&str> = analysis.citation(before).authors.iter().map(|a| a.surname.as_str()).collect();
        if authors.len() > 1 {
            let cue = analysis.cue_place(id);
            let message = format!("\"{}\" after a work of {} authors: who is meant?", analysis.text(cue), authors.len());
            out.at(cue, message).related(analysis.citations[before].place, "the work before");
        }
    }
}

/// `dies.`, `Iid.`, `eaedem`: the same authors, several.
fn is_plural(cue: &str) -> bool {
    let word = cue.trim_end_matches('.').to_lowercase();
    matches!(word.as_str(), "dies" | "dieselben" | "iid" | "iidem" | "eaedem" | "они же")
}
