//! Code actions: fixes of findings, what lets them stand, and citations in other forms.

use super::super::client::Abilities;
use super::super::documents::View;
use super::super::position;
use super::super::settings_file::SettingsFile;
use super::{diagnostic, edit_of_project};
use crate::config::edit::{Change, edited};
use crate::ide::{actions, allow, inline, names, rewrite};
use crate::rules::{Finding, Safety};
use crate::text::{Edit, Span};
use lsp_types::*;
use std::collections::HashMap;

/// Every safe fix of a file.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.ibid");

pub const KINDS: [CodeActionKind; 3] = [CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, FIX_ALL];

/// What is asked: where, and which kinds.
pub struct Asked {
    pub range: Range,
    pub only: Option<Vec<CodeActionKind>>,
}

impl Asked {
    /// Kinds are paths: who asks for `source` gets `source.fixAll.ibid` too.
    fn wants(&self, kind: &CodeActionKind) -> bool {
        let covers = |wish: &CodeActionKind| {
            let rest = kind.as_str().strip_prefix(wish.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wish.as_str().is_empty())
        };
        self.only.as_ref().is_none_or(|only| only.iter().any(covers))
    }
}

/// Fixes first, then what lets findings stand, then other forms, then all safe fixes at once.
pub fn actions(
    view: &View,
    findings: &[Finding],
    asked: &Asked,
    settings: Option<&SettingsFile>,
    client: &Abilities,
) -> CodeActionResponse {
    let mut offered: Vec<CodeAction> = Vec::new();
    if !client.action_literals {
        return Vec::new();
    }
    let stretch = view.span(asked.range);
    if asked.wants(&CodeActionKind::QUICKFIX) {
        fixes(view, findings, stretch, client, &mut offered);
        stand(view, findings, stretch, settings, client, &mut offered);
    }
    if asked.wants(&CodeActionKind::REFACTOR_REWRITE) {
        rewrites(view, stretch, client, &mut offered);
        people(view, stretch, settings, client, &mut offered);
    }
    let all = if asked.wants(&FIX_ALL) { actions::fix_all(findings, view.file) } else { Vec::new() };
    if !all.is_empty() {
        let edit = Some(here(view, all, client));
        offered.push(CodeAction {
            title: "Apply all safe fixes".to_owned(),
            kind: Some(FIX_ALL),
            edit,
            ..CodeAction::default()
        });
    }
    offered.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

fn here(view: &View, edits: Vec<Edit>, client: &Abilities) -> WorkspaceEdit {
    edit_of_project(view, edits.into_iter().map(|e| (view.file, e)), client)
}

fn fixes(view: &View, findings: &[Finding], stretch: Span, client: &Abilities, offered: &mut Vec<CodeAction>) {
    for action in actions::fixes(findings, view.file, stretch) {
        let safe = action.fix.safety == Safety::Safe;
        let warning = if safe { "" } else { " (may change the meaning)" };
        offered.push(CodeAction {
            title: format!("{}{warning}", action.fix.title),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic(view, action.finding, client)]),
            edit: Some(here(view, action.fix.edits.clone(), client)),
            is_preferred: Some(safe),
            ..CodeAction::default()
        });
    }
}

/// A comment where the format has comments, else a table of `ibid.toml`.
fn stand(
    view: &View,
    findings: &[Finding],
    stretch: Span,
    settings: Option<&SettingsFile>,
    client: &Abilities,
    offered: &mut Vec<CodeAction>,
) {
    for finding in actions::at(findings, view.file, stretch) {
        let rule = finding.rule;
        let edit = match allow::comment(&view.analysis, finding) {
            Some(comment) => Some((format!("Let it stand: allow {rule} here"), here(view, vec![comment], client))),
            None => {
                let quote = allow::quote(&view.analysis, finding);
                let change = Change::Allow { rule: rule.to_owned(), quote };
                let edit = settings.and_then(|s| change_settings(s, &change, client));
                edit.map(|edit| (format!("Let it stand: allow {rule} on these words in ibid.toml"), edit))
            }
        };
        let Some((title, edit)) = edit else { continue };
        offered.push(CodeAction {
            title,
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic(view, finding, client)]),
            edit: Some(edit),
            is_preferred: Some(false),
            ..CodeAction::default()
        });
    }
}

fn rewrites(view: &View, stretch: Span, client: &Abilities, offered: &mut Vec<CodeAction>) {
    let mut all = rewrite::rewrites(&view.analysis, view.file, stretch.start);
    all.extend(inline::rewrites(&view.analysis, view.file, stretch.start));
    let forms = names::rewrites(&view.analysis, view.file, stretch).into_iter();
    all.extend(forms.map(|form| rewrite::Rewrite { title: form.title, edits: form.edits }));
    offered.extend(all.into_iter().map(|r| refactoring(r.title, here(view, r.edits, client))));
}

/// What a user knows of a name and writes down once.
fn people(
    view: &View,
    stretch: Span,
    settings: Option<&SettingsFile>,
    client: &Abilities,
    offered: &mut Vec<CodeAction>,
) {
    let Some(settings) = settings else { return };
    if let Some(policy) = names::stated(&view.analysis, view.file, stretch) {
        let edit = change_settings(settings, &Change::Schemes(policy.prose, policy.titles), client);
        let title = "Hold names to the scheme of this note (ibid.toml)".to_owned();
        offered.extend(edit.map(|edit| refactoring(title, edit)));
    }
    let Some(name) = names::known(&view.analysis, view.file, stretch) else { return };
    let others = name.others.iter().map(|other| {
        let title = format!("These are two people: “{}” and “{other}” (ibid.toml)", name.here);
        (title, Change::Distinct(vec![name.here.clone(), other.clone()]))
    });
    let familiar = (format!("“{}” is the familiar form (ibid.toml)", name.here), Change::Familiar(name.here.clone()));
    for (title, change) in others.chain([familiar]) {
        offered.extend(change_settings(settings, &change, client).map(|edit| refactoring(title, edit)));
    }
}

fn refactoring(title: String, edit: WorkspaceEdit) -> CodeAction {
    CodeAction { title, kind: Some(CodeActionKind::REFACTOR_REWRITE), edit: Some(edit), ..CodeAction::default() }
}

/// The change of an `ibid.toml`, which is made if there is none. `None` where the client could not do that, or the file is
/// broken.
fn change_settings(settings: &SettingsFile, change: &Change, client: &Abilities) -> Option<WorkspaceEdit> {
    let old = settings.text.to_string();
    let new = edited(&old, change)?;
    let range = position::range(&settings.text, Span::new(0, old.len()), client.encoding);
    let edit = match minimal(&old, &new) {
        Some(edit) => TextEdit::new(position::range(&settings.text, edit.span, client.encoding), edit.text),
        None => TextEdit::new(range, new),
    };
    if settings.exists && !client.versioned_edits {
        return Some(WorkspaceEdit::new(HashMap::from([(settings.uri.clone(), vec![edit])])));
    }
    if !client.versioned_edits || !settings.exists && !client.creates_files {
        return None;
    }
    let text_document =
        OptionalVersionedTextDocumentIdentifier { uri: settings.uri.clone(), version: settings.version };
    let edit = DocumentChangeOperation::Edit(TextDocumentEdit { text_document, edits: vec![OneOf::Left(edit)] });
    let create = (!settings.exists).then(|| {
        let options = CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
        let create = CreateFile { uri: settings.uri.clone(), options: Some(options), annotation_id: None };
        DocumentChangeOperation::Op(ResourceOp::Create(create))
    });
    let changes = DocumentChanges::Operations(create.into_iter().chain([edit]).collect());
    Some(WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() })
}

/// The one stretch in which two texts differ.
fn minimal(old: &str, new: &str) -> Option<Edit> {
    let head: usize = old.chars().zip(new.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let (rest, fresh) = (old.get(head..)?, new.get(head..)?);
    let tail = rest.chars().rev().zip(fresh.chars().rev()).take_while(|(a, b)| a == b);
    let tail: usize = tail.map(|(a, _)| a.len_utf8()).sum();
    Some(Edit::new(Span::new(head, old.len() - tail), fresh.get(..fresh.len() - tail)?))
}
