//! A baseline: the findings that were there when it was written. They are not reported again, new ones are.
//!
//! It is kept by content: a paragraph that moves takes its entries along, words that change are a new finding.

use super::Report;
use super::fingerprint::Key;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct File {
    version: u8,
    findings: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    file: String,
    rule: String,
    quote: String,
    /// How many findings are equal.
    count: usize,
}

/// How many findings of each content are known.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Baseline {
    known: BTreeMap<Key, usize>,
}

impl Baseline {
    /// The findings of a report.
    pub fn of(report: &Report) -> Baseline {
        let mut known = BTreeMap::new();
        for (analysis, finding) in report.findings() {
            *known.entry(Key::of(analysis, finding)).or_default() += 1;
        }
        Baseline { known }
    }

    /// The text of a baseline file.
    pub fn written(&self) -> String {
        let entry = |(key, count): (&Key, &usize)| Entry {
            file: key.file.clone(),
            rule: key.rule.clone(),
            quote: key.quote.clone(),
            count: *count,
        };
        let file = File { version: 1, findings: self.known.iter().map(entry).collect() };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    /// It is no baseline of version 1; in words, with line and column.
    pub fn read(text: &str) -> Result<Baseline, String> {
        let file: File = serde_json::from_str(text).map_err(|e| format!("not a baseline: {e}"))?;
        if file.version != 1 {
            return Err(format!("a baseline of version {}; this program reads version 1", file.version));
        }
        let mut known = BTreeMap::new();
        for Entry { file, rule, quote, count } in file.findings.into_iter().filter(|e| e.count > 0) {
            *known.entry(Key { file, rule, quote }).or_default() += count;
        }
        Ok(Baseline { known })
    }

    /// Takes out of a report what is known, and gives what is known and no longer there, of the files read.
    pub fn take_from(mut self, report: &mut Report) -> Vec<(Key, usize)> {
        for checked in report.projects.iter_mut().chain(&mut report.settings) {
            let analysis = &checked.analysis;
            checked.findings.retain(|finding| !self.spend(&Key::of(analysis, finding)));
        }
        let read = |k: &Key| {
            let mut files = report.projects.iter().flat_map(|c| &c.analysis.files);
            files.any(|f| f.manuscript.path.replace('\\', "/") == k.file)
        };
        self.known.into_iter().filter(|(key, _)| read(key)).collect()
    }

    /// Both together.
    pub fn join(&mut self, other: Baseline) {
        for (key, count) in other.known {
            *self.known.entry(key).or_default() += count;
        }
    }

    fn spend(&mut self, key: &Key) -> bool {
        let Some(count) = self.known.get_mut(key) else { return false };
        *count -= 1;
        if *count == 0 {
            self.known.remove(key);
        }
        true
    }
}
