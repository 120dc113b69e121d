//! Cue words of notes: `lexicon/*.toml`, a table a language, all loaded together (notes switch language all the time).

use crate::script::fold;
use rustc_hash::FxHashMap;
use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

/// A set of meanings a word or phrase can have in a note.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Cue(u64);

macro_rules! cues {
    ($($(#[doc = $doc:literal])* $name:ident = $key:literal)+) => {
        #[allow(clippy::upper_case_acronyms, non_camel_case_types)]
        #[derive(Clone, Copy)]
        #[repr(u32)]
        enum Bit { $($name),+ }
        impl Cue {
            pub const NONE: Cue = Cue(0);
            $($(#[doc = $doc])* pub const $name: Cue = Cue(1 << Bit::$name as u32);)+
            fn of_key(key: &str) -> Option<Cue> {
                match key { $($key => Some(Cue::$name),)+ _ => None }
            }
        }
    };
}

cues! {
    /// `see also`, `vgl.`
    SIGNAL = "signal"
    /// A signal that can stand in the middle of a sentence: `On X, see …`
    SEE = "see"
    IBID = "ibid"
    OPCIT = "opcit"
    LOCCIT = "loccit"
    /// Italian `cit.` behind a title.
    CIT = "cit"
    IDEM = "idem"
    ID = "id"
    ALIAS = "alias"
    /// The word "note".
    NOTE = "note"
    /// `supra`, `above`, `oben`
    BACK = "back"
    FORWARD = "forward"
    /// Leads to a note without a direction: `wie Anm. 3`.
    TOWARD = "toward"
    /// `vorige`
    PREVIOUS = "previous"
    /// Parts of the manuscript itself: `chapter`, `section`.
    XREF = "xref"
    PAGE = "pages_one"
    PAGES = "pages_many"
    ANY_PAGES = "pages_any"
    LEAF = "leaf"
    /// Paragraphs, articles, chapters of a cited work.
    UNIT = "unit"
    /// `here`, `esp.`: the pages meant, after the extent.
    HERE = "here"
    /// `vol.`, `no.`
    VOLUME = "volume"
    EDITOR = "editor"
    CONTAINER = "container"
    JOIN = "join"
    FORTHCOMING = "forthcoming"
    MONTH = "month"
    NEWSPAPER = "newspaper"
    /// Abbreviation of an archive.
    REPOSITORY = "repository"
    /// Words of an archive's name.
    ARCHIVE = "archive"
    /// Sign of a unit in an archive: `Box`, `filza`.
    HOLDING = "holding"
    REPORTER = "reporter"
    /// Words of statutes, treaties and decrees.
    STATUTE = "statute"
    /// Ends in a full stop that ends no sentence.
    ABBREVIATION = "abbreviation"
    /// Function words: what prose is made of and titles lists are not.
    STOP = "stop"
    /// Filings and letters: cited in full without a publisher.
    FILING = "filing"
}

impl Cue {
    /// Words that point back or lead to a citation: they name no work.
    pub const BACK_REFERENCE: Cue = Cue(Cue::IBID.0
        | Cue::ID.0
        | Cue::IDEM.0
        | Cue::OPCIT.0
        | Cue::LOCCIT.0
        | Cue::CIT.0
        | Cue::BACK.0
        | Cue::FORWARD.0
        | Cue::SIGNAL.0);

    /// Any sign of a place within a source.
    pub const LOCATOR: Cue = Cue(Cue::PAGE.0 | Cue::PAGES.0 | Cue::ANY_PAGES.0 | Cue::LEAF.0 | Cue::UNIT.0);

    pub fn has(self, any: Cue) -> bool {
        self.0 & any.0 != 0
    }
}

impl BitOr for Cue {
    type Output = Cue;
    fn bitor(self, other: Cue) -> Cue {
        Cue(self.0 | other.0)
    }
}

impl BitOrAssign for Cue {
    fn bitor_assign(&mut self, other: Cue) {
        self.0 |= other.0;
    }
}

/// One phrase: the words behind its first one, folded, and what the whole means.
#[derive(Debug)]
pub struct Phrase {
    pub rest: Vec<Box<str>>,
    pub cue: Cue,
    /// As typed, where case counts; else empty.
    pub exact: Box<str>,
}

/// Phrases by their first word, longest first.
pub struct Lexicon {
    phrases: FxHashMap<Box<str>, Vec<Phrase>>,
}

const TABLES: [&str; 12] = [
    include_str!("lexicon/en.toml"),
    include_str!("lexicon/de.toml"),
    include_str!("lexicon/fr.toml"),
    include_str!("lexicon/it.toml"),
    include_str!("lexicon/es.toml"),
    include_str!("lexicon/pt.toml"),
    include_str!("lexicon/ru.toml"),
    include_str!("lexicon/pl.toml"),
    include_str!("lexicon/la.toml"),
    include_str!("lexicon/archives.toml"),
    include_str!("lexicon/law.toml"),
    include_str!("lexicon/abbreviations.toml"),
];

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(&TABLES));

impl Lexicon {
    /// All tables that ship with `ibid`.
    pub fn get() -> &'static Lexicon {
        &LEXICON
    }

    /// The phrases that begin with a folded word, longest first.
    pub fn starting_with(&self, word: &str) -> &[Phrase] {
        self.phrases.get(word).map_or(&[], Vec::as_slice)
    }

    fn load(tables: &[&str]) -> Lexicon {
        let mut lexicon = Lexicon { phrases: FxHashMap::default() };
        for table in tables {
            let table: toml::Table = toml::from_str(table).unwrap_or_default();
            for (key, phrases) in &table {
                let (Some(cue), Some(phrases)) = (Cue::of_key(key), phrases.as_array()) else { continue };
                for phrase in phrases.iter().filter_map(|p| p.as_str()) {
                    lexicon.add(phrase, cue);
                }
            }
        }
        for list in lexicon.phrases.values_mut() {
            list.sort_by_key(|p| std::cmp::Reverse(p.rest.len()));
        }
        lexicon
    }

    fn add(&mut self, phrase: &str, cue: Cue) {
        let mut words = phrase.split(' ').map(|w| fold(w).into_boxed_str());
        let Some(first) = words.next() else { return };
        let rest: Vec<_> = words.collect();
        let exact: Box<str> = if cue.has(Cue::REPOSITORY | Cue::REPORTER) { phrase.into() } else { "".into() };
        let list = self.phrases.entry(first).or_default();
        match list.iter_mut().find(|p| p.rest == rest && p.exact == exact) {
            Some(known) => known.cue |= cue,
            None => list.push(Phrase { rest, cue, exact }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_read_to_its_last_key() {
        for table in TABLES {
            let table: toml::Table = toml::from_str(table).expect("a table is TOML");
            for key in table.keys() {
                assert!(Cue::of_key(key).is_some(), "unknown key {key}");
            }
        }
    }

    #[test]
    fn a_word_can_mean_several_things() {
        let phrases = Lexicon::get().starting_with("n");
        assert!(phrases.iter().any(|p| p.rest.is_empty() && p.cue.has(Cue::NOTE) && p.cue.has(Cue::ABBREVIATION)));
    }
}
