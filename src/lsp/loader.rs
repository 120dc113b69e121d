//! The works around the open documents: their other files read from disk, in the background, and read again when they change.
//!
//! Whatever may change which files are one work (a document opened, closed or saved, a file changed on disk, a list of
//! chapters edited) asks for a new gathering. Texts open in the editor stand before those on disk.

use super::client::Abilities;
use super::documents::{Document, LIST, PROJECT};
use super::position;
use super::progress::Progress;
use super::state::{Snapshot, State};
use super::work::Workers;
use crate::config::Config;
use crate::formats::reader_for;
use crate::model::Reader;
use crate::project::disk::{self, Disk, Machine, Text};
use crate::project::settings::Trouble;
use crate::project::{self, Bond, Finder, Group, Member, kin, lists, natural};
use futures::FutureExt;
use lsp_types::{Diagnostic, DiagnosticSeverity, Url};
use rayon::prelude::*;
use ropey::Rope;
use std::collections::{HashMap, HashSet};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_util::sync::CancellationToken;
use tower_lsp::Client;

/// A folder with more manuscripts is an archive, not a book: of its files only the open ones are read.
const MOST_SIBLINGS: usize = 300;
/// From so many bytes on the user is shown how far the reading has come.
const LONG: u64 = 4 << 20;

/// Why to gather anew.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Call {
    /// Files that are no longer what they were.
    pub changed: Vec<PathBuf>,
}

/// What was found around the open documents.
#[derive(Debug, Default)]
pub struct Found {
    pub works: Vec<Work>,
    /// The documents that were open then.
    pub around: Vec<Url>,
    /// By the file that something is wrong in.
    pub troubles: HashMap<Url, Vec<Diagnostic>>,
    /// The same in words.
    pub said: Vec<String>,
}

/// Files that are one work.
#[derive(Debug)]
pub struct Work {
    pub documents: Vec<Arc<Document>>,
    pub config: Arc<Config>,
}

/// Gathers whenever it is called, until the calls end.
pub async fn run(state: Arc<State>, client: Client, workers: Workers, mut calls: UnboundedReceiver<Call>) {
    let shelf = Arc::new(Mutex::new(Shelf::default()));
    while let Some(mut call) = calls.recv().await {
        while let Ok(next) = calls.try_recv() {
            call.changed.extend(next.changed);
        }
        let snapshot = state.snapshot();
        let progress = Progress::new(client.clone(), snapshot.abilities.shows_progress);
        let token = state.begin_loading();
        let (around, shelf) = (snapshot.open(), shelf.clone());
        let job = {
            let (snapshot, progress) = (snapshot.clone(), progress.clone());
            move |_: &CancellationToken| {
                let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
                for path in &call.changed {
                    shelf.distrust(path);
                }
                gather(&snapshot, &mut shelf, &progress, &token)
            }
        };
        // a panic costs this gathering, not those to come
        let found = AssertUnwindSafe(workers.run(job)).catch_unwind().await.ok().flatten().flatten();
        progress.end();
        // called off: what is open is read alone
        state.settle(found.unwrap_or_else(|| Found { around, ..Found::default() }));
    }
}

/// Closed files as they were read last.
#[derive(Debug, Default)]
struct Shelf(HashMap<PathBuf, (Stamp, Arc<Document>)>);

/// When a file was changed last, and its length.
type Stamp = (Option<SystemTime>, u64);

/// The machine's files with the open texts laid over them.
struct Desk<'a> {
    open: HashMap<PathBuf, &'a Arc<Document>>,
}

impl Disk for Desk<'_> {
    fn read(&self, path: &Path) -> Result<Text, String> {
        match self.open.get(path) {
            Some(document) => Ok(Text { text: document.text.to_string(), encoding: Default::default() }),
            None => Machine.read(path),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.open.contains_key(path) || Machine.is_file(path)
    }

    fn files(&self, folder: &Path) -> Vec<PathBuf> {
        let mut files = Machine.files(folder);
        let unsaved = self.open.keys().filter(|p| p.parent() == Some(folder) && !files.contains(p)).cloned();
        files.extend(unsaved.collect::<Vec<_>>());
        files.sort_by(|a, b| natural(&a.to_string_lossy(), &b.to_string_lossy()));
        files
    }
}

/// The works of the open documents, and those of the workspace where they are wanted; `None` if it was called off.
fn gather(snapshot: &Snapshot, shelf: &mut Shelf, progress: &Progress, token: &CancellationToken) -> Option<Found> {
    let documents = snapshot.open_documents();
    let path = |d: &Arc<Document>| d.uri.to_file_path().ok().map(|p| disk::tidy(&p));
    let desk = Desk { open: documents.iter().filter_map(|d| Some((path(d)?, d))).collect() };
    let mut wanted: Vec<PathBuf> =
        documents.iter().filter(|d| d.is_manuscript() && !d.is_list()).filter_map(path).collect();
    let mut finder = Finder::new(&desk, None, |_| {});
    if snapshot.whole_workspace {
        wanted.extend(snapshot.roots.iter().flat_map(|root| disk::walk(root, |file| finder.gives_reader(file)).0));
    }
    wanted.sort_by(|a, b| natural(&a.to_string_lossy(), &b.to_string_lossy()));
    wanted.dedup();
    let mut groups = project::group(&wanted, &mut finder);
    groups.iter_mut().filter(|g| g.bond == Bond::Folder).for_each(|g| siblings(g, &mut finder));
    let troubles = finder.troubles;
    let unread: u64 = groups.iter().flat_map(|g| &g.members).map(|m| shelf.unread(&m.path, &desk)).sum();
    if unread > LONG {
        progress.begin();
    }
    let files: usize = groups.iter().map(|g| g.members.len()).sum();
    let mut found = Found { around: documents.iter().map(|d| d.uri.clone()).collect(), ..Found::default() };
    let mut read = 0;
    for group in groups {
        let mut members = Vec::new();
        for member in &group.members {
            if token.is_cancelled() {
                return None;
            }
            members.extend(shelf.document(&member.path, "", &desk));
            read += 1;
            progress.report(read, files);
        }
        let config = Arc::new(group.settings.config.clone());
        for mut documents in works(&members, &group, snapshot.whole_workspace, token)? {
            documents.extend(lists_of(&documents, &group, shelf, &desk));
            found.works.push(Work { documents, config: config.clone() });
        }
    }
    say(troubles, &desk, &snapshot.abilities, &mut found);
    Some(found)
}

/// Adds the other manuscripts of the folder that belong to no book.
fn siblings(group: &mut Group, finder: &mut Finder) {
    let Some(folder) = group.members.first().and_then(|m| m.path.parent()).map(Path::to_owned) else { return };
    let known: HashSet<PathBuf> = group.members.iter().map(|m| m.path.clone()).collect();
    let files = finder.disk.files(&folder);
    let manuscripts: Vec<PathBuf> = files
        .into_iter()
        .filter(|p| p.to_str().is_some_and(|p| reader_for(p, "").is_some_and(Reader::is_manuscript)))
        .collect();
    if manuscripts.len() > MOST_SIBLINGS {
        return;
    }
    for path in manuscripts.into_iter().filter(|p| !known.contains(p)) {
        if finder.book(&path, &group.settings).is_none() {
            group.members.push(Member { path, asked: false });
        }
    }
    group.members.sort_by(|a, b| natural(&a.path.to_string_lossy(), &b.path.to_string_lossy()));
}

/// The works of a group: one, unless its files only lie in one folder; without an open file none is wanted.
fn works(
    members: &[Arc<Document>],
    group: &Group,
    all: bool,
    token: &CancellationToken,
) -> Option<Vec<Vec<Arc<Document>>>> {
    let read = members.par_iter().map(|d| if token.is_cancelled() { None } else { d.file(&group.settings.config) });
    let files = read.collect::<Option<Vec<_>>>()?;
    let parts = match group.bond {
        Bond::Listed(_) => vec![(0..members.len()).collect()],
        Bond::Folder => kin::split(&files),
    };
    let documents = |part: Vec<usize>| part.into_iter().map(|i| members[i].clone()).collect::<Vec<_>>();
    let wanted = |d: &Vec<Arc<Document>>| all || d.iter().any(|d| d.version.is_some());
    Some(parts.into_iter().map(documents).filter(wanted).collect())
}

/// The source lists that a work names. One that is open under a language that says nothing of it is left out.
fn lists_of(work: &[Arc<Document>], group: &Group, shelf: &mut Shelf, desk: &Desk) -> Vec<Arc<Document>> {
    let files: Vec<_> = work.iter().filter_map(|d| d.file(&group.settings.config)).collect();
    let manuscripts: Vec<_> = files.iter().map(|f| &f.manuscript).collect();
    let origin = group.settings.origin.as_ref().map(|origin| origin.path.display().to_string());
    let named = group.settings.config.files.bibliography.iter().map(|file| file.name.as_str()).collect();
    let found = lists::of(&manuscripts, origin.as_deref().map(|origin| (origin, named)), desk);
    let document = |list: lists::List| {
        let language = if list.reader == Reader::Project { PROJECT } else { LIST };
        shelf.document(&disk::tidy(Path::new(&list.path)), language, desk).filter(|d| d.is_list())
    };
    found.into_iter().filter_map(document).collect()
}

impl Shelf {
    /// The file may have changed within a tick of the clock.
    fn distrust(&mut self, path: &Path) {
        if let Some((stamp, _)) = self.0.get_mut(path) {
            *stamp = (None, u64::MAX);
        }
    }

    /// How many bytes are to be read before a file is known.
    fn unread(&self, path: &Path, desk: &Desk) -> u64 {
        match stamp(path) {
            Some(stamp) if !desk.open.contains_key(path) && self.0.get(path).is_none_or(|(s, _)| *s != stamp) => {
                stamp.1
            }
            _ => 0,
        }
    }

    /// A file as it is now; `None` if it is gone or no text.
    fn document(&mut self, path: &Path, language: &str, desk: &Desk) -> Option<Arc<Document>> {
        if let Some(open) = desk.open.get(path) {
            return Some(Arc::clone(open));
        }
        let stamp = stamp(path)?;
        if let Some((_, known)) = self.0.get(path).filter(|(s, _)| *s == stamp) {
            return Some(known.clone());
        }
        let text = Machine.read(path).ok()?.text;
        let known = self.0.remove(path).map(|(_, known)| known).filter(|known| known.text == text.as_str());
        let document = match known {
            Some(known) => known,
            None => {
                let uri = Url::from_file_path(path).ok()?;
                Arc::new(Document::new(uri, language.to_owned(), None, Rope::from_str(&text)))
            }
        };
        self.0.insert(path.to_owned(), (stamp, document.clone()));
        Some(document)
    }
}

fn stamp(path: &Path) -> Option<Stamp> {
    let data = std::fs::metadata(path).ok()?;
    Some((data.modified().ok(), data.len()))
}

/// What is wrong in files of settings, as diagnostics of those files and in words.
fn say(troubles: Vec<Trouble>, desk: &Desk, abilities: &Abilities, found: &mut Found) {
    for trouble in troubles {
        let place = trouble.at.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
        found.said.push(format!("{}{place}: {}", trouble.path.display(), trouble.message));
        let Ok(uri) = Url::from_file_path(&trouble.path) else { continue };
        let text = desk.read(&trouble.path).map_or_else(|_| Rope::new(), |read| Rope::from_str(&read.text));
        let range = trouble.at.map(|at| position::range(&text, at.span, abilities.encoding)).unwrap_or_default();
        let (severity, source) = (Some(DiagnosticSeverity::ERROR), Some(super::proto::SOURCE.to_owned()));
        let diagnostic = Diagnostic { range, severity, source, message: trouble.message, ..Diagnostic::default() };
        found.troubles.entry(uri).or_default().push(diagnostic);
    }
}
