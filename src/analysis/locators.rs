//! Pages and leaves as typed: lists out of order, signs for one where several are meant, ranges with a hole in them.
//!
//! What one file does as a rule is its style; only exceptions are facts here.

use super::{Analysis, CiteId, FileId, Place};
use crate::citation::{Certainty, Citation, Form, Locators, Range, Unit};
use crate::script::is_dash;
use crate::text::Span;

/// A list of places in which one stands out of order.
#[derive(Debug)]
pub struct Disorder {
    pub list: Place,
    /// The place that breaks the order.
    pub stray: Place,
    /// The list in order.
    pub sorted: String,
}

/// A sign for one page before several, or the reverse.
#[derive(Debug)]
pub struct WrongNumber {
    pub place: Place,
    pub label: Place,
    /// What it should be: `pp.`
    pub label_text: String,
    /// Several are meant.
    pub several: bool,
    /// A citation of the same file that does it the usual way.
    pub model: Place,
}

/// `78- 81`
#[derive(Debug)]
pub struct Gap {
    pub range: Place,
    /// The white space in it.
    pub space: Place,
}

/// Citations of a file whose locators can be judged, in reading order.
fn judged(analysis: &Analysis, file: FileId) -> impl Iterator<Item = (CiteId, &Citation, &Locators)> {
    analysis.citations_of(file).filter_map(|(id, citation)| {
        let judged = citation.certainty == Certainty::Sure
            && !matches!(citation.form, Form::Xref | Form::Commentary | Form::Quote);
        citation.locators.as_ref().filter(|l| judged && is_one_list(analysis, id, l)).map(|l| (id, citation, l))
    })
}

fn is_page(unit: Unit) -> bool {
    matches!(unit, Unit::Page | Unit::Pages | Unit::AnyPages | Unit::Leaf)
}

/// Lists in which exactly one place breaks the ascending order. A list with more breaks is sorted by something else.
///
/// A file with many such lists gives pages as its argument needs them.
pub fn disorders(analysis: &Analysis) -> Vec<Disorder> {
    const HABIT: usize = 4;
    let mut found: Vec<Disorder> = Vec::new();
    for (id, _, locators) in (0..analysis.files.len()).flat_map(|file| judged(analysis, file)) {
        let ranges = &locators.ranges;
        let plain = ranges.iter().all(|r| !r.roman && r.first > 0 && r.first <= r.last);
        let text = |span: Span| analysis.text(analysis.place(id, span));
        let Some(stray) = stray(ranges).filter(|_| plain && is_page(locators.unit)) else { continue };
        let mut order: Vec<&Range> = ranges.iter().collect();
        order.sort_by_key(|r| (r.first, r.last));
        let span = ranges[0].span.join(ranges[ranges.len() - 1].span);
        let sorted: Vec<&str> = order.iter().map(|r| text(r.span)).collect();
        found.push(Disorder {
            list: analysis.place(id, span),
            stray: analysis.place(id, stray.span),
            sorted: sorted.join(", "),
        });
    }
    let count = |file: FileId| found.iter().filter(|d| d.list.file == file).count();
    let habits: Vec<bool> = (0..analysis.files.len()).map(|file| count(file) > HABIT).collect();
    found.retain(|d| !habits[d.list.file]);
    found
}

/// `k. 32, pp. 1-8`: a second sign, another list; `p. 298, 11th ed.`: no page; `f. 5446` in a path: a fond.
pub fn is_one_list(analysis: &Analysis, id: CiteId, locators: &Locators) -> bool {
    let ranges = &locators.ranges;
    let signs = ranges.windows(2).any(|w| {
        let between = analysis.place(id, Span { start: w[0].span.end, end: w[1].span.start });
        analysis.text(between).contains(|c: char| c.is_alphabetic() || c == ';')
    });
    let end = ranges.last().map_or(0, |r| analysis.place(id, r.span).span.end as usize);
    let text = &analysis.files[analysis.citations[id].place.file].manuscript.text;
    let archive = analysis.citation(id).archive.as_ref();
    let in_path = archive.is_some_and(|a| a.levels.iter().any(|l| l.number_span.overlaps(locators.span)));
    !signs && !in_path && !text.get(end..).is_some_and(|t| t.starts_with(char::is_alphabetic))
}

/// The one range without which the list ascends.
fn stray(ranges: &[Range]) -> Option<&Range> {
    let ascends = |skip: usize| {
        let kept: Vec<&Range> = ranges.iter().enumerate().filter(|(i, _)| *i != skip).map(|(_, r)| r).collect();
        kept.windows(2).all(|w| w[0].first <= w[1].first)
    };
    if ranges.len() < 2 || ascends(ranges.len()) || is_repeating(ranges) {
        return None;
    }
    (0..ranges.len()).rev().find(|i| ascends(*i)).map(|i| &ranges[i])
}

/// `p.` before several pages, `pp.` before one: where the file otherwise tells them apart.
pub fn wrong_numbers(analysis: &Analysis) -> Vec<WrongNumber> {
    let mut found = Vec::new();
    for file in 0..analysis.files.len() {
        let cases: Vec<(CiteId, &Locators, bool)> = judged(analysis, file)
            .filter(|(_, _, l)| matches!(l.unit, Unit::Page | Unit::Pages))
            .filter_map(|(id, _, l)| Some((id, l, is_several(l)?)))
            .collect();
        for several in [true, false] {
            let (right, wrong) = if several { (Unit::Pages, Unit::Page) } else { (Unit::Page, Unit::Pages) };
            let of = |unit: Unit| cases.iter().filter(move |(_, l, s)| *s == several && l.unit == unit);
            let (usual, odd) = (of(right).count(), of(wrong).count());
            let Some((model, model_locators, _)) = of(right).next().filter(|_| usual > 1 && usual + 3 >= 5 * odd)
            else {
                continue;
            };
            let model = analysis.place(*model, model_locators.span);
            found.extend(of(wrong).filter_map(|(id, locators, _)| {
                let label = analysis.place(*id, locators.label?);
                let label_text = relabelled(analysis.text(label), several)?;
                Some(WrongNumber { place: analysis.place(*id, locators.span), label, label_text, several, model })
            }));
        }
    }
    found
}

/// Several pages, one page; nothing for lists out of order, whose second number may be another thing.
fn is_several(locators: &Locators) -> Option<bool> {
    let [first, rest @ ..] = locators.ranges.as_slice() else { return None };
    let ascends = locators.ranges.windows(2).all(|w| w[0].last < w[1].first);
    // `p. 12 ff.` is as good as `pp. 12 ff.`
    (ascends && !first.open).then_some(first.last > first.first || !rest.is_empty())
}

/// `p.` to `pp.` and back; nothing for labels that are no such pair.
fn relabelled(label: &str, several: bool) -> Option<String> {
    let letters = label.trim_end_matches('.');
    let stop = &label[letters.len()..];
    let changed = match (letters, several) {
        ("p", true) => "pp",
        ("P", true) => "Pp",
        ("pp", false) => "p",
        ("Pp" | "PP", false) => "P",
        _ => return None,
    };
    Some(format!("{changed}{stop}"))
}

/// White space on one side of the dash within a range of a note.
pub fn gaps(analysis: &Analysis) -> Vec<Gap> {
    let mut found = Vec::new();
    for (file, facts) in analysis.files.iter().enumerate() {
        let text = &facts.manuscript.text;
        let (mut tight, mut open) = (0, Vec::new());
        for note in &facts.manuscript.notes {
            for hole in holes(&note.flow.text) {
                let place = |span: Span| Place { file, span: note.flow.source(span) };
                match hole {
                    // A line end of the file is no typing.
                    (range, Some(space)) if !place(space).span.of(text).contains(['\n', '\r']) => {
                        open.push(Gap { range: place(range), space: place(space) });
                    }
                    (_, Some(_)) => {}
                    (_, None) => tight += 1,
                }
            }
        }
        if open.len() * 3 <= tight {
            found.append(&mut open);
        }
    }
    found
}

/// Two numbers with a dash between them, and the white space on one side of it.
fn holes(text: &str) -> Vec<(Span, Option<Span>)> {
    let mut found = Vec::new();
    for (at, dash) in text.char_indices().filter(|(_, c)| is_dash(*c)) {
        let (left, right) = (&text[..at], &text[at + dash.len_utf8()..]);
        let (a, b) = (left.trim_end_matches(' '), right.trim_start_matches(' '));
        let (before, after) = (left.len() - a.len(), right.len() - b.len());
        let first = a.len() - a.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let second = b.len() - b.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let hanging = a[..a.len() - first].ends_with(is_dash)
            || b[second..].starts_with(|c: char| is_dash(c) || c.is_alphabetic());
        if before + after > 1 || !(1..=4).contains(&first) || !(1..=4).contains(&second) || hanging {
            continue;
        }
        let end = text.len() - right.len();
        let space = match (before, after) {
            (1, _) => Some(Span::new(a.len(), at)),
            (_, 1) => Some(Span::new(end, end + 1)),
            _ => None,
        };
        found.push((Span::new(a.len() - first, end + after + second), space));
    }
    found
}

/// One page twice: the list follows the argument.
fn is_repeating(ranges: &[Range]) -> bool {
    ranges.iter().enumerate().any(|(i, r)| ranges[..i].iter().any(|b| b.first == r.first))
}
