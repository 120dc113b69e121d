//! Changes are applied as they were typed; a request is answered from the text of its own place in the order.

use super::{Client, URI, change, framed, utf16};
use serde_json::{Value, json};

/// Numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

fn frames(messages: &[Value]) -> Vec<u8> {
    messages.iter().flat_map(|m| framed(m.to_string().as_bytes())).collect()
}

#[test]
fn a_thousand_pipelined_insertions_end_where_the_model_ends() {
    let mut client = Client::plain();
    client.open("start\n");
    let (mut model, mut dice, mut messages) = (String::from("start\n"), Dice(88172645463325252), Vec::new());
    for version in 1..=1000i64 {
        let at = dice.below(model.len());
        let letter = char::from(b'a' + (version % 26) as u8).to_string();
        let place = json!({"line": 0, "character": at});
        messages.push(change(version, json!([{"range": {"start": place, "end": place}, "text": letter}])));
        model.insert_str(at, &letter);
    }
    client.write(&frames(&messages));
    assert_eq!(client.text(), (model, 1000));
}

#[test]
fn random_edits_in_utf16_end_where_the_model_ends() {
    const TYPED: [&str; 9] = ["a", "é", "😀", "𝔘𝔫", "\n", "א", "e\u{301}", "\u{2028}", "Ibid. "];
    let (mut dice, mut model) = (Dice(20260701), String::from("Ω 😀 one\ntwo 𝔘\n"));
    let mut client = Client::plain();
    client.open(&model);
    let mut messages = Vec::new();
    for version in 1..=600 {
        let mut changes = Vec::new();
        for _ in 0..1 + dice.below(3) {
            let letters: Vec<usize> = model.char_indices().map(|(at, _)| at).chain([model.len()]).collect();
            let from = dice.below(letters.len());
            let to = (from + dice.below(5)).min(letters.len() - 1);
            let (from, to) = (letters[from], letters[to]);
            let text: String = (0..dice.below(4)).map(|_| TYPED[dice.below(TYPED.len())]).collect();
            let range = json!({"start": utf16(&model, from), "end": utf16(&model, to)});
            changes.push(json!({"range": range, "text": text}));
            model.replace_range(from..to, &text);
        }
        messages.push(change(version, json!(changes)));
    }
    client.write(&frames(&messages));
    assert_eq!(client.text(), (model, 600));
}

#[test]
fn a_request_is_answered_from_the_version_of_its_place() {
    let mut client = Client::plain();
    client.open("0");
    let (mut messages, mut wanted) = (Vec::new(), Vec::new());
    for version in 1..=300 {
        messages.push(change(version, json!([{"text": version.to_string()}])));
        if version % 3 == 0 {
            let id = format!("at {version}");
            messages.push(json!({"jsonrpc": "2.0", "id": id, "method": "ibid/documentText", "params": {"uri": URI}}));
            wanted.push((id, version));
        }
    }
    client.write(&frames(&messages));
    for (id, version) in wanted {
        let document = client.answer(id)["result"].clone();
        assert_eq!(document, json!({"version": version, "text": version.to_string()}));
    }
}

#[test]
fn a_whole_text_replaces_whatever_there_was() {
    let mut client = Client::plain();
    client.open("one\r\ntwo\r\n");
    client.change(1, json!([{"text": "\u{feff}new 😀\r\nlines"}]));
    let place = json!({"line": 0, "character": 99});
    client.change(2, json!([{"range": {"start": place, "end": place}, "text": "!"}]));
    assert_eq!(client.text(), ("\u{feff}new 😀!\r\nlines".to_owned(), 2));
}
