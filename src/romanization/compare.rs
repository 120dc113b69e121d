//! Comparing two spellings: the relation, and the evidence for it.

use super::endings::{self, Forms};
use super::joint::{Lattice, Origin, parse};
use super::letters::{fold, skeleton};
use super::table::Table;
use super::tables::table;
use super::{Comparison, Relation, language, reason, typo};
use std::cell::OnceCell;
use unicode_normalization::UnicodeNormalization;

/// How far-fetched an origin may be before coincidence is the better explanation, by how many edits the spellings are apart:
/// different names are often one or two letters apart, seldom four.
const COINCIDENCE: [f32; 5] = [3.0, 0.95, 1.95, 2.2, 4.0];
/// Nothing dearer is followed.
const LIMIT: f32 = 4.0;
/// What it costs to call two spellings forms of one word, where a common original would also do.
const FORMS: f32 = 0.3;
/// How far a language may be behind the likeliest, and what being behind costs a point.
const BEHIND: f32 = 8.0;
const BEHIND_COST: f32 = 0.3;
/// What it costs not to be told the language at all.
const UNTOLD: f32 = 0.2;

/// An explanation of two spellings within a language.
enum Finding {
    Variant(Origin),
    Forms(Forms, Option<Origin>),
}

struct Candidate<'t> {
    table: &'t Table,
    letters: (Vec<char>, Vec<char>),
    finding: Finding,
    cost: f32,
}

/// Two spellings, folded.
struct Pair {
    x: Vec<char>,
    y: Vec<char>,
    room: OnceCell<f32>,
}

impl Pair {
    /// How far-fetched an origin may be.
    fn room(&self) -> f32 {
        let distance = || strsim::generic_damerau_levenshtein(&skeleton(&self.x), &skeleton(&self.y));
        *self.room.get_or_init(|| COINCIDENCE[distance().min(4)])
    }

    fn certainty(&self, cost: f32) -> f32 {
        1.0 / (1.0 + (-2.0 * (self.room() - cost) - 0.5).exp())
    }
}

/// Compares two spellings: of a language (ISO 639-3, `deu-rus` for a German name that came through Russian), or of any.
///
/// Symmetric: swapping the spellings swaps the sides of the answer. Never fails: what cannot be read is different.
pub fn compare(a: &str, b: &str, language: Option<&str>) -> Comparison {
    let pair = Pair { x: fold(a), y: fold(b), room: OnceCell::new() };
    if pair.x == pair.y {
        return same_letters(a, b);
    }
    let tables = candidates(&pair, language);
    let mut best: Option<Candidate> = None;
    for &(table, behind) in &tables {
        if best.as_ref().is_some_and(|b| b.cost <= behind) {
            break;
        }
        let found = explain(table, &pair, behind);
        if let Some(found) = found.filter(|f| best.as_ref().is_none_or(|b| f.cost < b.cost)) {
            best = Some(found);
        }
    }
    let Some(Candidate { table, letters, finding, cost }) = best else {
        let family = tables.first().and_then(|(t, _)| t.endings);
        return without_table(&pair.x, &pair.y, family);
    };
    let certainty = pair.certainty(cost);
    match finding {
        Finding::Variant(origin) => reason::variant(table, &letters, &origin, certainty),
        Finding::Forms(forms, origin) => {
            reason::forms(Some(table), (&pair.x, &pair.y), &forms, origin.as_ref(), certainty)
        }
    }
}

/// The tables to read a pair by, each with what it costs to take it for that language.
fn candidates(pair: &Pair, language: Option<&str>) -> Vec<(&'static Table, f32)> {
    if let Some(language) = language {
        return table(language).map(|t| (t, 0.0)).into_iter().collect();
    }
    let near = language::guess(&[&pair.x, &pair.y]).into_iter().take_while(|(_, behind)| *behind <= BEHIND);
    near.filter_map(|(language, behind)| Some((table(language?)?, UNTOLD + behind * BEHIND_COST))).collect()
}

/// Spellings whose letters are the same, though perhaps not their signs.
fn same_letters(a: &str, b: &str) -> Comparison {
    let lower = |s: &str| s.nfc().flat_map(char::to_lowercase).collect::<String>();
    match lower(a) == lower(b) {
        true => reason::plain(Relation::Identical, 1.0, "the same letters".to_owned()),
        false => reason::plain(Relation::Variant, 0.9, "the same letters; a sign is typed in two ways".to_owned()),
    }
}

/// The best explanation within one language, if it is better than coincidence.
fn explain<'t>(table: &'t Table, pair: &Pair, behind: f32) -> Option<Candidate<'t>> {
    let Pair { x, y, .. } = pair;
    let (a, b) = (Lattice::new(table, x), Lattice::new(table, y));
    let parse = parse(table, &a, &b, LIMIT);
    let whole = parse.origin(a.letters.len(), b.letters.len()).filter(|o| o.cost + behind <= pair.room());
    let of_forms = endings::forms(x, y, table.endings).into_iter().filter_map(|forms| {
        let (i, j) = forms.stems;
        if x[..i] == y[..j] {
            return Some((0.0, forms, None));
        }
        let origin = parse.origin(i, j)?;
        Some((origin.cost, forms, Some(origin)))
    });
    let stems = of_forms.filter(|(cost, ..)| cost + behind <= 2.0).min_by(|a, b| a.0.total_cmp(&b.0));
    let letters = (a.letters, b.letters);
    match (whole, stems) {
        (Some(origin), stems) if stems.as_ref().is_none_or(|s| origin.cost <= s.0 + FORMS) => {
            Some(Candidate { table, letters, cost: origin.cost + behind, finding: Finding::Variant(origin) })
        }
        (_, Some((cost, forms, origin))) => {
            Some(Candidate { table, letters, cost: cost + behind, finding: Finding::Forms(forms, origin) })
        }
        _ => None,
    }
}

/// What can be said without a table: dropped marks, possessives, slips.
fn without_table(x: &[char], y: &[char], family: Option<&str>) -> Comparison {
    if skeleton(x) == skeleton(y) {
        return reason::plain(
            Relation::Variant,
            0.6,
            "the same letters; one has marks that the other drops".to_owned(),
        );
    }
    let equal_stems = |f: &Forms| x[..f.stems.0] == y[..f.stems.1];
    if let Some(forms) = endings::forms(x, y, None).into_iter().find(equal_stems) {
        return reason::forms(None, (x, y), &forms, None, 0.8);
    }
    if let Some(slip) = typo::slip(x, y) {
        return reason::misspelling(slip, x, y);
    }
    // Two forms of a word, one of them misspelt: nouns and adjectives of titles.
    let long_stems = |f: &Forms| f.stems.0.min(f.stems.1) >= 6 && f.relation == Relation::Inflection;
    let slip = |f: Forms| typo::slip(&x[..f.stems.0], &y[..f.stems.1]).map(|slip| (slip, f.stems));
    if let Some((slip, (i, j))) = endings::forms(x, y, family).into_iter().filter(long_stems).find_map(slip) {
        return reason::misspelling(slip, &x[..i], &y[..j]);
    }
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    if endings::is_closed(short) && long.starts_with(short) && endings::is_ending(&long[short.len()..]) {
        return reason::plain(Relation::Misspelling, 0.9, "a second case ending after a full one".to_owned());
    }
    reason::plain(Relation::Different, 0.9, "no scheme writes one original as both".to_owned())
}
