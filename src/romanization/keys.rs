//! Keys for blocking: two spellings of one name, or a name and its misspelling, nearly always share one, other names seldom do.
//!
//! With them a manuscript compares only what meets under a key, and the work grows with the text and not with its square.

use super::letters::{fold, is_vowel, skeleton};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// Spellings of one sound in several schemes; the first that fits is taken.
const SOUNDS: &[(&str, char)] = &[
    ("schtsch", 'S'),
    ("shch", 'S'),
    ("chtch", 'S'),
    ("tsch", 'S'),
    ("dsch", 'S'),
    ("tch", 'S'),
    ("sch", 'S'),
    ("dzh", 'S'),
    ("ts", 'S'),
    ("tz", 'S'),
    ("dz", 'S'),
    ("dj", 'S'),
    ("kh", 'S'),
    ("gh", 'S'),
    ("th", 'T'),
    ("dh", 'T'),
    ("ph", 'V'),
    ("ck", 'K'),
];

fn letter_sound(c: char) -> Option<char> {
    Some(match c {
        'c' | 's' | 'z' | 'x' | 'j' | 'h' => 'S',
        'q' | 'g' | 'k' => 'K',
        't' | 'd' => 'T',
        'b' | 'p' => 'P',
        'f' | 'v' | 'w' => 'V',
        'm' | 'n' => 'M',
        c if is_vowel(c) => return None,
        c => c,
    })
}

/// Ways to take letters that schemes use for very different sounds: a spelling has a key for each that applies to it.
const WAYS: &[&[(&str, &str)]] = &[
    &[("h", "")],
    &[("h", "g")],
    &[("j", "y")],
    &[("j", "r")],
    &[("ch", "k"), ("c", "k")],
    &[("kh", "k"), ("gh", "g")],
    &[("x", "ks")],
    &[("ck", "tsk")],
    &[("q", "ch")],
    &[("g", "j")],
    &[("w", "u"), ("v", "u")],
    &[("ti", "chi"), ("ty", "ch"), ("tu", "tsu"), ("hu", "fu")],
    &[
        ("b", "v"),
        ("mp", "v"),
        ("mv", "v"),
        ("nt", "d"),
        ("nd", "d"),
        ("nk", "g"),
        ("gk", "g"),
        ("ng", "g"),
        ("ch", "h"),
        ("kh", "h"),
        ("au", "av"),
        ("eu", "ev"),
    ],
];

/// The keys of a spelling: at most a few dozen, without order, each at most once.
pub fn keys(spelling: &str) -> Vec<u64> {
    let letters = skeleton(&fold(spelling));
    let text: String = letters.iter().collect();
    let mut keys = Vec::with_capacity(letters.len() + 8);
    let mut add = |kind: u8, text: &str| {
        let mut hasher = FxHasher::default();
        (kind, text).hash(&mut hasher);
        keys.push(hasher.finish());
    };
    let article = ["al", "el", "as", "es", "ad", "ar", "at"]
        .iter()
        .find_map(|a| text.strip_prefix(a))
        .filter(|rest| rest.len() > 3);
    for text in std::iter::once(text.as_str()).chain(article) {
        add(0, &sound(text));
        for way in WAYS.iter().filter(|way| way.iter().any(|(letters, _)| text.contains(letters))) {
            let taken = way.iter().fold(text.to_owned(), |text, (letters, taken)| text.replace(letters, taken));
            add(0, &sound(&taken));
        }
    }
    add(1, &text);
    for at in 0..letters.len().min(40) {
        let less: String = letters.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
        add(1, &less);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The consonants of a spelling by sound, run together where they repeat.
fn sound(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (taken, sound) = match SOUNDS.iter().find(|(s, _)| rest.starts_with(s)) {
            Some((s, sound)) => (s.len(), Some(*sound)),
            None => (c.len_utf8(), letter_sound(c)),
        };
        rest = &rest[taken..];
        if let Some(sound) = sound.filter(|s| !out.ends_with(*s)) {
            out.push(sound);
        }
    }
    out
}
