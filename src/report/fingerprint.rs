//! What a finding is called when lines move: its file, rule and words, and which of several equal ones it is.

use super::Report;
use crate::analysis::Analysis;
use crate::rules::Finding;
use std::collections::HashMap;

/// A finding by its content. White space and line ends do not make a difference.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Key {
    pub file: String,
    pub rule: String,
    pub quote: String,
}

impl Key {
    pub fn of(analysis: &Analysis, finding: &Finding) -> Key {
        let words: Vec<&str> = analysis.text(finding.place).split_whitespace().collect();
        let path = &analysis.files[finding.place.file].manuscript.path;
        Key { file: path.replace('\\', "/"), rule: finding.rule.to_owned(), quote: words.join(" ") }
    }
}

/// For each finding of a report 16 hexadecimal digits: no two are equal, and lines that move change none.
pub fn fingerprints(report: &Report) -> Vec<String> {
    let mut seen: HashMap<Key, usize> = HashMap::new();
    let mut all = Vec::new();
    for (analysis, finding) in report.findings() {
        let key = Key::of(analysis, finding);
        let nth = seen.entry(key.clone()).or_default();
        *nth += 1;
        all.push(hash(&[&key.file, &key.rule, &key.quote, &nth.to_string()]));
    }
    all
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
fn hash(parts: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in parts.iter().flat_map(|p| p.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}
