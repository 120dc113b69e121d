//! The names of the page that have more than one spelling.

use super::super::Report;
use super::super::plain::markup;
use super::link;
use crate::analysis::{Analysis, Place};
use std::fmt::Write;

/// Places shown of one spelling.
const PLACES: usize = 12;

pub fn write(out: &mut String, report: &Report) {
    let mut rows = String::new();
    for (project, checked) in report.projects.iter().enumerate() {
        let analysis = &checked.analysis;
        for name in analysis.names.variants.iter().chain(&analysis.names.drifts) {
            for (i, form) in name.forms.iter().enumerate() {
                let note = if name.preferred == Some(i) { "the usual one" } else { form.reason.as_str() };
                row(&mut rows, analysis, project, (&form.text, form.scheme.unwrap_or("")), note, &form.places);
            }
        }
        for slip in &analysis.names.slips {
            row(&mut rows, analysis, project, (&slip.right, ""), "the usual one", &slip.models);
            row(&mut rows, analysis, project, (&slip.wrong, ""), &slip.reason, &slip.places);
        }
    }
    if rows.is_empty() {
        *out += "<p>Every name has one spelling.</p>\n";
    } else {
        let head = "<tr><th>Spelling</th><th>Scheme</th><th>Remark</th><th>Where</th></tr>";
        let _ = writeln!(out, "<table>{head}\n{rows}</table>");
    }
}

fn row(
    out: &mut String,
    analysis: &Analysis,
    project: usize,
    (text, scheme): (&str, &str),
    remark: &str,
    places: &[Place],
) {
    let mut shown: Vec<String> = places.iter().take(PLACES).map(|p| link(analysis, project, *p)).collect();
    if places.len() > PLACES {
        shown.push(format!("and {} more", places.len() - PLACES));
    }
    let _ = writeln!(
        out,
        "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
        markup(text),
        markup(scheme),
        markup(remark),
        shown.join(", ")
    );
}
