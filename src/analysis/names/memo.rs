//! What older versions of a work have shown of its spellings, and still holds: answers that hang on letters alone.
//!
//! An editor carries it from version to version, so that an edit costs the words it changes. It changes no answer.

use super::book::SpellingId;
use super::pairs::{CROWD, Kinship};
use crate::romanization::{self, Comparison};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A word that was met: an index into the words of a [`Memo`].
pub type Known = u32;

/// Two words in the order of their comparison.
pub type Two = (Known, Known);

#[derive(Debug, Default)]
pub struct Memo {
    pub words: Words,
    /// The languages that words were blocked and verdicts were found in.
    languages: Vec<&'static str>,
    pub names: Blocks,
    pub titles: Blocks,
    kin: FxHashMap<Two, Option<Arc<Kinship>>>,
    slips: FxHashMap<Two, Option<Arc<Comparison>>>,
}

impl Memo {
    /// Forgets what was found in other languages than these; everything, where most of it is of words that are gone.
    pub fn renew(&mut self, languages: &[&'static str], words: usize) {
        if self.words.ids.len() > 4 * words + 10_000 {
            *self = Memo::default();
        }
        if self.languages != languages {
            let words = std::mem::take(&mut self.words);
            *self = Memo { words, languages: languages.to_vec(), ..Memo::default() };
        }
    }

    /// How two words are related, if that is known.
    pub fn kinship(&self, two: Two) -> Option<&Option<Arc<Kinship>>> {
        self.kin.get(&two)
    }

    pub fn learn(&mut self, two: Two, kinship: Option<Kinship>) -> Option<Arc<Kinship>> {
        self.kin.entry(two).or_insert(kinship.map(Arc::new)).clone()
    }

    /// The slip between two words of titles.
    pub fn slip(&mut self, two: Two, find: impl FnOnce() -> Option<Comparison>) -> Option<Arc<Comparison>> {
        self.slips.entry(two).or_insert_with(|| find().map(Arc::new)).clone()
    }
}

/// The words that were met.
#[derive(Debug, Default)]
pub struct Words {
    ids: FxHashMap<Box<str>, Known>,
    /// The languages that the letters of each word tell of, where that was asked.
    told: Vec<Option<Box<[&'static str]>>>,
}

impl Words {
    pub fn known(&mut self, text: &str) -> Known {
        if let Some(id) = self.ids.get(text) {
            return *id;
        }
        let id = self.told.len() as Known;
        self.ids.insert(text.into(), id);
        self.told.push(None);
        id
    }

    /// The languages that the letters of a word tell of.
    pub fn told(&mut self, text: &str) -> &[&'static str] {
        let id = self.known(text);
        self.told_of(id, text)
    }

    pub fn told_of(&mut self, id: Known, text: &str) -> &[&'static str] {
        self.told[id as usize].get_or_insert_with(|| romanization::told(text).into())
    }
}

/// Two spellings that meet under a key, the smaller first, and the words they are.
pub type Met = ((SpellingId, SpellingId), Two);

/// Words by their keys, and the pairs that meet under one.
#[derive(Debug, Default)]
pub struct Blocks {
    /// In order, with the key of their sound.
    words: Vec<(Known, u64)>,
    /// In order.
    keyed: Vec<(u64, Known)>,
    pairs: Vec<Two>,
}

impl Blocks {
    /// Pairs of spellings that share a key, each once: those of near sounds one after another, the rest of the order says nothing.
    pub fn pairs(
        &mut self,
        mut now: Vec<(Known, SpellingId)>,
        mut keys: impl FnMut(SpellingId) -> Vec<u64>,
    ) -> Vec<Met> {
        now.sort_unstable();
        let is_now = |word: Known| now.binary_search_by_key(&word, |(known, _)| *known).is_ok();
        let gone: Vec<Known> = self.words.iter().map(|(word, _)| *word).filter(|w| !is_now(*w)).collect();
        if !gone.is_empty() {
            self.keyed.retain(|(_, word)| gone.binary_search(word).is_err());
            self.words.retain(|(word, _)| gone.binary_search(word).is_err());
        }
        let (old, was) = (self.keyed.len(), self.words.len());
        for (word, id) in &now {
            if self.words[..was].binary_search_by_key(word, |(w, _)| *w).is_err() {
                let keys = keys(*id);
                self.words.push((*word, keys[0]));
                self.keyed.extend(keys.into_iter().map(|key| (key, *word)));
            }
        }
        let is_more = self.keyed.len() > old;
        if is_more {
            // two runs in order are merged in one pass
            self.keyed[old..].sort_unstable();
            self.keyed.sort();
            self.words.sort();
        }
        if is_more || !gone.is_empty() {
            self.meet();
        }
        let mut ids = vec![0; now.last().map_or(0, |(word, _)| *word as usize + 1)];
        for (word, id) in now {
            ids[word as usize] = id;
        }
        let of = |&(x, y): &Two| {
            let (a, b) = (ids[x as usize], ids[y as usize]);
            if a < b { ((a, b), (x, y)) } else { ((b, a), (y, x)) }
        };
        self.pairs.iter().map(of).collect()
    }

    fn meet(&mut self) {
        let mut order: Vec<(u64, Known)> = self.words.iter().map(|(word, sound)| (*sound, *word)).collect();
        order.sort_unstable();
        let mut ranks = vec![0; self.words.last().map_or(0, |(word, _)| *word as usize + 1)];
        for (rank, (_, word)) in (0u32..).zip(&order) {
            ranks[*word as usize] = rank;
        }
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for bucket in self.keyed.chunk_by(|a, b| a.0 == b.0).filter(|b| (2..=CROWD).contains(&b.len())) {
            for (i, (_, a)) in bucket.iter().enumerate() {
                let a = ranks[*a as usize];
                pairs.extend(bucket[i + 1..].iter().map(|(_, b)| ranks[*b as usize]).map(|b| (a.min(b), a.max(b))));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        let word = |rank: u32| order[rank as usize].1;
        self.pairs = pairs.into_iter().map(|(a, b)| (word(a), word(b))).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, File};
    use crate::config::Config;
    use crate::formats;
    use crate::model::Reader;

    /// More names under one key than a key may have, and some that are one name: of each version a part of them.
    fn version(number: usize) -> String {
        let vowels = ["a", "e", "i", "o", "u"];
        let crowd = vowels.iter().flat_map(|a| vowels.map(|b| vowels.map(|c| format!("K{a}r{b}n{c}v"))).concat());
        let known = ["Vyshinskii", "Vyshinsky", "Bakaev", "Bakayev", "Kamenev", "Kamemev", "Trotskii", "Trotsky"];
        let names = crowd.chain(known.map(str::to_owned)).enumerate();
        let chosen = names.filter(|(i, _)| (i * 7 + number * number) % 5 > number % 4);
        chosen.map(|(_, name)| format!("In spring L. B. {name} wrote, and {name} spoke. ")).collect()
    }

    #[test]
    fn what_is_remembered_changes_no_answer() {
        let mut memo = Memo::default();
        let mut found = 0;
        for number in [0, 1, 2, 3, 4, 4, 5, 6, 7, 2] {
            let read = || vec![Arc::new(File::read(formats::read("a.md", &version(number), Reader::Pandoc)))];
            let fresh = Analysis::new(read(), Config::default());
            let again = Analysis::renewed(read(), Config::default(), &mut memo);
            assert_eq!(format!("{:?}", fresh.names), format!("{:?}", again.names));
            found += fresh.names.variants.len() + fresh.names.slips.len();
        }
        assert!(found > 0);
    }
}
