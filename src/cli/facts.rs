//! `ibid citations` and `ibid sources`: what was understood, judged by nobody.

use super::args::{Facts, FactsFormat};
use super::{Trouble, project, put};
use crate::analysis::Analysis;
use std::process::ExitCode;

/// Writes the facts of every project with one of two writers.
pub fn run(args: &Facts, text: fn(&[Analysis]) -> String, json: fn(&[Analysis]) -> String) -> ExitCode {
    let mut troubles = Vec::new();
    let groups = project::gather(&args.input, |_| {}, &mut troubles);
    let all = project::each(&groups, None, &mut troubles, |project| project.analysis());
    let written = match args.output_format {
        FactsFormat::Text => text(&all),
        FactsFormat::Json => json(&all),
    };
    put(&mut std::io::stdout().lock(), &written);
    Trouble::say(&troubles);
    ExitCode::from(if troubles.is_empty() { 0 } else { 2 })
}
