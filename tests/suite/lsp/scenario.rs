//! One manuscript, and everything an editor asks about it.

use super::{Client, URI, utf16};
use serde_json::{Value, json};

/// Signs of two UTF-16 units and of several bytes stand before everything that is asked for.
pub const TEXT: &str = "\
The Keeping of Bees

Bees were kept early 🐝 in the north.¹ They were kept later elsewhere.² Smoke calmed them.³ Honey was
measured in jars 🍯 and sold by the road.⁴ Wax was taxed.⁵ And nobody minded much for a hundred years.⁶

Notes

¹ John Smith, *The History 🐝 of Bees* (Oxford University Press, Oxford, 1990), 12.

² Ibid., p. 14.

³ Ibid., p. 15.

⁴ 🐝 Ann Brown, \"Honey and Wax,\" *Journal of Apiculture*,, No. 8, 1989: 78-81.

⁵ Smith, *History of Bees*, p. 99.

⁶ Ibid, p. 101; see note 4.
";

pub fn byte(words: &str, nth: usize) -> usize {
    TEXT.match_indices(words).nth(nth).unwrap().0
}

pub fn place(words: &str, nth: usize) -> Value {
    let at = byte(words, nth) + 1.min(words.len() - 1);
    json!({"textDocument": {"uri": URI}, "position": utf16(TEXT, if TEXT.is_char_boundary(at) { at } else { at - 1 })})
}

pub fn range(words: &str, nth: usize) -> Value {
    let start = byte(words, nth);
    json!({"start": utf16(TEXT, start), "end": utf16(TEXT, start + words.len())})
}

pub fn capable() -> Client {
    Client::with(json!({
        "textDocument": {
            "definition": {"linkSupport": true},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
            "publishDiagnostics": {"relatedInformation": true},
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}},
    }))
}

pub const FULL: &str = "John Smith, *The History 🐝 of Bees* (Oxford University Press, Oxford, 1990), 12";

#[test]
fn from_ibid_to_the_source_with_the_exact_origin() {
    let mut client = capable();
    client.open(TEXT);
    for (words, nth) in
        [("Ibid., p. 14", 0), ("Ibid., p. 15", 0), ("Smith, *History of Bees*, p. 99", 0), ("Ibid, p. 101", 0)]
    {
        let answer = client.ask("textDocument/definition", place(words, nth));
        assert_eq!(answer.as_array().map(Vec::len), Some(1), "{words}: {answer}");
        assert_eq!(answer[0]["originSelectionRange"], range(words, nth), "{words}");
        assert_eq!(answer[0]["targetSelectionRange"], range(FULL, 0), "{words}");
        assert_eq!(answer[0]["targetUri"], URI);
    }
}

#[test]
fn between_mark_and_note_and_from_a_pointer_to_its_note() {
    let mut client = capable();
    client.open(TEXT);
    let to_note = client.ask("textDocument/definition", place("⁴", 0));
    assert_eq!(to_note[0]["targetSelectionRange"], range("⁴", 1));
    let to_mark = client.ask("textDocument/definition", place("⁴", 1));
    assert_eq!(to_mark[0]["targetSelectionRange"], range("⁴", 0));
    let pointed = client.ask("textDocument/definition", place("note 4", 0));
    assert_eq!(pointed[0]["targetSelectionRange"], range("⁴", 1));
    let all = json!({"includeDeclaration": true});
    let mut params = place("⁴", 0);
    params["context"] = all;
    let references = client.ask("textDocument/references", params);
    assert_eq!(references.as_array().map(Vec::len), Some(3), "mark, note, pointer: {references}");
}

#[test]
fn a_client_without_links_gets_locations() {
    let mut client = Client::plain();
    client.open(TEXT);
    let answer = client.ask("textDocument/definition", place("Ibid., p. 14", 0));
    assert_eq!(answer, json!([{"uri": URI, "range": range(FULL, 0)}]));
}

#[test]
fn hover_says_what_is_meant_and_how_it_is_known() {
    let mut client = capable();
    client.open(TEXT);
    let hover = client.ask("textDocument/hover", place("Ibid., p. 15", 0));
    assert_eq!(hover["range"], range("Ibid., p. 15", 0));
    assert_eq!(hover["contents"]["kind"], "markdown");
    let said = hover["contents"]["value"].as_str().unwrap();
    assert!(said.contains("*The History 🐝 of Bees*"), "{said}");
    assert!(said.ends_with("n. 3 → n. 2 → n. 1: exact"), "{said}");
    let note = client.ask("textDocument/hover", place("⁴", 0));
    assert!(note["contents"]["value"].as_str().unwrap().contains("Ann Brown"), "{note}");

    let mut simple = Client::plain();
    simple.open(TEXT);
    let hover = simple.ask("textDocument/hover", place("Ibid., p. 15", 0));
    assert_eq!(hover["contents"]["kind"], "plaintext");
    assert!(!hover["contents"]["value"].as_str().unwrap().contains('*'), "{hover}");
}

#[test]
fn references_are_all_citations_of_the_source() {
    let mut client = capable();
    client.open(TEXT);
    let mut params = place("Ibid., p. 15", 0);
    params["context"] = json!({"includeDeclaration": false});
    let found = client.ask("textDocument/references", params);
    let ranges: Vec<&Value> = found.as_array().unwrap().iter().map(|l| &l["range"]).collect();
    let wanted =
        ["Ibid., p. 14", "Ibid., p. 15", "Smith, *History of Bees*, p. 99", "Ibid, p. 101"].map(|w| range(w, 0));
    assert_eq!(ranges, wanted.iter().collect::<Vec<_>>());
    let lit = client.ask("textDocument/documentHighlight", place("Ibid., p. 15", 0));
    assert_eq!(lit.as_array().map(Vec::len), Some(5));
}

#[test]
fn hints_stand_beside_what_leans_on_something() {
    let mut client = capable();
    client.open(TEXT);
    let everything = json!({"start": {"line": 0, "character": 0}, "end": utf16(TEXT, TEXT.len())});
    let hints = client.ask("textDocument/inlayHint", json!({"textDocument": {"uri": URI}, "range": everything}));
    let hints = hints.as_array().unwrap();
    assert_eq!(hints.len(), 4, "{hints:?}");
    assert_eq!(hints[0]["position"], utf16(TEXT, byte("Ibid., p. 14", 0) + "Ibid.".len()));
    for hint in hints {
        assert!(hint["label"].as_str().unwrap().starts_with("→ n. 1: John Smith, The History"), "{hint}");
    }
}

#[test]
fn the_outline_has_the_notes() {
    let mut client = capable();
    client.open(TEXT);
    let outline = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).to_string();
    for name in ["1 John Smith, ", "2 Ibid., p. 14.", "6 Ibid, p. 101; see note 4."] {
        assert!(outline.contains(name), "{name}: {outline}");
    }
}

/// A comma too many, with signs of two units before it: found, shown, mended.
#[test]
fn a_finding_is_shown_where_it_is_and_its_fix_mends_it() {
    let mut client = capable();
    client.open(TEXT);
    let published = client.published(Some(0));
    let all = published["diagnostics"].as_array().unwrap();
    let found = all.iter().find(|d| d["code"] == "doubled-punctuation").unwrap_or_else(|| panic!("{all:?}"));
    assert_eq!(found["range"]["start"], range(",,", 0)["start"]);
    assert_eq!(found["source"], "ibid");
    assert!(found["data"]["edits"].is_array(), "{found}");
    let ask = |only: Value| {
        let context = json!({"diagnostics": [found], "only": only});
        json!({"textDocument": {"uri": URI}, "range": found["range"], "context": context})
    };
    let quick = client.ask("textDocument/codeAction", ask(json!(["quickfix"])));
    assert_eq!(quick[0]["diagnostics"][0], *found);
    let all = client.ask("textDocument/codeAction", ask(json!(["source.fixAll"])));
    assert_eq!(all[0]["kind"], "source.fixAll.ibid");
    let change = &quick[0]["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 0}));
    let edit = &change["edits"][0];
    client.change(1, json!([{"range": edit["range"], "text": edit["newText"]}]));
    assert_eq!(client.text().0, TEXT.replace(",,", ","));
    let mended = client.published(Some(1));
    assert!(mended["diagnostics"].as_array().unwrap().iter().all(|d| d["code"] != "doubled-punctuation"), "{mended}");
}

#[test]
fn lists_beside_the_text() {
    let mut client = capable();
    client.open(TEXT);
    let sources = client.ask("ibid/sources", json!({"uri": URI}));
    assert_eq!(sources.as_array().map(Vec::len), Some(2), "{sources}");
    assert_eq!(sources[0]["citations"][0]["location"], json!({"uri": URI, "range": range(FULL, 0)}));
    assert_eq!(client.ask("ibid/names", json!({"uri": URI})), json!([]));
    let chain = client.ask("ibid/chain", place("Ibid., p. 15", 0));
    let labels: Vec<_> = chain.as_array().unwrap().iter().map(|step| step["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["n. 3", "n. 2", "n. 1"]);
    assert_eq!(client.ask("ibid/chain", place("Bees were", 0)), json!([]));
}
