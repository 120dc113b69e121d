//! A flow cut into words: where each stands, how it is written, what stands before it.
//!
//! An apostrophe between letters is one of them, and one behind the last letter too (the soft sign of `Pikel'`), unless it
//! closes a quotation or marks a possessive.

use crate::script::{is_dash, is_word_sign};
use crate::text::Span;
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word of the vocabulary: an index into its entries.
pub type WordId = u32;
/// No word.
pub const NONE: WordId = u32::MAX;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    Lower,
    /// One capital, and small letters after it; a compound has one in each part.
    Capital,
    /// `S`, `Ia`, `Kh`: could stand for a name.
    Initial,
    /// Acronyms and everything else with capitals inside.
    Shout,
}

#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// In the flow, without the possessive ending.
    pub span: Span,
    pub id: WordId,
    pub shape: Shape,
    /// It begins a sentence, or could.
    pub start: bool,
    /// A possessive ending was taken off.
    pub possessive: bool,
    /// Typed with a sign for ayn, with one for hamza.
    pub signs: (bool, bool),
}

/// Every word of a file, folded: lower case, signs of one kind typed one way.
#[derive(Debug, Default)]
pub struct Vocabulary {
    ids: FxHashMap<Box<str>, WordId>,
    pub entries: Vec<Entry>,
    buffer: String,
}

#[derive(Debug)]
pub struct Entry {
    pub text: Box<str>,
    /// How often it is typed in lower case.
    pub lower: u32,
}

impl Vocabulary {
    fn id(&mut self, word: &str) -> WordId {
        let is_folded = word.bytes().all(|b| b.is_ascii_lowercase());
        if is_folded && let Some(id) = self.ids.get(word) {
            return *id;
        }
        self.buffer.clear();
        if word.is_ascii() {
            self.buffer.extend(word.bytes().map(|b| char::from(b.to_ascii_lowercase())));
        } else {
            self.buffer.extend(word.nfc().flat_map(char::to_lowercase).map(sign));
        }
        if let Some(id) = self.ids.get(self.buffer.as_str()) {
            return *id;
        }
        let (id, text) = (self.entries.len() as WordId, Box::<str>::from(self.buffer.as_str()));
        self.entries.push(Entry { text: text.clone(), lower: 0 });
        self.ids.insert(text, id);
        id
    }

    pub fn of(&self, id: WordId) -> &str {
        self.entries.get(id as usize).map_or("", |e| &e.text)
    }
}

fn sign(c: char) -> char {
    match c {
        '"' | '”' | '“' | 'ʺ' | '″' => '"',
        '\u{2010}' | '\u{2011}' => '-',
        c if is_word_sign(c) => '\'',
        c => c,
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || !c.is_ascii() && is_letter_with_marks(c)
}

fn is_letter_with_marks(c: char) -> bool {
    c.is_alphabetic() && !is_word_sign(c) || is_combining_mark(c)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The words of a flow, in order. Addresses, keys and markup are passed over.
pub fn words(text: &str, vocabulary: &mut Vocabulary, out: &mut Vec<Word>) {
    out.clear();
    let mut scan = Scan { text, single: false, sentence: true, chunk: Chunk::default(), out, vocabulary };
    let mut at = 0;
    while at < text.len() {
        at = scan.step(at);
    }
}

struct Scan<'a> {
    text: &'a str,
    /// A single quotation mark is open.
    single: bool,
    sentence: bool,
    chunk: Chunk,
    out: &'a mut Vec<Word>,
    vocabulary: &'a mut Vocabulary,
}

/// What stands between two spaces, looked at once for all its words.
#[derive(Default)]
struct Chunk {
    end: usize,
    /// Behind the last sign that no prose has, the last slash, the last two of them.
    odd: usize,
    slash: usize,
    slashes: usize,
}

impl Chunk {
    fn new(text: &str, at: usize) -> Chunk {
        let rest = &text[at..];
        // most words end at a space, and nothing odd stands before it
        let plain = rest.bytes().position(|b| b == b' ' || is_odd(b) || b == b'w' || !b.is_ascii_graphic());
        if let Some(end) = plain.filter(|end| rest.as_bytes()[*end] == b' ') {
            return Chunk { end: at + end, ..Chunk::default() };
        }
        let chunk = &rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())];
        let behind = |found: Option<usize>| found.map_or(0, |n| at + n + 1);
        Chunk {
            end: at + chunk.len(),
            odd: behind(chunk.bytes().rposition(is_odd)),
            slash: behind(chunk.rfind('/')),
            slashes: behind(chunk.rfind("//")),
        }
    }
}

fn is_odd(b: u8) -> bool {
    matches!(b, b'/' | b'\\' | b'@' | b'=' | b'<' | b'{' | b'}' | b'|' | b'#' | b'_' | b'^')
}

impl Scan<'_> {
    fn step(&mut self, at: usize) -> usize {
        let Some(c) = self.text[at..].chars().next() else { return self.text.len() };
        if c == ' ' {
            return at + 1;
        }
        let free = self.text[..at].chars().next_back().is_none_or(|b| !b.is_alphanumeric());
        if is_letter(c) && free {
            if let Some(end) = self.technical(at) {
                return end;
            }
            return self.word(at);
        }
        match c {
            '.' | '!' | '?' | ':' | ';' | '…' | '•' => self.sentence = true,
            '\'' | '‘' | '‚' | '‹' => {
                self.single |= free && self.text[at + c.len_utf8()..].starts_with(is_letter)
            }
            '’' if !free => self.single = false,
            c if c.is_alphanumeric() => self.sentence = false,
            _ => {}
        }
        at + c.len_utf8()
    }

    /// The end of an address or a key that begins here.
    fn technical(&mut self, at: usize) -> Option<usize> {
        if at >= self.chunk.end {
            self.chunk = Chunk::new(self.text, at);
        }
        let Chunk { end, odd, slash, slashes } = self.chunk;
        let address = odd > at && (slashes > at || slash <= at);
        (address || self.text[at..end].starts_with("www.")).then_some(end)
    }

    fn word(&mut self, start: usize) -> usize {
        let (mut capitals, mut letters, mut parts) = (0, 0, 1);
        let (mut ayn, mut hamza, mut possessive) = (false, false, None);
        let plain = self.text.as_bytes()[start..].iter().take_while(|b| b.is_ascii_alphabetic());
        for byte in plain {
            capitals += usize::from(byte.is_ascii_uppercase());
            letters += 1;
        }
        let (head, mut end) = (letters, start + letters);
        let mut chars = self.text[end..].char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let i = i + head;
            let next = chars.peek().map(|(_, n)| *n);
            if is_letter(c) {
                capitals += usize::from(c.is_uppercase());
                letters += usize::from(!is_combining_mark(c));
            } else if (is_word_sign(c) || is_hyphen(c)) && next.is_some_and(is_letter) && possessive.is_none() {
                if is_hyphen(c) {
                    parts += 1;
                } else if is_possessive(&self.text[start + i..]) {
                    possessive = Some(start + i);
                } else {
                    ayn |= matches!(c, '‘' | 'ʻ' | 'ʿ');
                    hamza |= matches!(c, '’' | 'ʾ' | 'ʼ');
                }
            } else {
                if self.is_soft_sign(start, start + i, c, next) {
                    end = start + i + c.len_utf8();
                }
                break;
            }
            end = start + i + c.len_utf8();
        }
        let full = Span::new(start, possessive.unwrap_or(end));
        let span = if letters == full.len() { full } else { elided(self.text, full) };
        if span.start > full.start {
            capitals = span.of(self.text).chars().filter(|c| c.is_uppercase()).count();
            letters = span.of(self.text).chars().filter(|c| is_letter(*c)).count();
        }
        self.push(span, (capitals, letters, parts), (ayn, hamza));
        if let Some(word) = self.out.last_mut() {
            word.possessive = possessive.is_some();
        }
        end
    }

    fn push(&mut self, span: Span, (capitals, letters, parts): (usize, usize, usize), signs: (bool, bool)) {
        let word = span.of(self.text);
        let capital = word.starts_with(char::is_uppercase);
        let shape = match (capital, capitals) {
            (false, 0) => Shape::Lower,
            (true, 1) if letters == 1 || is_digraph(word) => Shape::Initial,
            (true, n) if n <= parts || n == 2 && has_prefix(word) => Shape::Capital,
            _ => Shape::Shout,
        };
        let id = self.vocabulary.id(word);
        if shape == Shape::Lower {
            self.vocabulary.entries[id as usize].lower += 1;
        }
        let after_initial = self.out.last().is_some_and(|w: &Word| w.shape == Shape::Initial);
        self.out.push(Word { span, id, shape, start: self.sentence && !after_initial, possessive: false, signs });
        self.sentence = false;
    }

    /// A sign behind the last letter: part of the word?
    fn is_soft_sign(&self, start: usize, at: usize, c: char, next: Option<char>) -> bool {
        let last = self.text[start..at].chars().next_back();
        let soft = matches!(c, 'ʹ' | 'ʺ' | '′') || matches!(c, '\'' | '’' | 'ʼ') && !self.single;
        let sibilant_plural = matches!(last, Some('s' | 'S' | 'x' | 'z'));
        let vowel = last.is_some_and(|c| {
            matches!(crate::script::fold(c.encode_utf8(&mut [0; 4])).as_str(), "a" | "e" | "i" | "o" | "u" | "y")
        });
        let quoted = matches!(next, Some('"' | '”' | '\'' | '’')) && !is_possessive(&self.text[at + c.len_utf8()..]);
        soft && !sibilant_plural && !vowel && !quoted && next.is_none_or(|n| !is_dash(n) && !n.is_alphanumeric())
    }
}

fn is_possessive(rest: &str) -> bool {
    let mut chars = rest.chars().skip(1);
    matches!(chars.next(), Some('s' | 'S')) && chars.next().is_none_or(|c| !is_letter(c) && !is_word_sign(c))
}

/// Two letters of a romanized initial: `Ia.`, `Kh.`
fn is_digraph(word: &str) -> bool {
    matches!(
        word,
        "Ia" | "Iu"
            | "Kh"
            | "Zh"
            | "Ch"
            | "Sh"
            | "Ts"
            | "Ya"
            | "Yu"
            | "Ye"
            | "Ju"
            | "Ja"
            | "Dzh"
            | "Shch"
            | "Th"
            | "Ph"
    )
}

/// `McDonald`, `DuBois`, `O'Brien`: a capital inside.
fn has_prefix(word: &str) -> bool {
    ["Mc", "Mac", "O'", "O’", "L'", "L’", "D'", "D’", "De", "Du", "Le", "La", "Fitz"]
        .iter()
        .any(|p| word.starts_with(p))
}

/// French and Italian elision: `d'Alembert`, `l'Haïtien`.
fn elided(text: &str, span: Span) -> Span {
    let word = span.of(text);
    let Some(at) = word.find(['\'', '’']).filter(|at| (1..=4).contains(at)) else { return span };
    let sign = word[at..].chars().next().map_or(1, char::len_utf8);
    let lower = !word.starts_with(char::is_uppercase);
    let elides = matches!(
        &*word[..at].to_lowercase(),
        "l" | "d" | "qu" | "s" | "n" | "j" | "c" | "m" | "t" | "dell" | "all" | "un" | "nell"
    );
    if lower && elides && word[at + sign..].starts_with(is_letter) {
        Span { start: span.start + (at + sign) as u32, end: span.end }
    } else {
        span
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let (mut vocabulary, mut out) = (Vocabulary::default(), Vec::new());
        words(text, &mut vocabulary, &mut out);
        out.iter().map(|w| w.span.of(text).to_owned()).collect()
    }

    #[test]
    fn signs_that_are_letters_and_signs_that_are_not() {
        assert_eq!(read("R. V. Pikel', Chubar’’s"), ["R", "V", "Pikel'", "Chubar’", "s"]);
        assert_eq!(read("Zavoda 'Serp i Molot'\", TsAODM"), ["Zavoda", "Serp", "i", "Molot", "TsAODM"]);
        assert_eq!(read("the workers' club, Ob\"edinennyi"), ["the", "workers", "club", "Ob\"edinennyi"]);
        assert_eq!(read("d'Alembert, L'Ouverture"), ["Alembert", "L'Ouverture"]);
        assert_eq!(read("see https://a.b/C d"), ["see", "d"]);
    }
}
