//! Which `ibid.toml` speaks for a file: the nearest one upward, or the one named with `--config`.

use super::Trouble;
use super::input::Input;
use crate::config::{self, Config, FILE_NAME};
use crate::encoding;
use crate::rules;
use crate::text::LineIndex;
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
    /// The path as reports show it.
    pub name: String,
    pub text: String,
}

/// Finds and keeps configurations: each file is read once, each folder asked once.
pub struct Finder<F: Fn(&mut Config)> {
    /// What the command line says otherwise.
    adjust: F,
    folders: HashMap<PathBuf, Option<PathBuf>>,
    /// `None`: it could not be read, which has been said.
    files: HashMap<Option<PathBuf>, Option<Arc<Settings>>>,
    fixed: Option<PathBuf>,
}

impl<F: Fn(&mut Config)> Finder<F> {
    pub fn new(fixed: Option<PathBuf>, adjust: F) -> Finder<F> {
        Finder { adjust, folders: HashMap::new(), files: HashMap::new(), fixed }
    }

    /// The settings for a file; `None` when its configuration is broken.
    pub fn find(&mut self, input: &Input, troubles: &mut Vec<Trouble>) -> Option<Arc<Settings>> {
        let path = match &self.fixed {
            Some(path) => Some(path.clone()),
            None => {
                let absolute = std::path::absolute(&input.path).ok();
                absolute.as_deref().and_then(Path::parent).and_then(|folder| self.nearest(folder))
            }
        };
        if let Some(known) = self.files.get(&path) {
            return known.clone();
        }
        let settings = match &path {
            Some(path) => read(path, troubles),
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
        let found = if here.is_file() { Some(here) } else { folder.parent().and_then(|parent| self.nearest(parent)) };
        self.folders.insert(folder.to_owned(), found.clone());
        found
    }
}

fn read(path: &Path, troubles: &mut Vec<Trouble>) -> Option<Settings> {
    let name = shown(path);
    let text = match std::fs::read(path) {
        Ok(bytes) => match encoding::decode(bytes) {
            Ok((text, _)) => text,
            Err(at) => {
                troubles.push(Trouble(format!("{name}: not UTF-8 text at byte {at}")));
                return None;
            }
        },
        Err(error) => {
            troubles.push(Trouble::io(&name, &error));
            return None;
        }
    };
    match config::parse(&text, &rules::names()) {
        Ok(config) => Some(Settings { config, origin: Some(Origin { path: path.to_owned(), name, text }) }),
        Err(errors) => {
            let lines = LineIndex::new(&text);
            for error in errors {
                let at = lines.position(&text, error.span.start);
                troubles.push(Trouble(format!("{name}:{}:{}: {}", at.line, at.column, error.message)));
            }
            None
        }
    }
}

/// A path from here, where it is below here.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let short = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    short.unwrap_or(path).display().to_string()
}
