//! The pages run: every `console` block is typed and compared, every `ibid.toml` is read.

use super::notation::{files, read, relative, root};
use ibid::{config, rules};

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
