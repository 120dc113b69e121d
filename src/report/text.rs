//! For people: `full` shows each finding in its line with its evidence, `concise` is one line a finding.

use super::plain::{line, short};
use super::window::{Window, window};
use super::{Report, Summary, Tally, tallies};
use crate::analysis::{Analysis, Place};
use crate::config::Severity;
use crate::rules::{Finding, Safety};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Columns that the line of a finding may take.
const COLUMNS: usize = 100;

/// Places shown as evidence; `json` has all.
const EVIDENCE: usize = 8;

/// Terminal colours, or none.
#[derive(Clone, Copy)]
struct Paint {
    on: bool,
}

impl Paint {
    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    fn severity(self, severity: Severity, text: &str) -> String {
        self.with(
            match severity {
                Severity::Error => "1;31",
                Severity::Warning => "1;33",
                Severity::Info => "1;36",
                Severity::Hint => "1;35",
            },
            text,
        )
    }

    fn frame(self, text: &str) -> String {
        self.with("34", text)
    }

    fn bold(self, text: &str) -> String {
        self.with("1", text)
    }
}

/// `check --output-format full`, without the summary.
pub fn full(report: &Report, colour: bool) -> String {
    let paint = Paint { on: colour };
    let mut out = String::new();
    for (analysis, finding) in report.findings() {
        write_finding(&mut out, analysis, finding, paint);
    }
    out
}

fn write_finding(out: &mut String, analysis: &Analysis, finding: &Finding, paint: Paint) {
    let file = &analysis.files[finding.place.file];
    let (text, lines) = (&file.manuscript.text, &file.lines);
    let number = lines.position(text, finding.place.span.start).line.to_string();
    let gutter = " ".repeat(number.len());
    let Window { text: shown, indent, width } = window(text, lines, finding.place.span, COLUMNS);
    let head = paint.severity(finding.severity, &format!("{}[{}]", finding.severity.name(), finding.rule));
    let bar = paint.frame("|");
    let _ = writeln!(out, "{head}: {}", paint.bold(&line(&finding.message)));
    let note = note_of(analysis, finding.place).map_or_else(String::new, |label| format!(" (note {label})"));
    let _ = writeln!(out, "{gutter}{} {}{note}", paint.frame("-->"), place(analysis, finding.place));
    let _ = writeln!(out, "{gutter} {bar}");
    let _ = writeln!(out, "{} {bar} {shown}", paint.frame(&number));
    let under = paint.severity(finding.severity, &"^".repeat(width));
    let _ = writeln!(out, "{gutter} {bar} {}{under}", " ".repeat(indent));
    for related in finding.related.iter().take(EVIDENCE) {
        let place = place_seen_from(analysis, finding.place, related.place);
        let words = short(analysis.text(related.place), COLUMNS - 20);
        let said = line(&related.message);
        let colon = if said.ends_with(char::is_alphanumeric) { ":" } else { "" };
        let quoted = if words.is_empty() { String::new() } else { format!("{colon} «{words}»") };
        let _ = writeln!(out, "{gutter} {} {}: {said}{quoted}", paint.frame("="), paint.bold(&place));
    }
    if let Some(more) = finding.related.len().checked_sub(EVIDENCE).filter(|n| *n > 0) {
        let _ = writeln!(out, "{gutter} {} and {}", paint.frame("="), count(more, "more place"));
    }
    if let Some(fix) = &finding.fix {
        let how = match fix.safety {
            Safety::Safe => "--fix",
            Safety::Unsafe => "--fix --unsafe-fixes",
        };
        let _ = writeln!(out, "{gutter} {} {}: {} ({how})", paint.frame("="), paint.bold("fix"), line(&fix.title));
    }
    out.push('\n');
}

/// `check --output-format concise`: `file:line:column: severity rule message`.
pub fn concise(report: &Report, colour: bool) -> String {
    let paint = Paint { on: colour };
    let mut out = String::new();
    for (analysis, f) in report.findings() {
        let severity = paint.severity(f.severity, f.severity.name());
        let (place, message) = (paint.bold(&place(analysis, f.place)), line(&f.message));
        let _ = writeln!(out, "{place}: {severity} {} {message}", f.rule);
    }
    out
}

/// `a.txt:12:3`
pub fn place(analysis: &Analysis, place: Place) -> String {
    let file = &analysis.files[place.file];
    let at = file.lines.position(&file.manuscript.text, place.span.start);
    format!("{}:{}:{}", line(&file.manuscript.path), at.line, at.column)
}

/// `line 12, note 4` where it is the same file, else as [`place`].
fn place_seen_from(analysis: &Analysis, here: Place, there: Place) -> String {
    if here.file != there.file {
        return place(analysis, there);
    }
    let number = analysis.files[there.file].lines.line(there.span.start) + 1;
    let note = note_of(analysis, there).map_or_else(String::new, |label| format!(", note {label}"));
    format!("line {number}{note}")
}

/// The label of the note a place lies in.
pub fn note_of(analysis: &Analysis, place: Place) -> Option<String> {
    let manuscript = &analysis.files[place.file].manuscript;
    let numbering = &analysis.notes[place.file];
    let note = numbering.note_at(manuscript, place.span.start)?;
    Some(short(&numbering.name(manuscript, note), 40))
}

/// The last line of `full`: what was found in how much.
pub fn summary(report: &Report, fixed: usize) -> String {
    let sum = Summary::of(report);
    let mut out = String::new();
    if fixed > 0 {
        let _ = writeln!(out, "Fixed {}.", count(fixed, "finding"));
    }
    let read =
        format!("{} ({}, {})", count(sum.files, "file"), count(sum.notes, "note"), count(sum.citations, "citation"));
    let mut levels: BTreeMap<Severity, usize> = BTreeMap::new();
    let (mut safe, mut risky) = (0, 0);
    for (_, finding) in report.findings() {
        *levels.entry(finding.severity).or_default() += 1;
        match finding.fix.as_ref().map(|f| f.safety) {
            Some(Safety::Safe) => safe += 1,
            Some(Safety::Unsafe) => risky += 1,
            None => {}
        }
    }
    if levels.is_empty() {
        let _ = writeln!(out, "Nothing found in {read}.");
        return out;
    }
    let by_level: Vec<String> = levels.iter().rev().map(|(s, n)| format!("{n} {}", s.name())).collect();
    let fixes = match (safe, risky) {
        (0, 0) => String::new(),
        (n, 0) => format!(" --fix mends {n}."),
        (0, n) => format!(" --fix --unsafe-fixes mends {n}."),
        (n, m) => format!(" --fix mends {n}, --unsafe-fixes {m} more."),
    };
    let _ = writeln!(out, "{} in {read}: {}.{fixes}", count(sum.findings, "finding"), by_level.join(", "));
    out
}

/// `--statistics`: findings by rule, the most frequent first.
pub fn statistics(report: &Report) -> String {
    let mut out = String::new();
    for Tally { rule, severity, findings, fixable } in tallies(report) {
        let fixes = if fixable > 0 { format!(" ({fixable} with a fix)") } else { String::new() };
        let _ = writeln!(out, "{findings:>6} {:<7} {rule}{fixes}", severity.name());
    }
    out
}

/// `check --output-format grouped`: findings under their file, in columns.
pub fn grouped(report: &Report, colour: bool) -> String {
    let paint = Paint { on: colour };
    let mut out = String::new();
    for checked in report.projects.iter().chain(&report.settings) {
        let analysis = &checked.analysis;
        for (id, file) in analysis.files.iter().enumerate() {
            let row = |f: &Finding| {
                let at = file.lines.position(&file.manuscript.text, f.place.span.start);
                (format!("{}:{}", at.line, at.column), f.severity, f.rule, line(&f.message))
            };
            let rows: Vec<_> = checked.findings.iter().filter(|f| f.place.file == id).map(row).collect();
            let (at, rule) = (rows.iter().map(|r| r.0.len()).max(), rows.iter().map(|r| r.2.len()).max());
            let (Some(at), Some(rule)) = (at, rule) else { continue };
            let _ = writeln!(out, "{}:", paint.bold(&line(&file.manuscript.path)));
            for (place, severity, name, message) in rows {
                let level = paint.severity(severity, &format!("{:<7}", severity.name()));
                let _ = writeln!(out, "  {place:>at$} {level} {name:<rule$} {message}");
            }
            out.push('\n');
        }
    }
    out
}

/// `1 file`, `2 files`
pub fn count(n: usize, of: &str) -> String {
    format!("{n} {of}{}", if n == 1 { "" } else { "s" })
}
