//! Code actions: what is offered, of which kind, and what it does.

use super::scenario::{TEXT, capable, range};
use super::{Client, URI, utf16};
use serde_json::{Value, json};

fn offered(client: &mut Client, uri: &str, range: &Value, only: Value) -> Vec<Value> {
    let params = json!({"textDocument": {"uri": uri}, "range": range, "context": {"diagnostics": [], "only": only}});
    client.ask("textDocument/codeAction", params).as_array().unwrap().clone()
}

fn titled<'a>(all: &'a [Value], title: &str) -> &'a Value {
    let found = all.iter().find(|a| a["title"].as_str().is_some_and(|t| t.starts_with(title)));
    found.unwrap_or_else(|| panic!("{title}: {all:?}"))
}

#[test]
fn ibid_is_written_out_in_utf16() {
    let mut client = capable();
    client.open(TEXT);
    let all = offered(&mut client, URI, &range("Ibid., p. 15", 0), json!(["refactor"]));
    let short = titled(&all, "Write the short form");
    assert_eq!(short["kind"], "refactor.rewrite");
    let edit = &short["edit"]["documentChanges"][0]["edits"][0];
    client.change(1, json!([{"range": edit["range"], "text": edit["newText"]}]));
    assert_eq!(client.text().0, TEXT.replace("Ibid., p. 15", "Smith, *History of Bees*, p. 15"));
}

#[test]
fn a_comment_in_markdown_and_a_table_where_there_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let uri = |name: &str| lsp_uri(&folder.path().join(name));
    let mut client = Client::with(json!({
        "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
        "workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
    }));
    let text = "Bees 🐝 sleep.[^1]\n\n[^1]: Ann Brown, *Wax*,, 3.\n";
    client.open_as(&uri("a.md"), "markdown", text);
    let at = text.find(",,").unwrap();
    let here = json!({"start": utf16(text, at), "end": utf16(text, at + 2)});
    let all = offered(&mut client, &uri("a.md"), &here, json!(["quickfix"]));
    let comment = titled(&all, "Let it stand: allow doubled-punctuation here");
    assert_eq!(comment["isPreferred"], false);
    let edit = &comment["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(edit["newText"], " <!-- ibid: allow doubled-punctuation -->");

    let plain = "Bees 🐝 sleep.¹ They wake.²\n\n¹ Ann Brown, *Wax*,, 3.\n\n² Ibid., 4.\n";
    client.open_as(&uri("b.txt"), "plaintext", plain);
    let at = plain.find(",,").unwrap();
    let here = json!({"start": utf16(plain, at), "end": utf16(plain, at + 2)});
    let all = offered(&mut client, &uri("b.txt"), &here, json!(["quickfix"]));
    let changes = titled(&all, "Let it stand: allow doubled-punctuation")["edit"]["documentChanges"].clone();
    assert_eq!((&changes[0]["kind"], &changes[0]["uri"]), (&json!("create"), &json!(uri("ibid.toml"))));
    let written = changes[1]["edits"][0]["newText"].as_str().unwrap();
    assert!(written.starts_with("[[allow]]\nrule = \"doubled-punctuation\"\nquote = "), "{written}");

    std::fs::write(folder.path().join("ibid.toml"), "# ours 🐝\nprofile = \"mhra\"\n").unwrap();
    let all = offered(&mut client, &uri("b.txt"), &here, json!(["quickfix"]));
    let changes = titled(&all, "Let it stand: allow doubled-punctuation")["edit"]["documentChanges"].clone();
    let edit = &changes[0]["edits"][0];
    assert_eq!(
        edit["range"],
        json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 0}}),
        "{changes}"
    );
}

fn lsp_uri(path: &std::path::Path) -> String {
    format!("file://{}", path.display())
}

#[test]
fn what_is_known_of_a_name_is_written_to_the_settings() {
    let folder = tempfile::tempdir().unwrap();
    let uri = lsp_uri(&folder.path().join("c.txt"));
    let mut client = Client::with(json!({
        "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}},
        "workspace": {"workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]}},
    }));
    let text =
        "Vyshinskii spoke 🐝 to Iagoda and Ezhov. Then old Vyshinsky left. A. Ia. Vyshinskii and Kaganovich came.\n";
    client.open_as(&uri, "plaintext", text);
    let at = text.find("Vyshinsky").unwrap();
    let here = json!({"start": utf16(text, at), "end": utf16(text, at)});
    let all = offered(&mut client, &uri, &here, json!(["refactor"]));
    titled(&all, "Write \"Vyshinskii\" throughout");
    let two = titled(&all, "These are two people: “Vyshinsky” and “Vyshinskii”");
    assert_eq!(
        two["edit"]["documentChanges"][1]["edits"][0]["newText"],
        "[names]\ndistinct = [[\"Vyshinsky\", \"Vyshinskii\"]]\n"
    );
    let familiar = titled(&all, "“Vyshinsky” is the familiar form");
    assert_eq!(familiar["edit"]["documentChanges"][1]["edits"][0]["newText"], "[names]\nfamiliar = [\"Vyshinsky\"]\n");
}
