//! `cargo run --release --example fixes -- FILE…`: holds every safe fix of real manuscripts to what a safe fix promises.
//!
//! It removes its finding, adds none, changes no byte outside its edits, and all of them twice are all of them once.

use ibid::analysis::{Analysis, File};
use ibid::config::Config;
use ibid::formats::{read, reader_for};
use ibid::model::Reader;
use ibid::rules::{self, Finding, Safety, mend};
use ibid::text::apply;
use std::sync::Arc;

fn findings(path: &str, text: &str, reader: Reader) -> (Vec<(String, usize)>, Vec<Finding>) {
    let analysis = Analysis::new(vec![Arc::new(File::read(read(path, text, reader)))], Config::default());
    let found = rules::run(&analysis);
    let gists = found.iter().map(|f| (f.rule.to_owned(), analysis.files[0].lines.line(f.place.span.start)));
    (gists.collect(), found)
}

/// What is in `a` and not in `b`, each as often.
fn more(a: &[(String, usize)], b: &[(String, usize)]) -> Vec<(String, usize)> {
    let mut rest = b.to_vec();
    let mut left = a.to_vec();
    left.retain(|g| match rest.iter().position(|r| r == g) {
        Some(at) => {
            rest.remove(at);
            false
        }
        None => true,
    });
    left
}

fn main() {
    let (mut files, mut tried, mut wrong) = (0, 0, 0);
    for path in std::env::args().skip(1) {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Some(reader) = reader_for(&path, &text) else { continue };
        files += 1;
        let (before, found) = findings(&path, &text, reader);
        for (i, finding) in found.iter().enumerate() {
            let Some(fix) = finding.fix.as_ref().filter(|f| f.safety == Safety::Safe) else { continue };
            tried += 1;
            let mut rest = before.clone();
            rest.remove(i);
            let fixed = apply(&text, &fix.edits).unwrap_or_default();
            let added = more(&findings(&path, &fixed, reader).0, &rest);
            if !added.is_empty() {
                wrong += 1;
                println!("{path}:{}: {}: leaves or adds {added:?}", before[i].1 + 1, finding.rule);
            }
        }
        let mut once = text.clone();
        let mut rounds = 0;
        loop {
            let (edits, count) = mend::edits(&findings(&path, &once, reader).1, 0, false);
            if count == 0 {
                break;
            }
            once = apply(&once, &edits).unwrap_or_default();
            rounds += 1;
            if rounds > 8 {
                wrong += 1;
                println!("{path}: fixes undo each other");
                break;
            }
        }
    }
    println!("{files} files, {tried} safe fixes, {wrong} that break their promise");
    std::process::exit(i32::from(wrong > 0));
}
