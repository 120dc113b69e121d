//! Reasons: what a comparison found, in words that teach.

use super::endings::Forms;
use super::joint::{Origin, Step};
use super::table::{Table, Unit};
use super::typo::{self, Edit};
use super::{Comparison, Relation};
use unicode_normalization::UnicodeNormalization;

pub(super) fn plain(relation: Relation, score: f32, reason: String) -> Comparison {
    Comparison { relation, score, reason, original: None, schemes: (None, None), language: None }
}

/// Two romanizations: the schemes, and the letters on which they part.
pub(super) fn variant(table: &'static Table, letters: (&[char], &[char]), origin: &Origin, score: f32) -> Comparison {
    let schemes = (scheme(table, origin.hands.0), scheme(table, origin.hands.1));
    let original = original(table, letters.0, origin);
    let mut parts = differences(table, letters, origin, schemes);
    if parts.is_empty() {
        parts.push("they differ in marks only".to_owned());
    }
    let name = original.as_ref().map_or("one name".to_owned(), |o| format!("one name, {o}"));
    let reason = format!("two romanizations of {name}: {}", parts.join("; "));
    Comparison { relation: Relation::Variant, score, reason, original, schemes, language: Some(table.language) }
}

/// Two forms of a word, perhaps in two romanizations at that.
pub(super) fn forms(
    table: Option<&'static Table>,
    words: (&[char], &[char]),
    forms: &Forms,
    origin: Option<&Origin>,
    score: f32,
) -> Comparison {
    let ending = |word: &[char], stem: usize| match word[stem..].iter().collect::<String>() {
        e if e.is_empty() => "no ending".to_owned(),
        e => format!("-{e}"),
    };
    let side = |word, stem, cell| format!("{} {cell}", ending(word, stem));
    let left = side(words.0, forms.stems.0, forms.cells.0);
    let right = side(words.1, forms.stems.1, forms.cells.1);
    let reason = format!("two forms of one word ({}): {left}, {right}", forms.paradigm);
    let names = |hands| table.and_then(|t| scheme(t, hands));
    let schemes = origin.map_or((None, None), |o| (names(o.hands.0), names(o.hands.1)));
    Comparison { relation: forms.relation, score, reason, original: None, schemes, language: table.map(|t| t.language) }
}

pub(super) fn misspelling(edit: Edit, x: &[char], y: &[char]) -> Comparison {
    let long = if x.len() >= y.len() { x } else { y };
    let reason = match edit {
        Edit::Doubled(at) => format!("one letter apart: {} is doubled", long[at]),
        Edit::Missing(at) => format!("one letter apart: {} is missing", long[at]),
        Edit::Swapped(at) => format!("two letters change places: {}{}, {}{}", x[at], x[at + 1], y[at], y[at + 1]),
        Edit::Replaced(at) => format!("one letter apart: {}, {}", x[at], y[at]),
        Edit::Two(at) => format!("alike but for two letters from {} on", long[at]),
    };
    plain(Relation::Misspelling, typo::likelihood(edit, x, y), format!("{reason}; no scheme explains it"))
}

/// The likeliest scheme of a set, by name.
fn scheme(table: &Table, hands: u32) -> Option<&'static str> {
    table.likeliest(hands).map(|(hand, _)| table.schemes[hand.scheme].name)
}

fn differences(
    table: &Table,
    letters: (&[char], &[char]),
    origin: &Origin,
    schemes: (Option<&'static str>, Option<&'static str>),
) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for (step, a, b) in &origin.steps {
        let (g, h): (String, String) = (letters.0[a.0..a.1].iter().collect(), letters.1[b.0..b.1].iter().collect());
        if g == h {
            continue;
        }
        let shown = |g: &str| if g.is_empty() { "nothing".to_owned() } else { format!("“{g}”") };
        let by = |scheme: Option<&str>| scheme.map_or(String::new(), |s| format!(" ({s})"));
        let part = match step {
            Step::Unit(unit) if table.units[*unit as usize].label == "-" => {
                "a hyphen is written or left out".to_owned()
            }
            Step::Unit(unit) if table.units[*unit as usize].habit => {
                format!("{} against {}, a habit of spelling", shown(&g), shown(&h))
            }
            Step::Unit(unit) => {
                let letter = table.units[*unit as usize].letters;
                let letter = if letter.is_empty() || letter == g || letter == h {
                    String::new()
                } else {
                    format!("{letter} is ")
                };
                format!("{letter}{}{}, {}{}", shown(&g), by(schemes.0), shown(&h), by(schemes.1))
            }
            Step::Doubling => format!("{} against {}: a doubled letter", shown(&g), shown(&h)),
            Step::SameLetter | Step::Start => continue,
        };
        if !parts.contains(&part) && parts.len() < 3 {
            parts.push(part);
        }
    }
    parts
}

/// The original in its own script, unless some of it does not show.
pub(super) fn original(table: &Table, letters: &[char], origin: &Origin) -> Option<String> {
    let unwritten = |u: &Unit| u.letters.is_empty() && u.label != "-";
    if table.units.iter().any(|u| !u.habit && unwritten(u)) {
        return None;
    }
    let mut out = String::new();
    for (step, a, _) in &origin.steps {
        match step {
            Step::Unit(unit) => {
                let unit = &table.units[*unit as usize];
                if unwritten(unit) {
                    return None;
                }
                let joint = unit.letters == "-" && a.0 == a.1;
                out.push_str(if joint { "" } else { unit.letters });
            }
            Step::SameLetter if matches!(letters[a.0], '-' | ' ') => out.push(letters[a.0]),
            _ => return None,
        }
    }
    Some(last_sigma(capitalize(&syllables(&out))))
}

/// A sigma that ends a word has a form of its own.
fn last_sigma(mut name: String) -> String {
    if name.ends_with('σ') {
        name.pop();
        name.push('ς');
    }
    name
}

/// Raises the first letter of every part, in scripts that have capitals in use.
fn capitalize(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        let first = out.chars().next_back().is_none_or(|last| matches!(last, '-' | ' '));
        if first && !matches!(c, 'ა'..='ჿ') { out.extend(c.to_uppercase()) } else { out.push(c) }
    }
    out
}

/// Korean letters composed into syllables; other scripts as they are.
fn syllables(letters: &str) -> String {
    let is_vowel = |c: char| ('\u{1161}'..='\u{1175}').contains(&c);
    let is_initial = |c: char| ('\u{1100}'..='\u{1112}').contains(&c);
    if !letters.chars().any(is_vowel) {
        return letters.to_owned();
    }
    let mut out: Vec<char> = Vec::new();
    for c in letters.chars() {
        let closed = out.last().copied().filter(|last| is_initial(*last) && !is_vowel(c)).and_then(closing);
        if let (Some(last), Some(closed)) = (out.last_mut(), closed) {
            *last = closed;
        }
        if is_vowel(c) && !out.last().is_some_and(|last| is_initial(*last)) {
            out.push('\u{110b}');
        }
        out.push(c);
    }
    out.into_iter().nfc().collect()
}

/// An initial consonant of Korean as it stands at the end of a syllable.
fn closing(initial: char) -> Option<char> {
    Some(match initial {
        '\u{1100}' => '\u{11a8}',
        '\u{1102}' => '\u{11ab}',
        '\u{1103}' => '\u{11ae}',
        '\u{1105}' => '\u{11af}',
        '\u{1106}' => '\u{11b7}',
        '\u{1107}' => '\u{11b8}',
        '\u{1109}' => '\u{11ba}',
        '\u{110c}' => '\u{11bd}',
        _ => return None,
    })
}
