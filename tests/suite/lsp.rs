//! The language server, driven as an editor drives it: the real binary, raw frames. Time limits only end a test that hangs.

mod actions;
mod answers;
mod diagnostics;
mod frames;
mod library;
mod life;
mod order;
mod projects;
mod scenario;
mod session;
mod structure;
mod typing;

use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Far longer than anything takes.
const PATIENCE: Duration = Duration::from_secs(60);
pub const URI: &str = "file:///nowhere/manuscript.txt";

pub struct Client {
    process: Child,
    input: Option<ChildStdin>,
    output: Output,
    last: i64,
    answers: HashMap<String, Value>,
    /// What the server said of itself, in order.
    pub notifications: Vec<Value>,
    /// The methods of its requests.
    requests: Vec<String>,
    /// What it is told of our settings.
    pub configuration: Option<Value>,
}

enum Output {
    Unread(ChildStdout),
    Read(Receiver<Value>),
}

impl Client {
    /// A server that was not yet spoken to.
    pub fn start() -> Client {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
        command.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let (input, output) = (process.stdin.take(), Output::Unread(process.stdout.take().unwrap()));
        Client {
            process,
            input,
            output,
            last: 0,
            answers: HashMap::new(),
            notifications: Vec::new(),
            requests: Vec::new(),
            configuration: None,
        }
    }

    /// A server that knows a client of these capabilities.
    pub fn with(capabilities: Value) -> Client {
        let mut client = Client::start();
        client.listen();
        let id = client.request("initialize", json!({"capabilities": capabilities}));
        let answer = client.answer(id);
        assert!(answer["result"]["capabilities"].is_object(), "{answer}");
        client.notify("initialized", json!({}));
        client
    }

    pub fn plain() -> Client {
        Client::with(json!({}))
    }

    /// Begins to read what the server writes.
    pub fn listen(&mut self) {
        let (sender, receiver) = channel();
        let Output::Unread(output) = std::mem::replace(&mut self.output, Output::Read(receiver)) else { return };
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read_frame(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
    }

    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).and_then(|()| input.flush()).unwrap();
    }

    pub fn send(&mut self, message: &Value) {
        self.write(&framed(message.to_string().as_bytes()));
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Sends a request; its id.
    pub fn request(&mut self, method: &str, params: Value) -> i64 {
        self.last += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.last, "method": method, "params": params}));
        self.last
    }

    /// The answer to a request, errors included.
    pub fn answer(&mut self, id: impl Into<Value>) -> Value {
        let id = id.into().to_string();
        loop {
            if let Some(answer) = self.answers.remove(&id) {
                return answer;
            }
            let message = self.receive();
            self.file(message);
        }
    }

    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Waits for a notification that fits.
    pub fn wait_for(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            if let Some(at) = self.notifications.iter().position(&fits) {
                return self.notifications.remove(at);
            }
            let message = self.receive();
            self.file(message);
        }
    }

    /// The next publication of this version, or of none.
    pub fn published(&mut self, version: Option<i64>) -> Value {
        let fits =
            |m: &Value| m["method"] == "textDocument/publishDiagnostics" && m["params"]["version"].as_i64() == version;
        self.wait_for(fits)["params"].clone()
    }

    fn receive(&mut self) -> Value {
        let Output::Read(receiver) = &self.output else { panic!("nobody listens") };
        receiver.recv_timeout(PATIENCE).expect("the server to say something")
    }

    /// Waits until the server has asked for something.
    pub fn wait_for_request(&mut self, method: &str) {
        while !self.requests.iter().any(|m| m == method) {
            let message = self.receive();
            self.file(message);
        }
    }

    /// Requests of the server are answered with null, but for one for our settings.
    fn file(&mut self, message: Value) {
        match (message.get("id"), message.get("method")) {
            (Some(id), Some(method)) => {
                let settings = self.configuration.as_ref().filter(|_| method == "workspace/configuration");
                let result = settings.map_or(Value::Null, |settings| json!([settings]));
                self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
                self.requests.push(method.as_str().unwrap_or_default().to_owned());
            }
            (Some(id), None) => drop(self.answers.insert(id.to_string(), message)),
            _ => self.notifications.push(message),
        }
    }

    pub fn open(&mut self, text: &str) {
        self.open_as(URI, "plaintext", text);
    }

    pub fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": language, "version": 0, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    pub fn change(&mut self, version: i64, changes: Value) {
        self.send(&change(version, changes));
    }

    /// The text and version the server has.
    pub fn text(&mut self) -> (String, i64) {
        let document = self.ask("ibid/documentText", json!({"uri": URI}));
        (document["text"].as_str().unwrap().to_owned(), document["version"].as_i64().unwrap())
    }

    pub fn is_alive(&mut self) {
        let answer = self.ask("ibid/documentText", json!({"uri": "file:///nowhere/else.txt"}));
        assert_eq!(answer, Value::Null);
    }

    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Waits for the process to end; its exit code.
    pub fn exit_code(&mut self) -> Option<i32> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the server does not end");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub fn change(version: i64, changes: Value) -> Value {
    let document = json!({"uri": URI, "version": version});
    let params = json!({"textDocument": document, "contentChanges": changes});
    json!({"jsonrpc": "2.0", "method": "textDocument/didChange", "params": params})
}

pub fn framed(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

fn read_frame(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().split_once(": ") {
            Some(("Content-Length", n)) => length = n.parse().ok()?,
            _ if line.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Line and UTF-16 column of a byte.
pub fn utf16(text: &str, byte: usize) -> Value {
    let line = text[..byte].matches('\n').count();
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    json!({"line": line, "character": text[start..byte].encode_utf16().count()})
}
