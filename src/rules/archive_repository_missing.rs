//! `archive-repository-missing`

use super::Sink;
use crate::analysis::{Analysis, archives};
use crate::text::{Edit, Span};

rule! {
    /// An archival reference begins below the archive: the fond is given, the archive is not.
    ///
    /// ## Why
    /// Fonds are numbered within an archive; without it the reader cannot order the file. Only manuscripts that name the
    /// archive elsewhere are judged, and references that follow another one in the same note are not.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found,³ then sold again.⁴
    ///
    /// ¹ "Protokol o lampe," GARF, f. 5446, op. 2, d. 14, l. 3.
    ///
    /// ² "Spravka o masle," GARF, f. 5446, op. 2, d. 15, l. 8.
    ///
    /// ³ "Dokladnaia zapiska," GARF, f. 5446, op. 2, d. 16, l. 1.
    ///
    /// ⁴ "Pis'mo o fitile," f. 5446, op. 2, d. 14, l. 20.
    /// //~ archive-repository-missing «f. 5446»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ "Protokol o lampe," GARF, f. 5446, op. 2, d. 14, l. 3; f. 8131, op. 1, d. 2, l. 5.
    ///
    /// ² "Spravka o masle," GARF, f. 5446, op. 2, d. 15, l. 8.
    ///
    /// ³ Ibid., l. 9.
    /// ```
    ///
    /// ## Fix
    /// Unsafe: the archive in which the same file is cited elsewhere is set before the path.
    "archive-repository-missing", Warning, "The Chicago Manual of Style on manuscript collections"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        for headless in archives::headless(analysis, file) {
            let finding = out.at(headless.place, "the archive is not named");
            match headless.repository {
                Some(repository) => {
                    finding.related(headless.model, format!("the same file is cited from {repository} here"));
                    let at = Span::empty(headless.place.span.start as usize);
                    let edits = vec![Edit::new(at, format!("{repository}, "))];
                    finding.unsafe_fix(format!("name {repository}"), edits);
                }
                None => {
                    let message = format!("the archive is named here and in {} other references", headless.named - 1);
                    finding.related(headless.model, message);
                }
            }
        }
    }
}
