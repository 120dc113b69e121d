//! Older versions of a file, from the `git` program.

use super::Trouble;
use crate::encoding;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A revision of the repository that a folder lies in.
pub struct Revision {
    /// As git names it: a commit.
    commit: String,
    name: String,
}

impl Revision {
    /// # Errors
    /// There is no `git`, no repository, or no such revision in it.
    pub fn new(name: &str) -> Result<Revision, Trouble> {
        git(Path::new("."), &["rev-parse", "--show-toplevel"])
            .map_err(|why| Trouble(format!("--since {name}: {why}")))?;
        let commit = git(
            Path::new("."),
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{commit}}")],
        )
        .map_err(|_| Trouble(format!("--since {name}: no such revision")))?;
        let commit = String::from_utf8_lossy(&commit).trim().to_owned();
        Ok(Revision { commit, name: name.to_owned() })
    }

    /// The text of a file in this revision; `None` if it was not there yet.
    ///
    /// # Errors
    /// It was no text then.
    pub fn text(&self, path: &Path) -> Result<Option<String>, Trouble> {
        let full = std::fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path));
        let (Some(folder), Some(name)) = (full.parent(), full.file_name()) else { return Ok(None) };
        let object = format!("{}:./{}", self.commit, name.to_string_lossy());
        let Ok(bytes) = git(folder, &["show", "--end-of-options", &object]) else { return Ok(None) };
        let text = encoding::decode(bytes);
        text.map(|(text, _)| Some(text))
            .map_err(|broken| Trouble(format!("{} in {}: {broken}", path.display(), self.name)))
    }
}

/// What git writes, or what it says is wrong.
fn git(folder: &Path, args: &[&str]) -> Result<Vec<u8>, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output();
    let output = output.map_err(|error| format!("git cannot be run: {}", super::io_words(&error)))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().next().unwrap_or("git failed").trim_start_matches("fatal: ");
    Err(if line.starts_with("not a git repository") { "not in a git repository".to_owned() } else { line.to_owned() })
}
