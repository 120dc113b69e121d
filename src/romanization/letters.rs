//! Letters as romanization sees them: folded for comparison, with marks or bare.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Folds a spelling: lower case, composed, ties dropped, every sign of one kind typed one way (`'` and `"`).
pub(super) fn fold(spelling: &str) -> Vec<char> {
    if spelling.is_ascii() && !spelling.contains('`') {
        return spelling.chars().map(|c| c.to_ascii_lowercase()).collect();
    }
    let spelling = spelling.replace("``", "\"").replace('İ', "i");
    spelling.nfd().flat_map(char::to_lowercase).filter(|c| !is_tie(*c)).nfc().filter_map(sign).collect()
}

fn is_tie(c: char) -> bool {
    matches!(c, '\u{361}' | '\u{fe20}' | '\u{fe21}' | '\u{200c}' | '\u{200d}')
}

/// One character for each sign however it is typed. Non-breaking hyphens and spaces become plain ones.
fn sign(c: char) -> Option<char> {
    Some(match c {
        'ʹ' | '’' | 'ʼ' | '‘' | '`' | '´' | 'ʻ' | 'ʾ' | 'ʿ' | '′' | 'ʽ' | 'ˈ' => '\'',
        'ʺ' | '”' | '“' | '″' | '˝' => '"',
        '\u{2010}' | '\u{2011}' | '\u{2013}' => '-',
        '\u{a0}' | '\u{202f}' => ' ',
        '\u{ad}' => return None,
        c => c,
    })
}

/// The letter under its marks: `š` → `s`, `ł` → `l`; a letter without marks is itself.
pub(super) fn bare(c: char) -> char {
    if c.is_ascii() {
        return c;
    }
    match c {
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ø' => 'o',
        'ħ' => 'h',
        'æ' => 'e',
        _ => std::iter::once(c).nfd().next().unwrap_or(c),
    }
}

pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '\'' | '"')
}

pub(super) fn is_joint(c: char) -> bool {
    matches!(c, '-' | ' ')
}

pub(super) fn is_vowel(c: char) -> bool {
    matches!(bare(c), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Without marks, signs and joints: what is left when a printer has no sorts.
pub(super) fn skeleton(letters: &[char]) -> Vec<char> {
    letters.iter().filter(|c| !is_sign(**c) && !is_joint(**c) && !is_combining_mark(**c)).map(|c| bare(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_letters_and_unifies_signs() {
        let fold = |s: &str| fold(s).into_iter().collect::<String>();
        assert_eq!(fold("Gol’t͡sman"), "gol'tsman");
        assert_eq!(fold("İzmir"), "izmir");
        assert_eq!(fold("Vys\u{30c}inskij"), "vyšinskij");
        assert_eq!(skeleton(&fold("Ch'ŏng-ch’ŏn").chars().collect::<Vec<_>>()).iter().collect::<String>(), "chongchon");
    }
}
