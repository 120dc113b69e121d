//! Fixes of several findings put together: which of them can be made at once.

use super::{Finding, Safety};
use crate::analysis::FileId;
use crate::config::Severity;
use crate::text::Edit;

/// The edits that mend a file, and how many findings they mend. Of two fixes that meet, the later is left for the next
/// round; hints mend nothing unasked.
pub fn edits(findings: &[Finding], file: FileId, unsafe_too: bool) -> (Vec<Edit>, usize) {
    let mut taken: Vec<Edit> = Vec::new();
    let mut count = 0;
    for finding in findings.iter().filter(|f| f.place.file == file && f.severity > Severity::Hint) {
        let Some(fix) = &finding.fix else { continue };
        let safe_enough = unsafe_too || fix.safety == Safety::Safe;
        let meets = |e: &Edit| taken.iter().any(|t| t.span.overlaps(e.span) || t.span.start == e.span.start);
        if safe_enough && !fix.edits.is_empty() && !fix.edits.iter().any(meets) {
            taken.extend(fix.edits.iter().cloned());
            count += 1;
        }
    }
    (taken, count)
}
