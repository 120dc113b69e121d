//! Files as a project sees them: those of the machine, or with an editor's open texts laid over them.

use super::natural;
use crate::encoding::{self, Encoding};
use crate::formats::reader_for;
use crate::model::Reader;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A file's text, and what is needed to write it back.
#[derive(Clone, Debug)]
pub struct Text {
    pub text: String,
    pub encoding: Encoding,
}

/// Where texts come from.
pub trait Disk: Sync {
    /// # Errors
    /// The file cannot be read or is not text: why, in words.
    fn read(&self, path: &Path) -> Result<Text, String>;
    fn is_file(&self, path: &Path) -> bool;
    /// The files of a folder itself, in the order of a table of contents.
    fn files(&self, folder: &Path) -> Vec<PathBuf>;
}

/// The files of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Machine;

impl Disk for Machine {
    fn read(&self, path: &Path) -> Result<Text, String> {
        decode(&path.to_string_lossy(), std::fs::read(path).map_err(|error| io_words(&error))?)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn files(&self, folder: &Path) -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let files = entries.filter(|e| e.file_type().is_ok_and(|t| !t.is_dir())).map(|e| e.path());
        let mut files: Vec<PathBuf> = files.filter(|p| p.is_file()).collect();
        files.sort_by(|a, b| natural(&a.to_string_lossy(), &b.to_string_lossy()));
        files
    }
}

/// Bytes of a file of that name read as text.
///
/// # Errors
/// What is wrong with them, in words.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<Text, String> {
    if bytes.len() > u32::MAX as usize {
        return Err("larger than 4 GiB".to_owned());
    }
    let (text, encoding) = encoding::read(name, bytes)?;
    Ok(Text { text, encoding })
}

/// An error of the machine, in words for the user.
pub fn io_words(error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error.to_string(),
    }
}

/// Every file with a reader under a folder that git would not ignore, in the order of a table of contents; and what
/// could not be looked into. `given` says which other files have been given a reader.
pub fn walk(folder: &Path, mut given: impl FnMut(&Path) -> bool) -> (Vec<PathBuf>, Vec<String>) {
    let (mut files, mut troubles) = (Vec::new(), Vec::new());
    let by_name = |a: &std::ffi::OsStr, b: &std::ffi::OsStr| natural(&a.to_string_lossy(), &b.to_string_lossy());
    for entry in ignore::WalkBuilder::new(folder).sort_by_file_name(by_name).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                if has_reader(entry.path()) || given(entry.path()) {
                    files.push(entry.into_path());
                }
            }
            Ok(_) => {}
            Err(error) => troubles.push(error.to_string()),
        }
    }
    (files, troubles)
}

/// A manuscript by its ending; a name that is no text is an error for later.
fn has_reader(path: &Path) -> bool {
    path.to_str().is_none_or(|p| reader_for(p, "").is_some_and(Reader::is_manuscript))
}

/// The files under a folder that one of these patterns names, whether git ignores them or not; `given` as for [`walk`].
///
/// # Errors
/// The index of a pattern that is none, and why.
pub fn matching(
    folder: &Path,
    patterns: &[&str],
    mut given: impl FnMut(&Path) -> bool,
) -> Result<Vec<PathBuf>, (usize, String)> {
    let mut wanted = ignore::overrides::OverrideBuilder::new(folder);
    for (i, pattern) in patterns.iter().enumerate() {
        wanted.add(pattern).map_err(|error| (i, error.to_string()))?;
    }
    let wanted = wanted.build().map_err(|error| (0, error.to_string()))?;
    let by_name = |a: &std::ffi::OsStr, b: &std::ffi::OsStr| natural(&a.to_string_lossy(), &b.to_string_lossy());
    let walk = ignore::WalkBuilder::new(folder).overrides(wanted).sort_by_file_name(by_name).build();
    let files = walk.flatten().filter(|e| e.file_type().is_some_and(|t| t.is_file())).map(ignore::DirEntry::into_path);
    Ok(files.filter(|p| has_reader(p) || given(p)).collect())
}

/// A path without `.` and `..`, as far as its words tell.
pub fn tidy(path: &Path) -> PathBuf {
    let mut tidy = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                if !tidy.pop() {
                    tidy.push("..");
                }
            }
            part => tidy.push(part),
        }
    }
    tidy
}

/// Whether git would leave a file out: what the `.gitignore` files above it, up to its repository, say.
pub fn is_ignored(file: &Path) -> bool {
    let Ok(full) = std::path::absolute(file) else { return false };
    for folder in full.ancestors().skip(1) {
        for name in [".gitignore", ".ignore"] {
            let (rules, _) = ignore::gitignore::Gitignore::new(folder.join(name));
            let found = rules.matched_path_or_any_parents(&full, false);
            if !found.is_none() {
                return found.is_ignore();
            }
        }
        if folder.join(".git").exists() {
            break;
        }
    }
    false
}
