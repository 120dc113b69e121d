//! Keys for blocking: two spellings of one name, or a name and its misspelling, nearly always share one, other names seldom do.
//!
//! With them a manuscript compares only what meets under a key, and the work grows with the text and not with its square.

use super::letters::{fold, is_vowel, skeleton};

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

/// A way to take letters that schemes use for very different sounds. A spelling has a key for each that applies to it.
struct Way {
    /// Whose schemes do; empty for those of every table.
    languages: &'static [&'static str],
    takes: &'static [(&'static str, &'static str)],
}

const WAYS: &[Way] = &[
    Way { languages: &["ara", "ell", "fas", "heb", "hye", "kat", "kor", "tur", "yid", "zho"], takes: &[("h", "")] },
    Way { languages: &["bel", "rus", "ukr"], takes: &[("h", "g")] },
    Way { languages: &[], takes: &[("j", "y")] },
    Way { languages: &["zho"], takes: &[("j", "r")] },
    Way { languages: &["ara", "ell", "heb", "tur", "zho"], takes: &[("ch", "k"), ("c", "k")] },
    Way { languages: &["ara", "ell", "fas", "heb", "hye", "kat"], takes: &[("kh", "k"), ("gh", "g")] },
    Way { languages: &[], takes: &[("x", "ks")] },
    Way { languages: &[], takes: &[("ck", "tsk")] },
    Way { languages: &[], takes: &[("q", "ch")] },
    Way { languages: &["ara", "bul", "ell", "fas", "hye", "tur", "zho"], takes: &[("g", "j")] },
    Way { languages: &["ara", "bel", "fas", "hye", "kor", "tur"], takes: &[("w", "u"), ("v", "u")] },
    Way { languages: &["jpn"], takes: &[("ti", "chi"), ("ty", "ch"), ("tu", "tsu"), ("hu", "fu")] },
    Way {
        languages: &["ell"],
        takes: &[
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
    },
];

/// The ways to take letters that the schemes of some languages have, as a set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways(u32);

impl Ways {
    /// Of languages by ISO 639-3; `x-rus` is a name that came through Russian.
    pub fn of(languages: &[&str]) -> Ways {
        let has =
            |way: &Way, l: &str| way.languages.is_empty() || way.languages.contains(&l.rsplit('-').next().unwrap_or(l));
        let own = WAYS.iter().enumerate().filter(|(_, way)| languages.iter().any(|l| has(way, l)));
        Ways(own.fold(0, |set, (at, _)| set | 1 << at))
    }

    fn list(self) -> impl Iterator<Item = &'static Way> {
        WAYS.iter().enumerate().filter(move |(at, _)| self.0 >> at & 1 == 1).map(|(_, way)| way)
    }
}

/// The keys of a spelling whose letters may be taken in these ways: at most a few dozen, each at most once.
/// The first is that of its sound as most languages would take it; spellings that share it are near one another.
pub fn keys(spelling: &str, ways: Ways) -> Vec<u64> {
    let letters = skeleton(&fold(spelling));
    let text: String = letters.iter().collect();
    let mut keys = Vec::with_capacity(letters.len() + 8);
    let article = ["al", "el", "as", "es", "ad", "ar", "at"]
        .iter()
        .find_map(|a| text.strip_prefix(a))
        .filter(|rest| rest.len() > 3);
    for text in std::iter::once(text.as_str()).chain(article) {
        keys.push(sound(text));
        for way in ways.list().filter(|way| way.takes.iter().any(|(letters, _)| text.contains(letters))) {
            let taken = way.takes.iter().fold(text.to_owned(), |text, (letters, taken)| text.replace(letters, taken));
            keys.push(sound(&taken));
        }
    }
    less(&letters, &mut keys);
    torn(&letters, &mut keys);
    let first = keys[0];
    keys.sort_unstable();
    keys.dedup();
    if let Ok(at) = keys.binary_search(&first) {
        keys.swap(0, at);
    }
    keys
}

/// One letter more of a hash that can be put together of its parts.
fn then(hash: u64, letter: char) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(letter) + 1)
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
/// What tells a key of letters from one of sounds.
const LETTERS: u64 = 1 << 63;

/// The keys of the letters as they are, and of the letters without each of them.
fn less(letters: &[char], keys: &mut Vec<u64>) {
    let mut before = Vec::with_capacity(letters.len() + 1);
    before.push(0);
    for c in letters {
        before.push(then(before[before.len() - 1], *c));
    }
    keys.push(before[letters.len()] | LETTERS);
    let (mut behind, mut power) = (0u64, 1u64);
    for (at, c) in letters.iter().enumerate().rev() {
        if at < 40 {
            keys.push(before[at].wrapping_mul(power).wrapping_add(behind) | LETTERS);
        }
        behind = then(0, *c).wrapping_mul(power).wrapping_add(behind);
        power = power.wrapping_mul(BASE);
    }
}

/// The keys by sound where a vowel has slipped between two letters that are one sound: `Dretizer`.
fn torn(letters: &[char], keys: &mut Vec<u64>) {
    let is_one = |a: char, b: char| SOUNDS.iter().any(|(s, _)| s.chars().eq([a, b]));
    for (at, three) in letters.windows(3).enumerate().filter(|(_, w)| is_vowel(w[1]) && is_one(w[0], w[2])) {
        let (before, behind) = (&letters[..at], &letters[at + 3..]);
        let mended: String = before.iter().chain(&[three[1], three[0], three[2]]).chain(behind).collect();
        keys.push(sound(&mended));
    }
}

/// The key of the consonants of a spelling by sound, run together where they repeat.
fn sound(text: &str) -> u64 {
    let (mut hash, mut last, mut rest) = (0, None, text);
    while let Some(c) = rest.chars().next() {
        let many = SOUNDS.iter().filter(|_| "cdgkpst".contains(c)).find(|(s, _)| rest.starts_with(s));
        let (taken, sound) = match many {
            Some((s, sound)) => (s.len(), Some(*sound)),
            None => (c.len_utf8(), letter_sound(c)),
        };
        rest = &rest[taken..];
        if let Some(sound) = sound.filter(|s| last != Some(*s)) {
            hash = then(hash, sound);
            last = Some(sound);
        }
    }
    hash & !LETTERS
}
