//! What is asked of whole files and whole projects, settings of the editor, encodings of positions.

use super::scenario::{FULL, TEXT, byte, capable, place, range};
use super::{Client, URI, utf16};
use serde_json::{Value, json};

fn of_file() -> Value {
    json!({"textDocument": {"uri": URI}})
}

#[test]
fn one_step_back_is_the_antecedent() {
    let mut client = capable();
    client.open(TEXT);
    let back = client.ask("textDocument/declaration", place("Ibid., p. 15", 0));
    assert_eq!(back, json!([{"uri": URI, "range": range("Ibid., p. 14", 0)}]));
}

#[test]
fn symbols_of_the_project() {
    let mut client = capable();
    client.open(TEXT);
    let found = client.ask("workspace/symbol", json!({"query": "hwax"}));
    assert_eq!(found[0]["name"], "Honey and Wax", "{found}");
    assert_eq!(found[0]["location"]["range"]["end"], range("1989: 78-81", 0)["end"]);
    let source = client.ask("workspace/symbol", json!({"query": "John Smith"}));
    assert_eq!(source[0]["containerName"], "cited 5 times", "{source}");
    assert_eq!(client.ask("workspace/symbol", json!({"query": "qqq"})), json!([]));
}

#[test]
fn folds_links_and_selections_count_in_utf16() {
    let mut client = capable();
    let text = TEXT.replace("1990), 12.", "1990), 12, 🐝 https://example.org/bees.");
    client.open(&text);
    let folds = client.ask("textDocument/foldingRange", of_file());
    let last = utf16(&text, text.trim_end().len())["line"].clone();
    assert!(folds.as_array().unwrap().iter().any(|f| f["endLine"] == last), "{folds}");
    let links = client.ask("textDocument/documentLink", of_file());
    let at = text.find("https").unwrap();
    let wanted = json!({"start": utf16(&text, at), "end": utf16(&text, at + "https://example.org/bees".len())});
    assert_eq!(links, json!([{"range": wanted, "target": "https://example.org/bees"}]));
    let here = utf16(&text, text.find("Ibid., p. 15").unwrap() + 8);
    let params = json!({"textDocument": {"uri": URI}, "positions": [here]});
    let mut selection = client.ask("textDocument/selectionRange", params)[0].clone();
    let mut seen = 0;
    while selection.is_object() {
        seen += 1;
        selection = selection["parent"].clone();
    }
    assert!(seen >= 4, "{seen}");
}

#[test]
fn a_lens_counts_and_shows_its_citations_to_a_client_that_can() {
    let mut simple = capable();
    simple.open(TEXT);
    let lenses = simple.ask("textDocument/codeLens", of_file());
    assert_eq!(lenses[0]["command"], json!({"title": "cited 5 times, last in n. 6", "command": ""}), "{lenses}");
    let mut client = Client::with(json!({"experimental": {"commands": {"commands": ["ibid.showReferences"]}}}));
    client.open(TEXT);
    let lens = client.ask("textDocument/codeLens", of_file())[0].clone();
    assert_eq!(lens["range"], range(FULL, 0));
    assert_eq!(lens["command"]["command"], "ibid.showReferences");
    assert_eq!(lens["command"]["arguments"][2].as_array().map(Vec::len), Some(5));
}

fn hints(client: &mut Client) -> usize {
    let everything = json!({"start": {"line": 0, "character": 0}, "end": utf16(TEXT, TEXT.len())});
    let hints = client.ask("textDocument/inlayHint", json!({"textDocument": {"uri": URI}, "range": everything}));
    hints.as_array().unwrap().len()
}

#[test]
fn settings_come_with_initialize_and_change() {
    let mut client = Client::start();
    client.listen();
    client.ask(
        "initialize",
        json!({"capabilities": {}, "initializationOptions": {"inlayHints": "ibid", "codeLens": false}}),
    );
    client.notify("initialized", json!({}));
    client.open(TEXT);
    assert_eq!(hints(&mut client), 3);
    assert_eq!(client.ask("textDocument/codeLens", of_file()), Value::Null);
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"ibid": {"inlayHints": "off"}}}));
    assert_eq!(hints(&mut client), 0);
    assert!(client.ask("textDocument/codeLens", of_file()).is_array());
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"ibid": {"inlayHints": "sometimes"}}}));
    let said = client.wait_for(|m| m["method"] == "window/showMessage")["params"]["message"].clone();
    assert!(said.as_str().unwrap().contains("sometimes"), "{said}");
    assert_eq!(hints(&mut client), 0, "what was set stays set");
}

#[test]
fn a_client_that_is_asked_for_its_settings() {
    let mut client = Client::start();
    client.listen();
    client.configuration = Some(json!({"inlayHints": "off"}));
    client.ask("initialize", json!({"capabilities": {"workspace": {"configuration": true}}}));
    client.notify("initialized", json!({}));
    client.open(TEXT);
    client.wait_for_request("workspace/configuration");
    while hints(&mut client) != 0 {}
    client.configuration = Some(json!({"inlayHints": "all"}));
    client.notify("workspace/didChangeConfiguration", json!({"settings": null}));
    while hints(&mut client) != 4 {}
}

#[test]
fn columns_in_scalar_values() {
    let mut client = Client::with(json!({"general": {"positionEncodings": ["utf-32", "utf-16"]}}));
    client.open(TEXT);
    let words = "1989: 78-81";
    let end = byte(words, 0) + words.len();
    let (line, start) = (TEXT[..end].matches('\n').count(), TEXT[..end].rfind('\n').unwrap() + 1);
    let found = client.ask("workspace/symbol", json!({"query": "Honey and Wax"}));
    let wanted = json!({"line": line, "character": TEXT[start..end].chars().count()});
    assert_eq!(found[0]["location"]["range"]["end"], wanted, "{found}");
}

#[test]
fn the_page_of_a_rule_in_the_settings_file() {
    let mut client = capable();
    let uri = "file:///nowhere/ibid.toml";
    client.open_as(uri, "toml", "# 🐝\n[rules]\nibid-form = \"off\"\n");
    let at = json!({"textDocument": {"uri": uri}, "position": {"line": 2, "character": 3}});
    let page = client.ask("textDocument/hover", at);
    assert_eq!(page["range"], json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 9}}));
    assert!(page["contents"]["value"].as_str().unwrap().contains("## Why"), "{page}");
}
