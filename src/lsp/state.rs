//! What the server knows at one moment, and how the client's notifications change it.

use super::client::Abilities;
use super::documents::{Document, Project};
use super::loader::{Call, Found};
use super::progress::PREFIX;
use super::{position, settings};
use lsp_types::{
    Diagnostic, DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, NumberOrString, Url,
    WorkDoneProgressCancelParams,
};
use ropey::Rope;
use serde::de::DeserializeOwned;
use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tower_lsp::jsonrpc::Request;

tokio::task_local! {
    /// What the server knew when the request being answered was read from the wire.
    pub static SNAPSHOT: Arc<Snapshot>;
}

/// What the server knows at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub abilities: Arc<Abilities>,
    /// The folders of the workspace.
    pub roots: Arc<Vec<PathBuf>>,
    /// The client asked for the diagnostics of files that are not open.
    pub whole_workspace: bool,
    /// By open document.
    projects: HashMap<Url, Arc<Project>>,
    /// Works without an open document; none unless the whole workspace is wanted.
    others: Arc<Vec<Arc<Project>>>,
    /// Open documents whose works have been looked for.
    settled: HashSet<Url>,
    /// What is wrong in files of settings.
    pub troubles: Arc<HashMap<Url, Vec<Diagnostic>>>,
}

impl Snapshot {
    /// The project an open document is read in.
    pub fn project(&self, uri: &Url) -> Option<&Arc<Project>> {
        self.projects.get(uri)
    }

    pub fn document(&self, uri: &Url) -> Option<&Arc<Document>> {
        self.projects.get(uri).and_then(|p| Some(&p.documents[p.file(uri)?]))
    }

    /// Every project, once.
    pub fn projects(&self) -> Vec<Arc<Project>> {
        let mut all: Vec<_> = self.projects.values().chain(self.others.iter()).cloned().collect();
        all.sort_by_key(|p| p.serial);
        all.dedup_by_key(|p| p.serial);
        all
    }

    pub fn open(&self) -> Vec<Url> {
        self.projects.keys().cloned().collect()
    }

    pub fn open_documents(&self) -> Vec<Arc<Document>> {
        self.projects.keys().filter_map(|uri| self.document(uri).cloned()).collect()
    }

    /// Puts a project in the place of those its open documents had. Which these are.
    fn place(&mut self, project: &Arc<Project>) -> Vec<Url> {
        let open = project.documents.iter().map(|d| &d.uri).filter(|uri| self.projects.contains_key(uri));
        let open: Vec<Url> = open.cloned().collect();
        open.iter().for_each(|uri| drop(self.projects.insert(uri.clone(), project.clone())));
        open
    }
}

/// What the diagnostics need to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The text, the settings or the other files of a document are new.
    Changed(Url),
    Closed(Url),
    /// What a pulling client holds is out of date.
    Stale,
    /// What is wrong in files of settings was looked at anew: in the words the client should show.
    Settings(Vec<String>),
}

/// Changed in wire order by the front, and by the loader when it has found the works of what is open.
pub struct State {
    now: Mutex<Arc<Snapshot>>,
    events: UnboundedSender<Event>,
    loads: UnboundedSender<Call>,
    /// Calls off what the loader does.
    loading: Mutex<CancellationToken>,
    /// Counts what the loader found.
    found: watch::Sender<u64>,
}

impl State {
    pub fn new(events: UnboundedSender<Event>, loads: UnboundedSender<Call>) -> State {
        State { now: Mutex::default(), events, loads, loading: Mutex::default(), found: watch::Sender::new(0) }
    }

    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes note of what the client can do, and of its folders.
    pub fn meet(&self, abilities: Abilities, roots: Vec<PathBuf>) {
        self.change(|now| (now.abilities, now.roots) = (Arc::new(abilities), Arc::new(roots)));
    }

    fn change<T>(&self, change: impl FnOnce(&mut Snapshot) -> T) -> T {
        change(Arc::make_mut(&mut self.now.lock().unwrap_or_else(PoisonError::into_inner)))
    }

    fn tell(&self, event: Event) {
        // The receiver lives as long as the session.
        let _ = self.events.send(event);
    }

    /// Asks for the works of what is open to be gathered anew.
    fn gather(&self, changed: Vec<PathBuf>) {
        let _ = self.loads.send(Call { changed });
    }

    /// Waits until the work of an open document has been looked for. What is known then, if it is still the same document.
    pub async fn settled(&self, before: Arc<Snapshot>, uri: &Url) -> Arc<Snapshot> {
        let mut found = self.found.subscribe();
        loop {
            let now = self.snapshot();
            match (before.document(uri), now.document(uri)) {
                (Some(a), Some(b)) if Arc::ptr_eq(a, b) && now.settled.contains(uri) => return now,
                (Some(a), Some(b)) if Arc::ptr_eq(a, b) => {}
                _ => return before,
            }
            if found.changed().await.is_err() {
                return before;
            }
        }
    }

    /// From now on files that are not open are judged too.
    pub fn want_workspace(&self) {
        if !self.change(|now| std::mem::replace(&mut now.whole_workspace, true)) {
            self.gather(Vec::new());
        }
    }

    /// A token by which the client can call off the reading that begins.
    pub fn begin_loading(&self) -> CancellationToken {
        let token = CancellationToken::new();
        *self.loading.lock().unwrap_or_else(PoisonError::into_inner) = token.clone();
        token
    }

    /// Takes the notifications that change what the server knows; gives back every other message.
    pub fn apply(&self, request: Request) -> Option<Request> {
        match request.method() {
            "textDocument/didOpen" => self.with(request, |s, p| s.open(p)),
            "textDocument/didChange" => self.with(request, |s, p| s.edit(p)),
            "textDocument/didClose" => self.with(request, |s, p| s.close(&p)),
            "textDocument/didSave" => self.with(request, |s, p| s.save(&p)),
            "workspace/didChangeWatchedFiles" => self.with(request, |s, p| s.files_changed(&p)),
            "workspace/didChangeWorkspaceFolders" => self.with(request, |s, p| s.roots_changed(&p)),
            "window/workDoneProgress/cancel" => self.with(request, |s, p| s.call_off(&p)),
            _ => return Some(request),
        }
        None
    }

    fn with<P: DeserializeOwned>(&self, request: Request, apply: impl FnOnce(&State, P)) {
        let (method, _, params) = request.into_parts();
        if !self.snapshot().abilities.known {
            return eprintln!("ibid: {method} before initialize: ignored");
        }
        match serde_json::from_value(params.unwrap_or_default()) {
            Ok(params) => apply(self, params),
            Err(error) => eprintln!("ibid: {method} ignored: {error}"),
        }
    }

    /// A document is alone until its work is found; nothing is pushed of it before.
    fn open(&self, params: DidOpenTextDocumentParams) {
        let opened = params.text_document;
        let text = Rope::from_str(&opened.text);
        let document = Arc::new(Document::new(opened.uri, opened.language_id, Some(opened.version), text));
        self.change(|now| {
            now.settled.remove(&document.uri);
            let project = Project::new(vec![document.clone()], Arc::new(settings::find(&document.uri)));
            now.projects.insert(document.uri.clone(), Arc::new(project));
        });
        self.gather(Vec::new());
    }

    /// Changes come with rising versions. One that does not rise is an error of the client; to leave its edits out
    /// would make that worse, so they are applied and the oddity is logged.
    fn edit(&self, params: DidChangeTextDocumentParams) {
        let (uri, version) = (params.text_document.uri, params.text_document.version);
        let now = self.snapshot();
        let Some(old) = now.document(&uri) else {
            return eprintln!("ibid: change of {uri}, which is not open: ignored");
        };
        if old.version.is_some_and(|old| version <= old) {
            eprintln!("ibid: version {version} of {uri} follows {:?}", old.version);
        }
        let mut text = old.text.clone();
        for change in &params.content_changes {
            position::change(&mut text, change, now.abilities.encoding);
        }
        self.put(old.edited(version, text));
        if settings::is_settings(&uri) {
            self.gather(Vec::new());
        }
    }

    fn close(&self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        self.change(|now| {
            now.projects.remove(uri);
            now.settled.remove(uri);
        });
        self.tell(Event::Closed(uri.clone()));
        self.gather(Vec::new());
    }

    /// A client that does not watch files saves them at least: what else has changed is seen then.
    fn save(&self, params: &DidSaveTextDocumentParams) {
        self.gather(params.text_document.uri.to_file_path().into_iter().collect());
    }

    fn files_changed(&self, params: &DidChangeWatchedFilesParams) {
        self.gather(params.changes.iter().filter_map(|c| c.uri.to_file_path().ok()).collect());
    }

    fn roots_changed(&self, params: &DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[lsp_types::WorkspaceFolder]| -> Vec<PathBuf> {
            folders.iter().filter_map(|f| f.uri.to_file_path().ok()).collect()
        };
        let (added, removed) = (paths(&params.event.added), paths(&params.event.removed));
        self.change(|now| {
            let roots = Arc::make_mut(&mut now.roots);
            roots.retain(|root| !removed.contains(root));
            roots.extend(added);
        });
        self.gather(Vec::new());
    }

    fn call_off(&self, params: &WorkDoneProgressCancelParams) {
        if matches!(&params.token, NumberOrString::String(token) if token.starts_with(PREFIX)) {
            self.loading.lock().unwrap_or_else(PoisonError::into_inner).cancel();
        }
    }

    /// A new version of a document, in the project of the old one.
    fn put(&self, document: Document) {
        let document = Arc::new(document);
        let changed = self.change(|now| {
            let Some(old) = now.projects.get(&document.uri).cloned() else { return Vec::new() };
            let newer = |d: &Arc<Document>| if d.uri == document.uri { document.clone() } else { d.clone() };
            let documents = old.documents.iter().map(newer).collect();
            let open = now.place(&Arc::new(Project::new(documents, old.config.clone())));
            open.into_iter().filter(|uri| now.settled.contains(uri)).collect()
        });
        changed.into_iter().for_each(|uri| self.tell(Event::Changed(uri)));
    }

    /// Takes what the loader found. What was edited in the meantime keeps its edits.
    pub fn settle(&self, found: Found) {
        let (changed, stale) = self.change(|now| {
            let mut changed: Vec<Url> = found.around.into_iter().filter(|uri| now.projects.contains_key(uri)).collect();
            changed.retain(|uri| now.settled.insert(uri.clone()));
            let (mut others, mut stale) = (Vec::new(), false);
            for work in found.works {
                let current = |d: Arc<Document>| now.document(&d.uri).cloned().unwrap_or(d);
                let documents: Vec<Arc<Document>> = work.documents.into_iter().map(current).collect();
                let same = |p: &Project| {
                    let alike = p.documents.len() == documents.len()
                        && p.documents.iter().zip(&documents).all(|(a, b)| Arc::ptr_eq(a, b));
                    alike && (Arc::ptr_eq(&p.config, &work.config) || p.config == work.config)
                };
                let known: Vec<_> = documents.iter().filter_map(|d| now.project(&d.uri)).collect();
                if known.is_empty() {
                    let old = now.others.iter().find(|p| same(p)).cloned();
                    stale |= old.is_none();
                    others.push(old.unwrap_or_else(|| Arc::new(Project::new(documents, work.config))));
                } else if !known.into_iter().all(|p| same(p)) {
                    stale = true;
                    changed.extend(now.place(&Arc::new(Project::new(documents, work.config))));
                }
            }
            stale |= now.others.len() != others.len() || *now.troubles != found.troubles;
            (now.others, now.troubles) = (Arc::new(others), Arc::new(found.troubles));
            changed.sort();
            changed.dedup();
            (changed, stale)
        });
        if stale {
            self.tell(Event::Stale);
        }
        self.found.send_modify(|n| *n += 1);
        self.tell(Event::Settings(found.said));
        changed.into_iter().for_each(|uri| self.tell(Event::Changed(uri)));
    }
}
