//! The languages whose names the manuscript romanizes: as configured, else as its names sound.

use super::book::{Book, Spelling};
use crate::config;
use crate::romanization;

/// ISO 639-1 beside the three letters of the tables.
const SHORT: [(&str, &str); 17] = [
    ("ar", "ara"), ("be", "bel"), ("bg", "bul"), ("el", "ell"), ("fa", "fas"), ("he", "heb"), ("hy", "hye"), ("ja", "jpn"),
    ("ka", "kat"), ("ko", "kor"), ("mk", "mkd"), ("ru", "rus"), ("sr", "srp"), ("tr", "tur"), ("uk", "ukr"), ("yi", "yid"),
    ("zh", "zho"),
];

/// Fewest names of a language before it is one of the manuscript's.
const FEWEST: usize = 8;
/// How far behind the likeliest language a name may be and still be read in another.
const PLAUSIBLE: f32 = 4.0;

pub fn of(book: &Book, config: &config::Names) -> Vec<&'static str> {
    let known = |name: &str| {
        let long = SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| *long);
        romanization::languages().find(|l| *l == long)
    };
    if !config.languages.is_empty() {
        return config.languages.iter().filter_map(|l| known(l)).collect();
    }
    let mut votes: Vec<(&'static str, usize)> = Vec::new();
    let mut names = 0;
    for spelling in book.spellings.iter().filter(|s| votes_for(s)) {
        names += 1;
        let Some((Some(language), _)) = romanization::likely(&[spelling.text]).into_iter().next() else { continue };
        match votes.iter_mut().find(|(l, _)| *l == language) {
            Some((_, count)) => *count += 1,
            None => votes.push((language, 1)),
        }
    }
    votes.retain(|(_, count)| *count >= FEWEST && *count * 10 >= names);
    votes.sort_by_key(|(language, count)| (std::cmp::Reverse(*count), *language));
    votes.truncate(3);
    votes.into_iter().map(|(language, _)| language).collect()
}

fn votes_for(spelling: &Spelling) -> bool {
    spelling.is_name() && spelling.text.chars().count() > 4
}

/// Could the words be of that language?
pub fn plausible(words: &[&str], language: &str) -> bool {
    let guesses = romanization::likely(words);
    guesses.iter().find(|(l, _)| *l == Some(language)).is_some_and(|(_, behind)| *behind <= PLAUSIBLE)
}
