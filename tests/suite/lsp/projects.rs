//! Works of several files: what stands in one chapter changes what is said of another.

use super::Client;
use serde_json::{Value, json};
use std::path::Path;
use tempfile::TempDir;

const ONE: &str = "The salt came by sea.[^1]

[^1]: Anna Reed, *The Salt Roads of the North* (London: Quay, 1931), 12.
";
const TWO: &str = "The price doubled.[^1]

[^1]: Reed, *Salt Roads*, 40.
";
const TOML: &str = "[files]\nchapters = [\"one.md\", \"two.md\"]\n";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    files.iter().for_each(|(name, text)| write(folder.path(), name, text));
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    std::fs::create_dir_all(folder.join(name).parent().unwrap()).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
}

fn uri(folder: &TempDir, name: &str) -> String {
    format!("file://{}/{name}", folder.path().display())
}

fn open(client: &mut Client, folder: &TempDir, name: &str) {
    let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
    client.open_as(&uri(folder, name), "markdown", &text);
}

fn changed(client: &mut Client, folder: &TempDir, name: &str) {
    let changes = json!({"changes": [{"uri": uri(folder, name), "type": 2}]});
    client.notify("workspace/didChangeWatchedFiles", changes);
}

/// The rules told of in the next publication of a file.
fn told(client: &mut Client, folder: &TempDir, name: &str) -> Vec<String> {
    let uri = uri(folder, name);
    let told = client.wait_for(|m| m["method"] == "textDocument/publishDiagnostics" && m["params"]["uri"] == uri);
    rules(&told["params"]["diagnostics"])
}

fn rules(diagnostics: &Value) -> Vec<String> {
    diagnostics.as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap_or("settings").to_owned()).collect()
}

fn edit(client: &mut Client, folder: &TempDir, name: &str, version: i64, text: &str) {
    let document = json!({"uri": uri(folder, name), "version": version});
    client.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": [{"text": text}]}));
}

#[test]
fn an_edit_in_one_chapter_changes_what_is_said_of_another() {
    for files in [&[("one.md", ONE), ("two.md", TWO), ("ibid.toml", TOML)][..], &[("one.md", ONE), ("two.md", TWO)]] {
        let folder = folder(files);
        let mut client = Client::plain();
        open(&mut client, &folder, "two.md");
        assert_eq!(told(&mut client, &folder, "two.md"), [""; 0], "one.md is read from disk");
        open(&mut client, &folder, "one.md");
        assert_eq!(told(&mut client, &folder, "one.md"), [""; 0]);
        edit(&mut client, &folder, "one.md", 1, "Nothing.\n");
        assert_eq!(told(&mut client, &folder, "two.md"), ["short-without-full"]);
        edit(&mut client, &folder, "one.md", 2, ONE);
        assert_eq!(told(&mut client, &folder, "two.md"), [""; 0]);
        let place = json!({"textDocument": {"uri": uri(&folder, "two.md")}, "position": {"line": 2, "character": 8}});
        let definition = client.ask("textDocument/definition", place);
        assert_eq!(definition[0]["uri"], uri(&folder, "one.md"));
    }
}

#[test]
fn files_that_change_on_disk_are_read_again() {
    let folder = folder(&[("one.md", ONE), ("two.md", TWO), ("ibid.toml", TOML)]);
    let mut client = Client::plain();
    open(&mut client, &folder, "two.md");
    assert_eq!(told(&mut client, &folder, "two.md"), [""; 0]);
    write(folder.path(), "one.md", "Nothing.\n");
    changed(&mut client, &folder, "one.md");
    assert_eq!(told(&mut client, &folder, "two.md"), ["short-without-full"]);
    write(folder.path(), "one.md", ONE);
    // a client that watches nothing: it saves
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": uri(&folder, "two.md")}}));
    assert_eq!(told(&mut client, &folder, "two.md"), [""; 0]);
    std::fs::remove_file(folder.path().join("one.md")).unwrap();
    changed(&mut client, &folder, "one.md");
    assert_eq!(told(&mut client, &folder, "two.md"), ["short-without-full"]);
    assert_eq!(told(&mut client, &folder, "ibid.toml"), ["settings"], "the list names a file that is gone");
    write(folder.path(), "one.md", ONE);
    changed(&mut client, &folder, "one.md");
    assert_eq!(told(&mut client, &folder, "two.md"), [""; 0]);
}

#[test]
fn a_closed_chapter_is_read_as_it_stands_on_disk() {
    let folder = folder(&[("one.md", ONE), ("two.md", TWO), ("ibid.toml", TOML)]);
    let mut client = Client::plain();
    open(&mut client, &folder, "two.md");
    told(&mut client, &folder, "two.md");
    open(&mut client, &folder, "one.md");
    edit(&mut client, &folder, "one.md", 1, "Nothing.\n");
    assert_eq!(told(&mut client, &folder, "two.md"), ["short-without-full"]);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri(&folder, "one.md")}}));
    assert_eq!(told(&mut client, &folder, "two.md"), [""; 0]);
}

#[test]
fn two_roots_are_two_books() {
    let (a, b) = (folder(&[("one.md", ONE), ("two.md", TWO)]), folder(&[("two.md", TWO)]));
    let mut client = Client::plain();
    let added = [&a, &b].map(|f| json!({"uri": uri(f, ""), "name": "book"}));
    let event = json!({"event": {"added": added, "removed": []}});
    client.notify("workspace/didChangeWorkspaceFolders", event);
    open(&mut client, &a, "two.md");
    open(&mut client, &b, "two.md");
    assert_eq!(told(&mut client, &a, "two.md"), [""; 0]);
    assert_eq!(told(&mut client, &b, "two.md"), ["short-without-full"]);
}

#[test]
fn broken_settings_are_told_in_their_file_and_taken_back() {
    let folder = folder(&[("one.md", ONE), ("two.md", TWO), ("ibid.toml", TOML)]);
    let mut client = Client::plain();
    open(&mut client, &folder, "two.md");
    assert_eq!(told(&mut client, &folder, "two.md"), [""; 0]);
    write(folder.path(), "ibid.toml", "[files]\nchapter = []\n");
    changed(&mut client, &folder, "ibid.toml");
    let broken = client.wait_for(|m| m["params"]["uri"] == uri(&folder, "ibid.toml"))["params"]["diagnostics"].clone();
    let range = json!({"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 7}});
    assert_eq!(
        (broken.as_array().map(Vec::len), &broken[0]["range"], &broken[0]["severity"]),
        (Some(1), &range, &json!(1))
    );
    // mended in the editor, not yet saved
    open(&mut client, &folder, "ibid.toml");
    edit(&mut client, &folder, "ibid.toml", 1, &format!("{TOML}[rules]\nshort-without-full = \"error\"\n"));
    assert_eq!(told(&mut client, &folder, "ibid.toml"), [""; 0]);
    client.is_alive();
}

#[test]
fn the_whole_workspace_can_be_pulled() {
    let folder = folder(&[("one.md", ONE), ("two.md", TWO), ("sub/three.md", TWO)]);
    let mut client = Client::start();
    client.listen();
    let capabilities =
        json!({"textDocument": {"diagnostic": {}}, "workspace": {"diagnostic": {"refreshSupport": true}}});
    let roots = json!([{"uri": uri(&folder, ""), "name": "salt"}]);
    client.ask("initialize", json!({"capabilities": capabilities, "workspaceFolders": roots}));
    client.notify("initialized", json!({}));
    let mut seen = Value::Null;
    while seen["items"].as_array().map(Vec::len) != Some(3) {
        seen = client.ask("workspace/diagnostic", json!({"previousResultIds": []}));
    }
    let mut items: Vec<(String, Vec<String>)> = Vec::new();
    for item in seen["items"].as_array().unwrap() {
        items.push((item["uri"].as_str().unwrap().rsplit('/').next().unwrap().to_owned(), rules(&item["items"])));
    }
    items.sort();
    let expected = [("one.md", vec![]), ("three.md", vec!["short-without-full".to_owned()]), ("two.md", vec![])];
    assert_eq!(items, expected.map(|(name, rules)| (name.to_owned(), rules)));
    let known: Vec<Value> =
        seen["items"].as_array().unwrap().iter().map(|i| json!({"uri": i["uri"], "value": i["resultId"]})).collect();
    let again = client.ask("workspace/diagnostic", json!({"previousResultIds": known}));
    assert!(again["items"].as_array().unwrap().iter().all(|i| i["kind"] == "unchanged"), "{again}");
}

/// A first pull is answered when the other chapters are known.
#[test]
fn a_pull_waits_for_the_other_chapters() {
    let folder = folder(&[("one.md", ONE), ("two.md", TWO)]);
    let mut client = Client::with(json!({"textDocument": {"diagnostic": {}}}));
    open(&mut client, &folder, "two.md");
    let pulled = client.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri(&folder, "two.md")}}));
    assert_eq!(rules(&pulled["items"]), [""; 0]);
}

#[test]
fn a_long_reading_shows_its_progress_and_can_be_called_off() {
    let long = format!("{ONE}\n{}", "Words and more words of the salt trade, and nothing else.\n\n".repeat(2_500));
    let files: Vec<(String, &str)> = (0..32).map(|i| (format!("c{i}.md"), long.as_str())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let folder = folder(&[&files[..], &[("two.md", TWO)]].concat());
    let mut client = Client::with(json!({"window": {"workDoneProgress": true}}));
    open(&mut client, &folder, "two.md");
    let begun = client.wait_for(|m| m["params"]["value"]["kind"] == "begin");
    assert_eq!(begun["params"]["value"]["cancellable"], true);
    client.notify("window/workDoneProgress/cancel", json!({"token": begun["params"]["token"]}));
    client.wait_for(|m| m["params"]["value"]["kind"] == "end");
    told(&mut client, &folder, "two.md");
    client.is_alive();
}
