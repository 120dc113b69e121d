//! `ibid-after-several-sources`

use super::Sink;
use crate::config::Profile;
use crate::analysis::{Analysis, backrefs};

rule! {
    /// An Ibid. follows a note that cites several sources.
    ///
    /// ## Why
    /// The reader cannot tell which of them is meant. Semicolons between pages of one work make no second source, and a
    /// quotation is none.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12; Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ² Ibid., 14.
    /// //~ ibid-after-several-sources «Ibid.»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), II, 115; VI, 62; XX, 111.
    ///
    /// ² Ibid., 14.
    /// ```
    "ibid-after-several-sources", Error, "The Chicago Manual of Style, 17th ed., 14.34; The Bluebook, Rule 4.1"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    // OSCOLA's ibid means all of them: it is doubtful only where it gives a page
    let all = analysis.config.profile == Profile::Oscola;
    for doubt in backrefs::doubtful(analysis) {
        if all && analysis.citation(doubt.id).locators.is_none() {
            continue;
        }
        let cue = analysis.cue_place(doubt.id);
        let word = analysis.text(cue).to_owned();
        let before = analysis.numbered(doubt.candidates[0]);
        let count = doubt.candidates.len();
        let finding = out.at(cue, format!("which source does \"{word}\" stand for? {before} makes {count} citations"));
        for candidate in doubt.candidates {
            finding.related(analysis.citations[candidate].place, "this one?");
        }
    }
}
