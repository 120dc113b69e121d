//! One actor that keeps the client's diagnostics fresh: the newest version, once, and never an old one.
//!
//! A change calls off the check that is running and asks for a new one: at once, or after a pause where the
//! last check of the document took long enough to be felt. A result is published only if its project is still the
//! one the server has. To a client that pulls, nothing is pushed.

use super::documents::{Project, View};
use super::proto;
use super::state::{Event, Snapshot, State};
use super::work::Workers;
use lsp_types::{Diagnostic, MessageType, Url};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tower_lsp::Client;

/// A check quicker than this is done on every keystroke.
const FELT: Duration = Duration::from_millis(15);
/// The longest pause waited for before a check.
const PAUSE: Duration = Duration::from_millis(200);
/// How long the client may take to answer a request of ours.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Everything wrong with a file, as the client takes it; `None` if the work was called off.
pub fn check(
    snapshot: &Snapshot,
    project: &Arc<Project>,
    uri: &Url,
    token: &CancellationToken,
) -> Option<Vec<Diagnostic>> {
    let view = View::new(snapshot, project, uri, token)?;
    let findings = project.findings(token)?;
    Some(proto::diagnostics(&view, &findings, &snapshot.abilities))
}

pub struct Actor {
    state: Arc<State>,
    client: Client,
    workers: Workers,
    documents: HashMap<Url, Progress>,
    /// What the user was told of the settings as they are: in words, and in their files.
    said: Vec<String>,
    told: Arc<HashMap<Url, Vec<Diagnostic>>>,
    done: UnboundedSender<Done>,
}

#[derive(Default)]
struct Progress {
    /// When to check next.
    due: Option<Instant>,
    running: Option<AbortHandle>,
    /// What the last check cost.
    cost: Duration,
    /// What the client was told last.
    told: Option<(Option<i32>, Vec<Diagnostic>)>,
}

struct Done {
    uri: Url,
    project: Arc<Project>,
    diagnostics: Vec<Diagnostic>,
    cost: Duration,
}

impl Actor {
    /// Serves until the events end.
    pub async fn run(state: Arc<State>, client: Client, workers: Workers, mut events: UnboundedReceiver<Event>) {
        let (done, mut finished) = unbounded_channel();
        let (documents, said, told) = (HashMap::new(), Vec::new(), Arc::default());
        let mut actor = Actor { state, client, workers, documents, said, told, done };
        loop {
            let due = actor.documents.values().filter_map(|d| d.due).min();
            let wait = tokio::time::sleep_until(due.unwrap_or_else(Instant::now));
            tokio::select! {
                biased;
                event = events.recv() => match event {
                    Some(event) => actor.hear(event).await,
                    None => return,
                },
                Some(done) = finished.recv() => actor.publish(done).await,
                () = wait, if due.is_some() => actor.start_due(),
            }
        }
    }

    async fn hear(&mut self, event: Event) {
        let abilities = self.state.snapshot().abilities.clone();
        match event {
            Event::Changed(uri) if !abilities.pulls => self.schedule(uri),
            Event::Changed(_) => {}
            Event::Closed(uri) => {
                if let Some(running) = self.documents.remove(&uri).and_then(|p| p.running) {
                    running.abort();
                }
                if !abilities.pulls {
                    self.client.publish_diagnostics(uri, Vec::new(), None).await;
                }
            }
            Event::Stale => self.refresh(abilities.refreshes_diagnostics, abilities.refreshes_hints),
            Event::Settings(said) => self.settings(said, abilities.pulls).await,
        }
    }

    /// Says what is newly wrong in files of settings, and shows it there.
    async fn settings(&mut self, said: Vec<String>, pulls: bool) {
        let new: Vec<&str> = said.iter().filter(|s| !self.said.contains(s)).map(String::as_str).collect();
        if !new.is_empty() {
            self.client.show_message(MessageType::ERROR, new.join("\n")).await;
        }
        self.said = said;
        let now = self.state.snapshot();
        let before = std::mem::replace(&mut self.told, now.troubles.clone());
        if pulls {
            return;
        }
        let mended = before.keys().filter(|uri| !self.told.contains_key(uri)).map(|uri| (uri, Vec::new()));
        let wrong = self.told.iter().filter(|(uri, all)| before.get(uri) != Some(all));
        for (uri, all) in wrong.map(|(uri, all)| (uri, all.clone())).chain(mended) {
            let version = now.document(uri).and_then(|d| d.version);
            self.client.publish_diagnostics(uri.clone(), all, version).await;
        }
    }

    fn schedule(&mut self, uri: Url) {
        let progress = self.documents.entry(uri).or_default();
        if let Some(running) = progress.running.take() {
            running.abort();
        }
        let pause = if progress.cost > FELT { (2 * progress.cost).min(PAUSE) } else { Duration::ZERO };
        progress.due = Some(Instant::now() + pause);
    }

    fn start_due(&mut self) {
        let snapshot = self.state.snapshot();
        let now = Instant::now();
        for (uri, progress) in &mut self.documents {
            if progress.due.is_none_or(|due| due > now) {
                continue;
            }
            progress.due = None;
            let Some(project) = snapshot.project(uri).cloned() else { continue };
            let (snapshot, uri) = (snapshot.clone(), uri.clone());
            let (workers, done) = (self.workers.clone(), self.done.clone());
            let work = async move {
                let job = move |token: &CancellationToken| {
                    let begun = Instant::now();
                    let diagnostics = check(&snapshot, &project, &uri, token)?;
                    Some(Done { uri, project, diagnostics, cost: begun.elapsed() })
                };
                if let Some(Some(result)) = workers.run(job).await {
                    let _ = done.send(result);
                }
            };
            progress.running = Some(tokio::spawn(work).abort_handle());
        }
    }

    async fn publish(&mut self, done: Done) {
        let Some(progress) = self.documents.get_mut(&done.uri) else { return };
        progress.cost = done.cost;
        let current = self.state.snapshot().project(&done.uri).map(|p| p.serial);
        if current != Some(done.project.serial) {
            return;
        }
        let version = done.project.file(&done.uri).and_then(|file| done.project.documents[file].version);
        let told = Some((version, done.diagnostics));
        if progress.told != told {
            let diagnostics = told.as_ref().map_or(Vec::new(), |(_, all)| all.clone());
            progress.told = told;
            self.client.publish_diagnostics(done.uri, diagnostics, version).await;
        }
    }

    /// Asks a client that pulls to do so again. Nobody waits for its answer.
    fn refresh(&self, diagnostics: bool, hints: bool) {
        let client = self.client.clone();
        tokio::spawn(tokio::time::timeout(PATIENCE, async move {
            if diagnostics {
                let _ = client.workspace_diagnostic_refresh().await;
            }
            if hints {
                let _ = client.inlay_hint_refresh().await;
            }
        }));
    }
}
