//! What each Ibid., short form and pointer stands for, and through what.
//!
//! One forward pass in reading order. A source that the grammar could not parse still breaks a chain; an orphan becomes a
//! source of its own, so that later forms of it gather there and it is reported once; a full citation that comes late adopts its orphans.

mod lists;
mod naming;

use super::matching::{self, Index, Signature};
use super::notes::Numbering;
use super::{Ambiguity, CiteId, Cited, File, FileId, How, Place, Reason, Resolution, Source, SourceId};
use crate::citation::{Citation, Form, Kind};
use crate::model::Manuscript;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Works out what every citation of the project stands for. Citations come in reading order.
/// Entries of source lists come behind all others: the last figure says how many are none.
pub fn resolve(files: &[Arc<File>], notes: &[Numbering]) -> (Vec<Cited>, Vec<Source>, usize) {
    let mut resolver = Resolver {
        files,
        citations: Vec::new(),
        sources: Vec::new(),
        signatures: Vec::new(),
        index: Index::default(),
        keys: FxHashMap::default(),
    };
    for (file, numbering) in notes.iter().enumerate() {
        resolver.file(file, numbering);
    }
    resolver.look_in_other_files();
    let cited = resolver.lists();
    resolver.settle();
    resolver.gather();
    (resolver.citations, resolver.sources, cited)
}

struct Resolver<'a> {
    files: &'a [Arc<File>],
    citations: Vec<Cited>,
    sources: Vec<Source>,
    signatures: Vec<Signature>,
    index: Index,
    keys: FxHashMap<Vec<String>, SourceId>,
}

/// The notes read so far, as an Ibid. looks back on them.
#[derive(Default)]
struct Past {
    /// Citations of each note, by index into the file's notes.
    cites: Vec<Vec<CiteId>>,
    /// Notes in the order read.
    order: Vec<usize>,
    /// For each note the chapter its mark stands in.
    chapter: Vec<usize>,
}

impl Resolver<'_> {
    fn file(&mut self, file: FileId, numbering: &Numbering) {
        let facts = Arc::clone(&self.files[file]);
        self.body(file, &facts);
        let chapter = chapters(&facts.manuscript, numbering);
        let mut past = Past { cites: vec![Vec::new(); facts.notes.len()], order: Vec::new(), chapter };
        for note in reading_order(&facts, numbering) {
            for (ord, citation) in facts.notes[note].iter().enumerate() {
                let span = facts.manuscript.notes[note].flow.dressed(citation.span);
                let id = self.citations.len();
                self.citations.push(Cited { place: Place { file, span }, note: Some(note), ord, resolution: None });
                let resolution = self.resolve(id, citation, &past, numbering);
                self.citations[id].resolution = resolution;
                past.cites[note].push(id);
            }
            past.order.push(note);
        }
    }

    fn body(&mut self, file: FileId, facts: &File) {
        let own = facts.body.len() - facts.manuscript.entries.len();
        for (ord, citation) in facts.body[..own].iter().enumerate() {
            let id = self.citations.len();
            self.citations.push(Cited {
                place: Place { file, span: citation.span },
                note: None,
                ord,
                resolution: None,
            });
            self.citations[id].resolution = self.key(id, citation);
        }
    }

    fn citation(&self, id: CiteId) -> &Citation {
        let cited = &self.citations[id];
        let file = &self.files[cited.place.file];
        match cited.note {
            Some(note) => &file.notes[note][cited.ord],
            None => &file.body[cited.ord],
        }
    }

    fn signature(&self, id: CiteId) -> Signature {
        let cited = &self.citations[id];
        let file = &self.files[cited.place.file];
        match cited.note {
            Some(note) => Signature::of(&file.notes[note][cited.ord], &file.manuscript.notes[note].flow),
            None => Signature::default(),
        }
    }

    fn resolve(&mut self, id: CiteId, citation: &Citation, past: &Past, numbering: &Numbering) -> Option<Resolution> {
        match citation.form {
            // `… in a homily on the poor. (Henceforth *B*.)`: the note tells a work, though no grammar reads it.
            Form::Commentary if citation.alias.is_some() => {
                let signature = self.signature(id);
                let source = self.add_source(id, signature, false);
                self.set_alias(source, id, citation);
                Some(Self::exact(source))
            }
            Form::Commentary | Form::Quote => None,
            Form::LocCit if !citation.authors.is_empty() => Some(self.short(id, citation, past, numbering)),
            Form::Key => self.key(id, citation),
            Form::Alias => self.alias(id, citation, past),
            Form::Xref => self.xref(id, citation, numbering),
            Form::Full => Some(self.full(id, citation)),
            Form::Idem => Some(self.idem(id, citation, past)),
            Form::Ibid | Form::Id | Form::LocCit => Some(self.ibid(id, citation, past, numbering)),
            Form::Short | Form::OpCit | Form::Supra => Some(self.short(id, citation, past, numbering)),
        }
    }

    fn exact(source: SourceId) -> Resolution {
        Resolution::Exact { source, via: Vec::new(), how: How::default() }
    }

    fn add_source(&mut self, id: CiteId, signature: Signature, orphan: bool) -> SourceId {
        let source = self.sources.len();
        self.index.add(source, &signature);
        self.signatures.push(signature);
        self.sources.push(Source { definition: id, entry: None, orphan, citations: Vec::new(), aliases: Vec::new() });
        source
    }

    /// A citation key is its own name: one source a key.
    fn key(&mut self, id: CiteId, citation: &Citation) -> Option<Resolution> {
        let words = citation.titles.first()?.words.clone();
        let source = match self.keys.get(&words) {
            Some(source) => *source,
            None => {
                // Known by its key alone: no title finds it.
                let source = self.add_source(id, Signature::default(), false);
                self.keys.insert(words, source);
                source
            }
        };
        Some(Self::exact(source))
    }

    /// `Hereafter cited as *X*` speaks of the citation before it.
    fn alias(&mut self, id: CiteId, citation: &Citation, past: &Past) -> Option<Resolution> {
        let note = self.citations[id].note?;
        let before = past.cites[note].iter().rev().find_map(|c| self.source_of(*c))?;
        self.set_alias(before, id, citation);
        Some(Self::exact(before))
    }

    fn set_alias(&mut self, source: SourceId, id: CiteId, citation: &Citation) {
        let Some(alias) = &citation.alias else { return };
        self.signatures[source].aliases.push(matching::words(&alias.words));
        self.sources[source].aliases.push(id);
        let signature = std::mem::take(&mut self.signatures[source]);
        self.index.add(source, &signature);
        self.signatures[source] = signature;
    }

    fn xref(&mut self, id: CiteId, citation: &Citation, numbering: &Numbering) -> Option<Resolution> {
        let pointer = citation.pointer.as_ref()?;
        let cited = &self.citations[id];
        let (note, manuscript) = (cited.note?, &self.files[cited.place.file].manuscript);
        let notes: Vec<usize> =
            pointer.notes.iter().filter_map(|(n, _)| numbering.note_numbered(manuscript, note, *n)).collect();
        if notes.is_empty() {
            return Some(Resolution::Unresolved { why: Reason::NoteMissing, nearest: Vec::new(), orphan: None });
        }
        Some(Resolution::Notes(notes))
    }

    /// A full citation is its own source, unless it repeats one or an orphan was waiting for it.
    fn full(&mut self, id: CiteId, citation: &Citation) -> Resolution {
        let signature = self.signature(id);
        let file = self.citations[id].place.file;
        let near = self.index.near(&signature);
        let here = |s: &&SourceId| self.citations[self.sources[**s].definition].place.file == file;
        let known = near.iter().rev().filter(here).copied().find(|s| self.repeats(&signature, citation, *s));
        let known = known.or_else(|| self.case_before(&signature, citation, file));
        let source = match known {
            Some(source) => {
                if self.sources[source].orphan {
                    self.sources[source].orphan = false;
                    self.sources[source].definition = id;
                    let aliases = std::mem::take(&mut self.signatures[source].aliases);
                    self.signatures[source] = Signature { aliases, ..signature };
                    let signature = self.signatures[source].clone();
                    self.index.add(source, &signature);
                }
                source
            }
            None => self.add_source(id, signature, false),
        };
        self.set_alias(source, id, citation);
        Self::exact(source)
    }

    /// The case that `Ross, 206 A.3d at 290` goes on with: cited before with its parties and its year.
    fn case_before(&self, wanted: &Signature, citation: &Citation, file: FileId) -> Option<SourceId> {
        if citation.kind != Kind::Case || citation.year.is_some() {
            return None;
        }
        let mut fitting = self.candidates(wanted, |c| c.place.file == file);
        fitting.retain(|c| self.citation(self.sources[c.source].definition).kind == Kind::Case);
        let [one] = fitting.as_slice() else { return None };
        Some(one.source)
    }

    /// The citation names the work or file that `source` is.
    fn repeats(&self, signature: &Signature, citation: &Citation, source: SourceId) -> bool {
        let known = &self.signatures[source];
        if self.sources[source].orphan {
            let strong = known
                .titles
                .iter()
                .any(|t| t.len() > 1 && signature.titles.iter().any(|f| matching::title_fit(t, f) >= 0.8));
            let named = !known.authors.is_empty() && known.authors.iter().all(|a| signature.authors.contains(a));
            let within = known.titles.iter().all(|t| signature.titles.iter().any(|f| t.iter().all(|w| f.contains(w))));
            return named && (strong || within) || known.authors.is_empty() && strong;
        }
        let titles = !signature.titles.is_empty()
            && signature.titles.len() == known.titles.len()
            && signature.titles.iter().zip(&known.titles).all(|(a, b)| a == b);
        if citation.kind == Kind::Archival {
            return known.path.is_some()
                && known.path == signature.path
                && (titles || signature.titles.is_empty() && known.titles.is_empty());
        }
        let authors = signature.authors == known.authors;
        let years = signature.year == known.year || signature.year.is_none() || known.year.is_none();
        let sort = self.citation(self.sources[source].definition).kind;
        titles
            && authors
            && years
            && sort != Kind::Archival
            && citation.kind != Kind::Newspaper
            && citation.kind != Kind::Case
    }

    /// A new work by the author cited last.
    fn idem(&mut self, id: CiteId, citation: &Citation, past: &Past) -> Resolution {
        let mut signature = self.signature(id);
        let authors =
            |c: CiteId| self.source_of(c).map(|s| self.signatures[s].authors.clone()).filter(|a| !a.is_empty());
        let before = self.last_citing(id, past, |c| authors(c).is_some());
        signature.authors = before.and_then(authors).unwrap_or_default();
        let via: Vec<CiteId> = before.into_iter().collect();
        let near = self.index.near(&signature);
        let titled = |s: &SourceId| !self.signatures[*s].titles.is_empty();
        let known = near.iter().rev().copied().filter(titled).find(|s| {
            self.repeats(&signature, citation, *s)
                || signature.year.is_none()
                    && matching::fit(&signature, *s, &self.signatures[*s]).is_some_and(|c| c.score > 0.9)
        });
        let source = known.unwrap_or_else(|| {
            self.add_source(id, signature, citation.year.is_none() && citation.kind == Kind::Unknown)
        });
        Resolution::Exact { source, via, how: How::default() }
    }

    /// The nearest citation before this one that will do.
    fn last_citing(&self, id: CiteId, past: &Past, will_do: impl Fn(CiteId) -> bool) -> Option<CiteId> {
        let own = past.cites[self.citations[id].note?].iter();
        let earlier = past.order.iter().rev().take(6).flat_map(|n| past.cites[*n].iter().rev());
        own.rev().chain(earlier).copied().find(|c| self.cites(*c) && will_do(*c))
    }

    /// It cites something, whether or not we know what.
    fn cites(&self, id: CiteId) -> bool {
        !matches!(self.citation(id).form, Form::Commentary | Form::Quote | Form::Alias | Form::Xref)
    }

    fn ibid(&mut self, id: CiteId, citation: &Citation, past: &Past, numbering: &Numbering) -> Resolution {
        let unresolved = |why| Resolution::Unresolved { why, nearest: Vec::new(), orphan: None };
        let Some(note) = self.citations[id].note else { return unresolved(Reason::NoAntecedent) };
        if let Some(before) = past.cites[note].iter().rev().copied().find(|c| self.cites(*c)) {
            return self.through(before, How::default());
        }
        let scope = |n: usize| (numbering.scope_of_note[n], past.chapter[n]);
        let same_scope = |n: &usize| scope(*n) == scope(note);
        let Some(previous) = past.order.last().copied() else { return unresolved(Reason::NoAntecedent) };
        if !same_scope(&previous) {
            return unresolved(Reason::ScopeBoundary);
        }
        let gap = self.gap(id, previous, note);
        let slip = gap <= 2 && self.in_note(past, previous).len() == 1;
        if gap > 0 && !slip {
            let manuscript = &self.files[self.citations[id].place.file].manuscript;
            if let Some(number) = manuscript.notes[note].label.number.filter(|_| numbering.is_excerpt(manuscript, note))
            {
                return Resolution::Elsewhere { note: number - 1 };
            }
            let candidates = self.in_note(past, previous).into_iter().filter_map(|c| self.source_of(c)).collect();
            return Resolution::Ambiguous { candidates, why: Ambiguity::NoteMissing };
        }
        let mut how = How::default();
        for n in past.order.iter().rev().take_while(|n| same_scope(n)).take(4) {
            let cites = self.in_note(past, *n);
            if cites.is_empty() {
                how.over_commentary = true;
                continue;
            }
            return self.after_note(&cites, how, citation);
        }
        unresolved(Reason::NoAntecedent)
    }

    /// Citations of a note that cite something, in order.
    fn in_note(&self, past: &Past, note: usize) -> Vec<CiteId> {
        past.cites[note].iter().copied().filter(|c| self.cites(*c)).collect()
    }

    /// How many numbers are missing before a note, and what those notes said with them.
    fn gap(&self, id: CiteId, previous: usize, note: usize) -> u32 {
        let notes = &self.files[self.citations[id].place.file].manuscript.notes;
        match (notes[previous].label.number, notes[note].label.number) {
            (Some(a), Some(b)) => b.saturating_sub(a + 1),
            _ => 0,
        }
    }

    /// Ibid. after a note with these citations.
    fn after_note(&self, cites: &[CiteId], how: How, citation: &Citation) -> Resolution {
        let Some(last) = cites.last().copied() else {
            return Resolution::Unresolved { why: Reason::NoAntecedent, nearest: Vec::new(), orphan: None };
        };
        let mut distinct: Vec<Option<SourceId>> = cites.iter().rev().map(|c| self.source_of(*c)).collect();
        let mut seen = Vec::new();
        distinct.retain(|s| {
            s.is_none()
                || !seen.contains(s) && {
                    seen.push(*s);
                    true
                }
        });
        if distinct.len() <= 1 || citation.form == Form::LocCit {
            return self.through(last, how);
        }
        Resolution::Ambiguous {
            candidates: distinct.into_iter().flatten().collect(),
            why: Ambiguity::SeveralInPreviousNote,
        }
    }

    /// What the citation `before` stands for, through it.
    fn through(&self, before: CiteId, how: How) -> Resolution {
        match &self.citations[before].resolution {
            Some(Resolution::Exact { source, via, .. }) => {
                let mut chain = Vec::new();
                // A full citation is where the chain ends, no link of it.
                if self.sources[*source].definition != before {
                    chain.push(before);
                    if self.citation(before).form != Form::Idem {
                        chain.extend(via);
                    }
                }
                Resolution::Exact { source: *source, via: chain, how }
            }
            Some(Resolution::Ambiguous { candidates, .. }) => {
                Resolution::Ambiguous { candidates: candidates.clone(), why: Ambiguity::AntecedentAmbiguous }
            }
            Some(Resolution::Unresolved { orphan: Some(source), .. }) => Resolution::Exact {
                source: *source,
                via: if self.sources[*source].definition == before { Vec::new() } else { vec![before] },
                how,
            },
            _ => Resolution::Unresolved { why: Reason::AntecedentUnresolved, nearest: Vec::new(), orphan: None },
        }
    }

    fn source_of(&self, id: CiteId) -> Option<SourceId> {
        match self.citations[id].resolution {
            Some(Resolution::Exact { source, .. }) => Some(source),
            Some(Resolution::Unresolved { orphan, .. }) => orphan,
            _ => None,
        }
    }

    /// Orphans whose full citation stands in another file of the project.
    fn look_in_other_files(&mut self) {
        if self.files.len() < 2 {
            return;
        }
        let mut abroad: FxHashMap<SourceId, SourceId> = FxHashMap::default();
        for orphan in (0..self.sources.len()).filter(|s| self.sources[*s].orphan) {
            let wanted = &self.signatures[orphan];
            let file = self.citations[self.sources[orphan].definition].place.file;
            let mut candidates = self.candidates(wanted, |c| c.place.file != file);
            let full = |c: &matching::Candidate| !self.sources[c.source].orphan;
            // An orphan of two files is one orphan.
            if candidates.iter().any(full) {
                candidates.retain(full);
            } else {
                candidates.retain(|c| c.source < orphan && c.score > 0.95 && !wanted.authors.is_empty());
            }
            candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
            let best = candidates.first().map(|best| abroad.get(&best.source).copied().unwrap_or(best.source));
            abroad.extend(best.map(|best| (orphan, best)));
        }
        let moved = |source: &mut SourceId| *source = *abroad.get(source).unwrap_or(source);
        for cited in &mut self.citations {
            match &mut cited.resolution {
                Some(Resolution::Exact { source, .. }) => moved(source),
                Some(Resolution::Ambiguous { candidates, .. }) => candidates.iter_mut().for_each(moved),
                Some(Resolution::Unresolved { orphan: Some(orphan), .. }) => {
                    cited.resolution = abroad.get(orphan).map(|s| Self::exact(*s)).or(cited.resolution.take());
                }
                _ => {}
            }
        }
    }

    /// Works that turned out to be one are no rivals.
    fn settle(&mut self) {
        for cited in &mut self.citations {
            let Some(Resolution::Ambiguous { candidates, why }) = &mut cited.resolution else { continue };
            let mut seen = Vec::new();
            candidates.retain(|c| {
                !seen.contains(c) && {
                    seen.push(*c);
                    true
                }
            });
            if let [one] = candidates.as_slice()
                && *why != Ambiguity::NoteMissing
                && *why != Ambiguity::WeakTitle
            {
                cited.resolution = Some(Self::exact(*one));
            }
        }
    }

    /// Lists the citations of each source; marks those whose full citation comes later.
    fn gather(&mut self) {
        for id in 0..self.citations.len() {
            let Some(source) = self.source_of(id) else { continue };
            self.sources[source].citations.push(id);
            let definition = self.sources[source].definition;
            let adopted = !self.sources[source].orphan
                && self.sources[source].entry != Some(definition)
                && definition > id
                && self.citations[definition].place.file == self.citations[id].place.file;
            if let Some(Resolution::Unresolved { .. }) = self.citations[id].resolution
                && adopted
            {
                self.citations[id].resolution = Some(Self::exact(source));
            }
            if let Some(Resolution::Exact { how, .. }) = &mut self.citations[id].resolution {
                how.forward = adopted;
            }
        }
        self.drop_empty();
    }
}

/// So many notes a top heading on average make its parts chapters of a book; sections of an article have fewer.
const CHAPTER: usize = 30;

/// For each note the chapter its mark stands in, where the headings of a file make chapters; else all in one.
fn chapters(manuscript: &Manuscript, numbering: &Numbering) -> Vec<usize> {
    let top: Vec<u32> = manuscript.headings.iter().filter(|h| h.level == 1).map(|h| h.span.start).collect();
    let notes = manuscript.notes.len();
    if top.len() < 3 || notes < top.len() * CHAPTER {
        return vec![0; notes];
    }
    let place = |note: usize| {
        numbering.mark_of_note[note].map_or(manuscript.notes[note].span, |m| manuscript.marks[m].span).start
    };
    (0..notes).map(|note| top.partition_point(|h| *h <= place(note))).collect()
}

/// Notes in the order of their marks; a note without one stays behind its neighbour.
fn reading_order(file: &File, numbering: &Numbering) -> Vec<usize> {
    let mut keyed = Vec::with_capacity(file.notes.len());
    let mut last = 0;
    for note in 0..file.notes.len() {
        last = numbering.mark_of_note[note].map_or(last, |m| m + 1);
        keyed.push((last, note));
    }
    keyed.sort();
    keyed.into_iter().map(|(_, note)| note).collect()
}
