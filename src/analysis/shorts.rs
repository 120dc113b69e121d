//! Short forms and the aliases set for them: orphans, late introductions, doubts, other dress.

use super::{Ambiguity, Analysis, CiteId, FileId, Reason, Resolution, SourceId, told};
use crate::citation::{Certainty, Citation, Form, Title, Unit};
use rustc_hash::FxHashSet;

/// A work that is never cited in full, and its short forms.
pub struct Orphan {
    pub first: CiteId,
    pub later: Vec<CiteId>,
    /// Sources that come near it.
    pub nearest: Vec<SourceId>,
}

/// Works of a file that no note cites in full, each once.
///
/// A file that cites most of its works in short forms only keeps the full ones elsewhere, in a bibliography: it has no orphans.
pub fn orphans(analysis: &Analysis, file: FileId) -> Vec<Orphan> {
    if cites_by_bibliography(analysis, file) {
        return Vec::new();
    }
    let set_later: Vec<CiteId> = aliases(analysis, file).into_iter().flat_map(|a| a.before).collect();
    let mut found = Vec::new();
    for (id, citation) in analysis.citations_of(file) {
        let Some(Resolution::Unresolved { why: Reason::NeverCitedInFull, nearest, orphan: Some(orphan) }) =
            &analysis.citations[id].resolution
        else {
            continue;
        };
        if !is_sure(citation)
            || !wants_a_source(citation)
            || set_later.contains(&id)
            || told::in_full(analysis, id, *orphan)
        {
            continue;
        }
        let later = analysis.sources[*orphan].citations.iter().copied().filter(|c| *c != id).collect();
        found.push(Orphan { first: id, later, nearest: nearest.clone() });
    }
    found
}

/// The words surely name a work: an author and a title, a title alone, or what `op. cit.` and `supra` need no title for.
fn is_sure(citation: &Citation) -> bool {
    let words = |t: &Title| t.words.iter().any(|w| w.chars().count() >= 4);
    let marked = citation.titles.iter().any(|t| (t.quoted || t.emphasised) && !t.words.is_empty());
    let author = citation.authors.first().filter(|a| a.surname.chars().all(|c| c.is_alphabetic() || "'’-".contains(c)));
    let title = marked || author.is_some() && citation.titles.iter().any(words);
    let start = citation.signal.map_or(citation.span.start, |s| s.end);
    let head = citation.titles.first().is_some_and(|t| t.span.start <= start + 3);
    let led = citation.signal.is_some() && citation.locators.as_ref().is_some_and(|l| l.label.is_some());
    let short = citation.form == Form::Short && title && (head || led || author.is_some());
    let back = matches!(citation.form, Form::OpCit | Form::Supra) && author.is_some();
    let plain = citation.container.is_none() && citation.span.len() <= 200 && citation.archive.is_none();
    (short || back) && plain && citation.certainty == Certainty::Sure
}

/// It points at pages, and neither a pointer nor a year says where the full citation is: the classics are cited by book
/// and chapter.
fn wants_a_source(citation: &Citation) -> bool {
    let pages = citation.locators.as_ref().is_some_and(|l| l.unit != Unit::Other);
    let institution = citation.titles.iter().all(|t| !t.quoted && !t.emphasised)
        && citation.authors.iter().any(|a| a.surname.len() <= 4 && a.given.is_empty());
    pages && !citation.by_parts && citation.year.is_none() && citation.pointer.is_none() && !institution
}

/// Author-date texts, and texts whose bibliography is not at hand. One that is at hand is complete, unless most short
/// forms are not in it.
pub fn cites_by_bibliography(analysis: &Analysis, file: FileId) -> bool {
    let here = |id: CiteId| analysis.citations[id].place.file == file;
    let (mut elsewhere, mut orphans, mut full, mut dated, mut by_year, mut listed) = (0, 0, 0, 0, 0, 0);
    for source in &analysis.sources {
        let definition = analysis.citation(source.definition);
        match source.orphan {
            true if here(source.definition) => {
                orphans += 1;
                dated += usize::from(definition.year.is_some());
            }
            true => {}
            false if !here(source.definition) || source.entry == Some(source.definition) => {
                let short =
                    |id: &CiteId| here(*id) && *id < source.definition && analysis.citation(*id).form != Form::Key;
                let known = source.citations.iter().any(short);
                listed += usize::from(known && source.entry.is_some());
                elsewhere += usize::from(known && source.entry.is_none());
            }
            false if is_author_date(definition) => by_year += 1,
            false => full += 1,
        }
    }
    if listed >= 3 && listed > 2 * (orphans + by_year) {
        return false;
    }
    let away = orphans + elsewhere + listed;
    away >= 5 && away * 2 > full || dated >= 3 && dated * 2 > orphans || by_year >= 3 && by_year > full
}

/// `Lind 1931, 12`: an author and a year, and no title.
pub fn is_author_date(citation: &Citation) -> bool {
    let year = |w: &String| w.len() == 5 && w.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    matches!(citation.form, Form::Full | Form::Short)
        && citation.archive.is_none()
        && !citation.authors.is_empty()
        && (citation.year.is_some() && citation.titles.iter().all(|t| t.words.iter().all(year)))
}

/// The `a` of `1931a`.
pub fn year_letter(typed: &str) -> Option<char> {
    let mut words = typed.split(|c: char| !c.is_alphanumeric());
    let lettered = |w: &&str| w.len() == 5 && w.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    words.find(lettered)?.chars().next_back().filter(char::is_ascii_lowercase)
}

/// Works whose short form comes before their full citation: the first short form, the full citation.
pub fn forward(analysis: &Analysis) -> Vec<(CiteId, CiteId)> {
    let mut found: Vec<(CiteId, CiteId)> = Vec::new();
    for id in analysis.cited() {
        let Some(Resolution::Exact { source, how, .. }) = &analysis.citations[id].resolution else { continue };
        let definition = analysis.sources[*source].definition;
        let named = matches!(analysis.citation(id).form, Form::Short | Form::OpCit | Form::Supra);
        if how.forward && named && is_sure(analysis.citation(id)) && found.iter().all(|(_, d)| *d != definition) {
            found.push((id, definition));
        }
    }
    found
}

/// A short form that fits several works.
pub struct Doubt {
    pub id: CiteId,
    pub candidates: Vec<SourceId>,
    pub why: Ambiguity,
}

/// Short forms that fit several works, the first of each set of works.
pub fn ambiguous(analysis: &Analysis) -> Vec<Doubt> {
    let elsewhere: Vec<bool> = (0..analysis.files.len()).map(|file| cites_by_bibliography(analysis, file)).collect();
    let mut seen: FxHashSet<&[SourceId]> = FxHashSet::default();
    let mut found: Vec<Doubt> = Vec::new();
    for id in analysis.cited() {
        let Some(Resolution::Ambiguous { candidates, why }) = &analysis.citations[id].resolution else { continue };
        let short =
            matches!(why, Ambiguity::SeveralWorksByAuthor | Ambiguity::SeveralTitlesMatch | Ambiguity::WeakTitle);
        let citation = analysis.citation(id);
        let by_name =
            citation.certainty == Certainty::Sure && citation.titles.is_empty() && citation.locators.is_some();
        let judged = !elsewhere[analysis.citations[id].place.file] && (is_sure(citation) || by_name);
        if short && judged && seen.insert(candidates) {
            found.push(Doubt { id, candidates: candidates.clone(), why: *why });
        }
    }
    found
}

/// A short form that the manuscript sets, and its uses.
pub struct Alias<'a> {
    /// The citation that sets it.
    pub id: CiteId,
    pub title: &'a Title,
    /// Citations by exactly these words, before and after the definition.
    pub before: Vec<CiteId>,
    pub after: Vec<CiteId>,
}

/// Every alias of a file.
pub fn aliases(analysis: &Analysis, file: FileId) -> Vec<Alias<'_>> {
    let set: Vec<(CiteId, &Title)> =
        analysis.citations_of(file).filter_map(|(id, c)| c.alias.as_ref().map(|t| (id, t))).collect();
    let uses = |(id, title): (CiteId, &'_ Title)| {
        let by_alias = |(c, citation): &(CiteId, &Citation)| {
            *c != id && matches!(citation.form, Form::Short | Form::Supra) && named_by(citation, &title.words)
        };
        analysis.citations_of(file).filter(by_alias).map(|(c, _)| c).collect::<Vec<_>>()
    };
    set.into_iter()
        .map(|(id, title)| {
            let (before, after) = uses((id, title)).into_iter().partition(|c| *c < id);
            Alias { id, title, before, after }
        })
        .collect()
}

/// The citation consists of exactly these words, as a title or as a name.
fn named_by(citation: &Citation, words: &[String]) -> bool {
    let name = || citation.authors.iter().map(|a| a.surname.as_str());
    match citation.titles.first() {
        Some(title) => title.words == words && citation.authors.is_empty(),
        None => words.last().is_some_and(|w| name().eq([w.as_str()])),
    }
}

impl Alias<'_> {
    /// The words of the alias stand somewhere behind its definition: an abbreviated archive, a name in a sentence.
    pub fn is_mentioned(&self, analysis: &Analysis) -> bool {
        let place = analysis.place(self.id, self.title.span);
        let typed = analysis.text(place).trim_matches(['*', '_', '"', '.', ' ']);
        let rest = &analysis.files[place.file].manuscript.text[place.span.end as usize..];
        !self.after.is_empty() || !typed.is_empty() && rest.contains(typed)
    }
}

/// The words a short form calls its work by, without quotation marks, and whether they are emphasised.
pub fn name_of(citation: &Citation) -> Option<(crate::text::Span, bool)> {
    citation
        .titles
        .first()
        .map(|t| (t.span, t.emphasised))
        .or_else(|| citation.authors.first().map(|a| (a.span, false)))
}
