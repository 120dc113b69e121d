//! `archive-abbreviation-undefined`

use super::Sink;
use crate::analysis::{Analysis, archives};

rule! {
    /// An archive is cited by an abbreviation that is never written out, though others are.
    ///
    /// ## Why
    /// `RGASPI` says nothing to a reader outside the field. A manuscript that writes out one archive owes it to the others; one
    /// that writes out none relies on its readers and is not judged. Archives under `archives.repositories` in
    /// `ibid.toml` count as known.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ "Protokol o lampe," Gosudarstvennyi arkhiv Rossiiskoi Federatsii (GARF), f. 5446, op. 2, d. 14, l. 3.
    ///
    /// ² "Spravka o masle," RGASPI, f. 17, op. 120, d. 15, l. 8.
    /// //~ archive-abbreviation-undefined «RGASPI»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ "Protokol o lampe," GARF, f. 5446, op. 2, d. 14, l. 3.
    ///
    /// ² "Spravka o masle," RGASPI, f. 17, op. 120, d. 15, l. 8.
    /// ```
    "archive-abbreviation-undefined", Warning, "The Chicago Manual of Style on abbreviations"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        for undefined in archives::undefined(analysis, file) {
            let finding = out.at(undefined.place, format!("{} is never written out", undefined.abbreviation));
            let other = analysis.text(undefined.model);
            finding.related(undefined.model, format!("{other} is written out here"));
        }
    }
}
