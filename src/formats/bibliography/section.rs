//! A section "Bibliography" of a manuscript as a source list: `Reed, Anna. *The Lamp Keepers*. London: Quay, 1931.`

use super::years;
use crate::model::{Entry, Field, Flow, Manuscript, Person, Year};
use crate::script::fold;
use crate::text::Span;

/// Titles of such sections: language, title.
const HEADINGS: &str = include_str!("headings.tsv");
/// A section with fewer works than this is not taken for a list.
const FEWEST: usize = 3;
/// An author's name is no longer, in bytes.
const NAME: usize = 60;
/// What joins the last author to the others.
const JOINS: [&str; 10] = [" and ", " und ", " et ", " e ", " y ", " и ", " i ", " & ", "; ", " / "];

/// Adds the entries of every section of the manuscript that is a list of sources.
pub fn read(m: &mut Manuscript) {
    if m.headings.is_empty() {
        return;
    }
    let titles: Vec<String> = HEADINGS.lines().filter_map(|l| l.split('\t').nth(1)).map(fold).collect();
    for (i, heading) in m.headings.iter().enumerate() {
        let title =
            fold(heading.title.trim_start_matches(|c: char| !c.is_alphabetic()).trim_end_matches(['.', ':', ' ']));
        if !titles.contains(&title) {
            continue;
        }
        let end =
            m.headings[i + 1..].iter().find(|h| h.level <= heading.level).map_or(m.text.len() as u32, |h| h.span.start);
        let section = Span { start: heading.span.end, end };
        let mut entries: Vec<Entry> = Vec::new();
        let mut paragraphs = 0;
        for flow in m.paragraphs.iter().filter(|p| section.covers(p.extent()) && !p.text.trim().is_empty()) {
            paragraphs += 1;
            entries.extend(entry(flow, entries.last()));
        }
        if entries.len() >= FEWEST && entries.len() * 5 >= paragraphs * 3 {
            m.entries.append(&mut entries);
        }
    }
}

/// What a paragraph says of a work; `before` has the author that a dash repeats.
pub fn entry(flow: &Flow, before: Option<&Entry>) -> Option<Entry> {
    let text = flow.text.as_str();
    let start = text.len() - text.trim_start().len();
    let field = |from: usize, to: usize| {
        let span = Span::new(from, to).trim(text);
        Field { text: span.of(text).trim_matches(['.', ',']).to_owned(), span: flow.source(span) }
    };
    let all: Vec<Year> = years(&field(0, text.len())).collect();
    let dashed = text[start..].chars().take_while(|c| matches!(c, '—' | '–' | '―' | '-' | '_')).count() >= 2;
    let (people, behind) = match dashed {
        true => (before?.people.clone(), text[start..].find(char::is_alphanumeric)? + start),
        false => people(flow, start)?,
    };
    let (head, behind) = dated(text, behind);
    let (from, to) = title(flow, behind)?;
    let mut found: Vec<Year> = head.into_iter().chain(all.iter().rev().copied()).collect();
    found.dedup();
    (!found.is_empty()).then(|| Entry {
        span: flow.extent(),
        people,
        title: Some(field(from, to)),
        years: found,
        ..Entry::default()
    })
}

/// `Reed, Anna, and Paul Lind`: the names at the head and where they end.
fn people(flow: &Flow, start: usize) -> Option<(Vec<Person>, usize)> {
    let text = flow.text.as_str();
    let comma = start + text[start..].find(',')?;
    let family = &text[start..comma];
    let named = family.starts_with(char::is_uppercase) && family.split(' ').count() <= 4 && family.len() <= NAME;
    if !named || family.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | ':' | '"' | '“')) {
        return None;
    }
    let end = names_end(flow, comma + 1)?;
    let person = |from: usize, to: usize, family: &str, given: &str| Person {
        span: flow.source(Span::new(from, to).trim(text)),
        family: family.trim().to_owned(),
        given: given.trim().trim_end_matches([',', '.']).to_owned(),
    };
    let rest = &text[comma + 1..end];
    let join = JOINS.iter().filter_map(|j| Some((rest.find(j)?, j.len()))).min();
    let first = join.map_or(rest.len(), |(at, _)| at);
    let own = rest[..first].find(',').map_or(first, |at| at);
    let mut people = vec![person(start, comma + 1 + own, family, &rest[..own])];
    for part in rest[own..].split([',', ';', '/', '&']).flat_map(|p| p.split(" and ")).flat_map(|p| p.split(" und ")) {
        let name = part.trim().trim_end_matches('.');
        let name = ["and ", "und ", "et ", "y ", "e "].iter().find_map(|j| name.strip_prefix(j)).unwrap_or(name);
        let Some((given, family)) = name.rsplit_once(' ').filter(|(_, f)| f.starts_with(char::is_uppercase)) else {
            continue;
        };
        let at = name.as_ptr() as usize - text.as_ptr() as usize;
        people.push(person(at, at + name.len(), family, given));
    }
    Some((people, end))
}

/// Names end before a year, a title in marks, a colon, or at a full stop behind a word.
fn names_end(flow: &Flow, from: usize) -> Option<usize> {
    let text = flow.text.as_str();
    let emphasis = flow.emphasis.iter().map(|e| e.start as usize).find(|e| *e >= from);
    let mut word = 0;
    for (i, c) in text[from..].char_indices() {
        let at = from + i;
        let stop = c == '.' && word >= 3 && text[at + 1..].starts_with([' ', ' ']);
        if Some(at) == emphasis || matches!(c, '"' | '“' | '„' | '«' | '(' | ':') || c.is_ascii_digit() || stop {
            return Some(at);
        }
        if at - from > 4 * NAME {
            return None;
        }
        word = if c.is_alphabetic() { word + 1 } else { 0 };
    }
    None
}

/// `(1931a).` behind the names, and where the title can begin. Editors are named in brackets too.
fn dated(text: &str, from: usize) -> (Option<Year>, usize) {
    let skip = |at: usize| {
        let rest = &text[at..];
        at + (rest.len() - rest.trim_start_matches([' ', '.', ',', ':', ')', '(', ';']).len())
    };
    let mut at = skip(from);
    for _ in 0..2 {
        let word = text[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let field = Field { text: word.to_owned(), span: Span::default() };
        if let Some(year) = years(&field).next() {
            return (Some(year), skip(at + word.len()));
        }
        if !matches!(fold(word).as_str(), "ed" | "eds" | "hg" | "hrsg" | "dir" | "cur" | "a" | "ur" | "red") {
            break;
        }
        at = skip(at + word.len());
    }
    (None, at)
}

/// The title: in quotation marks, emphasised, else up to the next full stop or comma.
fn title(flow: &Flow, from: usize) -> Option<(usize, usize)> {
    let text = flow.text.as_str();
    let rest = text.get(from..)?;
    if let Some(open) = rest.chars().next().filter(|c| matches!(c, '"' | '“' | '„' | '«' | '‘' | '»')) {
        let inner = from + open.len_utf8();
        let close = inner + text[inner..].find(['"', '”', '“', '»', '’', '«'])?;
        return Some((inner, close));
    }
    if let Some(e) = flow.emphasis.iter().find(|e| (e.start as usize).abs_diff(from) <= 2) {
        return Some((e.start as usize, e.end as usize));
    }
    let stop = rest.find(['.', ',', ':', '(']).filter(|n| *n >= 4)?;
    Some((from, from + stop))
}

#[cfg(test)]
mod tests {
    use super::super::super::read as read_file;
    use crate::model::Reader;

    #[test]
    fn lists_of_several_styles() {
        let text = "# Text\n\nWords.\n\n# Works Cited\n\nReed, Anna. *The Lamp Keepers*. London: Quay Press, 1931.\n\n\
            ———. \"On the Wick.\" *Quay Review* 4 (1932): 12-19.\n\nLind, Paul, and Jane Holm. 1933a. *Oil*. London: Quay.\n\n\
            Müller, Karl (Hg.): Die Lampe, Berlin 1940.\n\n# Index\n\nLamp, Anna, 12 and 1931 more.\n";
        let m = read_file("a.md", text, Reader::Pandoc);
        let said: Vec<_> = m
            .entries
            .iter()
            .map(|e| {
                let people: Vec<&str> = e.people.iter().map(|p| p.family.as_str()).collect();
                let title = e.title.as_ref().map_or("", |t| t.text.as_str());
                (people.join("+"), title, e.years[0].number, e.years[0].letter)
            })
            .collect();
        let is = |i: usize, people: &str, title: &str, year, letter| {
            assert_eq!(said[i], (people.to_owned(), title, year, letter))
        };
        assert_eq!(said.len(), 4, "{said:?}");
        is(0, "Reed", "The Lamp Keepers", 1931, None);
        is(1, "Reed", "On the Wick", 1932, None);
        is(2, "Lind+Holm", "Oil", 1933, Some('a'));
        is(3, "Müller", "Die Lampe", 1940, None);
    }
}
