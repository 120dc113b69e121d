//! Manuscripts found and read: paths walked, bytes decoded, a reader chosen.

use super::{Trouble, args};
use crate::config::Config;
use crate::encoding::Encoding;
use crate::formats::{self, reader_of};
use crate::model::{Manuscript, Reader};
use crate::project::{Finder, disk};
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
    /// The user wants to know of it; the others are read for what they say of it.
    pub asked: bool,
}

impl Input {
    /// A file by the name that reports give it.
    pub fn named(path: &Path) -> Input {
        let path: PathBuf = path.strip_prefix("./").unwrap_or(path).into();
        Input { name: path.display().to_string(), path, stdin: false, asked: true }
    }
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

/// All manuscripts the paths name: files as named, folders walked; without paths those that `[files]` of `ibid.toml`
/// names, else those of this folder. Each once, in the order named.
pub fn gather(args: &args::Input, finder: &mut Finder, troubles: &mut Vec<Trouble>) -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut seen = HashSet::new();
    let mut add = |input: Input| {
        if input.stdin || seen.insert(input.path.clone()) {
            inputs.push(input);
        }
    };
    if args.paths.is_empty() {
        match included(finder, troubles) {
            Some(files) => files.iter().for_each(|file| add(Input::named(Path::new(&shown(file))))),
            None => walk(Path::new("."), finder, &mut add, troubles),
        }
    }
    for path in &args.paths {
        if path.as_os_str() == "-" {
            let path = args.stdin_filename.clone().unwrap_or_else(|| "-".into());
            add(Input { name: path.display().to_string(), path, stdin: true, asked: true });
        } else if path.is_dir() {
            walk(path, finder, &mut add, troubles);
        } else if !(args.force_exclude && disk::is_ignored(path)) {
            add(Input::named(path));
        }
    }
    let mut once = false;
    inputs.retain(|i| !i.stdin || !std::mem::replace(&mut once, true));
    inputs
}

/// The files that `[files]` names, as far as they lie in this folder; `None` if it names none.
fn included(finder: &mut Finder, troubles: &mut Vec<Trouble>) -> Option<Vec<PathBuf>> {
    let here = std::env::current_dir().ok()?;
    let settings = finder.settings(&here.join("manuscript"))?;
    let origin = settings.origin.as_ref()?;
    let folder = std::path::absolute(origin.path.parent()?).ok()?;
    let files = &settings.config.files;
    let chapters = finder.chapters(&settings);
    if files.include.is_empty() && chapters.is_none() {
        return None;
    }
    let mut found: Vec<PathBuf> = chapters.map(|book| book.chapters.clone()).unwrap_or_default();
    let patterns: Vec<&str> = files.include.iter().map(|p| p.name.as_str()).collect();
    match disk::matching(&folder, &patterns, |file| finder.gives_reader(file)) {
        Ok(_) if patterns.is_empty() => {}
        Ok(files) => found.extend(files),
        Err((pattern, message)) => {
            let at = crate::project::settings::At::new(&origin.text, files.include[pattern].span);
            troubles.push(Trouble(format!("{}:{}:{}: {message}", shown(&origin.path), at.line, at.column)));
        }
    }
    found.retain(|file| file.starts_with(&here) || here == folder);
    Some(found)
}

/// Every file with a reader under a folder that git would not ignore.
fn walk(folder: &Path, finder: &mut Finder, add: &mut impl FnMut(Input), troubles: &mut Vec<Trouble>) {
    let full = |file: &Path| std::path::absolute(file).map_or_else(|_| file.to_owned(), |file| disk::tidy(&file));
    let (files, unread) = disk::walk(folder, |file| finder.gives_reader(&full(file)));
    files.iter().for_each(|file| add(Input::named(file)));
    troubles.extend(unread.into_iter().map(Trouble));
}

/// A path from here, where it is below here.
pub fn shown(path: &Path) -> String {
    let here = std::env::current_dir().ok();
    let short = here.as_deref().and_then(|here| path.strip_prefix(here).ok());
    short.unwrap_or(path).display().to_string()
}

/// Reads one manuscript.
///
/// # Errors
/// It cannot be read, is not text, or is of a kind that no reader knows.
pub fn load(input: &Input, config: &Config) -> Result<Loaded, Trouble> {
    let name = &input.name;
    let known = if input.stdin && name == "-" { Some(Reader::Plain) } else { reader_of(config, name, "") };
    if known.is_none() {
        return Err(Trouble(match input.path.extension() {
            Some(e) => format!("{name}: no reader for .{} files yet", e.display()),
            None => format!("{name}: no reader for a file without an ending such as .txt or .md"),
        }));
    }
    let bytes = bytes(input).map_err(|e| Trouble::io(name, &e))?;
    let disk::Text { text, encoding } = disk::decode(name, bytes).map_err(|why| Trouble(format!("{name}: {why}")))?;
    let reader = if name == "-" { Reader::Plain } else { reader_of(config, name, &text).unwrap_or(Reader::Plain) };
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
