//! One spelling by itself: what it could be the romanization of, under which schemes, and the way back.

use super::joint::{Lattice, parse};
use super::letters::fold;
use super::tables::{self, table};
use super::{language, reason};

/// A romanization scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Scheme {
    /// As in configuration: `ala-lc`, `bgn-pcgn`, `popular`.
    pub id: &'static str,
    /// As readers know it: `ALA-LC`.
    pub name: &'static str,
}

/// How a spelling reads in a language.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Reading {
    pub language: &'static str,
    /// The likeliest original, in its own script where the spelling shows it all; another may be written alike.
    pub original: Option<String>,
    /// The schemes that could have written it throughout, likeliest first; empty if none could.
    pub schemes: Vec<Scheme>,
    /// Does a letter give the scheme away, so that another reading is far-fetched?
    pub telling: bool,
}

/// The languages there are tables for: ISO 639-3, and `x-rus` for names of language x that came through Russian.
pub fn languages() -> impl Iterator<Item = &'static str> {
    tables::languages()
}

/// The languages a set of names is likeliest written in, best first: for a document that does not say.
/// Each comes with how many points of evidence it is behind the first.
pub fn guess_languages<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<(&'static str, f32)> {
    let names: Vec<Vec<char>> = names.into_iter().map(fold).collect();
    let names: Vec<&[char]> = names.iter().map(Vec::as_slice).collect();
    language::guess(&names).into_iter().filter_map(|(language, behind)| Some((language?, behind))).collect()
}

/// The schemes of a language, in the order of its table; none if there is no table.
pub fn schemes(language: &str) -> impl Iterator<Item = Scheme> {
    let schemes = table(language).map_or(&[][..], |t| &t.schemes);
    schemes.iter().map(|s| Scheme { id: s.id, name: s.name })
}

/// Reads one spelling: which schemes could have written it, and of what. `None` if the language has no table.
pub fn read(spelling: &str, language: &str) -> Option<Reading> {
    let table = table(language)?;
    let lattice = Lattice::new(table, &fold(spelling));
    let hands = if lattice.told == 0 { lattice.hands } else { lattice.told };
    let mut able: Vec<_> =
        table.hands.iter().enumerate().filter(|(i, _)| hands >> i & 1 == 1).map(|(_, h)| *h).collect();
    able.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    let mut schemes: Vec<Scheme> = Vec::new();
    for hand in able {
        let scheme = &table.schemes[hand.scheme];
        if schemes.iter().all(|s| s.id != scheme.id) {
            schemes.push(Scheme { id: scheme.id, name: scheme.name });
        }
    }
    let length = lattice.letters.len();
    let parse = parse(table, &lattice, &lattice, 3.0);
    let end = parse.least(length, length);
    let original = end.and_then(|e| reason::original(table, &lattice.letters, &parse.origin(e)));
    Some(Reading { language: table.language, original, schemes, telling: lattice.told != 0 })
}

/// Writes an original under a scheme (by id): `write("Бакаев", "rus", "bgn-pcgn")` is `Bakayev`. Capitals stay where they are.
/// `None` if the scheme is unknown, or has no way to write one of the letters.
pub fn write(original: &str, language: &str, scheme: &str) -> Option<String> {
    let written = table(language)?.write(original, scheme)?;
    let mut capital = original.split(['-', ' ']).map(|part| part.chars().next().is_some_and(char::is_uppercase));
    let mut out = String::with_capacity(written.len());
    let mut raise = capital.next().unwrap_or(false);
    for c in written.chars() {
        if matches!(c, '-' | ' ') {
            raise = capital.next().unwrap_or(false);
            out.push(c);
        } else if raise && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            raise = false;
        } else {
            out.push(c);
        }
    }
    Some(out)
}
