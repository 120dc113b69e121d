//! Which spellings are compared, and how the two of a pair are related.
//!
//! Only what meets under a key is compared, and a crowded key is no evidence: work grows with the text, not with its square.

use super::book::{Book, SpellingId};
use crate::romanization::{Comparison, Relation, Spelling, judge};
use crate::script::fold;
use rustc_hash::FxHashMap;
use std::rc::Rc;
use std::sync::Arc;

/// Spellings under one key beyond which the key says nothing.
pub const CROWD: usize = 64;

/// A language that no table has.
const NO_TABLE: &str = "-";

/// Spellings made ready to be compared, while there is room for them.
#[derive(Default)]
pub struct Ready {
    known: FxHashMap<(SpellingId, &'static str), Rc<Spelling>>,
}

impl Ready {
    const ROOM: usize = 4096;

    pub fn of(&mut self, book: &Book, id: SpellingId, language: &'static str) -> Rc<Spelling> {
        if self.known.len() > Ready::ROOM {
            self.known.clear();
        }
        let new = || Rc::new(Spelling::new(book.spellings[id].text, language));
        self.known.entry((id, language)).or_insert_with(new).clone()
    }
}

/// How two spellings are related.
#[derive(Debug)]
pub enum Kinship {
    /// Two romanizations of one name.
    Variant(Comparison),
    /// The same letters; one has marks that the other lacks.
    Marks,
    /// One slip apart, in the language that shows it.
    Slip(&'static str),
}

/// Compares two spellings in the languages of the manuscript. Forms of one word, and different words, are no kin.
pub fn kinship(
    book: &Book,
    ready: &mut Ready,
    (a, b): (SpellingId, SpellingId),
    spoken: &[&'static str],
) -> Option<Kinship> {
    let (x, y) = (book.spellings[a].text, book.spellings[b].text);
    // a letter three times over is no ending and no scheme
    if tripled_less(x).as_deref() == Some(y) || tripled_less(y).as_deref() == Some(x) {
        return Some(Kinship::Slip(NO_TABLE));
    }
    let mut slip = None;
    for language in spoken {
        let (a, b) = (ready.of(book, a, language), ready.of(book, b, language));
        let found = judge(&a, &b);
        match found.relation() {
            Relation::Variant if !found.is_romanized() => {}
            Relation::Variant => return Some(Kinship::Variant(found.explain())),
            Relation::Inflection | Relation::Derived | Relation::Gender | Relation::Identical => return None,
            Relation::Misspelling => slip = Some(*language),
            Relation::Different => {}
        }
    }
    let plain = |w: &str| w.is_ascii() && !w.contains(['\'', '"', '-']);
    if !(plain(x) && plain(y)) && bare(x) == bare(y) {
        let signed = |w: &str| w.trim_end_matches(['\'', '"']).replace('-', "");
        return (signed(x) != signed(y)).then_some(Kinship::Marks);
    }
    // without a table: endings that all languages share, and slips
    if slip.is_none() && spoken.is_empty() {
        let (a, b) = (ready.of(book, a, NO_TABLE), ready.of(book, b, NO_TABLE));
        slip = (judge(&a, &b).relation() == Relation::Misspelling).then_some(NO_TABLE);
    }
    let hyphened = x.matches('-').count() != y.matches('-').count();
    slip.filter(|_| !hyphened).map(Kinship::Slip)
}

/// What the slip between two spellings is.
pub fn reason(book: &Book, ready: &mut Ready, (a, b): (SpellingId, SpellingId), language: &'static str) -> String {
    let (x, y) = (book.spellings[a].text, book.spellings[b].text);
    if tripled_less(x).as_deref() == Some(y) || tripled_less(y).as_deref() == Some(x) {
        return "one letter too many".to_owned();
    }
    judge(&ready.of(book, a, language), &ready.of(book, b, language)).explain().reason
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
pub type Kin = FxHashMap<(SpellingId, SpellingId), Arc<Kinship>>;
