//! `--fix`: fixes applied in rounds until none is left, and the result written in one step.

use super::Trouble;
use super::input::{self, Loaded};
use super::project::analyse;
use crate::analysis::Analysis;
use crate::config::Config;
use crate::encoding::{self, Encoding};
use crate::report::Checked;
use crate::rules;
use crate::text;
use std::fs::Permissions;
use std::io::Write;
use std::path::Path;

/// One fix can uncover another; more rounds than this would be fixes that undo each other.
const ROUNDS: usize = 8;

/// A project with its fixes applied.
pub struct Mended {
    /// What the rules say of the new texts.
    pub checked: Checked,
    /// By file.
    pub texts: Vec<String>,
    /// How many findings were mended.
    pub fixed: usize,
}

/// Applies every fix that is safe enough. Of two that meet, the later waits for the next round.
pub fn mend(files: &[Loaded], config: &Config, unsafe_too: bool) -> Mended {
    let mut texts: Vec<String> = files.iter().map(|f| f.text.clone()).collect();
    let mut fixed = 0;
    let mut analysis = analyse_texts(files, &texts, config);
    let mut judgement = rules::judge(&analysis);
    for _ in 0..ROUNDS {
        let mut count = 0;
        for (file, text) in texts.iter_mut().enumerate() {
            let (edits, mended) = rules::mend::edits(&judgement.findings, file, unsafe_too);
            if let Some(new) = text::apply(text, &edits) {
                *text = new;
                count += mended;
            }
        }
        if count == 0 {
            break;
        }
        fixed += count;
        analysis = analyse_texts(files, &texts, config);
        judgement = rules::judge(&analysis);
    }
    Mended { checked: Checked { analysis, findings: judgement.findings, allowed: judgement.allowed }, texts, fixed }
}

fn analyse_texts(files: &[Loaded], texts: &[String], config: &Config) -> Analysis {
    analyse(files, &texts.iter().map(String::as_str).collect::<Vec<_>>(), config)
}

/// Writes a text in place of a file's: all of it or nothing, keeping encoding and permissions.
///
/// # Errors
/// The file cannot be written, or is no longer the one that was read.
pub fn write(file: &Loaded, text: &str) -> Result<(), Trouble> {
    let trouble = |what: String| Trouble(format!("{}: not fixed: {what}", file.input.name));
    let io = |e: std::io::Error| trouble(super::io_words(&e));
    if file.encoding == Encoding::Docx {
        return Err(trouble("Word documents are read, never written; mend it in Word".into()));
    }
    let path = std::fs::canonicalize(&file.input.path).map_err(io)?;
    let permissions = std::fs::metadata(&path).map_err(io)?.permissions();
    if permissions.readonly() {
        return Err(trouble("the file is read-only".into()));
    }
    if input::bytes(&file.input).map_err(io)? != encoding::encode(&file.text, file.encoding) {
        return Err(trouble("it was changed while it was read".into()));
    }
    place(&path, &encoding::encode(text, file.encoding), permissions).map_err(io)
}

/// Writes a file of ours, or a new one in its place.
///
/// # Errors
/// It cannot be written; what stood there stands there still.
pub fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    match std::fs::canonicalize(path) {
        Ok(path) => place(&path, bytes, std::fs::metadata(&path)?.permissions()),
        Err(_) => std::fs::write(path, bytes),
    }
}

/// All of it or nothing: a new file beside the old one, on the disk before it takes its name.
fn place(path: &Path, bytes: &[u8], permissions: Permissions) -> std::io::Result<()> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".ibid-").tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().set_permissions(permissions)?;
    new.as_file().sync_all()?;
    new.persist(path).map_err(|e| e.error)?;
    Ok(())
}
