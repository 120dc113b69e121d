//! What a mark, a citation or a pointer means, in words: the text it stands for, the chain, and how certain that is.

use super::prose::{self, Prose};
use super::subject::{self, Subject};
use super::{mentions, names};
use crate::analysis::{Ambiguity, Analysis, CiteId, FileId, How, Reason, Resolution, SourceId};
use crate::rules;
use crate::text::Span;

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    pub origin: Span,
    pub prose: Prose,
}

pub fn hover(analysis: &Analysis, file: FileId, byte: u32) -> Option<Hover> {
    if let Some(page) = rule_page(analysis, file, byte) {
        return Some(page);
    }
    let name = names::hover(analysis, file, byte);
    let Some((subject, origin)) = subject::at(analysis, file, byte) else {
        return name.or_else(|| counted(analysis, file, byte));
    };
    if let Some(name) = name {
        return Some(name);
    }
    let mut prose = Prose::default();
    match subject {
        Subject::Mark(mark) => {
            if let Some((file, note)) = analysis.note_of(file, mark) {
                prose::quote_note(analysis, file, note, &mut prose);
            }
        }
        Subject::Label(_) => {}
        Subject::Pointer(id, notes) => {
            notes.iter().for_each(|n| prose::quote_note(analysis, file, *n, &mut prose));
            if mismatched(analysis, id) {
                citation(analysis, id, &mut prose);
            }
        }
        Subject::Citation(id) => citation(analysis, id, &mut prose),
    }
    (!prose.is_empty()).then_some(Hover { origin, prose })
}

/// A name under one spelling and its case forms.
fn counted(analysis: &Analysis, file: FileId, byte: u32) -> Option<Hover> {
    let name = mentions::at(analysis, file, byte)?;
    let mut prose = Prose::default();
    for (text, count) in mentions::spellings(analysis, &name) {
        prose.say(format!("{text}: {}", names::times(count)));
    }
    Some(Hover { origin: name.origin.span, prose })
}

/// The page of the rule that an `ibid: allow` comment names.
fn rule_page(analysis: &Analysis, file: FileId, byte: u32) -> Option<Hover> {
    let allows = &analysis.files.get(file)?.manuscript.allows;
    let allow = allows.iter().find(|a| a.rule_span.touches(byte))?;
    page(&allow.rule, allow.rule_span)
}

/// The page of the rule whose name stands at a byte of an `ibid.toml`.
pub fn in_settings(text: &str, byte: u32) -> Option<Hover> {
    let (before, after) = (text.get(..byte as usize)?, text.get(byte as usize..)?);
    let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
    let start = before.trim_end_matches(is_name).len();
    let end = text.len() - after.trim_start_matches(is_name).len();
    let span = Span::new(start, end);
    page(span.of(text), span)
}

fn page(rule: &str, origin: Span) -> Option<Hover> {
    let rule = rules::find(rule)?;
    let mut prose = Prose::default();
    prose.label(rule.name).page(rule.manual().trim_end());
    Some(Hover { origin, prose })
}

fn mismatched(analysis: &Analysis, id: CiteId) -> bool {
    matches!(&analysis.citations[id].resolution, Some(Resolution::Exact { how, .. }) if how.pointer_mismatch)
}

fn citation(analysis: &Analysis, id: CiteId, out: &mut Prose) {
    match &analysis.citations[id].resolution {
        Some(Resolution::Exact { source, .. }) if analysis.sources[*source].definition == id => {
            if let Some(entry) = analysis.sources[*source].entry.filter(|entry| *entry != id) {
                out.label(prose::note_of(analysis, entry));
                prose::quote_citation(analysis, entry, out);
            }
            later_citations(analysis, *source, out);
        }
        Some(Resolution::Exact { source, via, how }) => {
            prose::quote_source(analysis, *source, out);
            out.say(format!("{}: {}", chain(analysis, id, via, *source), certainty(analysis, id, *source, *how)));
        }
        Some(Resolution::Ambiguous { candidates, why }) => {
            out.say(format!("ambiguous: {}", ambiguity(*why)));
            candidates.iter().for_each(|s| prose::quote_source(analysis, *s, out));
        }
        Some(Resolution::Unresolved { why, nearest, orphan }) => {
            out.say(format!("unresolved: {}", reason(analysis, *why, *orphan)));
            if !nearest.is_empty() {
                out.say("nearest:");
            }
            nearest.iter().for_each(|s| prose::quote_source(analysis, *s, out));
        }
        Some(Resolution::Notes(notes)) => {
            let file = analysis.citations[id].place.file;
            notes.iter().for_each(|n| prose::quote_note(analysis, file, *n, out));
        }
        Some(Resolution::Elsewhere { note }) => {
            out.say(format!("n. {note} is not in this file"));
        }
        None => {}
    }
}

/// On a full citation: who leans on it.
fn later_citations(analysis: &Analysis, source: SourceId, out: &mut Prose) {
    let definition = analysis.sources[source].definition;
    let mut notes: Vec<String> = analysis.sources[source]
        .citations
        .iter()
        .filter(|id| **id != definition)
        .map(|id| prose::note_of(analysis, *id))
        .collect();
    let count = notes.len();
    notes.dedup();
    out.say(match count {
        0 => "cited here only".to_owned(),
        1 => format!("cited once more: {}", notes.join(", ")),
        _ => format!("cited {count} more times: {}", notes.join(", ")),
    });
}

/// `n. 57 → n. 56 → n. 4`
fn chain(analysis: &Analysis, id: CiteId, via: &[CiteId], source: SourceId) -> String {
    let ends = [analysis.sources[source].definition];
    let mut steps: Vec<String> =
        std::iter::once(&id).chain(via).chain(&ends).map(|id| prose::note_of(analysis, *id)).collect();
    steps.dedup();
    if steps.len() == 1 {
        return format!("{}, the same note", steps[0]);
    }
    steps.join(" → ")
}

fn certainty(analysis: &Analysis, id: CiteId, source: SourceId, how: How) -> String {
    let definition = prose::note_of(analysis, analysis.sources[source].definition);
    let mut doubts = Vec::new();
    if analysis.sources[source].orphan {
        doubts.push(format!("{definition} is never cited in full"));
    }
    if how.pointer_mismatch {
        let named = analysis.citation(id).pointer.as_ref().and_then(|p| p.notes.first());
        doubts.extend(named.map(|(number, _)| format!("it says n. {number}, the source is in {definition}")));
    }
    if how.forward {
        doubts.push(format!("cited in full only later, in {definition}"));
    }
    if how.fuzzy {
        doubts.push("the words differ by a misspelling".to_owned());
    }
    if doubts.is_empty() { "exact".to_owned() } else { doubts.join("; ") }
}

fn ambiguity(why: Ambiguity) -> &'static str {
    match why {
        Ambiguity::SeveralInPreviousNote => "the note before cites several sources",
        Ambiguity::SeveralWorksByAuthor => "several works by this author are cited",
        Ambiguity::SeveralTitlesMatch => "several titles fit",
        Ambiguity::AntecedentAmbiguous => "what it leans on is itself ambiguous",
        Ambiguity::NoteMissing => "the note before is missing",
        Ambiguity::WeakTitle => "the title is too short to tell",
    }
}

fn reason(analysis: &Analysis, why: Reason, orphan: Option<SourceId>) -> String {
    let note = orphan.map(|s| prose::note_of(analysis, analysis.sources[s].definition));
    match why {
        Reason::NoAntecedent => "nothing stands before it that it could mean".to_owned(),
        Reason::AntecedentUnresolved => match note {
            Some(note) => format!("{note} is never cited in full"),
            None => "what it leans on is itself unresolved".to_owned(),
        },
        Reason::NeverCitedInFull => "this source is never cited in full".to_owned(),
        Reason::NoteMissing => "there is no note of that number".to_owned(),
        Reason::ScopeBoundary => "nothing stands before it in this chapter".to_owned(),
    }
}
