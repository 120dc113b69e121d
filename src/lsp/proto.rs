//! Answers of `ide` in the words of the protocol.

pub mod actions;
pub mod structure;
pub mod tokens;
pub mod typing;

use super::client::Abilities;
use super::documents::{Document, View};
use super::options::Options;
use super::position;
use crate::analysis::FileId;
use crate::config::Severity;
use crate::ide::{definition, hints, hover, prose::Prose, references};
use crate::rules::{Finding, Fix, Safety};
use crate::text::Edit;
use lsp_types::*;
use ropey::Rope;
use std::collections::BTreeMap;

pub const SOURCE: &str = "ibid";

pub fn definition(view: &View, at: Position, client: &Abilities) -> Option<GotoDefinitionResponse> {
    let found = definition::definition(&view.analysis, view.file, view.byte(at))?;
    Some(targets(view, &found, client.definition_links))
}

/// One step back: what an Ibid. leans on, where a short form was set.
pub fn declaration(view: &View, at: Position, client: &Abilities) -> Option<GotoDefinitionResponse> {
    let found = definition::declaration(&view.analysis, view.file, view.byte(at))?;
    Some(targets(view, &found, client.declaration_links))
}

fn targets(view: &View, found: &definition::Definition, links: bool) -> GotoDefinitionResponse {
    let origin = view.range(found.origin);
    let targets = found.targets.iter();
    if !links {
        return GotoDefinitionResponse::Array(targets.map(|t| view.location(t.file, t.focus)).collect());
    }
    let link = |target: &definition::Target| LocationLink {
        origin_selection_range: Some(origin),
        target_uri: view.project.documents[target.file].uri.clone(),
        target_range: view.range_in(target.file, target.extent),
        target_selection_range: view.range_in(target.file, target.focus),
    };
    GotoDefinitionResponse::Link(targets.map(link).collect())
}

pub fn hover(view: &View, at: Position, client: &Abilities) -> Option<Hover> {
    let found = hover::hover(&view.analysis, view.file, view.byte(at))?;
    let contents = HoverContents::Markup(markup(&found.prose, client.markdown_hover));
    Some(Hover { contents, range: Some(view.range(found.origin)) })
}

/// On the name of a rule in an `ibid.toml`.
pub fn hover_in_settings(text: &Rope, at: Position, client: &Abilities) -> Option<Hover> {
    let byte = position::byte(text, at, client.encoding) as u32;
    let found = hover::in_settings(&text.to_string(), byte)?;
    let contents = HoverContents::Markup(markup(&found.prose, client.markdown_hover));
    Some(Hover { contents, range: Some(position::range(text, found.origin, client.encoding)) })
}

fn markup(prose: &Prose, markdown: bool) -> MarkupContent {
    if markdown {
        MarkupContent { kind: MarkupKind::Markdown, value: prose.markdown() }
    } else {
        MarkupContent { kind: MarkupKind::PlainText, value: prose.plain() }
    }
}

pub fn references(view: &View, at: Position, with_definition: bool) -> Vec<Location> {
    let found = references::references(&view.analysis, view.file, view.byte(at));
    let wanted = found.into_iter().filter(|r| with_definition || !r.definition);
    wanted.map(|r| view.location(r.place.file, r.place.span)).collect()
}

pub fn highlights(view: &View, at: Position) -> Vec<DocumentHighlight> {
    let kind = |definition| if definition { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ };
    let found = references::highlight(&view.analysis, view.file, view.byte(at)).into_iter();
    found.map(|r| DocumentHighlight { range: view.range(r.place.span), kind: Some(kind(r.definition)) }).collect()
}

pub fn hints(view: &View, range: Range, options: Options, client: &Abilities) -> Vec<InlayHint> {
    let beside = options.inlay_hints.beside();
    let found = hints::hints(&view.analysis, view.file, view.span(range), beside).into_iter();
    let hint = |hint: hints::Hint| InlayHint {
        position: view.position(hint.at),
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::MarkupContent(markup(&hint.tooltip, client.markdown_hover))),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    found.map(hint).collect()
}

pub fn diagnostics(view: &View, findings: &[Finding], client: &Abilities) -> Vec<Diagnostic> {
    let here = findings.iter().filter(|f| f.place.file == view.file);
    here.map(|f| diagnostic(view, f, client)).collect()
}

fn diagnostic(view: &View, finding: &Finding, client: &Abilities) -> Diagnostic {
    let related = |r: &crate::rules::Related| DiagnosticRelatedInformation {
        location: view.location(r.place.file, r.place.span),
        message: r.message.clone(),
    };
    let told = client.related_information && !finding.related.is_empty();
    Diagnostic {
        range: view.range(finding.place.span),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: told.then(|| finding.related.iter().map(related).collect()),
        tags: None,
        data: finding.fix.as_ref().map(|fix| fix_data(view, fix)),
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

fn fix_data(view: &View, fix: &Fix) -> serde_json::Value {
    let safety = match fix.safety {
        Safety::Safe => "safe",
        Safety::Unsafe => "unsafe",
    };
    serde_json::json!({"title": fix.title, "safety": safety, "edits": text_edits(view, &fix.edits)})
}

fn text_edits(view: &View, edits: &[Edit]) -> Vec<TextEdit> {
    edits.iter().map(|e| TextEdit::new(view.range(e.span), e.text.clone())).collect()
}

/// Changes of files of the project, each in the version the changes were made for.
fn edit_of_project(
    view: &View,
    changes: impl IntoIterator<Item = (FileId, Edit)>,
    client: &Abilities,
) -> WorkspaceEdit {
    let mut files: BTreeMap<FileId, Vec<TextEdit>> = BTreeMap::new();
    for (file, edit) in changes {
        files.entry(file).or_default().push(TextEdit::new(view.range_in(file, edit.span), edit.text));
    }
    let uri = |file: FileId| view.project.documents[file].uri.clone();
    if !client.versioned_edits {
        return WorkspaceEdit::new(files.into_iter().map(|(file, edits)| (uri(file), edits)).collect());
    }
    let of_file = |(file, edits): (FileId, Vec<TextEdit>)| {
        let version = view.project.documents[file].version;
        let text_document = OptionalVersionedTextDocumentIdentifier { uri: uri(file), version };
        TextDocumentEdit { text_document, edits: edits.into_iter().map(OneOf::Left).collect() }
    };
    let changes = DocumentChanges::Edits(files.into_iter().map(of_file).collect());
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

/// The answer to a client that pulls; short where it has this very result already.
pub fn report(items: Vec<Diagnostic>, serial: u64, known: Option<&str>) -> DocumentDiagnosticReport {
    let result_id = serial.to_string();
    if known == Some(&result_id) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
        let related_documents = None;
        return RelatedUnchangedDocumentDiagnosticReport { related_documents, unchanged_document_diagnostic_report }
            .into();
    }
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: Some(result_id), items };
    RelatedFullDocumentDiagnosticReport { related_documents: None, full_document_diagnostic_report }.into()
}

/// As [`report`], of a file that may not be open.
pub fn workspace_report(
    document: &Document,
    items: Vec<Diagnostic>,
    serial: u64,
    known: Option<&str>,
) -> WorkspaceDocumentDiagnosticReport {
    let (uri, version) = (document.uri.clone(), document.version.map(i64::from));
    match report(items, serial, known) {
        DocumentDiagnosticReport::Full(report) => {
            let full_document_diagnostic_report = report.full_document_diagnostic_report;
            WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }.into()
        }
        DocumentDiagnosticReport::Unchanged(report) => {
            let unchanged_document_diagnostic_report = report.unchanged_document_diagnostic_report;
            WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report }.into()
        }
    }
}

/// What is wrong in a file of settings.
pub fn settings_report(uri: &Url, items: Vec<Diagnostic>) -> WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id: None, items };
    WorkspaceFullDocumentDiagnosticReport { uri: uri.clone(), version: None, full_document_diagnostic_report }.into()
}
