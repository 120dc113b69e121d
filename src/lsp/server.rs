//! The methods of the protocol, a line or two each.

use super::client::{self, Abilities};
use super::diagnostics::{self, PATIENCE};
use super::documents::{Document, View};
use super::options::{Options, SECTION};
use super::overview;
use super::position::Encoding;
use super::proto::actions::{self, Asked};
use super::proto::{self, structure, tokens, typing};
use super::settings;
use super::settings_file::SettingsFile;
use super::state::{SNAPSHOT, Snapshot, State};
use super::work::Workers;
use lsp_types::request::{GotoDeclarationParams, GotoDeclarationResponse};
use lsp_types::*;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio_util::sync::CancellationToken;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::{Client, LanguageServer, async_trait};

/// Tokens, and what their version is called.
type Named = (String, Vec<SemanticToken>);

/// What later requests refer to.
#[derive(Default)]
pub struct Memory {
    /// By document the tokens the client has.
    tokens: Mutex<HashMap<Url, Named>>,
    /// What the last completions were found in.
    completed: Mutex<Option<View>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Clone)]
pub struct Server {
    pub client: Client,
    /// As the client told them last.
    pub options: Arc<Mutex<Options>>,
    pub memory: Arc<Memory>,
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

    /// The tokens the client had of a document, and those it should have, which are taken note of.
    async fn tokens(&self, uri: Url) -> Result<Option<(Option<Named>, SemanticTokens)>> {
        let snapshot = SNAPSHOT.with(Arc::clone);
        let find = |view: &View, _: &Snapshot, _: &CancellationToken| {
            let data = tokens::tokens(view, None);
            Some(SemanticTokens { result_id: Some(view.project.serial.to_string()), data })
        };
        let Some(new) = self.answer(uri.clone(), find).await? else { return Ok(None) };
        let mut known = lock(&self.memory.tokens);
        known.retain(|uri, _| snapshot.project(uri).is_some());
        let id = new.result_id.clone().unwrap_or_default();
        let old = known.insert(uri, (id, new.data.clone()));
        Ok(Some((old, new)))
    }

    /// Asks to be told when an `ibid.toml` changes, and when the editor's settings do. Nobody waits for the answer.
    fn watch(&self, abilities: &Abilities) {
        let registration = |method: &str, register_options| {
            let (id, method) = (method.to_owned(), method.to_owned());
            Registration { id, method, register_options }
        };
        let mut wanted = Vec::new();
        if abilities.watches_files {
            let glob_pattern = GlobPattern::String(WATCHED.into());
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
        *lock(&self.options)
    }

    /// Takes what the client sent of its settings; what is shown beside the text is then asked for again.
    async fn set_options(&self, sent: &Value) {
        match Options::read(sent) {
            Ok(options) => {
                let before = std::mem::replace(&mut *lock(&self.options), options);
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
            if abilities.refreshes_tokens {
                let _ = client.semantic_tokens_refresh().await;
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

/// What cannot be done is an error that the editor shows.
fn refused<T>(answer: Option<std::result::Result<T, String>>) -> Result<Option<T>> {
    let failed = |message: String| Error { code: ErrorCode::ServerError(-32803), message: message.into(), data: None };
    answer.transpose().map_err(failed)
}

/// Nobody reads a longer list: who wants more types more letters.
const MOST_SYMBOLS: usize = 500;

/// Manuscripts, and what says how they are to be read.
const WATCHED: &str =
    "**/{ibid.toml,_quarto.yml,*.{txt,md,markdown,qmd,Rmd,rmd,tex,typ,org,rst,adoc,docx,bib,json,yml,yaml}}";

fn capabilities(encoding: Encoding, pulls: bool) -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::Supported(true)),
        ..TextDocumentSyncOptions::default()
    };
    let actions =
        CodeActionOptions { code_action_kinds: Some(actions::KINDS.to_vec()), ..CodeActionOptions::default() };
    let pull = DiagnosticOptions {
        identifier: Some(proto::SOURCE.to_owned()),
        inter_file_dependencies: true,
        workspace_diagnostics: true,
        ..DiagnosticOptions::default()
    };
    let folders =
        WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(OneOf::Left(true)) };
    let workspace = WorkspaceServerCapabilities { workspace_folders: Some(folders), file_operations: None };
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        workspace: Some(workspace),
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
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(typing::TRIGGERS.map(str::to_owned).to_vec()),
            resolve_provider: Some(true),
            ..CompletionOptions::default()
        }),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: tokens::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                ..SemanticTokensOptions::default()
            },
        )),
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
        let folders = params.workspace_folders.clone().unwrap_or_default();
        let mut roots: Vec<_> = folders.iter().filter_map(|f| f.uri.to_file_path().ok()).collect();
        if roots.is_empty() {
            roots.extend(params.root_uri.as_ref().and_then(|uri| uri.to_file_path().ok()));
        }
        self.state.meet(abilities, roots);
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
            let now = SNAPSHOT.with(Arc::clone);
            let page = |d: &Arc<Document>| proto::hover_in_settings(&d.text, at.position, &now.abilities);
            return Ok(now.document(&at.text_document.uri).and_then(page));
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
            let settings = SettingsFile::of(now, &view.document().uri);
            let asked = Asked { range, only: context.only };
            Some(actions::actions(view, &findings, &asked, settings.as_ref(), &now.abilities))
        };
        self.answer(text_document.uri, find).await
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        refused(self.answer_at(params, |view, at, _| Some(typing::prepare_rename(view, at))).await?)
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let to = params.new_name;
        let find = move |view: &View, at, client: &Abilities| Some(typing::rename(view, at, &to, client));
        refused(self.answer_at(params.text_document_position, find).await?)
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = &params.text_document_position;
        if settings::is_settings(&at.text_document.uri) {
            let now = SNAPSHOT.with(Arc::clone);
            let offer = |d: &Arc<Document>| typing::complete_in_settings(&d.text, at.position, &now.abilities);
            return Ok(now.document(&at.text_document.uri).map(offer));
        }
        let memory = self.memory.clone();
        let find = move |view: &View, at, _: &Abilities| {
            let items = typing::complete(view, at);
            *lock(&memory.completed) = Some(view.clone());
            Some(items)
        };
        self.answer_at(params.text_document_position, find).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        let abilities = SNAPSHOT.with(Arc::clone).abilities.clone();
        let view = lock(&self.memory.completed).clone();
        Ok(match view {
            Some(view) => typing::resolve(&view, item, &abilities),
            None => item,
        })
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let new = self.tokens(params.text_document.uri).await?;
        Ok(new.map(|(_, tokens)| tokens.into()))
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let known = params.previous_result_id;
        let Some((old, new)) = self.tokens(params.text_document.uri).await? else { return Ok(None) };
        Ok(Some(match old.filter(|(id, _)| *id == known) {
            Some((_, old)) => {
                let edits = tokens::delta(&old, &new.data);
                SemanticTokensDelta { result_id: new.result_id, edits }.into()
            }
            None => new.into(),
        }))
    }

    async fn semantic_tokens_range(
        &self,
        params: SemanticTokensRangeParams,
    ) -> Result<Option<SemanticTokensRangeResult>> {
        let range = params.range;
        let find = move |view: &View, _: &Snapshot, _: &CancellationToken| {
            Some(SemanticTokens { result_id: None, data: tokens::tokens(view, Some(range)) }.into())
        };
        self.answer(params.text_document.uri, find).await
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let DocumentDiagnosticParams { text_document, previous_result_id, .. } = params;
        let uri = text_document.uri;
        let snapshot = self.state.settled(SNAPSHOT.with(Arc::clone), &uri).await;
        if let Some(troubles) = snapshot.troubles.get(&uri) {
            return Ok(DocumentDiagnosticReportResult::Report(proto::report(troubles.clone(), 0, None)));
        }
        let find = move |view: &View, now: &Snapshot, token: &CancellationToken| {
            let uri = &view.document().uri;
            let items = diagnostics::check(now, &view.project, uri, token)?;
            Some(proto::report(items, view.project.serial, previous_result_id.as_deref()))
        };
        let report = SNAPSHOT.scope(snapshot, self.answer(uri, find)).await?;
        Ok(DocumentDiagnosticReportResult::Report(report.unwrap_or_else(|| proto::report(Vec::new(), 0, None))))
    }

    /// Of every file of the works that are known; the first time the rest of the workspace is read after the answer.
    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let snapshot = SNAPSHOT.with(Arc::clone);
        self.state.want_workspace();
        let job = move |token: &CancellationToken| {
            let known: HashMap<&Url, &str> =
                params.previous_result_ids.iter().map(|p| (&p.uri, p.value.as_str())).collect();
            let mut items = Vec::new();
            for project in snapshot.projects() {
                for document in project.documents.iter().filter(|d| d.is_manuscript()) {
                    let all = diagnostics::check(&snapshot, &project, &document.uri, token)?;
                    let previous = known.get(&document.uri).copied();
                    items.push(proto::workspace_report(document, all, project.serial, previous));
                }
            }
            let troubles = snapshot.troubles.iter();
            items.extend(troubles.map(|(uri, all)| proto::settings_report(uri, all.clone())));
            Some(items)
        };
        let items = self.workers.run(job).await.flatten().unwrap_or_default();
        Ok(WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items }))
    }
}
