//! Endings: case forms, feminine forms and derived words, as a table of paradigms (`endings.tsv`).

use super::Relation;
use super::letters::{bare, is_vowel};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Endings> = LazyLock::new(|| Endings::read(include_str!("endings.tsv")));

/// Shortest stem that can carry an ending.
pub(super) const STEM: usize = 3;
const LONGEST: usize = 7;

struct Paradigm {
    family: &'static str,
    relation: Relation,
    name: &'static str,
    cells: Vec<&'static str>,
}

struct Endings {
    paradigms: Vec<Paradigm>,
    /// By ending: its paradigms, and the set of cells in each.
    cells: FxHashMap<Vec<char>, Vec<(usize, u32)>>,
}

impl Endings {
    fn read(text: &'static str) -> Endings {
        let mut table = Endings { paradigms: Vec::new(), cells: FxHashMap::default() };
        for line in text.lines().filter(|l| !l.starts_with("# ")).skip(1) {
            let [family, relation, name, cell, endings] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
            let relation = match relation {
                "inflection" => Relation::Inflection,
                "gender" => Relation::Gender,
                _ => Relation::Derived,
            };
            let same = |p: &Paradigm| (p.family, p.relation, p.name) == (family, relation, name);
            let paradigm = table.paradigms.iter().position(same).unwrap_or_else(|| {
                table.paradigms.push(Paradigm { family, relation, name, cells: Vec::new() });
                table.paradigms.len() - 1
            });
            let cells = &mut table.paradigms[paradigm].cells;
            cells.push(cell);
            let bit = 1u32.checked_shl(cells.len() as u32 - 1).unwrap_or(0);
            for ending in endings.split('|').map(|e| if e == "0" { "" } else { e }) {
                let known = table.cells.entry(ending.chars().collect()).or_default();
                match known.iter_mut().find(|(p, _)| *p == paradigm) {
                    Some((_, cells)) => *cells |= bit,
                    None => known.push((paradigm, bit)),
                }
            }
        }
        table
    }

    fn of(&self, ending: &[char]) -> &[(usize, u32)] {
        self.cells.get(ending).map_or(&[], Vec::as_slice)
    }
}

/// A way to cut a word: how long its stem is, what its ending may be.
pub(super) struct Cut {
    stem: usize,
    paradigm: usize,
    cells: u32,
}

/// Every way to cut a word, by paradigm, in each the longest stem first: by the endings of a family, and by those that all languages share.
pub(super) fn cuts(word: &[char], family: Option<&str>) -> Vec<Cut> {
    let from = STEM.max(word.len().saturating_sub(LONGEST)).min(word.len());
    let mut tail = ['\0'; LONGEST];
    for (bared, c) in tail.iter_mut().zip(&word[from..]) {
        *bared = bare(*c);
    }
    let tail = &tail[..(word.len() - from).min(LONGEST)];
    let mut cuts = Vec::with_capacity(16);
    for stem in (STEM..=word.len()).rev().take_while(|stem| *stem >= from) {
        for (paradigm, cells) in TABLE.of(&tail[stem - from..]) {
            let of = TABLE.paradigms[*paradigm].family;
            if of == "*" || Some(of) == family {
                cuts.push(Cut { stem, paradigm: *paradigm, cells: *cells });
            }
        }
    }
    cuts.sort_by_key(|cut| cut.paradigm);
    cuts
}

/// Two words of one stem with different endings of one paradigm.
#[derive(Clone, Copy)]
pub(super) struct Forms {
    pub relation: Relation,
    pub paradigm: &'static str,
    /// Words of all languages have it.
    pub common: bool,
    pub cells: (&'static str, &'static str),
    /// How many letters the stem has on each side.
    pub stems: (usize, usize),
}

/// A word with the ways to cut it.
pub(super) type Word<'w> = (&'w [char], &'w [Cut]);

/// Every pair of forms that two words could be, likeliest first.
pub(super) fn forms((a, left): Word, (b, right): Word) -> Vec<Forms> {
    let mut found = Vec::new();
    let mut right = right;
    for own in left.chunk_by(|x, y| x.paradigm == y.paradigm) {
        let at = own[0].paradigm;
        right = &right[right.partition_point(|y| y.paradigm < at)..];
        let others = &right[..right.partition_point(|y| y.paradigm == at)];
        let paradigm = &TABLE.paradigms[at];
        let common = paradigm.family == "*";
        let fits = |word: &[char], cut: &Cut| common || !takes_no_ending(word, cut);
        for x in own.iter().filter(|x| !others.is_empty() && fits(a, x)) {
            for y in others.iter().filter(|y| y.cells & x.cells == 0 && fits(b, y)) {
                let cell = |cells: u32| paradigm.cells.get(cells.trailing_zeros() as usize).copied().unwrap_or("");
                found.push(Forms {
                    relation: paradigm.relation,
                    paradigm: paradigm.name,
                    common,
                    cells: (cell(x.cells), cell(y.cells)),
                    stems: (x.stem, y.stem),
                });
            }
        }
    }
    let rank = |f: &Forms| match f.relation {
        Relation::Gender => 0,
        Relation::Inflection => 1,
        _ => 2,
    };
    found.sort_by_key(|f| (rank(f), std::cmp::Reverse((f.stems.0 + f.stems.1, f.stems.0.max(f.stems.1)))));
    found
}

/// A bare stem that ends in a vowel, or that is a full adjectival form.
fn takes_no_ending(word: &[char], cut: &Cut) -> bool {
    cut.stem == word.len() && (word.last().is_some_and(|c| is_vowel(*c)) || is_closed(word))
}

/// Is the word a full adjectival form already, one that takes no second case ending?
pub(super) fn is_closed(word: &[char]) -> bool {
    const FULL: [&str; 11] = ["ogo", "ego", "omu", "emu", "ykh", "ikh", "ymi", "imi", "aia", "aya", "uiu"];
    let from = word.len().saturating_sub(3);
    word.len() > 5 && FULL.iter().any(|f| f.chars().eq(word[from..].iter().copied()))
}

/// Is it a case ending of some paradigm?
pub(super) fn is_ending(letters: &[char]) -> bool {
    let ending: Vec<char> = letters.iter().map(|c| bare(*c)).collect();
    !ending.is_empty() && TABLE.of(&ending).iter().any(|(p, _)| TABLE.paradigms[*p].relation == Relation::Inflection)
}
