//! The works that the command line names, read and worked through, several at once.

use super::input::{self, Input, Loaded};
use super::{Trouble, args};
use crate::analysis::{Analysis, File};
use crate::config::Config;
use crate::project::disk::{Machine, tidy};
use crate::project::settings::Settings;
use crate::project::{self, Bond, Finder, kin, lists};
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files that may be one work, before they are read.
pub struct Group {
    inputs: Vec<Input>,
    settings: Arc<Settings>,
    bond: Bond,
}

/// How many files they are.
pub fn files(groups: &[Group]) -> usize {
    groups.iter().map(|g| g.inputs.len()).sum()
}

/// One work, read.
pub struct Project {
    pub files: Vec<Loaded>,
    pub read: Vec<Arc<File>>,
    pub settings: Arc<Settings>,
    bond: Bond,
}

impl Project {
    /// The facts of the files as they were read.
    pub fn analysis(&self) -> Analysis {
        analysis(&self.files, self.read.clone(), &self.settings.config)
    }

    /// Which files it is, and why; nothing of a single file.
    pub fn described(&self) -> Option<String> {
        let manuscripts = self.files.iter().filter(|f| f.reader.is_manuscript());
        let names: Vec<&str> = manuscripts.map(|f| f.input.name.as_str()).collect();
        let why = match &self.bond {
            Bond::Listed(list) => format!("as {} lists them", input::shown(list)),
            Bond::Folder => "one has the notes or the full citations of another".to_owned(),
        };
        (names.len() > 1).then(|| format!("one work, {why}: {}", names.join(", ")))
    }
}

/// The works that the command line names.
pub fn gather(args: &args::Input, adjust: impl Fn(&mut Config), troubles: &mut Vec<Trouble>) -> Vec<Group> {
    let full = |path: &Path| std::path::absolute(path).map_or_else(|_| path.to_owned(), |path| tidy(&path));
    let adjust = |config: &mut Config| {
        config.profile = args.profile.unwrap_or(config.profile);
        if let Some((folder, here)) = &mut config.folders {
            *folder = full(folder);
            *here = full(Path::new("."));
        }
        adjust(config);
    };
    let mut finder = Finder::new(&Machine, args.config.clone(), adjust);
    let inputs = input::gather(args, &mut finder, troubles);
    let paths: Vec<PathBuf> = inputs.iter().filter(|i| !i.stdin).map(|i| full(&i.path)).collect();
    let mut groups = Vec::new();
    if let Some(input) = inputs.iter().find(|i| i.stdin)
        && let Some(settings) = finder.settings(&full(&input.path))
    {
        groups.push(Group { inputs: vec![input.clone()], settings, bond: Bond::Folder });
    }
    let named: HashMap<PathBuf, Input> = paths.iter().cloned().zip(inputs.into_iter().filter(|i| !i.stdin)).collect();
    for group in project::group(&paths, &mut finder) {
        let input = |member: project::Member| match named.get(&member.path) {
            Some(input) => input.clone(),
            None => Input { asked: false, ..Input::named(Path::new(&input::shown(&member.path))) },
        };
        let inputs = group.members.into_iter().map(input).collect();
        groups.push(Group { inputs, settings: group.settings, bond: group.bond });
    }
    troubles.extend(finder.troubles.iter().map(Trouble::of));
    groups
}

/// Reads each work and works it out, several at once; what cannot be read is left out and named.
pub fn each<T: Send>(
    groups: &[Group],
    jobs: Option<u16>,
    troubles: &mut Vec<Trouble>,
    work: impl Fn(Project) -> T + Sync,
) -> Vec<T> {
    let one = |group: &Group| {
        let (projects, failed) = read(group);
        (projects.into_iter().map(&work).collect::<Vec<T>>(), failed)
    };
    // a pool of threads costs more than one file does
    let all: Vec<_> = if files(groups) <= 1 {
        groups.iter().map(one).collect()
    } else {
        match rayon::ThreadPoolBuilder::new().num_threads(jobs.map_or(0, usize::from)).build() {
            Ok(pool) => pool.install(|| groups.par_iter().map(one).collect()),
            Err(_) => groups.iter().map(one).collect(),
        }
    };
    let mut done = Vec::new();
    for (results, mut failed) in all {
        troubles.append(&mut failed);
        done.extend(results);
    }
    done
}

/// The works of a group: one, unless its files only lie in one folder.
fn read(group: &Group) -> (Vec<Project>, Vec<Trouble>) {
    let load = |input: &Input| {
        let file = input::load(input, &group.settings.config)?;
        let read = Arc::new(File::read(file.manuscript(&file.text)));
        Ok((file, read))
    };
    let results: Vec<_> = match group.inputs.as_slice() {
        [single] => vec![load(single)],
        several => several.par_iter().map(load).collect(),
    };
    let (mut loaded, mut failed) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(file) => loaded.push(Some(file)),
            Err(trouble) => failed.push(trouble),
        }
    }
    let works = match group.bond {
        Bond::Listed(_) if !loaded.is_empty() => vec![(0..loaded.len()).collect()],
        _ => kin::split(&loaded.iter().flatten().map(|(_, read)| read.clone()).collect::<Vec<_>>()),
    };
    let project = |work: Vec<usize>| {
        let (files, read) = work.into_iter().filter_map(|i| loaded[i].take()).unzip();
        Project { files, read, settings: group.settings.clone(), bond: group.bond.clone() }
    };
    let mut projects: Vec<Project> = works.into_iter().map(project).collect();
    projects.iter_mut().for_each(|p| add_lists(p, &mut failed));
    (projects, failed)
}

/// Adds the source lists that a work names.
fn add_lists(project: &mut Project, failed: &mut Vec<Trouble>) {
    let manuscripts: Vec<_> = project.read.iter().map(|file| &file.manuscript).collect();
    let origin = project.settings.origin.as_ref().map(|origin| input::shown(&origin.path));
    let named = project.settings.config.files.bibliography.iter().map(|file| file.name.as_str()).collect();
    for list in lists::of(&manuscripts, origin.as_deref().map(|origin| (origin, named)), &Machine) {
        let input = Input::named(Path::new(&list.path));
        match list.text {
            Ok(text) => {
                let loaded = Loaded { input, text: text.text, encoding: text.encoding, reader: list.reader };
                project.read.push(Arc::new(File::read(loaded.manuscript(&loaded.text))));
                project.files.push(loaded);
            }
            Err(why) => failed.push(Trouble(format!("{}: {why}", list.path))),
        }
    }
}

/// Reads the files of a project, with these texts, and establishes its facts.
pub fn analyse(files: &[Loaded], texts: &[&str], config: &Config) -> Analysis {
    let read = |(file, text): (&Loaded, &&str)| Arc::new(File::read(file.manuscript(text)));
    let read = match files {
        [_] => files.iter().zip(texts).map(read).collect(),
        _ => files.par_iter().zip(texts).map(read).collect(),
    };
    analysis(files, read, config)
}

fn analysis(files: &[Loaded], read: Vec<Arc<File>>, config: &Config) -> Analysis {
    let mut analysis = Analysis::new(read, config.clone());
    analysis.asked = files.iter().map(|f| f.input.asked).collect();
    analysis
}
