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
