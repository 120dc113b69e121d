//! Tells: letters that show whose names a manuscript romanizes (`tells.tsv`). One name may lie; a dozen do not.

use super::letters::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

struct Tell {
    /// An index into [`Tells::languages`].
    language: usize,
    initial: bool,
    last: bool,
    letters: String,
}

struct Tells {
    languages: Vec<&'static str>,
    /// By their first letter.
    by_letter: FxHashMap<char, Vec<Tell>>,
}

static TELLS: LazyLock<Tells> = LazyLock::new(|| {
    let rows = include_str!("tells.tsv").lines().filter(|l| !l.starts_with("# ")).filter_map(|l| l.split_once('\t'));
    let mut tells = Tells { languages: Vec::new(), by_letter: FxHashMap::default() };
    for (language, cells) in rows {
        for cell in cells.split(' ') {
            let letters = cell.trim_start_matches('^').trim_end_matches('$').to_lowercase();
            let Some(first) = letters.chars().next() else { continue };
            let (initial, last) = (cell.starts_with('^'), cell.ends_with('$'));
            let tell = Tell { language: tells.languages.len(), initial, last, letters };
            tells.by_letter.entry(first).or_default().push(tell);
        }
        tells.languages.push(language);
    }
    tells
});

/// The languages that the letters of a name tell of, each once.
pub fn told(name: &str) -> Vec<&'static str> {
    let name: String = fold(name).into_iter().collect();
    let mut met = 0u32;
    for (at, letter) in name.char_indices() {
        for tell in TELLS.by_letter.get(&letter).into_iter().flatten() {
            let rest = &name[at..];
            let placed = match (tell.initial, tell.last) {
                (true, _) => at == 0,
                (_, true) => at > 1 && rest.len() == tell.letters.len(),
                _ => true,
            };
            if placed && rest.starts_with(&tell.letters) {
                met |= 1 << tell.language;
            }
        }
    }
    TELLS.languages.iter().enumerate().filter(|(i, _)| met >> i & 1 == 1).map(|(_, l)| *l).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        assert_eq!(told("Vyshinskii"), ["rus"]);
        assert!(told("Johnson").is_empty());
        assert!(told("Xiaoping").contains(&"zho"));
        assert!(super::super::languages().all(|l| l.contains('-') || TELLS.languages.contains(&l) || l == "bel"));
    }
}
