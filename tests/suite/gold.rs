//! `fixtures/*`: whole manuscripts against what a person says must, may and must never be found in them.
//!
//! gold.tsv is written by hand (see fixtures/README.md); report.txt is today's `concise` output, blessed with `UPDATE=1`.

use super::notation::{line_of, read, relative, root, settings};
use ibid::analysis::{Analysis, File};
use ibid::config::Severity;
use ibid::formats;
use ibid::report::{Checked, Report, text};
use ibid::rules::{self, Finding};
use std::path::PathBuf;
use std::sync::Arc;

/// One manuscript of `fixtures/`, or the chapters of a book.
pub struct Fixture {
    pub gold: PathBuf,
    pub analysis: Analysis,
}

/// Every folder of `fixtures/` that has a gold.tsv.
pub fn fixtures() -> Vec<Fixture> {
    let mut folders: Vec<_> = std::fs::read_dir(root().join("fixtures"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.join("gold.tsv").is_file())
        .collect();
    folders.sort();
    folders.into_iter().map(fixture).collect()
}

fn fixture(folder: PathBuf) -> Fixture {
    let files = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|e| e.path());
    let manuscript = files.filter(|p| p.file_stem().is_some_and(|s| s == "manuscript")).min();
    let toml = folder.join("ibid.toml");
    let toml = toml.is_file().then(|| read(&toml));
    let config = settings(toml.as_deref());
    let chapters = config.files.chapters.iter().map(|c| folder.join(&c.name));
    let files: Vec<PathBuf> = manuscript.into_iter().chain(chapters).collect();
    assert!(!files.is_empty(), "{}: no manuscript", folder.display());
    let file = |path: &PathBuf| {
        let (name, words) = (relative(path), read(path));
        let reader = formats::reader_for(&name, &words).unwrap_or_else(|| panic!("{name}: no reader"));
        Arc::new(File::read(formats::read(&name, &words, reader)))
    };
    let analysis = Analysis::new(files.iter().map(file).collect(), config);
    Fixture { gold: folder.join("gold.tsv"), analysis }
}

struct Row {
    at: String,
    /// Of a book: the chapter.
    file: usize,
    line: usize,
    quote: String,
    rules: Vec<String>,
    verdict: String,
}

fn rows(fixture: &Fixture) -> Vec<Row> {
    let text = read(&fixture.gold);
    let mut lines = text.lines().enumerate();
    let head: Vec<&str> = lines.next().map(|(_, l)| l.split('\t').collect()).unwrap_or_default();
    let column = |name| {
        let found = head.iter().position(|h| *h == name);
        found.unwrap_or_else(|| panic!("{}: no column {name}", fixture.gold.display()))
    };
    let (line, quote, rule, verdict) = (column("line"), column("quote"), column("rule"), column("verdict"));
    let file = head.iter().position(|h| *h == "file");
    let files = &fixture.analysis.files;
    let row = |(i, l): (usize, &str)| {
        let cells: Vec<&str> = l.split('\t').collect();
        let at = format!("{}:{}", relative(&fixture.gold), i + 1);
        let cell = |c: usize| cells.get(c).copied().unwrap_or_else(|| panic!("{at}: too few columns")).to_owned();
        let line = cell(line).parse().unwrap_or_else(|_| panic!("{at}: no line number"));
        let chapter = file.map_or(String::new(), cell);
        let file = files.iter().position(|f| f.manuscript.path.ends_with(&chapter));
        let file = file.unwrap_or_else(|| panic!("{at}: no chapter {chapter}"));
        let rules = cell(rule).split('|').map(str::to_owned).collect();
        Row { at: at.clone(), file, line, quote: cell(quote), rules, verdict: cell(verdict) }
    };
    lines.filter(|(_, l)| !l.trim().is_empty()).map(row).collect()
}

impl Row {
    /// Rule and line agree and one of the two quotes contains the other, letters and digits compared.
    fn is_met_by(&self, analysis: &Analysis, finding: &Finding) -> bool {
        let text = &analysis.files[self.file].manuscript.text;
        let words = analysis.text(finding.place);
        let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let (mut a, mut b) = (letters(words), letters(&self.quote));
        if a.is_empty() || b.is_empty() {
            (a, b) = (words.to_owned(), self.quote.clone());
        }
        self.rules.iter().any(|r| r == finding.rule)
            && self.file == finding.place.file
            && self.line == line_of(text, finding.place.span.start)
            && (a.contains(&b) || b.contains(&a))
    }
}

#[test]
fn gold_rows_speak_of_what_is_there() {
    for fixture in fixtures() {
        for row in rows(&fixture) {
            let text = &fixture.analysis.files[row.file].manuscript.text;
            let line = text.lines().nth(row.line.saturating_sub(1)).unwrap_or_default();
            assert!(line.contains(&row.quote), "{}: line {} does not say «{}»", row.at, row.line, row.quote);
            assert!(["must", "may", "never"].contains(&row.verdict.as_str()), "{}: verdict {}", row.at, row.verdict);
            for rule in &row.rules {
                assert!(rules::names().contains(&rule.as_str()), "{}: no rule is called {rule}", row.at);
            }
        }
    }
}

#[test]
fn what_must_be_found_is_and_nothing_else() {
    let (mut wrong, mut musts, mut met_musts) = (String::new(), 0, 0);
    for fixture in fixtures() {
        let (analysis, rows) = (&fixture.analysis, rows(&fixture));
        // Hints must be found where the gold asks for them; elsewhere they are the editor's business.
        let findings = rules::run(analysis);
        for row in rows.iter().filter(|r| r.verdict == "must" && rules::find(&r.rules[0]).is_some()) {
            let times = findings.iter().filter(|f| row.is_met_by(analysis, f)).count();
            musts += 1;
            met_musts += usize::from(times > 0);
            match times {
                0 => wrong += &format!("{}: not found: {} «{}», line {}\n", row.at, row.rules[0], row.quote, row.line),
                1 => {}
                n => wrong += &format!("{}: found {n} times: {} «{}»\n", row.at, row.rules[0], row.quote),
            }
        }
        for finding in findings.iter().filter(|f| f.severity > Severity::Hint) {
            let met = |verdict: &str| {
                rows.iter().find(|r| (r.verdict == "never") == (verdict == "never") && r.is_met_by(analysis, finding))
            };
            let place = text::place(analysis, finding.place);
            let what = format!("{place} {} «{}»: {}", finding.rule, analysis.text(finding.place), finding.message);
            match (met("must or may"), met("never")) {
                (Some(_), _) => {}
                (None, Some(row)) => wrong += &format!("{}: a trap: {what}\n", row.at),
                (None, None) => wrong += &format!("not in the gold: {what}\n"),
            }
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}{met_musts} of {musts} that must be found are\n");
}

#[test]
fn report_txt_is_fresh() {
    for fixture in fixtures() {
        let path = fixture.gold.with_file_name("report.txt");
        let mut report = Report { projects: vec![Checked::new(fixture.analysis)], settings: Vec::new() };
        report.drop_hints();
        let today = text::concise(&report, false);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &today).expect("report.txt can be written");
        }
        let said = if path.is_file() { read(&path) } else { String::new() };
        assert!(said == today, "{} is not today's: read it, then UPDATE=1 cargo test report_txt", relative(&path));
    }
}
