//! Letters and signs that are commands: `\ss`, `\v{s}`, `\"o`, `\,`, `\ldots`.

use super::super::flow::Writer;
use super::commands::{Does, does};
use super::lexer::Kind;
use super::walk::Walk;
use crate::script::{tex_accent, tex_letter};
use crate::text::Span;
use unicode_normalization::UnicodeNormalization;

/// A command that stands for letters or sets an accent.
pub fn command(name: &str) -> Option<Does> {
    tex_accent(name).map(Does::Accent).or_else(|| set(name).map(Does::Set))
}

/// Commands and what they are set as.
const SET: &[(&[&str], &str)] = &[
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
    tex_letter(name).or_else(|| SET.iter().find(|(names, _)| names.contains(&name)).map(|(_, text)| *text))
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

impl<'a> Walk<'a> {
    /// `\v{s}`, `\"o`, `\'\i`: one letter that stands for all of it.
    pub fn accent(&mut self, at: usize, accent: char, out: &mut Writer<'a>) -> usize {
        let start = self.source.tokens[at].span.start;
        let Some((letter, end, next)) = self.accented(at, accent, 0) else { return at + 1 };
        self.set(&letter, Span { start, end }, out);
        next
    }

    /// The letter with its accent, the byte and the token behind it.
    pub fn accented(&mut self, at: usize, accent: char, depth: usize) -> Option<(String, u32, usize)> {
        let source = self.source;
        let token = source.tokens.get(at + 1)?;
        match token.kind {
            Kind::Words => {
                let c = token.span.of(source.text).chars().next().filter(|c| c.is_alphabetic())?;
                let end = token.span.start + c.len_utf8() as u32;
                let next = if end == token.span.end { at + 2 } else { at + 1 };
                self.resume = self.resume.max(end);
                Some((accented(c.encode_utf8(&mut [0; 4]), accent), end, next))
            }
            Kind::Command => match does(source.name(at + 1))? {
                Does::Set(letter) => Some((accented(letter, accent), token.span.end, at + 2)),
                Does::Accent(inner) if depth < 3 => {
                    let (letter, end, next) = self.accented(at + 1, inner, depth + 1)?;
                    Some((accented(&letter, accent), end, next))
                }
                _ => None,
            },
            Kind::Open => {
                let argument = source.group(at + 1)?;
                let first = argument.inner.start;
                let end = source.tokens[argument.next - 1].span.end;
                let letter = match source.kind(first) {
                    _ if argument.inner.is_empty() => return None,
                    Some(Kind::Words) => accented(source.words(&argument.inner).trim(), accent),
                    _ => self.accented(first - 1, accent, depth + 1).filter(|_| depth < 3)?.0,
                };
                Some((letter, end, argument.next))
            }
            _ => None,
        }
    }
}
