//! Open documents as values: a version of a text, and the project it is read in.
//!
//! Nothing here changes. A change makes a new [`Document`] and a new [`Project`] around it; whoever holds the old ones
//! keeps them. What is worked out about a version is worked out once, by whoever needs it first.

use super::position::{self, Encoding};
use super::state::Snapshot;
use crate::analysis::names::memo::Memo;
use crate::analysis::{Analysis, File, FileId};
use crate::config::Config;
use crate::formats;
use crate::model::Reader;
use crate::rules::{self, Finding};
use crate::text::Span;
use lsp_types::{Location, Position, Range, Url};
use ropey::Rope;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// What we call the language of source lists, and of files that only name some, where we open them ourselves.
pub const LIST: &str = "bibtex";
pub const PROJECT: &str = "ibid-project";

/// One version of a text.
#[derive(Debug)]
pub struct Document {
    pub uri: Url,
    /// As the client counts; none for a file that is not open.
    pub version: Option<i32>,
    pub language: String,
    pub text: Rope,
    /// The reader that is set for it, and what it read.
    file: Once<(Option<&'static str>, Arc<File>)>,
    /// The newest reading of any version of it: what did not change since is not read again.
    latest: Arc<Mutex<Option<Arc<File>>>>,
    /// What older versions of the work that begins with it have shown of its names.
    names: Arc<Mutex<Memo>>,
}

impl Document {
    pub fn new(uri: Url, language: String, version: Option<i32>, text: Rope) -> Document {
        Document { uri, version, language, text, file: Once::default(), latest: Arc::default(), names: Arc::default() }
    }

    /// The next version.
    pub fn edited(&self, version: i32, text: Rope) -> Document {
        let (uri, language) = (self.uri.clone(), self.language.clone());
        let (latest, names) = (self.latest.clone(), self.names.clone());
        Document { uri, version: Some(version), language, text, file: Once::default(), latest, names }
    }

    /// Whether it is a manuscript: by its name, else by what the client calls its language.
    pub fn is_manuscript(&self) -> bool {
        self.reader("").is_some()
    }

    /// A source list, read with the manuscripts that name it.
    pub fn is_list(&self) -> bool {
        self.reader("").is_some_and(|reader| !reader.is_manuscript())
    }

    fn reader(&self, text: &str) -> Option<Reader> {
        let by_language = || match self.language.as_str() {
            LIST => Some(Reader::Bibliography),
            PROJECT => Some(Reader::Project),
            "plaintext" | "text" => Some(Reader::Plain),
            "markdown" | "pandoc" | "quarto" | "rmd" => Some(Reader::Pandoc),
            "typst" => Some(Reader::Typst),
            "org" | "org-mode" => Some(Reader::Org),
            "restructuredtext" | "rst" => Some(Reader::Rst),
            "asciidoc" | "adoc" => Some(Reader::AsciiDoc),
            "latex" | "tex" | "plaintex" | "context" => Some(Reader::Latex),
            _ => None,
        };
        formats::reader_for(self.uri.path(), text).or_else(by_language)
    }

    /// The path a report would name.
    pub fn path(&self) -> String {
        let file = self.uri.to_file_path().ok();
        file.map_or_else(|| self.uri.path().to_owned(), |path| path.display().to_string())
    }

    /// What it says, whatever stands in the others; `None` if it is no manuscript.
    pub fn file(&self, config: &Config) -> Option<Arc<File>> {
        let path = self.path();
        let set = config.reader(&path);
        self.file
            .get_if(
                |(as_set, _)| *as_set == set,
                || {
                    let text = String::from(&self.text);
                    let reader =
                        set.map_or_else(|| self.reader(&text), |_| formats::reader_of(config, &path, &text))?;
                    let manuscript = formats::read(&path, &text, reader);
                    let latest = || self.latest.lock().unwrap_or_else(PoisonError::into_inner);
                    let older = latest().clone();
                    let file = Arc::new(match older.filter(|older| older.manuscript.reader == reader) {
                        Some(older) => File::reread(manuscript, &older),
                        None => File::read(manuscript),
                    });
                    *latest() = Some(file.clone());
                    Some((set, file))
                },
            )
            .map(|(_, file)| file)
    }
}

/// Files that are read together; all of them are manuscripts, or there is but one.
#[derive(Debug)]
pub struct Project {
    /// No two projects have the same one: it stands for every text and setting in it.
    pub serial: u64,
    pub documents: Vec<Arc<Document>>,
    pub config: Arc<Config>,
    analysis: Once<Arc<Analysis>>,
    findings: Once<Arc<Vec<Finding>>>,
}

impl Project {
    pub fn new(documents: Vec<Arc<Document>>, config: Arc<Config>) -> Project {
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        Project { serial, documents, config, analysis: Once::default(), findings: Once::default() }
    }

    pub fn file(&self, uri: &Url) -> Option<FileId> {
        self.documents.iter().position(|d| d.uri == *uri)
    }

    /// Every fact of this version; `None` if the work was called off.
    pub fn analysis(&self, token: &CancellationToken) -> Option<Arc<Analysis>> {
        self.analysis.get(|| {
            let goes_on = || !token.is_cancelled();
            let files = self
                .documents
                .iter()
                .take_while(|_| goes_on())
                .map(|d| d.file(&self.config))
                .collect::<Option<Vec<_>>>()?;
            goes_on().then(|| {
                // who finds it in use works everything out
                let known = self.documents.first().and_then(|d| d.names.try_lock().ok());
                let config = Config::clone(&self.config);
                Arc::new(match known {
                    Some(mut memo) => Analysis::renewed(files, config, &mut memo),
                    None => Analysis::new(files, config),
                })
            })
        })
    }

    /// Every finding of this version; `None` if the work was called off.
    pub fn findings(&self, token: &CancellationToken) -> Option<Arc<Vec<Finding>>> {
        self.findings.get(|| {
            let analysis = self.analysis(token)?;
            (!token.is_cancelled()).then(|| Arc::new(rules::run(&analysis)))
        })
    }
}

/// A project seen from one of its files, with positions as the client counts them.
#[derive(Clone, Debug)]
pub struct View {
    pub project: Arc<Project>,
    pub analysis: Arc<Analysis>,
    pub file: FileId,
    pub encoding: Encoding,
}

impl View {
    /// `None` where the file is not for us to read, or the work was called off.
    pub fn new(snapshot: &Snapshot, project: &Arc<Project>, uri: &Url, token: &CancellationToken) -> Option<View> {
        let file = project.file(uri)?;
        if !project.documents[file].is_manuscript() {
            return None;
        }
        let analysis = project.analysis(token)?;
        Some(View { project: project.clone(), analysis, file, encoding: snapshot.abilities.encoding })
    }

    pub fn document(&self) -> &Document {
        &self.project.documents[self.file]
    }

    pub fn byte(&self, at: Position) -> u32 {
        position::byte(&self.document().text, at, self.encoding) as u32
    }

    pub fn span(&self, range: Range) -> Span {
        position::span(&self.document().text, range, self.encoding)
    }

    pub fn position(&self, byte: u32) -> Position {
        position::position(&self.document().text, byte as usize, self.encoding)
    }

    /// The range of a span of this file.
    pub fn range(&self, span: Span) -> Range {
        self.range_in(self.file, span)
    }

    pub fn range_in(&self, file: FileId, span: Span) -> Range {
        position::range(&self.project.documents[file].text, span, self.encoding)
    }

    pub fn location(&self, file: FileId, span: Span) -> Location {
        Location::new(self.project.documents[file].uri.clone(), self.range_in(file, span))
    }
}

/// A value worked out when it is first wanted. Work that is called off leaves it unset, and so does a panic.
#[derive(Debug)]
struct Once<T>(Mutex<Option<T>>);

impl<T> Default for Once<T> {
    fn default() -> Once<T> {
        Once(Mutex::new(None))
    }
}

impl<T: Clone> Once<T> {
    fn get(&self, work: impl FnOnce() -> Option<T>) -> Option<T> {
        self.get_if(|_| true, work)
    }

    /// What has been worked out, if it still holds.
    fn get_if(&self, holds: impl FnOnce(&T) -> bool, work: impl FnOnce() -> Option<T>) -> Option<T> {
        let mut value = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !value.as_ref().is_some_and(holds) {
            *value = work();
        }
        value.clone()
    }
}
