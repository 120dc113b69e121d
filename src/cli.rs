//! The command line: the only floor beside `lsp` that does I/O.

mod args;

use crate::analysis::{Analysis, File};
use crate::config::Config;
use crate::report::{self, Checked};
use args::{Cli, Command};
use clap::Parser;
use std::process::ExitCode;
use std::sync::Arc;

pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let (paths, check, citations) = match &cli.command {
        Command::Check(c) => (&c.paths, true, false),
        Command::Citations(c) => (&c.paths, false, true),
        Command::Sources(c) => (&c.paths, false, false),
    };
    let mut failed = false;
    let mut all = Vec::new();
    for path in paths {
        let name = path.display().to_string();
        let text = match std::fs::read(path) {
            Ok(b) => match crate::encoding::decode(b) {
                Ok((t, _)) => t,
                Err(at) => {
                    eprintln!("{name}: byte {at}: not UTF-8");
                    failed = true;
                    continue;
                }
            },
            Err(e) => {
                eprintln!("{name}: {e}");
                failed = true;
                continue;
            }
        };
        let Some(reader) = crate::formats::reader_for(&name, &text) else {
            eprintln!("{name}: no reader for this kind of file yet");
            failed = true;
            continue;
        };
        let file = File::read(crate::formats::read(&name, &text, reader));
        all.push(Analysis::new(vec![Arc::new(file)], Config::default()));
    }
    let mut found = false;
    if check {
        let checked: Vec<_> =
            all.into_iter().map(|analysis| Checked { findings: crate::rules::run(&analysis), analysis }).collect();
        found = checked.iter().any(|c| c.findings.iter().any(|f| f.severity >= crate::config::Severity::Warning));
        print!("{}", report::json::findings(&checked));
    } else if citations {
        print!("{}", report::json::citations(&all));
    } else {
        print!("{}", report::json::sources(&all));
    }
    ExitCode::from(if failed { 2 } else { u8::from(found) })
}
