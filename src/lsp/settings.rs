//! `ibid.toml` for a document: the nearest one from its folder upward.

use crate::config::{Config, FILE_NAME};
use crate::project::disk::Machine;
use crate::project::settings::Finder;
use lsp_types::Url;

pub fn is_settings(uri: &Url) -> bool {
    uri.path().rsplit('/').next() == Some(FILE_NAME)
}

/// The settings of a document; the default ones if it is in no folder, there is no file, or something is wrong with it.
pub fn find(document: &Url) -> Config {
    let Ok(path) = document.to_file_path() else { return Config::default() };
    let settings = Finder::new(&Machine, None, Box::new(|_| {})).find(&path, &mut Vec::new());
    settings.map(|s| s.config.clone()).unwrap_or_default()
}
