//! Majority and minority forms: how a file writes its journals, issues, ranges, authors and titles, and where it writes them otherwise.

use super::{Analysis, CiteId, FileId, Place};
use crate::citation::{Author, Certainty, Citation, Form, Kind, Title};
use crate::script::{fold, is_dash};
use crate::text::Span;
use rapidfuzz::distance::osa;
use rustc_hash::FxHashMap;

/// A form that a file usually keeps, and the places where it does not.
#[derive(Debug)]
pub struct Drift {
    pub usual: String,
    pub model: Place,
    pub other: String,
    pub places: Vec<Place>,
}

/// Sure citations of a file, in reading order.
fn sure(analysis: &Analysis, file: FileId) -> impl Iterator<Item = (CiteId, &Citation)> {
    analysis
        .cited()
        .filter(move |id| analysis.citations[*id].place.file == file)
        .map(|id| (id, analysis.citation(id)))
        .filter(|(_, c)| c.certainty == Certainty::Sure)
}

/// The less frequent of two forms, when it is clearly one.
fn minority(a: (&str, Vec<Place>), b: (&str, Vec<Place>), clear: impl Fn(usize, usize) -> bool) -> Option<Drift> {
    let (most, least) = if a.1.len() >= b.1.len() { (a, b) } else { (b, a) };
    let clear = !least.1.is_empty() && clear(most.1.len(), least.1.len());
    clear.then(|| Drift { usual: most.0.to_string(), model: most.1[0], other: least.0.to_string(), places: least.1 })
}

/// `No. 8, 1989` beside `No. 8 (1989)`.
pub fn issues(analysis: &Analysis, file: FileId) -> Option<Drift> {
    let (mut bracketed, mut bare) = (Vec::new(), Vec::new());
    for (id, citation) in sure(analysis, file).filter(|(_, c)| c.form == Form::Full && c.kind == Kind::Article) {
        let Some(place) = citation.issue.map(|span| analysis.place(id, span)) else { continue };
        let text = analysis.text(place);
        let Some(digits) = text.trim_end_matches(')').len().checked_sub(4) else { continue };
        let Some((before, year)) = text.split_at_checked(digits) else { continue };
        let year = year.trim_end_matches(')').bytes().all(|b| b.is_ascii_digit());
        match before.trim_end_matches(' ').chars().next_back() {
            Some('(') if year => bracketed.push(place),
            Some(',') if year => bare.push(place),
            _ => {}
        }
    }
    minority(("in brackets", bracketed), ("behind a comma", bare), |most, least| most > least)
}

/// Ranges with a hyphen beside ranges with a dash.
pub fn dashes(analysis: &Analysis, file: FileId) -> Option<Drift> {
    let (mut hyphens, mut dashes) = (Vec::new(), Vec::new());
    for (id, citation) in sure(analysis, file) {
        for range in citation.locators.iter().flat_map(|l| &l.ranges) {
            let place = analysis.place(id, range.span);
            let mut signs = analysis.text(place).chars().filter(|c| is_dash(*c));
            match (signs.next(), signs.next()) {
                (Some('-'), None) => hyphens.push(place),
                (Some('–'), None) | (Some('-'), Some('-')) => dashes.push(place),
                _ => {}
            }
        }
    }
    minority(("a hyphen", hyphens), ("a dash", dashes), |most, least| most >= 8 * least && most > 8)
}

/// `7 July 1928` beside `July 7, 1928` in newspapers.
pub fn dates(analysis: &Analysis, file: FileId) -> Option<Drift> {
    let (mut day, mut month) = (Vec::new(), Vec::new());
    for (id, citation) in sure(analysis, file).filter(|(_, c)| c.form == Form::Full && c.kind == Kind::Newspaper) {
        let whole = analysis.place(id, citation.span);
        let text = analysis.text(whole);
        let words: Vec<&str> = text.split([' ', ',', '(', ')', ':', ';']).filter(|w| !w.is_empty()).collect();
        let Some(at) = words.windows(3).position(|w| {
            let number = |w: &str| w.len() <= 2 && w.bytes().all(|b| b.is_ascii_digit());
            let year = w[2].len() == 4 && w[2].bytes().all(|b| b.is_ascii_digit());
            year && (number(w[0]) && is_month(w[1]) || is_month(w[0]) && number(w[1]))
        }) else {
            continue;
        };
        let offset = |w: &str| whole.span.start as usize + (w.as_ptr() as usize - text.as_ptr() as usize);
        let span = Span::new(offset(words[at]), offset(words[at + 2]) + 4);
        if is_month(words[at]) { &mut month } else { &mut day }.push(Place { file, span });
    }
    minority(("the day first", day), ("the month first", month), |most, least| most > least)
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
    capital && word.get(..3).is_some_and(|head| MONTHS.contains(&head.to_ascii_lowercase().as_str()))
}

/// Acronyms with stops beside the same without.
pub fn acronyms(analysis: &Analysis, file: FileId) -> Vec<Drift> {
    let place = |spans: &[Span]| spans.iter().map(|span| Place { file, span: *span }).collect::<Vec<_>>();
    let acronyms = analysis.files[file].typography.acronyms.iter();
    let drift = acronyms.filter_map(|a| {
        let stopped: String = a.letters.chars().flat_map(|c| [c, '.']).collect();
        minority((&a.letters, place(&a.plain)), (&stopped, place(&a.stopped)), |_, _| true)
    });
    drift.collect()
}

/// One journal under two titles, the shorter one the beginning of the longer: the same issue of the same year shows that they are one.
pub fn journals(analysis: &Analysis, file: FileId) -> Vec<Drift> {
    let mut uses: FxHashMap<&[String], Vec<(Place, Vec<u32>)>> = FxHashMap::default();
    for (id, citation) in sure(analysis, file).filter(|(_, c)| c.form == Form::Full && c.kind == Kind::Article) {
        if let (Some(title), Some(issue)) = (&citation.container, citation.issue) {
            let numbers = numbers(analysis.text(analysis.place(id, issue)));
            uses.entry(title.words.as_slice()).or_default().push((analysis.place(id, title.span), numbers));
        }
    }
    let mut found = Vec::new();
    for (short, a) in &uses {
        for (_, b) in uses.iter().filter(|(long, _)| long.len() > short.len() && long.starts_with(short)) {
            let same = a.iter().any(|(_, n)| n.len() > 1 && b.iter().any(|(_, m)| m == n));
            let places = |uses: &[(Place, Vec<u32>)]| uses.iter().map(|u| u.0).collect::<Vec<Place>>();
            let named = |uses: &[(Place, Vec<u32>)]| analysis.text(uses[0].0).to_string();
            if same {
                found.extend(minority((&named(b), places(b)), (&named(a), places(a)), |_, _| true));
            }
        }
    }
    found.sort_by_key(|d| d.places[0]);
    found
}

fn numbers(text: &str) -> Vec<u32> {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect()
}

/// Title words of one work that are spelled in two ways, in the work's own citations.
pub fn title_words(analysis: &Analysis, file: FileId) -> Vec<Drift> {
    let mut found = Vec::new();
    for source in analysis.sources.iter().filter(|s| analysis.citations[s.definition].place.file == file) {
        let full = analysis.citation(source.definition);
        let mut variants: Vec<(String, String, Vec<Place>)> = Vec::new();
        for id in source.citations.iter().filter(|id| **id != source.definition && source.entry != Some(**id)) {
            for title in &analysis.citation(*id).titles {
                let Some((own, other)) = misspelled(title, &full.titles) else { continue };
                let place = word_place(analysis, *id, title, &own);
                match variants.iter_mut().find(|(o, w, _)| *o == own && *w == other) {
                    Some((_, _, places)) => places.push(place),
                    None => variants.push((own, other, vec![place])),
                }
            }
        }
        for (own, other, places) in variants {
            let models: Vec<Place> = source
                .citations
                .iter()
                .flat_map(|id| analysis.citation(*id).titles.iter().map(move |t| (*id, t)))
                .filter(|(_, t)| t.words.contains(&other))
                .map(|(id, t)| word_place(analysis, id, t, &other))
                .collect();
            let drift = minority((&other, models), (&own, places), |_, _| true);
            // As it is typed, where its place could be told.
            found.extend(drift.map(|d| match analysis.text(d.model) {
                typed if !typed.contains(char::is_whitespace) => Drift { usual: typed.to_owned(), ..d },
                _ => d,
            }));
        }
    }
    found
}

/// Short titles that are not drawn from the title of their work: most words are, one is not.
pub fn short_titles(analysis: &Analysis, file: FileId) -> Vec<Drift> {
    let mut found = Vec::new();
    for source in analysis.sources.iter().filter(|s| analysis.citations[s.definition].place.file == file) {
        let full = analysis.citation(source.definition);
        let [title] = full.titles.as_slice() else { continue };
        if full.form != Form::Full || full.kind == Kind::Archival || !source.aliases.is_empty() {
            continue;
        }
        let judged = |id: &&CiteId| {
            let short = analysis.citation(**id);
            short.form == Form::Short && short.certainty == Certainty::Sure && !short.authors.is_empty()
        };
        let titled = |id: &CiteId| Some((*id, analysis.citation(*id).titles.as_slice().first()?));
        let shorts: Vec<(CiteId, &Title)> = source.citations.iter().filter(judged).filter_map(titled).collect();
        let usual = |words: &[String]| shorts.iter().filter(|(_, t)| t.words == words).count() >= 3;
        let mut places = Vec::new();
        for (id, own) in shorts.iter().filter(|(id, _)| analysis.citation(*id).titles.len() == 1) {
            let beside = || shorts.iter().any(|(_, t)| differ_in_a_word(&own.words, &t.words) && usual(&t.words));
            if is_other_title(&own.words, &title.words) || !usual(&own.words) && beside() {
                places.push((own.words.clone(), analysis.place(*id, own.span)));
            }
        }
        let Some((words, _)) = places.first().cloned() else { continue };
        let model = analysis.place(source.definition, title.span);
        found.push(Drift {
            usual: analysis.text(model).to_string(),
            model,
            other: words.join(" "),
            places: places.into_iter().map(|(_, place)| place).collect(),
        });
    }
    found
}

/// Two short titles of one work, a word of the one exchanged in the other; slips of the pen are told elsewhere.
fn differ_in_a_word(a: &[String], b: &[String]) -> bool {
    let strange: Vec<(&String, &String)> = a.iter().zip(b).filter(|(x, y)| x != y).collect();
    let [(x, y)] = strange.as_slice() else { return false };
    let shared = a.iter().any(|w| w.len() > 3 && w != *x);
    a.len() == b.len() && shared && !is_slip(x, y) && x.len().min(y.len()) > 3
}

/// At least two words of the title, and one that has another form there: `English` for `of England`. A word without any is
/// of another work by the same author.
fn is_other_title(own: &[String], full: &[String]) -> bool {
    let strange: Vec<&String> = own.iter().filter(|w| !full.contains(w)).collect();
    let shared = own.iter().filter(|w| w.len() > 3 && full.contains(w)).count();
    let [word] = strange.as_slice() else { return false };
    let akin = |f: &String| {
        let head = f.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        head > 2 && 2 * head >= f.chars().count().max(word.chars().count())
    };
    shared >= 2 && full.iter().any(|f| !own.contains(f) && !is_slip(f, word) && akin(f))
}

/// The one word of a short title that the full title spells otherwise: equal at both ends, a letter or two between.
fn misspelled(title: &Title, full: &[Title]) -> Option<(String, String)> {
    full.iter().find_map(|f| {
        let strange: Vec<&String> = title.words.iter().filter(|w| !f.words.contains(w)).collect();
        let [own] = strange.as_slice() else { return None };
        let other = f.words.iter().find(|w| !title.words.contains(w) && is_slip(own, w))?;
        (title.words.len() > 1).then(|| ((*own).clone(), other.clone()))
    })
}

/// Two spellings of one word and no two forms of it: the ends agree.
fn is_slip(a: &str, b: &str) -> bool {
    let end = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    let head = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (long, short) = (a.chars().count().max(b.chars().count()), a.chars().count().min(b.chars().count()));
    let solid = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    solid(a) != solid(b)
        && short >= 7
        && long - short <= 1
        && end >= 3
        && head >= 3
        && osa::distance(a.chars(), b.chars()) == 1
}

/// The word of a title as typed; the whole title when it cannot be told.
fn word_place(analysis: &Analysis, id: CiteId, title: &Title, folded: &str) -> Place {
    let whole = analysis.place(id, title.span);
    let text = analysis.text(whole);
    let word = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .find(|w| fold(w).replace('\'', "") == folded)
        .map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w.len()));
    match word {
        Some((at, len)) => {
            let start = whole.span.start as usize + at;
            Place { file: whole.file, span: Span::new(start, start + len) }
        }
        None => whole,
    }
}

/// Surnames of one author of one work that differ: by a letter, or as one of two authors.
pub fn authors(analysis: &Analysis, file: FileId) -> Vec<Drift> {
    let mut found = Vec::new();
    for source in analysis.sources.iter().filter(|s| analysis.citations[s.definition].place.file == file) {
        let full = analysis.citation(source.definition);
        let mut places: Vec<(&Author, &Author, Vec<Place>)> = Vec::new();
        for id in source.citations.iter().filter(|id| **id != source.definition && source.entry != Some(**id)) {
            for author in &analysis.citation(*id).authors {
                let known = |author: &Author| full.authors.iter().any(|a| a.surname == author.surname);
                let slip = full.authors.iter().find(|a| is_slip(&a.surname, &author.surname));
                let short = analysis.citation(*id);
                let co_author = short.authors.len() == 2
                    && full.authors.len() == 2
                    && short.form == Form::Short
                    && !short.titles.is_empty()
                    && short.authors.iter().any(known);
                let missing = full.authors.iter().find(|a| short.authors.iter().all(|b| b.surname != a.surname));
                let Some(near) = slip.or(missing.filter(|_| co_author)).filter(|_| !known(author)) else { continue };
                let place = analysis.place(*id, author.span);
                match places.iter_mut().find(|(_, a, _)| a.surname == author.surname) {
                    Some((_, _, list)) => list.push(place),
                    None => places.push((near, author, vec![place])),
                }
            }
        }
        found.extend(places.into_iter().map(|(near, author, places)| Drift {
            usual: near.surname.clone(),
            model: analysis.place(source.definition, near.span),
            other: author.surname.clone(),
            places,
        }));
    }
    found
}

/// A work cited in full again, in a file that otherwise uses short forms.
#[derive(Debug)]
pub struct Repeated {
    pub place: Place,
    pub first: Place,
}

/// Books, articles and chapters: files, newspapers and laws have no short form in many styles.
pub fn repeated(analysis: &Analysis, file: FileId) -> Vec<Repeated> {
    let (mut found, mut short) = (Vec::new(), 0);
    for source in analysis.sources.iter().filter(|s| !s.orphan) {
        let full = analysis.citation(source.definition);
        if analysis.citations[source.definition].place.file != file || full.titles.is_empty() {
            continue;
        }
        for id in source.citations.iter().filter(|id| **id > source.definition) {
            let again = analysis.citation(*id);
            match again.form {
                Form::Short | Form::OpCit | Form::Supra => short += 1,
                Form::Full if is_same_work(analysis, source.definition, *id) => {
                    found.push(Repeated {
                        place: analysis.citations[*id].place,
                        first: analysis.citations[source.definition].place,
                    });
                }
                _ => {}
            }
        }
    }
    if short < 8 || found.len() * 8 > short {
        found.clear();
    }
    found
}

fn is_same_work(analysis: &Analysis, first: CiteId, again: CiteId) -> bool {
    let (a, b) = (analysis.citation(first), analysis.citation(again));
    let scope = |id: CiteId| {
        let cited = &analysis.citations[id];
        (cited.place.file, cited.note.map(|n| analysis.files[cited.place.file].manuscript.notes[n].scope))
    };
    let title = |c: &Citation| c.titles.first().map(|t| t.words.clone());
    let surnames = |c: &Citation| c.authors.iter().map(|a| a.surname.clone()).collect::<Vec<_>>();
    let kind = |c: &Citation| matches!(c.kind, Kind::Book | Kind::Article | Kind::Chapter);
    let sure = |c: &Citation| c.certainty == Certainty::Sure && kind(c) && c.year.is_some();
    sure(a)
        && sure(b)
        && scope(first) == scope(again)
        && a.year == b.year
        && !surnames(a).is_empty()
        && surnames(a) == surnames(b)
        && title(a) == title(b)
        && title(a).is_some_and(|t| t.len() > 1)
}

/// The words are told as a misspelling already.
pub fn is_misspelling(analysis: &Analysis, place: Place) -> bool {
    let mut told = analysis.names.words.iter().chain(&analysis.names.slips).flat_map(|m| &m.places);
    told.any(|p| p.file == place.file && p.span.overlaps(place.span))
}
