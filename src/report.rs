//! Findings and facts written out: for people, for tools, for CI. Pure: text in, text out.

pub mod baseline;
pub mod diff;
pub mod export;
pub mod facts;
pub mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod json;
pub mod junit;
pub mod manual;
pub mod names;
mod page;
pub mod plain;
pub mod queries;
pub mod sarif;
pub mod starter;
pub mod text;
pub mod window;

use crate::analysis::{Analysis, Resolution};
use crate::citation::{Form, Kind};
use crate::config::Severity;
use crate::model::Reader;
use crate::rules::{self, Finding, Judgement};
use serde::Serialize;

/// A project and what the rules say of it.
#[derive(Debug)]
pub struct Checked {
    pub analysis: Analysis,
    pub findings: Vec<Finding>,
    /// For each `[[allow]]` table of its configuration whether it has let something stand.
    pub allowed: Vec<bool>,
}

impl Checked {
    /// Runs the rules.
    pub fn new(analysis: Analysis) -> Checked {
        let Judgement { findings, allowed } = rules::judge(&analysis);
        Checked { analysis, findings, allowed }
    }
}

/// One run over many projects.
#[derive(Debug, Default)]
pub struct Report {
    pub projects: Vec<Checked>,
    /// Findings in `ibid.toml` files themselves: the file stands in for a manuscript, it is not counted as one.
    pub settings: Vec<Checked>,
}

impl Report {
    /// Leaves out what is meant for editors only.
    pub fn drop_hints(&mut self) {
        for checked in self.projects.iter_mut().chain(&mut self.settings) {
            checked.findings.retain(|f| f.severity > Severity::Hint);
        }
    }

    /// Every finding with the project it belongs to, in order.
    pub fn findings(&self) -> impl Iterator<Item = (&Analysis, &Finding)> {
        let all = self.projects.iter().chain(&self.settings);
        all.flat_map(|Checked { analysis, findings, .. }| findings.iter().map(move |f| (analysis, f)))
    }
}

/// What was read and found, in numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    pub files: usize,
    pub notes: usize,
    /// What refers to something: commentary and quotations do not count.
    pub citations: usize,
    pub findings: usize,
}

impl Summary {
    pub fn of(report: &Report) -> Summary {
        let mut sum = Summary { findings: report.findings().count(), ..Summary::default() };
        for Checked { analysis, .. } in &report.projects {
            let asked = || {
                analysis
                    .files
                    .iter()
                    .zip(&analysis.asked)
                    .filter(|(f, asked)| **asked && f.manuscript.reader != Reader::Project)
            };
            let asked = || asked().map(|(f, _)| f);
            sum.files += asked().count();
            sum.notes += asked().map(|f| f.manuscript.notes.len()).sum::<usize>();
            sum.citations += analysis.asked_citations().filter(|c| analysis.citations[*c].resolution.is_some()).count();
        }
        sum
    }
}

/// One rule's part in a report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Tally {
    pub rule: &'static str,
    /// The worst of its findings.
    #[serde(serialize_with = "by_name")]
    pub severity: Severity,
    pub findings: usize,
    /// How many of them have a fix.
    pub fixable: usize,
}

fn by_name<S: serde::Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.name())
}

/// Findings by rule, the most frequent first.
pub fn tallies(report: &Report) -> Vec<Tally> {
    let mut all: Vec<Tally> = Vec::new();
    for (_, f) in report.findings() {
        let fixable = usize::from(f.fix.is_some());
        match all.iter_mut().find(|t| t.rule == f.rule) {
            Some(t) => {
                (t.findings, t.fixable) = (t.findings + 1, t.fixable + fixable);
                t.severity = t.severity.max(f.severity);
            }
            None => all.push(Tally { rule: f.rule, severity: f.severity, findings: 1, fixable }),
        }
    }
    all.sort_by_key(|t| (std::cmp::Reverse(t.findings), t.rule));
    all
}

/// The contract's word for a form.
pub fn form_name(form: Form) -> &'static str {
    match form {
        Form::Full => "full",
        Form::Short => "short",
        Form::Ibid => "ibid",
        Form::Idem => "idem",
        Form::Id => "id",
        Form::OpCit => "opcit",
        Form::LocCit => "loccit",
        Form::Supra => "supra",
        Form::Alias => "alias",
        Form::Key => "key",
        Form::Xref => "xref",
        Form::Commentary => "commentary",
        Form::Quote => "quote",
    }
}

/// The contract's word for a kind of source.
pub fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Book => "book",
        Kind::Article => "article",
        Kind::Chapter => "chapter",
        Kind::Archival => "archival",
        Kind::Newspaper => "newspaper",
        Kind::Web => "web",
        Kind::Case => "case",
        Kind::Statute => "statute",
        Kind::Unknown => "unknown",
    }
}

/// Why a citation does not stand for exactly one source, in one word for tools.
pub fn why_name(resolution: &Resolution) -> Option<&'static str> {
    use crate::analysis::{Ambiguity, Reason};
    Some(match resolution {
        Resolution::Exact { .. } | Resolution::Notes(_) | Resolution::Elsewhere { .. } => return None,
        Resolution::Ambiguous { why, .. } => match why {
            Ambiguity::SeveralInPreviousNote => "several-in-previous-note",
            Ambiguity::AntecedentAmbiguous => "antecedent-ambiguous",
            Ambiguity::NoteMissing => "note-missing",
            Ambiguity::SeveralWorksByAuthor => "several-works-by-author",
            Ambiguity::SeveralTitlesMatch => "several-titles-match",
            Ambiguity::WeakTitle => "weak-title",
        },
        Resolution::Unresolved { why, .. } => match why {
            Reason::NoAntecedent => "no-antecedent",
            Reason::AntecedentUnresolved => "antecedent-unresolved",
            Reason::NeverCitedInFull => "never-cited-in-full",
            Reason::NoteMissing => "note-missing",
            Reason::ScopeBoundary => "scope-boundary",
        },
    })
}
