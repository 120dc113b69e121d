//! Pages, leaves and paragraphs: `pp. 55-6, 65`, `S. 12 ff.`, `: 236`, `ll. 2-3 ob.`

use super::lexicon::Cue;
use super::token::{Kind, Lexed};
use super::{Locators, Range, Unit};
use crate::script::is_dash;
use crate::text::Span;

/// A list of places and the tokens it takes.
pub struct Found {
    pub locators: Locators,
    pub from: usize,
    pub to: usize,
}

/// The list that a sign at token `i` opens, if one does: `pp. 55-6, 65`.
pub fn labelled(lexed: &Lexed, i: usize, to: usize) -> Option<Found> {
    let token = lexed.tokens.get(i)?;
    if !token.cue.has(Cue::LOCATOR) || token.quoted || token.emphasised {
        return None;
    }
    let mut at = i + token.cue_len as usize;
    while at < to && (lexed.is(at, '.') || lexed.is(at, '°') || lexed.is(at, '§') || lexed.is(at, 'º')) {
        at += 1;
    }
    let unit = unit(lexed, i);
    let (ranges, end) = list(lexed, at, to)?;
    let circa = unit == Unit::Leaf && lexed.folded(i) == "c" && ranges[0].first > 1000;
    let month = lexed.cue(end).has(Cue::MONTH) && ranges.len() == 1 && !lexed.cue(i).has(Cue::PAGE | Cue::PAGES);
    if circa || month {
        return None;
    }
    let label = Span::new(token.span.start as usize, lexed.tokens[at - 1].span.end as usize);
    let locators = Locators { span: lexed.span(i, end), label: Some(label), unit, ranges };
    Some(Found { locators, from: i, to: end })
}

/// Bare numbers that end a stretch of tokens: `, 92, 132`, `: 236`, `Zweigert 157 ff.`
pub fn bare(lexed: &Lexed, from: usize, to: usize) -> Option<Found> {
    let mut start = to;
    while start > from && is_part(lexed, start - 1) {
        start -= 1;
    }
    while start < to && !is_number(lexed, start) {
        start += 1;
    }
    // A roman numeral before the pages is a volume: `Zweigert/Kötz I 12 ff.`
    let volume = start;
    let (ranges, start) =
        (start..to).find_map(|s| list(lexed, s, to).filter(|(_, end)| *end == to).map(|(r, _)| (r, s)))?;
    if volume == from || start > volume + 2 {
        return None;
    }
    let before = &lexed.tokens[volume - 1];
    let introduced =
        matches!(before.kind, Kind::Sign(',' | ':' | '.') | Kind::Close | Kind::QuoteClose) || before.emphasised;
    let name =
        before.is_word() && before.capital && !before.cue.has(Cue::VOLUME | Cue::MONTH | Cue::STOP | Cue::REPORTER);
    (introduced || name).then(|| Found {
        locators: Locators { span: lexed.span(start, to), label: None, unit: Unit::Bare, ranges },
        from: start,
        to,
    })
}

fn unit(lexed: &Lexed, i: usize) -> Unit {
    let cue = lexed.cue(i);
    if cue.has(Cue::PAGES) {
        Unit::Pages
    } else if cue.has(Cue::PAGE) {
        Unit::Page
    } else if cue.has(Cue::ANY_PAGES) {
        Unit::AnyPages
    } else if cue.has(Cue::LEAF) {
        Unit::Leaf
    } else {
        Unit::Other
    }
}

fn is_part(lexed: &Lexed, i: usize) -> bool {
    let token = &lexed.tokens[i];
    if token.quoted || token.depth > 0 || token.emphasised {
        return false;
    }
    match token.kind {
        Kind::Number(_) => true,
        Kind::Sign(c) => is_dash(c) || c == ',' || c == '.' || c == '&',
        Kind::Word => roman(lexed.of(i)).is_some() || is_suffix(lexed.folded(i)),
        _ => false,
    }
}

fn is_number(lexed: &Lexed, i: usize) -> bool {
    lexed.tokens.get(i).is_some_and(|t| t.number().is_some() || roman(t.span.of(lexed.text)).is_some())
}

/// Signs behind a number: following pages, notes, sides of a leaf.
fn is_suffix(word: &str) -> bool {
    matches!(
        word,
        "f" | "ff" | "sq" | "sqq" | "ss" | "n" | "nn" | "r" | "v" | "ob" | "об" | "et" | "seq" | "passim" | "a" | "b"
    )
}

/// Ranges from token `at` on, and the token behind them.
fn list(lexed: &Lexed, at: usize, to: usize) -> Option<(Vec<Range>, usize)> {
    let mut ranges = Vec::new();
    let mut end = at;
    let mut next = at;
    while next < to {
        let Some((range, after)) = range(lexed, next, to) else { break };
        if !ranges.is_empty() && !continues(lexed, next, after) {
            break;
        }
        ranges.push(range);
        end = after;
        next = separator(lexed, after, to);
        if next == after {
            break;
        }
    }
    (!ranges.is_empty()).then_some((ranges, end))
}

/// A number after a comma is one more page, unless it begins a date or is counted by what follows: `, 12 May 1936`, `, 3 vols.`
fn continues(lexed: &Lexed, at: usize, after: usize) -> bool {
    let follows = lexed.cue(after);
    let stop_then = if lexed.is(after, '.') { lexed.cue(after + 1) } else { Cue::NONE };
    !(follows | stop_then).has(Cue::MONTH | Cue::VOLUME | Cue::EDITOR)
        && !lexed.cue(at).has(Cue::VOLUME | Cue::STOP)
        && !lexed.is(after, '/')
}

fn separator(lexed: &Lexed, at: usize, to: usize) -> usize {
    if at >= to {
        return at;
    }
    let mut end = at;
    if lexed.is(end, ',') || lexed.is(end, ';') {
        end += 1;
    }
    if end < to && (lexed.is(end, '&') || lexed.cue(end).has(Cue::JOIN)) {
        end += 1;
    }
    // `p. 12, p. 15`: the sign again.
    if end < to && end > at && lexed.cue(end).has(Cue::PAGE | Cue::PAGES | Cue::ANY_PAGES) {
        end += 1 + usize::from(lexed.is(end + 1, '.'));
    }
    end
}

fn range(lexed: &Lexed, at: usize, to: usize) -> Option<(Range, usize)> {
    let (first, roman_first, mut end) = number(lexed, at, to)?;
    end = skip_suffix(lexed, end, to);
    let (mut last, mut open) = (first, is_open(lexed, at, end));
    let dash = |i: usize| i < to && matches!(lexed.tokens[i].kind, Kind::Sign(c) if is_dash(c));
    if dash(end) {
        let behind = if dash(end + 1) { end + 2 } else { end + 1 };
        if let Some((number, _, after)) = number(lexed, behind, to) {
            last = if roman_first { number } else { complete(lexed.of(at), lexed.of(behind), first, number) };
            end = skip_suffix(lexed, after, to);
            open |= is_open(lexed, behind, end);
        }
    }
    Some((Range { span: lexed.span(at, end), first, last, roman: roman_first, open }, end))
}

fn number(lexed: &Lexed, at: usize, to: usize) -> Option<(u32, bool, usize)> {
    let token = lexed.tokens.get(at).filter(|_| at < to)?;
    match token.kind {
        Kind::Number(n) => Some((n, false, at + 1)),
        Kind::Word => roman(lexed.of(at)).map(|n| (n, true, at + 1)),
        _ => None,
    }
}

fn skip_suffix(lexed: &Lexed, mut at: usize, to: usize) -> usize {
    while at < to && lexed.tokens[at].is_word() && is_suffix(lexed.folded(at)) {
        // `f. 5` behind `Ф. 17,` is the next level, not "and following".
        if lexed.is(at + 1, '.') && is_number(lexed, at + 2) && at + 2 < to
            || is_number(lexed, at + 1) && at + 1 < to && lexed.tokens[at].spaced
        {
            break;
        }
        at += 1;
    }
    at
}

fn is_open(lexed: &Lexed, from: usize, to: usize) -> bool {
    (from..to).any(|i| matches!(lexed.folded(i), "ff" | "sqq" | "f" | "sq" | "ss"))
}

/// `178-80` is 178 to 180.
fn complete(first: &str, last: &str, from: u32, to: u32) -> u32 {
    if to >= from || last.len() >= first.len() {
        return to;
    }
    format!("{}{last}", &first[..first.len() - last.len()]).parse().unwrap_or(to)
}

/// The value of a roman numeral: up to eight letters, one case.
pub fn roman(word: &str) -> Option<u32> {
    if word.is_empty()
        || word.len() > 8
        || !(word.bytes().all(|b| b.is_ascii_uppercase()) || word.bytes().all(|b| b.is_ascii_lowercase()))
    {
        return None;
    }
    let value = |b: u8| match b.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        b'c' => Some(100),
        b'd' => Some(500),
        b'm' => Some(1000),
        _ => None,
    };
    let digits: Option<Vec<u32>> = word.bytes().map(value).collect();
    let digits = digits?;
    // `d`, `c`, `m` alone are signs, not numbers.
    if digits.len() == 1 && digits[0] >= 50 {
        return None;
    }
    let mut sum = 0;
    for (i, d) in digits.iter().enumerate() {
        let smaller = digits.get(i + 1).is_some_and(|next| next > d);
        sum = if smaller { sum as i64 - *d as i64 } else { sum as i64 + *d as i64 } as i32;
    }
    u32::try_from(sum).ok().filter(|n| *n > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Flow;

    fn flow(text: &str) -> Flow {
        let mut flow = Flow::default();
        flow.push(text, Span::new(0, text.len()));
        flow
    }

    fn pages(text: &str) -> Vec<(u32, u32)> {
        let flow = flow(text);
        let lexed = Lexed::new(&flow);
        let found = (0..lexed.tokens.len()).find_map(|i| labelled(&lexed, i, lexed.tokens.len()));
        found.map_or(Vec::new(), |f| f.locators.ranges.iter().map(|r| (r.first, r.last)).collect())
    }

    #[test]
    fn shortened_ranges_are_completed() {
        assert_eq!(
            pages("pp. 55-6, 65, 68, 71-2, 178-80, 117"),
            [(55, 56), (65, 65), (68, 68), (71, 72), (178, 180), (117, 117)]
        );
        assert_eq!(pages("S. 12 ff."), [(12, 12)]);
        assert_eq!(pages("pp. xxvi-xxvii"), [(26, 27)]);
        assert_eq!(pages("p. 6, 12 May 1936"), [(6, 6)]);
    }

    #[test]
    fn roman_numerals() {
        assert_eq!(roman("xxvi"), Some(26));
        assert_eq!(roman("IV"), Some(4));
        assert_eq!(roman("Civil"), None);
        assert_eq!(roman("d"), None);
    }
}
