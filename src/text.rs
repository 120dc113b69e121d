//! Places in a text: spans, edits and lines. Bytes and nothing else.

/// A half-open range of UTF-8 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span of bytes `start..end`. An end before the start gives an empty span.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end.max(start) as u32 }
    }

    /// The empty span at a byte.
    pub fn empty(at: usize) -> Span {
        Span::new(at, at)
    }

    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The text it covers; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    pub fn contains(self, byte: u32) -> bool {
        self.start <= byte && byte < self.end
    }

    /// As [`Span::contains`], the end included: where an editor's cursor stands behind the last letter.
    pub fn touches(self, byte: u32) -> bool {
        self.start <= byte && byte <= self.end
    }

    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text that has `by` more bytes in front.
    pub fn shift(self, by: u32) -> Span {
        Span { start: self.start + by, end: self.end + by }
    }

    /// Without white space at either end.
    pub fn trim(self, text: &str) -> Span {
        let s = self.of(text);
        let start = self.start as usize + (s.len() - s.trim_start().len());
        Span::new(start, start + s.trim().len())
    }
}

/// One change: the bytes of `span` give way to `text`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    pub fn new(span: Span, text: impl Into<String>) -> Edit {
        Edit { span, text: text.into() }
    }
}

/// Applies edits that do not overlap, in any order. `None` if two overlap or one does not fit the text.
pub fn apply(text: &str, edits: &[Edit]) -> Option<String> {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    sorted.sort_by_key(|e| e.span);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in sorted {
        out.push_str(text.get(at..edit.span.start as usize)?);
        text.get(edit.span.range())?;
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(text.get(at..)?);
    Some(out)
}

/// A place as people and tools count it: line and column from 1, columns in Unicode scalar values, byte from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    pub line: usize,
    pub column: usize,
    pub byte: usize,
}

/// Where the lines of a text begin. A line ends with `\n`, `\r\n` or a lone `\r`.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<u32>,
    /// How many characters begin before each [`LONG`] bytes of the text: a line can be as long as the file.
    characters: Vec<u32>,
}

/// Bytes of a line that are counted anew each time.
const LONG: usize = 4096;

impl LineIndex {
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at as u32 + 1);
            }
        }
        let mut before = 0;
        let count = |block: &[u8]| {
            let so_far = before;
            before += begun(block);
            so_far
        };
        LineIndex { starts, characters: bytes.chunks(LONG).map(count).collect() }
    }

    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line a byte is on, from 0.
    pub fn line(&self, byte: u32) -> usize {
        self.starts.partition_point(|s| *s <= byte) - 1
    }

    /// Where a line (from 0) begins, and where the next one does. Past the end: the end of the text.
    pub fn span(&self, line: usize, text: &str) -> Span {
        let at = |l: usize| self.starts.get(l).map_or(text.len(), |s| *s as usize);
        Span::new(at(line), at(line + 1))
    }

    pub fn position(&self, text: &str, byte: u32) -> Position {
        let line = self.line(byte);
        let start = self.starts[line] as usize;
        let column = text.get(start..byte as usize).map_or(0, |s| match s.len() {
            ..LONG => s.chars().count(),
            _ => (self.before(text, byte as usize) - self.before(text, start)) as usize,
        });
        Position { line: line + 1, column: column + 1, byte: byte as usize }
    }

    /// How many characters begin before a byte.
    fn before(&self, text: &str, byte: usize) -> u32 {
        let block = byte / LONG;
        let counted = self.characters.get(block).copied();
        counted.map_or_else(|| begun(&text.as_bytes()[..byte]), |n| n + begun(&text.as_bytes()[block * LONG..byte]))
    }
}

/// How many characters begin in these bytes.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_a_long_line_are_counted() {
        let text = format!("я\n{}", "aя€𝄞".repeat(3000));
        let index = LineIndex::new(&text);
        for (byte, _) in text.char_indices().skip(2).step_by(7) {
            let column = text[3..byte].chars().count() + 1;
            assert_eq!(index.position(&text, byte as u32), Position { line: 2, column, byte });
        }
    }
}
