//! Comparisons that only the user asks for: names of the prose with those of titles, and the words of titles with one another.

use super::book::{Book, SpellingId};
use super::languages::is_loose;
use super::memo::{Blocks, Words};
use super::pairs::{self, Kin, Kinship, Ready};
use crate::romanization::{self, Comparison, Ways};
use std::sync::Arc;

/// Shortest word that is compared.
const SHORTEST: usize = 5;

/// A name of the prose that titles romanize otherwise.
#[derive(Debug)]
pub struct Crossed {
    pub prose: SpellingId,
    pub title: SpellingId,
    pub found: Comparison,
}

/// Names of the prose and words met in titles only that are two romanizations of one name.
pub fn crossed(book: &Book, spoken: &[&'static str]) -> Vec<Crossed> {
    let in_prose = |id: SpellingId| book.is_name(id) && !book.spellings[id].prose.is_empty();
    let in_titles = |id: SpellingId| is_title_word(book, id) && book.spellings[id].prose.is_empty();
    let mut found = Vec::new();
    for (a, b, kinship) in variants(book, spoken, |id| in_prose(id) || in_titles(id)) {
        let sides = [(a, b), (b, a)].into_iter().find(|(prose, title)| in_prose(*prose) && in_titles(*title));
        if let (Some((prose, title)), Kinship::Variant(comparison)) = (sides, kinship) {
            found.push(Crossed { prose, title, found: comparison });
        }
    }
    found.sort_by_key(|c| (book.spellings[c.prose].prose.first().copied(), c.title));
    found
}

/// Words of titles that are two romanizations of one word.
pub fn of_titles(book: &Book, spoken: &[&'static str]) -> Kin {
    let pairs = variants(book, spoken, |id| is_title_word(book, id));
    pairs.map(|(a, b, kinship)| ((a, b), Arc::new(kinship))).collect()
}

fn is_title_word(book: &Book, id: SpellingId) -> bool {
    !book.spellings[id].title.is_empty() && book.spellings[id].lower == 0
}

fn variants<'b>(
    book: &'b Book,
    spoken: &'b [&'static str],
    counts: impl Fn(SpellingId) -> bool,
) -> impl Iterator<Item = (SpellingId, SpellingId, Kinship)> + 'b {
    let long = |id: &SpellingId| book.spellings[*id].text.chars().count() >= SHORTEST;
    let words: Vec<SpellingId> = (0..book.spellings.len()).filter(|id| long(id) && counts(*id)).collect();
    let mut known = Words::default();
    let known = words.iter().map(|id| (known.known(book.spellings[*id].text), *id)).collect();
    let ways = Ways::of(spoken);
    let mut blocked = Blocks::default().pairs(known, |id| romanization::keys(book.spellings[id].text, ways));
    blocked.sort_unstable();
    let mut ready = Ready::default();
    blocked.into_iter().filter_map(move |((a, b), _)| {
        let kinship = pairs::kinship(book, &mut ready, (a, b), spoken)?;
        let sure = matches!(&kinship, Kinship::Variant(found) if !found.language.is_some_and(is_loose));
        sure.then_some((a, b, kinship))
    })
}
