//! The source lists of a work: the bibliographies that its manuscripts, its `ibid.toml` and `_quarto.yml` name.

use super::disk::{Disk, Text};
use crate::formats::bibliography::{is_readable, named, places};
use crate::model::{Manuscript, Reader};
use std::path::Path;

/// A file that is read with the manuscripts.
pub struct List {
    /// As the manuscripts' own paths are named.
    pub path: String,
    pub reader: Reader,
    /// What is wrong with the file, in words, where it is not text.
    pub text: Result<Text, String>,
}

/// Lists that are there; one that is not is a matter for the rules. `settings` is the path of the `ibid.toml` and what it names.
pub fn of(manuscripts: &[&Manuscript], settings: Option<(&str, Vec<&str>)>, disk: &dyn Disk) -> Vec<List> {
    let mut lists: Vec<List> = quarto(manuscripts, disk).into_iter().collect();
    let mut wanted: Vec<(&str, String)> = Vec::new();
    for m in manuscripts {
        wanted.extend(m.bibliographies.iter().map(|include| (m.path.as_str(), include.target.clone())));
    }
    let project: Vec<(String, String)> = lists
        .iter()
        .filter_map(|l| Some((&l.path, l.text.as_ref().ok()?)))
        .flat_map(|(path, text)| named(&text.text, 0).into_iter().map(move |i| (path.clone(), i.target)))
        .collect();
    wanted.extend(project.iter().map(|(path, target)| (path.as_str(), target.clone())));
    if let Some((path, named)) = settings {
        wanted.extend(named.into_iter().map(|target| (path, target.to_owned())));
    }
    for (from, target) in wanted {
        let places = places(from, &target);
        let known = |p: &String| lists.iter().any(|l| l.path == *p) || manuscripts.iter().any(|m| m.path == *p);
        let there = |p: &&String| is_readable(p) && disk.is_file(Path::new(p));
        if let Some(path) = places.iter().find(there).filter(|_| !places.iter().any(known)) {
            let text = disk.read(Path::new(path));
            lists.push(List { path: path.clone(), reader: Reader::Bibliography, text });
        }
    }
    lists
}

/// The nearest `_quarto.yml` upward, if it names a bibliography.
fn quarto(manuscripts: &[&Manuscript], disk: &dyn Disk) -> Option<List> {
    let folder = Path::new(&manuscripts.first()?.path).parent()?;
    let found = folder.ancestors().map(|f| f.join("_quarto.yml")).find(|path| disk.is_file(path))?;
    let text = disk.read(&found).ok().filter(|text| !named(&text.text, 0).is_empty())?;
    Some(List { path: found.display().to_string(), reader: Reader::Project, text: Ok(text) })
}
