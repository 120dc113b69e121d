//! How well names under two romanizations are told from names that are merely alike: `compare` against the measures in common
//! use. `cargo run --release --example romanization` prints the table of the README.
//!
//! Two sets. *Generated*: names as two schemes of their language write them, against different names at most two edits apart,
//! written alike; it measures the method, for the tables that wrote it are those that read it. *Attested*: spellings that real
//! names have borne in print (`attested.tsv`), against one another. Precision and F1 are at six look-alikes a variant.

use ibid::romanization::{Relation, compare, schemes, write};
use rapidfuzz::distance::{damerau_levenshtein, jaro_winkler};
use rphonetic::{BeiderMorseBuilder, ConfigFiles, DoubleMetaphone, Encoder};
use std::collections::HashSet;

/// Two spellings of a language: of one name, or of two.
struct Pair {
    a: String,
    b: String,
    language: &'static str,
    one: bool,
}

type Measure<'a> = (&'static str, Box<dyn Fn(&Pair) -> bool + 'a>);

fn main() {
    let rules = ConfigFiles::default();
    let sets = [("generated", generated()), ("attested", attested())];
    let count = |pairs: &[Pair], one: bool| pairs.iter().filter(|p| p.one == one).count();
    let told =
        sets.iter().map(|(name, s)| format!("{name}: {} variants, {} look-alikes", count(s, true), count(s, false)));
    println!("{}\n", told.collect::<Vec<_>>().join("; "));
    println!("| | recall | false | F1 | recall | false | F1 |\n| --- | --- | --- | --- | --- | --- | --- |");
    for (name, says) in measures(&rules) {
        let cells = sets.iter().map(|(_, set)| {
            let share = |one: bool| {
                let said = set.iter().filter(|p| p.one == one && says(p)).count();
                said as f64 / count(set, one).max(1) as f64
            };
            let (recall, wrong) = (share(true), share(false));
            let f1 = 2.0 * recall / (1.0 + recall + 6.0 * wrong);
            format!("{recall:.3} | {wrong:.3} | {f1:.2}")
        });
        println!("| {name} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
}

fn measures(rules: &ConfigFiles) -> Vec<Measure<'_>> {
    let jaro = |limit: f64| move |p: &Pair| jaro_winkler::similarity(p.a.chars(), p.b.chars()) >= limit;
    let edits = |limit: usize| move |p: &Pair| damerau_levenshtein::distance(p.a.chars(), p.b.chars()) <= limit;
    let metaphone = DoubleMetaphone::default();
    let morse = BeiderMorseBuilder::new(rules).build();
    let sounds = move |name: &str| -> HashSet<String> {
        morse.encode(name).split(['|', '-', '(', ')']).filter(|s| !s.is_empty()).map(str::to_owned).collect()
    };
    let variant = |p: &Pair, language| compare(&p.a, &p.b, language).relation == Relation::Variant;
    vec![
        ("ibid, language given", Box::new(move |p| variant(p, Some(p.language)))),
        ("ibid, language not given", Box::new(move |p| variant(p, None))),
        ("Damerau-Levenshtein ≤ 1", Box::new(edits(1))),
        ("Damerau-Levenshtein ≤ 2", Box::new(edits(2))),
        ("Jaro-Winkler ≥ .90", Box::new(jaro(0.90))),
        ("Jaro-Winkler ≥ .93", Box::new(jaro(0.93))),
        ("Double Metaphone", Box::new(move |p| metaphone.is_double_metaphone_equal(&bare(&p.a), &bare(&p.b), false))),
        ("Beider-Morse", Box::new(move |p| !sounds(&p.a).is_disjoint(&sounds(&p.b)))),
    ]
}

/// Letters only: what phonetic codes were made for.
fn bare(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    name.nfd().filter(char::is_ascii_alphabetic).collect()
}

/// Names of our list under two schemes each, and different names that are written nearly alike.
fn generated() -> Vec<Pair> {
    const EACH: usize = 120;
    let mut pairs = Vec::new();
    for (language, list) in rows(include_str!("names.tsv")) {
        let ids: Vec<&str> = schemes(language).map(|s| s.id).collect();
        let forms = |name: &str| -> Vec<String> {
            let mut forms: Vec<String> = ids.iter().filter_map(|id| write(name, language, id)).collect();
            forms.dedup();
            forms
        };
        let names: Vec<Vec<String>> = list.map(forms).filter(|f| f.len() > 1 && f[0].chars().count() > 3).collect();
        let step = (names.len() / EACH).max(1);
        for (i, forms) in names.iter().enumerate().step_by(step).take(EACH) {
            let (a, b) = (forms[i % forms.len()].clone(), forms[(i / 2 + 1) % forms.len()].clone());
            if a != b {
                pairs.push(Pair { a, b, language, one: true });
            }
            for other in names.iter().skip(i + 1) {
                let alike = damerau_levenshtein::distance(forms[0].chars(), other[0].chars()) <= 2;
                if alike && forms.iter().all(|f| !other.contains(f)) {
                    let (a, b) = (forms[0].clone(), other[0].clone());
                    pairs.push(Pair { a, b, language, one: false });
                }
            }
        }
    }
    pairs
}

/// Every two spellings of a line; and spellings of two lines of a language at most two edits apart.
fn attested() -> Vec<Pair> {
    let names: Vec<(&str, Vec<&str>)> = rows(include_str!("attested.tsv")).map(|(l, s)| (l, s.collect())).collect();
    let mut pairs = Vec::new();
    for (i, (language, forms)) in names.iter().enumerate() {
        let pair = |a: &str, b: &str, one| Pair { a: a.to_owned(), b: b.to_owned(), language, one };
        for (j, a) in forms.iter().enumerate() {
            pairs.extend(forms[j + 1..].iter().map(|b| pair(a, b, true)));
            let others = names[i + 1..].iter().filter(|(l, _)| l == language).flat_map(|(_, forms)| forms);
            let alike = others.filter(|b| damerau_levenshtein::distance(a.chars(), b.chars()) <= 2);
            pairs.extend(alike.map(|b| pair(a, b, false)));
        }
    }
    pairs
}

/// The rows of a list: a language, and names behind it.
fn rows(text: &'static str) -> impl Iterator<Item = (&'static str, impl Iterator<Item = &'static str>)> {
    let rows = text.lines().filter(|l| !l.starts_with("# ")).filter_map(|l| l.split_once('\t'));
    rows.map(|(language, names)| (language, names.split([' ', '\t'])))
}
