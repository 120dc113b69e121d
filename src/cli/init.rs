//! `ibid init`: an `ibid.toml` proposed from the manuscripts of a folder. What is there is never overwritten.

use super::args::{self, Init};
use super::{Trouble, input, project, put};
use crate::config::FILE_NAME;
use crate::report::starter::starter;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

pub fn run(args: &Init) -> ExitCode {
    let mut troubles = Vec::new();
    let folder = args.folder.strip_prefix("./").ok().filter(|f| !f.as_os_str().is_empty()).unwrap_or(&args.folder);
    let input = args::Input {
        paths: vec![folder.to_owned()],
        force_exclude: false,
        stdin_filename: None,
        profile: None,
        config: None,
    };
    let works = match folder.is_dir() {
        true => {
            let groups = project::gather(&input, |_| {}, &mut troubles);
            project::each(&groups, None, &mut troubles, |project| project.analysis())
        }
        false => {
            troubles.push(Trouble(format!("{}: no such folder", folder.display())));
            Vec::new()
        }
    };
    let name = folder.join(FILE_NAME);
    let shown = input::shown(name.strip_prefix("./").unwrap_or(&name));
    if works.is_empty() && troubles.is_empty() {
        troubles.push(Trouble(format!("{}: no manuscripts", folder.display())));
    }
    if !works.is_empty() {
        let text = starter(&works, &folder.to_string_lossy());
        if args.stdout {
            put(&mut std::io::stdout().lock(), &text);
        } else {
            let new = OpenOptions::new().write(true).create_new(true).open(&name);
            match new.and_then(|mut file| file.write_all(text.as_bytes())) {
                Ok(()) => put(&mut std::io::stdout().lock(), &format!("{shown} is written: read it over.\n")),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    troubles.push(Trouble(format!("{shown}: is there already; --stdout prints the proposal")));
                }
                Err(error) => troubles.push(Trouble::io(&shown, &error)),
            }
        }
    }
    Trouble::say(&troubles);
    ExitCode::from(if troubles.is_empty() { 0 } else { 2 })
}
