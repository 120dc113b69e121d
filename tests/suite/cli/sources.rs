//! Bibliographies on disk: found from where they are named, one bad entry at the cost of one.

use super::{folder, ibid, json};

const BIB: &str = "@book{reed1931,
  author = {Reed, Anna}, title = {The Lamp Keepers}, year = 1931}
@book{broken, title = {Never closed}
  year = 1933}
@book{lind1932, author = {Lind, Paul}, title = {Oil}, year = 1932}
@book{reed1931, title = {Another}}
";
const TEXT: &str = "---
bibliography: refs/list.bib
---
Lamps [@reed1931, p. 3]; oil [@lind1923; @broken].[^1]

[^1]: Lind, *Oil*, 12.
";

#[test]
fn entries_are_sources_of_keys_and_short_forms() {
    let folder = folder(&[("text.md", TEXT), ("refs/list.bib", BIB)]);
    let run = ibid(folder.path(), &["check", "text.md", "--output-format", "concise"]);
    let said = |what: &str| assert!(run.out.contains(what), "{what}\n{}", run.out);
    said("unknown-citation-key");
    said("\"lind1923\"");
    said("refs/list.bib:4:3");
    said("bibliography-unreadable");
    said("refs/list.bib:6:7");
    said("duplicate-bibliography-key");
    assert!(!run.out.contains("short-without-full"), "{}", run.out);
    assert_eq!(run.out.lines().filter(|l| l.contains("unknown-citation-key")).count(), 1, "{}", run.out);
    let said = json(&ibid(folder.path(), &["citations", "text.md", "--output-format", "json"]).out);
    let all = said["citations"].as_array().expect("a list");
    assert_eq!(all.len(), 4);
    let short = all.iter().find(|c| c["form"] == "short").expect("a short form");
    assert_eq!(short["resolution"]["source"]["file"], "refs/list.bib");
    assert_eq!(short["resolution"]["source"]["quote"], "lind1932");
}

#[test]
fn a_folder_is_walked_without_the_bibliographies_that_nobody_names() {
    let folder = folder(&[("text.txt", "Nothing is cited here.\n"), ("list.bib", BIB)]);
    let run = ibid(folder.path(), &["check"]);
    assert_eq!(run.status, 0, "{}", run.out);
    let run = ibid(folder.path(), &["check", "list.bib"]);
    assert!(run.out.contains("bibliography-unreadable"), "{}", run.out);
}
