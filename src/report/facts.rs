//! `citations` and `sources` for people: a line a citation, a paragraph a source.

use super::plain::short;
use super::text::{count, place};
use super::{form_name, kind_name, why_name};
use crate::analysis::{Analysis, CiteId, Resolution, SourceId};
use std::fmt::Write;

/// Columns for quoted words.
const WORDS: usize = 70;

/// Every citation under its file: note, form, words, and what it stands for.
pub fn citations(projects: &[Analysis]) -> String {
    let mut out = String::new();
    for analysis in projects {
        for id in analysis.asked_citations() {
            let words = short(analysis.text(analysis.citations[id].place), WORDS);
            let form = form_name(analysis.citation(id).form);
            let at = place(analysis, analysis.citations[id].place);
            let _ = writeln!(out, "{at}: {} {form} «{words}»", note(analysis, id));
            if let Some(resolution) = &analysis.citations[id].resolution {
                let said = stands_for(analysis, id, resolution);
                if !said.is_empty() {
                    let _ = writeln!(out, "    {said}");
                }
            }
        }
    }
    out
}

fn note(analysis: &Analysis, id: CiteId) -> String {
    let other = || if analysis.entry(id).is_some() { "bibliography" } else { "text" }.to_owned();
    analysis.note_name(id).map_or_else(other, |name| format!("note {}", short(&name, WORDS)))
}

fn stands_for(analysis: &Analysis, id: CiteId, resolution: &Resolution) -> String {
    match resolution {
        // a full citation stands for itself, which need not be said
        Resolution::Exact { source, .. } if analysis.sources[*source].definition == id => String::new(),
        Resolution::Exact { source, via, .. } => {
            let through: Vec<String> = via.iter().map(|c| note(analysis, *c)).collect();
            let through = if via.is_empty() { String::new() } else { format!(" through {}", through.join(", ")) };
            format!("= {}{through}", source_line(analysis, *source))
        }
        Resolution::Ambiguous { candidates, .. } => {
            let why = why_name(resolution).unwrap_or_default();
            let all: Vec<String> = candidates.iter().map(|s| source_line(analysis, *s)).collect();
            format!("? {why}: {}", all.join(" | "))
        }
        Resolution::Unresolved { .. } => format!("? {}", why_name(resolution).unwrap_or_default()),
        Resolution::Elsewhere { note } => format!("= note {note}, which is not in this file"),
        Resolution::Notes(notes) => {
            let file = analysis.citations[id].place.file;
            let name = |n: &usize| analysis.notes[file].name(&analysis.files[file].manuscript, *n);
            let labels: Vec<_> = notes.iter().map(name).collect();
            format!("= {} {}", if labels.len() == 1 { "note" } else { "notes" }, labels.join(", "))
        }
    }
}

fn source_line(analysis: &Analysis, source: SourceId) -> String {
    let definition = analysis.sources[source].definition;
    let words = short(&analysis.entry_line(definition), WORDS);
    format!("{}: «{words}»", note(analysis, definition))
}

/// Every source with its full citation, and below it each later citation of it.
pub fn sources(projects: &[Analysis]) -> String {
    let mut out = String::new();
    for analysis in projects {
        for source in analysis.sources.iter().filter(|s| analysis.is_cited(s)) {
            let at = analysis.citations[source.definition].place;
            let words = short(&analysis.entry_line(source.definition), WORDS);
            let kind = kind_name(analysis.citation(source.definition).kind);
            let orphan = if source.orphan { ", never cited in full" } else { "" };
            let times = count(source.citations.len(), "citation");
            let _ = writeln!(out, "{}: «{words}» ({kind}, {times}{orphan})", place(analysis, at));
            for id in source.citations.iter().filter(|c| **c != source.definition) {
                let words = short(&analysis.entry_line(*id), WORDS);
                let form = form_name(analysis.citation(*id).form);
                let _ = writeln!(out, "    {} {form} «{words}»", note(analysis, *id));
            }
        }
    }
    out
}
