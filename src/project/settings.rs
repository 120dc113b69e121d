//! Which `ibid.toml` speaks for a file: the nearest one upward, or the one that was named.

use super::disk::{Disk, tidy};
use crate::config::{self, Config, FILE_NAME};
use crate::rules;
use crate::text::{LineIndex, Span};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One configuration file, read; or no file and the defaults.
#[derive(Debug, Default)]
pub struct Settings {
    pub config: Config,
    pub origin: Option<Origin>,
}

/// Where a configuration was read.
#[derive(Debug)]
pub struct Origin {
    pub path: PathBuf,
    pub text: String,
}

/// What is wrong in a file that says how a work is to be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Trouble {
    pub path: PathBuf,
    /// Where; nowhere if the file cannot be read.
    pub at: Option<At>,
    pub message: String,
}

/// A place in a file of settings.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct At {
    pub span: Span,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
}

impl At {
    pub fn new(text: &str, span: Span) -> At {
        let position = LineIndex::new(text).position(text, span.start);
        At { span, line: position.line, column: position.column }
    }
}

/// Finds and keeps configurations: each file is read once, each folder asked once.
pub struct Finder<'a> {
    disk: &'a dyn Disk,
    /// What the command line says otherwise.
    adjust: Box<dyn Fn(&mut Config) + 'a>,
    folders: HashMap<PathBuf, Option<PathBuf>>,
    /// `None`: it could not be read, which has been said.
    files: HashMap<Option<PathBuf>, Option<Arc<Settings>>>,
    fixed: Option<PathBuf>,
}

impl<'a> Finder<'a> {
    pub fn new(disk: &'a dyn Disk, fixed: Option<PathBuf>, adjust: Box<dyn Fn(&mut Config) + 'a>) -> Finder<'a> {
        Finder { disk, adjust, folders: HashMap::new(), files: HashMap::new(), fixed }
    }

    /// The settings for a file, named by its full path; `None` when its configuration is broken.
    pub fn find(&mut self, file: &Path, troubles: &mut Vec<Trouble>) -> Option<Arc<Settings>> {
        let path = match &self.fixed {
            Some(path) => Some(path.clone()),
            None => file.parent().and_then(|folder| self.nearest(folder)),
        };
        if let Some(known) = self.files.get(&path) {
            return known.clone();
        }
        let settings = match &path {
            Some(path) => read(path, self.disk, troubles),
            None => Some(Settings::default()),
        };
        let settings = settings.map(|mut settings| {
            (self.adjust)(&mut settings.config);
            Arc::new(settings)
        });
        self.files.insert(path, settings.clone());
        settings
    }

    fn nearest(&mut self, folder: &Path) -> Option<PathBuf> {
        if let Some(known) = self.folders.get(folder) {
            return known.clone();
        }
        let here = folder.join(FILE_NAME);
        let above = |this: &mut Self| folder.parent().and_then(|parent| this.nearest(parent));
        let found = if self.disk.is_file(&here) { Some(here) } else { above(self) };
        self.folders.insert(folder.to_owned(), found.clone());
        found
    }
}

fn read(path: &Path, disk: &dyn Disk, troubles: &mut Vec<Trouble>) -> Option<Settings> {
    let (text, mut config) = load(path, disk, &mut Vec::new(), troubles)?;
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    config.folders = Some((folder, PathBuf::new()));
    Some(Settings { config, origin: Some(Origin { path: path.to_owned(), text }) })
}

/// A configuration over the one it extends. `above` are those that have led here.
fn load(
    path: &Path,
    disk: &dyn Disk,
    above: &mut Vec<PathBuf>,
    troubles: &mut Vec<Trouble>,
) -> Option<(String, Config)> {
    let text = match disk.read(path) {
        Ok(read) => read.text,
        Err(message) => {
            troubles.push(Trouble { path: path.to_owned(), at: None, message });
            return None;
        }
    };
    let wrong = |errors: Vec<config::ConfigError>| {
        errors.into_iter().map(|error| {
            let at = Some(At::new(&text, error.span));
            Trouble { path: path.to_owned(), at, message: error.message }
        })
    };
    let own = match config::parse(&text, &rules::names()) {
        Ok(own) => own,
        Err(errors) => {
            troubles.extend(wrong(errors).collect::<Vec<_>>());
            return None;
        }
    };
    let Some((target, span)) = &own.extend else { return Some((text, own)) };
    let target = tidy(&path.parent().unwrap_or(Path::new("")).join(target));
    above.push(tidy(path));
    let why = if above.contains(&target) {
        Some("extends itself".to_owned())
    } else {
        disk.read(&target).err().map(|why| format!("cannot be extended: {why}"))
    };
    if let Some(message) = why {
        troubles.push(Trouble { path: path.to_owned(), at: Some(At::new(&text, *span)), message });
        return None;
    }
    let (_, mut base) = load(&target, disk, above, troubles)?;
    // which files are one work is said by each folder for itself, and what it lets stand is not idle elsewhere
    base.files = Default::default();
    base.allow.iter_mut().for_each(|allow| allow.inherited = true);
    let config = config::parse_over(base, &text, &rules::names()).ok()?;
    Some((text, config))
}
