//! What the client can do, and whether it is still there.

use super::position::Encoding;
use super::proto::structure::SHOW_REFERENCES;
use lsp_types::{ClientCapabilities, InitializeParams, MarkupKind, ResourceOperationKind};
use std::path::Path;
use std::time::Duration;

const CREATE: ResourceOperationKind = ResourceOperationKind::Create;

/// The client's capabilities, as far as answers depend on them.
#[derive(Clone, Debug, Default)]
pub struct Abilities {
    /// The client has introduced itself.
    pub known: bool,
    pub encoding: Encoding,
    /// It asks for diagnostics itself; they are not pushed to it.
    pub pulls: bool,
    pub related_information: bool,
    pub definition_links: bool,
    pub declaration_links: bool,
    pub markdown_hover: bool,
    pub markdown_items: bool,
    pub nested_symbols: bool,
    pub action_literals: bool,
    pub versioned_edits: bool,
    /// Its edits can make files.
    pub creates_files: bool,
    pub watches_files: bool,
    pub shows_progress: bool,
    pub refreshes_diagnostics: bool,
    pub refreshes_hints: bool,
    pub refreshes_lenses: bool,
    pub refreshes_tokens: bool,
    /// It answers questions about its settings.
    pub tells_options: bool,
    /// It can be asked to tell of changes of its settings.
    pub watches_options: bool,
    /// It has the command of our lenses: `experimental.commands.commands` names it.
    pub shows_references: bool,
}

impl Abilities {
    pub fn of(params: &InitializeParams) -> Abilities {
        let ClientCapabilities { general, text_document, workspace, experimental, .. } = &params.capabilities;
        let encodings = general.as_ref().and_then(|g| g.position_encodings.as_deref());
        let window = params.capabilities.window.clone().unwrap_or_default();
        let text = text_document.clone().unwrap_or_default();
        let workspace = workspace.clone().unwrap_or_default();
        let hover = text.hover.and_then(|h| h.content_format).unwrap_or_default();
        let commands = experimental.as_ref().and_then(|e| e.pointer("/commands/commands")?.as_array());
        let commands = commands.map_or(&[][..], Vec::as_slice);
        let edits = workspace.workspace_edit;
        let items = text.completion.and_then(|c| c.completion_item?.documentation_format).unwrap_or_default();
        Abilities {
            known: true,
            encoding: Encoding::agreed(encodings),
            pulls: text.diagnostic.is_some(),
            related_information: text.publish_diagnostics.and_then(|p| p.related_information) == Some(true),
            declaration_links: text.declaration.and_then(|d| d.link_support) == Some(true),
            definition_links: text.definition.and_then(|d| d.link_support) == Some(true),
            markdown_items: items.contains(&MarkupKind::Markdown),
            markdown_hover: hover.contains(&MarkupKind::Markdown),
            nested_symbols: text.document_symbol.and_then(|s| s.hierarchical_document_symbol_support) == Some(true),
            action_literals: text.code_action.is_some_and(|a| a.code_action_literal_support.is_some()),
            versioned_edits: edits.as_ref().and_then(|e| e.document_changes) == Some(true),
            creates_files: edits.and_then(|e| e.resource_operations).is_some_and(|o| o.contains(&CREATE)),
            shows_progress: window.work_done_progress == Some(true),
            watches_files: workspace.did_change_watched_files.and_then(|w| w.dynamic_registration) == Some(true),
            refreshes_diagnostics: workspace.diagnostic.and_then(|d| d.refresh_support) == Some(true),
            refreshes_tokens: workspace.semantic_tokens.and_then(|t| t.refresh_support) == Some(true),
            refreshes_lenses: workspace.code_lens.and_then(|l| l.refresh_support) == Some(true),
            tells_options: workspace.configuration == Some(true),
            watches_options: workspace.did_change_configuration.and_then(|c| c.dynamic_registration) == Some(true),
            shows_references: commands.iter().any(|c| c.as_str() == Some(SHOW_REFERENCES)),
            refreshes_hints: workspace.inlay_hint.and_then(|h| h.refresh_support) == Some(true),
        }
    }
}

const LOOK_EVERY: Duration = Duration::from_secs(3);

/// Returns when the client's process has ended; never if that cannot be seen from here (another machine, a container).
pub async fn gone(process: u32) {
    let Some(alive) = sight(process) else { return std::future::pending().await };
    while alive(process) {
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// A way to see whether a process that lives now still does.
fn sight(process: u32) -> Option<fn(u32) -> bool> {
    let ways: [fn(u32) -> bool; 2] = [is_parent, is_listed];
    ways.into_iter().find(|alive| alive(process))
}

#[cfg(unix)]
fn is_parent(process: u32) -> bool {
    std::os::unix::process::parent_id() == process
}

#[cfg(not(unix))]
fn is_parent(_process: u32) -> bool {
    false
}

fn is_listed(process: u32) -> bool {
    Path::new("/proc").join(process.to_string()).exists()
}
