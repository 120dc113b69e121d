//! `ibid citations` and `ibid sources`: what was understood, judged by nobody.

use super::args::{Facts, FactsFormat, Input, Sources, SourcesFormat};
use super::{Trouble, project, put};
use crate::analysis::Analysis;
use crate::report::{export, facts, json};
use std::process::ExitCode;

type Writer = fn(&[Analysis]) -> String;

/// Writes the facts of every project with one of two writers.
pub fn run(args: &Facts, text: Writer, json: Writer) -> ExitCode {
    let writer = match args.output_format {
        FactsFormat::Text => text,
        FactsFormat::Json => json,
    };
    write(&args.input, writer)
}

pub fn sources(args: &Sources) -> ExitCode {
    let writer = match args.output_format {
        SourcesFormat::Text => facts::sources,
        SourcesFormat::Json => json::sources,
        SourcesFormat::Bibtex => export::bibtex,
        SourcesFormat::CslJson => export::csl,
    };
    write(&args.input, writer)
}

fn write(input: &Input, writer: Writer) -> ExitCode {
    let mut troubles = Vec::new();
    let groups = project::gather(input, |_| {}, &mut troubles);
    let all = project::each(&groups, None, &mut troubles, |project| project.analysis());
    put(&mut std::io::stdout().lock(), &writer(&all));
    Trouble::say(&troubles);
    ExitCode::from(if troubles.is_empty() { 0 } else { 2 })
}
