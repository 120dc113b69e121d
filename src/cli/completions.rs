//! `ibid completions`, `ibid man`, `ibid schema`: what shells, readers of manuals and editors are given.

use super::args::{Cli, Completions, Man};
use super::{Trouble, put};
use crate::config;
use crate::rules;
use clap::CommandFactory;
use std::process::ExitCode;

pub fn completions(args: &Completions) -> ExitCode {
    let mut out = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "ibid", &mut out);
    put(&mut std::io::stdout().lock(), &String::from_utf8_lossy(&out));
    ExitCode::SUCCESS
}

/// `ibid.1`, or a page a command in a folder.
pub fn man(args: &Man) -> ExitCode {
    let Some(folder) = &args.folder else {
        let mut out = Vec::new();
        // writing into memory cannot fail
        let _ = clap_mangen::Man::new(Cli::command()).render(&mut out);
        put(&mut std::io::stdout().lock(), &String::from_utf8_lossy(&out));
        return ExitCode::SUCCESS;
    };
    match clap_mangen::generate_to(Cli::command(), folder) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            Trouble::say(&[Trouble::io(&folder.display().to_string(), &error)]);
            ExitCode::from(2)
        }
    }
}

pub fn schema() -> ExitCode {
    let about = |name: &'static str| rules::find(name).map_or_else(String::new, |r| r.summary());
    let known: Vec<_> = rules::names().into_iter().map(|name| (name, about(name))).collect();
    let text = serde_json::to_string_pretty(&config::schema(&known)).unwrap_or_default();
    put(&mut std::io::stdout().lock(), &(text + "\n"));
    ExitCode::SUCCESS
}
