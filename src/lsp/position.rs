//! Positions of the protocol and bytes of the text. The only place that knows UTF-16.

use crate::text::Span;
use lsp_types::{Position, PositionEncodingKind, Range, TextDocumentContentChangeEvent};
use ropey::{Rope, RopeSlice};

/// What a client counts columns in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Encoding {
    Utf8,
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

impl Encoding {
    /// UTF-8 where the client offers it: then nothing needs counting. Else the one it likes best.
    pub fn agreed(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offered = offered.unwrap_or_default();
        let known = |kind: &PositionEncodingKind| {
            [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().find(|e| e.kind() == *kind)
        };
        if offered.contains(&PositionEncodingKind::UTF8) {
            return Encoding::Utf8;
        }
        offered.iter().find_map(known).unwrap_or_default()
    }

    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The byte at a position. Past the end of a line: its end, before the line break. Past the last line: the end of
/// the text. Within a letter: before it.
pub fn byte(text: &Rope, at: Position, encoding: Encoding) -> usize {
    let line = at.line as usize;
    if line >= text.len_lines() {
        return text.len_bytes();
    }
    let content = content(text, line);
    let column = at.character as usize;
    let char = match encoding {
        Encoding::Utf8 => content.byte_to_char(column.min(content.len_bytes())),
        Encoding::Utf16 => content.utf16_cu_to_char(column.min(content.len_utf16_cu())),
        Encoding::Utf32 => column.min(content.len_chars()),
    };
    text.line_to_byte(line) + content.char_to_byte(char)
}

/// The position of a byte. Within a letter: before it. Within a line break: before that.
pub fn position(text: &Rope, byte: usize, encoding: Encoding) -> Position {
    let byte = byte.min(text.len_bytes());
    let line = text.byte_to_line(byte);
    let content = content(text, line);
    let char = content.byte_to_char((byte - text.line_to_byte(line)).min(content.len_bytes()));
    let column = match encoding {
        Encoding::Utf8 => content.char_to_byte(char),
        Encoding::Utf16 => content.char_to_utf16_cu(char),
        Encoding::Utf32 => char,
    };
    Position::new(line as u32, column as u32)
}

/// A line without its break.
fn content(text: &Rope, line: usize) -> RopeSlice<'_> {
    let line = text.line(line);
    let mut end = line.len_chars();
    while end > 0 && matches!(line.char(end - 1), '\n' | '\r') {
        end -= 1;
    }
    line.slice(..end)
}

/// The bytes of a range; none of them where it ends before it begins.
pub fn span(text: &Rope, range: Range, encoding: Encoding) -> Span {
    Span::new(byte(text, range.start, encoding), byte(text, range.end, encoding))
}

pub fn range(text: &Rope, span: Span, encoding: Encoding) -> Range {
    let at = |byte: u32| position(text, byte as usize, encoding);
    Range::new(at(span.start), at(span.end))
}

/// Applies one change: of a range, or of everything.
pub fn change(text: &mut Rope, change: &TextDocumentContentChangeEvent, encoding: Encoding) {
    let Some(range) = change.range else {
        *text = Rope::from_str(&change.text);
        return;
    };
    let span = span(text, range, encoding);
    let start = text.byte_to_char(span.start as usize);
    text.remove(start..text.byte_to_char(span.end as usize));
    text.insert(start, &change.text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clamped_as_the_protocol_asks() {
        // 1, 2 and 4 bytes; 1, 1 and 2 code units.
        let text = Rope::from_str("aé😀z\r\nsecond\rthird\u{2028}still\n");
        let utf16 = |line, column| byte(&text, Position::new(line, column), Encoding::Utf16);
        assert_eq!([utf16(0, 2), utf16(0, 3), utf16(0, 4), utf16(0, 5), utf16(0, 99)], [3, 3, 7, 8, 8]);
        assert_eq!([utf16(1, 0), utf16(2, 0), utf16(3, 0), utf16(9, 9)], [10, 17, 31, 31]);
        let utf32 = |column| byte(&text, Position::new(0, column), Encoding::Utf32);
        assert_eq!([utf32(1), utf32(2), utf32(3), utf32(99)], [1, 3, 7, 8]);
        assert_eq!(position(&text, 7, Encoding::Utf32), Position::new(0, 3));
        let utf8 = |column| byte(&text, Position::new(0, column), Encoding::Utf8);
        assert_eq!([utf8(3), utf8(5), utf8(7), utf8(99)], [3, 3, 7, 8]);
        assert_eq!(position(&text, 7, Encoding::Utf16), Position::new(0, 4));
        assert_eq!(position(&text, 9, Encoding::Utf16), Position::new(0, 5), "between CR and LF");
        assert_eq!(position(&text, 7, Encoding::Utf8), Position::new(0, 7));
        let backwards = Range::new(Position::new(1, 3), Position::new(0, 0));
        assert!(span(&text, backwards, Encoding::Utf16).is_empty());
    }

    #[test]
    fn the_encoding_that_both_know() {
        let (utf8, utf16, utf32) =
            (PositionEncodingKind::UTF8, PositionEncodingKind::UTF16, PositionEncodingKind::UTF32);
        assert_eq!(Encoding::agreed(None), Encoding::Utf16);
        assert_eq!(Encoding::agreed(Some(&[utf32.clone(), utf16.clone()])), Encoding::Utf32);
        assert_eq!(Encoding::agreed(Some(&[utf16, utf32, utf8])), Encoding::Utf8);
        assert_eq!(Encoding::agreed(Some(&[PositionEncodingKind::new("utf-7")])), Encoding::Utf16);
    }

    #[derive(Clone, Debug)]
    struct Typed {
        from: usize,
        drop: usize,
        text: String,
    }

    fn typed() -> impl Strategy<Value = Typed> {
        let letter = prop::sample::select(vec!["a", "é", "😀", "𝔘", "\n", "\r\n", "א", "e\u{301}", "\u{2028}"]);
        let text = prop::collection::vec(letter, 0..6).prop_map(|l| l.concat());
        (0usize..500, 0usize..9, text).prop_map(|(from, drop, text)| Typed { from, drop, text })
    }

    /// Line and column of a code unit, counted by hand.
    fn by_hand(model: &[u16], at: usize) -> Position {
        let before = String::from_utf16_lossy(&model[..at]);
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |l| l.encode_utf16().count());
        Position::new(line as u32, column as u32)
    }

    /// A place where an editor's cursor can be: not within a letter, not within a line break.
    fn cursor(model: &[u16], wish: usize) -> usize {
        let mut at = wish.min(model.len());
        let low = |at: usize| model.get(at).is_some_and(|u| (0xdc00..0xe000).contains(u));
        let broken = |at: usize| at > 0 && model[at - 1] == 13 && model.get(at) == Some(&10);
        while low(at) || broken(at) {
            at -= 1;
        }
        at
    }

    proptest! {
        #[test]
        fn any_run_of_edits_ends_where_a_plain_model_ends(edits in prop::collection::vec(typed(), 1..60)) {
            for encoding in [Encoding::Utf16, Encoding::Utf8, Encoding::Utf32] {
                let (mut rope, mut model) = (Rope::new(), Vec::<u16>::new());
                for edit in &edits {
                    let (a, b) = (cursor(&model, edit.from), cursor(&model, edit.from + edit.drop));
                    let mut at = [a, b].map(|at| by_hand(&model, at));
                    if encoding != Encoding::Utf16 {
                        let bytes = [a, b].map(|at| String::from_utf16_lossy(&model[..at]).len());
                        at = bytes.map(|byte| position(&rope, byte, encoding));
                    }
                    let range = Some(Range::new(at[0], at[1]));
                    let event = TextDocumentContentChangeEvent { range, range_length: None, text: edit.text.clone() };
                    change(&mut rope, &event, encoding);
                    model.splice(a..b, edit.text.encode_utf16());
                    prop_assert_eq!(rope.to_string(), String::from_utf16(&model).unwrap());
                }
            }
        }
    }
}
