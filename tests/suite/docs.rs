//! The pages run: every `console` block is typed and compared, every `ibid.toml` is read.

use super::notation::{files, read, relative, root};
use ibid::config::{self, Config, Profile, Severity};
use ibid::rules;

/// The pages a user reads, generated ones left out.
fn pages() -> Vec<(String, String)> {
    let book = files("docs/src").into_iter().filter(|p| p.extension().is_some_and(|e| e == "md"));
    let all = book.chain([root().join("README.md"), root().join("editors/README.md")]);
    all.map(|p| (relative(&p), read(&p))).collect()
}

/// The `toml` blocks that are an `ibid.toml`, not another program's file.
fn configurations(page: &str) -> impl Iterator<Item = &str> {
    let blocks = page.split("\n```toml\n").skip(1).filter_map(|rest| rest.split("\n```").next());
    blocks.filter(|block| !block.contains("[language-server"))
}

/// `TRYCMD=overwrite cargo test pages` writes today's answers; read the difference.
#[test]
fn commands_of_the_pages_print_what_they_show() {
    let pages = trycmd::TestCases::new();
    pages.case("docs/src/*.md").fail("README.md"); // findings are its exit status 1
}

#[test]
fn configurations_of_the_pages_are_right() {
    let known = rules::names();
    let pages = pages();
    let all: Vec<_> = pages.iter().flat_map(|(path, text)| configurations(text).map(move |c| (path, c))).collect();
    assert!(all.len() > 1, "{} blocks", all.len());
    for (path, block) in all {
        let parsed = config::parse(block, &known);
        assert!(parsed.is_ok(), "{path}: {:?}\n{block}", parsed.err());
    }
}

#[test]
fn the_book_names_its_pages() {
    let summary = read(&root().join("docs/src/SUMMARY.md"));
    for (path, _) in pages().into_iter().filter(|(p, _)| p.starts_with("docs/src/") && !p.ends_with("SUMMARY.md")) {
        let own = path.trim_start_matches("docs/src/");
        assert!(summary.contains(&format!("({own})")), "{path} is not in SUMMARY.md");
    }
}

/// A row a rule that some profile sets otherwise, a column a profile; a dot where the rule's own severity stands.
fn matrix() -> String {
    let profiles: Vec<_> = Profile::ALL.iter().filter(|(_, p)| *p != Profile::Infer).collect();
    let names: Vec<&str> = profiles.iter().map(|(name, _)| *name).collect();
    let mut table = format!("| rule | {} |\n|{}\n", names.join(" | "), " --- |".repeat(names.len() + 1));
    for rule in config::rules_of_profiles() {
        let own = rules::RULES.iter().find(|r| r.name == rule).and_then(|r| r.severity);
        let cell = |profile: Profile| {
            let here = Config { profile, ..Config::default() }.severity(rule, own);
            if here == own { "·" } else { here.map_or("off", Severity::name) }
        };
        let cells: Vec<&str> = profiles.iter().map(|(_, p)| cell(*p)).collect();
        table += &format!("| `{rule}` | {} |\n", cells.join(" | "));
    }
    table
}

#[test]
fn the_page_of_profiles_is_fresh() {
    let path = root().join("docs/src/profiles.md");
    let text = read(&path);
    let (before, rest) = text.split_once("<!-- profiles -->\n").expect("the page has a table");
    let (_, after) = rest.split_once("<!-- /profiles -->\n").expect("the table ends");
    let fresh = format!("{before}<!-- profiles -->\n\n{}\n<!-- /profiles -->\n{after}", matrix());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("the page can be written");
    }
    assert!(read(&path) == fresh, "docs/src/profiles.md is not fresh: UPDATE=1 cargo test profiles");
}
