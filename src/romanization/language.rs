//! Guessing the language of a romanized name from its letters.
//!
//! A stand-in for evidence from the document: who knows the languages of a manuscript should say so instead. The letters are
//! counted, when first asked for, on names of each language (`names.tsv`) as every scheme of its table writes them.

use super::letters::{bare, fold};
use super::tables::table;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static LETTERS: LazyLock<Letters> = LazyLock::new(|| Letters::count(include_str!("names.tsv")));

/// Each group of languages that letters do not tell apart, the rows of `names.tsv` it is counted on, and its languages,
/// each with how much rarer it is than its letters say. `-` stands for whatever is not romanized.
const GROUPS: [(&str, &[(&str, f32)]); 17] = [
    ("rus", &[("rus", 0.0), ("ukr", 2.0), ("hye-rus", 2.0), ("bel", 8.0)]),
    ("ukr", &[("ukr", 0.0), ("rus", 1.0), ("bel", 8.0)]),
    ("bel", &[("bel", 1.0), ("rus", 1.0)]),
    ("bul", &[("bul", 2.0)]),
    ("srp", &[("srp", 1.0)]),
    ("deu yid", &[("deu-rus", 0.0), ("rus", 1.0), ("yid", 3.0)]),
    ("hye hye-rus", &[("hye", 1.0), ("hye-rus", 1.0)]),
    ("kat kat-rus", &[("kat-rus", 0.0), ("kat", 1.0)]),
    ("ell", &[("ell", 1.0)]),
    ("ara", &[("ara", 2.0), ("fas", 2.0)]),
    ("fas", &[("fas", 2.0), ("ara", 2.0)]),
    ("heb", &[("heb", 1.0)]),
    ("tur", &[("tur", 1.0)]),
    ("zho", &[("zho", 0.0)]),
    ("jpn", &[("jpn", 0.0)]),
    ("kor", &[("kor", 0.0)]),
    ("-", &[("-", 0.0)]),
];
/// How many letters of the average name are mixed into the count of a group, so that what it lacks by chance is not held against it.
const MIXED: f32 = 150.0;
/// Nats to a point.
const POINT: f32 = 2.4;

/// Four letters in a row, or three or two behind dots.
type Window = [char; 4];

/// How likely letters in a row are in each group of languages, in points above the average.
struct Letters(FxHashMap<Window, [f32; GROUPS.len()]>);

impl Letters {
    fn count(names: &str) -> Letters {
        let mut counts: FxHashMap<Window, [f32; GROUPS.len()]> = FxHashMap::default();
        let mut total = [0.0; GROUPS.len()];
        for (row, list) in names.lines().filter(|l| !l.starts_with("# ")).filter_map(|l| l.split_once('\t')) {
            let Some(group) = GROUPS.iter().position(|(rows, _)| rows.split(' ').any(|r| r == row)) else { continue };
            for name in list.split(' ') {
                let forms = written(row, name);
                let weight = 1.0 / forms.len() as f32;
                for window in forms.iter().flat_map(|form| windows(form)) {
                    counts.entry(window).or_default()[group] += weight;
                    total[group] += weight;
                }
            }
        }
        for odds in counts.values_mut() {
            let average = odds.iter().zip(&total).map(|(n, all)| n / all).sum::<f32>() / GROUPS.len() as f32;
            for (odd, all) in odds.iter_mut().zip(&total) {
                *odd = ((*odd + MIXED * average) / (all + MIXED) / average).ln() / POINT;
            }
        }
        Letters(counts)
    }
}

/// A name as each scheme of the table writes it, with its marks and without; as it is, if no scheme can.
fn written(language: &str, name: &str) -> Vec<Vec<char>> {
    let table = table(language);
    let schemes = table.into_iter().flat_map(|t| t.schemes.iter().filter_map(|s| t.write(name, s.id)));
    let mut forms: Vec<Vec<char>> = schemes.map(|form| fold(&form)).collect();
    if forms.is_empty() {
        forms.push(fold(&name.replace('_', " ")));
    }
    let plain: Vec<Vec<char>> = forms.iter().map(|f| f.iter().map(|c| bare(*c)).collect()).collect();
    forms.extend(plain);
    forms.sort_unstable();
    forms.dedup();
    forms
}

/// Every four, three and two letters in a row, the edges of the word counted as letters.
fn windows(word: &[char]) -> impl Iterator<Item = Window> + '_ {
    let framed = std::iter::once('^').chain(word.iter().map(|c| if *c == ' ' { '-' } else { *c })).chain(['$']);
    let mut last = ['^'; 4];
    framed.enumerate().flat_map(move |(i, c)| {
        last = [last[1], last[2], last[3], c];
        let [a, b, c, d] = last;
        let of = |window, letters| Some(window).filter(|_| i + 1 >= letters);
        [of([a, b, c, d], 4), of(['.', b, c, d], 3), of(['.', '.', c, d], 2)].into_iter().flatten()
    })
}

/// The languages that names could be of, likeliest first, each with how much less likely it is than the likeliest (0 for that one).
/// `None` stands for a language that is not romanized at all.
pub(super) fn guess(words: &[&[char]]) -> Vec<(Option<&'static str>, f32)> {
    let mut scores = [0.0; GROUPS.len()];
    for odds in words.iter().filter(|w| w.len() < 200).flat_map(|w| windows(w)).filter_map(|w| LETTERS.0.get(&w)) {
        for (score, odd) in scores.iter_mut().zip(odds) {
            *score += odd;
        }
    }
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let groups = scores.iter().zip(&GROUPS);
    let mut guesses: Vec<(&str, f32)> =
        groups.flat_map(|(score, (_, group))| group.iter().map(move |(l, rarer)| (*l, best - score + rarer))).collect();
    guesses.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(b.0)));
    let mut seen = Vec::new();
    guesses.retain(|(language, _)| {
        !seen.contains(language) && {
            seen.push(*language);
            true
        }
    });
    guesses.into_iter().map(|(l, behind)| (Some(l).filter(|l| *l != "-"), behind)).collect()
}
