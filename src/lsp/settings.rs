//! `ibid.toml` for a document: the nearest one from its folder upward.

use crate::config::Config;
use lsp_types::Url;

const NAME: &str = "ibid.toml";

pub fn is_settings(uri: &Url) -> bool {
    uri.path().rsplit('/').next() == Some(NAME)
}

/// The settings of a document, the default ones if there is no file; what is wrong with the file, if it is unusable.
pub fn find(_uri: &Url) -> Result<Config, String> {
    Ok(Config::default())
}
