//! Labels of notes: how each is used in a file, and which lines open a note; labels that converters spoil.

use super::blocks::{Definition, Unit};
use crate::model::MisreadLabel;
use crate::text::Span;
use rustc_hash::{FxHashMap, FxHashSet};

/// Bytes that can stand before the label of a note on its line, and some more.
const LEAD: usize = 27;

/// `[^label]` as typed.
#[derive(Clone, Debug)]
pub struct Sign {
    pub name: std::ops::Range<usize>,
    pub len: usize,
    /// `\[\^label\]`: a converter wanted to keep it from being one.
    pub escaped: bool,
}

/// The label that `s` begins with.
pub fn sign(s: &str) -> Option<Sign> {
    let open = ["[^", "\\[\\^", "\\[^", "[\\^"].into_iter().find(|open| s.starts_with(open))?;
    let rest = &s[open.len()..];
    let close = rest.bytes().take(80).position(|b| matches!(b, b']' | b'[' | b' ' | b'\t' | b'\n' | b'\r'))?;
    let len = close - usize::from(rest[..close].ends_with('\\'));
    let paired = open.starts_with('\\') == (len < close);
    let name = open.len()..open.len() + len;
    let whole = open.len() + close + 1;
    (len > 0 && paired && rest.as_bytes()[close] == b']').then_some(Sign { name, len: whole, escaped: open != "[^" })
}

/// How the label of a note is typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `[^12]:`
    Right,
    /// `[^12]`, or `12-` and `12.` among labels: no Markdown reads them.
    Colonless,
    /// `\[\^12\]:`
    Escaped,
}

/// The label a line opens with.
pub struct Opening {
    pub label: Span,
    /// Where the text begins.
    pub end: usize,
    pub shape: Shape,
}

/// How each label of a file is used.
pub struct Labels<'a> {
    defined: FxHashSet<&'a str>,
    /// Labels and a colon, but escaped.
    escaped: FxHashSet<&'a str>,
    /// How often it stands inside a line: as a mark.
    marked: FxHashMap<&'a str, usize>,
    /// Label and nothing else before a text, at the beginning of a line.
    opens: FxHashSet<&'a str>,
}

impl<'a> Labels<'a> {
    pub fn new(text: &'a str) -> Labels<'a> {
        let mut labels = Labels {
            defined: FxHashSet::default(),
            escaped: FxHashSet::default(),
            marked: FxHashMap::default(),
            opens: FxHashSet::default(),
        };
        for caret in memchr::memchr_iter(b'^', text.as_bytes()) {
            let before = text[..caret].strip_suffix('\\').unwrap_or(&text[..caret]);
            let Some(before) = before.strip_suffix('[') else { continue };
            let before = before.strip_suffix('\\').unwrap_or(before);
            let at = before.len();
            let Some(Sign { name, len, escaped }) = sign(&text[at..]) else { continue };
            let (name, after) = (&text[at..][name], &text[at + len..]);
            // what opens a line has little before it
            let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LEAD))..];
            let line = near.rsplit(['\n', '\r']).next().unwrap_or("");
            let opens =
                line.len() < LEAD - 3 && line.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>' | b'*' | b'-' | b'+'));
            if opens && after.starts_with(':') {
                let set = if escaped { &mut labels.escaped } else { &mut labels.defined };
                set.insert(name);
            } else if opens && line.len() < 4 && after.starts_with([' ', '\t', '\u{a0}']) {
                labels.opens.insert(name);
            } else if !escaped {
                *labels.marked.entry(name).or_default() += 1;
            }
        }
        labels
    }

    /// Can a line that opens with the bare label be the note? The label has no other, and a mark asks for one,
    /// or the whole file has notes without colons.
    fn lacks_note(&self, name: &str) -> bool {
        let asked = self.is_marked(name);
        let listed = self.opens.contains(name)
            && self.opens.len() >= 3
            && self.defined.len() < self.opens.len()
            && self.marked.len() < 3;
        !self.defined.contains(name) && (asked || listed)
    }

    pub fn is_defined(&self, name: &str) -> bool {
        self.defined.contains(name)
    }

    fn is_marked(&self, name: &str) -> bool {
        self.marked.contains_key(name)
    }

    /// An escaped label was a mark once: there is its note, and no other mark leads there.
    pub fn is_spoilt_mark(&self, name: &str) -> bool {
        self.escaped.contains(name) || self.defined.contains(name) && !self.is_marked(name)
    }

    /// The label a line opens with. `starts`: it could begin a block; `after`: the note before it, if it follows one.
    pub fn opening(&self, s: &str, starts: bool, after: Option<u32>) -> Option<Opening> {
        let Some(Sign { name, len, escaped }) = sign(s) else { return self.numbered(s, starts, after) };
        let (label, rest) = (Span::new(name.start, name.end), &s[len..]);
        let name = &s[name];
        let opening = |end, shape| Some(Opening { label, end, shape });
        if rest.starts_with(':') {
            return match escaped {
                false => opening(len + 1, Shape::Right),
                true if starts && !self.defined.contains(name) => opening(len + 1, Shape::Escaped),
                true => None,
            };
        }
        let words = rest.trim_start();
        let text = words.len() < rest.len() && !words.starts_with("[^");
        if escaped || !starts || !text || !self.lacks_note(name) {
            return None;
        }
        let colon = words.starts_with(':');
        opening(if colon { s.len() - words.len() + 1 } else { len }, Shape::Colonless)
    }

    /// `12- text`, and behind note 11 also `12. text`: where `[^12]` has no other note.
    fn numbered(&self, s: &str, starts: bool, after: Option<u32>) -> Option<Opening> {
        let digits = s.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&digits) || !starts || !self.lacks_note(&s[..digits]) {
            return None;
        }
        let next = after.is_some_and(|a| s[..digits].parse() == Ok(a + 1));
        let signs = if next { &["- ", ". ", "\\. ", ") "][..] } else { &["- "] };
        let sign = signs.iter().find(|sign| s[digits..].starts_with(**sign))?;
        Some(Opening { label: Span::new(0, digits), end: digits + sign.len() - 1, shape: Shape::Colonless })
    }
}

/// Takes definitions out that are numbers of the text (`2005.` at the beginning of a line): they interrupt a note,
/// no mark asks for them, and the numbers before and after go on without them.
pub fn misread(text: &str, units: &mut Vec<Unit>, labels: &Labels) -> Vec<MisreadLabel> {
    let number = |d: &Definition| d.label.of(text).parse::<u32>().ok();
    let numbers: Vec<(usize, u32)> = units
        .iter()
        .enumerate()
        .filter_map(|(i, u)| if let Unit::Definition(d) = u { Some((i, number(d)?)) } else { None })
        .collect();
    let mut found = Vec::new();
    let mut wrong: Vec<usize> = Vec::new();
    let mut last: Option<u32> = None;
    for (k, (i, n)) in numbers.iter().enumerate() {
        let Unit::Definition(d) = &units[*i] else { continue };
        let next = numbers.get(k + 1).map(|n| n.1);
        let sequel = last.is_some_and(|p| *n != p + 1 && next.is_none_or(|q| q == p + 1));
        let broken = last.is_some() && d.in_text && !labels.is_marked(d.label.of(text)) && unended(units, *i, text);
        if sequel && broken {
            found.push(super::misread(d.sign, d.label.of(text)));
            wrong.push(*i);
        } else {
            last = Some(*n);
        }
    }
    for i in wrong.into_iter().rev() {
        let Unit::Definition(d) = units.remove(i) else { continue };
        let before = units[..i].iter_mut().rev().find_map(|u| if let Unit::Definition(b) = u { Some(b) } else { None });
        if let Some(before) = before {
            before.pieces.push(d.label);
            before.pieces.extend(d.pieces);
            before.end = d.end;
        }
    }
    found
}

/// Does the note before end in mid-sentence?
fn unended(units: &[Unit], i: usize, text: &str) -> bool {
    let Some(Unit::Definition(before)) = units[..i].last() else { return false };
    before.pieces.last().is_some_and(|p| !p.of(text).trim_end().ends_with(['.', '!', '?', ')', '"', '”', ']']))
}
