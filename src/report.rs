//! Findings and facts written out: for people, for tools, for CI. Pure: text in, text out.

pub mod json;

use crate::analysis::{Analysis, Resolution};
use crate::citation::{Form, Kind};
use crate::config::Severity;
use crate::rules::Finding;

/// A project and what the rules say of it.
#[derive(Debug)]
pub struct Checked {
    pub analysis: Analysis,
    pub findings: Vec<Finding>,
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
    pub fn of(projects: &[Checked]) -> Summary {
        let mut sum = Summary::default();
        for Checked { analysis, findings } in projects {
            sum.files += analysis.files.len();
            sum.notes += analysis.files.iter().map(|f| f.manuscript.notes.len()).sum::<usize>();
            sum.citations += analysis.citations.iter().filter(|c| c.resolution.is_some()).count();
            sum.findings += findings.len();
        }
        sum
    }
}

/// The name of a level in reports and in `ibid.toml`.
pub fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Hint => "hint",
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
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
