//! `check --output-format github`: annotations of a pull request, one workflow command a finding.

use super::{Report, plain, text};
use crate::analysis::Analysis;
use crate::config::Severity;
use crate::rules::Finding;

pub fn annotations(report: &Report) -> String {
    report.findings().map(|(analysis, finding)| annotation(analysis, finding)).collect()
}

/// Everything a manuscript can say is escaped: it cannot end the command or begin another.
fn annotation(analysis: &Analysis, finding: &Finding) -> String {
    let file = &analysis.files[finding.place.file];
    let at = |byte| file.lines.position(&file.manuscript.text, byte);
    let (start, end) = (at(finding.place.span.start), at(finding.place.span.end));
    let level = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    // the runner takes endColumn only where the finding stays on its line
    let columns = match start.line == end.line {
        true => format!("col={},endColumn={}", start.column, end.column),
        false => format!("col={}", start.column),
    };
    let mut message = plain::line(&finding.message);
    for related in &finding.related {
        let words = plain::short(analysis.text(related.place), 80);
        let place = text::place(analysis, related.place);
        message.push_str(&format!("\n{place}: {} «{words}»", plain::line(&related.message)));
    }
    format!(
        "::{level} file={},line={},endLine={},{columns},title={}::{}\n",
        property(&plain::line(&file.manuscript.path)),
        start.line,
        end.line,
        property(finding.rule),
        data(&message)
    )
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
