//! Bad frames of every kind are answered and skipped.

use super::{Client, URI, framed};
use serde_json::{Value, json};

fn refusal(client: &mut Client, bytes: &[u8]) -> Value {
    client.write(bytes);
    let answer = client.answer(Value::Null);
    client.is_alive();
    answer["error"]["code"].clone()
}

#[test]
fn bad_frames_are_answered_and_the_session_goes_on() {
    let mut client = Client::plain();
    let bad: &[(&[u8], i64)] = &[
        (&framed(b"{bad}"), -32700),
        (&framed(b""), -32700),
        (&framed(b"{}"), -32600),
        (&framed(b"[]"), -32600),
        (&framed(b"null"), -32600),
        (&framed(br#"{"jsonrpc":"2.0","id":9}"#), -32600),
        (&framed(br#"{"jsonrpc":"2.0","id":[1],"method":"x"}"#), -32600),
        (&framed(b"{\"jsonrpc\":\"2.0\",\"method\":\"x\xff\"}"), -32700),
        (b"hello world\r\n\r\n", -32700),
        (b"Content-Length: some\r\n\r\n", -32700),
        (b"Content-Length: -5\r\n\r\n", -32700),
    ];
    for (bytes, code) in bad {
        assert_eq!(refusal(&mut client, bytes), *code, "{}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_batch_is_answered_message_by_message() {
    let mut client = Client::plain();
    let ask = |id: &str| json!({"jsonrpc": "2.0", "id": id, "method": "ibid/documentText", "params": {"uri": URI}});
    client.send(&json!([ask("a"), 5, ask("b")]));
    assert!(client.answer("a").get("error").is_none());
    assert!(client.answer("b").get("error").is_none());
    assert_eq!(client.answer(Value::Null)["error"]["code"], -32600);
}

#[test]
fn headers_in_any_case_and_order() {
    let mut client = Client::plain();
    let body = json!({"jsonrpc": "2.0", "id": "x", "method": "ibid/documentText", "params": {"uri": URI}}).to_string();
    let head =
        format!("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length: {}\r\n\r\n", body.len());
    client.write(head.as_bytes());
    client.write(body.as_bytes());
    assert_eq!(client.answer("x")["result"], Value::Null);
}

#[test]
fn shutdown_with_params_null() {
    let mut client = Client::plain();
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
}

#[test]
fn what_nobody_knows_is_answered_or_ignored() {
    let mut client = Client::plain();
    let id = client.request("ibid/unheardOf", json!({}));
    assert_eq!(client.answer(id)["error"]["code"], -32601);
    client.notify("$/unheardOf", json!({}));
    client.notify("textDocument/didChange", json!({"nonsense": 1}));
    client.notify("textDocument/didChange", json!({"textDocument": {"uri": URI, "version": 1}, "contentChanges": []}));
    client.is_alive();
    let id = client.request("textDocument/hover", json!({"nonsense": 1}));
    assert_eq!(client.answer(id)["error"]["code"], -32602);
    client.is_alive();
}
