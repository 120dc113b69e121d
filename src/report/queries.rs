//! Author queries, as production desks send them: `AQ3: note 24: is this work cited in full anywhere?`
//!
//! What `--fix` mends is no query. CSV holds every finding, queries numbered; the lists in Markdown and HTML the queries only.

use super::plain::{line, markup, short};
use super::{Report, page, text};
use crate::analysis::Analysis;
use crate::rules::{Finding, Safety};
use std::fmt::Write;

/// What an author is asked, by rule. Other rules ask with the message of the finding.
#[rustfmt::skip]
const QUESTIONS: &[(&str, &str)] = &[
    ("skipped-note-number", "is a note missing here?"),
    ("duplicate-note-number", "this number is used twice: which is right?"),
    ("note-out-of-order", "does this note stand in its place?"),
    ("mark-without-note", "the note to this mark is missing: what should it say?"),
    ("note-without-mark", "where in the text does this note belong?"),
    ("empty-note", "this note is empty: what should it say?"),
    ("broken-paragraph", "text seems to be lost here: what should it say?"),
    ("ibid-without-antecedent", "no work is cited before this: which one is meant?"),
    ("ibid-after-several-sources", "the note before cites several works: which of them is meant?"),
    ("ibid-after-commentary", "is the work cited before the comment meant?"),
    ("ibid-retargeted", "this now stands for another work than before: is that meant?"),
    ("idem-ambiguous", "which author is meant?"),
    ("short-without-full", "is this work cited in full anywhere?"),
    ("short-before-full", "the full citation comes only later: should it stand here?"),
    ("short-ambiguous", "which of these works is meant?"),
    ("alias-before-definition", "this short form is used before it is set: should it be set here?"),
    ("alias-unused", "this short form is never used: may it go?"),
    ("full-citation-repeated", "this work has been cited in full before: may we shorten?"),
    ("note-pointer-missing", "there is no such note: which one is meant?"),
    ("note-pointer-mismatch", "that note does not cite this work: which one is meant?"),
    ("note-pointer-drift", "the numbers of these notes have shifted: may we adjust them all?"),
    ("note-pointer-direction", "which note is meant?"),
    ("vague-pointer", "which note or page is meant?"),
    ("locator-out-of-range", "this page lies outside the work as cited: which one is meant?"),
    ("locator-order", "are these page numbers right?"),
    ("locator-conflict", "the references to this document differ: which is right?"),
    ("title-drift", "this title is given in two ways: which is right?"),
    ("author-drift", "this author is named in two ways: which is right?"),
    ("archive-repository-missing", "which archive holds this file?"),
    ("archive-abbreviation-undefined", "what does this abbreviation stand for?"),
    ("name-variant", "this name is spelled in several ways: which do you prefer?"),
    ("name-misspelling", "is this name spelled as it should be?"),
    ("initials-mismatch", "the initials differ: which are right?"),
    ("word-misspelling", "is this word spelled as it should be?"),
    ("quote-unbalanced", "where does this quotation begin or end?"),
    ("unknown-citation-key", "the bibliography has no such entry: which work is meant?"),
];

/// One finding as a desk writes it down.
struct Query<'a> {
    /// `None`: it can be mended without asking.
    number: Option<usize>,
    analysis: &'a Analysis,
    finding: &'a Finding,
}

fn queries(report: &Report) -> Vec<Query<'_>> {
    let mut asked = 0;
    let number = |finding: &Finding| {
        let open = finding.fix.as_ref().is_none_or(|f| f.safety != Safety::Safe);
        asked += usize::from(open);
        open.then_some(asked)
    };
    let numbers: Vec<_> = report.findings().map(|(_, f)| f).map(number).collect();
    report.findings().zip(numbers).map(|((analysis, finding), number)| Query { number, analysis, finding }).collect()
}

impl Query<'_> {
    fn question(&self) -> String {
        let asked = QUESTIONS.iter().find(|(rule, _)| *rule == self.finding.rule).map(|(_, q)| (*q).to_owned());
        asked.unwrap_or_else(|| format!("{}. Is this as it should be?", line(&self.finding.message)))
    }

    fn path(&self) -> &str {
        &self.analysis.files[self.finding.place.file].manuscript.path
    }

    /// `note 24`, or `line 7` of the text.
    fn place(&self) -> String {
        match text::note_of(self.analysis, self.finding.place) {
            Some(label) => format!("note {label}"),
            None => format!("line {}", self.at().0),
        }
    }

    fn at(&self) -> (usize, usize) {
        let file = &self.analysis.files[self.finding.place.file];
        let at = file.lines.position(&file.manuscript.text, self.finding.place.span.start);
        (at.line, at.column)
    }

    fn evidence(&self) -> Vec<String> {
        let said = |r: &crate::rules::Related| {
            let place = match text::note_of(self.analysis, r.place) {
                Some(label) => format!("note {label}"),
                None => text::place(self.analysis, r.place),
            };
            format!("{place}: {} «{}»", line(&r.message), short(self.analysis.text(r.place), 120))
        };
        self.finding.related.iter().map(said).collect()
    }

    fn quote(&self) -> String {
        short(self.analysis.text(self.finding.place), 160)
    }
}

/// `check --output-format csv`: every finding a row, UTF-8 with the mark that spreadsheets look for.
pub fn csv(report: &Report) -> String {
    let mut out = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
    let head = [
        "query", "file", "note", "line", "column", "severity", "rule", "question", "message", "quote", "evidence",
        "fix",
    ];
    // a row into memory cannot fail
    let _ = out.write_record(head);
    for query in queries(report) {
        let (row, column) = query.at();
        let note = text::note_of(query.analysis, query.finding.place).unwrap_or_default();
        let cells = [
            query.number.map_or_else(String::new, |n| format!("AQ{n}")),
            query.path().to_owned(),
            note,
            row.to_string(),
            column.to_string(),
            query.finding.severity.name().to_owned(),
            query.finding.rule.to_owned(),
            if query.number.is_some() { query.question() } else { String::new() },
            query.finding.message.clone(),
            query.analysis.text(query.finding.place).to_owned(),
            query.evidence().join("\n"),
            query.finding.fix.as_ref().map_or_else(String::new, |f| f.title.clone()),
        ];
        let _ = out.write_record(cells.map(|c| cell(&c)));
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A spreadsheet takes a cell that begins so for a formula: an apostrophe keeps it text.
fn cell(text: &str) -> String {
    let shown: String = text.split('\n').map(line).collect::<Vec<_>>().join("\n");
    if shown.starts_with(['=', '+', '-', '@', '\t']) { format!("'{shown}") } else { shown }
}

/// `check --output-format queries-md`.
pub fn markdown(report: &Report) -> String {
    let mut out = "# Author queries\n".to_owned();
    let mut file = "";
    let all = queries(report);
    for query in &all {
        let Some(number) = query.number else { continue };
        if query.path() != file {
            file = query.path();
            let _ = writeln!(out, "\n## {}", plain_markdown(file));
        }
        let (place, question) = (plain_markdown(&query.place()), plain_markdown(&query.question()));
        let _ = writeln!(out, "\n**AQ{number}**: {place}: {question}\n\n> {}", plain_markdown(&query.quote()));
        let evidence = query.evidence();
        if !evidence.is_empty() {
            out.push('\n');
        }
        for said in evidence {
            let _ = writeln!(out, "- {}", plain_markdown(&said));
        }
        out += "\nAnswer:\n";
    }
    if all.iter().all(|q| q.number.is_none()) {
        out += "\nNone.\n";
    }
    out
}

/// Words that mean nothing but themselves in Markdown.
fn plain_markdown(text: &str) -> String {
    let mut out = String::new();
    for c in line(text).chars() {
        match c {
            '&' => out += "&amp;",
            '<' => out += "&lt;",
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '^' | '$' | '@' | '!' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// `check --output-format queries-html`: to print, or to send.
pub fn html(report: &Report) -> String {
    let mut body = "<h1>Author queries</h1>\n".to_owned();
    let mut file = "";
    let all = queries(report);
    for query in &all {
        let Some(number) = query.number else { continue };
        if query.path() != file {
            file = query.path();
            let _ = writeln!(body, "<h2>{}</h2>", markup(file));
        }
        let (place, question, quote) = (query.place(), query.question(), query.quote());
        let _ = writeln!(
            body,
            "<section class=\"query\" id=\"aq{number}\"><p><b>AQ{number}</b>: {}: {}</p>\n<blockquote>{}</blockquote>",
            markup(&place),
            markup(&question),
            markup(&quote),
        );
        let evidence: String = query.evidence().iter().map(|e| format!("<li>{}</li>", markup(e))).collect();
        if !evidence.is_empty() {
            let _ = writeln!(body, "<ul>{evidence}</ul>");
        }
        body += "<p class=\"answer\">Answer:</p></section>\n";
    }
    if all.iter().all(|q| q.number.is_none()) {
        body += "<p>None.</p>\n";
    }
    page::page("Author queries", &body, "")
}
