//! Frames in and out: what arrives is checked before the server sees it, what leaves never waits for the client.
//!
//! A frame that cannot be used is answered and skipped; the session goes on. Both pumps are plain threads: one
//! reads standard input as fast as the client writes, the other writes whole frames from a queue without bound, so
//! that a client that is busy writing cannot stop us reading.

use serde_json::{Map, Value};
use std::io::{self, BufRead, Read, Write};
use std::sync::mpsc::Receiver;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};

/// One message of the client.
#[derive(Debug, PartialEq)]
pub enum Message {
    /// A request or a notification.
    Call(Request),
    /// The answer to a request of ours.
    Answer(Response),
    /// Nothing usable; this is to be sent back.
    Refused(Response),
}

/// The largest body taken, in bytes.
const CAP: u64 = 512 << 20;
/// The longest header line looked at, in bytes.
const LINE: u64 = 64 << 10;

/// Reads frames to the end of the input. `take` says whether to go on.
pub fn read(mut input: impl BufRead, mut take: impl FnMut(Message) -> bool) -> io::Result<()> {
    loop {
        let messages = match header(&mut input)? {
            Header::End => return Ok(()),
            Header::Unusable => vec![refused(Id::Null, Error::parse_error())],
            Header::Length(length) if length > CAP => {
                io::copy(&mut (&mut input).take(length), &mut io::sink())?;
                vec![refused(Id::Null, Error::invalid_request())]
            }
            Header::Length(length) => {
                let mut body = Vec::with_capacity(length as usize);
                (&mut input).take(length).read_to_end(&mut body)?;
                unpack(&body)
            }
        };
        if !messages.into_iter().all(&mut take) {
            return Ok(());
        }
    }
}

enum Header {
    Length(u64),
    /// A block of lines without a length in it.
    Unusable,
    End,
}

fn header(input: &mut impl BufRead) -> io::Result<Header> {
    let (mut length, mut begun) = (None, false);
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(if begun { Header::Unusable } else { Header::End });
        }
        if line.trim_ascii().is_empty() {
            match (length, begun) {
                (Some(length), _) => return Ok(Header::Length(length)),
                (None, true) => return Ok(Header::Unusable),
                (None, false) => continue,
            }
        }
        begun = true;
        length = content_length(&line).or(length);
    }
}

/// The length a header line gives. Its name may stand behind junk: the body of a frame without a usable length
/// runs into the next header.
fn content_length(line: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"content-length";
    let at = line.windows(NAME.len()).rposition(|w| w.eq_ignore_ascii_case(NAME))?;
    let value = line[at + NAME.len()..].trim_ascii().strip_prefix(b":")?;
    std::str::from_utf8(value.trim_ascii()).ok()?.parse().ok()
}

/// The messages of a body: one, or those of a batch.
pub fn unpack(body: &[u8]) -> Vec<Message> {
    match serde_json::from_slice(body) {
        Ok(Value::Array(batch)) if !batch.is_empty() => batch.into_iter().map(message).collect(),
        Ok(value) => vec![message(value)],
        Err(_) => vec![refused(Id::Null, Error::parse_error())],
    }
}

fn message(value: Value) -> Message {
    let Value::Object(mut object) = value else { return refused(Id::Null, Error::invalid_request()) };
    match object.remove("method") {
        Some(Value::String(method)) => call(method, object),
        Some(_) => refused(Id::Null, Error::invalid_request()),
        None => {
            object.insert("jsonrpc".into(), "2.0".into());
            let answer = serde_json::from_value(Value::Object(object));
            answer.map_or_else(|_| refused(Id::Null, Error::invalid_request()), Message::Answer)
        }
    }
}

/// `"params": null` is what some clients send for none.
fn call(method: String, mut object: Map<String, Value>) -> Message {
    let id = match object.remove("id").map(serde_json::from_value::<Id>).transpose() {
        Ok(id) => id,
        Err(_) => return refused(Id::Null, Error::invalid_request()),
    };
    let call = Request::build(method);
    let call = match object.remove("params") {
        None | Some(Value::Null) => call,
        Some(params @ (Value::Object(_) | Value::Array(_))) => call.params(params),
        Some(_) => return refused(id.unwrap_or_default(), Error::invalid_request()),
    };
    Message::Call(match id {
        Some(id) => call.id(id).finish(),
        None => call.finish(),
    })
}

fn refused(id: Id, error: Error) -> Message {
    Message::Refused(Response::from_error(id, error))
}

/// A message as it goes over the wire.
pub fn frame(message: &impl serde::Serialize) -> Vec<u8> {
    let body = serde_json::to_vec(message).unwrap_or_default();
    let mut frame = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    frame.extend_from_slice(&body);
    frame
}

/// Writes frames until the queue is closed; flushes whenever it is empty.
pub fn write(mut output: impl Write, frames: &Receiver<Vec<u8>>) -> io::Result<()> {
    while let Ok(frame) = frames.recv() {
        output.write_all(&frame)?;
        while let Ok(next) = frames.try_recv() {
            output.write_all(&next)?;
        }
        output.flush()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8]) -> Vec<String> {
        let mut seen = Vec::new();
        let name = |m: Message| match m {
            Message::Call(call) => call.method().to_owned(),
            Message::Answer(_) => "answer".to_owned(),
            Message::Refused(r) => r.error().map_or_else(String::new, |e| e.code.code().to_string()),
        };
        read(input, |m| {
            seen.push(name(m));
            true
        })
        .unwrap();
        seen
    }

    fn framed(body: &[u8]) -> Vec<u8> {
        [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
    }

    const GOOD: &[u8] = br#"{"jsonrpc":"2.0","method":"good"}"#;

    #[test]
    fn a_bad_frame_is_answered_and_the_next_one_read() {
        let bad: &[(&[u8], &str)] = &[
            (b"{bad}", "-32700"),
            (b"", "-32700"),
            (b"{}", "-32600"),
            (b"[]", "-32600"),
            (b"7", "-32600"),
            (br#"{"id":1}"#, "-32600"),
            (br#"{"id":1.5,"method":"x"}"#, "-32600"),
            (br#"{"id":1,"method":7}"#, "-32600"),
            (br#"{"id":1,"method":"x","params":7}"#, "-32600"),
            (b"{\"jsonrpc\":\"2.0\",\"method\":\"x\xff\"}", "-32700"),
        ];
        for (body, code) in bad {
            let input = [framed(body), framed(GOOD)].concat();
            assert_eq!(all(&input), [*code, "good"], "{}", String::from_utf8_lossy(body));
        }
    }

    #[test]
    fn headers_are_read_as_clients_write_them() {
        let lower = format!("content-length: {}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n", GOOD.len());
        assert_eq!(all(&[lower.as_bytes(), GOOD].concat()), ["good"]);
        let late = format!("Content-Type: x\r\nCONTENT-LENGTH:{}\n\n", GOOD.len());
        assert_eq!(all(&[late.as_bytes(), GOOD].concat()), ["good"]);
        assert_eq!(all(&[b"junk\r\n\r\n", framed(GOOD).as_slice()].concat()), ["-32700", "good"]);
        let lost = b"Content-Length: many\r\n\r\n{\"method\":\"lost\"}";
        assert_eq!(all(&[lost, framed(GOOD).as_slice()].concat()), ["-32700", "good"]);
        assert_eq!(all(&[framed(GOOD).as_slice(), b"Content-Length: 99\r\n\r\n{"].concat()), ["good", "-32700"]);
    }

    #[test]
    fn a_batch_is_its_messages() {
        let batch = br#"[{"id":1,"method":"a"},5,{"id":2,"result":null},{"method":"b","params":null}]"#;
        assert_eq!(all(&framed(batch)), ["a", "-32600", "answer", "b"]);
    }

    #[test]
    fn params_null_are_no_params() {
        let [Message::Call(call)] = &unpack(br#"{"id":1,"method":"shutdown","params":null}"#)[..] else { panic!() };
        assert_eq!(call.params(), None);
    }
}
