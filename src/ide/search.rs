//! Sources, names and notes of a project, found by a few letters.

use super::names::times;
use super::prose;
use crate::analysis::{Analysis, Place};
use crate::script::fold;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FoundKind {
    Source,
    Name,
    Heading,
    Note,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    pub kind: FoundKind,
    pub name: String,
    /// What tells it from others: `cited 4 times`, `in "Two"`.
    pub detail: String,
    pub place: Place,
    /// The less, the better.
    pub distance: usize,
}

const WIDTH: usize = 80;

/// What the letters of a query stand for, the best first; of an empty query everything, in reading order.
pub fn search(analysis: &Analysis, query: &str) -> Vec<Found> {
    let letters: Vec<char> = fold(query).chars().filter(|c| !c.is_whitespace()).collect();
    let mut all = sources(analysis);
    names(analysis, &mut all);
    for (file, facts) in analysis.files.iter().enumerate() {
        let manuscript = &facts.manuscript;
        let mut put = |kind, name, place| all.push(Found { kind, name, detail: String::new(), place, distance: 0 });
        for heading in &manuscript.headings {
            put(FoundKind::Heading, prose::cut(&heading.title, WIDTH), Place { file, span: heading.span });
        }
        for note in &manuscript.notes {
            let words = format!("{} {}", note.label.text, note.flow.text);
            put(FoundKind::Note, prose::cut(&words, WIDTH), Place { file, span: note.span.join(note.label.span) });
        }
    }
    all.retain_mut(|found| match distance(&letters, &fold(&found.name)) {
        Some(distance) => {
            found.distance = distance;
            true
        }
        None => false,
    });
    all.sort_by_key(|f| (f.distance, f.kind, f.place));
    all
}

fn sources(analysis: &Analysis) -> Vec<Found> {
    let found = |source: usize| {
        let facts = &analysis.sources[source];
        let detail = match facts.citations.iter().filter(|id| analysis.cited().contains(id)).count() {
            0 => "cited nowhere".to_owned(),
            n => format!("cited {}", times(n)),
        };
        let place = analysis.citations[facts.definition].place;
        Found { kind: FoundKind::Source, name: prose::name_of(analysis, source, WIDTH), detail, place, distance: 0 }
    };
    (0..analysis.sources.len()).map(found).filter(|f| !f.name.trim().is_empty()).collect()
}

/// Names with several spellings, each under every one of them.
fn names(analysis: &Analysis, all: &mut Vec<Found>) {
    for name in analysis.names.variants.iter().chain(&analysis.names.drifts) {
        for form in &name.forms {
            let Some(place) = form.places.first().copied() else { continue };
            let detail = form.scheme.unwrap_or_default().to_owned();
            all.push(Found { kind: FoundKind::Name, name: form.text.clone(), detail, place, distance: 0 });
        }
    }
}

/// How far apart the letters of a query stand in a text, in their order; those that begin a word count for less.
/// `None` if one is missing.
fn distance(letters: &[char], text: &str) -> Option<usize> {
    let text: Vec<char> = text.chars().collect();
    steps(letters, &text, true).or_else(|| steps(letters, &text, false))
}

/// `heads`: where a letter does not simply go on, the next word that begins with it is meant.
fn steps(letters: &[char], text: &[char], heads: bool) -> Option<usize> {
    let begins = |i: usize| i == 0 || !text[i - 1].is_alphanumeric();
    let (mut total, mut at) = (0, 0);
    for letter in letters {
        let next = (at..text.len()).find(|i| text[*i] == *letter)?;
        let head = (heads && next != at).then(|| (at..text.len()).find(|i| text[*i] == *letter && begins(*i)));
        let chosen = head.flatten().unwrap_or(next);
        total += match chosen {
            c if c == at => 0,
            c if begins(c) => 1,
            _ => 3,
        };
        at = chosen + 1;
    }
    Some(total)
}
