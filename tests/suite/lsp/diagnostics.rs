//! Diagnostics: pushed or pulled, of the newest version, taken back at the end.

use super::{Client, URI};
use serde_json::{Value, json};

const PUBLISH: &str = "textDocument/publishDiagnostics";

#[test]
fn pushed_with_their_version_and_taken_back_on_close() {
    let mut client = Client::plain();
    client.open("A text.\n");
    assert_eq!(client.published(Some(0))["uri"], URI);
    client.change(7, json!([{"text": "Another text.\n"}]));
    client.published(Some(7));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    assert_eq!(client.published(None)["diagnostics"], json!([]));
}

#[test]
fn versions_never_go_back_and_the_last_one_comes() {
    let mut client = Client::plain();
    client.open("0");
    for version in 1..=200 {
        client.change(version, json!([{"text": format!("{version}\n").repeat(50)}]));
    }
    let mut seen = Vec::new();
    while seen.last() != Some(&200) {
        let told = client.wait_for(|m| m["method"] == PUBLISH);
        seen.push(told["params"]["version"].as_i64().unwrap());
    }
    assert!(seen.is_sorted(), "{seen:?}");
}

#[test]
fn a_client_that_pulls_is_pushed_nothing() {
    let mut client = Client::with(json!({"textDocument": {"diagnostic": {}}}));
    client.open("A text.\n");
    let pull = |known: Option<&str>| json!({"textDocument": {"uri": URI}, "previousResultId": known});
    let first = client.ask("textDocument/diagnostic", pull(None));
    assert_eq!((&first["kind"], first["items"].is_array()), (&json!("full"), true));
    let again = client.ask("textDocument/diagnostic", pull(first["resultId"].as_str()));
    assert_eq!((&again["kind"], &again["resultId"]), (&json!("unchanged"), &first["resultId"]));
    client.change(1, json!([{"text": "Another.\n"}]));
    let changed = client.ask("textDocument/diagnostic", pull(first["resultId"].as_str()));
    assert_eq!(changed["kind"], "full");
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
    client.ask("shutdown", Value::Null);
    assert!(client.notifications.iter().all(|m| m["method"] != PUBLISH), "{:?}", client.notifications);
}

#[test]
fn what_the_server_offers_follows_what_the_client_can() {
    let mut pulls = Client::start();
    pulls.listen();
    let offer = json!({"general": {"positionEncodings": ["utf-16", "utf-8"]}, "textDocument": {"diagnostic": {}}});
    let answer = pulls.ask("initialize", json!({"capabilities": offer}));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
    assert!(answer["capabilities"]["diagnosticProvider"].is_object());
    let mut plain = Client::start();
    plain.listen();
    let answer = plain.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert!(answer["capabilities"].get("diagnosticProvider").is_none());
}

/// Other people's files are kept in step and left alone.
#[test]
fn a_program_is_not_a_manuscript() {
    let mut client = Client::plain();
    client.open_as("file:///nowhere/main.rs", "rust", "fn main() {}\n");
    let position = json!({"line": 0, "character": 0});
    let place = json!({"textDocument": {"uri": "file:///nowhere/main.rs"}, "position": position});
    assert_eq!(client.ask("textDocument/hover", place), Value::Null);
    assert!(client.notifications.iter().all(|m| m["params"]["diagnostics"] == json!([]) || m["method"] != PUBLISH));
}

fn rules(published: &Value) -> Vec<&str> {
    published["diagnostics"].as_array().unwrap().iter().map(|d| d["code"].as_str().unwrap()).collect()
}

#[test]
fn settings_are_those_of_the_nearest_file_and_follow_its_changes() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("ibid.toml");
    std::fs::create_dir(folder.path().join("inner")).unwrap();
    std::fs::write(&settings, "[rules]\ndoubled-punctuation = \"off\"\n").unwrap();
    let uri = format!("file://{}/inner/a.txt", folder.path().display());
    let watched = json!({"changes": [{"uri": format!("file://{}", settings.display()), "type": 2}]});
    let mut client = Client::plain();
    client.open_as(&uri, "plaintext", "A text,, with too many commas.\n");
    assert!(!rules(&client.published(Some(0))).contains(&"doubled-punctuation"));
    std::fs::write(&settings, "[rules]\ndoubled-punctuation = \"error\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", watched.clone());
    let published = client.published(Some(0));
    assert_eq!(rules(&published), ["doubled-punctuation"]);
    assert_eq!(published["diagnostics"][0]["severity"], 1);
    std::fs::write(&settings, "[rules]\ndoubled-punctation = \"error\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", watched);
    let told = client.wait_for(|m| m["method"] == "window/showMessage");
    assert!(told["params"]["message"].as_str().unwrap().contains("ibid.toml:2:1"), "{told}");
}

/// Reading only what changed must end where reading everything does.
#[test]
fn after_many_edits_the_diagnostics_are_those_of_a_fresh_read() {
    let notes = "\n\n¹ John Smith, *Bees* (London: Faber, 1990), 12.\n\n² Ibid, p. 13.\n\n³ Ibid., pp. 14.\n";
    let mut client = Client::plain();
    client.open(&format!("One.¹ Two.² Three.³{notes}"));
    let typed = [(0, 0, "😀 "), (0, 4, ",, "), (4, 2, "See "), (6, 0, "x"), (2, 15, "*"), (0, 2, "")];
    for (version, (line, character, text)) in typed.iter().enumerate() {
        let place = json!({"line": line, "character": character});
        client.change(version as i64 + 1, json!([{"range": {"start": place, "end": place}, "text": text}]));
        client.published(Some(version as i64 + 1));
    }
    let (text, last) = client.text();
    client.change(last + 1, json!([{"text": text}]));
    let edited = client.published(Some(last + 1))["diagnostics"].clone();
    let mut fresh = Client::plain();
    fresh.open(&text);
    assert_eq!(fresh.published(Some(0))["diagnostics"], edited);
}
