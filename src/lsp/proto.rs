//! Answers of `ide` in the words of the protocol.

pub mod structure;

use super::client::Abilities;
use super::documents::View;
use super::options::Options;
use super::position;
use crate::config::Severity;
use crate::ide::{actions, definition, hints, hover, names, prose::Prose, references};
use crate::rules::{Finding, Fix, Safety};
use crate::text::Edit;
use lsp_types::*;
use ropey::Rope;
use std::collections::HashMap;

pub const SOURCE: &str = "ibid";
/// Every safe fix of a file.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.ibid");

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
    let contents = HoverContents::Markup(markup(&found.prose, client));
    Some(Hover { contents, range: Some(view.range(found.origin)) })
}

/// On the name of a rule in an `ibid.toml`.
pub fn hover_in_settings(text: &Rope, at: Position, client: &Abilities) -> Option<Hover> {
    let byte = position::byte(text, at, client.encoding) as u32;
    let found = hover::in_settings(&text.to_string(), byte)?;
    let contents = HoverContents::Markup(markup(&found.prose, client));
    Some(Hover { contents, range: Some(position::range(text, found.origin, client.encoding)) })
}

fn markup(prose: &Prose, client: &Abilities) -> MarkupContent {
    if client.markdown_hover {
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
        tooltip: Some(InlayHintTooltip::MarkupContent(markup(&hint.tooltip, client))),
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

/// The fixes of the findings at a range, then all safe ones of the file, as far as the client asks for them.
pub fn actions(
    view: &View,
    findings: &[Finding],
    range: Range,
    only: Option<&[CodeActionKind]>,
    client: &Abilities,
) -> CodeActionResponse {
    let mut offered = Vec::new();
    if !client.action_literals {
        return offered;
    }
    if asked_for(&CodeActionKind::QUICKFIX, only) {
        let fixes = actions::fixes(findings, view.file, view.span(range));
        offered.extend(fixes.map(|fix| CodeActionOrCommand::CodeAction(quick_fix(view, &fix, client))));
    }
    if asked_for(&CodeActionKind::REFACTOR_REWRITE, only) {
        let forms = names::rewrites(&view.analysis, view.file, view.span(range));
        offered.extend(forms.into_iter().map(|form| {
            CodeActionOrCommand::CodeAction(CodeAction {
                title: form.title,
                kind: Some(CodeActionKind::REFACTOR_REWRITE),
                edit: Some(workspace_edit(view, &form.edits, client)),
                ..CodeAction::default()
            })
        }));
    }
    let all = if asked_for(&FIX_ALL, only) { actions::fix_all(findings, view.file) } else { Vec::new() };
    if !all.is_empty() {
        offered.push(CodeActionOrCommand::CodeAction(CodeAction {
            title: "Apply all safe fixes".to_owned(),
            kind: Some(FIX_ALL),
            edit: Some(workspace_edit(view, &all, client)),
            ..CodeAction::default()
        }));
    }
    offered
}

/// Kinds are paths: who asks for `source` gets `source.fixAll.ibid` too.
fn asked_for(kind: &CodeActionKind, only: Option<&[CodeActionKind]>) -> bool {
    let covers = |wish: &CodeActionKind| {
        let rest = kind.as_str().strip_prefix(wish.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wish.as_str().is_empty())
    };
    only.is_none_or(|only| only.iter().any(covers))
}

fn quick_fix(view: &View, action: &actions::Action<'_>, client: &Abilities) -> CodeAction {
    CodeAction {
        title: action.fix.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic(view, action.finding, client)]),
        edit: Some(workspace_edit(view, &action.fix.edits, client)),
        is_preferred: Some(action.fix.safety == Safety::Safe),
        ..CodeAction::default()
    }
}

fn workspace_edit(view: &View, edits: &[Edit], client: &Abilities) -> WorkspaceEdit {
    let document = view.document();
    let edits = text_edits(view, edits);
    if !client.versioned_edits {
        return WorkspaceEdit::new(HashMap::from([(document.uri.clone(), edits)]));
    }
    let text_document =
        OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: document.version };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
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
