//! `ibid-chain-long`

use super::Sink;
use crate::analysis::{Analysis, backrefs};

rule! {
    /// Many notes in a row are nothing but Ibid.
    ///
    /// ## Why
    /// After the first few the reader has turned the page and lost the source. Cite the pages in the text, join the notes,
    /// or name the source again. From six in a row on.
    ///
    /// ```bad
    /// One.¹ Two.² Three.³ Four.⁴ Five.⁵ Six.⁶ Seven.⁷
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Ibid., 14.
    /// //~ ibid-chain-long «Ibid.»
    ///
    /// ³ Ibid., 15.
    ///
    /// ⁴ Ibid., 17.
    ///
    /// ⁵ Ibid., 20.
    ///
    /// ⁶ Ibid., 21.
    ///
    /// ⁷ Ibid., 25.
    /// ```
    ///
    /// ```good
    /// One.¹ Two.² Three.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Ibid., 14.
    ///
    /// ³ Ibid., 15.
    /// ```
    "ibid-chain-long", Hint, "The Chicago Manual of Style, 18th ed., 13.37"
}

const LONG: usize = 6;

fn check(analysis: &Analysis, out: &mut Sink) {
    for run in backrefs::runs(analysis, LONG) {
        let (first, last) = (run[0], run[run.len() - 1]);
        let message = format!("{} Ibid. in a row, to {}", run.len(), analysis.numbered(last));
        let finding = out.at(analysis.cue_place(first), message);
        finding.related(analysis.cue_place(last), "the last of them");
        if let Some(source) = analysis.antecedent(first) {
            finding.related(analysis.citations[source].place, "all stand for this");
        }
    }
}
