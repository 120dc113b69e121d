//! The methods of the protocol, a line or two each.

use super::client::{self, Abilities};
use super::diagnostics::{self, PATIENCE};
use super::documents::{Document, View};
use super::options::{Options, SECTION};
use super::overview;
use super::position::Encoding;
use super::proto::{self, structure};
use super::settings;
use super::state::{SNAPSHOT, Snapshot, State};
use super::work::Workers;
use lsp_types::request::{GotoDeclarationParams, GotoDeclarationResponse};
use lsp_types::*;
use serde_json::Value;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;
use tower_lsp::jsonrpc::Result;
use tower_lsp::{Client, LanguageServer, async_trait};

#[derive(Clone)]
pub struct Server {
    pub client: Client,
    /// As the client told them last.
    pub options: Arc<Mutex<Options>>,
    pub state: Arc<State>,
    pub workers: Workers,
    /// Cancelled when the client's process is gone.
    pub abandoned: CancellationToken,
}

impl Server {
    /// Answers from the documents as they were when the request was read. Nothing for documents that are not ours.
    async fn answer<T: Send + 'static>(
        &self,
        uri: Url,
        answer: impl FnOnce(&View, &Snapshot, &CancellationToken) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        let snapshot = SNAPSHOT.with(Arc::clone);
        let Some(project) = snapshot.project(&uri).cloned() else { return Ok(None) };
        let job = move |token: &CancellationToken| {
            let view = View::new(&snapshot, &project, &uri, token)?;
            answer(&view, &snapshot, token)
        };
        Ok(self.workers.run(job).await.flatten())
    }

    async fn answer_at<T: Send + 'static>(
        &self,
        at: TextDocumentPositionParams,
        answer: impl FnOnce(&View, Position, &Abilities) -> Option<T> + Send + 'static,
    ) -> Result<Option<T>> {
        self.answer(at.text_document.uri, move |view, now, _| answer(view, at.position, &now.abilities)).await
    }

    /// `ibid/documentText`: the text and version the server has, for finding out why an editor and it disagree.
    pub async fn document_text(&self, params: TextDocumentIdentifier) -> Result<serde_json::Value> {
        let snapshot = SNAPSHOT.with(Arc::clone);
        let document = snapshot.project(&params.uri).and_then(|p| Some(&p.documents[p.file(&params.uri)?]));
        Ok(document.map_or(
            serde_json::Value::Null,
            |document| serde_json::json!({"version": document.version, "text": document.text.to_string()}),
        ))
    }

    /// `ibid/sources`: every source of the document's project with its citations.
    pub async fn sources(&self, params: TextDocumentIdentifier) -> Result<serde_json::Value> {
        Ok(self.answer(params.uri, |view, _, _| Some(overview::sources(view))).await?.unwrap_or_default())
    }

    /// `ibid/names`: every name with several spellings.
    pub async fn names(&self, params: TextDocumentIdentifier) -> Result<serde_json::Value> {
        Ok(self.answer(params.uri, |view, _, _| Some(overview::names(view))).await?.unwrap_or_default())
    }

    /// `ibid/chain`: from the citation at a position to the one that cites its source in full.
    pub async fn chain(&self, params: TextDocumentPositionParams) -> Result<serde_json::Value> {
        Ok(self.answer_at(params, |view, at, _| Some(overview::chain(view, at))).await?.unwrap_or_default())
    }

    /// Asks to be told when an `ibid.toml` changes, and when the editor's settings do. Nobody waits for the answer.
    fn watch(&self, abilities: &Abilities) {
        let registration = |method: &str, register_options| {
            let (id, method) = (method.to_owned(), method.to_owned());
            Registration { id, method, register_options }
        };
        let mut wanted = Vec::new();
        if abilities.watches_files {
            let glob_pattern = GlobPattern::String("**/ibid.toml".into());
            let watchers = vec![FileSystemWatcher { glob_pattern, kind: None }];
            let options = serde_json::to_value(DidChangeWatchedFilesRegistrationOptions { watchers }).ok();
            wanted.push(registration("workspace/didChangeWatchedFiles", options));
        }
        if abilities.watches_options {
            let options = serde_json::json!({"section": SECTION});
            wanted.push(registration("workspace/didChangeConfiguration", Some(options)));
        }
        if !wanted.is_empty() {
            let client = self.client.clone();
            let ask = async move { client.register_capability(wanted).await };
            tokio::spawn(tokio::time::timeout(PATIENCE, ask));
        }
    }

    fn options(&self) -> Options {
        *self.options.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what the client sent of its settings; what is shown beside the text is then asked for again.
    async fn set_options(&self, sent: &Value) {
        match Options::read(sent) {
            Ok(options) => {
                let before =
                    std::mem::replace(&mut *self.options.lock().unwrap_or_else(PoisonError::into_inner), options);
                if before != options {
                    self.refresh();
                }
            }
            Err(trouble) => self.client.show_message(MessageType::ERROR, trouble).await,
        }
    }

    fn refresh(&self) {
        let (client, abilities) = (self.client.clone(), self.state.snapshot().abilities.clone());
        tokio::spawn(tokio::time::timeout(PATIENCE, async move {
            if abilities.refreshes_hints {
                let _ = client.inlay_hint_refresh().await;
            }
            if abilities.refreshes_lenses {
                let _ = client.code_lens_refresh().await;
            }
        }));
    }

    /// Asks the client for our section of its settings.
    fn ask_options(&self) {
        let server = self.clone();
        tokio::spawn(tokio::time::timeout(PATIENCE, async move {
            let item = ConfigurationItem { scope_uri: None, section: Some(SECTION.to_owned()) };
            if let Ok(answer) = server.client.configuration(vec![item]).await {
                server.set_options(answer.first().unwrap_or(&Value::Null)).await;
            }
        }));
    }
}

/// Nobody reads a longer list: who wants more types more letters.
const MOST_SYMBOLS: usize = 500;

fn capabilities(encoding: Encoding, pulls: bool) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE, proto::FIX_ALL]),
        ..CodeActionOptions::default()
    };
    let pull = DiagnosticOptions { identifier: Some(proto::SOURCE.to_owned()), ..DiagnosticOptions::default() };
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        definition_provider: Some(OneOf::Left(true)),
        declaration_provider: Some(DeclarationCapability::Simple(true)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: Some(false),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        }),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(false) }),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
        diagnostic_provider: pulls.then_some(DiagnosticServerCapabilities::Options(pull)),
        ..ServerCapabilities::default()
    }
}

#[async_trait]
impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let abilities = Abilities::of(&params);
        let capabilities = capabilities(abilities.encoding, abilities.pulls);
        self.state.meet(abilities);
        if let Some(options) = &params.initialization_options {
            self.set_options(options).await;
        }
        if let Some(process) = params.process_id {
            let abandoned = self.abandoned.clone();
            tokio::spawn(async move {
                client::gone(process).await;
                abandoned.cancel();
            });
        }
        let info = ServerInfo { name: "ibid".to_owned(), version: Some(env!("CARGO_PKG_VERSION").to_owned()) };
        Ok(InitializeResult { capabilities, server_info: Some(info) })
    }

    async fn initialized(&self, _: InitializedParams) {
        let abilities = self.state.snapshot().abilities.clone();
        self.watch(&abilities);
        if abilities.tells_options {
            self.ask_options();
        }
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        if self.state.snapshot().abilities.tells_options {
            self.ask_options();
        } else {
            self.set_options(&params.settings).await;
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        self.answer_at(params.text_document_position_params, proto::definition).await
    }

    async fn goto_declaration(&self, params: GotoDeclarationParams) -> Result<Option<GotoDeclarationResponse>> {
        self.answer_at(params.text_document_position_params, proto::declaration).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = &params.text_document_position_params;
        if settings::is_settings(&at.text_document.uri) {
            let snapshot = SNAPSHOT.with(Arc::clone);
            let uri = &at.text_document.uri;
            let document = snapshot.project(uri).and_then(|p| Some(&p.documents[p.file(uri)?]));
            let page = |d: &Arc<Document>| proto::hover_in_settings(&d.text, at.position, &snapshot.abilities);
            return Ok(document.and_then(page));
        }
        self.answer_at(params.text_document_position_params, proto::hover).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let with_definition = params.context.include_declaration;
        let find = move |view: &View, at, _: &Abilities| Some(proto::references(view, at, with_definition));
        self.answer_at(params.text_document_position, find).await
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        self.answer_at(params.text_document_position_params, |view, at, _| Some(proto::highlights(view, at))).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.answer(params.text_document.uri, |view, now, _| Some(structure::symbols(view, &now.abilities))).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let (range, options) = (params.range, self.options());
        let find = move |view: &View, now: &Snapshot, _: &CancellationToken| {
            Some(proto::hints(view, range, options, &now.abilities))
        };
        self.answer(params.text_document.uri, find).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<Vec<SymbolInformation>>> {
        let snapshot = SNAPSHOT.with(Arc::clone);
        let job = move |token: &CancellationToken| {
            let mut all = Vec::new();
            for project in snapshot.projects() {
                let Some(uri) = project.documents.first().map(|d| d.uri.clone()) else { continue };
                if let Some(view) = View::new(&snapshot, &project, &uri, token) {
                    all.extend(structure::workspace_symbols(&view, &params.query));
                }
            }
            all.sort_by_key(|(distance, _)| *distance);
            all.into_iter().take(MOST_SYMBOLS).map(|(_, symbol)| symbol).collect()
        };
        Ok(self.workers.run(job).await)
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.answer(params.text_document.uri, |view, _, _| Some(structure::folds(view))).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        self.answer(params.text_document.uri, |view, _, _| Some(structure::links(view))).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.answer(params.text_document.uri, move |view, _, _| Some(structure::selections(view, &positions))).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        if !self.options().code_lens {
            return Ok(None);
        }
        self.answer(params.text_document.uri, |view, now, _| Some(structure::lenses(view, &now.abilities))).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let CodeActionParams { text_document, range, context, .. } = params;
        let find = move |view: &View, now: &Snapshot, token: &CancellationToken| {
            let findings = view.project.findings(token)?;
            Some(proto::actions(view, &findings, range, context.only.as_deref(), &now.abilities))
        };
        self.answer(text_document.uri, find).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let DocumentDiagnosticParams { text_document, previous_result_id, .. } = params;
        let uri = text_document.uri;
        let find = move |view: &View, now: &Snapshot, token: &CancellationToken| {
            let uri = &view.document().uri;
            let items = diagnostics::check(now, &view.project, uri, token)?;
            Some(proto::report(items, view.project.serial, previous_result_id.as_deref()))
        };
        let report = self.answer(uri, find).await?;
        Ok(DocumentDiagnosticReportResult::Report(report.unwrap_or_else(|| proto::report(Vec::new(), 0, None))))
    }
}
