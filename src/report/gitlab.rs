//! `check --output-format gitlab`: a Code Quality report for merge requests.

use super::fingerprint::fingerprints;
use super::{Report, plain};
use crate::config::Severity;
use serde::Serialize;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub fn code_quality(report: &Report) -> String {
    let all = report.findings().zip(fingerprints(report)).map(|((analysis, finding), fingerprint)| {
        let file = &analysis.files[finding.place.file];
        let line = |byte| file.lines.line(byte) + 1;
        Issue {
            description: plain::line(&finding.message),
            check_name: finding.rule,
            fingerprint,
            severity: match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info | Severity::Hint => "info",
            },
            location: Location {
                path: &file.manuscript.path,
                lines: Lines { begin: line(finding.place.span.start), end: line(finding.place.span.end) },
            },
        }
    });
    super::json::written(&all.collect::<Vec<_>>())
}
