//! Compounds of a prefix, with and without their hyphen: `non-party`, `nonparty`.
//!
//! Only prefixes are judged: whether two words take a hyphen depends on their place in the sentence, a prefix does not.
//! Quotations and titles keep their spelling and are passed over.

use super::flows;
use super::quotes::{Quoted, Role, Sign};
use crate::model::{Flow, Manuscript};
use crate::text::Span;
use rustc_hash::FxHashMap;

/// One compound that a file spells both ways.
#[derive(Clone, Debug)]
pub struct Compound {
    /// The form of the majority: `non-party`.
    pub usual: String,
    pub usual_count: usize,
    /// Where it stands first.
    pub model: Span,
    /// The places of the other form.
    pub others: Vec<Span>,
}

/// Prefixes that take or shed a hyphen by house style alone. `re-` is not among them: `re-cover` is another word than `recover`.
const PREFIXES: [&str; 30] = [
    "anti", "auto", "bio", "co", "contre", "counter", "extra", "hyper", "infra", "inter", "intra", "macro", "meta",
    "micro", "mid", "multi", "neo", "non", "over", "para", "post", "pre", "proto", "pseudo", "semi", "socio", "sub",
    "super", "trans", "ultra",
];

#[derive(Default)]
struct Forms {
    hyphened: Vec<Span>,
    solid: Vec<Span>,
}

pub fn find(manuscript: &Manuscript, quoted: &Quoted) -> Vec<Compound> {
    let flows: Vec<(&Flow, &[Sign])> = flows(manuscript, quoted).collect();
    let mut forms: FxHashMap<String, Forms> = FxHashMap::default();
    for (flow, signs) in &flows {
        for at in memchr::memchr_iter(b'-', flow.text.as_bytes()) {
            if let Some((prefix, rest)) = hyphened(&flow.text, at)
                && !is_borrowed(flow, signs, prefix)
            {
                let key = solid_key(&flow.text, prefix, rest);
                forms.entry(key).or_default().hyphened.push(flow.source(prefix.join(rest)));
            }
        }
    }
    if forms.is_empty() {
        return Vec::new();
    }
    let heads = Heads::of(forms.keys());
    for (flow, signs) in &flows {
        solids(flow, signs, &heads, &mut forms);
    }
    let mut found: Vec<Compound> = forms.into_iter().filter_map(|(key, forms)| forms.drift(&key)).collect();
    found.sort_by_key(|c| c.others[0]);
    found
}

impl Forms {
    fn drift(self, key: &str) -> Option<Compound> {
        let prefix = PREFIXES.iter().find(|p| key.starts_with(**p))?;
        let dashed = format!("{prefix}-{}", &key[prefix.len()..]);
        let (usual, most, others) = match self.hyphened.len() > self.solid.len() {
            true => (dashed, self.hyphened, self.solid),
            false => (key.to_string(), self.solid, self.hyphened),
        };
        let clear = !others.is_empty() && most.len() >= 2 * others.len();
        clear.then(|| Compound { usual, usual_count: most.len(), model: most[0], others })
    }
}

fn solid_key(text: &str, prefix: Span, rest: Span) -> String {
    let mut key = prefix.of(text).to_ascii_lowercase();
    key.push_str(rest.of(text));
    key
}

/// The prefix and the rest around a hyphen: `Non-party`, whole word, rest in small letters.
fn hyphened(text: &str, at: usize) -> Option<(Span, Span)> {
    let bytes = text.as_bytes();
    let start = bytes[..at].iter().rposition(|b| !b.is_ascii_alphabetic()).map_or(0, |i| i + 1);
    let end = bytes[at + 1..].iter().position(|b| !b.is_ascii_lowercase()).map_or(bytes.len(), |i| at + 1 + i);
    let prefix = text.get(start..at)?;
    let known = (2..=7).contains(&prefix.len()) && PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(prefix));
    let whole = stands_alone(bytes, start, end);
    (known && whole && end - at > 3).then(|| (Span::new(start, at), Span::new(at + 1, end)))
}

/// No letter, digit, hyphen or sign of an address on either side.
fn stands_alone(bytes: &[u8], start: usize, end: usize) -> bool {
    let joins = |b: &u8| b.is_ascii_alphanumeric() || !b.is_ascii() || matches!(b, b'-' | b'/' | b'_' | b'@' | b'#');
    !start.checked_sub(1).is_some_and(|i| joins(&bytes[i])) && !bytes.get(end).is_some_and(joins)
}

/// Which three letters the compounds begin with: few words of a text do.
struct Heads(Vec<bool>);

impl Heads {
    fn of<'a>(keys: impl Iterator<Item = &'a String>) -> Heads {
        let mut heads = Heads(vec![false; 1 << 15]);
        keys.filter_map(|key| Heads::index(key.as_bytes())).for_each(|i| heads.0[i] = true);
        heads
    }

    fn index(word: &[u8]) -> Option<usize> {
        let [first, second, third, ..] = word else { return None };
        let letter = |b: &u8| usize::from(b & 31);
        Some(letter(first) << 10 | letter(second) << 5 | letter(third))
    }
}

fn solids(flow: &Flow, signs: &[Sign], heads: &Heads, forms: &mut FxHashMap<String, Forms>) {
    let bytes = flow.text.as_bytes();
    let mut within = false;
    let mut word = String::new();
    for (at, byte) in bytes.iter().enumerate() {
        let begins = !within && byte.is_ascii_alphabetic();
        within = byte.is_ascii_alphabetic();
        if !begins || !Heads::index(&bytes[at..]).is_some_and(|i| heads.0[i]) {
            continue;
        }
        let end = bytes[at..].iter().position(|b| !b.is_ascii_alphabetic()).map_or(bytes.len(), |i| at + i);
        if end - at < 5 || !stands_alone(bytes, at, end) {
            continue;
        }
        word.clear();
        word.push(byte.to_ascii_lowercase() as char);
        word.push_str(&flow.text[at + 1..end]);
        let span = Span::new(at, end);
        if let Some(entry) = forms.get_mut(word.as_str())
            && !is_borrowed(flow, signs, span)
        {
            entry.solid.push(flow.source(span));
        }
    }
}

/// In a quotation or a title.
fn is_borrowed(flow: &Flow, signs: &[Sign], span: Span) -> bool {
    let before = signs.partition_point(|s| s.span.start < span.start);
    signs[..before].last().is_some_and(|s| s.role == Role::Open) || flow.is_emphasised(span)
}
