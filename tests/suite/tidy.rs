//! The house kept in order: floors, first lines, sizes, names that exist.

use super::notation::{files, read, relative, root};
use ibid::formats::reader_for;
use ibid::rules;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};

/// Lines of a file before it is more than one room.
const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 70;

/// Every Rust file of the library and its tests with its path in the repository.
fn rust_files() -> Vec<(String, String)> {
    let all = files("src").into_iter().chain(files("tests"));
    let rust = all.filter(|p| p.extension().is_some_and(|e| e == "rs"));
    rust.map(|p| (relative(&p), read(&p))).collect()
}

/// The module of a file under src: `src/rules/allow.rs` is `rules`.
fn module(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    Some(inside.split(['/', '.']).next().unwrap_or(inside))
}

/// For each module the number of its floor, from the paragraphs of lib.rs.
fn floors() -> BTreeMap<String, usize> {
    let lib = read(&root().join("src/lib.rs"));
    let mut floor = 0;
    let mut found = BTreeMap::new();
    for line in lib.lines() {
        match line.strip_prefix("pub mod ").and_then(|l| l.strip_suffix(';')) {
            Some(name) => {
                found.insert(name.to_owned(), floor);
            }
            None if line.trim().is_empty() => floor += 1,
            None => {}
        }
    }
    found
}

/// Code without its comments.
fn code(text: &str) -> String {
    let is_comment = |l: &&str| l.trim_start().starts_with("//");
    text.lines().filter(|l| !is_comment(l)).map(|l| l.to_owned() + "\n").collect()
}

#[test]
fn modules_see_only_the_floors_above() {
    let floors = floors();
    let names = Regex::new(r"(?s)crate::(\w+)|crate::\{([^;]*)\}").expect("a regex");
    let word = Regex::new(r"(?:^|[{,])\s*(\w+)").expect("a regex");
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        let Some(own) = module(&path).filter(|m| *m != "lib" && *m != "main") else { continue };
        let Some(floor) = floors.get(own) else { panic!("{path}: {own} is not in lib.rs") };
        let text = code(&text);
        let mut seen = BTreeSet::new();
        for found in names.captures_iter(&text) {
            if let Some(one) = found.get(1) {
                seen.insert(one.as_str().to_owned());
            }
            if let Some(group) = found.get(2) {
                seen.extend(word.captures_iter(group.as_str()).map(|c| c[1].to_owned()));
            }
        }
        for other in seen.iter().filter(|o| *o != own) {
            if floors.get(other).is_some_and(|f| f >= floor) {
                wrong.push(format!("{path} sees {other}, which is not above it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_protocol_stays_in_lsp_and_the_world_in_cli_and_lsp() {
    let protocol = Regex::new(r"\b(lsp_types|tower_lsp|ropey)\b").expect("a regex");
    let world = Regex::new(r"\bstd::(fs|env|process|time|io|net|thread)\b").expect("a regex");
    for (path, text) in rust_files() {
        let Some(own) = module(&path) else { continue };
        let text = code(&text);
        if own != "lsp" {
            assert!(!protocol.is_match(&text), "{path} knows the protocol");
        }
        // reading bytes in memory is no I/O
        let text = text.replace("use std::io::{Cursor, Read};", "").replace("use std::io::{Cursor, Write};", "");
        if !["lsp", "cli", "main"].contains(&own) && path != "src/project/disk.rs" {
            let found = world.find(&text).map(|m| m.as_str().to_owned());
            assert!(
                found.is_none(),
                "{path} uses {}: I/O lives in cli, lsp and project/disk",
                found.unwrap_or_default()
            );
        }
    }
}

#[test]
fn every_file_says_what_room_it_is_and_is_one() {
    for (path, text) in rust_files() {
        assert!(text.starts_with("//! "), "{path} does not begin with a //! line");
        let lines = text.lines().count();
        assert!(lines <= LONGEST_FILE, "{path} has {lines} lines: is it one room?");
    }
}

#[test]
fn functions_fit_a_screen() {
    let opening = Regex::new(r"^(\s*)(pub(\([^)]*\))? )?(const )?(async )?fn (\w+)").expect("a regex");
    for (path, text) in rust_files() {
        let mut open: Option<(String, String, usize)> = None;
        for (i, line) in text.lines().enumerate() {
            if let Some((indent, name, start)) = &open {
                if line.trim_end() == format!("{indent}}}") {
                    let length = i - start + 1;
                    assert!(length <= LONGEST_FUNCTION, "{path}:{}: {name} has {length} lines", start + 1);
                    open = None;
                }
            } else if let Some(found) = opening.captures(line)
                && !line.trim_end().ends_with(['}', ';'])
            {
                open = Some((found[1].to_owned(), found[6].to_owned(), i));
            }
        }
    }
}

#[test]
fn nothing_is_left_for_later() {
    // written so that this file does not find itself
    let later = Regex::new(r"todo!\(|unimplemented!\(|FIX[M]E|XX[X]\b|dbg!\(|#\[ign[o]re").expect("a regex");
    for (path, text) in rust_files() {
        if path != "tests/suite/tidy.rs" {
            let found = later.find(&text).map(|m| m.as_str().to_owned());
            assert!(found.is_none(), "{path}: {}", found.unwrap_or_default());
        }
    }
}

#[test]
fn no_path_of_one_machine() {
    let home = Regex::new(r"(^|[^A-Za-z.])/(wor[k]|far[m]|hom[e]|root)/").expect("a regex");
    let places = ["src", "tests", "fixtures", "editors", "docs", "benches", "fuzz", ".ci"];
    let top = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "RULES.md", "Cargo.toml"];
    let all = places.iter().flat_map(|p| files(p)).chain(top.iter().map(|f| root().join(f)));
    for path in all {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let line = text.lines().position(|l| home.is_match(l));
        assert!(line.is_none(), "{}:{} names a path of one machine", relative(&path), line.unwrap_or_default() + 1);
    }
}

/// Words in backquotes that look like rules are rules, endings and formats are those that work.
#[test]
fn the_readme_names_what_exists() {
    let known = rules::names();
    let families: Vec<&str> = rules::FAMILIES.iter().flat_map(|(_, rules)| rules.iter().copied()).collect();
    assert_eq!(known, families);
    let words = Regex::new(r"`([^`\n]+)`").expect("a regex");
    let rule_like = Regex::new(r"^[a-z]+(-[a-z]+)+$").expect("a regex");
    let prefixes: BTreeSet<&str> = known.iter().filter_map(|r| r.split('-').next()).collect();
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let text = read(&root().join(page));
        for found in words.captures_iter(&text) {
            let word = &found[1];
            let prefix = word.split('-').next().unwrap_or_default();
            if rule_like.is_match(word) && prefixes.contains(prefix) {
                assert!(rules::find(word).is_some(), "{page}: no rule is called {word}");
            }
            if page == "README.md"
                && let Some(ending) = word.strip_prefix("*.")
            {
                assert!(reader_for(&format!("a.{ending}"), "").is_some(), "{page}: no reader for {word}");
            }
        }
    }
}

#[test]
fn links_of_the_pages_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]+)(#[^)]*)?\)").expect("a regex");
    for page in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        for found in link.captures_iter(&read(&root().join(page))) {
            assert!(root().join(&found[1]).exists(), "{page}: {} does not exist", &found[1]);
        }
    }
}

/// The map of ARCHITECTURE.md names every module of lib.rs.
#[test]
fn the_map_shows_the_house() {
    let map = read(&root().join("ARCHITECTURE.md"));
    for module in floors().keys() {
        assert!(map.contains(&format!("`{module}`")), "ARCHITECTURE.md does not show {module}");
    }
}
