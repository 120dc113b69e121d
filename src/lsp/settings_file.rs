//! The `ibid.toml` that code actions write to: the one of a document, as the editor has it if it is open there.

use super::state::Snapshot;
use crate::config::FILE_NAME;
use crate::encoding;
use lsp_types::Url;
use ropey::Rope;

#[derive(Clone, Debug)]
pub struct SettingsFile {
    pub uri: Url,
    /// Empty where there is none yet.
    pub text: Rope,
    /// As the client counts, if it is open.
    pub version: Option<i32>,
    pub exists: bool,
}

impl SettingsFile {
    /// The nearest one from the document's folder upward, else a new one beside the document. `None` where the document is
    /// not in a folder, or the file cannot be read.
    pub fn of(snapshot: &Snapshot, document: &Url) -> Option<SettingsFile> {
        let path = document.to_file_path().ok()?;
        let mut files = path.ancestors().skip(1).map(|folder| folder.join(FILE_NAME));
        let beside = files.next()?;
        let file = std::iter::once(beside.clone()).chain(files).find(|f| f.is_file());
        let uri = Url::from_file_path(file.as_ref().unwrap_or(&beside)).ok()?;
        if let Some(open) = snapshot.project(&uri).and_then(|p| Some(&p.documents[p.file(&uri)?])) {
            return Some(SettingsFile { uri, text: open.text.clone(), version: open.version, exists: true });
        }
        let text = match &file {
            Some(file) => encoding::decode(std::fs::read(file).ok()?).ok()?.0,
            None => String::new(),
        };
        Some(SettingsFile { uri, text: Rope::from_str(&text), version: None, exists: file.is_some() })
    }
}
