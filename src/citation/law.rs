//! Cases and statutes: `Balfour v. Balfour [1919] 2 K.B. 571`, `42 U.S.C. § 1983`, `Marriage Act 1976`.

use super::lexicon::Cue;
use super::piece::Piece;
use super::token::Kind;

/// Letters that name a reporter only with the number of its series behind them: `F.2d`.
const NEEDS_SERIES: [&str; 8] = ["F", "P", "A", "N", "S", "So", "NE", "SW"];

/// `347 U.S. 483`, `[1919] 2 K.B. 571`, `BVerfGE 7, 198`
fn reporter(piece: Piece) -> Option<usize> {
    let lexed = piece.lexed;
    if !lexed.cues.has(Cue::REPORTER) {
        return None;
    }
    piece.tokens().find(|i| {
        let token = &lexed.tokens[*i];
        if !token.cue.has(Cue::REPORTER) || token.quoted || token.emphasised {
            return false;
        }
        let court = lexed.of(*i).len() >= 3
            && token.cue_len == 1
            && lexed.of(*i).chars().any(char::is_lowercase)
            && lexed.of(*i) != "Ch"
            || matches!(lexed.of(*i), "ECLI" | "EGMR" | "EWCA" | "UKHL" | "UKSC" | "BGHZ" | "BGH" | "RGZ");
        let numbered = *i > piece.from
            && (lexed.tokens[*i - 1].number().is_some()
                || lexed.tokens[*i - 1].kind == Kind::Close && *i >= 2 && lexed.tokens[*i - 2].number().is_some());
        let mut after = *i + token.cue_len as usize;
        let series = lexed.is(after, '.')
            && lexed.tokens.get(after + 1).is_some_and(|t| matches!(t.number(), Some(2..=4)))
            && matches!(lexed.folded(after + 2), "d" | "th")
            && !lexed.tokens[after + 2].spaced;
        if series {
            after += 3;
        } else if NEEDS_SERIES.contains(&lexed.of(*i)) {
            return false;
        }
        while lexed.is(after, '.')
            || lexed.is(after, ',')
            || lexed.folded(after) == "at"
            || lexed.tokens.get(after).is_some_and(|t| t.kind == Kind::Open)
        {
            after += 1;
        }
        let page = lexed.tokens.get(after).is_some_and(|t| t.number().is_some());
        court || numbered && page
    })
}

/// `Brown v. Board of Education`
fn parties(piece: Piece) -> bool {
    let lexed = piece.lexed;
    piece.tokens().any(|i| {
        let versus = matches!(lexed.of(i), "v" | "vs") && i > piece.from && lexed.tokens[i - 1].is_word();
        let after = i + 1 + usize::from(lexed.is(i + 1, '.'));
        let named = (piece.from..i).rev().take(4).any(|n| lexed.tokens[n].capital);
        let in_re =
            lexed.of(i) == "In" && lexed.folded(i + 1) == "re" || lexed.of(i) == "Ex" && lexed.folded(i + 1) == "parte";
        versus && named && lexed.tokens.get(after).is_some_and(|t| t.capital && t.is_word()) || in_re
    })
}

pub fn is_case(piece: Piece) -> bool {
    let reporter = reporter(piece);
    let (stops, words) = piece.prose();
    let numbered = || piece.tokens().any(|i| matches!(piece.lexed.folded(i), "judgment" | "no" | "app" | "nos"));
    parties(piece)
        && (reporter.is_some() || numbered() || piece.bracketed_year().is_some())
        && (words < 30 || stops * 4 < words)
        || reporter.is_some() && words < 30 && piece.quotation().is_none()
        || european_case(piece)
}

/// `Case C-131/12`
fn european_case(piece: Piece) -> bool {
    let lexed = piece.lexed;
    piece.tokens().any(|i| {
        matches!(lexed.of(i), "Case" | "Cases" | "Rs" | "Joined")
            && (i..piece.to.min(i + 7)).any(|n| {
                lexed.is(n, '/')
                    && n > 0
                    && lexed.tokens[n - 1].number().is_some()
                    && lexed.tokens.get(n + 1).is_some_and(|t| t.number().is_some())
            })
    })
}

/// `42 U.S.C. § 1983`: sure without anything else.
pub fn is_code(piece: Piece) -> bool {
    let lexed = piece.lexed;
    if !lexed.cues.has(Cue::STATUTE) {
        return false;
    }
    piece.tokens().any(|i| {
        let code = lexed.cue(i).has(Cue::STATUTE)
            && matches!(lexed.folded(i), "u" | "c")
            && i > piece.from
            && lexed.tokens[i - 1].number().is_some();
        code && (i..piece.to.min(i + 8)).any(|n| lexed.is(n, '§'))
    })
}

pub fn is_statute(piece: Piece) -> bool {
    let lexed = piece.lexed;
    let number =
        |n: usize| n < piece.to && (lexed.tokens[n].number().is_some() || super::locator::roman(lexed.of(n)).is_some());
    piece.tokens().any(|i| {
        let token = &lexed.tokens[i];
        if token.quoted {
            return false;
        }
        let next = i + 1 + usize::from(lexed.is(i + 1, '.'));
        let of = next
            + usize::from(matches!(lexed.folded(next), "of" | "de" | "n" | "no" | "nº"))
            + usize::from(lexed.is(next + 1, '.'));
        let year =
            |n: usize| lexed.tokens.get(n).is_some_and(|t| t.number().is_some_and(|y| (1200..2100).contains(&y)));
        let emphasised = token.emphasised;
        match lexed.folded(i) {
            "act" | "acts" => token.capital && i > piece.from && (year(next) || year(of)),
            "directive" | "regulation" => {
                token.capital && lexed.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Open || t.number().is_some())
            }
            "ley" | "lei" | "loi" | "legge" | "decreto" | "decret" | "leyes" => {
                !emphasised && (number(next) || number(of))
            }
            "convention" | "treaty" => {
                token.capital
                    && !emphasised
                    && matches!(lexed.folded(i + 1), "on" | "for" | "of")
                    && piece.prose().1 < 16
            }
            "tit" | "titulo" => i > piece.from && lexed.is(i - 1, ',') && number(next),
            "art" | "artikel" if i == piece.from && number(next) && of_code(lexed, next, piece.to) => true,
            "art" | "articulo" | "article" => {
                number(next) && matches!(lexed.folded(next + 1), "of" | "de" | "del" | "der" | "des" | "gg" | "bgb")
            }
            "bt-drs" | "br-drs" | "bt-drucks" | "br-drucks" | "bt-drucksache" | "br-drucksache" => number(next),
            "resolution" => token.capital && (number(next) || lexed.folded(i + 1) == "no"),
            word if word.ends_with("gesetz") || word.ends_with("gesetzes") || word.ends_with("gesetzbuch") => {
                piece.year().is_some() && piece.prose().1 < 15
            }
            _ => {
                token.is('§') && number(i + 1 + usize::from(lexed.is(i + 1, '§'))) && !piece.has_title()
                    || token.cue.has(Cue::STATUTE) && token.cue_len > 1 && token.capital
                    || is_symbol(piece, i)
            }
        }
    })
}

/// `Abs 5 AEUV`, `2 GG`: the code by its letters soon behind its article.
fn of_code(lexed: &super::token::Lexed, from: usize, to: usize) -> bool {
    let letters = |i: usize| {
        let typed = lexed.of(i);
        typed.len() >= 2
            && typed.chars().filter(|c| c.is_uppercase()).count() >= 2
            && super::locator::roman(typed).is_none()
    };
    (from + 1..to.min(from + 9)).any(letters)
}

/// United Nations symbols: `A/RES/61/295`, `E/C.12/1999/5`.
fn is_symbol(piece: Piece, i: usize) -> bool {
    let lexed = piece.lexed;
    is_symbol_of(lexed, i)
        && lexed.is(i + 1, '/')
        && !lexed.tokens[i + 1].spaced
        && lexed.tokens.get(i + 2).is_some_and(|t| t.capital && !t.spaced)
        && (i..piece.to.min(i + 10)).any(|n| lexed.tokens[n].number().is_some())
}

/// A body of the United Nations whose documents bear its letters.
pub fn is_symbol_of(lexed: &super::token::Lexed, i: usize) -> bool {
    matches!(lexed.of(i), "A" | "E" | "S" | "CCPR" | "CRC" | "CEDAW" | "CERD" | "CAT" | "HRI" | "UNEP" | "FCCC")
}
