//! Source lists: entries become sources; keys, works cited in full and orphans find theirs.
//!
//! A match by words must be certain: the same first author and title, the year not against it. Who typed the work in
//! full keeps his citation as its definition and has the entry beside it.

use super::Resolver;
use crate::analysis::matching::{self, Candidate, Signature, Word};
use crate::analysis::{CiteId, Cited, FileId, How, Place, Resolution, SourceId, listed, shorts};
use crate::citation::{Citation, Form, Kind};
use crate::model::Entry;
use rustc_hash::FxHashMap;

/// Rivals are closer to the best candidate than this.
const MARGIN: f32 = 0.08;

impl Resolver<'_> {
    /// Takes up the entries of every file. Gives how many citations are none.
    pub(super) fn lists(&mut self) -> usize {
        let cited = self.citations.len();
        let typed = self.sources.len();
        for file in 0..self.files.len() {
            self.list(file);
        }
        let listed = self.citations.len() > cited;
        let mut now: Vec<SourceId> = (0..self.sources.len()).collect();
        for source in 0..typed {
            if listed || shorts::is_author_date(self.citation(self.sources[source].definition)) {
                self.look_up(source, &mut now);
            }
        }
        self.moved(&now);
        cited
    }

    fn list(&mut self, file: FileId) {
        let facts = std::sync::Arc::clone(&self.files[file]);
        let from = facts.body.len() - facts.manuscript.entries.len();
        for (i, entry) in facts.manuscript.entries.iter().enumerate() {
            let id = self.citations.len();
            let citation = &facts.body[from + i];
            let place = Place { file, span: citation.span };
            self.citations.push(Cited { place, note: None, ord: from + i, resolution: None });
            let signature = signature(citation);
            let words = entry.key.as_ref().map(|key| vec![key.text.clone()]);
            let known = words.as_ref().and_then(|words| self.keys.get(words)).copied();
            let source = match known {
                Some(source) if self.sources[source].entry.is_some() => source,
                Some(source) => {
                    self.index.add(source, &signature);
                    self.signatures[source] = signature;
                    self.sources[source].definition = id;
                    source
                }
                None => self.add_source(id, signature, false),
            };
            self.sources[source].entry.get_or_insert(id);
            self.keys.extend(words.map(|words| (words, source)));
            self.citations[id].resolution = Some(Self::exact(source));
        }
    }

    /// The entry of a source that the manuscript types out, or never cites in full.
    fn look_up(&mut self, source: SourceId, now: &mut [SourceId]) {
        let id = self.sources[source].definition;
        if self.sources[source].entry.is_some() || self.citation(id).form == Form::Key {
            return;
        }
        let by_year = shorts::is_author_date(self.citation(id));
        let orphan = self.sources[source].orphan;
        let wanted = self.signatures[source].clone();
        let fit = |s: SourceId| match (by_year, orphan) {
            (true, _) => self.same_year(id, s, &wanted),
            _ if self.sources[s].entry.is_none() => None,
            (false, true) => matching::fit(&wanted, s, &self.signatures[s]),
            (false, false) => same_work(s, &wanted, &self.signatures[s]),
        };
        let mut near: Vec<Candidate> = self.index.near(&wanted).into_iter().filter_map(fit).collect();
        near.sort_by(|a, b| b.score.total_cmp(&a.score));
        let Some(best) = near.first().copied() else { return };
        if near.get(1).is_some_and(|c| c.score >= best.score - MARGIN) {
            return;
        }
        if orphan || by_year {
            now[source] = best.source;
            self.found_in_list(source, best);
        } else {
            self.sources[source].entry = self.sources[best.source].entry;
            if now[best.source] == best.source {
                now[best.source] = source;
            }
        }
    }

    /// `Lind 1931a`: author, year and letter of an entry, or of a work that the file cites in full.
    fn same_year(&self, id: CiteId, source: SourceId, wanted: &Signature) -> Option<Candidate> {
        let known = &self.signatures[source];
        let text =
            |id: CiteId| self.citations[id].place.span.of(&self.files[self.citations[id].place.file].manuscript.text);
        let letter = shorts::year_letter(text(id));
        let same = match self.sources[source].entry.and_then(|entry| self.entry(entry)) {
            Some(entry) => entry.years.iter().any(|y| Some(y.number) == wanted.year && y.letter == letter),
            None => {
                let full = self.sources[source].definition;
                let here = self.citations[full].place.file == self.citations[id].place.file;
                let full = self.citation(full);
                here && full.form == Form::Full
                    && matches!(full.kind, Kind::Book | Kind::Article | Kind::Chapter)
                    && !full.titles.is_empty()
                    && !shorts::is_author_date(full)
                    && known.year == wanted.year
                    && letter.is_none()
            }
        };
        let first = wanted.authors.first()? == known.authors.first()?;
        let all = wanted.authors.iter().all(|a| known.authors.contains(a));
        let score = if wanted.authors.len() == known.authors.len() { 1.0 } else { 0.8 };
        (same && first && all).then_some(Candidate { source, score, title: 1.0 })
    }

    fn entry(&self, id: CiteId) -> Option<&Entry> {
        let cited = &self.citations[id];
        let file = &self.files[cited.place.file];
        file.manuscript.entries.get(cited.ord.checked_sub(file.body.len() - file.manuscript.entries.len())?)
    }

    /// Short forms of an orphan stand for the entry from now on.
    fn found_in_list(&mut self, orphan: SourceId, entry: Candidate) {
        let (wanted, known) = (&self.signatures[orphan], &self.signatures[entry.source]);
        let fuzzy =
            entry.title < 1.0 && !wanted.titles.is_empty() || wanted.authors.iter().any(|a| !known.authors.contains(a));
        self.sources[orphan].orphan = false;
        let id = self.sources[orphan].definition;
        let how = How { fuzzy, ..How::default() };
        self.citations[id].resolution = Some(Resolution::Exact { source: entry.source, via: Vec::new(), how });
    }

    /// Every resolution names the source that the one it named has become.
    fn moved(&mut self, now: &[SourceId]) {
        let last = |mut source: SourceId| {
            while now[source] != source {
                source = now[source];
            }
            source
        };
        for cited in &mut self.citations {
            match &mut cited.resolution {
                Some(Resolution::Exact { source, .. }) => *source = last(*source),
                Some(Resolution::Ambiguous { candidates: list, .. }) => list.iter_mut().for_each(|c| *c = last(*c)),
                Some(Resolution::Unresolved { nearest, .. }) => nearest.iter_mut().for_each(|c| *c = last(*c)),
                _ => {}
            }
        }
    }

    /// Sources without a citation are none.
    pub(super) fn drop_empty(&mut self) {
        let mut now: FxHashMap<SourceId, SourceId> = FxHashMap::default();
        let mut kept = Vec::with_capacity(self.sources.len());
        for (old, source) in std::mem::take(&mut self.sources).into_iter().enumerate() {
            if !source.citations.is_empty() || !source.aliases.is_empty() {
                now.insert(old, kept.len());
                kept.push(source);
            }
        }
        self.sources = kept;
        for cited in &mut self.citations {
            match &mut cited.resolution {
                Some(Resolution::Exact { source, .. }) => *source = now[source],
                Some(Resolution::Ambiguous { candidates: list, .. }) => list.retain_mut(|s| kept_as(&now, s)),
                Some(Resolution::Unresolved { nearest, orphan, .. }) => {
                    nearest.retain_mut(|s| kept_as(&now, s));
                    *orphan = orphan.and_then(|s| now.get(&s).copied());
                }
                _ => {}
            }
        }
    }
}

fn kept_as(now: &FxHashMap<SourceId, SourceId>, source: &mut SourceId) -> bool {
    let new = now.get(source).copied();
    *source = new.unwrap_or(*source);
    new.is_some()
}

/// What an entry is known by.
fn signature(entry: &Citation) -> Signature {
    Signature {
        authors: entry.authors.iter().map(|a| Word::new(&a.surname)).collect(),
        titles: matching::titles(entry),
        year: entry.year,
        ..Signature::default()
    }
}

/// A work cited in full and an entry: one first author, one title or its beginning; another year only with a long title.
fn same_work(source: SourceId, typed: &Signature, known: &Signature) -> Option<Candidate> {
    let (Some(a), Some(b)) = (typed.authors.first(), known.authors.first()) else { return None };
    let (own, entry) = (typed.titles.first()?, known.titles.first()?);
    let (short, long) = if own.len() <= entry.len() { (own, entry) } else { (entry, own) };
    let solid = short.len() >= 2 || short.len() == long.len();
    // Another spelling of the name: all else has to be the same.
    let alike = || own == entry && own.len() >= 3 && typed.year == known.year && listed::is_near(a, b);
    if !solid || !(matching::same_word(a, b) || alike()) {
        return None;
    }
    let title = matching::title_fit(short, long);
    let years = typed.year.is_none() || known.year.is_none() || typed.year == known.year;
    let certain = title >= 0.9 && (years || title >= 1.0 && short.len() >= 4 && a == b);
    let exact = f32::from(u8::from(own == entry)) * 0.1 + f32::from(u8::from(years)) * 0.2;
    certain.then_some(Candidate { source, score: 0.6 * title + exact + 0.1, title })
}
