//! `ibid check --watch`: checks again whenever a manuscript or an `ibid.toml` changes.

use super::{Trouble, args, check};
use crate::config::FILE_NAME;
use crate::formats::reader_for;
use notify::{Event, EventKind, RecursiveMode, Watcher};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

/// An editor that saves makes several changes: so long after the last one the file is whole.
const SETTLED: Duration = Duration::from_millis(60);

/// Until it is interrupted, or the folders cannot be watched.
pub fn run(args: &args::Check) -> ExitCode {
    let (told, changes) = mpsc::channel();
    let watching = notify::recommended_watcher(move |event| {
        let _ = told.send(event);
    });
    let trouble = |error: &notify::Error| {
        Trouble::say(&[Trouble(format!("cannot watch: {error}"))]);
        ExitCode::from(2)
    };
    let mut watcher = match watching {
        Ok(watcher) => watcher,
        Err(error) => return trouble(&error),
    };
    for (folder, mode) in folders(&args.input.paths) {
        if let Err(error) = watcher.watch(&folder, mode) {
            return trouble(&error);
        }
    }
    loop {
        if std::io::stdout().is_terminal() {
            super::put(&mut std::io::stdout().lock(), "\x1b[2J\x1b[H");
        }
        check::once(args);
        let _ = writeln!(std::io::stderr().lock(), "ibid: watching for changes");
        loop {
            match changes.recv() {
                Ok(Ok(event)) if matters(&event) => break,
                Ok(_) => {}
                Err(_) => return ExitCode::from(2),
            }
        }
        while changes.recv_timeout(SETTLED).is_ok() {}
    }
}

/// Named folders with all below them; of a named file its folder, since editors put a new file in its place.
fn folders(paths: &[PathBuf]) -> Vec<(PathBuf, RecursiveMode)> {
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let folder = |path: &PathBuf| match path.is_dir() {
        true => (path.clone(), RecursiveMode::Recursive),
        false => {
            let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            (parent.to_owned(), RecursiveMode::NonRecursive)
        }
    };
    paths.iter().map(folder).collect()
}

fn matters(event: &Event) -> bool {
    let known = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        let settings = path.file_name().is_some_and(|n| n == FILE_NAME);
        !hidden && (settings || path.to_str().is_some_and(|p| reader_for(p, "").is_some()))
    };
    !matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(known)
}
