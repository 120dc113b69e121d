//! `check --output-format html`: one page a copyeditor can be sent, with findings, notes and their chains, and names.

mod findings;
mod names;
mod notes;

use super::plain::markup;
use super::text::count;
use super::{Report, Summary, page};
use crate::analysis::{Analysis, Place};
use std::fmt::Write;

const SCRIPT: &str = include_str!("page.js");

pub fn html(report: &Report) -> String {
    let sum = Summary::of(report);
    let mut body = format!(
        "<header><h1>Notes and citations</h1>\n<p class=\"soft\">{}, {}, {}: {}.</p>\n\
         <nav><a href=\"#findings\">Findings</a><a href=\"#notes\">Notes</a><a href=\"#names\">Names</a></nav></header>\n",
        count(sum.files, "file"),
        count(sum.notes, "note"),
        count(sum.citations, "citation"),
        count(sum.findings, "finding"),
    );
    findings::write(&mut body, report);
    body += "<h2 id=\"notes\">Notes</h2>\n";
    for (project, checked) in report.projects.iter().enumerate() {
        notes::write(&mut body, project, checked);
    }
    let _ = writeln!(body, "<h2 id=\"names\">Names</h2>");
    names::write(&mut body, report);
    page::page("Notes and citations", &body, SCRIPT)
}

/// What a note is called within the page.
fn anchor(project: usize, file: usize, note: usize) -> String {
    format!("p{project}f{file}n{note}")
}

/// The note a place lies in: an index into the notes of its file.
fn note_at(analysis: &Analysis, place: Place) -> Option<usize> {
    analysis.notes[place.file].note_at(&analysis.files[place.file].manuscript, place.span.start)
}

/// `note 7`, a link to it; of the body, the line.
fn link(analysis: &Analysis, project: usize, place: Place) -> String {
    let file = &analysis.files[place.file];
    match note_at(analysis, place) {
        Some(note) => {
            let label = markup(&analysis.notes[place.file].name(&file.manuscript, note));
            format!("<a href=\"#{}\">note {label}</a>", anchor(project, place.file, note))
        }
        None => format!("line {}", file.lines.line(place.span.start) + 1),
    }
}
