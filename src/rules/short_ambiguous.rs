//! `short-ambiguous`

use super::Sink;
use crate::analysis::{Ambiguity, Analysis, shorts};

rule! {
    /// A short form fits several works.
    ///
    /// ## Why
    /// An author's name is not enough once two of his works are cited; half a title may belong to two documents. Add a
    /// short title.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² the reports say,³ and found.⁴
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Anna Reed, *Oil and Light* (London: Quay Press, 1934), 7.
    ///
    /// ³ Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ⁴ Reed, 14.
    /// //~ short-ambiguous «Reed, 14»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² the reports say,³ and found.⁴
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Anna Reed, *Oil and Light* (London: Quay Press, 1934), 7.
    ///
    /// ³ Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ⁴ Reed, *Oil and Light*, 14.
    /// ```
    "short-ambiguous", Warning, "The Chicago Manual of Style, 17th ed., 14.33; OSCOLA, 4th ed., 1.2.1"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for doubt in shorts::ambiguous(analysis) {
        let message = match doubt.why {
            Ambiguity::SeveralWorksByAuthor => format!("which of {} works is meant?", doubt.candidates.len()),
            Ambiguity::WeakTitle => "the title fits another only in part: the same work?".to_owned(),
            _ => format!("fits {} works", doubt.candidates.len()),
        };
        let finding = out.at(analysis.citations[doubt.id].place, message);
        for source in doubt.candidates {
            finding.related(analysis.citations[analysis.sources[source].definition].place, "this one?");
        }
    }
}
