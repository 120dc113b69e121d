//! Which files are one work, and in what order: decided here, for the command line and the editor alike.
//!
//! What says so, strongest first: `[files] chapters` of `ibid.toml`; `_quarto.yml`; mdBook's `SUMMARY.md`; files that
//! a manuscript reads in (`\\input`, `#include`, `#+INCLUDE:`, `.. include::`, `include::`). Where nothing says so, the files of a folder are one work as far as one of them has
//! the notes or the full citations of another ([`kin`]).

pub mod books;
pub mod disk;
pub mod kin;
pub mod lists;
pub mod settings;

use books::Book;
use disk::Disk;
use settings::{Settings, Trouble};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Files that are to be read together.
#[derive(Clone, Debug)]
pub struct Group {
    /// In reading order.
    pub members: Vec<Member>,
    pub settings: Arc<Settings>,
    pub bond: Bond,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub path: PathBuf,
    /// Somebody wants to know of it; the others are read for what they say of it.
    pub asked: bool,
}

/// What holds the files of a group together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Bond {
    /// This file lists them.
    Listed(PathBuf),
    /// They lie in one folder; only those that are kin are one work.
    Folder,
}

/// Finds settings and books, asking each file and folder once.
pub struct Finder<'a> {
    pub disk: &'a dyn Disk,
    pub settings: settings::Finder<'a>,
    /// By the file that lists the chapters; `None`: it lists none.
    books: HashMap<PathBuf, Option<Arc<Book>>>,
    pub troubles: Vec<Trouble>,
}

impl<'a> Finder<'a> {
    /// `fixed` is an `ibid.toml` that speaks for every file; `adjust` is applied to every configuration read.
    pub fn new(
        disk: &'a dyn Disk,
        fixed: Option<PathBuf>,
        adjust: impl Fn(&mut crate::config::Config) + 'a,
    ) -> Finder<'a> {
        let settings = settings::Finder::new(disk, fixed, Box::new(adjust));
        Finder { disk, settings, books: HashMap::new(), troubles: Vec::new() }
    }

    /// The settings that speak for a file; `None` when they are broken, which is then among the troubles.
    pub fn settings(&mut self, file: &Path) -> Option<Arc<Settings>> {
        self.settings.find(file, &mut self.troubles)
    }

    /// Whether the settings that speak for a file make it a manuscript, whatever its ending.
    pub fn gives_reader(&mut self, file: &Path) -> bool {
        let settings = self.settings(file);
        settings.is_some_and(|s| file.to_str().is_some_and(|name| s.config.reader(name).is_some()))
    }

    /// The book that `[files] chapters` lists.
    pub fn chapters(&mut self, settings: &Settings) -> Option<Arc<Book>> {
        let origin = settings.origin.as_ref().filter(|_| !settings.config.files.chapters.is_empty())?;
        if let Some(known) = self.books.get(&origin.path) {
            return known.clone();
        }
        let book = Some(Arc::new(books::of_settings(settings, self.disk, &mut self.troubles)));
        self.books.insert(origin.path.clone(), book.clone());
        book
    }

    /// The book a file is a chapter of.
    pub fn book(&mut self, file: &Path, settings: &Settings) -> Option<Arc<Book>> {
        let book = self.chapters(settings).filter(|b| b.holds(file));
        if book.is_some() {
            return book;
        }
        for folder in file.ancestors().skip(1).take(books::DEEPEST) {
            for (name, read) in books::LISTS {
                let list = folder.join(name);
                let book = match self.books.get(&list) {
                    Some(known) => known.clone(),
                    None => {
                        let text = self.disk.read(&list).ok();
                        let book = text.and_then(|t| books::listed(&list, read(&t.text), self.disk)).map(Arc::new);
                        self.books.insert(list, book.clone());
                        book
                    }
                };
                if book.as_ref().is_some_and(|b| b.holds(file)) {
                    return book;
                }
            }
        }
        self.rooted(file)
    }

    /// The book whose root file reads a file in: of several roots the one that holds most.
    fn rooted(&mut self, file: &Path) -> Option<Arc<Book>> {
        let reader = books::can_include(file)?;
        let folders = file.ancestors().skip(1).take(books::ROOTS_ABOVE);
        let roots: Vec<PathBuf> =
            folders.flat_map(|f| self.disk.files(f)).filter(|f| books::can_include(f) == Some(reader)).collect();
        let mut best: Option<Arc<Book>> = None;
        for root in roots {
            let book = match self.books.get(&root) {
                Some(known) => known.clone(),
                None => {
                    let book = books::rooted(&root, self.disk).map(Arc::new);
                    self.books.insert(root, book.clone());
                    book
                }
            };
            let size = |book: &Option<Arc<Book>>| book.as_ref().map_or(0, |b| b.chapters.len());
            if book.as_ref().is_some_and(|b| b.holds(file)) && size(&book) > size(&best) {
                best = book;
            }
        }
        best
    }
}

/// Files put together that may be one work; those whose settings are broken are left out.
pub fn group(files: &[PathBuf], finder: &mut Finder) -> Vec<Group> {
    let asked: HashSet<&Path> = files.iter().map(PathBuf::as_path).collect();
    let mut groups: Vec<Group> = Vec::new();
    let mut at: HashMap<PathBuf, usize> = HashMap::new();
    for file in files {
        let Some(settings) = finder.settings(file) else { continue };
        let member = Member { path: file.clone(), asked: true };
        match finder.book(file, &settings) {
            Some(book) if at.contains_key(&book.origin) => {}
            Some(book) => {
                let member = |path: &PathBuf| Member { path: path.clone(), asked: asked.contains(path.as_path()) };
                let members = book.chapters.iter().map(member).collect();
                at.insert(book.origin.clone(), groups.len());
                groups.push(Group { members, settings, bond: Bond::Listed(book.origin.clone()) });
            }
            None => {
                let folder = file.parent().unwrap_or(Path::new("")).to_owned();
                match at.get(&folder) {
                    Some(group) => groups[*group].members.push(member),
                    None => {
                        at.insert(folder, groups.len());
                        groups.push(Group { members: vec![member], settings, bond: Bond::Folder });
                    }
                }
            }
        }
    }
    groups
}

/// The order of a table of contents: numbers by their value, `chapter9.md` before `chapter10.md`.
pub fn natural(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (a_digits, b_digits) = (digits(a_rest), digits(b_rest));
        if !a_digits.is_empty() && !b_digits.is_empty() {
            let value = |d: &str| d.trim_start_matches('0').to_owned();
            let (x, y) = (value(a_digits), value(b_digits));
            let order = x.len().cmp(&y.len()).then(x.cmp(&y));
            if order.is_ne() {
                return order;
            }
            (a_rest, b_rest) = (&a_rest[a_digits.len()..], &b_rest[b_digits.len()..]);
            continue;
        }
        match (a_rest.chars().next(), b_rest.chars().next()) {
            (Some(x), Some(y)) if x == y => {
                (a_rest, b_rest) = (&a_rest[x.len_utf8()..], &b_rest[y.len_utf8()..]);
            }
            (None, None) => return a.cmp(b),
            (x, y) => return x.cmp(&y),
        }
    }
}

fn digits(text: &str) -> &str {
    &text[..text.bytes().take_while(u8::is_ascii_digit).count()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted() {
        let mut names = ["c10.md", "c9.md", "c09b.md", "c1.md", "intro.md", "b.md", "c.md", ""];
        names.sort_by(|a, b| natural(a, b));
        assert_eq!(names, ["", "b.md", "c.md", "c1.md", "c9.md", "c09b.md", "c10.md", "intro.md"]);
    }
}
