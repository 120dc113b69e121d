//! `ibid-without-antecedent`

use super::Sink;
use crate::analysis::{Analysis, backrefs};

rule! {
    /// An Ibid. has nothing before it to stand for.
    ///
    /// ## Why
    /// Ibid. means "the source just cited". As the first citation of a manuscript, or of a chapter whose notes begin
    /// again at 1, it sends the reader nowhere. Mostly a note was moved or deleted.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Ibid., 14.
    /// //~ ibid-without-antecedent «Ibid.»
    ///
    /// ² Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Ibid., 14.
    /// ```
    "ibid-without-antecedent", Error, "The Chicago Manual of Style, 17th ed., 14.34"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for orphan in backrefs::orphaned(analysis) {
        let cue = analysis.cue_place(orphan.id);
        let word = analysis.text(cue).to_owned();
        let why = if orphan.across.is_some() { "no citation comes before it in this chapter" } else { "no citation comes before it" };
        let finding = out.at(cue, format!("\"{word}\" has nothing to stand for: {why}"));
        if let Some(last) = orphan.across {
            finding.related(analysis.citations[last].place, "the last citation of the chapter before");
        }
    }
}
