//! `word-misspelling`

use super::Sink;
use crate::analysis::Analysis;

rule! {
    /// A word of a romanized title is misspelt: other titles here have it right.
    ///
    /// ## Why
    /// No spelling checker reads Russian in Latin letters, so slips in romanized titles stay. A title keeps the spelling of
    /// its title page, but nobody's title page has three i in a row, or a case ending behind a case ending. Two words that
    /// are merely alike are not reported; two forms of one word neither.
    ///
    /// ```toml
    /// names.languages = ["ru"]
    /// ```
    ///
    /// ```bad
    /// The meeting was short.¹ The next was long.²
    ///
    /// ¹ "Protokol Zakrytogo Sobraniia Zavoda," TsAODM, f. 4, op. 1, d. 2, l. 3.
    ///
    /// ² "Stenogramma Otkrytogo Sobraniiia Zavoda," TsAODM, f. 4, op. 1, d. 3, l. 9.
    /// //~ word-misspelling «Sobraniiia»
    /// ```
    ///
    /// ```good
    /// The meeting was short.¹ The next was long.²
    ///
    /// ¹ "Protokol Zakrytogo Sobraniia Zavoda," TsAODM, f. 4, op. 1, d. 2, l. 3.
    ///
    /// ² "Stenogramma o Sobraniiakh Zavoda," TsAODM, f. 4, op. 1, d. 3, l. 9.
    /// ```
    ///
    /// ## Fix
    /// The word takes the other spelling. Unsafe: a title may really be so.
    "word-misspelling", Warning, "The Chicago Manual of Style on titles in other languages"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for slip in &analysis.names.words {
        super::name_misspelling::report(analysis, slip, out);
    }
}
