//! Letters and signs that are commands: `\ss`, `\v{s}`, `\"o`, `\,`, `\ldots`.

use super::commands::Does;
use unicode_normalization::UnicodeNormalization;

/// A command that stands for letters or sets an accent.
pub fn command(name: &str) -> Option<Does> {
    accent(name).map(Does::Accent).or_else(|| set(name).map(Does::Set))
}

fn accent(name: &str) -> Option<char> {
    Some(match name {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        "d" => '\u{323}',
        "b" => '\u{331}',
        "t" => '\u{361}',
        _ => return None,
    })
}

/// Commands and what they are set as.
const SET: &[(&[&str], &str)] = &[
    (&["ss"], "ß"),
    (&["SS"], "ẞ"),
    (&["ae"], "æ"),
    (&["AE"], "Æ"),
    (&["oe"], "œ"),
    (&["OE"], "Œ"),
    (&["o"], "ø"),
    (&["O"], "Ø"),
    (&["aa"], "å"),
    (&["AA"], "Å"),
    (&["l"], "ł"),
    (&["L"], "Ł"),
    (&["i"], "ı"),
    (&["j"], "ȷ"),
    (&["dh"], "ð"),
    (&["DH"], "Ð"),
    (&["th"], "þ"),
    (&["TH"], "Þ"),
    (&["dj"], "đ"),
    (&["DJ"], "Đ"),
    (&["ng"], "ŋ"),
    (&["NG"], "Ŋ"),
    (&["S", "textsection"], "§"),
    (&["P", "textparagraph"], "¶"),
    (&["dag", "textdagger"], "†"),
    (&["ddag", "textdaggerdbl"], "‡"),
    (&["copyright", "textcopyright"], "©"),
    (&["pounds", "textsterling"], "£"),
    (&["euro", "texteuro"], "€"),
    (&["textdegree", "degree"], "°"),
    (&["ldots", "dots", "textellipsis", "dotfill"], "…"),
    (&["textendash", "endash"], "–"),
    (&["textemdash", "emdash"], "—"),
    (&["textquotedblleft"], "“"),
    (&["textquotedblright"], "”"),
    (&["textquoteleft", "lq"], "‘"),
    (&["textquoteright", "rq"], "’"),
    (&["textquotedbl", "dq"], "\""),
    (&["quotedblbase", "glqq"], "„"),
    (&["grqq"], "“"),
    (&["quotesinglbase", "glq"], "‚"),
    (&["grq"], "‘"),
    (&["guillemotleft", "guillemetleft", "flqq"], "«"),
    (&["guillemotright", "guillemetright", "frqq"], "»"),
    (&["guilsinglleft", "flq"], "‹"),
    (&["guilsinglright", "frq"], "›"),
    (&["og"], "«\u{a0}"),
    (&["fg"], "\u{a0}»"),
    (&["textasciitilde", "lettertilde"], "~"),
    (&["textasciicircum"], "^"),
    (&["textbackslash", "letterbackslash"], "\\"),
    (&["textbar"], "|"),
    (&["textless"], "<"),
    (&["textgreater"], ">"),
    (&["textunderscore", "letterunderscore", "_"], "_"),
    (&["letterpercent", "percent", "%"], "%"),
    (&["letterhash", "#"], "#"),
    (&["letterdollar", "textdollar", "$"], "$"),
    (&["letterampersand", "&"], "&"),
    (&["{", "textbraceleft"], "{"),
    (&["}", "textbraceright"], "}"),
    (&["LaTeX"], "LaTeX"),
    (&["LaTeXe"], "LaTeX2e"),
    (&["TeX"], "TeX"),
    (&["BibTeX"], "BibTeX"),
    (&["XeTeX"], "XeTeX"),
    (&["XeLaTeX"], "XeLaTeX"),
    (&["LuaTeX"], "LuaTeX"),
    (&["textordmasculine"], "º"),
    (&["textordfeminine"], "ª"),
    (&["textnumero"], "№"),
    (&["no"], "nᵒ"),
    (&["ier"], "er"),
    (&["ieme"], "e"),
    (&["iere"], "re"),
    (&["slash"], "/"),
    (&[",", "thinspace"], "\u{2009}"),
    (&[";", ":", ">", "enspace", " ", "\n", "\r", "\r\n", "\t", "space", "textvisiblespace"], " "),
    (&["nobreakspace"], "\u{a0}"),
    (&["hyp", "textminus"], "-"),
    (&["-", "/", "!", "@", "+"], ""),
];

/// What a command is set as.
pub fn set(name: &str) -> Option<&'static str> {
    SET.iter().find(|(names, _)| names.contains(&name)).map(|(_, text)| *text)
}

/// A letter with an accent, composed.
pub fn accented(letter: &str, accent: char) -> String {
    let mut letters = letter.chars();
    let Some(first) = letters.next() else { return String::new() };
    let base = match first {
        'ı' => 'i',
        'ȷ' => 'j',
        c => c,
    };
    // A tie joins two letters; any other accent belongs to the first.
    std::iter::once(base).chain([accent]).chain(letters).nfc().collect()
}
