//! `ibid check`.

use super::args::{self, Colour, Format};
use super::fix::{self, Mended};
use super::input::{self, Loaded};
use super::project::{self, Project};
use super::{Trouble, put};
use crate::config::{Config, Severity};
use crate::project::settings::Settings;
use crate::report::{Checked, Report, diff, github, gitlab, html, json, junit, queries, sarif, text};
use crate::rules::{self, RULES};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// One project read, judged and, where asked for, mended.
struct Done {
    files: Vec<Loaded>,
    settings: Arc<Settings>,
    described: Option<String>,
    checked: Checked,
    mended: Option<Mended>,
}

pub fn run(args: &args::Check) -> ExitCode {
    let mut troubles = Vec::new();
    if args.statistics && !matches!(args.output_format, Format::Full | Format::Json) {
        return status(false, args, &[Trouble("--statistics is written as full or json only".into())]);
    }
    let groups = project::gather(&args.input, |config| adjust(config, args), &mut troubles);
    let mending = args.fix || args.diff;
    let mut done = project::each(&groups, args.jobs, &mut troubles, |project| {
        let checked = Checked::new(project.analysis());
        let fixable = checked.findings.iter().any(|f| f.fix.is_some());
        let described = project.described();
        let Project { files, settings, .. } = project;
        let mended = (mending && fixable).then(|| fix::mend(&files, &settings.config, args.unsafe_fixes));
        Done { files, settings, described, checked, mended }
    });
    if args.verbose {
        let described = done.iter().filter_map(|d| d.described.clone());
        Trouble::say(&described.map(Trouble).collect::<Vec<_>>());
    }
    if args.diff {
        return show_diff(&done, args, &troubles);
    }
    let fixed = if args.fix { done.iter_mut().map(|d| settle(d, &mut troubles)).sum() } else { 0 };
    let from_stdin = args.fix && done.iter().any(|d| d.files.iter().any(|f| f.input.stdin));
    // a file that could not be read says nothing of the tables
    let settings = if troubles.is_empty() { idle_tables(&args.input.paths, &done) } else { Vec::new() };
    let mut report = Report { projects: done.into_iter().map(|d| d.checked).collect(), settings };
    report.drop_hints();
    let written = write_out(&report, args, fixed, from_stdin, !troubles.is_empty());
    // with --fix standard output is the manuscript
    if from_stdin {
        put(&mut std::io::stderr().lock(), &written);
    } else {
        put(&mut std::io::stdout().lock(), &written);
    }
    let worst = report.findings().map(|(_, f)| f.severity).max();
    status(worst.is_some_and(|s| s >= args.fail_on), args, &troubles)
}

fn status(found: bool, args: &args::Check, troubles: &[Trouble]) -> ExitCode {
    Trouble::say(troubles);
    ExitCode::from(match (troubles.is_empty(), found && !args.exit_zero) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    })
}

/// `--select` and `--ignore`: what they name is switched on or off, whatever profile and `ibid.toml` say.
fn adjust(config: &mut Config, args: &args::Check) {
    let named = |lists: &[args::RuleNames], rule| lists.iter().any(|l| l.contains(&rule));
    for rule in RULES {
        let level = config.severity(rule.name, rule.severity);
        if named(&args.ignore, rule.name) || (!args.select.is_empty() && !named(&args.select, rule.name)) {
            config.rules.insert(rule.name.into(), None);
        } else if !args.select.is_empty() && level.is_none_or(|l| l == Severity::Hint) {
            let own = rule.severity.filter(|s| *s > Severity::Hint).unwrap_or(Severity::Info);
            config.rules.insert(rule.name.into(), Some(own));
        }
    }
}

/// Writes what was mended; what could not be written stays as it was. How many findings are gone.
fn settle(done: &mut Done, troubles: &mut Vec<Trouble>) -> usize {
    let mended = done.mended.take();
    let before = troubles.len();
    let mut texts = Vec::new();
    for (i, file) in done.files.iter().enumerate() {
        let text = mended.as_ref().map_or(file.text.as_str(), |m| &m.texts[i]);
        let written = match file.input.stdin {
            true => {
                put(&mut std::io::stdout().lock(), text);
                Ok(())
            }
            false if text == file.text => Ok(()),
            false => fix::write(file, text),
        };
        texts.push(if written.is_ok() { text } else { &file.text });
        troubles.extend(written.err());
    }
    let failed = troubles.len() > before;
    let actual = failed.then(|| Checked::new(project::analyse(&done.files, &texts, &done.checked.analysis.config)));
    let all = done.checked.findings.len();
    match (actual, mended) {
        (Some(actual), _) => {
            done.checked = actual;
            all.saturating_sub(done.checked.findings.len())
        }
        (None, Some(mended)) => {
            done.checked = mended.checked;
            mended.fixed
        }
        (None, None) => 0,
    }
}

fn show_diff(done: &[Done], args: &args::Check, troubles: &[Trouble]) -> ExitCode {
    let mut out = String::new();
    for Done { files, mended, .. } in done {
        let texts = mended.iter().flat_map(|m| &m.texts);
        files.iter().zip(texts).for_each(|(f, text)| out += &diff::unified(&f.input.name, &f.text, text));
    }
    put(&mut std::io::stdout().lock(), &out);
    status(!out.is_empty(), args, troubles)
}

fn write_out(report: &Report, args: &args::Check, fixed: usize, to_stderr: bool, failed: bool) -> String {
    let colour = colour(args.color, to_stderr);
    if args.statistics {
        return if args.output_format == Format::Json { json::statistics(report) } else { text::statistics(report) };
    }
    let nothing_read = failed && report.projects.is_empty();
    match args.output_format {
        Format::Full if args.quiet || nothing_read => text::full(report, colour),
        Format::Full => text::full(report, colour) + &text::summary(report, fixed),
        Format::Concise => text::concise(report, colour),
        Format::Grouped => text::grouped(report, colour),
        Format::Json => json::findings(report),
        Format::Jsonl => json::finding_lines(report),
        Format::Sarif => sarif::sarif(report),
        Format::Github => github::annotations(report),
        Format::Gitlab => gitlab::code_quality(report),
        Format::Junit => junit::junit(report),
        Format::Html => html::html(report),
        Format::Csv => queries::csv(report),
        Format::QueriesMd => queries::markdown(report),
        Format::QueriesHtml => queries::html(report),
    }
}

fn colour(when: Colour, to_stderr: bool) -> bool {
    match when {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => {
            let choice = match to_stderr {
                true => anstream::AutoStream::choice(&std::io::stderr()),
                false => anstream::AutoStream::choice(&std::io::stdout()),
            };
            choice != anstream::ColorChoice::Never
        }
    }
}

/// `[[allow]]` tables that let nothing stand, of those `ibid.toml` whose whole folder was checked.
fn idle_tables(paths: &[PathBuf], done: &[Done]) -> Vec<Checked> {
    let mut used: HashMap<&Path, (usize, Vec<bool>)> = HashMap::new();
    for (i, Done { settings, checked, .. }) in done.iter().enumerate() {
        let Some(origin) = &settings.origin else { continue };
        let (_, tables) = used.entry(&origin.path).or_insert_with(|| (i, vec![false; checked.allowed.len()]));
        tables.iter_mut().zip(&checked.allowed).for_each(|(all, one)| *all |= one);
    }
    let here = [PathBuf::from(".")];
    let paths = if paths.is_empty() { &here[..] } else { paths };
    let walked: Vec<_> = paths.iter().filter(|p| p.is_dir()).filter_map(|p| std::path::absolute(p).ok()).collect();
    let mut found = Vec::new();
    for (first, tables) in used.into_values() {
        let settings = &done[first].settings;
        let Some(origin) = &settings.origin else { continue };
        if walked.iter().any(|folder| origin.path.parent().is_some_and(|p| p.starts_with(folder))) {
            let (analysis, findings) =
                rules::idle_tables(&settings.config, &input::shown(&origin.path), &origin.text, &tables);
            found.push((first, Checked { analysis, findings, allowed: Vec::new() }));
        }
    }
    found.sort_by_key(|(first, _)| *first);
    found.into_iter().map(|(_, checked)| checked).collect()
}
