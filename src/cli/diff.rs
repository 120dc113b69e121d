//! `ibid diff OLD NEW`: what the citations of the newer version stand for, held against the older one.

use super::input::{self, Loaded};
use super::{Trouble, args, check, put};
use crate::analysis::{Analysis, File};
use crate::config::Config;
use crate::formats;
use crate::report::{Checked, Report};
use crate::rules::RULES;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

pub fn run(args: &args::Diff) -> ExitCode {
    let mut config = Config { profile: args.profile.unwrap_or_default(), ..Config::default() };
    for rule in RULES.iter().filter(|r| r.name != "ibid-retargeted") {
        config.rules.insert(rule.name.into(), None);
    }
    let read = |path: &Path| {
        if path.is_dir() {
            let message = format!("{}: a folder; of folders under git, ibid check --since REV", path.display());
            return Err(Trouble(message));
        }
        input::load(&input::Input::named(path), &config)
    };
    let (old, new) = match (read(&args.old), read(&args.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            Trouble::say(&[old.err(), new.err()].into_iter().flatten().collect::<Vec<_>>());
            return ExitCode::from(2);
        }
    };
    // both go by the name of the newer one
    let analysis = |file: &Loaded| {
        let manuscript = formats::read(&new.input.name, &file.text, file.reader);
        Analysis::new(vec![Arc::new(File::read(manuscript))], config.clone())
    };
    let mut now = analysis(&new);
    now.before = Some(Box::new(analysis(&old)));
    let report = Report { projects: vec![Checked::new(now)], settings: Vec::new() };
    put(&mut std::io::stdout().lock(), &check::written(&report, args.output_format, check::colour(args.color, false)));
    ExitCode::from(u8::from(report.findings().next().is_some()))
}
