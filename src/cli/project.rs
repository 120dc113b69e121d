//! Which files are read as one project, and how projects are worked through.

use super::input::{self, Input, Loaded};
use super::settings::Settings;
use super::{Trouble, args, settings};
use crate::analysis::{Analysis, File};
use crate::config::Config;
use rayon::prelude::*;
use std::sync::Arc;

/// Files whose notes and sources belong together.
pub struct Project {
    pub inputs: Vec<Input>,
    pub settings: Arc<Settings>,
}

/// The projects that the command line names: the manuscripts of one folder cite one another's sources.
pub fn gather(args: &args::Input, adjust: impl Fn(&mut Config), troubles: &mut Vec<Trouble>) -> Vec<Project> {
    let adjust = |config: &mut Config| {
        config.profile = args.profile.unwrap_or(config.profile);
        adjust(config);
    };
    let mut finder = settings::Finder::new(args.config.clone(), adjust);
    let inputs = input::gather(args, troubles);
    let mut projects: Vec<Project> = Vec::new();
    for input in inputs {
        let Some(settings) = finder.find(&input, troubles) else { continue };
        let sibling =
            |p: &&mut Project| !input.stdin && !p.inputs[0].stdin && p.inputs[0].path.parent() == input.path.parent();
        match projects.iter_mut().find(sibling) {
            Some(project) => project.inputs.push(input),
            None => projects.push(Project { inputs: vec![input], settings }),
        }
    }
    projects
}

/// Reads each project and works it out, several at once; what cannot be read is left out and named.
pub fn each<T: Send>(
    projects: &[Project],
    jobs: Option<u16>,
    troubles: &mut Vec<Trouble>,
    work: impl Fn(&Project, Vec<Loaded>) -> T + Sync,
) -> Vec<T> {
    let one = |project: &Project| {
        let read: Vec<_> = match project.inputs.as_slice() {
            [single] => vec![input::load(single)],
            several => several.par_iter().map(input::load).collect(),
        };
        let (mut loaded, mut failed) = (Vec::new(), Vec::new());
        for result in read {
            match result {
                Ok(file) => loaded.push(file),
                Err(trouble) => failed.push(trouble),
            }
        }
        ((!loaded.is_empty()).then(|| work(project, loaded)), failed)
    };
    let files: usize = projects.iter().map(|p| p.inputs.len()).sum();
    // a pool of threads costs more than one file does
    let all: Vec<_> = if files <= 1 {
        projects.iter().map(one).collect()
    } else {
        match rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build() {
            Ok(pool) => pool.install(|| projects.par_iter().map(one).collect()),
            Err(_) => projects.iter().map(one).collect(),
        }
    };
    let mut done = Vec::new();
    for (result, mut failed) in all {
        troubles.append(&mut failed);
        done.extend(result);
    }
    done
}

/// Reads the files of a project, with these texts, and establishes its facts.
pub fn analyse(files: &[Loaded], texts: &[&str], config: &Config) -> Analysis {
    let read = |(file, text): (&Loaded, &&str)| Arc::new(File::read(file.manuscript(text)));
    let read = match files {
        [_] => files.iter().zip(texts).map(read).collect(),
        _ => files.par_iter().zip(texts).map(read).collect(),
    };
    Analysis::new(read, config.clone())
}
