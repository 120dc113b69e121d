//! How a manuscript is stored: UTF-8 or UTF-16, with or without a byte-order mark.
//!
//! *The file as read* is its text in UTF-8 without the byte-order mark: every line, column and byte that `ibid`
//! reports counts in it. [`encode`] is the way back, so that a fix keeps the encoding. Of Word documents it is a rendition,
//! from which there is no way back: [`docx`].

pub mod docx;

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

/// The text of a file and how it was stored.
///
/// # Errors
/// The byte (from 0, of the bytes given) at which they stop being text.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Encoding), usize> {
    match bytes.as_slice() {
        [0xff, 0xfe, rest @ ..] => Ok((utf16(rest, u16::from_le_bytes)?, Encoding::Utf16LittleEndian)),
        [0xfe, 0xff, rest @ ..] => Ok((utf16(rest, u16::from_be_bytes)?, Encoding::Utf16BigEndian)),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            let text = std::str::from_utf8(rest).map_err(|e| UTF8_MARK.len() + e.valid_up_to())?;
            Ok((text.to_owned(), Encoding::Utf8WithMark))
        }
        _ => match String::from_utf8(bytes) {
            Ok(text) => Ok((text, Encoding::Utf8)),
            Err(e) => Err(e.utf8_error().valid_up_to()),
        },
    }
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
    decode(bytes).map_err(|at| format!("not text at byte {at}: neither UTF-8 nor UTF-16 with a byte-order mark"))
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
    fn what_is_not_text_is_found_at_its_byte() {
        assert_eq!(decode(b"ab\xe9".to_vec()), Err(2));
        assert_eq!(decode(b"\xef\xbb\xbfab\xe9".to_vec()), Err(5));
        assert_eq!(decode(b"\xff\xfea\0b".to_vec()), Err(4), "half a unit");
        assert_eq!(decode(b"\xfe\xff\xd8\0\0a".to_vec()), Err(2), "half a pair");
    }
}
