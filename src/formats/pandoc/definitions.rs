//! Labels that converters spoil: definitions without their colon, numbers in the text turned into labels.

use super::blocks::{Definition, Unit, label};
use crate::model::MisreadLabel;
use rustc_hash::{FxHashMap, FxHashSet};

/// How each label of a file is used.
pub struct Labels<'a> {
    defined: FxHashSet<&'a str>,
    /// How often it stands inside a line: as a mark.
    marked: FxHashMap<&'a str, usize>,
    /// Label and nothing else before a text, at the beginning of a line.
    opens: FxHashSet<&'a str>,
}

impl<'a> Labels<'a> {
    pub fn new(text: &'a str) -> Labels<'a> {
        let mut labels =
            Labels { defined: FxHashSet::default(), marked: FxHashMap::default(), opens: FxHashSet::default() };
        for at in memchr::memmem::find_iter(text.as_bytes(), b"[^") {
            let Some(name) = label(&text[at..]) else { continue };
            let after = &text[at + name.end + 1..];
            let name = &text[at + name.start..at + name.end];
            let line = text[..at].rsplit('\n').next().unwrap_or("");
            let opens = line.len() < 4 && line.bytes().all(|b| b == b' ');
            if opens && after.starts_with(':') {
                labels.defined.insert(name);
            } else if opens && after.starts_with([' ', '\t', '\u{a0}']) {
                labels.opens.insert(name);
            } else {
                *labels.marked.entry(name).or_default() += 1;
            }
        }
        labels
    }

    /// Can a line that opens with the bare label be the note? The label has no other, and a mark asks for one,
    /// or the whole file has notes without colons.
    pub fn lacks_note(&self, name: &str) -> bool {
        let asked = self.marked.contains_key(name);
        let listed = self.opens.contains(name)
            && self.opens.len() >= 3
            && self.defined.len() < self.opens.len()
            && self.marked.len() < 3;
        !self.defined.contains(name) && (asked || listed)
    }

    fn is_marked(&self, name: &str) -> bool {
        self.marked.contains_key(name)
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
