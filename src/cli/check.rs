//! `ibid check`.

use super::args::{self, Colour, Format};
use super::fix::{self, Mended};
use super::git::Revision;
use super::input::{self, Loaded};
use super::progress::Progress;
use super::project::{self, Project};
use super::{Trouble, put, watch};
use crate::analysis::Analysis;
use crate::config::{Config, Severity};
use crate::project::settings::Settings;
use crate::report::baseline::Baseline;
use crate::report::fingerprint::Key;
use crate::report::{self, Checked, Report, diff, github, gitlab, html, json, junit, queries, sarif, text};
use crate::rules::{self, RULES};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// One project read, judged and, where asked for, mended.
struct Done {
    files: Vec<Loaded>,
    settings: Arc<Settings>,
    described: Vec<String>,
    /// What was found in the older revision.
    was_there: Result<Baseline, Trouble>,
    checked: Checked,
    mended: Option<Mended>,
}

pub fn run(args: &args::Check) -> ExitCode {
    if args.watch { watch::run(args) } else { once(args) }
}

/// Checks and reports.
pub fn once(args: &args::Check) -> ExitCode {
    let mut troubles = Vec::new();
    if args.statistics && !matches!(args.output_format, Format::Full | Format::Json) {
        return status(false, args, &[Trouble("--statistics is written as full or json only".into())]);
    }
    let (since, baseline) = match prepared(args) {
        Ok(prepared) => prepared,
        Err(trouble) => return status(false, args, &[trouble]),
    };
    let groups = project::gather(&args.input, |config| adjust(config, args), &mut troubles);
    let mending = args.fix || args.diff;
    let progress = Progress::new(project::files(&groups), args.quiet || args.watch);
    let mut done = project::each(&groups, args.jobs, &mut troubles, |project| {
        let mut analysis = project.analysis();
        let was_there = match &since {
            None => Ok(Baseline::default()),
            Some(since) => compared(&mut analysis, &project, since),
        };
        let checked = Checked::new(analysis);
        progress.add(project.files.len());
        let fixable = checked.findings.iter().any(|f| f.fix.is_some());
        let described = described(&project, &checked.analysis);
        let Project { files, settings, .. } = project;
        let mended = (mending && fixable).then(|| fix::mend(&files, &settings.config, args.unsafe_fixes));
        Done { files, settings, described, was_there, checked, mended }
    });
    drop(progress);
    if args.verbose {
        let described = done.iter().flat_map(|d| d.described.iter().cloned());
        Trouble::say(&described.map(Trouble).collect::<Vec<_>>());
    }
    if args.diff {
        return show_diff(&done, args, &troubles);
    }
    let fixed = if args.fix { done.iter_mut().map(|d| settle(d, &mut troubles)).sum() } else { 0 };
    let from_stdin = args.fix && done.iter().any(|d| d.files.iter().any(|f| f.input.stdin));
    let mut was_there = Baseline::default();
    for old in done.iter_mut().map(|d| std::mem::replace(&mut d.was_there, Ok(Baseline::default()))) {
        match old {
            Ok(old) => was_there.join(old),
            Err(trouble) => troubles.push(trouble),
        }
    }
    // a file that could not be read says nothing of the tables
    let settings = if troubles.is_empty() { idle_tables(&args.input.paths, &done) } else { Vec::new() };
    let mut report = Report { projects: done.into_iter().map(|d| d.checked).collect(), settings };
    report.drop_hints();
    if let Some(file) = &args.write_baseline {
        return write_baseline(file, &report, args, troubles);
    }
    was_there.take_from(&mut report);
    let lapsed = baseline.map_or_else(Vec::new, |baseline| baseline.take_from(&mut report));
    let written = write_out(&report, args, fixed, from_stdin, !troubles.is_empty());
    // with --fix standard output is the manuscript
    if from_stdin {
        put(&mut std::io::stderr().lock(), &written);
    } else {
        put(&mut std::io::stdout().lock(), &written);
    }
    tell_lapsed(lapsed);
    let worst = report.findings().map(|(_, f)| f.severity).max();
    status(worst.is_some_and(|s| s >= args.fail_on), args, &troubles)
}

/// Entries of the baseline that may go.
fn tell_lapsed(lapsed: Vec<(Key, usize)>) {
    for (key, count) in lapsed {
        let quote = report::plain::short(&key.quote, 60);
        let times = if count > 1 { format!(", {count} times") } else { String::new() };
        let message =
            format!("{}: no longer found, though the baseline lists it: {} «{quote}»{times}", key.file, key.rule);
        put(&mut std::io::stderr().lock(), &format!("ibid: {}\n", report::plain::line(&message)));
    }
}

fn status(found: bool, args: &args::Check, troubles: &[Trouble]) -> ExitCode {
    Trouble::say(troubles);
    ExitCode::from(match (troubles.is_empty(), found && !args.exit_zero) {
        (false, _) => 2,
        (true, true) => 1,
        (true, false) => 0,
    })
}

/// What is needed before anything is read: the revision and the baseline.
fn prepared(args: &args::Check) -> Result<(Option<Revision>, Option<Baseline>), Trouble> {
    let since = args.since.as_deref().map(Revision::new).transpose()?;
    let Some(file) = &args.baseline else { return Ok((since, None)) };
    let name = file.display().to_string();
    let text = std::fs::read_to_string(file).map_err(|e| Trouble::io(&name, &e))?;
    let baseline = Baseline::read(&text).map_err(|why| Trouble(format!("{name}: {why}")))?;
    Ok((since, Some(baseline)))
}

fn write_baseline(file: &Path, report: &Report, args: &args::Check, mut troubles: Vec<Trouble>) -> ExitCode {
    let name = file.display().to_string();
    match fix::replace(file, Baseline::of(report).written().as_bytes()) {
        Ok(()) if !args.quiet => {
            let said = text::count(report.findings().count(), "finding");
            put(&mut std::io::stdout().lock(), &format!("{said} listed in {}.\n", report::plain::line(&name)));
        }
        Ok(()) => {}
        Err(error) => troubles.push(Trouble::io(&name, &error)),
    }
    status(false, args, &troubles)
}

/// Sets a work beside itself as it was in a revision (files that were not there yet left out), and what was found in it.
fn compared(analysis: &mut Analysis, project: &Project, since: &Revision) -> Result<Baseline, Trouble> {
    let mut files = Vec::new();
    for file in project.files.iter().filter(|f| !f.input.stdin) {
        if let Some(text) = since.text(&file.input.path)? {
            files.push(Loaded { text, ..file.clone() });
        }
    }
    let texts: Vec<&str> = files.iter().map(|f| f.text.as_str()).collect();
    let old = Checked::new(project::analyse(&files, &texts, &project.settings.config));
    let mut report = Report { projects: vec![old], settings: Vec::new() };
    report.drop_hints();
    let found = Baseline::of(&report);
    analysis.before = report.projects.pop().map(|old| Box::new(old.analysis));
    Ok(found)
}

/// `--verbose`: which files were read as one work, and the style that was inferred.
fn described(project: &Project, analysis: &Analysis) -> Vec<String> {
    let name = project.files.first().map_or("", |f| f.input.name.as_str());
    let profile = analysis.config.profile.name();
    let style = analysis.inferred.as_ref().map(|why| format!("{name}: profile {profile}: {why}"));
    project.described().into_iter().chain(style).collect()
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
        format => written(report, format, colour),
    }
}

/// A report in one of its formats.
pub fn written(report: &Report, format: Format, colour: bool) -> String {
    match format {
        Format::Full => text::full(report, colour) + &text::summary(report, 0),
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

pub fn colour(when: Colour, to_stderr: bool) -> bool {
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
