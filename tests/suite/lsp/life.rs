//! A long session: whatever is typed and asked, the server says what one that has just opened the text would say.
//!
//! `IBID_EDITS=100000 cargo test --release --test suite lsp::life` types and asks as often as that.

use super::{Client, URI, change, framed, utf16};
use serde_json::{Value, json};

/// What is typed: what makes and breaks notes, citations and names.
#[rustfmt::skip]
const TYPED: [&str; 28] = [
    "a", "e", " ", ".", "1", "\n", "\n\n", "😀", "é", "e\u{301}", "[^3]", "[^4]: ", "[^", "]", "Ibid.", "Ibid., 14. ", "; ", "Smith, *Bees*, 3",
    "John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12. ", "see note 2", "*", "“", "”", "[@doe99, p. 3]", "Vyshinskii ", "Vyshinsky ",
    "# Heading\n\n", "<!-- ibid: allow ibid-form -->",
];

const TEXT: &str = "\
# The Bees 🐝

Bees were kept.[^1] Vyshinskii kept them too.[^2] Ezhov did not.[^3] Vyshinsky knew.[^4]

[^1]: John Smith, *The History of Bees* (Oxford: Clarendon Press, 1990), 12.
[^2]: Ibid., 14.
[^3]: Smith, *History of Bees*, 15; see note 1.
[^4]: GARF, f. 5459, op. 9, d. 150, l. 4.
";
/// The text does not grow for ever.
const LARGE: usize = 4000;

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }

    fn letter(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        // an editor's cursor does not stand within a letter
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

struct Session {
    dice: Dice,
    text: String,
    version: i64,
}

struct Asked {
    id: String,
    method: &'static str,
    params: Value,
    version: i64,
    text: String,
}

impl Session {
    fn edit(&mut self) -> Value {
        self.version += 1;
        let from = self.dice.letter(&self.text);
        let many = if self.text.len() > LARGE { 600 } else { 4 };
        let mut to = (from + self.dice.below(many)).min(self.text.len());
        while !self.text.is_char_boundary(to) {
            to += 1;
        }
        let typed: String = (0..self.dice.below(3)).map(|_| TYPED[self.dice.below(TYPED.len())]).collect();
        let range = json!({"start": utf16(&self.text, from), "end": utf16(&self.text, to)});
        self.text.replace_range(from..to, &typed);
        change(self.version, json!([{"range": range, "text": typed}]))
    }

    fn ask(&mut self) -> Asked {
        let at = self.dice.letter(&self.text);
        let position = utf16(&self.text, at);
        let document = json!({"uri": URI});
        let there = json!({"textDocument": document, "position": position});
        let whole = json!({"start": {"line": 0, "character": 0}, "end": utf16(&self.text, self.text.len())});
        let with = |key: &str, value: Value| {
            let mut params = there.clone();
            params[key] = value;
            params
        };
        let file = json!({"textDocument": document});
        let (method, params) = match self.dice.below(15) {
            0 => ("textDocument/definition", there),
            1 => ("textDocument/declaration", there),
            2 => ("textDocument/hover", there),
            3 => ("textDocument/references", with("context", json!({"includeDeclaration": true}))),
            4 => ("textDocument/documentHighlight", there),
            5 => ("textDocument/documentSymbol", file),
            6 => ("textDocument/foldingRange", file),
            7 => ("textDocument/codeLens", file),
            8 => ("textDocument/diagnostic", file),
            9 => ("textDocument/semanticTokens/full", file),
            10 => ("textDocument/completion", there),
            11 => ("textDocument/rename", with("newName", json!("77"))),
            12 => ("textDocument/inlayHint", json!({"textDocument": document, "range": whole})),
            13 => ("textDocument/selectionRange", json!({"textDocument": document, "positions": [position]})),
            _ => {
                let place = json!({"start": position, "end": position});
                (
                    "textDocument/codeAction",
                    json!({"textDocument": document, "range": place, "context": {"diagnostics": []}}),
                )
            }
        };
        let id = format!("{} {}", self.version, self.dice.below(usize::MAX));
        Asked { id, method, params, version: self.version, text: self.text.clone() }
    }
}

fn client() -> Client {
    Client::with(json!({
        "textDocument": {
            "diagnostic": {},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        },
        "workspace": {"workspaceEdit": {"documentChanges": true}},
    }))
}

/// What a server calls its versions is its own affair.
fn plain(mut answer: Value) -> Value {
    match &mut answer {
        Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "resultId" | "serial" | "id"));
            map.values_mut().for_each(|v| *v = plain(v.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|v| *v = plain(v.take())),
        _ => {}
    }
    answer
}

#[test]
fn every_answer_is_that_of_a_fresh_server() {
    let edits = std::env::var("IBID_EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(300);
    let (mut client, mut fresh) = (client(), client());
    let mut session = Session { dice: Dice(0x9e37_79b9_7f4a_7c15), text: TEXT.to_owned(), version: 0 };
    client.open_as(URI, "markdown", TEXT);
    while session.version < edits {
        let (mut messages, mut asked) = (Vec::new(), Vec::new());
        for _ in 0..40 {
            messages.push(session.edit());
            if session.dice.below(4) == 0 {
                let ask = session.ask();
                messages.push(json!({"jsonrpc": "2.0", "id": ask.id, "method": ask.method, "params": ask.params}));
                asked.push(ask);
            }
        }
        let frames: Vec<u8> = messages.iter().flat_map(|m| framed(m.to_string().as_bytes())).collect();
        client.write(&frames);
        for ask in asked {
            let said = client.answer(ask.id.clone());
            let document = json!({"uri": URI, "languageId": "markdown", "version": ask.version, "text": ask.text});
            fresh.notify("textDocument/didOpen", json!({"textDocument": document}));
            let id = fresh.request(ask.method, ask.params.clone());
            let wanted = fresh.answer(id);
            fresh.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}}));
            assert_eq!(
                plain(said),
                plain(wanted),
                "{} {} of version {}:\n{}",
                ask.method,
                ask.params,
                ask.version,
                ask.text
            );
        }
        assert_eq!(client.text(), (session.text.clone(), session.version));
    }
}
