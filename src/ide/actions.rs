//! Fixes of findings, one by one and all at once.

use crate::analysis::FileId;
use crate::rules::{Finding, Fix, Safety};
use crate::text::{Edit, Span};

/// A fix an editor offers, with the finding it mends.
#[derive(Clone, Copy, Debug)]
pub struct Action<'a> {
    pub finding: &'a Finding,
    pub fix: &'a Fix,
}

/// The fixes of the findings that touch a stretch of a file.
pub fn fixes(findings: &[Finding], file: FileId, stretch: Span) -> impl Iterator<Item = Action<'_>> {
    at(findings, file, stretch).filter_map(|finding| Some(Action { finding, fix: finding.fix.as_ref()? }))
}

/// The findings that touch a stretch of a file.
pub fn at(findings: &[Finding], file: FileId, stretch: Span) -> impl Iterator<Item = &Finding> {
    let near = move |f: &&Finding| {
        f.place.file == file && f.place.span.start <= stretch.end && stretch.start <= f.place.span.end
    };
    findings.iter().filter(near)
}

/// The edits of every safe fix of a file, in order. Of two fixes that touch the same bytes the first is taken:
/// the other is for the next time. A fix is taken whole or not at all.
pub fn fix_all(findings: &[Finding], file: FileId) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    let here = findings.iter().filter(|f| f.place.file == file);
    for fix in here.filter_map(|f| f.fix.as_ref()).filter(|fix| fix.safety == Safety::Safe) {
        let clash = |e: &Edit| taken.iter().any(|t| t.span.overlaps(e.span) || t.span.start == e.span.start);
        if !fix.edits.iter().any(clash) {
            taken.extend(fix.edits.iter().cloned());
        }
    }
    taken.sort_by_key(|e| e.span);
    taken
}
