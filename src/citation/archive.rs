//! Archival paths: `TsAODM, f. 3, o. 49, d. 129`, `BArch R 58/3029`, `TNA, FO 371/1234`.

use super::lexicon::Cue;
use super::token::{Kind, Lexed};
use super::{Archive, Level, Rank};
use crate::text::Span;

/// The signs of Soviet and Russian archives by rank.
fn rank_of(word: &str) -> Option<Rank> {
    Some(match word {
        "f" | "fond" | "ф" | "фонд" => Rank::Fond,
        "o" | "op" | "opis" | "оп" | "опись" => Rank::Series,
        "d" | "delo" | "dd" | "д" | "дело" | "khr" | "хр" => Rank::Unit,
        "k" | "kn" | "ch" | "chast" | "t" | "korobka" | "papka" | "ч" | "кн" | "т" => Rank::Part,
        _ => return None,
    })
}

/// How surely a stretch of tokens cites an archive: 2 is enough.
pub fn weight(lexed: &Lexed, from: usize, to: usize) -> u32 {
    let repository = lexed.cues.has(Cue::REPOSITORY) && (from..to).any(|i| is_repository(lexed, i, to));
    let name = lexed.cues.has(Cue::ARCHIVE)
        && (from..to).any(|i| lexed.cue(i).has(Cue::ARCHIVE) && !lexed.tokens[i].quoted && lexed.tokens[i].capital);
    let path = fond(lexed, from, to).is_some();
    let unit = (from..to).any(|i| is_holding(lexed, i, to));
    let leaf = (from..to).any(|i| lexed.cue(i).has(Cue::LEAF) && follows_number(lexed, i, to));
    2 * (u32::from(repository) + u32::from(name) + u32::from(path) + u32::from(unit)) + u32::from(leaf)
}

/// The path in a stretch of tokens, with the token range it takes.
pub fn path(lexed: &Lexed, from: usize, to: usize) -> Option<(Archive, usize, usize)> {
    if let Some(at) = fond(lexed, from, to) {
        let (levels, end) = levels(lexed, at, to);
        let (repository, expands, start) = repository_before(lexed, from, at);
        return Some((Archive { span: lexed.span(start, end), repository, levels, expands }, start, end));
    }
    let start = (from..to).find(|i| {
        is_repository(lexed, *i, to)
            || is_holding(lexed, *i, to)
            || lexed.cue(*i).has(Cue::ARCHIVE) && lexed.tokens[*i].capital && !lexed.tokens[*i].quoted
    })?;
    let mut at = start;
    let (mut repository, mut expands) = (None, None);
    if is_repository(lexed, start, to) {
        at = start + lexed.tokens[start].cue_len as usize;
        repository = Some(lexed.span(start, at));
    } else if lexed.cue(start).has(Cue::ARCHIVE) {
        at = (start..to).find(|i| lexed.is(*i, ',') || lexed.tokens[*i].kind == Kind::Open).unwrap_or(to);
        repository = Some(lexed.span(start, at));
        if at + 2 < to && lexed.tokens[at].kind == Kind::Open && lexed.tokens[at + 2].kind == Kind::Close {
            expands = repository;
            repository = Some(lexed.tokens[at + 1].span);
            at += 3;
        }
    }
    let (levels, end) = elements(lexed, at, to);
    Some((Archive { span: lexed.span(start, end), repository, levels, expands }, start, end))
}

/// `f. 3` with an `op. 49` behind it.
fn fond(lexed: &Lexed, from: usize, to: usize) -> Option<usize> {
    (from..to).find(|i| {
        if !lexed.tokens[*i].is_word() || rank_of(lexed.folded(*i)) != Some(Rank::Fond) {
            return false;
        }
        let Some((_, after)) = level(lexed, *i, to) else { return false };
        (after..to.min(after + 14))
            .any(|n| rank_of(lexed.folded(n)) == Some(Rank::Series) && level(lexed, n, to).is_some())
    })
}

/// A sign and its number: `op.' 8`, `ф. Р-5446`, `fond 80`.
fn level(lexed: &Lexed, i: usize, to: usize) -> Option<(Level, usize)> {
    let rank = rank_of(lexed.folded(i))?;
    if lexed.tokens[i].quoted {
        return None;
    }
    let mut at = i + 1;
    while at < to
        && (lexed.is(at, '.') || lexed.is(at, '\'') || lexed.is(at, '’') || lexed.is(at, ',') && rank == Rank::Fond)
    {
        at += 1;
    }
    let sign = lexed.span(i, at);
    let start = at;
    if at < to && lexed.tokens[at].is_word() && lexed.of(at).chars().count() <= 2 && lexed.is(at + 1, '-') {
        at += 2;
    }
    lexed.tokens.get(at).filter(|t| at < to && t.number().is_some())?;
    at += 1;
    // `18а`, `12ob`
    if at < to && lexed.tokens[at].is_word() && !lexed.tokens[at].spaced && lexed.of(at).chars().count() == 1 {
        at += 1;
    }
    let number_span = lexed.span(start, at);
    Some((Level { sign, rank, number: crate::script::fold(number_span.of(lexed.text)), number_span }, at))
}

fn levels(lexed: &Lexed, from: usize, to: usize) -> (Vec<Level>, usize) {
    let mut levels: Vec<Level> = Vec::new();
    let mut end = from;
    let mut i = from;
    while i < to {
        let fits = |l: &Level| levels.last().is_none_or(|last| last.rank < l.rank);
        match level(lexed, i, to).filter(|(l, _)| fits(l)) {
            Some((level, after)) => {
                levels.push(level);
                end = after;
                i = after;
            }
            None if lexed.cue(i).has(Cue::LEAF | Cue::PAGE | Cue::PAGES | Cue::ANY_PAGES)
                && follows_number(lexed, i, to) =>
            {
                break;
            }
            None => i += 1,
        }
    }
    (levels, end)
}

/// Elements between commas behind a repository: each is a level, named by its own words.
fn elements(lexed: &Lexed, from: usize, to: usize) -> (Vec<Level>, usize) {
    const RANKS: [Rank; 4] = [Rank::Fond, Rank::Series, Rank::Unit, Rank::Part];
    let mut levels = Vec::new();
    let mut end = from;
    let mut i = from;
    while i < to && levels.len() < RANKS.len() {
        while i < to && (lexed.is(i, ',') || lexed.is(i, ':') || lexed.is(i, '.')) {
            i += 1;
        }
        let stop = (i..to).find(|n| lexed.is(*n, ',') || lexed.is(*n, ';') || lexed.is(*n, ':')).unwrap_or(to);
        let leaf = i < to && lexed.cue(i).has(Cue::LEAF | Cue::PAGE | Cue::PAGES) && follows_number(lexed, i, to);
        if i >= stop
            || leaf
            || lexed.tokens[i].quoted
            || stop - i > 8
            || !(i..stop).any(|n| lexed.tokens[n].number().is_some() || lexed.tokens[n].capital)
        {
            break;
        }
        let number = (i..stop).find(|n| lexed.tokens[*n].number().is_some()).unwrap_or(i);
        let number_span = lexed.span(number, stop);
        let number = if number > i { lexed.span(i, stop) } else { number_span };
        levels.push(Level {
            sign: lexed.span(i, (i + 1).min(stop)),
            rank: RANKS[levels.len()],
            number: crate::script::fold(number.of(lexed.text)),
            number_span,
        });
        end = stop;
        i = stop;
    }
    (levels, end)
}

/// `Tsentral'nyi Arkhiv … (TsAODM),` or `TsAODM,` before the fond.
fn repository_before(lexed: &Lexed, from: usize, at: usize) -> (Option<Span>, Option<Span>, usize) {
    let mut i = at;
    while i > from && (lexed.is(i - 1, ',') || lexed.is(i - 1, '.')) {
        i -= 1;
    }
    if i <= from || lexed.tokens[i - 1].quoted {
        return (None, None, at);
    }
    if lexed.tokens[i - 1].kind == Kind::Close && i >= from + 4 && lexed.tokens[i - 3].kind == Kind::Open {
        let mut start = i - 3;
        while start > from && lexed.tokens[start - 1].is_word() && !lexed.tokens[start - 1].quoted {
            start -= 1;
        }
        let expands = (start < i - 3).then(|| lexed.span(start, i - 3));
        return (Some(lexed.tokens[i - 2].span), expands, start);
    }
    let mut start = i;
    while start > from
        && lexed.tokens[start - 1].is_word()
        && lexed.tokens[start - 1].capital
        && !lexed.tokens[start - 1].quoted
    {
        start -= 1;
    }
    if start == i { (None, None, at) } else { (Some(lexed.span(start, i)), None, start) }
}

fn is_repository(lexed: &Lexed, i: usize, to: usize) -> bool {
    let token = &lexed.tokens[i];
    if !token.cue.has(Cue::REPOSITORY) || token.quoted {
        return false;
    }
    if token.span.len() > 2 || token.cue_len > 1 {
        return true;
    }
    // `AN`, `AD`: words in many languages; a shelf mark must follow, or brackets surround it.
    let bracketed = i > 0
        && lexed.tokens[i - 1].kind == Kind::Open
        && lexed.tokens.get(i + 1).is_some_and(|t| t.kind == Kind::Close);
    let mark = i + 1 + usize::from(lexed.is(i + 1, ','));
    let shelf = mark < to
        && (lexed.tokens[mark].capital
            && lexed.of(mark).len() <= 4
            && lexed.of(mark).chars().any(|c| c.is_ascii_digit())
            || lexed.tokens[mark].capital
                && lexed.of(mark).len() <= 3
                && lexed.tokens.get(mark + 1).is_some_and(|t| t.number().is_some())
            || lexed.cue(mark).has(Cue::HOLDING));
    bracketed || shelf
}

/// `Box 3`, `FO 371/1234`, `R 58/3029`
fn is_holding(lexed: &Lexed, i: usize, to: usize) -> bool {
    let token = &lexed.tokens[i];
    let signed = || matches!(lexed.folded(i), "nachlass" | "sygn" | "papers" | "b" | "leg" | "folder");
    let guarded = token.quoted || token.emphasised;
    if !token.is_word() || guarded || !(token.capital || token.cue.has(Cue::HOLDING) || signed()) {
        return false;
    }
    let named = token.cue.has(Cue::HOLDING)
        && follows_number(lexed, i, to)
        && !matches!(lexed.folded(i), "rep" | "reg" | "file" | "ms" | "leg" | "papers");
    let collection = matches!(lexed.folded(i), "nachlass" | "sygn")
        || lexed.folded(i) == "papers" && lexed.is(i + 1, ',') && lexed.cue(i + 2).has(Cue::HOLDING);
    let class = token.capital && token.span.len() <= 4 && lexed.of(i).bytes().all(|b| b.is_ascii_uppercase());
    let slashed = class
        && !lexed.is(i + 1, '.')
        && follows_number(lexed, i, to)
        && (i + 1..to.min(i + 4))
            .any(|n| lexed.is(n, '/') && lexed.tokens.get(n + 1).is_some_and(|t| t.number().is_some()));
    // `R1001/2627`
    let typed = lexed.of(i);
    let joined = typed.len() >= 5
        && typed.as_bytes()[0].is_ascii_uppercase()
        && typed.bytes().skip(1).all(|b| b.is_ascii_digit())
        && lexed.is(i + 1, '/');
    // `HTC/3/1`: a shelf mark of numbers
    let shelf = class
        && (2..=6).contains(&token.span.len())
        && !super::law::is_symbol_of(lexed, i)
        && lexed.is(i + 1, '/')
        && !lexed.tokens[i + 1].spaced
        && lexed.tokens.get(i + 2).is_some_and(|t| t.number().is_some() && !t.spaced)
        && lexed.is(i + 3, '/')
        && i + 3 < to;
    // `b. 17, fasc. 2`
    let busta =
        lexed.folded(i) == "b" && lexed.is(i + 1, '.') && follows_number(lexed, i, to) && lexed.folded(i + 4) == "fasc";
    let legajo = lexed.folded(i) == "leg" && lexed.is(i + 1, '.') && follows_number(lexed, i, to);
    let record = matches!(lexed.of(i), "RG" | "NL" | "NAF") && follows_number(lexed, i, to);
    let rep = lexed.of(i) == "Rep" && lexed.is(i + 1, '.') && follows_number(lexed, i, to);
    named && token.capital
        || lexed.folded(i) == "folder" && follows_number(lexed, i, to)
        || collection
        || slashed
        || joined
        || shelf
        || busta
        || legajo
        || record
        || rep
        || named && matches!(lexed.folded(i), "filza" | "busta" | "legajo")
}

fn follows_number(lexed: &Lexed, i: usize, to: usize) -> bool {
    let mut at = i + lexed.tokens[i].cue_len as usize;
    at += usize::from(lexed.is(at, '.'));
    at < to && lexed.tokens[at].number().is_some()
}
