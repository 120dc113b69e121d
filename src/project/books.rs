//! What lists the chapters of a book: `ibid.toml`, `_quarto.yml`, `SUMMARY.md`, a manuscript that reads others in.

use super::disk::{Disk, tidy};
use super::settings::{At, Settings, Trouble};
use crate::config::FILE_NAME;
use crate::formats::{self, reader_for, reader_of};
use crate::model::Reader;
use saphyr_parser::{Event, Parser};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// How many folders above a chapter its book may be described.
pub const DEEPEST: usize = 6;

/// How many folders, its own included, are searched for a file that reads a chapter in.
pub const ROOTS_ABOVE: usize = 3;

/// The chapters of one book, by their full paths.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Book {
    /// The file that lists them.
    pub origin: PathBuf,
    /// In reading order; all of them exist.
    pub chapters: Vec<PathBuf>,
    /// Files of bibliography entries that the list names, whether they exist or not.
    pub bibliography: Vec<PathBuf>,
}

impl Book {
    pub fn holds(&self, file: &Path) -> bool {
        self.chapters.iter().any(|c| c == file)
    }
}

/// What a list names, as typed: paths from the folder it lies in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Listed {
    pub chapters: Vec<String>,
    pub bibliography: Vec<String>,
}

/// Reads a list.
pub type Read = fn(&str) -> Listed;

/// Lists by the name of their file, the stronger first.
pub const LISTS: &[(&str, Read)] = &[("_quarto.yml", quarto), ("_quarto.yaml", quarto), ("SUMMARY.md", summary)];

/// The book that `[files] chapters` of an `ibid.toml` lists. A chapter that is not there is a trouble.
pub fn of_settings(settings: &Settings, disk: &dyn Disk, troubles: &mut Vec<Trouble>) -> Book {
    let Some(origin) = &settings.origin else {
        return Book { origin: PathBuf::new(), chapters: Vec::new(), bibliography: Vec::new() };
    };
    let folder = origin.path.parent().unwrap_or(Path::new(""));
    let files = &settings.config.files;
    let mut chapters = Vec::new();
    for chapter in &files.chapters {
        let path = tidy(&folder.join(&chapter.name));
        let why = match disk.is_file(&path) {
            false => "no such file",
            true if path.to_str().is_some_and(|p| reader_of(&settings.config, p, "").is_none()) => {
                "no reader for files of this ending"
            }
            true if chapters.contains(&path) => "listed twice",
            true => {
                chapters.push(path);
                continue;
            }
        };
        let at = Some(At::new(&origin.text, chapter.span));
        let message = format!("the chapter \"{}\": {why}", chapter.name);
        troubles.push(Trouble { path: origin.path.clone(), at, message });
    }
    let bibliography = files.bibliography.iter().map(|b| tidy(&folder.join(&b.name))).collect();
    Book { origin: origin.path.clone(), chapters, bibliography }
}

/// The book a list describes; nothing if it names no manuscript that exists.
pub fn listed(list: &Path, listed: Listed, disk: &dyn Disk) -> Option<Book> {
    let folder = list.parent().unwrap_or(Path::new(""));
    let mut seen = HashSet::new();
    let path = |name: &String| tidy(&folder.join(name));
    let known = |p: &PathBuf| disk.is_file(p) && p.to_str().is_some_and(|p| reader_for(p, "").is_some());
    let chapters: Vec<PathBuf> =
        listed.chapters.iter().map(path).filter(|p| seen.insert(p.clone()) && known(p)).collect();
    let bibliography = listed.bibliography.iter().map(path).collect();
    (!chapters.is_empty()).then(|| Book { origin: list.to_owned(), chapters, bibliography })
}

/// The reader of a file that can read others in.
pub fn can_include(file: &Path) -> Option<Reader> {
    let reader = file.to_str().and_then(|name| reader_for(name, ""))?;
    let includes = matches!(reader, Reader::Latex | Reader::Typst | Reader::Org | Reader::Rst | Reader::AsciiDoc);
    includes.then_some(reader)
}

/// Words that every format has in whatever reads another file in: a file without one of them is not read as a root.
const READING_IN: [&str; 6] = ["include", "input", "import", "subfile", "component", "toctree"];

/// The book of a root file: itself and all it reads in, in the order of reading; nothing if it reads nothing in.
pub fn rooted(root: &Path, disk: &dyn Disk) -> Option<Book> {
    let folder = root.parent().unwrap_or(Path::new(""));
    let mut book = Book { origin: root.to_owned(), chapters: Vec::new(), bibliography: Vec::new() };
    include(root, &Bounds { root: folder, project: project_of(folder, disk), disk }, &mut book);
    (book.chapters.len() > 1).then_some(book)
}

/// Where the files of a book are looked for.
struct Bounds<'a> {
    /// The folder of the root file.
    root: &'a Path,
    /// Nothing outside it is read.
    project: &'a Path,
    disk: &'a dyn Disk,
}

/// The folder that is one project with this one: the nearest with an `ibid.toml` or of a repository, else itself.
fn project_of<'a>(folder: &'a Path, disk: &dyn Disk) -> &'a Path {
    let marked = |f: &&Path| [FILE_NAME, ".git/HEAD", "conf.py"].iter().any(|name| disk.is_file(&f.join(name)));
    folder.ancestors().take(DEEPEST).find(marked).unwrap_or(folder)
}

fn may_read_in(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    READING_IN.iter().any(|word| text.contains(word))
}

fn include(file: &Path, bounds: &Bounds, book: &mut Book) {
    if book.holds(file) {
        return;
    }
    let Some(name) = file.to_str() else { return };
    let Ok(text) = bounds.disk.read(file) else { return };
    let Some(reader) = reader_for(name, &text.text) else { return };
    if book.chapters.is_empty() && !may_read_in(&text.text) {
        return;
    }
    book.chapters.push(file.to_owned());
    let manuscript = formats::read(name, &text.text, reader);
    for target in &manuscript.includes {
        if let Some(next) = bounds.find(&target.target, file, reader) {
            include(&next, bounds, book);
        }
    }
    book.bibliography.extend(manuscript.bibliographies.iter().map(|b| tidy(&bounds.root.join(&b.target))));
}

impl Bounds<'_> {
    /// The file of this reader that `file` names so.
    fn find(&self, target: &str, file: &Path, reader: Reader) -> Option<PathBuf> {
        let own = file.parent().unwrap_or(self.root);
        // LaTeX counts from the folder of the root, the others from that of the file
        let folders = if reader == Reader::Latex { [self.root, own] } else { [own, self.root] };
        // a slash before it: from the folder of the whole
        let target = if reader == Reader::Rst { target.trim_start_matches('/') } else { target };
        let ending = file.extension().unwrap_or_default().to_string_lossy();
        let names = [target.to_owned(), format!("{target}.{ending}")];
        let mut all = folders.iter().flat_map(|f| names.iter().map(|n| tidy(&f.join(n))));
        let fits = |p: &PathBuf| p.starts_with(self.project) && can_include(p) == Some(reader) && self.disk.is_file(p);
        all.find(fits)
    }
}

/// Quarto's chapters, parts and appendices in their order. What cannot be read ends the list.
pub fn quarto(text: &str) -> Listed {
    let mut listed = Listed::default();
    for (path, value) in scalars(text) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        match path[..] {
            ["book", "chapters" | "appendices", ..] if reader_for(&value, "").is_some() => listed.chapters.push(value),
            ["bibliography", ..] | ["book", "bibliography", ..] => listed.bibliography.push(value),
            _ => {}
        }
    }
    listed
}

/// Every scalar of a YAML text with the keys that lead to it.
fn scalars(text: &str) -> Vec<(Vec<String>, String)> {
    /// A mapping with the key its next value belongs to, or a sequence.
    enum Open {
        Mapping(Option<String>),
        Sequence,
    }
    let mut open: Vec<Open> = Vec::new();
    let mut found = Vec::new();
    let value_done = |open: &mut Vec<Open>| {
        if let Some(Open::Mapping(key)) = open.last_mut() {
            *key = None;
        }
    };
    for event in Parser::new_from_str(text) {
        let Ok((event, _)) = event else { break };
        match event {
            Event::Scalar(value, ..) => match open.last_mut() {
                Some(Open::Mapping(key @ None)) => *key = Some(value.into_owned()),
                _ => {
                    let key = |o: &Open| if let Open::Mapping(key) = o { key.clone() } else { None };
                    found.push((open.iter().filter_map(key).collect(), value.into_owned()));
                    value_done(&mut open);
                }
            },
            Event::MappingStart(..) => open.push(Open::Mapping(None)),
            Event::SequenceStart(..) => open.push(Open::Sequence),
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                value_done(&mut open);
            }
            Event::Alias(_) => value_done(&mut open),
            _ => {}
        }
    }
    found
}

/// The links of an mdBook's table of contents.
pub fn summary(text: &str) -> Listed {
    let mut chapters = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        rest = &rest[at + 2..];
        let Some(end) = rest.find(')') else { break };
        let target = rest[..end].trim().trim_start_matches('<').trim_end_matches('>');
        let target = target.split('#').next().unwrap_or_default().replace("%20", " ");
        if !target.contains("://") && reader_for(&target, "").is_some() {
            chapters.push(target);
        }
        rest = &rest[end..];
    }
    Listed { chapters, bibliography: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarto_books_have_parts_and_appendices() {
        let text = "project:\n  type: book\nbook:\n  title: Salt\n  chapters:\n    - index.qmd\n    - part: \"The coast\"\n      \
            chapters:\n        - one.qmd\n        - {file: two.qmd, text: Two}\n  appendices: [tables.qmd, cover.png]\n\
            bibliography: salt.bib\nformat: {html: {theme: x.md}}\n";
        let listed = quarto(text);
        assert_eq!(listed.chapters, ["index.qmd", "one.qmd", "two.qmd", "tables.qmd"]);
        assert_eq!(listed.bibliography, ["salt.bib"]);
        assert_eq!(quarto("book: [chapters"), Listed::default());
    }

    #[test]
    fn summaries_link_chapters() {
        let text = "# Summary\n\n[Preface](preface.md)\n\n- [One](one/index.md)\n  - [Draft]()\n  - [Two](<one/a b.md#x>)\n\
            - [Site](https://example.org/x.md)\n- [Cut](";
        assert_eq!(summary(text).chapters, ["preface.md", "one/index.md", "one/a b.md"]);
    }
}
