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
    ids: FxHashMap<Box<str>, Known>,
    /// The languages that the letters of each word tell of, where that was asked.
    told: Vec<Option<Box<[&'static str]>>>,
    /// The languages that the verdicts were found in.
    languages: Vec<&'static str>,
    pub names: Blocks,
    pub titles: Blocks,
    kin: FxHashMap<Two, Option<Arc<Kinship>>>,
    slips: FxHashMap<Two, Option<Arc<Comparison>>>,
}

impl Memo {
    /// Forgets what was found in other languages than these; everything, where most of it is of words that are gone.
    pub fn renew(&mut self, languages: &[&'static str], words: usize) {
        if self.ids.len() > 4 * words + 10_000 {
            *self = Memo::default();
        }
        if self.languages != languages {
            self.languages = languages.to_vec();
            self.kin.clear();
            self.slips.clear();
        }
    }

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
        let id = self.known(text) as usize;
        self.told[id].get_or_insert_with(|| romanization::told(text).into())
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

/// Two spellings that meet under a key, the smaller first, and the words they are.
pub type Met = ((SpellingId, SpellingId), Two);

/// Words by their keys, and the pairs that meet under one.
#[derive(Debug, Default)]
pub struct Blocks {
    /// In order.
    words: Vec<Known>,
    /// In order.
    keyed: Vec<(u64, Known)>,
    pairs: Vec<Two>,
}

impl Blocks {
    /// Pairs of spellings that share a key, each once, in order.
    pub fn pairs<'b>(&mut self, mut now: Vec<(Known, SpellingId)>, text: impl Fn(SpellingId) -> &'b str) -> Vec<Met> {
        now.sort_unstable();
        let is_now = |word: Known| now.binary_search_by_key(&word, |(known, _)| *known).is_ok();
        let gone: Vec<Known> = self.words.iter().copied().filter(|w| !is_now(*w)).collect();
        if !gone.is_empty() {
            self.keyed.retain(|(_, word)| gone.binary_search(word).is_err());
        }
        let old = self.keyed.len();
        for (word, id) in now.iter().filter(|(word, _)| self.words.binary_search(word).is_err()) {
            self.keyed.extend(romanization::keys(text(*id)).into_iter().map(|key| (key, *word)));
        }
        let is_more = self.keyed.len() > old;
        if is_more {
            // two runs in order are merged in one pass
            self.keyed[old..].sort_unstable();
            self.keyed.sort();
        }
        if is_more || !gone.is_empty() {
            self.words = now.iter().map(|(word, _)| *word).collect();
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
        let mut pairs: Vec<Met> = self.pairs.iter().map(of).collect();
        pairs.sort_unstable();
        pairs
    }

    fn meet(&mut self) {
        self.pairs.clear();
        for bucket in self.keyed.chunk_by(|a, b| a.0 == b.0).filter(|b| (2..=CROWD).contains(&b.len())) {
            for (i, (_, a)) in bucket.iter().enumerate() {
                self.pairs.extend(bucket[i + 1..].iter().map(|(_, b)| (*a, *b)));
            }
        }
        self.pairs.sort_unstable();
        self.pairs.dedup();
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
