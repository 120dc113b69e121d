//! The findings of the page, each in its line, and the filters above them.

use super::super::plain::{markup, short};
use super::super::{Report, tallies};
use super::link;
use crate::analysis::{Analysis, Place};
use crate::config::Severity;
use crate::rules::Finding;
use crate::text::Span;
use std::fmt::Write;

/// Characters shown before and after the flagged words.
const AROUND: usize = 90;

pub fn write(out: &mut String, report: &Report) {
    *out += "<h2 id=\"findings\">Findings</h2>\n<form id=\"filters\" hidden>\n<select id=\"rule\" aria-label=\"Rule\"><option value=\"\">every rule</option>";
    for tally in tallies(report) {
        let _ = write!(out, "<option value=\"{0}\">{0} ({1})</option>", tally.rule, tally.findings);
    }
    *out += "</select>\n";
    for level in [Severity::Error, Severity::Warning, Severity::Info] {
        let name = level.name();
        let _ = writeln!(out, "<label><input type=\"checkbox\" value=\"{name}\" checked> {name}</label>");
    }
    *out += "<input type=\"search\" id=\"words\" placeholder=\"words\" aria-label=\"Words\"><span id=\"shown\"></span>\n</form>\n";
    let mut number = 0;
    for (project, checked) in report.projects.iter().chain(&report.settings).enumerate() {
        for f in &checked.findings {
            number += 1;
            finding(out, &checked.analysis, project, f, number);
        }
    }
    if number == 0 {
        *out += "<p>None.</p>\n";
    }
}

fn finding(out: &mut String, analysis: &Analysis, project: usize, finding: &Finding, number: usize) {
    let level = finding.severity.name();
    let path = markup(&analysis.files[finding.place.file].manuscript.path);
    let _ = writeln!(
        out,
        "<article class=\"finding {level}\" id=\"finding{number}\" data-rule=\"{0}\" data-severity=\"{level}\">\
         <p><span class=\"level\">{level}</span> {1} <span class=\"soft\">{0}, {path}, {2}</span></p>",
        finding.rule,
        markup(&finding.message),
        link(analysis, project, finding.place),
    );
    let _ = writeln!(out, "<blockquote>{}</blockquote>", excerpt(analysis, finding.place));
    if !finding.related.is_empty() {
        *out += "<ul>";
        for related in &finding.related {
            let words = short(analysis.text(related.place), 160);
            let place = link(analysis, project, related.place);
            let _ = write!(out, "<li>{place}: {} «{}»</li>", markup(&related.message), markup(&words));
        }
        *out += "</ul>\n";
    }
    if let Some(fix) = &finding.fix {
        let _ = writeln!(out, "<p class=\"soft\">Proposed: {}</p>", markup(&fix.title));
    }
    *out += "</article>\n";
}

/// The flagged words within their line.
fn excerpt(analysis: &Analysis, place: Place) -> String {
    let file = &analysis.files[place.file];
    let text = &file.manuscript.text;
    let line = file.lines.span(file.lines.line(place.span.start), text);
    let (before, after) = (
        Span { start: line.start, end: place.span.start }.of(text),
        Span { start: place.span.end, end: line.end.max(place.span.end) }.of(text),
    );
    let from = before.char_indices().rev().nth(AROUND).map_or(0, |(i, _)| i);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(i, _)| i);
    format!(
        "{}{}<mark>{}</mark>{}{}",
        if from > 0 { "…" } else { "" },
        markup(&before[from..]),
        markup(analysis.text(place)),
        markup(&after[..to]),
        if to < after.len() { "…" } else { "" },
    )
}
