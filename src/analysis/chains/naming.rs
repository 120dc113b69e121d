//! Short forms, op. cit. and supra: the source that names and titles call. A pointer is evidence, not identity.

use super::{Past, Resolver};
use crate::analysis::matching::{self, Candidate, Signature, Word};
use crate::analysis::notes::Numbering;
use crate::analysis::{Ambiguity, CiteId, Cited, File, FileId, How, Reason, Resolution, SourceId};
use crate::citation::{Citation, Direction, Form};

impl Resolver<'_> {
    /// Short forms, op. cit. and supra: by name and title; a pointer is evidence, not identity.
    pub(super) fn short(&mut self, id: CiteId, citation: &Citation, past: &Past, numbering: &Numbering) -> Resolution {
        if let Some(note) = self.absent_note(id, citation, numbering) {
            return Resolution::Elsewhere { note };
        }
        let wanted = self.signature(id);
        // `a. a. O., S. 80` without a name: the work cited before.
        let start = citation.signal.map_or(citation.span.start, |s| s.end + 1);
        if citation.form == Form::OpCit && citation.cue.is_some_and(|cue| cue.start <= start) {
            let before = self.ibid(id, citation, past, numbering);
            if matches!(before, Resolution::Exact { how: How { over_commentary: false, .. }, .. }) {
                return before;
            }
        }
        let pointed = self.pointed_note(id, citation, past, numbering);
        let file = self.citations[id].place.file;
        let mut candidates = self.candidates(&wanted, |c| c.place.file == file);
        for c in &mut candidates {
            if pointed.is_some() && self.citations[self.sources[c.source].definition].note == pointed {
                c.score += 0.35;
            }
        }
        if candidates.is_empty()
            && let Some(resolution) = self.by_pointer(&wanted, pointed, past)
        {
            return resolution;
        }
        if candidates.is_empty()
            && let Some(host) = self.host(&wanted, file)
        {
            return Self::exact(host);
        }
        if candidates.is_empty() {
            let nearest = self.nearest(&wanted);
            let orphan = self.add_source(id, wanted, true);
            return Resolution::Unresolved { why: Reason::NeverCitedInFull, nearest, orphan: Some(orphan) };
        }
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.source.cmp(&a.source)));
        self.choose(id, &wanted, candidates, pointed, past)
    }

    pub(super) fn candidates(&self, wanted: &Signature, keep: impl Fn(&Cited) -> bool) -> Vec<Candidate> {
        let near = self.index.near(wanted).into_iter().filter(|s| keep(&self.citations[self.sources[*s].definition]));
        near.filter_map(|s| matching::fit(wanted, s, &self.signatures[s])).collect()
    }

    /// The first chapter of the volume that is named: there it is told in full.
    fn host(&self, wanted: &Signature, file: FileId) -> Option<SourceId> {
        let here = |s: &SourceId| self.citations[self.sources[*s].definition].place.file == file;
        self.index.near(wanted).into_iter().filter(here).find(|s| matching::fits_host(wanted, &self.signatures[*s]))
    }

    /// Sources that come near an orphan, for the message: a title that begins as its own does.
    fn nearest(&self, wanted: &Signature) -> Vec<SourceId> {
        let close = |s: &SourceId| {
            let fits = |a: &Vec<Word>, b: &Vec<Word>| matching::title_fit(a, b) >= 0.7 && b.len() > 1;
            wanted.titles.iter().any(|t| self.signatures[*s].titles.iter().any(|k| fits(t, k)))
        };
        self.index.near(wanted).into_iter().filter(close).collect()
    }

    /// The number a pointer names, when the file is an excerpt that does not hold that note.
    fn absent_note(&self, id: CiteId, citation: &Citation, numbering: &Numbering) -> Option<u32> {
        let (number, _) = citation.pointer.as_ref()?.notes.first()?;
        let cited = &self.citations[id];
        let (note, manuscript) = (cited.note?, &self.files[cited.place.file].manuscript);
        let absent =
            numbering.note_numbered(manuscript, note, *number).is_none() && numbering.is_excerpt(manuscript, note);
        absent.then_some(*number)
    }

    fn pointed_note(&self, id: CiteId, citation: &Citation, past: &Past, numbering: &Numbering) -> Option<usize> {
        let pointer = citation.pointer.as_ref()?;
        let cited = &self.citations[id];
        match pointer.notes.first() {
            Some((number, _)) => {
                numbering.note_numbered(&self.files[cited.place.file].manuscript, cited.note?, *number)
            }
            None if pointer.direction == Some(Direction::Previous) => past.order.last().copied(),
            None => None,
        }
    }

    /// A pointer without a matching name is followed only if nothing contradicts it.
    fn by_pointer(&self, wanted: &Signature, pointed: Option<usize>, past: &Past) -> Option<Resolution> {
        let cites = self.in_note(past, pointed?);
        let named = wanted.authors.is_empty()
            || cites.iter().any(|c| {
                let there = self.signature(*c);
                wanted
                    .authors
                    .iter()
                    .any(|a| there.lead.iter().chain(&there.authors).any(|l| matching::same_word(a, l)))
            });
        let mut sources: Vec<SourceId> = cites.iter().filter_map(|c| self.source_of(*c)).collect();
        sources.dedup();
        match (named, sources.as_slice()) {
            (true, [source]) => Some(Self::exact(*source)),
            (true, [_, ..]) => {
                Some(Resolution::Ambiguous { candidates: sources, why: Ambiguity::SeveralInPreviousNote })
            }
            _ => None,
        }
    }

    fn choose(
        &mut self,
        id: CiteId,
        wanted: &Signature,
        candidates: Vec<Candidate>,
        pointed: Option<usize>,
        past: &Past,
    ) -> Resolution {
        let best = candidates[0];
        let rivals: Vec<SourceId> =
            candidates.iter().filter(|c| c.score >= best.score - 0.08).map(|c| c.source).collect();
        let why = if rivals.len() > 1 {
            if let Some(one) = self.told_apart(wanted, &rivals) {
                return self.found(one, wanted, pointed, past);
            }
            let any: Vec<SourceId> = candidates.iter().map(|c| c.source).collect();
            let recent = self.cited_just_before(id, if wanted.titles.is_empty() { &any } else { &rivals }, past);
            match recent {
                Some(source) => return self.found(source, wanted, pointed, past),
                None if wanted.titles.is_empty() => Ambiguity::SeveralWorksByAuthor,
                None => Ambiguity::SeveralTitlesMatch,
            }
        } else if wanted.authors.is_empty() && best.title < 0.85 && pointed.is_none() {
            Ambiguity::WeakTitle
        } else {
            return self.found(best.source, wanted, pointed, past);
        };
        Resolution::Ambiguous { candidates: rivals, why }
    }

    /// The only one of several works that has this short form, the volume named, or exactly the title.
    fn told_apart(&self, wanted: &Signature, rivals: &[SourceId]) -> Option<SourceId> {
        let only = |fits: &dyn Fn(&Signature) -> bool| {
            let mut fitting = rivals.iter().copied().filter(|s| fits(&self.signatures[*s]));
            fitting.next().filter(|_| fitting.next().is_none())
        };
        let alias = |known: &Signature| wanted.titles.iter().any(|t| known.aliases.contains(t));
        let volume = |known: &Signature| wanted.volume.is_some() && known.volume == wanted.volume;
        let title = |known: &Signature| wanted.titles.iter().any(|t| known.titles.contains(t));
        only(&alias).or_else(|| only(&volume)).or_else(|| only(&title))
    }

    fn found(&self, source: SourceId, wanted: &Signature, pointed: Option<usize>, past: &Past) -> Resolution {
        let known = &self.signatures[source];
        let has = |t: &Vec<Word>| known.titles.iter().chain(&known.aliases).any(|k| t.iter().all(|w| k.contains(w)));
        let exact_author = wanted.authors.iter().all(|a| known.authors.contains(a) || known.lead.contains(a));
        let how = How {
            fuzzy: !(wanted.titles.iter().all(has) && exact_author),
            pointer_mismatch: pointed.is_some_and(|note| !self.mentions(source, note, past)),
            ..How::default()
        };
        Resolution::Exact { source, via: Vec::new(), how }
    }

    /// The note cites the source, or at least names its author: a pointer to it is right.
    fn mentions(&self, source: SourceId, note: usize, past: &Past) -> bool {
        let definition = &self.citations[self.sources[source].definition];
        let cited =
            definition.note == Some(note) || past.cites[note].iter().any(|c| self.source_of(*c) == Some(source));
        let file = &self.files[definition.place.file];
        let text = crate::script::fold(&file.manuscript.notes[note].flow.text);
        let known = &self.signatures[source];
        let named = known.authors.iter().any(|a| text.contains(&**a))
            || known.aliases.iter().any(|a| text.contains(&a.iter().map(|w| &**w).collect::<Vec<_>>().join(" ")));
        cited || named || self.sentence_names(file, note, &known.authors)
    }

    /// The sentence that bears the mark of the note names an author: some notes leave him out.
    fn sentence_names(&self, file: &File, note: usize, authors: &[Word]) -> bool {
        let number = &file.manuscript.notes[note].label.text;
        file.manuscript.paragraphs.iter().any(|p| {
            p.marks.iter().filter(|(_, m)| file.manuscript.marks[*m].label.text == *number).any(|(at, _)| {
                let before = p.text.get(..*at as usize).unwrap_or("");
                let from = before.char_indices().rev().nth(300).map_or(0, |(i, _)| i);
                let sentence = crate::script::fold(&before[from..]);
                authors.iter().any(|a| sentence.contains(&**a))
            })
        })
    }

    /// The only one of several works that this note or the one before cites.
    fn cited_just_before(&self, id: CiteId, rivals: &[SourceId], past: &Past) -> Option<SourceId> {
        let note = self.citations[id].note?;
        let last = past.order.last().map_or(&[][..], |n| past.cites[*n].as_slice());
        let mut near: Vec<SourceId> = past.cites[note]
            .iter()
            .chain(last)
            .filter_map(|c| self.source_of(*c))
            .filter(|s| rivals.contains(s))
            .collect();
        near.sort_unstable();
        near.dedup();
        match near.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }
}
