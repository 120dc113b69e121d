//! Every place of one name: the same spelling, the others it has, its inflected forms.

use crate::analysis::names::book::{Book, MentionId, SpellingId};
use crate::analysis::names::zones::Zone;
use crate::analysis::{Analysis, FileId, Place};
use crate::romanization::{Relation, compare};

/// A name of the manuscript.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// Where it stands under the cursor.
    pub origin: Place,
    /// In the order of files and places; the one under the cursor is among them.
    pub mentions: Vec<Mention>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Mention {
    pub place: Place,
    pub zone: Zone,
    pub kin: Kin,
}

/// How a mention is related to the one under the cursor.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kin {
    Same,
    /// Another romanization, or the same with other marks.
    Variant,
    Inflected,
}

/// Inflected forms begin alike, by so many letters at least.
const STEM: usize = 3;

/// The name at a byte of a file; nothing on words that are also typed in lower case, and nothing in quotations.
pub fn at(analysis: &Analysis, file: FileId, byte: u32) -> Option<Name> {
    let mentions = &analysis.files.get(file)?.names.mentions;
    let index = mentions.iter().position(|m| m.span.contains(byte));
    let index = index.or_else(|| mentions.iter().position(|m| m.span.touches(byte)))?;
    let book = Book::new(&analysis.files);
    let all = |id: SpellingId| book.spellings[id].named().chain(book.spellings[id].title.iter().copied());
    let own = (0..book.spellings.len()).find(|id| all(*id).any(|m| m == (file, index)))?;
    if !book.is_name(own) {
        return None;
    }
    let mut found: Vec<Mention> = all(own).map(|m| mention(&book, m, Kin::Same)).collect();
    for id in inflected(analysis, &book, own) {
        found.extend(all(id).map(|m| mention(&book, m, Kin::Inflected)));
    }
    add_variants(analysis, &book, &mut found);
    found.sort();
    found.dedup_by_key(|m| m.place);
    Some(Name { origin: Place { file, span: mentions[index].span }, mentions: found })
}

fn mention(book: &Book, id: MentionId, kin: Kin) -> Mention {
    Mention { place: book.place(id), zone: book.mention(id).zone, kin }
}

/// The case forms of a spelling, in the languages whose names are romanized here.
fn inflected(analysis: &Analysis, book: &Book, own: SpellingId) -> Vec<SpellingId> {
    let Some(language) = analysis.names.languages.first() else { return Vec::new() };
    let text = book.spellings[own].text;
    let alike = |other: &str| text.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let distinct = |other: &str| {
        let is = |word: &String, text: &str| word.to_lowercase() == text;
        let group = |g: &Vec<String>| g.iter().any(|w| is(w, text)) && g.iter().any(|w| is(w, other));
        analysis.config.names.distinct.iter().any(group)
    };
    let fits = |id: &SpellingId| {
        let other = book.spellings[*id].text;
        *id != own
            && alike(other) >= STEM.max(text.chars().count() / 2)
            && book.is_name(*id)
            && !distinct(other)
            && compare(text, other, Some(language)).relation == Relation::Inflection
    };
    (0..book.spellings.len()).filter(fits).collect()
}

/// Adds every form of the names that one of the mentions is a form of.
fn add_variants(analysis: &Analysis, book: &Book, found: &mut Vec<Mention>) {
    let known: Vec<Place> = found.iter().map(|m| m.place).collect();
    for name in analysis.names.variants.iter().chain(&analysis.names.drifts) {
        let places = || name.forms.iter().flat_map(|f| &f.places);
        if !places().any(|p| known.contains(p)) {
            continue;
        }
        let zone = |place: &Place| {
            let mentions = &book.files[place.file].names.mentions;
            mentions.iter().find(|m| m.span == place.span).map_or(Zone::Prose, |m| m.zone)
        };
        let new = places().filter(|p| !known.contains(p));
        found.extend(new.map(|p| Mention { place: *p, zone: zone(p), kin: Kin::Variant }));
    }
}

/// How often a name stands under each spelling, the most frequent first.
pub fn spellings(analysis: &Analysis, name: &Name) -> Vec<(String, usize)> {
    let mut counted: Vec<(String, usize)> = Vec::new();
    for mention in &name.mentions {
        let text: String = analysis.text(mention.place).split_whitespace().collect();
        match counted.iter_mut().find(|(t, _)| *t == text) {
            Some((_, n)) => *n += 1,
            None => counted.push((text, 1)),
        }
    }
    counted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    counted
}
