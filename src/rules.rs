//! Rules, findings and fixes; the list of rules, whose order is the order of the manual.
//!
//! A rule is one value in one file: its manual page above, its check below. It phrases facts of [`Analysis`]; it never looks for them.

mod allow;
mod families;
pub mod mend;
pub mod rewrite;
mod spellings;

pub use allow::idle_tables;
pub use families::{FAMILIES, about, family, names};

use crate::analysis::{Analysis, LARGE, Place};
use crate::config::Severity;
use crate::text::Edit;
use rayon::prelude::*;

/// One rule: what the manual, the editor and the configuration know of it.
pub struct Rule {
    /// Reads after "allow": `ibid-form`.
    pub name: &'static str,
    /// The manual page, Markdown.
    pub page: &'static str,
    /// Unless profile or configuration say otherwise; `None` is off.
    pub severity: Option<Severity>,
    /// Whom it follows: a style manual and its section.
    pub authority: &'static str,
    pub check: fn(&Analysis, &mut Sink),
}

impl Rule {
    /// The manual page as text: what it reports, why, samples.
    pub fn manual(&self) -> String {
        self.page.lines().map(|l| l.strip_prefix(' ').unwrap_or(l)).flat_map(|l| [l.trim_end(), "\n"]).collect()
    }

    /// The first sentence of the page.
    pub fn summary(&self) -> String {
        let page = self.manual();
        page.split("\n\n").next().unwrap_or_default().replace('\n', " ").trim().to_owned()
    }
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.name == name)
}

#[derive(Clone, Debug)]
pub struct Finding {
    pub rule: &'static str,
    pub severity: Severity,
    pub place: Place,
    pub message: String,
    /// The evidence: what it was taken to mean, the other forms, the note that should have been named.
    pub related: Vec<Related>,
    pub fix: Option<Fix>,
}

#[derive(Clone, Debug)]
pub struct Related {
    pub place: Place,
    pub message: String,
}

/// A safe fix cannot change what the manuscript means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Safety {
    Safe,
    Unsafe,
}

/// Edits of the finding's own file.
#[derive(Clone, Debug)]
pub struct Fix {
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

/// Takes the findings of one rule and stamps them with its name and severity.
pub struct Sink<'a> {
    rule: &'a Rule,
    severity: Severity,
    /// Comments that suppress nothing; empty but for `unused-allow`.
    idle: &'a [allow::Idle],
    findings: Vec<Finding>,
}

impl<'a> Sink<'a> {
    /// An empty one for a rule, at the severity of a warning.
    pub fn of(rule: &'a Rule) -> Sink<'a> {
        Sink { rule, severity: Severity::Warning, idle: &[], findings: Vec::new() }
    }

    pub fn at(&mut self, place: Place, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding {
            rule: self.rule.name,
            severity: self.severity,
            place,
            message: message.into(),
            related: Vec::new(),
            fix: None,
        });
        let last = self.findings.len() - 1;
        &mut self.findings[last]
    }
}

impl Finding {
    pub fn related(&mut self, place: Place, message: impl Into<String>) -> &mut Finding {
        self.related.push(Related { place, message: message.into() });
        self
    }

    pub fn safe_fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Finding {
        self.fix = Some(Fix { title: title.into(), safety: Safety::Safe, edits });
        self
    }

    pub fn unsafe_fix(&mut self, title: impl Into<String>, edits: Vec<Edit>) -> &mut Finding {
        self.fix = Some(Fix { title: title.into(), safety: Safety::Unsafe, edits });
        self
    }
}

/// Declares the rule of a file: manual page (doc comment), name, severity, authority. The file defines `fn check(&Analysis, &mut Sink)`.
macro_rules! rule {
    ($(#[doc = $page:literal])+ $name:literal, $severity:ident, $authority:literal) => {
        $(#[doc = $page])+
        pub const RULE: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            page: concat!($($page, "\n"),+),
            severity: rule!(@severity $severity),
            authority: $authority,
            check,
        };
    };
    (@severity Off) => { None };
    (@severity $severity:ident) => { Some($crate::config::Severity::$severity) };
}

/// One word a rule, one rule a line: declares its module and puts it on the list.
macro_rules! rules {
    ($($module:ident)+) => {
        $(mod $module;)+
        /// All rules, in the order of the manual.
        pub const RULES: &[Rule] = &[$($module::RULE),+];
    };
}

rules! {
    skipped_note_number
    duplicate_note_number
    note_out_of_order
    mark_without_note
    note_without_mark
    empty_note
    mark_spacing
    mark_before_punctuation
    adjacent_marks
    number_read_as_label
    label_without_colon
    escaped_label
    broken_paragraph
    ibid_without_antecedent
    ibid_after_several_sources
    ibid_after_commentary
    ibid_same_locator
    ibid_form
    ibid_discouraged
    ibid_chain_long
    latin_discouraged
    idem_ambiguous
    ibid_retargeted
    short_without_full
    short_before_full
    short_ambiguous
    alias_before_definition
    alias_unused
    alias_form
    note_pointer_missing
    note_pointer_mismatch
    note_pointer_drift
    note_pointer_direction
    vague_pointer
    quote_unbalanced
    doubled_punctuation
    missing_space
    hyphenation_drift
    locator_order
    locator_plural
    locator_form
    locator_out_of_range
    locator_conflict
    title_drift
    author_drift
    citation_form_drift
    full_citation_repeated
    archive_repository_missing
    archive_unit_mixed
    archive_abbreviation_undefined
    unknown_citation_key
    unused_bibliography_entry
    duplicate_bibliography_key
    bibliography_unreadable
    name_variant
    name_misspelling
    initials_mismatch
    initial_form
    word_misspelling
    diacritic_drift
    name_across_zones
    unused_allow
}

/// What the rules say of a project.
#[derive(Debug)]
pub struct Judgement {
    /// In the order of files and places; what is let stand is not among them.
    pub findings: Vec<Finding>,
    /// For each `[[allow]]` table of the configuration whether it has let something stand.
    pub allowed: Vec<bool>,
}

/// Runs every rule that is on. Findings come in the order of files and places.
pub fn run(analysis: &Analysis) -> Vec<Finding> {
    judge(analysis).findings
}

/// As [`run`], and which `[[allow]]` tables were needed.
pub fn judge(analysis: &Analysis) -> Judgement {
    let mut allowances = allow::Allowances::new(analysis);
    let large = analysis.files.iter().map(|f| f.manuscript.text.len()).sum::<usize>() >= LARGE;
    let of = |rule| findings_of(rule, analysis, &[]);
    let mut findings: Vec<Finding> = match large {
        true => RULES.par_iter().filter(|r| r.name != unused_allow::RULE.name).flat_map_iter(of).collect(),
        false => RULES.iter().filter(|r| r.name != unused_allow::RULE.name).flat_map(of).collect(),
    };
    findings.retain(|f| !allowances.cover(f) && analysis.asked[f.place.file]);
    let mut idle = findings_of(&unused_allow::RULE, analysis, &allowances.idle());
    idle.retain(|f| !allowances.cover(f) && analysis.asked[f.place.file]);
    findings.append(&mut idle);
    findings.sort_by_key(|f| f.place);
    Judgement { findings, allowed: allowances.tables() }
}

/// Runs a rule where it is on; each finding has the severity that is set for its file.
fn findings_of(rule: &Rule, analysis: &Analysis, idle: &[allow::Idle]) -> Vec<Finding> {
    let paths: Vec<&str> = analysis.files.iter().map(|f| f.manuscript.path.as_str()).collect();
    let levels = analysis.config.severities(&paths, rule.name, rule.severity);
    let Some(severity) = levels.iter().flatten().max().copied() else { return Vec::new() };
    let mut sink = Sink { rule, severity, idle, findings: Vec::new() };
    (rule.check)(analysis, &mut sink);
    sink.findings.retain_mut(|f| levels[f.place.file].map(|level| f.severity = level).is_some());
    sink.findings
}
