//! Renames, completions and tokens as a client sees them, with signs of two units before everything.

use super::scenario::{TEXT, byte, capable, place, range};
use super::{Client, URI, utf16};
use serde_json::{Value, json};

fn rename(client: &mut Client, mut params: Value, to: &str) -> Value {
    params["newName"] = json!(to);
    let id = client.request("textDocument/rename", params);
    client.answer(id)
}

#[test]
fn a_number_is_renamed_everywhere() {
    let mut client = capable();
    client.open(TEXT);
    let prepared = client.ask("textDocument/prepareRename", place("⁴", 0));
    assert_eq!(prepared, json!({"range": range("⁴", 0), "placeholder": "4"}));
    let edit = rename(&mut client, place("⁴", 0), "14")["result"].clone();
    let change = &edit["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 0}));
    let edits: Vec<_> = change["edits"].as_array().unwrap().iter().collect();
    let digit = byte("note 4", 0) + "note ".len();
    let digit = json!({"start": utf16(TEXT, digit), "end": utf16(TEXT, digit + 1)});
    assert_eq!(edits.len(), 3, "{edit}");
    assert_eq!(*edits[0], json!({"range": range("⁴", 0), "newText": "¹⁴"}));
    assert_eq!(*edits[2], json!({"range": digit, "newText": "14"}));
}

#[test]
fn what_cannot_be_renamed_is_refused_with_the_reason() {
    let mut client = capable();
    client.open(TEXT);
    let id = client.request("textDocument/prepareRename", place("History", 0));
    let refusal = client.answer(id)["error"].clone();
    assert!(refusal["message"].as_str().unwrap().contains("title of a work"), "{refusal}");
    let refusal = rename(&mut client, place("⁴", 0), "3")["error"].clone();
    assert_eq!((&refusal["code"], &refusal["message"]), (&json!(-32803), &json!("there is a note 3 already")));
}

fn typed(client: &mut Client, words: &str) -> (String, Value) {
    let text = format!("{TEXT}\n⁷ 🐝 {words}");
    client.open(&text);
    let params = json!({"textDocument": {"uri": URI}, "position": utf16(&text, text.len())});
    let items = client.ask("textDocument/completion", params);
    (text, items)
}

#[test]
fn a_surname_completes_to_the_short_form_with_its_source_on_demand() {
    let mut client = capable();
    let (text, items) = typed(&mut client, "See Smi");
    let item = items.as_array().unwrap().iter().find(|i| i["label"] == "Smith, *History of Bees*");
    let item = item.unwrap_or_else(|| panic!("{items}"));
    let start = text.len() - "Smi".len();
    let wanted = json!({"start": utf16(&text, start), "end": utf16(&text, text.len())});
    assert_eq!(item["textEdit"], json!({"range": wanted, "newText": "Smith, *History of Bees*"}));
    assert!(item.get("documentation").is_none(), "{item}");
    let full = client.ask("completionItem/resolve", item.clone());
    assert!(full["documentation"]["value"].as_str().unwrap().contains("Oxford University Press"), "{full}");
}

#[test]
fn the_settings_file_completes_its_tables_keys_and_values() {
    let mut client = capable();
    let uri = "file:///nowhere/ibid.toml";
    let text = "# ours 🐝\nprofile = \"mh\"\n";
    client.open_as(uri, "toml", text);
    let at = utf16(text, text.find("mh").unwrap() + 2);
    let items = client.ask("textDocument/completion", json!({"textDocument": {"uri": uri}, "position": at}));
    let item = items.as_array().unwrap().iter().find(|i| i["label"] == "mhra").unwrap_or_else(|| panic!("{items}"));
    let typed = json!({"start": {"line": 1, "character": 11}, "end": {"line": 1, "character": 13}});
    assert_eq!(item["textEdit"], json!({"range": typed, "newText": "mhra"}));
}

#[test]
fn an_item_of_an_older_version_is_left_as_it_is() {
    let mut client = capable();
    let (text, items) = typed(&mut client, "See Smi");
    let item = items[0].clone();
    let end = utf16(&text, text.len());
    client.change(1, json!([{"range": {"start": end, "end": end}, "text": "t"}]));
    client.ask("textDocument/completion", json!({"textDocument": {"uri": URI}, "position": end}));
    assert_eq!(client.ask("completionItem/resolve", item.clone()), item);
}

/// The tokens with their words: types by number.
fn decoded(text: &str, data: &Value) -> Vec<(String, u64)> {
    let numbers: Vec<u64> = data.as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect();
    let lines: Vec<Vec<u16>> = text.split('\n').map(|l| l.encode_utf16().collect()).collect();
    let (mut line, mut column, mut all) = (0, 0, Vec::new());
    for token in numbers.chunks(5) {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let units = &lines[line as usize][column as usize..(column + token[2]) as usize];
        all.push((String::from_utf16(units).unwrap(), token[3]));
    }
    all
}

#[test]
fn tokens_in_full_by_range_and_by_what_changed() {
    let mut client = capable();
    client.open(TEXT);
    let full = client.ask("textDocument/semanticTokens/full", json!({"textDocument": {"uri": URI}}));
    let all = decoded(TEXT, &full["data"]);
    for wanted in [("John Smith", 1), ("The History 🐝 of Bees", 2), ("p. 14", 3), ("Ibid.", 0), ("Honey and Wax", 2)]
    {
        assert!(
            all.iter().any(|(words, kind)| words.trim_end_matches(',') == wanted.0 && *kind == wanted.1),
            "{wanted:?}: {all:?}"
        );
    }
    let part = json!({"textDocument": {"uri": URI}, "range": range("Ibid., p. 14", 0)});
    let part = client.ask("textDocument/semanticTokens/range", part);
    assert_eq!(decoded(TEXT, &part["data"]).len(), 2, "{part}");
    let known = full["resultId"].clone();
    let same = json!({"textDocument": {"uri": URI}, "previousResultId": known});
    let same = client.ask("textDocument/semanticTokens/full/delta", same);
    assert_eq!(same["edits"], json!([]), "{same}");
    client.change(1, json!([{"range": range("p. 14", 0), "text": "p. 144"}]));
    let next = json!({"textDocument": {"uri": URI}, "previousResultId": same["resultId"]});
    let delta = client.ask("textDocument/semanticTokens/full/delta", next);
    assert_eq!(delta["edits"].as_array().map(Vec::len), Some(1), "{delta}");
    assert!(delta["edits"][0]["data"].as_array().unwrap().len() <= 5, "{delta}");
    let lost = json!({"textDocument": {"uri": URI}, "previousResultId": "of another life"});
    let lost = client.ask("textDocument/semanticTokens/full/delta", lost);
    assert!(lost["data"].is_array(), "{lost}");
}
