//! The contract's JSON: findings, citations, sources.

use super::{Report, Summary, Tally, form_name, kind_name, tallies, why_name};
use crate::analysis::{Analysis, CiteId, Place, Resolution, SourceId};
use crate::citation::Form;
use crate::rules::{Finding, Safety};
use crate::text::{Position, Span};
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
    byte: usize,
}

impl From<Position> for At {
    fn from(p: Position) -> At {
        At { line: p.line, column: p.column, byte: p.byte }
    }
}

#[derive(Serialize)]
struct FindingsOut<'a> {
    version: u8,
    findings: Vec<FindingOut<'a>>,
    summary: SummaryOut,
}

#[derive(Serialize)]
struct SummaryOut {
    files: usize,
    notes: usize,
    citations: usize,
    findings: usize,
}

#[derive(Serialize)]
struct FindingOut<'a> {
    file: &'a str,
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    quote: &'a str,
    start: At,
    end: At,
    related: Vec<RelatedOut<'a>>,
    fix: Option<FixOut<'a>>,
}

#[derive(Serialize)]
struct RelatedOut<'a> {
    file: &'a str,
    message: &'a str,
    quote: &'a str,
    start: At,
    end: At,
}

#[derive(Serialize)]
struct FixOut<'a> {
    title: &'a str,
    safety: &'a str,
    edits: Vec<EditOut<'a>>,
}

#[derive(Serialize)]
struct EditOut<'a> {
    start: At,
    end: At,
    text: &'a str,
}

/// `check --output-format json`.
pub fn findings(report: &Report) -> String {
    let sum = Summary::of(report);
    written(&FindingsOut {
        version: 1,
        findings: report.findings().map(|(analysis, f)| finding(analysis, f)).collect(),
        summary: SummaryOut { files: sum.files, notes: sum.notes, citations: sum.citations, findings: sum.findings },
    })
}

/// `check --output-format jsonl`: each finding on a line of its own.
pub fn finding_lines(report: &Report) -> String {
    report.findings().map(|(analysis, f)| written(&finding(analysis, f))).collect()
}

#[derive(Serialize)]
struct StatisticsOut {
    version: u8,
    statistics: Vec<Tally>,
    summary: SummaryOut,
}

/// `check --statistics --output-format json`.
pub fn statistics(report: &Report) -> String {
    let sum = Summary::of(report);
    let summary = SummaryOut { files: sum.files, notes: sum.notes, citations: sum.citations, findings: sum.findings };
    written(&StatisticsOut { version: 1, statistics: tallies(report), summary })
}

fn finding<'a>(analysis: &'a Analysis, f: &'a Finding) -> FindingOut<'a> {
    let (start, end) = ends(analysis, f.place);
    FindingOut {
        file: path(analysis, f.place),
        rule: f.rule,
        severity: f.severity.name(),
        message: &f.message,
        quote: analysis.text(f.place),
        start,
        end,
        related: f.related.iter().map(|r| related(analysis, r.place, &r.message)).collect(),
        fix: f.fix.as_ref().map(|fix| FixOut {
            title: &fix.title,
            safety: match fix.safety {
                Safety::Safe => "safe",
                Safety::Unsafe => "unsafe",
            },
            edits: fix
                .edits
                .iter()
                .map(|e| {
                    let (start, end) = ends(analysis, Place { file: f.place.file, span: e.span });
                    EditOut { start, end, text: &e.text }
                })
                .collect(),
        }),
    }
}

fn related<'a>(analysis: &'a Analysis, place: Place, message: &'a str) -> RelatedOut<'a> {
    let (start, end) = ends(analysis, place);
    RelatedOut { file: path(analysis, place), message, quote: analysis.text(place), start, end }
}

#[derive(Serialize)]
struct Citations<'a> {
    version: u8,
    citations: Vec<CitationOut<'a>>,
}

#[derive(Serialize)]
struct CitationOut<'a> {
    file: &'a str,
    note: Option<Cow<'a, str>>,
    quote: &'a str,
    form: &'a str,
    kind: &'a str,
    start: At,
    end: At,
    resolution: Option<ResolutionOut<'a>>,
}

#[derive(Serialize)]
struct ResolutionOut<'a> {
    state: &'a str,
    why: Option<&'a str>,
    source: Option<Reference<'a>>,
    via: Vec<&'a str>,
    candidates: Vec<Reference<'a>>,
}

/// A citation pointed at from elsewhere.
#[derive(Serialize)]
struct Reference<'a> {
    file: &'a str,
    note: Option<Cow<'a, str>>,
    quote: &'a str,
    start: At,
    end: At,
}

/// `citations --output-format json`.
pub fn citations(projects: &[Analysis]) -> String {
    let all = projects.iter().flat_map(|a| a.asked_citations().map(move |id| citation(a, id))).collect();
    written(&Citations { version: 1, citations: all })
}

fn citation(analysis: &Analysis, id: CiteId) -> CitationOut<'_> {
    let cited = &analysis.citations[id];
    let reading = analysis.citation(id);
    let Reference { file, note, quote, start, end } = reference(analysis, id);
    CitationOut {
        file,
        note,
        quote,
        form: form_name(reading.form),
        kind: kind_name(reading.kind),
        start,
        end,
        resolution: cited.resolution.as_ref().map(|r| resolution(analysis, id, r)),
    }
}

fn resolution<'a>(analysis: &'a Analysis, id: CiteId, resolution: &'a Resolution) -> ResolutionOut<'a> {
    let sources = |ids: &[SourceId]| ids.iter().map(|s| definition(analysis, *s)).collect();
    let mut out = ResolutionOut {
        state: "exact",
        why: why_name(resolution),
        source: None,
        via: Vec::new(),
        candidates: Vec::new(),
    };
    match resolution {
        // "Idem" stands for an author: the citation it takes him from.
        Resolution::Exact { via, .. } if analysis.citation(id).form == Form::Idem && !via.is_empty() => {
            out.source = Some(reference(analysis, via[0]));
        }
        Resolution::Exact { source, via, .. } => {
            out.source = Some(definition(analysis, *source));
            out.via = via.iter().filter_map(|c| analysis.note_label(*c)).collect();
        }
        Resolution::Ambiguous { candidates, .. } => {
            out.state = "ambiguous";
            out.candidates = sources(candidates);
        }
        Resolution::Unresolved { nearest, .. } => {
            out.state = "unresolved";
            out.candidates = sources(nearest);
        }
        // All that this file has of the note is the pointer to it.
        Resolution::Elsewhere { note } => {
            let pointer = analysis.citation(id).pointer.as_ref().map(|p| analysis.place(id, p.span));
            let here = place(analysis, pointer.unwrap_or(analysis.citations[id].place));
            out.source = Some(Reference { note: Some(note.to_string().into()), ..here });
        }
        Resolution::Notes(notes) => {
            let file = analysis.citations[id].place.file;
            out.source = notes.first().map(|note| {
                let note = &analysis.files[file].manuscript.notes[*note];
                let label = Place { file, span: note.label.span };
                Reference { note: Some(note.label.text.as_str().into()), ..place(analysis, label) }
            });
        }
    }
    out
}

#[derive(Serialize)]
struct Sources<'a> {
    version: u8,
    sources: Vec<SourceOut<'a>>,
}

#[derive(Serialize)]
struct SourceOut<'a> {
    file: &'a str,
    note: Option<Cow<'a, str>>,
    quote: &'a str,
    kind: &'a str,
    /// No full citation of it was found.
    orphan: bool,
    start: At,
    end: At,
    citations: Vec<CitedOut<'a>>,
}

#[derive(Serialize)]
struct CitedOut<'a> {
    file: &'a str,
    note: Option<Cow<'a, str>>,
    quote: &'a str,
    form: &'a str,
    start: At,
    end: At,
}

/// `sources --output-format json`.
pub fn sources(projects: &[Analysis]) -> String {
    let cited = |a: &Analysis, id: &SourceId| a.is_cited(&a.sources[*id]);
    let all =
        projects.iter().flat_map(|a| (0..a.sources.len()).filter(move |id| cited(a, id)).map(move |id| source(a, id)));
    let all = all.collect();
    written(&Sources { version: 1, sources: all })
}

fn source(analysis: &Analysis, id: SourceId) -> SourceOut<'_> {
    let source = &analysis.sources[id];
    let Reference { file, note, quote, start, end } = definition(analysis, id);
    let cited = |id: &CiteId| {
        let Reference { file, note, quote, start, end } = reference(analysis, *id);
        CitedOut { file, note, quote, form: form_name(analysis.citation(*id).form), start, end }
    };
    SourceOut {
        file,
        note,
        quote,
        kind: kind_name(analysis.citation(source.definition).kind),
        orphan: source.orphan,
        start,
        end,
        citations: source.citations.iter().map(cited).collect(),
    }
}

fn definition(analysis: &Analysis, source: SourceId) -> Reference<'_> {
    reference(analysis, analysis.sources[source].definition)
}

fn reference(analysis: &Analysis, id: CiteId) -> Reference<'_> {
    Reference { note: analysis.note_label(id).map(Cow::from), ..place(analysis, analysis.citations[id].place) }
}

fn place(analysis: &Analysis, place: Place) -> Reference<'_> {
    let (start, end) = ends(analysis, place);
    Reference { file: path(analysis, place), note: None, quote: analysis.text(place), start, end }
}

fn path(analysis: &Analysis, place: Place) -> &str {
    &analysis.files[place.file].manuscript.path
}

fn ends(analysis: &Analysis, Place { file, span: Span { start, end } }: Place) -> (At, At) {
    let file = &analysis.files[file];
    let at = |byte| file.lines.position(&file.manuscript.text, byte).into();
    (at(start), at(end))
}

pub(super) fn written(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string(value).unwrap_or_default();
    text.push('\n');
    text
}
