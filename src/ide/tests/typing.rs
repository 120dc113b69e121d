//! Completions and tokens.

use super::{BODY, case};
use crate::ide::completion::{self, Item};
use crate::ide::tokens::{TokenKind, tokens};
use crate::text::{self, Edit, Span};

fn offered(marked: &str) -> Vec<Item> {
    let case = case(marked);
    completion::complete(&case.analysis, 0, case.cursor)
}

fn labels(marked: &str) -> Vec<String> {
    offered(marked).into_iter().map(|i| i.label).collect()
}

/// The text after the item of that label is taken.
fn taken(marked: &str, label: &str) -> String {
    let all = offered(marked);
    let item = all.iter().find(|i| i.label == label).unwrap_or_else(|| panic!("{label}: {all:?}"));
    let text = marked.replace('‸', "");
    text::apply(&text, &[Edit::new(item.replaces, item.text.clone())]).unwrap()
}

#[test]
fn labels_behind_the_opening_of_a_mark() {
    let text = "One.[^1] Two.[^2] Three.[^‸\n\n[^1]: Words.\n\n[^2]: More words.\n";
    assert_eq!(labels(text), ["3", "1", "2"]);
    assert_eq!(taken(text, "3"), text.replace("[^‸", "[^3]"));
    let closed = text.replace("[^‸", "[^‸]");
    assert_eq!(taken(&closed, "3"), text.replace("[^‸", "[^3]"));
    let defines = "One.[^1] Two.[^7]\n\n[^1]: Words.\n\n[^‸\n";
    assert_eq!(labels(defines), ["7", "8"]);
    assert_eq!(taken(defines, "7"), defines.replace("[^‸", "[^7]: "));
}

#[test]
fn keys_behind_their_sign() {
    let text = "Bees [@doe99, p. 3], wax [@roe2001]. And [@‸\n";
    assert_eq!(labels(text), ["roe2001", "doe99"]);
    assert_eq!(taken(text, "doe99"), text.replace('‸', "doe99"));
    assert_eq!(taken("Bees [@doe99]. And @do‸ says.\n", "doe99"), "Bees [@doe99]. And @doe99 says.\n");
    assert_eq!(labels("Bees [@doe99]. And \\autocite[12]{‸\n"), ["doe99"]);
    assert_eq!(labels("Bees [@doe99]. Write to a@‸\n"), [""; 0]);
}

fn notes(last: &str) -> String {
    format!(
        "{BODY}[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.\n\n\
         [^2]: Ann Brown, *The Book of Wax* (London: Faber, 1991), 3.\n\n\
         [^3]: GARF, f. 5459, op. 9, d. 150, l. 4.\n\n[^4]: {last}\n"
    )
}

#[test]
fn what_was_cited_before_the_latest_first() {
    assert_eq!(labels(&notes("Sm‸")), ["Smith, *History of Bees*"]);
    assert_eq!(taken(&notes("Sm‸"), "Smith, *History of Bees*"), notes("Smith, *History of Bees*"));
    assert_eq!(taken(&notes("See Smith, Hist‸"), "Smith, *History of Bees*"), notes("See Smith, *History of Bees*"));
    let all = labels(&notes("Smith, *Bees*, 4; ‸"));
    assert!(
        all.iter().position(|l| l.starts_with("Smith")) < all.iter().position(|l| l.starts_with("Brown")),
        "{all:?}"
    );
    assert_eq!(taken(&notes("GARF, f. 5‸"), "GARF, f. 5459, op. 9, d. 150"), notes("GARF, f. 5459, op. 9, d. 150"));
}

#[test]
fn ibid_where_it_means_one_thing() {
    let ibid = offered(&notes("Ib‸")).into_iter().find(|i| i.label == "Ibid.").expect("an Ibid.");
    assert!(ibid.detail.contains("GARF"), "{ibid:?}");
    let two = notes("Ib‸").replace("d. 150, l. 4.", "d. 150, l. 4; Smith, *Bees*, 3.");
    assert!(!labels(&two).contains(&"Ibid.".to_owned()));
}

#[test]
fn nothing_in_code_comments_and_prose() {
    for text in ["`[^‸`\n", "```\n[^‸\n```\n", "<!-- [@‸ -->\n", "---\ntitle: [^‸\n---\n"] {
        assert_eq!(labels(&format!("{text}\nBees [@doe99].[^1]\n\n[^1]: Words.\n")), [""; 0], "{text}");
    }
    assert_eq!(labels(&notes("Words.").replacen("One.", "One Sm‸.", 1)), [""; 0]);
}

#[test]
fn the_parts_of_citations_are_tokens() {
    let text = format!("{}\n", notes("Ibid., l. 5; [@doe99, p. 3]; Smith, *History\n    of Bees*, 15."));
    let case = case(&text);
    let all = tokens(&case.analysis, 0, Span::new(0, text.len()));
    let words = |kind| all.iter().filter(|t| t.kind == kind).map(|t| t.span.of(&text)).collect::<Vec<_>>();
    assert_eq!(words(TokenKind::Author), ["John Smith", "Ann Brown", "Smith"]);
    assert_eq!(words(TokenKind::Archive), ["GARF", "f. 5459", "op. 9", "d. 150"]);
    assert_eq!(words(TokenKind::Key), ["@doe99"]);
    let titles = words(TokenKind::Title);
    assert!(titles.contains(&"The History of Bees") && titles.contains(&"History"), "a line each: {titles:?}");
    assert!(words(TokenKind::Form).contains(&"Ibid."), "{all:?}");
    assert!(all.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{all:?}");
}

#[test]
fn keys_of_source_lists_come_with_their_titles_and_are_renamed_there() {
    let text = "---\nreferences:\n- id: doe99\n  type: book\n  title: The Lamp Keepers\n  author:\n  - family: Doe\n    given: Jane\n---\n\nLamps [@‸].\n";
    let all = offered(text);
    assert_eq!(
        all.iter().map(|i| (i.label.as_str(), i.detail.as_str())).collect::<Vec<_>>(),
        [("doe99", "Doe, The Lamp Keepers")]
    );
    let case = case(&text.replace("[@‸]", "[@do‸e99]"));
    let changes = crate::ide::rename::rename(&case.analysis, 0, case.cursor, "doe2000").unwrap();
    let old = &case.analysis.files[0].manuscript.text;
    let edits: Vec<Edit> = changes.into_iter().map(|(_, e)| e).collect();
    assert_eq!(text::apply(old, &edits), Some(old.replace("doe99", "doe2000")));
}
