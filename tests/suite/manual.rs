//! Every page of the manual: why, a bad sample that gives what its margin notes say, a good one that gives nothing.

use super::notation::{self, blocks, read, root};
use ibid::report::manual;
use ibid::rules::{self, RULES};

#[test]
fn every_sample_gives_what_it_says() {
    let mut wrong = String::new();
    for rule in RULES {
        let page = rule.manual();
        let mut seen = (0, 0);
        for block in blocks(&page) {
            let (kind, ending) = block.info.split_once(' ').unwrap_or((&block.info, "txt"));
            let reader = notation::reader(ending).filter(|_| matches!(kind, "bad" | "good"));
            let Some(reader) = reader else {
                panic!(
                    "{}: a fenced block is bad, good, bad md (or another ending) or toml, not {}",
                    rule.name, block.info
                );
            };
            let margin = format!("//~ {} «", rule.name);
            if kind == "bad" {
                seen.0 += 1;
                if !block.text.contains(&margin) {
                    wrong += &format!("{}: a bad sample without {margin}…»\n", rule.name);
                }
            } else {
                seen.1 += 1;
                if block.text.contains("//~") {
                    wrong += &format!("{}: a good sample with a margin note\n", rule.name);
                }
            }
            if let Err(why) = notation::check(&block, reader, rule.name) {
                wrong += &format!("{}, {kind} sample at line {} of its page:\n{why}", rule.name, block.line);
            }
        }
        if seen.0 == 0 || seen.1 == 0 {
            wrong += &format!("{}: its page shows {} bad and {} good samples\n", rule.name, seen.0, seen.1);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_page_says_why_and_on_whose_authority() {
    for rule in RULES {
        let page = rule.manual();
        assert!(page.contains("\n## Why\n"), "{}: no ## Why", rule.name);
        assert!(rule.summary().ends_with(['.', '`']), "{}: its page does not begin with a sentence", rule.name);
        assert!(!rule.authority.is_empty(), "{}: no authority", rule.name);
    }
}

#[test]
fn every_rule_has_its_file_and_its_family() {
    for rule in RULES {
        let file = root().join(format!("src/rules/{}.rs", rule.name.replace('-', "_")));
        assert!(file.is_file(), "{} is not where it should be", file.display());
        assert!(!rules::family(rule.name).is_empty(), "{} is in no family of src/rules/families.rs", rule.name);
        assert_eq!(RULES.iter().filter(|r| r.name == rule.name).count(), 1, "{} is on the list twice", rule.name);
    }
}

#[test]
fn rules_md_is_fresh() {
    let path = root().join("RULES.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, manual::book()).expect("RULES.md can be written");
    }
    assert!(read(&path) == manual::book(), "RULES.md is not what the rules say: UPDATE=1 cargo test rules_md");
}

/// The README lists the rules between two comments, and the output it shows is that of the binary.
#[test]
fn the_readme_lists_the_rules() {
    let path = root().join("README.md");
    let text = read(&path);
    let (before, rest) = text.split_once("<!-- rules -->\n").expect("the README has a list of rules");
    let (_, after) = rest.split_once("<!-- /rules -->\n").expect("the list ends");
    let fresh = format!("{before}<!-- rules -->\n{}<!-- /rules -->\n{after}", manual::overview());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("README.md can be written");
    }
    assert!(read(&path) == fresh, "README.md does not list the rules as they are: UPDATE=1 cargo test readme");
}
