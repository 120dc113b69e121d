//! How a source is written: its short form, its full one, and the words of a citation that name it.

use crate::analysis::{Analysis, CiteId, SourceId};
use crate::citation::{Author, Form, Title};
use crate::text::Span;

/// The words of a title that a short form keeps.
const SHORT: usize = 4;

/// A source as its short form cites it: the alias set for it, else as the latest short form before `before` has it, else made
/// of surname and title. Nothing for what has neither.
pub fn short_form(analysis: &Analysis, source: SourceId, before: Option<CiteId>) -> Option<String> {
    let facts = &analysis.sources[source];
    let early = |id: &&CiteId| before.is_none_or(|before| **id < before);
    let short =
        |id: &&CiteId| analysis.citation(**id).form == Form::Short && !analysis.citation(**id).titles.is_empty();
    let known = facts.citations.iter().rev().filter(early).find(short);
    if let Some(id) = known {
        return Some(one_line(
            naming(analysis, *id).of(&analysis.files[analysis.citations[*id].place.file].manuscript.text),
        ));
    }
    made(analysis, facts.definition)
}

/// `Smith, *History of Bees*`
fn made(analysis: &Analysis, id: CiteId) -> Option<String> {
    let citation = analysis.citation(id);
    let text = |span: Span| analysis.text(analysis.place(id, span));
    let author = match &citation.authors[..] {
        [] => None,
        [one] => Some(surname(text(one.span), one)),
        [first, second] => {
            let between = text(Span { start: first.span.end, end: second.span.start });
            Some(format!("{}{between}{}", surname(text(first.span), first), surname(text(second.span), second)))
        }
        [first, ..] => Some(format!("{} et al.", surname(text(first.span), first))),
    };
    let title = citation.titles.first().map(|t| short_title(analysis, id, t));
    match (author, title, &citation.archive) {
        (Some(author), Some(title), _) => Some(one_line(&format!("{author}, {title}"))),
        (None, Some(title), None) => Some(one_line(&title)),
        (_, _, Some(archive)) => Some(one_line(text(archive.span))),
        _ => None,
    }
}

fn surname(typed: &str, author: &Author) -> String {
    let without = typed.replacen(author.given.as_str(), "", 1);
    let name = without.trim_matches([',', ' ', '.']);
    if name.is_empty() || author.given.is_empty() { typed.to_owned() } else { name.to_owned() }
}

/// The first words of a title, its article left out, in the marks it has.
fn short_title(analysis: &Analysis, id: CiteId, title: &Title) -> String {
    const ARTICLES: [&str; 16] =
        ["The", "A", "An", "Der", "Die", "Das", "Ein", "Eine", "Le", "La", "Les", "Un", "Une", "El", "Los", "Il"];
    let place = analysis.place(id, title.span);
    let file = &analysis.files[place.file].manuscript.text;
    let whole = analysis.text(place);
    let main = whole.split([':', '.', '?', '!']).next().unwrap_or(whole);
    let mut words: Vec<&str> = main.split_whitespace().collect();
    if words.len() > 1 && ARTICLES.contains(&words[0]) {
        words.remove(0);
    }
    if words.len() > SHORT + 1 {
        words.truncate(SHORT);
    }
    while words.len() > 2 && words.last().is_some_and(|w| w.chars().all(char::is_lowercase) && w.len() <= 4) {
        words.pop();
    }
    let words = words.join(" ");
    let words = words.trim_end_matches([',', ';']);
    let before = file[..place.span.start as usize].chars().next_back();
    let open = before.filter(|c| matches!(c, '*' | '_' | '"' | '“' | '„' | '«' | '‘' | '\''));
    let Some(open) = open else { return words.to_owned() };
    let close = match open {
        '“' => '”',
        '„' => '“',
        '«' => '»',
        '‘' => '’',
        same => same,
    };
    // an American title in quotation marks has its comma before the closing one
    let inside = matches!(open, '"' | '“') && whole.ends_with(',')
        || file[place.span.end as usize..].starts_with(",\"")
        || file[place.span.end as usize..].starts_with(",”");
    format!("{open}{words}{}{close}", if inside { "," } else { "" })
}

/// The citation that stands for a source, without its pages and without the short form it sets.
pub fn full_form(analysis: &Analysis, source: SourceId) -> String {
    let id = analysis.sources[source].definition;
    let place = analysis.citations[id].place;
    let text = &analysis.files[place.file].manuscript.text;
    let mut span = naming(analysis, id);
    if let Some(alias) = &analysis.citation(id).alias {
        let at = analysis.place(id, alias.span).span.start;
        let clause = text[span.start as usize..(at.max(span.start)) as usize].rfind(['(', '[', ';']);
        span.end = clause.map_or(span.end, |c| span.end.min(span.start + c as u32));
    }
    one_line(span.of(text)).trim_end_matches([',', ' ']).to_owned()
}

/// Where a citation names its source: behind the signal, before the pages, and before what separates the two.
pub fn naming(analysis: &Analysis, id: CiteId) -> Span {
    let citation = analysis.citation(id);
    let whole = analysis.citations[id].place;
    let text = &analysis.files[whole.file].manuscript.text;
    let start = match citation.signal {
        Some(signal) => analysis.place(id, signal).span.end,
        None => whole.span.start,
    };
    let end = match &citation.locators {
        Some(locators) => analysis.place(id, locators.span).span.start,
        None => whole.span.end,
    };
    let span = Span { start: start.min(end), end: end.max(start) }.trim(text);
    let kept = span.of(text).trim_end_matches([',', ' ', ':', '\n', '\r', '\t']);
    let start = span.of(text).len() - span.of(text).trim_start_matches([',', ' ', ':']).len();
    Span { start: span.start + start as u32, end: span.start + kept.len().max(start) as u32 }
}

/// In one line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
