//! How a session begins and ends, and clients that behave oddly in between.

use super::{Client, URI, framed};
use serde_json::{Value, json};

#[test]
fn exit_ends_the_process_while_input_is_open() {
    let mut polite = Client::plain();
    polite.ask("shutdown", Value::Null);
    polite.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(polite.exit_code(), Some(0));

    let mut abrupt = Client::plain();
    abrupt.send(&json!({"jsonrpc": "2.0", "method": "exit"}));
    assert_eq!(abrupt.exit_code(), Some(1));
}

#[test]
fn the_end_of_input_ends_the_process() {
    let mut client = Client::plain();
    client.close_input();
    assert_eq!(client.exit_code(), Some(1));
}

#[test]
fn the_answer_to_shutdown_is_written_although_exit_follows_at_once() {
    let mut client = Client::plain();
    let shutdown = json!({"jsonrpc": "2.0", "id": "last", "method": "shutdown"});
    let exit = json!({"jsonrpc": "2.0", "method": "exit"});
    client.write(&[framed(shutdown.to_string().as_bytes()), framed(exit.to_string().as_bytes())].concat());
    assert_eq!(client.answer("last")["result"], Value::Null);
    assert_eq!(client.exit_code(), Some(0));
}

#[test]
fn requests_before_initialize_are_refused_and_notifications_ignored() {
    let mut client = Client::start();
    client.listen();
    client.open("lost");
    let id = client.request("textDocument/hover", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32002);
    client.ask("initialize", json!({"capabilities": {}}));
    assert_eq!(client.ask("ibid/documentText", json!({"uri": URI})), Value::Null);
}

#[test]
fn a_client_that_does_not_wait_for_the_answer_to_initialize_loses_nothing() {
    let mut client = Client::start();
    let id = client.request("initialize", json!({"capabilities": {}}));
    client.notify("initialized", json!({}));
    client.open("kept");
    client.listen();
    assert_eq!(client.text(), ("kept".to_owned(), 0));
    assert!(client.answer(id)["result"].is_object());
}

/// Were the server to wait for its answers to be read, neither side would ever go on.
#[test]
fn three_thousand_requests_before_the_first_answer_is_read() {
    let mut client = Client::start();
    client.request("initialize", json!({"capabilities": {}}));
    client.open(&"a line of text\n".repeat(300));
    for _ in 0..3000 {
        client.request("ibid/documentText", json!({"uri": URI}));
    }
    client.listen();
    let last = client.request("ibid/documentText", json!({"uri": URI}));
    for id in 2..=last {
        assert!(client.answer(id)["result"]["text"].is_string());
    }
}

#[test]
fn a_cancelled_request_is_answered_once_either_way() {
    let mut client = Client::plain();
    client.open(&"Words and more words.\n".repeat(20_000));
    for round in 0..50 {
        let id = format!("round {round}");
        let params = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
        let ask = json!({"jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params});
        let cancel = json!({"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": id}});
        client.write(&[framed(ask.to_string().as_bytes()), framed(cancel.to_string().as_bytes())].concat());
        let answer = client.answer(id);
        assert!(answer["error"]["code"] == -32800 || answer.get("error").is_none(), "{answer}");
    }
    client.is_alive();
}

#[cfg(target_os = "linux")]
#[test]
fn the_server_ends_with_the_process_of_its_client() {
    let mut editor = std::process::Command::new("sleep").arg("600").spawn().unwrap();
    let mut client = Client::start();
    client.listen();
    client.ask("initialize", json!({"processId": editor.id(), "capabilities": {}}));
    client.is_alive();
    editor.kill().unwrap();
    editor.wait().unwrap();
    assert_eq!(client.exit_code(), Some(1));
}
