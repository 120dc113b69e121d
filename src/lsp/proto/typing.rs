//! What an editor asks while somebody types: completions and new names.

use super::super::client::Abilities;
use super::super::documents::View;
use super::super::position;
use super::{edit_of_project, markup};
use crate::ide::{completion, rename, settings};
use crate::text::Span;
use lsp_types::*;
use ropey::Rope;
use serde_json::{Value, json};

/// Letters after which completions are worth asking for.
pub const TRIGGERS: [&str; 4] = ["^", "@", "{", " "];

pub fn complete(view: &View, at: Position) -> CompletionResponse {
    let found = completion::complete(&view.analysis, view.file, view.byte(at));
    items(found, |span| view.range(span), view.project.serial)
}

/// In an `ibid.toml`.
pub fn complete_in_settings(text: &Rope, at: Position, client: &Abilities) -> CompletionResponse {
    let byte = position::byte(text, at, client.encoding) as u32;
    items(settings::complete(&text.to_string(), byte), |span| position::range(text, span, client.encoding), 0)
}

fn items(found: Vec<completion::Item>, range: impl Fn(Span) -> Range, serial: u64) -> CompletionResponse {
    let item = |(rank, item): (usize, completion::Item)| CompletionItem {
        kind: Some(match item.kind {
            completion::ItemKind::Note => CompletionItemKind::REFERENCE,
            completion::ItemKind::Key => CompletionItemKind::CONSTANT,
            completion::ItemKind::Source => CompletionItemKind::CLASS,
            completion::ItemKind::Ibid => CompletionItemKind::KEYWORD,
            completion::ItemKind::Archive => CompletionItemKind::MODULE,
            completion::ItemKind::Setting => CompletionItemKind::PROPERTY,
        }),
        detail: (!item.detail.is_empty()).then_some(item.detail),
        sort_text: Some(format!("{rank:05}")),
        filter_text: Some(item.filter),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range(item.replaces), item.text))),
        data: item.source.map(|source| json!({"serial": serial, "source": source})),
        label: item.label,
        ..CompletionItem::default()
    };
    CompletionResponse::Array(found.into_iter().enumerate().map(item).collect())
}

/// The item with its source in full, if it was offered for the version of `view`.
pub fn resolve(view: &View, mut item: CompletionItem, client: &Abilities) -> CompletionItem {
    let number = |key: &str| item.data.as_ref()?.get(key).and_then(Value::as_u64);
    if let (Some(serial), Some(source)) = (number("serial"), number("source"))
        && serial == view.project.serial
    {
        let prose = completion::documentation(&view.analysis, source as usize);
        item.documentation = Some(Documentation::MarkupContent(markup(&prose, client.markdown_items)));
    }
    item
}

pub fn prepare_rename(view: &View, at: Position) -> Result<PrepareRenameResponse, String> {
    let found = rename::prepare(&view.analysis, view.file, view.byte(at))?;
    Ok(PrepareRenameResponse::RangeWithPlaceholder { range: view.range(found.span), placeholder: found.name })
}

pub fn rename(view: &View, at: Position, to: &str, client: &Abilities) -> Result<WorkspaceEdit, String> {
    let changes = rename::rename(&view.analysis, view.file, view.byte(at), to)?;
    Ok(edit_of_project(view, changes, client))
}
