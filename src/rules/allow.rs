//! What a writer lets stand: `ibid: allow …` comments and the `[[allow]]` tables of `ibid.toml`.

use super::{Finding, RULES, family, ibid_retargeted, unused_allow};
use crate::analysis::{Analysis, File, Place};
use crate::config::Config;
use crate::formats;
use crate::model::Reader;
use crate::text::Span;
use std::sync::Arc;

/// A comment that suppresses nothing.
#[derive(Clone, Debug)]
pub struct Idle {
    /// Where the rule name is typed.
    pub place: Place,
    pub rule: String,
}

/// Which allowances have suppressed something so far.
pub struct Allowances<'a> {
    analysis: &'a Analysis,
    /// By file, by comment.
    comments: Vec<Vec<bool>>,
    /// By `[[allow]]` table.
    tables: Vec<bool>,
}

impl<'a> Allowances<'a> {
    pub fn new(analysis: &'a Analysis) -> Allowances<'a> {
        let comments = analysis.files.iter().map(|f| vec![false; f.manuscript.allows.len()]).collect();
        Allowances { analysis, comments, tables: vec![false; analysis.config.allow.len()] }
    }

    /// Whether a finding is let stand; every allowance that says so counts as used.
    pub fn cover(&mut self, finding: &Finding) -> bool {
        let mut covered = false;
        let comments = &self.analysis.files[finding.place.file].manuscript.allows;
        for (comment, used) in comments.iter().zip(&mut self.comments[finding.place.file]) {
            if comment.rule == finding.rule && covers(comment.covers, finding.place.span) {
                (*used, covered) = (true, true);
            }
        }
        let words = self.analysis.text(finding.place);
        for (table, used) in self.analysis.config.allow.iter().zip(&mut self.tables) {
            if table.rule == finding.rule && table.quote.as_ref().is_none_or(|q| same_words(q, words)) {
                (*used, covered) = (true, true);
            }
        }
        covered
    }

    /// The comments that have suppressed nothing, though their rule ran or does not exist.
    pub fn idle(&self) -> Vec<Idle> {
        let mut idle = Vec::new();
        for (file, used) in self.comments.iter().enumerate() {
            for (comment, used) in self.analysis.files[file].manuscript.allows.iter().zip(used) {
                let path = &self.analysis.files[file].manuscript.path;
                let judged = ran(&self.analysis.config, path, &comment.rule) || family(&comment.rule).is_empty();
                let compared = comment.rule != ibid_retargeted::RULE.name || self.analysis.before.is_some();
                if !used && judged && compared && comment.rule != unused_allow::RULE.name {
                    let place = Place { file, span: comment.rule_span };
                    idle.push(Idle { place, rule: comment.rule.clone() });
                }
            }
        }
        idle
    }

    pub fn tables(self) -> Vec<bool> {
        self.tables
    }
}

/// The `[[allow]]` tables that have let nothing stand though their rule ran, as findings in the `ibid.toml` they stand in.
/// `used` is [`Judgement::allowed`](super::Judgement) of every project under that file put together.
pub fn idle_tables(config: &Config, path: &str, text: &str, used: &[bool]) -> (Analysis, Vec<Finding>) {
    let file = File::read(formats::read(path, text, Reader::Plain));
    let analysis = Analysis::new(vec![Arc::new(file)], config.clone());
    let tables = config.allow.iter().zip(used).filter(|(table, used)| {
        !**used && !table.inherited && ran(config, path, &table.rule) && table.rule != ibid_retargeted::RULE.name
    });
    let idle = tables.map(|(t, _)| Idle { place: Place { file: 0, span: t.span }, rule: t.rule.clone() });
    let findings = super::findings_of(&unused_allow::RULE, &analysis, &idle.collect::<Vec<_>>());
    (analysis, findings)
}

/// Whether a rule is on in a file.
fn ran(config: &Config, path: &str, rule: &str) -> bool {
    RULES.iter().any(|r| r.name == rule && config.severities(&[path], r.name, r.severity)[0].is_some())
}

fn covers(lines: Span, finding: Span) -> bool {
    lines.overlaps(finding) || lines.contains(finding.start)
}

/// White space and line ends do not make a difference.
fn same_words(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}
