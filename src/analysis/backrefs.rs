//! Back-references: how Ibid. and its kin are typed, what they lean on, how long their chains are.

use super::{Ambiguity, Analysis, CiteId, FileId, Place, Reason, Resolution};
use crate::citation::{Certainty, Citation, Form};

impl Analysis {
    /// Citations of a file in reading order, with what the grammar reads in each.
    pub fn citations_of(&self, file: FileId) -> impl Iterator<Item = (CiteId, &Citation)> {
        // They come file by file.
        let cited = &self.citations[self.cited()];
        let first = cited.partition_point(|c| c.place.file < file);
        let end = cited.partition_point(|c| c.place.file <= file);
        (first..end).map(|id| (id, self.citation(id)))
    }

    /// The citation a back-reference leans on directly: the one before, or its source.
    pub fn antecedent(&self, id: CiteId) -> Option<CiteId> {
        match self.citations[id].resolution.as_ref()? {
            Resolution::Exact { source, via, .. } => {
                Some(via.first().copied().unwrap_or(self.sources[*source].definition)).filter(|a| *a != id)
            }
            _ => None,
        }
    }

    /// "n. 7", or "the text" for a citation of the body.
    pub fn numbered(&self, id: CiteId) -> String {
        self.note_name(id).map_or("the text".to_owned(), |name| format!("n. {name}"))
    }

    /// The place of the cue that makes it a back-reference: the word "Ibid."
    pub fn cue_place(&self, id: CiteId) -> Place {
        self.citation(id).cue.map_or(self.citations[id].place, |cue| self.place(id, cue))
    }
}

/// Whether a form points back at one whole citation.
pub fn is_ibid(form: Form) -> bool {
    matches!(form, Form::Ibid | Form::Id | Form::LocCit)
}

/// An Ibid. with nothing before it.
pub struct Orphaned {
    pub id: CiteId,
    /// The last citation before the chapter began, when a new one did.
    pub across: Option<CiteId>,
}

/// Back-references that open a manuscript or a chapter.
pub fn orphaned(analysis: &Analysis) -> Vec<Orphaned> {
    let mut found = Vec::new();
    for id in analysis.cited() {
        let Some(Resolution::Unresolved { why: why @ (Reason::NoAntecedent | Reason::ScopeBoundary), .. }) =
            analysis.citations[id].resolution
        else {
            continue;
        };
        // A file whose notes begin with another number than 1 is a part of something.
        if is_ibid(analysis.citation(id).form) && opens_numbering(analysis, id) {
            let across = (why == Reason::ScopeBoundary).then(|| id.checked_sub(1)).flatten();
            found.push(Orphaned { id, across });
        }
    }
    found
}

fn opens_numbering(analysis: &Analysis, id: CiteId) -> bool {
    let cited = &analysis.citations[id];
    let (Some(note), manuscript) = (cited.note, &analysis.files[cited.place.file].manuscript) else { return false };
    let scopes = &analysis.notes[cited.place.file].scope_of_note;
    let first = (0..manuscript.notes.len())
        .filter(|n| scopes[*n] == scopes[note])
        .filter_map(|n| manuscript.notes[n].label.number)
        .min();
    first.is_none_or(|n| n <= 1)
}

/// An Ibid. after a note that cites several sources, and those citations.
pub struct Doubtful {
    pub id: CiteId,
    pub candidates: Vec<CiteId>,
}

/// Ibid. after a note with several sources, each of them surely one.
pub fn doubtful(analysis: &Analysis) -> Vec<Doubtful> {
    let mut found = Vec::new();
    for id in analysis.cited() {
        let Some(Resolution::Ambiguous { why: Ambiguity::SeveralInPreviousNote, .. }) =
            analysis.citations[id].resolution
        else {
            continue;
        };
        let candidates = previous_note(analysis, id);
        let sure = |c: &CiteId| analysis.citation(*c).certainty == Certainty::Sure && analysis.source_of(*c).is_some();
        if is_ibid(analysis.citation(id).form) && candidates.len() > 1 && candidates.iter().all(sure) {
            found.push(Doubtful { id, candidates });
        }
    }
    found
}

/// What the note before cites.
fn previous_note(analysis: &Analysis, id: CiteId) -> Vec<CiteId> {
    let own = (analysis.citations[id].place.file, analysis.citations[id].note);
    let key = |c: CiteId| (analysis.citations[c].place.file, analysis.citations[c].note);
    let mut before = (0..id).rev().skip_while(|c| key(*c) == own).peekable();
    let Some(previous) = before.peek().copied() else { return Vec::new() };
    let cites =
        |c: &CiteId| !matches!(analysis.citation(*c).form, Form::Commentary | Form::Quote | Form::Alias | Form::Xref);
    let mut note: Vec<CiteId> = before.take_while(|c| key(*c) == key(previous)).filter(cites).collect();
    note.reverse();
    note
}

/// Ibid. over a note that surely cites nothing: the Ibid., that note's commentary.
pub fn over_commentary(analysis: &Analysis) -> Vec<(CiteId, CiteId)> {
    let mut found = Vec::new();
    for id in 1..analysis.citations.len() {
        let over =
            matches!(&analysis.citations[id].resolution, Some(Resolution::Exact { how, .. }) if how.over_commentary);
        if !over {
            continue;
        }
        let note = analysis.citations[id].note;
        let Some(between) = (0..id).rev().find(|c| analysis.citations[*c].note != note) else { continue };
        let reading = analysis.citation(between);
        let text = analysis.text(analysis.citations[between].place);
        let prose = reading.form == Form::Commentary && text.split_whitespace().count() >= 6;
        if reading.certainty == Certainty::Sure && (prose || reading.form == Form::Xref) {
            found.push((id, between));
        }
    }
    found
}

/// Ibid. with the very pages of the citation before: the Ibid. and that citation.
pub fn same_pages(analysis: &Analysis) -> Vec<(CiteId, CiteId)> {
    let pages = |id: CiteId| {
        analysis
            .citation(id)
            .locators
            .as_ref()
            .map(|l| l.ranges.iter().map(|r| (r.first, r.last, r.roman)).collect::<Vec<_>>())
    };
    let ibids = analysis.cited().filter(|id| analysis.citation(*id).form == Form::Ibid);
    let direct = |id: CiteId| {
        let before = analysis.antecedent(id)?;
        let path = analysis.citation(id).archive.is_none();
        (path && pages(id).is_some() && pages(id) == pages(before)).then_some((id, before))
    };
    ibids.filter_map(direct).collect()
}

/// Notes in a row that are nothing but Ibid., longest runs first to last; each at least `least` long.
pub fn runs(analysis: &Analysis, least: usize) -> Vec<Vec<CiteId>> {
    let mut found = Vec::new();
    let mut run: Vec<CiteId> = Vec::new();
    for id in analysis.cited() {
        let continues = is_ibid(analysis.citation(id).form) && analysis.antecedent(id).is_some();
        if !continues && run.len() >= least {
            found.push(std::mem::take(&mut run));
        } else if !continues {
            run.clear();
        } else {
            run.push(id);
        }
    }
    if run.len() >= least {
        found.push(run);
    }
    found
}

/// A back-reference typed otherwise than the house writes it.
pub struct Misformed {
    pub id: CiteId,
    pub cue: Place,
    pub wanted: String,
}

/// The cues that are abbreviations: in most styles they take a stop.
const ABBREVIATIONS: [&str; 6] = ["ibid", "ibíd", "ib", "ebd", "ebda", "id"];

/// Cues of a file that miss their stop, or have one where the house has none.
pub fn misformed(analysis: &Analysis, file: FileId) -> Vec<Misformed> {
    let stops = analysis.config.profile.ibid().ends_with('.');
    let mut found = Vec::new();
    if stops && writes_like_oscola(analysis, file) {
        return found;
    }
    for (id, citation) in analysis.citations_of(file) {
        let Some(cue) = citation.cue.filter(|_| matches!(citation.form, Form::Ibid | Form::Id)) else { continue };
        let place = analysis.place(id, cue);
        let typed = analysis.text(place).trim_matches(['*', '_']);
        let word = typed.trim_end_matches('.');
        let flow = &analysis.files[file].manuscript.notes[analysis.citations[id].note.unwrap_or(0)].flow.text;
        let ends_flow = cue.end as usize == flow.trim_end().len();
        // `ibid` in running text may be the word itself; at the end of a note its stop is the sentence's.
        if !ABBREVIATIONS.contains(&word.to_lowercase().as_str())
            || typed.contains(char::is_whitespace)
            || !stops && ends_flow
        {
            continue;
        }
        if typed.ends_with('.') != stops {
            let wanted = if stops { format!("{word}.") } else { word.to_owned() };
            found.push(Misformed { id, cue: place, wanted });
        }
    }
    found
}

/// Notes that begin with a small `ibid` without a stop, and none otherwise: a house style, and no slip.
fn writes_like_oscola(analysis: &Analysis, file: FileId) -> bool {
    let cue = |(id, citation): (CiteId, &Citation)| {
        let cue = citation.cue.filter(|_| citation.form == Form::Ibid)?;
        let first = citation.signal.is_none() && cue.start == citation.span.start;
        Some((first, analysis.text(analysis.place(id, cue))))
    };
    let cues: Vec<(bool, &str)> = analysis.citations_of(file).filter_map(cue).collect();
    let bare = cues.iter().filter(|(_, typed)| *typed == "ibid").count();
    bare >= 2 && cues.iter().all(|(first, typed)| *typed == "ibid" || *typed == "ibid." || !first)
}
