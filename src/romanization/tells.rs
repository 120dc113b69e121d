//! Tells: letters that show whose names a manuscript romanizes (`tells.tsv`). One name may lie; a dozen do not.

use super::letters::fold;
use std::sync::LazyLock;

struct Tell {
    language: &'static str,
    initial: bool,
    last: bool,
    letters: String,
}

static TELLS: LazyLock<Vec<Tell>> = LazyLock::new(|| {
    let rows = include_str!("tells.tsv").lines().filter(|l| !l.starts_with("# ")).filter_map(|l| l.split_once('\t'));
    rows.flat_map(|(language, cells)| {
        cells.split(' ').map(move |cell| {
            let letters = cell.trim_start_matches('^').trim_end_matches('$');
            Tell {
                language,
                initial: cell.starts_with('^'),
                last: cell.ends_with('$'),
                letters: letters.to_lowercase(),
            }
        })
    })
    .collect()
});

/// The languages that the letters of a name tell of, each once.
pub fn told(name: &str) -> Vec<&'static str> {
    let name: String = fold(name).into_iter().collect();
    let mut languages: Vec<&'static str> = Vec::new();
    for tell in TELLS.iter() {
        let letters = tell.letters.as_str();
        let met = match (tell.initial, tell.last) {
            (true, _) => name.starts_with(letters),
            (_, true) => name.len() > letters.len() + 1 && name.ends_with(letters),
            _ => name.contains(letters),
        };
        if met && languages.last() != Some(&tell.language) {
            languages.push(tell.language);
        }
    }
    languages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        assert_eq!(told("Vyshinskii"), ["rus"]);
        assert!(told("Johnson").is_empty());
        assert!(told("Xiaoping").contains(&"zho"));
        assert!(
            super::super::languages().all(|l| l.contains('-') || TELLS.iter().any(|t| t.language == l) || l == "bel")
        );
    }
}
