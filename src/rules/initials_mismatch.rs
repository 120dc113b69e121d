//! `initials-mismatch`

use super::Sink;
use crate::analysis::Analysis;

rule! {
    /// One person's initials disagree in one letter.
    ///
    /// ## Why
    /// Initials are what catalogues and indexes tell people apart by. Reported where a name stands with two sets of initials
    /// in a paragraph and in its notes, the odd one once only; two sets side by side are two people.
    ///
    /// ```toml
    /// names.languages = ["ru"]
    /// ```
    ///
    /// ```bad
    /// S. Z. Korytnyi, a secretary, took a stricter approach.¹ S. Z. Korytnyi wrote again.
    ///
    /// ¹ "Stenogramma u tov. Korytnogo, S. V. po itogam," TsAODM, f. 3, op. 49, d. 119, l. 45.
    /// //~ initials-mismatch «Korytnogo, S. V.»
    /// ```
    ///
    /// ```good
    /// S. Z. Korytnyi, a secretary, took a stricter approach.¹ S. Z. Korytnyi wrote again.
    ///
    /// ¹ "Stenogramma u tov. Korytnogo, S. Z. po itogam," TsAODM, f. 3, op. 49, d. 119, l. 45.
    /// ```
    "initials-mismatch", Warning, "The Chicago Manual of Style on names in full"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for clash in &analysis.names.clashes {
        let finding = out.at(clash.place, format!("initials {} here, {} elsewhere", clash.initials, clash.usual));
        for place in &clash.models {
            finding.related(*place, format!("{} here", clash.usual));
        }
    }
}
