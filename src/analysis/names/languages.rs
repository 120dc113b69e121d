//! The languages whose names the manuscript romanizes: as configured, else as the letters of its names tell.

use super::book::Book;
use super::memo::Words;
use crate::config;
use crate::romanization;

/// ISO 639-1 beside the three letters of the tables.
const SHORT: [(&str, &str); 17] = [
    ("ar", "ara"),
    ("be", "bel"),
    ("bg", "bul"),
    ("el", "ell"),
    ("fa", "fas"),
    ("he", "heb"),
    ("hy", "hye"),
    ("ja", "jpn"),
    ("ka", "kat"),
    ("ko", "kor"),
    ("mk", "mkd"),
    ("ru", "rus"),
    ("sr", "srp"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("yi", "yid"),
    ("zh", "zho"),
];

/// Fewest names that tell of a language before it is one of the manuscript's, and their share in a thousand;
/// in a short text fewer will do, if they are many of its names.
const FEWEST: (usize, usize) = (6, 15);
const FEWEST_IN_SHORT: (usize, usize) = (2, 200);

pub fn of(book: &Book, config: &config::Names, words: &mut Words) -> Vec<&'static str> {
    let known = |name: &str| {
        let long = SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, long)| *long);
        romanization::languages().find(|l| *l == long)
    };
    if !config.languages.is_empty() {
        return config.languages.iter().filter_map(|l| known(l)).collect();
    }
    let mut votes: Vec<(&'static str, usize)> = Vec::new();
    let mut names = 0;
    let told =
        |s: &&super::book::Spelling| s.text.chars().count() > 3 && (s.is_name() || !s.title.is_empty() && s.lower == 0);
    for spelling in book.spellings.iter().filter(told) {
        names += 1;
        for &language in words.told(spelling.text) {
            match votes.iter_mut().find(|(l, _)| *l == language) {
                Some((_, count)) => *count += 1,
                None => votes.push((language, 1)),
            }
        }
    }
    let enough = |count: usize, (fewest, share): (usize, usize)| count >= fewest && count * 1000 >= names * share;
    votes.retain(|(_, count)| enough(*count, FEWEST) || enough(*count, FEWEST_IN_SHORT));
    votes.sort_by_key(|(language, count)| (std::cmp::Reverse(*count), *language));
    // a few names of another language are as likely names of this one that sound so
    let first = votes.first().map_or(0, |(_, count)| *count);
    votes.retain(|(_, count)| count * 5 >= first);
    votes.truncate(3);
    votes.into_iter().map(|(language, _)| language).collect()
}

/// Languages with one stock of names, which the letters of a name hardly tell apart.
const NEAR: [&str; 3] = ["rus", "ukr", "bel"];

/// The languages to compare two names in: the first of the manuscript, which is that of most names; another of its
/// languages where a name tells of it; any language that both names tell of by themselves.
pub fn of_pair(spoken: &[&'static str], a: &[&'static str], b: &[&'static str]) -> Vec<&'static str> {
    let tells = |language: &&'static str| a.contains(language) || b.contains(language);
    let own = spoken.iter().enumerate().filter(|(i, l)| *i == 0 || tells(l)).map(|(_, l)| *l);
    let near = |x: &&'static str, other: &[&'static str]| NEAR.contains(x) && other.iter().any(|y| NEAR.contains(y));
    let both = a.iter().chain(b).filter(|l| a.contains(l) && b.contains(l) || near(l, a) && near(l, b));
    let mut all: Vec<&'static str> = own.collect();
    for language in both {
        if !all.contains(language) {
            all.push(language);
        }
    }
    all
}

/// Every language that a name may be compared in.
pub fn of_one(spoken: &[&'static str], told: &[&'static str]) -> Vec<&'static str> {
    let near = told.iter().any(|l| NEAR.contains(l)).then_some(NEAR);
    spoken.iter().chain(told).copied().chain(near.into_iter().flatten()).collect()
}

/// Languages whose writing leaves vowels out, or whose names are a syllable or two: a common original is soon found, and proves little.
pub fn is_loose(language: &str) -> bool {
    matches!(language, "ara" | "fas" | "heb" | "yid" | "kor" | "zho" | "jpn")
}
