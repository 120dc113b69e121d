//! Misspelt words of romanized titles: a letter three times, a case ending behind a case ending, one slip between the same words.

use super::book::{Book, MentionId, SpellingId};
use super::evidence::{self, Evidence};
use super::memo::{Memo, Met};
use super::pairs::{self, Ready};
use super::slips::{Slip, nearest};
use super::words::NONE;
use crate::romanization::{self, Comparison, Relation, Ways};
use rustc_hash::{FxHashMap, FxHashSet};

/// Shortest word that is judged, and shortest stem two words share beside the same neighbour.
const SHORTEST: usize = 7;
/// Different words at one place of titles, beyond which the place says nothing.
const FILLERS: usize = 3;
/// Letters that tell a word from others whatever its ending is.
const STEM: usize = 7;

/// By the side and the stem of a neighbour: the words met there.
type Slots<'a> = FxHashMap<(usize, &'a str), FxHashSet<&'a str>>;

pub fn slips(book: &Book, spoken: &[&'static str], memo: &mut Memo) -> Vec<Slip> {
    let words: Vec<SpellingId> = (0..book.spellings.len())
        .filter(|id| !book.spellings[*id].title.is_empty() && book.spellings[*id].text.chars().count() >= SHORTEST)
        // names of people in titles are as published
        .filter(|id| book.spellings[*id].lower == 0 && !book.is_name(*id))
        .collect();
    if words.is_empty() || spoken.is_empty() || book.nouns_have_capitals {
        return Vec::new();
    }
    let slots = slots(book, &words);
    let mut best: FxHashMap<SpellingId, Slip> = FxHashMap::default();
    let known = words.iter().map(|id| (memo.words.known(book.spellings[*id].text), *id)).collect();
    let ways = Ways::of(spoken);
    let blocked = memo.titles.pairs(known, |id| romanization::keys(book.spellings[id].text, ways));
    let mut ready = Ready::default();
    let mut met = |(a, b): (SpellingId, SpellingId)| {
        ((a, b), (memo.words.known(book.spellings[a].text), memo.words.known(book.spellings[b].text)))
    };
    let extended: Vec<Met> = extended(book, &words).into_iter().map(&mut met).collect();
    for ((a, b), two) in blocked.into_iter().chain(extended) {
        let find = || spoken.iter().find_map(|l| misspelling(book, &mut ready, (a, b), l));
        let Some(found) = memo.slip(two, find) else { continue };
        let Some(slip) = weigh(book, spoken, &slots, (a, b), &found) else { continue };
        let rank = |slip: &Slip| (book.spellings[slip.right].title.len(), std::cmp::Reverse(slip.right));
        let better = |old: &Slip| rank(&slip) > rank(old);
        if best.get(&slip.wrong).is_none_or(better) {
            best.insert(slip.wrong, slip);
        }
    }
    let mut found: Vec<Slip> = best.into_values().collect();
    found.sort_by_key(|s| s.places[0]);
    found
}

/// Words that are another word with something behind it.
fn extended(book: &Book, words: &[SpellingId]) -> Vec<(SpellingId, SpellingId)> {
    let known: FxHashMap<&str, SpellingId> = words.iter().map(|id| (book.spellings[*id].text, *id)).collect();
    let mut found = Vec::new();
    for id in words {
        let text = book.spellings[*id].text;
        let cuts = text.char_indices().rev().take(5).skip(1).map(|(at, _)| &text[..at]);
        found.extend(cuts.filter_map(|stem| known.get(stem)).map(|other| (*other.min(id), *other.max(id))));
    }
    found
}

fn weigh(
    book: &Book,
    spoken: &[&'static str],
    slots: &Slots,
    (a, b): (SpellingId, SpellingId),
    found: &Comparison,
) -> Option<Slip> {
    let (x, y) = (book.spellings[a].text, book.spellings[b].text);
    let count = |id: SpellingId| book.spellings[id].title.len();
    let (tx, ty) = (evidence::tripled(x), evidence::tripled(y));
    let double = found.reason.contains("second case ending");
    // a letter too many, an ending too many, or a letter too few is the slip; else the rarer word is, or the later
    let wrong_is_a = match (tx, ty) {
        (Some(_), None) => true,
        (None, Some(_)) => false,
        _ if double => x.len() > y.len(),
        _ if count(a) != count(b) => count(a) < count(b),
        _ => book.spellings[a].title.first() > book.spellings[b].title.first(),
    };
    let (wrong, right) = if wrong_is_a { (a, b) } else { (b, a) };
    let mut evidence = Vec::new();
    evidence.extend(
        evidence::tripled(book.spellings[wrong].text).filter(|_| tx.is_none() || ty.is_none()).map(Evidence::Tripled),
    );
    if double {
        evidence.push(Evidence::DoubleEnding);
    }
    evidence.extend(shared_slot(book, slots, a, b).map(Evidence::Neighbours));
    let neighbours = [a, b].into_iter().flat_map(|id| book.spellings[id].title.iter().take(20));
    let around = neighbours.flat_map(|m| beside(book, *m)).map(|(_, word)| word);
    let told = |word: &str| romanization::told(word).iter().any(|l| spoken.contains(l));
    if evidence.is_empty() || count(wrong) > 2 || ![x, y].into_iter().chain(around).any(told) {
        return None;
    }
    let mut places: Vec<MentionId> = book.spellings[wrong].title.clone();
    places.sort_unstable();
    let models = nearest(book, places[0], book.spellings[right].title.iter().copied());
    let tie = count(wrong) == count(right) && !double && tx.is_none() && ty.is_none();
    Some(Slip { wrong, right, places, models, evidence, reason: found.reason.clone(), tie })
}

fn misspelling(
    book: &Book,
    ready: &mut Ready,
    (a, b): (SpellingId, SpellingId),
    language: &'static str,
) -> Option<Comparison> {
    let (x, y) = (book.spellings[a].text, book.spellings[b].text);
    let (a, b) = (ready.of(book, a, language), ready.of(book, b, language));
    let found = romanization::judge(&a, &b);
    let tripled = pairs::tripled_less(x).as_deref() == Some(y) || pairs::tripled_less(y).as_deref() == Some(x);
    if tripled {
        return Some(Comparison { reason: "one letter too many".to_owned(), ..found.explain() });
    }
    (found.relation() == Relation::Misspelling).then(|| found.explain())
}

fn stem(word: &str) -> &str {
    word.char_indices().nth(STEM).map_or(word, |(at, _)| &word[..at])
}

/// The words beside the words of titles, on either side.
fn slots<'a>(book: &Book<'a>, words: &[SpellingId]) -> Slots<'a> {
    let mut slots = Slots::default();
    for id in words {
        for mention in &book.spellings[*id].title {
            for (side, neighbour) in beside(book, *mention) {
                slots.entry((side, stem(neighbour))).or_default().insert(shortened(book.spellings[*id].text));
            }
        }
    }
    slots
}

/// What tells a filler of a slot from others.
fn shortened(word: &str) -> &str {
    word.char_indices().nth(4).map_or(word, |(at, _)| &word[..at])
}

/// The long words next to a word, with their sides.
fn beside<'a>(book: &Book<'a>, mention: MentionId) -> impl Iterator<Item = (usize, &'a str)> {
    let of = book.mention(mention);
    let near = [(0, of.left[0]), (1, of.right[0])];
    let vocabulary = &book.files[mention.0].names.vocabulary;
    near.into_iter().filter(|(_, w)| *w != NONE).map(|(side, w)| (side, vocabulary.of(w))).filter(|(_, w)| w.len() > 5)
}

/// A word beside both, beside few others.
fn shared_slot(book: &Book, slots: &Slots, a: SpellingId, b: SpellingId) -> Option<String> {
    let sides = |id: SpellingId| {
        book.spellings[id]
            .title
            .iter()
            .take(100)
            .flat_map(|m| beside(book, *m))
            .map(|(s, w)| (s, stem(w), w))
            .collect::<Vec<_>>()
    };
    let (left, right) = (sides(a), sides(b));
    let fits = |(side, stem, _): &&(usize, &str, &str)| {
        right.iter().any(|(s, t, _)| s == side && t == stem)
            && slots.get(&(*side, *stem)).is_some_and(|f| f.len() <= FILLERS)
    };
    left.iter().find(fits).map(|(side, _, word)| if *side == 0 { format!("{word} …") } else { format!("… {word}") })
}
