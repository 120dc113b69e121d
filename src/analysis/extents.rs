//! Pages against the work they are of: beyond the extent of an article, or in a file where another document lies.

use super::locators::is_one_list;
use super::{Analysis, CiteId, FileId, Place, Source};
use crate::citation::{Certainty, Citation, Form, Kind, Range, Rank, Unit};
use rustc_hash::FxHashMap;

/// An article cited beyond the pages its full citation gives.
#[derive(Debug)]
pub struct Overrun {
    /// The pages of the full citation.
    pub extent: Place,
    /// The pages beyond them.
    pub outside: Vec<Place>,
}

/// An *Ibid.* for an article, at a page too far from all pages of it that were cited before.
#[derive(Debug)]
pub struct Leap {
    pub place: Place,
    /// The page cited before.
    pub before: Place,
}

/// Two documents on the same leaf of a file.
#[derive(Debug)]
pub struct Shared {
    pub place: Place,
    pub other: Place,
}

/// A document whose leaves have another document between them.
#[derive(Debug)]
pub struct Parted {
    pub place: Place,
    /// Its leaves on the other side.
    pub rest: Place,
    /// The documents between.
    pub between: Vec<Place>,
}

/// Articles whose later citations go past their extent.
///
/// A range in the full citation is an extent when all later pages have a sign and it has none, or when the other articles of
/// the file keep within theirs. Pages in front of it, or far behind, show that it is a page cited after all.
pub fn overruns(analysis: &Analysis) -> Vec<Overrun> {
    let extents: Vec<Extent> = analysis.sources.iter().filter_map(|source| extent(analysis, source)).collect();
    let kept = |file: FileId| {
        let of = || extents.iter().filter(move |e| e.place.file == file);
        of().filter(|e| !e.outside.is_empty()).count() == 1 && of().map(|e| e.inside).sum::<usize>() > 1
    };
    let is_extent = |e: &Extent| (e.other_dress && e.outside.len() > 1) || (e.pages > 4 && kept(e.place.file));
    let past: Vec<bool> = extents.iter().map(|e| !e.outside.is_empty() && is_extent(e)).collect();
    let overruns = extents.into_iter().zip(past).filter(|(_, past)| *past);
    overruns.map(|(e, _)| Overrun { extent: e.place, outside: e.outside }).collect()
}

/// No article is as long as this, in pages.
const LONGEST: u32 = 300;

/// *Ibid.* at pages that cannot be of the article: another work was cited between, or is meant.
pub fn leaps(analysis: &Analysis) -> Vec<Leap> {
    let mut found = Vec::new();
    for source in &analysis.sources {
        let full = analysis.citation(source.definition);
        let within = full.container.is_some() && full.titles.first().is_some_and(|t| t.quoted);
        if !matches!(full.kind, Kind::Article | Kind::Chapter) && !(full.kind == Kind::Unknown && within) {
            continue;
        }
        let mut before: Vec<(CiteId, Range)> = Vec::new();
        for id in &source.citations {
            let Some(page) = only_page(analysis, *id) else { continue };
            let far = before.iter().all(|(_, b)| b.first.abs_diff(page.first) > LONGEST);
            if let (Form::Ibid, true, Some((last, range))) = (analysis.citation(*id).form, far, before.last()) {
                let place = |id: CiteId, range: &Range| analysis.place(id, range.span);
                found.push(Leap { place: place(*id, &page), before: place(*last, range) });
            }
            before.push((*id, page));
        }
    }
    found
}

/// The one page, or range of pages, that a citation cites.
fn only_page(analysis: &Analysis, id: CiteId) -> Option<Range> {
    let locators = analysis.citation(id).locators.as_ref().filter(|l| is_one_list(analysis, id, l))?;
    let page = matches!(locators.unit, Unit::Page | Unit::Pages | Unit::AnyPages | Unit::Bare);
    match locators.ranges.as_slice() {
        [range] if page && !range.roman => Some(*range),
        _ => None,
    }
}

/// A range of pages that may be the extent of an article, against the pages cited later.
struct Extent {
    place: Place,
    pages: u32,
    /// The later pages have a sign, the range has none.
    other_dress: bool,
    inside: usize,
    outside: Vec<Place>,
}

fn extent(analysis: &Analysis, source: &Source) -> Option<Extent> {
    const NEAR: u32 = 30;
    let full = analysis.citation(source.definition);
    let article = full.form == Form::Full && full.kind == Kind::Article && full.certainty == Certainty::Sure;
    let locators = full.locators.as_ref().filter(|_| article && !source.orphan)?;
    let [range] = locators.ranges.as_slice() else { return None };
    if range.roman || range.open || range.last <= range.first {
        return None;
    }
    let mut far = false;
    let (mut inside, mut outside, mut other_dress) = (0, Vec::new(), locators.unit == Unit::Bare);
    for id in source.citations.iter().filter(|id| **id != source.definition) {
        let later = analysis.citation(*id);
        let Some(pages) = later.locators.as_ref().filter(|_| later.form != Form::Full) else { continue };
        let signed = matches!(pages.unit, Unit::Page | Unit::Pages | Unit::AnyPages);
        if !signed && pages.unit != Unit::Bare {
            return None;
        }
        other_dress &= signed;
        for page in pages.ranges.iter().filter(|r| !r.roman) {
            if page.first < range.first {
                return None;
            }
            far |= page.last > range.last + NEAR;
            match page.last > range.last {
                true => outside.push(analysis.place(*id, page.span)),
                false => inside += 1,
            }
        }
    }
    let pages = range.last - range.first + 1;
    // Far behind its end: the range was a page cited after all, unless other citations keep within a long one.
    if far && (inside < 2 || pages < 10) {
        return None;
    }
    Some(Extent { place: analysis.place(source.definition, range.span), pages, other_dress, inside, outside })
}

/// One document of an archival file: the title and the leaves it is cited at.
struct Document {
    title: Vec<String>,
    uses: Vec<(CiteId, Range)>,
}

/// Fond, series and unit.
type Path = Vec<(Rank, String)>;

/// The documents of every archival file of which several are cited.
fn documents(analysis: &Analysis, file: FileId) -> Vec<Vec<Document>> {
    let here = analysis.cited().filter(|id| analysis.citations[*id].place.file == file);
    let paths: Vec<(CiteId, Path)> = here.filter_map(|id| Some((id, path(analysis.citation(id))?))).collect();
    let mut by_path: FxHashMap<Path, Vec<Document>> = FxHashMap::default();
    if paths.is_empty() {
        return Vec::new();
    }
    for source in analysis.sources.iter().filter(|s| analysis.citations[s.definition].place.file == file) {
        let full = analysis.citation(source.definition);
        let Some(path) = path(full).or_else(|| neighbours_path(full, source, &paths)) else { continue };
        for (i, title) in full.titles.iter().enumerate().filter(|(_, t)| t.quoted && !t.words.is_empty()) {
            let uses = source.citations.iter().flat_map(|id| uses(analysis, *id, full, i)).collect();
            by_path.entry(path.clone()).or_default().push(Document { title: title.words.clone(), uses });
        }
    }
    let mut files: Vec<Vec<Document>> = by_path.into_values().filter(|d| d.len() > 1).collect();
    files.sort_by_key(|docs| docs.iter().flat_map(|d| d.uses.first().map(|u| u.0)).min());
    files
}

fn path(citation: &Citation) -> Option<Path> {
    let archive = citation.archive.as_ref().filter(|_| citation.certainty == Certainty::Sure)?;
    let levels = archive.levels.iter().filter(|l| l.rank < Rank::Part);
    let path: Path = levels.map(|l| (l.rank, l.number.clone())).collect();
    path.iter().any(|(rank, _)| *rank == Rank::Unit).then_some(path)
}

/// A document that is cited by title and leaf alone is taken to lie in the file that the references before and after it are of.
fn neighbours_path(citation: &Citation, source: &Source, paths: &[(CiteId, Path)]) -> Option<Path> {
    let leaf = citation.locators.as_ref().is_some_and(|l| matches!(l.unit, Unit::Page | Unit::Pages | Unit::Leaf));
    if !source.orphan || !leaf || citation.form != Form::Short || !citation.authors.is_empty() {
        return None;
    }
    let next = paths.partition_point(|(id, _)| *id < source.definition);
    let (_, before) = paths.get(next.checked_sub(1)?)?;
    let (_, after) = paths.get(next)?;
    (before == after).then(|| before.clone())
}

/// The leaves at which a citation cites the given document of its source.
fn uses(analysis: &Analysis, id: CiteId, full: &Citation, document: usize) -> Vec<(CiteId, Range)> {
    let citation = analysis.citation(id);
    let Some(locators) = citation.locators.as_ref().filter(|l| is_one_list(analysis, id, l)) else { return Vec::new() };
    let page = matches!(locators.unit, Unit::Page | Unit::Pages | Unit::AnyPages | Unit::Leaf);
    let ranges: &[Range] = match citation.titles.as_slice() {
        _ if !page => &[],
        [] if full.titles.len() == 1 => &locators.ranges,
        [title] if full.titles.len() == 1 || is_title(&title.words, &full.titles[document].words) => &locators.ranges,
        // Several titles, as many leaves: one each.
        titles if titles.len() > 1 && titles.len() == locators.ranges.len() => &locators.ranges[document..=document],
        _ => &[],
    };
    ranges.iter().filter(|r| !r.roman && r.first <= r.last).map(|r| (id, *r)).collect()
}

/// A title or the beginning of it.
fn is_title(short: &[String], full: &[String]) -> bool {
    !short.is_empty() && full.starts_with(short)
}

/// Leaves given to two documents, and documents with others between their leaves.
pub fn conflicts(analysis: &Analysis, file: FileId) -> (Vec<Shared>, Vec<Parted>) {
    let (mut shared, mut parted) = (Vec::new(), Vec::new());
    for documents in documents(analysis, file) {
        for (i, a) in documents.iter().enumerate() {
            for b in &documents[i + 1..] {
                if !is_title(&a.title, &b.title) && !is_title(&b.title, &a.title) {
                    shared.extend(on_one_leaf(analysis, a, b));
                }
            }
            parted.extend(hole(analysis, a, &documents, i));
        }
    }
    (shared, parted)
}

fn on_one_leaf(analysis: &Analysis, a: &Document, b: &Document) -> Option<Shared> {
    let pair = a.uses.iter().find_map(|x| {
        let y = b.uses.iter().find(|y| x.1.first <= y.1.last && y.1.first <= x.1.last)?;
        Some((x, y))
    })?;
    let (earlier, later) = if pair.0.0 <= pair.1.0 { pair } else { (pair.1, pair.0) };
    Some(Shared { place: analysis.place(later.0, later.1.span), other: analysis.place(earlier.0, earlier.1.span) })
}

/// The first hole in the leaves of a document that another document fills.
fn hole(analysis: &Analysis, document: &Document, all: &[Document], own: usize) -> Option<Parted> {
    let mut uses: Vec<&(CiteId, Range)> = document.uses.iter().collect();
    uses.sort_by_key(|(_, r)| (r.first, r.last));
    let place = |u: &(CiteId, Range)| analysis.place(u.0, u.1.span);
    for (k, pair) in uses.windows(2).enumerate() {
        let (low, high) = (pair[0].1.last, pair[1].1.first);
        let others = all.iter().enumerate().filter(|(i, d)| *i != own && !is_title(&d.title, &document.title));
        let between: Vec<Place> = others
            .filter(|(_, d)| d.uses.iter().all(|(_, r)| low < r.first && r.last < high))
            .filter_map(|(_, d)| d.uses.first().map(place))
            .collect();
        if !between.is_empty() {
            // The side with fewer citations is the odd one.
            let (odd, rest) =
                if k + 1 < uses.len() - (k + 1) { (uses[k], uses[k + 1]) } else { (uses[k + 1], uses[k]) };
            return Some(Parted { place: place(odd), rest: place(rest), between });
        }
    }
    None
}
