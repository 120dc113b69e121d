//! Works typed out in full against their entries in a source list: where words, names or years disagree.
//!
//! Only pairs that are one work for certain: [`super::chains`] has matched them by author and title. A shortened title, another
//! edition, another way of writing a name in another alphabet are no disagreements.

use super::{Analysis, CiteId, Place};
use crate::citation::{Citation, Form};
use crate::script::fold;
use crate::text::Span;
use rapidfuzz::distance::osa;

/// One word, name or year that the manuscript gives otherwise than the list.
#[derive(Debug)]
pub struct Disagreement {
    /// In the manuscript.
    pub typed: Place,
    /// What the list has, and where.
    pub listed: String,
    pub entry: Place,
}

/// Works with a full citation of their own beside their entry.
fn pairs(analysis: &Analysis) -> impl Iterator<Item = (CiteId, CiteId)> {
    let both = |s: &super::Source| Some((s.definition, s.entry.filter(|entry| *entry != s.definition)?));
    let typed = |(full, _): &(CiteId, CiteId)| analysis.citation(*full).form == Form::Full;
    analysis.sources.iter().filter_map(both).filter(typed)
}

/// Titles, and years of the same edition.
pub fn titles(analysis: &Analysis) -> Vec<Disagreement> {
    let mut found: Vec<Disagreement> = pairs(analysis)
        .filter_map(|(full, entry)| title(analysis, full, entry).or_else(|| year(analysis, full, entry)))
        .collect();
    found.sort_by_key(|d| d.typed);
    found
}

/// The one word of the title in which both differ.
fn title(analysis: &Analysis, full: CiteId, entry: CiteId) -> Option<Disagreement> {
    let (typed, listed) = (analysis.citation(full).titles.first()?, analysis.citation(entry).titles.first()?);
    let solid = |w: &String| w.replace('-', "");
    let mut differ = typed.words.iter().zip(&listed.words).filter(|(a, b)| solid(a) != solid(b));
    let (own, other) = differ.next()?;
    if differ.next().is_some() || own.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let entry = word(analysis, analysis.place(entry, listed.span), other);
    Some(Disagreement {
        typed: word(analysis, analysis.place(full, typed.span), own),
        listed: analysis.text(entry).to_owned(),
        entry,
    })
}

/// The place of a folded word in a stretch; the stretch where it cannot be told.
fn word(analysis: &Analysis, whole: Place, folded: &str) -> Place {
    let text = analysis.text(whole);
    let words = text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-'));
    let found = words.into_iter().find(|w| fold(w).replace('\'', "") == folded);
    found.map_or(whole, |w| {
        let start = whole.span.start as usize + (w.as_ptr() as usize - text.as_ptr() as usize);
        Place { span: Span::new(start, start + w.len()), ..whole }
    })
}

/// The year of one edition: the publisher or the journal is the same.
fn year(analysis: &Analysis, full: CiteId, entry: CiteId) -> Option<Disagreement> {
    let (typed, list) = (analysis.citation(full), analysis.entry(entry)?);
    let own = typed.year?;
    let listed = list.years.first().filter(|_| list.years.iter().all(|y| y.number != own))?;
    let whole = analysis.citations[full].place;
    let text = analysis.text(whole);
    let digits = own.to_string();
    let at = text.rfind(&digits).filter(|at| text[..*at].contains('(') && text[*at..].contains(')'))?;
    let file = analysis.citations[entry].place.file;
    let entry_text = list.span.of(&analysis.files[file].manuscript.text);
    if !(same_journal(typed, analysis.citation(entry)) || same_publisher(&text[..at], entry_text)) {
        return None;
    }
    let start = whole.span.start as usize + at;
    Some(Disagreement {
        typed: Place { span: Span::new(start, start + digits.len()), ..whole },
        listed: listed.number.to_string(),
        entry: Place { file, span: listed.span },
    })
}

fn same_journal(a: &Citation, b: &Citation) -> bool {
    matches!((&a.container, &b.container), (Some(a), Some(b)) if a.words == b.words)
}

/// `(Oslo: Quay Press, ` and an entry that names Quay Press.
fn same_publisher(before_year: &str, entry: &str) -> bool {
    let inside = before_year.rsplit('(').next().unwrap_or("");
    let publisher = inside.rsplit(": ").next().unwrap_or("").trim_end_matches([',', ' ']);
    publisher.len() > 2 && inside.contains(": ") && fold(entry).contains(&fold(publisher))
}

/// Surnames that are one but for a letter or two.
pub fn authors(analysis: &Analysis) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (full, entry) in pairs(analysis) {
        let (typed, listed) = (&analysis.citation(full).authors, &analysis.citation(entry).authors);
        let plain = |name: &str| name.replace(['\'', '-'], "");
        let slips = typed.iter().zip(listed).filter(|(a, b)| plain(&a.surname) != plain(&b.surname));
        let (Some((own, other)), true) = (slips.clone().next(), typed.len() == listed.len()) else { continue };
        if slips.count() > 1 || !is_near(&own.surname, &other.surname) {
            continue;
        }
        let entry = word(analysis, analysis.place(entry, other.span), &other.surname);
        found.push(Disagreement {
            typed: word(analysis, analysis.place(full, own.span), &own.surname),
            listed: analysis.text(entry).to_owned(),
            entry,
        });
    }
    found.sort_by_key(|d| d.typed);
    found
}

/// Two spellings of one surname: of some length, one or two letters apart.
pub fn is_near(a: &str, b: &str) -> bool {
    let short = a.chars().count().min(b.chars().count());
    let apart = osa::distance(a.chars(), b.chars());
    a.chars().next() == b.chars().next() && short >= 4 && apart <= if short >= 7 { 2 } else { 1 }
}
