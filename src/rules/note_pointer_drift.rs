//! `note-pointer-drift`

use super::Sink;
use crate::analysis::{Analysis, pointers};
use crate::text::Edit;

rule! {
    /// Several pointers are off by the same number.
    ///
    /// ## Why
    /// A note was put in or taken out above and the pointers were not corrected: one cause, one finding. From three pointers
    /// on.
    ///
    /// ```bad
    /// One.¹ Two.² Three.³ Four.⁴ Five.⁵ Six.⁶ Seven.⁷
    ///
    /// ¹ The harbour was rebuilt in this year.
    ///
    /// ² Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ³ Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ⁴ Jane Holm, *The Wick* (London: Quay Press, 1933), 9.
    ///
    /// ⁵ Reed, supra note 1, at 14.
    /// //~ note-pointer-drift «1»
    ///
    /// ⁶ Lind, supra note 2, at 8.
    ///
    /// ⁷ Holm, supra note 3, at 10.
    /// ```
    ///
    /// ```good
    /// One.¹ Two.² Three.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ³ Reed, supra note 1, at 14.
    /// ```
    ///
    /// ## Fix
    /// Unsafe: it corrects all of them.
    "note-pointer-drift", Error, "The Bluebook, Rule 4.2; OSCOLA, 4th ed., 1.2.1"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for drift in pointers::by_cause(analysis).0 {
        let first = &drift[0];
        let by = i64::from(first.right_number) - i64::from(first.named);
        let message = format!("{} pointers are off by {by:+}: note {} should be {}", drift.len(), first.named, first.right_number);
        let finding = out.at(first.number, message);
        finding.related(analysis.citations[first.right].place, "the note that should be named");
        for other in &drift[1..] {
            finding.related(other.number, format!("should be {}", other.right_number));
        }
        let edits = drift.iter().map(|m| Edit::new(m.number.span, m.right_number.to_string())).collect();
        finding.unsafe_fix(format!("correct all {}", drift.len()), edits);
    }
}
