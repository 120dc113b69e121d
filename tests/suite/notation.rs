//! Margin notes: the notation of the manual's samples and of `tests/cases`.
//!
//! A line `//~ rule-name «flagged words»` speaks of the line above it and is taken out before the sample is read.
//! `#2` after the words: their second occurrence on the line. `=> «correction»`: what the words (and whatever the safe
//! fix changes that touches them) read after the fix. Words that end in `…` need only begin the finding.

use ibid::analysis::{Analysis, File};
use ibid::config::{self, Config, Severity};
use ibid::model::Reader;
use ibid::rules::{self, Finding, Safety};
use ibid::text::{LineIndex, Span, apply};
use ibid::{formats, report};
use regex::Regex;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

static MARGIN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*//~ ([a-z0-9-]+) «(.*?)»(?: #([0-9]+))?(?: => «(.*)»)?\s*$").expect("the notation is a regex")
});

/// The reader of a sample, by the ending that its fence names.
pub fn reader(ending: &str) -> Option<Reader> {
    // with every sign of Pandoc in it, so that Markdown is read as such
    formats::reader_for(&format!("sample.{ending}"), "[^")
}

/// A fenced block of a page.
pub struct Block {
    /// The line its text begins on in the page, from 1.
    pub line: usize,
    /// What stands behind the fence: `bad md`.
    pub info: String,
    pub text: String,
    /// The `ibid.toml` that the page gives for it: a `toml` block before it under the same heading.
    pub settings: Option<String>,
    /// The older version of the text that the page gives: a `before` block above it under the same heading.
    pub before: Option<String>,
}

/// The fenced blocks of a Markdown page; `toml` blocks become the settings of those after them.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let (mut settings, mut before) = (None, None);
    let mut open: Option<(String, Block)> = None;
    for (i, line) in page.lines().enumerate() {
        let fence: String = line.chars().take_while(|c| *c == '`').collect();
        match &mut open {
            Some((opening, block)) => {
                if fence == *opening && line.len() == fence.len() {
                    let (_, block) = open.take().expect("a block is open");
                    if block.info == "toml" {
                        settings = Some(block.text);
                    } else if block.info.starts_with("before") {
                        before = Some(block.text);
                    } else {
                        found.push(block);
                    }
                } else {
                    block.text += line;
                    block.text.push('\n');
                }
            }
            None if fence.len() >= 3 => {
                let info = line[fence.len()..].trim().to_owned();
                let block = Block {
                    line: i + 2,
                    info,
                    text: String::new(),
                    settings: settings.clone(),
                    before: before.clone(),
                };
                open = Some((fence, block));
            }
            None if line.starts_with('#') => (settings, before) = (None, None),
            None => {}
        }
    }
    assert!(open.is_none(), "a fenced block is never closed");
    found
}

/// What a margin note demands.
struct Demand {
    rule: String,
    words: String,
    /// Where the words stand in the sample; `None` when they do not.
    at: Option<usize>,
    correction: Option<String>,
    /// The margin note as typed.
    note: String,
}

/// Takes the margin notes out of a sample.
fn strip(sample: &str) -> (String, Vec<Demand>) {
    let mut text = String::new();
    let mut line_start = 0;
    let mut demands = Vec::new();
    for line in sample.split_inclusive('\n') {
        if !line.trim_start().starts_with("//~") {
            line_start = text.len();
            text += line;
            continue;
        }
        let parts = MARGIN.captures(line).unwrap_or_else(|| panic!("not a margin note: {line}"));
        let words = parts[2].to_owned();
        let nth: usize = parts.get(3).map_or(1, |n| n.as_str().parse().expect("a number"));
        let sought = words.strip_suffix('…').unwrap_or(&words);
        let at = text[line_start..].match_indices(sought).nth(nth - 1).map(|(i, _)| line_start + i);
        let correction = parts.get(4).map(|c| c.as_str().to_owned());
        demands.push(Demand { rule: parts[1].to_owned(), words, at, correction, note: line.trim().to_owned() });
    }
    (text, demands)
}

/// Reads a text as one project.
pub fn analyse(path: &str, text: &str, reader: Reader, config: &Config) -> Analysis {
    let file = File::read(formats::read(path, text, reader));
    Analysis::new(vec![Arc::new(file)], config.clone())
}

/// The configuration of a sample.
///
/// # Panics
/// It is not a right `ibid.toml`.
pub fn settings(toml: Option<&str>) -> Config {
    match config::parse(toml.unwrap_or(""), &rules::names()) {
        Ok(config) => config,
        Err(errors) => panic!("the sample's ibid.toml: {}", errors[0].message),
    }
}

/// Whether the rules say of a sample exactly what its margin notes say. `focus` is switched on where it is off.
///
/// # Errors
/// What was demanded and not found, and what was found and not demanded.
pub fn check(block: &Block, reader: Reader, focus: &str) -> Result<(), String> {
    let mut config = settings(block.settings.as_deref());
    if let Some(rule) = rules::find(focus)
        && config.severity(focus, rule.severity).is_none()
    {
        config.rules.insert(focus.to_owned(), Some(Severity::Warning));
    }
    let reader = formats::reader_of(&config, "sample", "").unwrap_or(reader);
    let (text, demands) = strip(&block.text);
    let mut analysis = analyse("sample", &text, reader, &config);
    analysis.before = block.before.as_ref().map(|text| Box::new(analyse("sample", text, reader, &config)));
    let mut found = rules::run(&analysis);
    let named = |rule: &str| rule == focus || demands.iter().any(|d| d.rule == rule);
    found.retain(|f| f.severity > Severity::Hint || named(f.rule));
    let mut wrong = String::new();
    for demand in &demands {
        match found.iter().position(|f| meets(demand, f, &text)) {
            Some(i) => {
                let finding = found.remove(i);
                if let Some(complaint) = correction(demand, &finding, &text) {
                    let _ = writeln!(wrong, "  {}: {complaint}", demand.note);
                }
            }
            None if demand.at.is_none() => {
                let _ = writeln!(wrong, "  no such words on the line above: {}", demand.note);
            }
            None => {
                let _ = writeln!(wrong, "  not found: {}", demand.note);
            }
        }
    }
    for finding in &found {
        let (place, words) = (report::text::place(&analysis, finding.place), analysis.text(finding.place));
        let _ = writeln!(wrong, "  not demanded: {place} {} «{words}»: {}", finding.rule, finding.message);
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

fn meets(demand: &Demand, finding: &Finding, text: &str) -> bool {
    let words = finding.place.span.of(text);
    let same = match demand.words.strip_suffix('…') {
        Some(start) => words.starts_with(start),
        None => words == demand.words,
    };
    finding.rule == demand.rule && demand.at == Some(finding.place.span.start as usize) && same
}

/// What is wrong with the fix, if the margin note says what it should give.
fn correction(demand: &Demand, finding: &Finding, text: &str) -> Option<String> {
    let wanted = demand.correction.as_ref()?;
    let Some(fix) = &finding.fix else { return Some("it has no fix".into()) };
    if fix.safety != Safety::Safe {
        return Some("its fix is not safe".into());
    }
    let touches = |a: Span, b: Span| a.start <= b.end && b.start <= a.end;
    let near = fix.edits.iter().filter(|e| touches(e.span, finding.place.span));
    let region = near.fold(finding.place.span, |r, e| r.join(e.span));
    let Some(fixed) = apply(text, &fix.edits) else { return Some("its edits overlap".into()) };
    let growth = |until: u32| -> i64 {
        let before = fix.edits.iter().filter(|e| e.span.end <= until && !(e.span.is_empty() && e.span.start == until));
        before.map(|e| e.text.len() as i64 - e.span.len() as i64).sum()
    };
    let start = (i64::from(region.start) + growth(region.start)) as usize;
    let own: i64 =
        fix.edits.iter().filter(|e| region.covers(e.span)).map(|e| e.text.len() as i64 - e.span.len() as i64).sum();
    let got = fixed.get(start..(start as i64 + region.len() as i64 + own) as usize).unwrap_or("");
    (got != wanted).then(|| format!("the fix gives «{got}»"))
}

/// Files of the repository: found from where `cargo test` stands.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder of the repository, by name; what is built or fetched is left out.
pub fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name();
            if path.is_dir() && !["target", ".git", "node_modules", "dist", "out"].iter().any(|n| name == *n) {
                open.push(path);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A path as it is written inside the repository.
pub fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// A text file of the repository.
///
/// # Panics
/// It cannot be read.
pub fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The line of a byte, from 1.
pub fn line_of(text: &str, byte: u32) -> usize {
    LineIndex::new(text).position(text, byte).line
}
