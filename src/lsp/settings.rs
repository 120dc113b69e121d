//! `ibid.toml` for a document: the nearest one from its folder upward.

use crate::config::{self, Config, FILE_NAME};
use crate::text::LineIndex;
use crate::{encoding, rules};
use lsp_types::Url;
use std::path::Path;

pub fn is_settings(uri: &Url) -> bool {
    uri.path().rsplit('/').next() == Some(FILE_NAME)
}

/// The settings of a document; the default ones if it is not in a folder or there is no file. Else what is wrong with
/// the file, in words for the user.
pub fn find(document: &Url) -> Result<Config, String> {
    let Ok(path) = document.to_file_path() else { return Ok(Config::default()) };
    let nearest = path.ancestors().skip(1).map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file());
    nearest.map_or_else(|| Ok(Config::default()), |file| read(&file))
}

fn read(file: &Path) -> Result<Config, String> {
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|error| format!("{name}: {error}"))?;
    let (text, _) = encoding::decode(bytes).map_err(|broken| format!("{name}: {broken}"))?;
    config::parse(&text, &rules::names()).map_err(|errors| {
        let lines = LineIndex::new(&text);
        let said = errors.iter().map(|error| {
            let at = lines.position(&text, error.span.start);
            format!("{name}:{}:{}: {}", at.line, at.column, error.message)
        });
        said.collect::<Vec<_>>().join("\n")
    })
}
