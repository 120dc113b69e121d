//! `ibid-after-commentary`

use super::Sink;
use crate::analysis::{Analysis, backrefs};

rule! {
    /// An Ibid. follows a note that cites nothing.
    ///
    /// ## Why
    /// Ibid. stands for the citation just before. Over a note of comment the reader has to guess that an earlier note is
    /// meant.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² The keepers themselves were never asked what they thought of it.
    ///
    /// ³ Ibid., 14.
    /// //~ ibid-after-commentary «Ibid.»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² The keepers themselves were never asked what they thought of it.
    ///
    /// ³ Reed, *Lamp Keepers*, 14.
    /// ```
    "ibid-after-commentary", Warning, "The Chicago Manual of Style, 17th ed., 14.34"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (id, between) in backrefs::over_commentary(analysis) {
        let cue = analysis.cue_place(id);
        let (word, note) = (analysis.text(cue).to_owned(), analysis.numbered(between));
        let finding = out.at(cue, format!("\"{word}\" follows {note}, which cites nothing"));
        finding.related(analysis.citations[between].place, "no citation here");
        if let Some(antecedent) = analysis.antecedent(id) {
            finding.related(analysis.citations[antecedent].place, "taken to mean this");
        }
    }
}
