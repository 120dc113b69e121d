//! What the server knows at one moment, and how the client's notifications change it.

use super::client::Abilities;
use super::documents::{Document, Project};
use super::{position, settings};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, Url,
};
use ropey::Rope;
use serde::de::DeserializeOwned;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::mpsc::UnboundedSender;
use tower_lsp::jsonrpc::Request;

tokio::task_local! {
    /// What the server knew when the request being answered was read from the wire.
    pub static SNAPSHOT: Arc<Snapshot>;
}

/// What the server knows at one moment.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    pub abilities: Arc<Abilities>,
    projects: HashMap<Url, Arc<Project>>,
}

impl Snapshot {
    /// The project an open document is read in.
    pub fn project(&self, uri: &Url) -> Option<&Arc<Project>> {
        self.projects.get(uri)
    }

    /// Every project, once.
    pub fn projects(&self) -> Vec<Arc<Project>> {
        let mut all: Vec<_> = self.projects.values().cloned().collect();
        all.sort_by_key(|p| p.serial);
        all.dedup_by_key(|p| p.serial);
        all
    }
}

/// What the diagnostics need to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// The text or the settings of a document are new.
    Changed(Url),
    Closed(Url),
    /// Settings are being read anew: what a pulling client holds is out of date.
    Stale,
    /// The client should be told of something in its own interface.
    Trouble(String),
}

/// Changed by the front alone, in wire order.
pub struct State {
    now: Mutex<Arc<Snapshot>>,
    events: UnboundedSender<Event>,
}

impl State {
    pub fn new(events: UnboundedSender<Event>) -> State {
        State { now: Mutex::default(), events }
    }

    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes note of what the client can do.
    pub fn meet(&self, abilities: Abilities) {
        self.change(|now| now.abilities = Arc::new(abilities));
    }

    fn change(&self, change: impl FnOnce(&mut Snapshot)) {
        change(Arc::make_mut(&mut self.now.lock().unwrap_or_else(PoisonError::into_inner)));
    }

    fn tell(&self, event: Event) {
        // The receiver lives as long as the session.
        let _ = self.events.send(event);
    }

    /// Takes the notifications that change what the server knows; gives back every other message.
    pub fn apply(&self, request: Request) -> Option<Request> {
        match request.method() {
            "textDocument/didOpen" => self.with(request, |s, p| s.open(p)),
            "textDocument/didChange" => self.with(request, |s, p| s.edit(p)),
            "textDocument/didClose" => self.with(request, |s, p| s.close(&p)),
            "textDocument/didSave" => self.with(request, |s, p| s.save(&p)),
            "workspace/didChangeWatchedFiles" => self.with(request, |s, p| s.files_changed(&p)),
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

    fn open(&self, params: DidOpenTextDocumentParams) {
        let opened = params.text_document;
        let text = Rope::from_str(&opened.text);
        self.put(Document::new(opened.uri, opened.language_id, Some(opened.version), text));
    }

    /// Changes come with rising versions. One that does not rise is an error of the client; to leave its edits out
    /// would make that worse, so they are applied and the oddity is logged.
    fn edit(&self, params: DidChangeTextDocumentParams) {
        let (uri, version) = (params.text_document.uri, params.text_document.version);
        let now = self.snapshot();
        let Some(old) = now.project(&uri).and_then(|p| Some(p.documents[p.file(&uri)?].clone())) else {
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
    }

    fn close(&self, params: &DidCloseTextDocumentParams) {
        let uri = &params.text_document.uri;
        self.change(|now| {
            now.projects.remove(uri);
        });
        self.tell(Event::Closed(uri.clone()));
    }

    fn save(&self, params: &DidSaveTextDocumentParams) {
        if settings::is_settings(&params.text_document.uri) {
            self.settings_changed();
        }
    }

    fn files_changed(&self, params: &DidChangeWatchedFilesParams) {
        if params.changes.iter().any(|c| settings::is_settings(&c.uri)) {
            self.settings_changed();
        }
    }

    fn settings_changed(&self) {
        self.tell(Event::Stale);
        let open: Vec<Arc<Project>> = self.snapshot().projects.values().cloned().collect();
        for project in open {
            let [document] = &project.documents[..] else { continue };
            let config = self.settings_for(&document.uri);
            self.place(document.clone(), Project::new(vec![document.clone()], config));
        }
    }

    /// A new version of a document. Its settings are looked for once, when it is opened.
    fn put(&self, document: Document) {
        let document = Arc::new(document);
        let config = match self.snapshot().project(&document.uri) {
            Some(old) => old.config.clone(),
            None => self.settings_for(&document.uri),
        };
        self.place(document.clone(), Project::new(vec![document], config));
    }

    fn place(&self, document: Arc<Document>, project: Project) {
        self.change(|now| {
            now.projects.insert(document.uri.clone(), Arc::new(project));
        });
        self.tell(Event::Changed(document.uri.clone()));
    }

    fn settings_for(&self, uri: &Url) -> Arc<crate::config::Config> {
        match settings::find(uri) {
            Ok(config) => Arc::new(config),
            Err(trouble) => {
                self.tell(Event::Trouble(trouble));
                Arc::default()
            }
        }
    }
}
