//! Manuscripts found and read: paths walked, bytes decoded, a reader chosen.

use super::{Trouble, args};
use crate::encoding::{self, Encoding};
use crate::formats::{self, reader_for};
use crate::model::{Manuscript, Reader};
use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};

/// A manuscript to be read.
#[derive(Clone, Debug)]
pub struct Input {
    /// As the user named it; of standard input the name it goes by.
    pub name: String,
    pub path: PathBuf,
    pub stdin: bool,
}

/// A manuscript's text and what is needed to write it back.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub input: Input,
    pub text: String,
    pub encoding: Encoding,
    pub reader: Reader,
}

impl Loaded {
    pub fn manuscript(&self, text: &str) -> Manuscript {
        formats::read(&self.input.name, text, self.reader)
    }
}

/// All manuscripts the paths name: files as named, folders walked. Each once, in the order named.
pub fn gather(args: &args::Input, troubles: &mut Vec<Trouble>) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |input: Input| {
        if input.stdin || seen.insert(input.path.clone()) {
            inputs.push(input);
        }
    };
    for path in &args.paths {
        if path.as_os_str() == "-" {
            let path = args.stdin_filename.clone().unwrap_or_else(|| "-".into());
            add(Input { name: path.display().to_string(), path, stdin: true });
        } else if path.is_dir() {
            walk(path, &mut add, troubles);
        } else {
            add(named(path));
        }
    }
    let mut once = false;
    inputs.retain(|i| !i.stdin || !std::mem::replace(&mut once, true));
    inputs
}

fn named(path: &Path) -> Input {
    let path: PathBuf = path.strip_prefix("./").unwrap_or(path).into();
    Input { name: path.display().to_string(), path, stdin: false }
}

/// Every file with a reader under a folder that git would not ignore, by name.
fn walk(folder: &Path, add: &mut impl FnMut(Input), troubles: &mut Vec<Trouble>) {
    for entry in ignore::WalkBuilder::new(folder).sort_by_file_name(Ord::cmp).build() {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|t| t.is_file()) => {
                if entry.path().to_str().is_none_or(|p| reader_for(p, "").is_some()) {
                    add(named(entry.path()));
                }
            }
            Ok(_) => {}
            Err(error) => troubles.push(Trouble(error.to_string())),
        }
    }
}

/// Reads one manuscript.
///
/// # Errors
/// It cannot be read, is not text, or is of a kind that no reader knows.
pub fn load(input: &Input) -> Result<Loaded, Trouble> {
    let name = &input.name;
    let known = if input.stdin && name == "-" { Some(Reader::Plain) } else { reader_for(name, "") };
    if known.is_none() {
        return Err(Trouble(match input.path.extension() {
            Some(e) => format!("{name}: no reader for .{} files yet", e.display()),
            None => format!("{name}: no reader for a file without an ending such as .txt or .md"),
        }));
    }
    let bytes = bytes(input).map_err(|e| Trouble::io(name, &e))?;
    if bytes.len() > u32::MAX as usize {
        return Err(Trouble(format!("{name}: larger than 4 GiB")));
    }
    let (text, encoding) = encoding::decode(bytes).map_err(|at| {
        Trouble(format!("{name}: not text at byte {at}: neither UTF-8 nor UTF-16 with a byte-order mark"))
    })?;
    let reader = if name == "-" { Reader::Plain } else { reader_for(name, &text).unwrap_or(Reader::Plain) };
    Ok(Loaded { input: input.clone(), text, encoding, reader })
}

/// The bytes of the file, or of standard input.
pub fn bytes(input: &Input) -> std::io::Result<Vec<u8>> {
    if input.stdin {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    std::fs::read(&input.path)
}
