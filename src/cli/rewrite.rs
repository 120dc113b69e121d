//! `ibid renumber`, `ibid expand`, `ibid contract`: manuscripts rewritten, all of a file or nothing.

use super::args::{Renumber, Rewrite};
use super::input::Loaded;
use super::{Trouble, args, fix, project, put};
use crate::analysis::Analysis;
use crate::config::Severity;
use crate::report::{diff as changes, plain, text};
use crate::rules;
use crate::rules::rewrite::{self, Refusal};
use crate::text::{Edit, Span, apply};
use std::process::ExitCode;

/// The edits of one file, or why there are none.
type Edits = Result<Vec<Edit>, Vec<Refusal>>;

pub fn renumber(args: &Renumber) -> ExitCode {
    run(&args.input, args.diff, "renumbered", |analysis, file| rewrite::renumber(analysis, file, args.start))
}

pub fn expand(args: &Rewrite) -> ExitCode {
    run(&args.input, args.diff, "expanded", |analysis, file| Ok(rewrite::expand(analysis, file, |_| true)))
}

/// Where the style wants no Ibid., none is made.
pub fn contract(args: &Rewrite) -> ExitCode {
    run(&args.input, args.diff, "contracted", |analysis, file| {
        let unwanted = rules::find("ibid-discouraged")
            .and_then(|r| analysis.config.severity(r.name, r.severity))
            .is_some_and(|level| level >= Severity::Warning);
        if unwanted {
            let message = format!("{} prefers short forms to Ibid.", analysis.config.profile.name());
            let place = crate::analysis::Place { file, span: Span::default() };
            return Err(vec![Refusal { place, message }]);
        }
        Ok(rewrite::contract(analysis, file, |_| true))
    })
}

fn run(input: &args::Input, diff: bool, done: &str, edits: impl Fn(&Analysis, usize) -> Edits + Sync) -> ExitCode {
    let mut troubles = Vec::new();
    let groups = project::gather(input, |_| {}, &mut troubles);
    let works = project::each(&groups, None, &mut troubles, |project| {
        let analysis = project.analysis();
        let one = |(file, f): (usize, &Loaded)| if f.input.asked { edits(&analysis, file) } else { Ok(Vec::new()) };
        let all: Vec<Edits> = project.files.iter().enumerate().map(one).collect();
        (project.files, analysis, all)
    });
    let (mut out, mut said) = (String::new(), String::new());
    for (files, analysis, all) in &works {
        for (file, edits) in files.iter().zip(all) {
            let edits = match edits {
                Ok(edits) => edits,
                Err(refusals) => {
                    let place = |r: &Refusal| text::place(analysis, r.place);
                    troubles
                        .extend(refusals.iter().map(|r| Trouble(format!("{}: not {done}: {}", place(r), r.message))));
                    &Vec::new()
                }
            };
            let Some(new) = apply(&file.text, edits) else { continue };
            if diff {
                out += &changes::unified(&file.input.name, &file.text, &new);
            } else if file.input.stdin {
                out += &new;
            } else if !edits.is_empty() {
                match fix::write(file, &new) {
                    Ok(()) => {
                        said += &format!(
                            "{}: {} {done}\n",
                            plain::line(&file.input.name),
                            text::count(edits.len(), "place")
                        )
                    }
                    Err(trouble) => troubles.push(trouble),
                }
            }
        }
    }
    put(&mut std::io::stdout().lock(), &out);
    put(&mut std::io::stderr().lock(), &said);
    Trouble::say(&troubles);
    ExitCode::from(if !troubles.is_empty() { 2 } else { u8::from(diff && !out.is_empty()) })
}
