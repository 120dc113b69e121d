//! `check --output-format junit`: a test suite a file, a failed test a finding.

use super::plain::{self, markup};
use super::{Report, text};
use crate::analysis::Analysis;
use crate::rules::Finding;
use std::fmt::Write;

pub fn junit(report: &Report) -> String {
    let mut suites = String::new();
    let (mut tests, mut failures) = (0, 0);
    for checked in report.projects.iter().chain(&report.settings) {
        for (id, file) in checked.analysis.files.iter().enumerate() {
            let found: Vec<_> = checked.findings.iter().filter(|f| f.place.file == id).collect();
            let (name, count) = (markup(&file.manuscript.path), found.len());
            let all = count.max(1);
            let _ = writeln!(suites, "  <testsuite name=\"{name}\" tests=\"{all}\" failures=\"{count}\" errors=\"0\">");
            for finding in &found {
                case(&mut suites, &checked.analysis, finding, &name);
            }
            if found.is_empty() {
                let _ = writeln!(suites, "    <testcase classname=\"{name}\" name=\"ibid\"/>");
            }
            suites += "  </testsuite>\n";
            (tests, failures) = (tests + all, failures + count);
        }
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <testsuites name=\"ibid\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n{suites}</testsuites>\n"
    )
}

fn case(out: &mut String, analysis: &Analysis, finding: &Finding, file: &str) {
    let read = &analysis.files[finding.place.file];
    let at = read.lines.position(&read.manuscript.text, finding.place.span.start);
    let mut words = format!("{}: {}\n", text::place(analysis, finding.place), plain::line(&finding.message));
    let _ = writeln!(words, "«{}»", plain::line(analysis.text(finding.place)));
    for related in &finding.related {
        let quoted = plain::short(analysis.text(related.place), 80);
        let _ =
            writeln!(words, "{}: {} «{quoted}»", text::place(analysis, related.place), plain::line(&related.message));
    }
    let _ = writeln!(
        out,
        "    <testcase classname=\"{file}\" name=\"{} {}:{}\">\n      \
         <failure type=\"{}\" message=\"{}\">{}</failure>\n    </testcase>",
        finding.rule,
        at.line,
        at.column,
        finding.severity.name(),
        markup(&finding.message),
        markup(words.trim_end()),
    );
}
