//! How a manuscript is stored: UTF-8 or UTF-16, with or without a byte-order mark.
//!
//! *The file as read* is its text in UTF-8 without the byte-order mark: every line, column and byte that `ibid`
//! reports counts in it. [`encode`] is the way back, so that a fix keeps the encoding. Of Word documents it is a rendition,
//! from which there is no way back: [`docx`].

pub mod docx;

use std::fmt;

/// How the bytes of a file stand for its text.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    #[default]
    Utf8,
    Utf8WithMark,
    Utf16LittleEndian,
    Utf16BigEndian,
    /// The text is a rendition: it cannot be stored.
    Docx,
}

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Where and why the bytes of a file are not text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotText {
    /// From 0, of the bytes of the file.
    pub byte: usize,
    /// From 1: line feeds before it.
    pub line: usize,
    /// What the file seems to be.
    looks: &'static str,
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let NotText { byte, line, looks } = self;
        write!(f, "not text at byte {byte} (line {line}): neither UTF-8 nor UTF-16 with a byte-order mark; {looks}")
    }
}

const EIGHT_BITS: &str = "an 8-bit encoding such as Windows-1252? save it as UTF-8";
const UTF16_BROKEN: &str = "its UTF-16 breaks off or is damaged there";
const UTF16_BARE: &str = "UTF-16 whose mark is lost? save it as UTF-8";
const UTF32: &str = "UTF-32? save it as UTF-8";
const BINARY: &str = "no text file at all?";

/// The text of a file and how it was stored.
///
/// # Errors
/// Where the bytes stop being text.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), NotText> {
    let (broken, looks) = match bytes.as_slice() {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => (0, UTF32),
        [0xff, 0xfe, rest @ ..] => match utf16(rest, u16::from_le_bytes) {
            Ok(text) => return Ok((text, Encoding::Utf16LittleEndian)),
            Err(at) => (at, UTF16_BROKEN),
        },
        [0xfe, 0xff, rest @ ..] => match utf16(rest, u16::from_be_bytes) {
            Ok(text) => return Ok((text, Encoding::Utf16BigEndian)),
            Err(at) => (at, UTF16_BROKEN),
        },
        [0xef, 0xbb, 0xbf, rest @ ..] => match std::str::from_utf8(rest) {
            Ok(text) => return Ok((text.to_owned(), Encoding::Utf8WithMark)),
            Err(e) => (UTF8_MARK.len() + e.valid_up_to(), seems(rest)),
        },
        bytes if is_bare_utf16(bytes) => (0, UTF16_BARE),
        _ => match String::from_utf8(bytes) {
            Ok(text) => return Ok((text, Encoding::Utf8)),
            Err(e) => {
                let at = e.utf8_error().valid_up_to();
                return Err(NotText::new(e.as_bytes(), at, seems(e.as_bytes())));
            }
        },
    };
    Err(NotText::new(&bytes, broken, looks))
}

impl NotText {
    fn new(bytes: &[u8], byte: usize, looks: &'static str) -> NotText {
        NotText { byte, line: 1 + memchr::memchr_iter(b'\n', &bytes[..byte]).count(), looks }
    }
}

fn seems(bytes: &[u8]) -> &'static str {
    if bytes.contains(&0) { BINARY } else { EIGHT_BITS }
}

/// Every other byte at its beginning is 0: letters of two bytes.
fn is_bare_utf16(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(256)];
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    head.len() >= 8 && even.max(odd) * 4 > head.len() && even.min(odd) == 0
}

/// The text of a file by its name: of a Word document the rendition.
///
/// # Errors
/// Why it cannot be read, in words.
pub fn read(name: &str, bytes: Vec<u8>) -> Result<(String, Encoding), String> {
    if name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("docx")) {
        let text = docx::text(&bytes).map_err(|why| format!("cannot be read as a Word document: {why}"))?;
        return Ok((text, Encoding::Docx));
    }
    decode(bytes).map_err(|broken| broken.to_string())
}

/// The bytes that store a text.
pub fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 | Encoding::Docx => text.as_bytes().to_vec(),
        Encoding::Utf8WithMark => [UTF8_MARK, text.as_bytes()].concat(),
        Encoding::Utf16LittleEndian => units(text, u16::to_le_bytes),
        Encoding::Utf16BigEndian => units(text, u16::to_be_bytes),
    }
}

/// Reads what follows a mark of two bytes.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, usize> {
    let pairs = bytes.chunks_exact(2);
    let odd = pairs.remainder().len();
    let mut text = String::with_capacity(bytes.len());
    let mut at = 2;
    for c in char::decode_utf16(pairs.map(|p| unit([p[0], p[1]]))) {
        let c = c.map_err(|_| at)?;
        text.push(c);
        at += 2 * c.len_utf16();
    }
    if odd == 0 { Ok(text) } else { Err(at) }
}

fn units(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_comes_back() {
        for encoding in [Encoding::Utf8, Encoding::Utf8WithMark, Encoding::Utf16LittleEndian, Encoding::Utf16BigEndian]
        {
            for text in ["", "Lur'e, é, 漢, 🦉\r\n"] {
                assert_eq!(decode(encode(text, encoding)), Ok((text.to_owned(), encoding)));
            }
        }
    }

    #[test]
    fn what_is_not_text_is_found_at_its_byte_and_line() {
        let at = |bytes: &[u8]| {
            let broken = decode(bytes.to_vec()).expect_err("it is not text");
            (broken.byte, broken.line, broken.looks)
        };
        assert_eq!(at(b"ab\xe9"), (2, 1, EIGHT_BITS));
        assert_eq!(at(b"\xef\xbb\xbfa\n\xe9"), (5, 2, EIGHT_BITS));
        assert_eq!(at(b"\xff\xfea\0b"), (4, 1, UTF16_BROKEN), "half a unit");
        assert_eq!(at(b"\xfe\xff\xd8\0\0a"), (2, 1, UTF16_BROKEN), "half a pair");
        assert_eq!(at(b"a\0b\0c\0d\0e\0"), (0, 1, UTF16_BARE));
        assert_eq!(at(b"\xff\xfe\0\0a\0\0\0"), (0, 1, UTF32));
        assert_eq!(at(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), (0, 1, BINARY));
    }

    #[test]
    fn odd_texts_are_texts() {
        for bytes in [&b""[..], b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"a\0b", b"a\rb\r"] {
            let (text, encoding) = decode(bytes.to_vec()).expect("it is text");
            assert_eq!(encode(&text, encoding), bytes);
        }
    }
}
