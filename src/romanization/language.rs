//! Guessing the language of a romanized name from its letters.
//!
//! A stand-in for evidence from the document: who knows the languages of a manuscript should say so instead.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static LETTERS: LazyLock<Letters> = LazyLock::new(|| Letters::read(include_str!("letters.tsv")));

const GROUPS: usize = 17;
/// The digit that says nothing.
const EVEN: i16 = 6;

/// How likely three letters in a row are in each group of languages.
struct Letters {
    /// The languages of a group, each with how much rarer it is than its letters say.
    languages: [Vec<(&'static str, i16)>; GROUPS],
    /// By three letters, and by two (after a `.`).
    odds: FxHashMap<[char; 3], [i8; GROUPS]>,
}

impl Letters {
    fn read(text: &'static str) -> Letters {
        let mut letters = Letters { languages: Default::default(), odds: FxHashMap::default() };
        for (key, cell) in text.lines().filter(|l| !l.starts_with("# ")).filter_map(|l| l.split_once('\t')) {
            if key == "languages" {
                for (group, list) in letters.languages.iter_mut().zip(cell.split(' ')) {
                    *group = list
                        .split(',')
                        .map(|l| l.split_once('+').map_or((l, 0), |(l, n)| (l, n.parse().unwrap_or(0))))
                        .collect();
                }
            } else if let [a, b, c] = format!("{key:.>3}").chars().collect::<Vec<_>>()[..] {
                let mut odds = [0; GROUPS];
                for (odd, digit) in odds.iter_mut().zip(cell.bytes()) {
                    *odd = digit as i8 - b'0' as i8 - EVEN as i8;
                }
                letters.odds.insert([a, b, c], odds);
            }
        }
        letters
    }

    fn weigh(&self, word: &[char], scores: &mut [i16; GROUPS]) {
        let plain = |c: char| if c == ' ' { '-' } else { c };
        let framed = std::iter::once('^').chain(word.iter().map(|c| plain(*c))).chain(std::iter::once('$'));
        let mut window = ['^'; 3];
        for (i, c) in framed.enumerate() {
            window = [window[1], window[2], c];
            let three = self.odds.get(&window).filter(|_| i > 1);
            let two = self.odds.get(&['.', window[1], window[2]]).filter(|_| i > 0);
            for odds in three.into_iter().chain(two) {
                for (score, odd) in scores.iter_mut().zip(odds) {
                    *score += i16::from(*odd);
                }
            }
        }
    }
}

/// The languages that names could be of, likeliest first, each with how much less likely it is than the likeliest (0 for that one).
/// `None` stands for a language that is not romanized at all.
pub(super) fn guess(words: &[&[char]]) -> Vec<(Option<&'static str>, f32)> {
    let mut scores = [0; GROUPS];
    for word in words.iter().filter(|w| w.len() < 200) {
        LETTERS.weigh(word, &mut scores);
    }
    let best = scores.iter().copied().max().unwrap_or(0);
    let groups = scores.iter().zip(&LETTERS.languages);
    let languages = groups.flat_map(|(score, group)| group.iter().map(move |(l, rarer)| (*l, best - score + rarer)));
    let mut guesses: Vec<(&str, i16)> = languages.collect();
    guesses.sort_by_key(|(language, behind)| (*behind, *language));
    let mut seen = Vec::new();
    guesses.retain(|(language, _)| {
        !seen.contains(language) && {
            seen.push(*language);
            true
        }
    });
    guesses.into_iter().map(|(l, behind)| (Some(l).filter(|l| *l != "-"), f32::from(behind))).collect()
}
