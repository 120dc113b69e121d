//! The notes of the page: what each citation stands for in words, and the chains of Ibid. drawn beside them.

use super::super::plain::{markup, short};
use super::super::{Checked, form_name};
use super::{anchor, note_at};
use crate::analysis::{Analysis, CiteId, FileId, Resolution};
use crate::model::Flow;
use crate::text::Span;
use std::fmt::Write;

/// Columns between two lines of the drawing.
const LANE: usize = 10;
/// Where the first line of a note has its middle.
const MIDDLE: usize = 12;

/// A run of citations each of which leans on the one before: the notes it passes, as positions in the file.
struct Chain {
    notes: Vec<usize>,
    lane: usize,
}

pub fn write(out: &mut String, project: usize, checked: &Checked) {
    let analysis = &checked.analysis;
    for (file, read) in analysis.files.iter().enumerate() {
        if !read.manuscript.reader.is_manuscript() {
            continue;
        }
        let _ = writeln!(out, "<h3>{}</h3>", markup(&read.manuscript.path));
        if read.manuscript.notes.is_empty() {
            *out += "<p class=\"soft\">No notes.</p>\n";
        }
        let mut cited: Vec<Vec<CiteId>> = vec![Vec::new(); read.manuscript.notes.len()];
        for (id, _) in analysis.citations_of(file) {
            if let Some(note) = analysis.citations[id].note {
                cited[note].push(id);
            }
        }
        let chains = chains(analysis, file);
        let mut found: Vec<usize> = vec![0; cited.len()];
        let own = checked.findings.iter().filter(|f| f.place.file == file);
        own.filter_map(|f| note_at(analysis, f.place)).for_each(|note| found[note] += 1);
        for (note, ids) in cited.iter().enumerate() {
            let label = markup(&analysis.notes[file].name(&read.manuscript, note));
            let _ = write!(out, "<div class=\"note\" id=\"{}\">", anchor(project, file, note));
            rail(out, &chains, note);
            let _ = write!(out, "<span class=\"number\">{label}</span><p class=\"words\">");
            words(out, analysis, project, (file, note), ids);
            if found[note] > 0 {
                let _ = write!(out, " <span class=\"soft\">({} found)</span>", found[note]);
            }
            *out += "</p></div>\n";
        }
    }
}

/// Chains of back-references of one file, each in a lane where no other passes.
fn chains(analysis: &Analysis, file: FileId) -> Vec<Chain> {
    let mut of_cite: Vec<Option<usize>> = vec![None; analysis.citations.len()];
    let mut chains: Vec<Chain> = Vec::new();
    let backs = analysis.citations_of(file).filter(|(_, c)| c.cue.is_some());
    for (id, _) in backs {
        let Some(before) = analysis.antecedent(id).filter(|b| analysis.citations[*b].place.file == file) else {
            continue;
        };
        let (Some(from), Some(to)) = (analysis.citations[before].note, analysis.citations[id].note) else { continue };
        let chain = *of_cite[before].get_or_insert_with(|| {
            chains.push(Chain { notes: vec![from], lane: 0 });
            chains.len() - 1
        });
        of_cite[id] = Some(chain);
        chains[chain].notes.push(to);
    }
    for chain in &mut chains {
        chain.notes.sort_unstable();
        chain.notes.dedup();
    }
    chains.retain(|c| c.notes.len() > 1);
    chains.sort_by_key(|c| c.notes[0]);
    let mut ends: Vec<usize> = Vec::new();
    for chain in &mut chains {
        let (first, last) = (chain.notes[0], chain.notes[chain.notes.len() - 1]);
        chain.lane = ends.iter().position(|end| *end < first).unwrap_or(ends.len());
        if chain.lane == ends.len() {
            ends.push(last);
        } else {
            ends[chain.lane] = last;
        }
    }
    chains
}

fn rail(out: &mut String, chains: &[Chain], note: usize) {
    let lanes = chains.iter().map(|c| c.lane + 1).max().unwrap_or(0);
    let width = lanes * LANE + 2;
    // the drawing is as high as the note: it lies over a place held free by an empty one
    let _ = write!(
        out,
        "<svg width=\"{width}\" height=\"1\"></svg><svg class=\"rail\" width=\"{width}\" aria-hidden=\"true\">"
    );
    for chain in chains {
        let (first, last) = (chain.notes[0], chain.notes[chain.notes.len() - 1]);
        if !(first..=last).contains(&note) {
            continue;
        }
        let x = chain.lane * LANE + LANE / 2;
        let from = if note == first { MIDDLE.to_string() } else { "0".to_owned() };
        let to = if note == last { MIDDLE.to_string() } else { "100%".to_owned() };
        let _ = write!(out, "<line x1=\"{x}\" x2=\"{x}\" y1=\"{from}\" y2=\"{to}\"/>");
        if chain.notes.binary_search(&note).is_ok() {
            let _ = write!(out, "<circle cx=\"{x}\" cy=\"{MIDDLE}\" r=\"3.5\"/>");
        }
    }
    *out += "</svg>";
}

/// The note's text, its citations marked, behind each what it stands for.
fn words(out: &mut String, analysis: &Analysis, project: usize, (file, note): (FileId, usize), ids: &[CiteId]) {
    let flow = &analysis.files[file].manuscript.notes[note].flow;
    let mut at = 0;
    for id in ids {
        let span = analysis.citation(*id).span;
        if span.start < at || span.end as usize > flow.text.len() {
            continue;
        }
        rich(out, flow, Span { start: at, end: span.start });
        match &analysis.citations[*id].resolution {
            None => rich(out, flow, span),
            Some(resolution) => {
                let _ = write!(out, "<span class=\"cite {}\">", form_name(analysis.citation(*id).form));
                rich(out, flow, span);
                let _ = write!(out, "</span>{}", stands_for(analysis, project, *id, resolution));
            }
        }
        at = span.end;
    }
    rich(out, flow, Span::new(at as usize, flow.text.len()));
}

fn stands_for(analysis: &Analysis, project: usize, id: CiteId, resolution: &Resolution) -> String {
    let to = |c: CiteId| super::link(analysis, project, analysis.citations[c].place);
    let source = |s: usize| {
        let definition = analysis.sources[s].definition;
        let words = short(analysis.text(analysis.citations[definition].place), 60);
        format!("{} «{}»", to(definition), markup(&words))
    };
    let said = match resolution {
        Resolution::Exact { source: s, .. } if analysis.sources[*s].definition == id => return String::new(),
        Resolution::Exact { source: s, via, .. } => {
            let through: String = via.iter().map(|c| format!("{} → ", to(*c))).collect();
            format!("→ {through}{}", source(*s))
        }
        Resolution::Ambiguous { candidates, .. } => {
            let all: Vec<String> = candidates.iter().map(|s| source(*s)).collect();
            format!("→ one of: {}", all.join("; "))
        }
        Resolution::Unresolved { .. } => "→ ?".to_owned(),
        Resolution::Elsewhere { note } => format!("→ note {note}, not in this file"),
        Resolution::Notes(notes) => {
            let file = analysis.citations[id].place.file;
            let one = |n: &usize| {
                let label = analysis.notes[file].name(&analysis.files[file].manuscript, *n);
                format!("<a href=\"#{}\">note {}</a>", anchor(project, file, *n), markup(&label))
            };
            format!("→ {}", notes.iter().map(one).collect::<Vec<_>>().join(", "))
        }
    };
    format!(" <span class=\"to\">{said}</span>")
}

/// A stretch of a flow, emphasis kept.
fn rich(out: &mut String, flow: &Flow, span: Span) {
    let mut at = span.start;
    for emphasis in flow.emphasis.iter().filter(|e| e.overlaps(span)) {
        let inner = Span { start: emphasis.start.max(at), end: emphasis.end.min(span.end) };
        if inner.start < inner.end {
            let before = Span { start: at, end: inner.start };
            let _ = write!(out, "{}<em>{}</em>", markup(before.of(&flow.text)), markup(inner.of(&flow.text)));
            at = inner.end;
        }
    }
    *out += &markup(Span { start: at, end: span.end.max(at) }.of(&flow.text));
}
