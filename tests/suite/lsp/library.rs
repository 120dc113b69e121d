//! A manuscript and its `.bib` file: keys lead there, are completed from there and renamed in both; the PDF it names opens.

use super::{Client, utf16};
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const BOOK: &str = "\
---
bibliography: refs.bib
---

Oil 🐝 was dear [@reed1931, p. 12] and later cheap.[^1] Wicks 🕯 burned [see @holm1932, 80].

[^1]: Anna Reed, *The Salt Roads of the North* (London: Quay, 1931), 40.
";
const LIST: &str = "\
% 🐝 ours
@book{reed1931, author = {Reed, Anna}, title = {The Salt Roads of the North}, publisher = {Quay}, year = 1931,
  file = {:papers/reed 1931.pdf:PDF}}
@article{holm1932, author = {Holm, Jane}, title = {On the Wick}, journal = {Quay Review}, year = 1932,
  pages = {78--81}, file = {papers/holm.pdf}}
@book{lind1933, author = {Lind, Paul}, title = {The Oil}, year = 1933, file = {papers/gone.pdf}}
";

struct Desk {
    folder: TempDir,
    client: Client,
}

impl Desk {
    fn new() -> Desk {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        std::fs::create_dir(folder.path().join("papers")).unwrap();
        for (name, text) in
            [("book.md", BOOK), ("refs.bib", LIST), ("papers/reed 1931.pdf", ""), ("papers/holm.pdf", "")]
        {
            write(name, text);
        }
        let mut client = Client::with(json!({
            "textDocument": {"definition": {"linkSupport": true}, "diagnostic": {}},
            "workspace": {"workspaceEdit": {"documentChanges": true}},
        }));
        let book = uri(folder.path(), "book.md");
        client.open_as(&book, "markdown", BOOK);
        // answered when the list is read
        client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": book}}));
        Desk { folder, client }
    }

    fn uri(&self, name: &str) -> String {
        uri(self.folder.path(), name)
    }

    /// A place of the manuscript: behind the first letter of these words.
    fn at(&self, words: &str) -> Value {
        let at = BOOK.find(words).unwrap() + 1;
        json!({"textDocument": {"uri": self.uri("book.md")}, "position": utf16(BOOK, at)})
    }
}

fn uri(folder: &Path, name: &str) -> String {
    format!("file://{}/{}", folder.display(), name.replace(' ', "%20"))
}

fn range(text: &str, words: &str) -> Value {
    let at = text.find(words).unwrap_or_else(|| panic!("{words}"));
    json!({"start": utf16(text, at), "end": utf16(text, at + words.len())})
}

#[test]
fn a_key_and_a_full_citation_lead_to_the_entry() {
    let mut desk = Desk::new();
    let list = desk.uri("refs.bib");
    for (words, key) in [("reed1931, p", "reed1931"), ("holm1932", "holm1932"), ("Anna Reed", "reed1931")] {
        let at = desk.at(words);
        let found = desk.client.ask("textDocument/definition", at);
        assert_eq!(found[0]["targetUri"], list, "{words}: {found}");
        assert_eq!(found[0]["targetSelectionRange"], range(LIST, key), "{words}: {found}");
        let entry = &found[0]["targetRange"];
        assert_eq!(entry["start"]["character"], 0, "all of the entry: {found}");
    }
    let at = desk.at("holm1932");
    let said = desk.client.ask("textDocument/hover", at)["contents"]["value"].clone();
    assert!(said.as_str().unwrap().contains("On the Wick"), "{said}");
}

#[test]
fn entries_nobody_cites_are_completed_too() {
    let mut desk = Desk::new();
    let book = desk.uri("book.md");
    for (typed, opens) in [("[@", true), ("[@li", true), ("\\autocite[12]{", true), ("mail@", false)] {
        let text = format!("{BOOK}\nMore 🐝 {typed}");
        let document = json!({"uri": book, "version": 2});
        let changes = json!({"textDocument": document, "contentChanges": [{"text": text}]});
        desk.client.notify("textDocument/didChange", changes);
        let place = json!({"textDocument": {"uri": book}, "position": utf16(&text, text.len())});
        let items = desk.client.ask("textDocument/completion", place);
        let labels: Vec<&str> =
            items.as_array().into_iter().flatten().filter_map(|item| item["label"].as_str()).collect();
        assert_eq!(labels.contains(&"lind1933"), opens, "{typed}: {items}");
        if opens {
            assert_eq!(labels.len(), 3, "{typed}: {items}");
            let item = items.as_array().unwrap().iter().find(|i| i["label"] == "lind1933").unwrap();
            assert!(item["detail"].as_str().unwrap().contains("The Oil"), "{item}");
        }
    }
}

#[test]
fn a_key_is_renamed_in_manuscript_and_list() {
    let mut desk = Desk::new();
    let (book, list) = (desk.uri("book.md"), desk.uri("refs.bib"));
    let at = desk.at("reed1931, p");
    let prepared = desk.client.ask("textDocument/prepareRename", at.clone());
    assert_eq!(prepared, json!({"range": range(BOOK, "reed1931"), "placeholder": "reed1931"}));
    let with = |mut at: Value, name: &str| {
        at["newName"] = json!(name);
        at
    };
    let taken = desk.client.request("textDocument/rename", with(at.clone(), "lind1933"));
    let refusal = desk.client.answer(taken)["error"]["message"].clone();
    assert_eq!(refusal, "the key lind1933 is another source's");
    let edit = desk.client.ask("textDocument/rename", with(at, "reed31"));
    let mut changes: Vec<(Value, Value)> = Vec::new();
    for change in edit["documentChanges"].as_array().unwrap() {
        changes.push((change["textDocument"]["uri"].clone(), change["edits"].clone()));
    }
    changes.sort_by_key(|(uri, _)| uri.to_string());
    let one = |text: &str| json!([{"range": range(text, "reed1931"), "newText": "reed31"}]);
    assert_eq!(changes, [(json!(book), one(BOOK)), (json!(list), one(LIST))]);
    // and from the list
    desk.client.open_as(&list, "bibtex", LIST);
    desk.client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": list}}));
    let there = json!({"textDocument": {"uri": list}, "position": range(LIST, "holm1932")["start"]});
    let edit = desk.client.ask("textDocument/rename", with(there, "holm32"));
    assert_eq!(edit["documentChanges"].as_array().map(Vec::len), Some(2), "{edit}");
}

#[test]
fn a_page_opens_the_pdf_at_it() {
    let mut desk = Desk::new();
    let (book, list) = (desk.uri("book.md"), desk.uri("refs.bib"));
    let links = desk.client.ask("textDocument/documentLink", json!({"textDocument": {"uri": book}}));
    let found: Vec<_> = links.as_array().unwrap().iter().map(|l| (l["range"].clone(), l["target"].clone())).collect();
    let (reed, holm) = (desk.uri("papers/reed 1931.pdf"), desk.uri("papers/holm.pdf"));
    let wanted = [
        (range(BOOK, "p. 12"), json!(format!("{reed}#page=12"))),
        (range(BOOK, "80"), json!(format!("{holm}#page=3"))),
        (range(BOOK, "40"), json!(format!("{reed}#page=40"))),
    ];
    assert_eq!(found, wanted);
    desk.client.open_as(&list, "bibtex", LIST);
    desk.client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": list}}));
    let links = desk.client.ask("textDocument/documentLink", json!({"textDocument": {"uri": list}}));
    let found: Vec<_> = links.as_array().unwrap().iter().map(|l| (l["range"].clone(), l["target"].clone())).collect();
    let wanted = [(range(LIST, "papers/reed 1931.pdf"), json!(reed)), (range(LIST, "papers/holm.pdf"), json!(holm))];
    assert_eq!(found, wanted, "a file that is gone is no link");
}
