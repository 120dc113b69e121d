//! Every derived fact of a project, established once per version. Rules phrase these facts, editors answer from them.

pub mod archives;
pub mod backrefs;
pub mod chains;
pub mod drift;
pub mod entries;
pub mod extents;
pub mod house;
pub mod keys;
pub mod listed;
pub mod locators;
pub mod matching;
pub mod names;
pub mod notes;
pub mod pointers;
mod reread;
pub mod shorts;
mod told;
pub mod typography;
pub mod versions;

use crate::citation::{Citation, Form};
use crate::config::{Config, Profile};
use crate::model::{Manuscript, Note};
use crate::text::{LineIndex, Span};
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::Arc;

/// From so many bytes on the work is shared among processors; below, waking them costs more.
pub const LARGE: usize = 1 << 18;

/// A file of the project: an index into [`Analysis::files`].
pub type FileId = usize;
/// A citation of the project: an index into [`Analysis::citations`].
pub type CiteId = usize;
/// A source of the project: an index into [`Analysis::sources`].
pub type SourceId = usize;

/// What one file says, whatever stands in the others: kept by an editor from version to version.
#[derive(Debug)]
pub struct File {
    pub manuscript: Manuscript,
    pub lines: LineIndex,
    /// Citations of each note, by index into [`Manuscript::notes`], in bytes of its flow.
    pub notes: Vec<Vec<Citation>>,
    /// Citations of the body, in bytes of the file: its keys, then the entries of its source lists.
    pub body: Vec<Citation>,
    /// Quotation marks, doubled signs, spaces, hyphens.
    pub typography: typography::Typography,
    /// Capitalised words with their zones, initials and neighbours.
    pub names: names::gather::Gathered,
}

impl File {
    /// Reads a file and its notes.
    pub fn read(manuscript: Manuscript) -> File {
        let read = |n: &Note| crate::citation::read(&n.flow);
        let notes = match manuscript.text.len() {
            LARGE.. => manuscript.notes.par_iter().map(read).collect(),
            _ => manuscript.notes.iter().map(read).collect(),
        };
        File::new(manuscript, notes)
    }

    /// As [`File::read`], but only the notes that an older version does not have are read.
    pub fn reread(manuscript: Manuscript, old: &File) -> File {
        let notes = reread::citations(&manuscript, old);
        File::new(manuscript, notes)
    }

    fn new(manuscript: Manuscript, mut notes: Vec<Vec<Citation>>) -> File {
        keys::set(&manuscript, &mut notes);
        let mut body = keys::of_body(&manuscript);
        body.append(&mut entries::citations(&manuscript));
        let lines = LineIndex::new(&manuscript.text);
        let (typography, names) = Default::default();
        let mut file = File { manuscript, lines, notes, body, typography, names };
        let quoted = typography::quotes::Quoted::new(&file.manuscript);
        let typography = || typography::Typography::new(&file.manuscript, &quoted);
        let names = || names::gather::Gathered::new(&file, &quoted);
        let large = file.manuscript.text.len() >= LARGE;
        (file.typography, file.names) = if large { rayon::join(typography, names) } else { (typography(), names()) };
        file
    }
}

/// A stretch of one file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Place {
    pub file: FileId,
    pub span: Span,
}

/// One citation where it stands in the project.
#[derive(Debug)]
pub struct Cited {
    pub place: Place,
    /// The note it stands in: an index into the file's notes; `None` in the body.
    pub note: Option<usize>,
    /// Its order within the note.
    pub ord: usize,
    /// What it stands for. Nothing for commentary and quotations.
    pub resolution: Option<Resolution>,
}

/// What a citation stands for.
#[derive(Clone, Debug)]
pub enum Resolution {
    /// One source, reached through these citations (nearest first). A full citation is its own source.
    Exact { source: SourceId, via: Vec<CiteId>, how: How },
    /// Several sources fit, the likeliest first.
    Ambiguous { candidates: Vec<SourceId>, why: Ambiguity },
    /// None does. The orphan itself becomes a source, so that later forms of it gather there.
    Unresolved { why: Reason, nearest: Vec<SourceId>, orphan: Option<SourceId> },
    /// It names notes of the manuscript, not a source: indices into the file's notes.
    Notes(Vec<usize>),
    /// It names exactly one note that the file, an excerpt, does not hold: the number.
    Elsewhere { note: u32 },
}

/// How an exact resolution was reached, where that is worth saying.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct How {
    /// The full citation comes later.
    pub forward: bool,
    /// The words differ by a misspelling.
    pub fuzzy: bool,
    /// The pointer names another note than the one that cites the source.
    pub pointer_mismatch: bool,
    /// Notes that cite nothing stand between an Ibid. and its antecedent.
    pub over_commentary: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ambiguity {
    SeveralInPreviousNote,
    /// The Ibid. before is ambiguous itself.
    AntecedentAmbiguous,
    /// The note before is missing.
    NoteMissing,
    SeveralWorksByAuthor,
    SeveralTitlesMatch,
    WeakTitle,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    NoAntecedent,
    AntecedentUnresolved,
    NeverCitedInFull,
    NoteMissing,
    ScopeBoundary,
}

/// A work or archival file, with every citation of it.
#[derive(Debug)]
pub struct Source {
    /// The citation that stands for it: the full one, else its entry in a source list, else (an orphan) the first short one.
    pub definition: CiteId,
    /// Its entry in a source list.
    pub entry: Option<CiteId>,
    /// No full citation of it was found.
    pub orphan: bool,
    /// All citations of it, in reading order, the definition included.
    pub citations: Vec<CiteId>,
    /// Short forms set for it (`Hereafter cited as …`): the defining citations.
    pub aliases: Vec<CiteId>,
}

/// The numbering of each file; marks and notes paired across files.
fn numberings(files: &[Arc<File>]) -> Vec<notes::Numbering> {
    let mut notes: Vec<_> = files.iter().map(|f| notes::Numbering::new(&f.manuscript)).collect();
    notes::across::pair(files, &mut notes);
    notes
}

/// Pairs of files of which the first needs the second: it has the notes of its marks, or cites in full what the first
/// cites by a short form.
pub fn links(files: &[Arc<File>]) -> Vec<(FileId, FileId)> {
    let notes = numberings(files);
    let mut links: Vec<(FileId, FileId)> = Vec::new();
    for (file, numbering) in notes.iter().enumerate() {
        links.extend(numbering.note_abroad.values().map(|(other, _)| (file, *other)));
    }
    let (citations, sources, _) = chains::resolve(files, &notes);
    for cited in &citations {
        let Some(Resolution::Exact { source, .. }) = &cited.resolution else { continue };
        let (file, other) = (cited.place.file, citations[sources[*source].definition].place.file);
        let form = cited.note.map(|note| files[file].notes[note][cited.ord].form);
        if file != other && !sources[*source].orphan && matches!(form, Some(Form::Short | Form::OpCit | Form::Supra)) {
            links.push((file, other));
        }
    }
    links.sort_unstable();
    links.dedup();
    links
}

/// Every derived fact of a project.
#[derive(Debug)]
pub struct Analysis {
    pub config: Config,
    /// An older version of the project, where one is compared with this.
    pub before: Option<Box<Analysis>>,
    /// Why this profile, where `profile = "infer"`.
    pub inferred: Option<String>,
    pub files: Vec<Arc<File>>,
    /// For each file whether anybody wants to know what is wrong in it; the others are read for what they say of it.
    pub asked: Vec<bool>,
    /// Numbering of each file.
    pub notes: Vec<notes::Numbering>,
    /// In reading order; behind them the entries of source lists.
    pub citations: Vec<Cited>,
    /// How many citations are no entries of source lists.
    listed: usize,
    pub sources: Vec<Source>,
    /// Spellings of one name, and slips.
    pub names: names::Names,
}

impl Analysis {
    pub fn new(files: Vec<Arc<File>>, config: Config) -> Analysis {
        Analysis::renewed(files, config, &mut names::memo::Memo::default())
    }

    /// The same, for who has analysed an older version: what was found then and hangs on nothing else is not worked out again.
    pub fn renewed(files: Vec<Arc<File>>, mut config: Config, memo: &mut names::memo::Memo) -> Analysis {
        let inferred = (config.profile == Profile::Infer).then(|| house::infer(&files));
        config.profile = inferred.as_ref().map_or(config.profile, |(profile, _)| *profile);
        let inferred = inferred.map(|(_, why)| why);
        let notes = numberings(&files);
        let large = files.iter().map(|f| f.manuscript.text.len()).sum::<usize>() >= LARGE;
        let chains = || chains::resolve(&files, &notes);
        let mut names = || names::Names::new(&files, &notes, &config, memo);
        let ((citations, sources, listed), names) =
            if large { rayon::join(chains, names) } else { (chains(), names()) };
        let asked = vec![true; files.len()];
        Analysis { config, before: None, inferred, files, asked, notes, citations, listed, sources, names }
    }

    /// Citations of the files that somebody wants to know of.
    pub fn asked_citations(&self) -> impl Iterator<Item = CiteId> {
        self.cited().filter(|id| self.asked[self.citations[*id].place.file])
    }

    /// The note a mark sends the reader to, in whichever file.
    pub fn note_of(&self, file: FileId, mark: usize) -> Option<(FileId, usize)> {
        let numbering = &self.notes[file];
        let here = numbering.note_of_mark.get(mark).copied().flatten().map(|note| (file, note));
        here.or_else(|| numbering.note_abroad.get(&mark).copied())
    }

    /// The marks that send the reader to a note, in whichever files.
    pub fn marks_of(&self, file: FileId, note: usize) -> Vec<(FileId, usize)> {
        let among = |f: FileId| (0..self.files[f].manuscript.marks.len()).map(move |mark| (f, mark));
        let abroad = self.notes[file].mark_abroad.contains_key(&note);
        let files = if abroad { 0..self.files.len() } else { file..file + 1 };
        files.flat_map(among).filter(|(f, mark)| self.note_of(*f, *mark) == Some((file, note))).collect()
    }

    pub fn text(&self, place: Place) -> &str {
        place.span.of(&self.files[place.file].manuscript.text)
    }

    /// The grammar's reading of a citation.
    pub fn citation(&self, id: CiteId) -> &Citation {
        let cited = &self.citations[id];
        let file = &self.files[cited.place.file];
        match cited.note {
            Some(note) => &file.notes[note][cited.ord],
            None => &file.body[cited.ord],
        }
    }

    /// Where a span of a citation's reading stands in its file.
    pub fn place(&self, id: CiteId, span: Span) -> Place {
        let Cited { place, note, .. } = self.citations[id];
        let span = match note {
            Some(note) => self.files[place.file].manuscript.notes[note].flow.source(span),
            None => span,
        };
        Place { file: place.file, span }
    }

    /// The label of the note a citation stands in: `7`, `*`; none in the body.
    pub fn note_label(&self, id: CiteId) -> Option<&str> {
        let cited = &self.citations[id];
        let note = cited.note?;
        Some(&self.files[cited.place.file].manuscript.notes[note].label.text)
    }

    /// What the note a citation stands in is called in a message, see [`notes::Numbering::name`]; none in the body.
    pub fn note_name(&self, id: CiteId) -> Option<Cow<'_, str>> {
        let cited = &self.citations[id];
        let file = cited.place.file;
        Some(self.notes[file].name(&self.files[file].manuscript, cited.note?))
    }

    /// The sign of a mark or the label of a note with its dress, and what it is called.
    pub fn label(&self, file: FileId, which: notes::Which) -> (Place, &str) {
        let manuscript = &self.files[file].manuscript;
        let (span, label) = match which {
            notes::Which::Mark(i) => (manuscript.marks[i].span, &manuscript.marks[i].label),
            notes::Which::Note(i) => (manuscript.notes[i].sign(&manuscript.text), &manuscript.notes[i].label),
        };
        (Place { file, span }, &label.text)
    }

    /// The source a citation stands for, when there is exactly one.
    pub fn source_of(&self, id: CiteId) -> Option<SourceId> {
        match &self.citations[id].resolution {
            Some(Resolution::Exact { source, .. }) => Some(*source),
            _ => None,
        }
    }

    /// The citation at a byte of a file.
    pub fn citation_at(&self, file: FileId, byte: u32) -> Option<CiteId> {
        self.citations.iter().position(|c| c.place.file == file && c.place.span.touches(byte))
    }
}
