//! The list of tables, each read when it is first asked for.

use super::table::Table;
use std::sync::OnceLock;

macro_rules! tables {
    ($($language:literal)*) => {
        const SOURCES: &[(&str, &str)] = &[$(($language, include_str!(concat!("schemes/", $language, ".tsv")))),*];
        static TABLES: [OnceLock<Table>; SOURCES.len()] = [const { OnceLock::new() }; SOURCES.len()];
    };
}

// ISO 639-3; `x-rus` is a name of language x that came through Russian.
tables! {
    "ara" "bel" "bul" "deu-rus" "ell" "fas" "heb" "hye" "hye-rus" "jpn" "kat" "kat-rus" "kor" "rus" "srp" "tur" "ukr" "yid" "zho"
}

/// The table of a language.
pub(super) fn table(language: &str) -> Option<&'static Table> {
    // One table serves both: the alphabets differ by letters that no spelling confuses.
    let language = if language == "mkd" { "srp" } else { language };
    let at = SOURCES.iter().position(|(l, _)| *l == language)?;
    let (language, text) = SOURCES[at];
    Some(TABLES[at].get_or_init(|| {
        let base = Table::base_of(text).and_then(|base| SOURCES.iter().find(|(l, _)| *l == base));
        Table::read(language, base.map(|(_, text)| *text), text)
    }))
}

/// Every language there is a table for.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(l, _)| *l)
}

/// The text of every table.
#[cfg(test)]
pub(super) fn sources() -> impl Iterator<Item = (&'static str, &'static str)> {
    SOURCES.iter().copied()
}
