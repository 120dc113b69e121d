//! Romanization: one original, several schemes.
//!
//! Two spellings are variants when one original exists that a scheme writes as the first and a scheme writes as the second.
//! [`compare`] looks for it; everything else here serves it or lives on it.

mod compare;
mod endings;
mod joint;
mod keys;
mod language;
mod letters;
mod reading;
mod reason;
mod table;
mod tables;
mod tells;
#[cfg(test)]
mod tests;
mod typo;

pub use compare::{Judgement, Spelling, compare, judge};
pub use keys::{Ways, keys};
pub use reading::{Reading, Scheme, guess_languages, languages, read, schemes, write};
pub use tells::told;

/// How two spellings are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// The same letters, whatever their case.
    Identical,
    /// Two romanizations of one original.
    Variant,
    /// Two case forms of one word, or a word and its possessive.
    Inflection,
    /// One is derived from the other: `Zinovievite`, `Korablevshchina`.
    Derived,
    /// A surname in its masculine and its feminine form.
    Gender,
    /// One edit apart, and no scheme explains it. A different name can be one edit away too: this wants evidence from the context.
    Misspelling,
    Different,
}

impl Relation {
    /// The word the command line uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Relation::Identical => "identical",
            Relation::Variant => "variant",
            Relation::Inflection => "inflection",
            Relation::Derived => "derived",
            Relation::Gender => "gender",
            Relation::Misspelling => "misspelling",
            Relation::Different => "different",
        }
    }
}

/// What [`compare`] found.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Comparison {
    pub relation: Relation,
    /// How sure the relation is, from 0 to 1.
    pub score: f32,
    /// The evidence in words: which scheme each side follows, and on which letters.
    pub reason: String,
    /// The common original in its own script, where the spellings show it; several originals can be written alike.
    pub original: Option<String>,
    /// The likeliest scheme of each side, by the name readers know.
    pub schemes: (Option<&'static str>, Option<&'static str>),
    /// The language the spellings were read in.
    pub language: Option<&'static str>,
}
