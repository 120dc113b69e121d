//! `sources --output-format bibtex|csl-json`: the works of a manuscript for a reference manager.
//!
//! What a full citation says, and no more: a bibliography that the notes were written from is a better one. Files, newspapers
//! and orphans stay out; an entry of a source list keeps its key.

use crate::analysis::{Analysis, CiteId, Source};
use crate::citation::{Citation, Kind};
use crate::script::fold;
use serde_json::{Map, Value, json};
use std::collections::HashSet;
use std::fmt::Write;

/// A work as reference managers want it.
struct Work {
    key: String,
    kind: Kind,
    /// Family name and given names.
    people: Vec<(String, String)>,
    title: String,
    container: Option<String>,
    place: Option<String>,
    publisher: Option<String>,
    year: Option<u16>,
    volume: Option<u32>,
}

/// The works of all projects, each with a key of its own.
fn works(projects: &[Analysis]) -> Vec<Work> {
    let mut taken: HashSet<String> = HashSet::new();
    let all = projects.iter().flat_map(|a| a.sources.iter().filter_map(|source| work(a, source)));
    all.map(|mut work| {
        let plain = work.key.clone();
        let mut letters = 'a'..='z';
        while !taken.insert(work.key.clone()) {
            let Some(letter) = letters.next() else { break };
            work.key = format!("{plain}{letter}");
        }
        work
    })
    .collect()
}

fn work(analysis: &Analysis, source: &Source) -> Option<Work> {
    let id = source.definition;
    let citation = analysis.citation(id);
    let published = matches!(citation.kind, Kind::Book | Kind::Article | Kind::Chapter | Kind::Web);
    let listed = source.entry.and_then(|entry| analysis.entry(entry));
    if source.orphan || !analysis.is_cited(source) || !published && listed.is_none() {
        return None;
    }
    let words = |span| tidy(&typed(analysis, id, span));
    let title = citation.titles.first().map(|t| words(t.span)).filter(|t| !t.is_empty())?;
    let people: Vec<(String, String)> = citation.authors.iter().map(|a| family(&words(a.span), &a.given)).collect();
    let (place, publisher) = imprint(&typed(analysis, id, citation.span), citation);
    let container = citation.container.as_ref().map(|t| words(t.span));
    let key =
        listed.and_then(|e| e.key.as_ref()).map_or_else(|| key(&people, &title, citation.year), |k| k.text.clone());
    let (kind, year, volume) = (citation.kind, citation.year, citation.volume);
    Some(Work { key, kind, people, title, container, place, publisher, year, volume })
}

/// The words of a stretch of a citation, without the signs of the syntax where they stand in a note.
fn typed(analysis: &Analysis, id: CiteId, span: crate::text::Span) -> String {
    let cited = &analysis.citations[id];
    let manuscript = &analysis.files[cited.place.file].manuscript;
    match cited.note {
        Some(note) => span.of(&manuscript.notes[note].flow.text).to_owned(),
        None => span.of(&manuscript.text).to_owned(),
    }
}

fn tidy(words: &str) -> String {
    let plain: String = words.chars().filter(|c| !matches!(c, '*' | '_' | '{' | '}')).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches([',', '.']).to_owned()
}

/// The whole name without its given names is the family name.
fn family(whole: &str, given: &str) -> (String, String) {
    let given = given.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = whole.strip_prefix(given.as_str()).or_else(|| whole.strip_suffix(given.as_str())).unwrap_or(whole);
    (rest.trim_matches([' ', ',']).to_owned(), given)
}

/// `(London: Quay Press, 1931)`: place and publisher.
fn imprint(text: &str, citation: &Citation) -> (Option<String>, Option<String>) {
    let Some(year) = citation.year.map(|y| y.to_string()) else { return (None, None) };
    let brackets = text.match_indices('(').map(|(at, _)| &text[at + 1..]).filter_map(|s| s.split(')').next());
    let Some(inside) = brackets.rev().find(|s| s.contains(&year)) else { return (None, None) };
    let Some((place, rest)) = inside.split_once(": ") else { return (None, None) };
    let publisher =
        rest.rsplit_once(&year).map(|(p, _)| tidy(p.trim_end_matches([',', ' ']))).filter(|p| !p.is_empty());
    (Some(tidy(place)), publisher)
}

/// `reed1931`
fn key(people: &[(String, String)], title: &str, year: Option<u16>) -> String {
    let name = people.first().map_or(title, |(family, _)| family.as_str());
    let word = fold(name).split_whitespace().next_back().unwrap_or("source").to_owned();
    let letters: String = word.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
    let letters = if letters.is_empty() { "source".to_owned() } else { letters };
    letters + &year.map_or(String::new(), |y| y.to_string())
}

/// BibTeX, an entry a work.
pub fn bibtex(projects: &[Analysis]) -> String {
    let mut out = String::new();
    for work in works(projects) {
        let sort = match work.kind {
            Kind::Article => "article",
            Kind::Chapter => "incollection",
            Kind::Book => "book",
            Kind::Web => "online",
            _ => "misc",
        };
        let people: Vec<String> = work
            .people
            .iter()
            .map(|(family, given)| match given.is_empty() {
                true => format!("{{{family}}}"),
                false => format!("{family}, {given}"),
            })
            .collect();
        let host = if work.kind == Kind::Article { "journaltitle" } else { "booktitle" };
        let fields = [
            ("author", Some(people.join(" and ")).filter(|p| !p.is_empty())),
            ("title", Some(work.title)),
            (host, work.container),
            ("location", work.place),
            ("publisher", work.publisher),
            ("volume", work.volume.map(|v| v.to_string())),
            ("date", work.year.map(|y| y.to_string())),
        ];
        let _ = writeln!(out, "@{sort}{{{},", work.key);
        for (name, value) in fields {
            if let Some(value) = value {
                let _ = writeln!(out, "  {name} = {{{}}},", escaped(&value));
            }
        }
        out.push_str("}\n\n");
    }
    out.truncate(out.trim_end().len());
    if out.is_empty() { out } else { out + "\n" }
}

/// What TeX would take for a command.
fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        if matches!(c, '&' | '%' | '$' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// CSL in JSON: an array of items.
pub fn csl(projects: &[Analysis]) -> String {
    let items: Vec<Value> = works(projects).into_iter().map(item).collect();
    serde_json::to_string_pretty(&items).unwrap_or_default() + "\n"
}

fn item(work: Work) -> Value {
    let sort = match work.kind {
        Kind::Article => "article-journal",
        Kind::Chapter => "chapter",
        Kind::Book => "book",
        Kind::Web => "webpage",
        _ => "document",
    };
    let mut item = Map::new();
    item.insert("id".to_owned(), json!(work.key));
    item.insert("type".to_owned(), json!(sort));
    let person = |(family, given): &(String, String)| match given.is_empty() {
        true => json!({ "literal": family }),
        false => json!({ "family": family, "given": given }),
    };
    if !work.people.is_empty() {
        item.insert("author".to_owned(), work.people.iter().map(person).collect());
    }
    let texts = [
        ("title", Some(work.title)),
        ("container-title", work.container),
        ("publisher-place", work.place),
        ("publisher", work.publisher),
        ("volume", work.volume.map(|v| v.to_string())),
    ];
    item.extend(texts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))));
    if let Some(year) = work.year {
        item.insert("issued".to_owned(), json!({ "date-parts": [[year]] }));
    }
    Value::Object(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::File;
    use crate::config::Config;
    use crate::formats;
    use crate::model::Reader;
    use std::sync::Arc;

    fn exported(write: fn(&[Analysis]) -> String) -> String {
        let text = "A.¹ B.² C.³ D.⁴\n\n¹ Anna Reed, *Oil & Lamps: A History* (Oslo: Quay Press, 1931), 12.\n\n\
                    ² Ibid., 13.\n\n³ Anna Reed, *The Wick* (Riga: Oko, 1931), 3.\n\n⁴ Lind, *The Harbour*, 7.\n";
        let file = File::read(formats::read("a.txt", text, Reader::Plain));
        write(&[Analysis::new(vec![Arc::new(file)], Config::default())])
    }

    #[test]
    fn works_cited_in_full_have_an_entry_each_and_keys_of_their_own() {
        let bib = exported(bibtex);
        assert_eq!(bib.matches('@').count(), 2, "{bib}");
        let first = "@book{reed1931,\n  author = {Reed, Anna},\n  title = {Oil \\& Lamps: A History},\n  \
                     location = {Oslo},\n  publisher = {Quay Press},\n  date = {1931},\n}\n";
        assert!(bib.starts_with(first) && bib.contains("@book{reed1931a,"), "{bib}");
    }

    #[test]
    fn csl_says_the_same() {
        let items: Vec<Value> = serde_json::from_str(&exported(csl)).unwrap_or_default();
        let ids: Vec<&Value> = items.iter().map(|i| &i["id"]).collect();
        assert_eq!(ids, ["reed1931", "reed1931a"]);
        assert_eq!(items[0]["title"], "Oil & Lamps: A History");
        assert_eq!(items[1]["publisher-place"], "Riga");
    }
}
