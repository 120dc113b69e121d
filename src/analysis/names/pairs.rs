//! Which spellings are compared, and how the two of a pair are related.
//!
//! Only what meets under a key is compared, and a crowded key is no evidence: work grows with the text, not with its square.

use super::book::{Book, SpellingId};
use crate::romanization::{self, Comparison, Relation};
use crate::script::fold;
use rustc_hash::FxHashMap;

/// Spellings under one key beyond which the key says nothing.
const CROWD: usize = 64;

/// A language that no table has.
const NO_TABLE: &str = "-";

/// Pairs of spellings that share a key, each once, the smaller first.
pub fn blocked(book: &Book, names: &[SpellingId]) -> Vec<(SpellingId, SpellingId)> {
    let mut keyed: Vec<(u64, u32)> = Vec::with_capacity(names.len() * 16);
    for id in names {
        keyed.extend(romanization::keys(book.spellings[*id].text).into_iter().map(|key| (key, *id as u32)));
    }
    keyed.sort_unstable();
    let mut pairs = Vec::new();
    for bucket in keyed.chunk_by(|a, b| a.0 == b.0).filter(|b| (2..=CROWD).contains(&b.len())) {
        for (i, (_, a)) in bucket.iter().enumerate() {
            pairs.extend(bucket[i + 1..].iter().map(|(_, b)| (*a as usize, *b as usize)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// How two spellings are related.
#[derive(Debug)]
pub enum Kinship {
    /// Two romanizations of one name.
    Variant(Comparison),
    /// The same letters; one has marks that the other lacks.
    Marks,
    /// One slip apart.
    Slip(Comparison),
}

/// Compares two spellings in the languages of the manuscript. Forms of one word, and different words, are no kin.
pub fn kinship(a: &str, b: &str, spoken: &[&'static str]) -> Option<Kinship> {
    let plain = |w: &str| w.is_ascii() && !w.contains(['\'', '"', '-']);
    let marks = !(plain(a) && plain(b)) && bare(a) == bare(b);
    let mut slip = None;
    // a letter three times over is no ending and no scheme
    if tripled_less(a).as_deref() == Some(b) || tripled_less(b).as_deref() == Some(a) {
        let found = romanization::compare(a, b, Some(NO_TABLE));
        return Some(Kinship::Slip(Comparison { reason: "one letter too many".to_owned(), ..found }));
    }
    for language in spoken {
        let found = romanization::compare(a, b, Some(language));
        match found.relation {
            Relation::Variant if found.language.is_none() => {}
            Relation::Variant => return Some(Kinship::Variant(found)),
            Relation::Inflection | Relation::Derived | Relation::Gender | Relation::Identical => return None,
            Relation::Misspelling => slip = Some(found),
            Relation::Different => {}
        }
    }
    if marks {
        let signed = |w: &str| w.trim_end_matches(['\'', '"']).replace('-', "");
        return (signed(a) != signed(b)).then_some(Kinship::Marks);
    }
    // without a table: endings that all languages share, and slips
    if slip.is_none() && spoken.is_empty() {
        slip = Some(romanization::compare(a, b, Some(NO_TABLE))).filter(|c| c.relation == Relation::Misspelling);
    }
    let hyphened = a.matches('-').count() != b.matches('-').count();
    slip.filter(|_| !hyphened).map(Kinship::Slip)
}

/// A word with a letter three times in a row, with two of them.
pub fn tripled_less(word: &str) -> Option<String> {
    let letter = super::evidence::tripled(word)?;
    let three: String = [letter; 3].iter().collect();
    Some(word.replacen(&three, &three[letter.len_utf8()..], 1))
}

/// Without marks, signs and hyphens.
pub fn bare(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The comparison of every pair that was worth one, found by either side.
pub type Kin = FxHashMap<(SpellingId, SpellingId), Kinship>;
