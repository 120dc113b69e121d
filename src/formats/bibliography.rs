//! Source lists in files of their own: BibTeX, CSL in JSON or YAML, Hayagriva. One bad entry costs one entry.

mod bibtex;
mod csl;
mod hayagriva;
mod names;
pub mod section;
mod tex;
pub mod tree;

use crate::model::{Block, BlockKind, Entry, Field, Include, Manuscript, Unreadable, Year};
use crate::text::Span;
use tree::Node;

/// Reads the entries of a file; its name says which kind it is.
pub fn read(m: &mut Manuscript) {
    let text = std::mem::take(&mut m.text);
    m.blocks.push(Block { kind: BlockKind::Code, span: Span::new(0, text.len()) });
    let (entries, unreadable) = match extension(&m.path).as_str() {
        "json" => tree_file(&tree::whole_escapes(&text)),
        "yml" | "yaml" => tree_file(&text),
        _ => bibtex::read(&text),
    };
    (m.entries, m.unreadable, m.text) = (entries, unreadable, text);
}

/// Whether a file of this name, called a bibliography, can be read as one.
pub fn is_readable(path: &str) -> bool {
    matches!(extension(path).as_str(), "bib" | "bibtex" | "json" | "yml" | "yaml")
}

fn extension(path: &str) -> String {
    path.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase())
}

fn tree_file(text: &str) -> (Vec<Entry>, Vec<Unreadable>) {
    let (node, error) = tree::read(text, 0);
    let mut unreadable: Vec<Unreadable> = Vec::new();
    unreadable.extend(error.map(|(span, why)| Unreadable { span, why, key: None }));
    let Some(node) = node else { return (Vec::new(), unreadable) };
    let entries = match node.get("references").or_else(|| node.get("items")) {
        Some(list) => csl::entries(list, &mut unreadable),
        None if matches!(node, Node::List(_)) => csl::entries(&node, &mut unreadable),
        None => hayagriva::entries(&node, &mut unreadable),
    };
    (entries, unreadable)
}

/// What the settings of a document say of its sources: `bibliography:`, `references:`, `nocite:`. `from` is where `yaml` begins.
pub fn metadata(m: &mut Manuscript, yaml: &str, from: u32) {
    if !["bibliography", "references", "nocite"].iter().any(|key| yaml.contains(key)) {
        return;
    }
    let (Some(node), _) = tree::read(yaml, from) else { return };
    m.bibliographies = includes(&node);
    if let Some(list) = node.get("references") {
        m.entries = csl::entries(list, &mut m.unreadable);
    }
    for text in node.get("nocite").into_iter().flat_map(Node::items).filter_map(Node::text) {
        let keys = text.text.split('@').skip(1);
        let end = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ']' | '}');
        let keys = keys.filter_map(|key| key.trim_start_matches('{').split(end).next());
        m.nocite.extend(keys.filter(|key| !key.is_empty()).map(str::to_owned));
    }
}

/// The front matter of a document names one or holds the entries itself.
pub fn is_named(text: &str) -> bool {
    let yaml = front_matter(text).map_or("", |(yaml, _)| yaml);
    yaml.lines().any(|line| line.starts_with("bibliography:") || line.starts_with("references:"))
}

/// The bibliographies that settings in YAML name; `from` is where they begin.
pub fn named(yaml: &str, from: u32) -> Vec<Include> {
    let node = yaml.contains("bibliography").then(|| tree::read(yaml, from).0).flatten();
    node.map_or(Vec::new(), |node| includes(&node))
}

fn includes(settings: &Node) -> Vec<Include> {
    let files = settings.get("bibliography").into_iter().flat_map(Node::items).filter_map(Node::text);
    files.map(|file| Include { span: file.span, target: file.text.trim().to_owned() }).collect()
}

/// The YAML between the `---` at the beginning of a document and the next one, and where it begins.
pub fn front_matter(text: &str) -> Option<(&str, u32)> {
    let rest = text.strip_prefix("---")?;
    let from = 3 + rest.find('\n').filter(|n| rest[..*n].trim().is_empty())? + 1;
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[from..at], from as u32));
        }
        at += line.len();
    }
    None
}

/// The files that a bibliography, named in a file, may be: beside that file, else from where the user stands.
pub fn places(file: &str, target: &str) -> Vec<String> {
    let folder = file.rsplit_once(['/', '\\']).map_or("", |(folder, _)| folder);
    let beside = if folder.is_empty() || target.starts_with('/') { String::new() } else { format!("{folder}/") };
    let mut found = Vec::new();
    for name in [joined(&beside, target), joined("", target)] {
        let bare = !is_readable(&name);
        for name in [Some(name.clone()), bare.then(|| format!("{name}.bib"))].into_iter().flatten() {
            if !found.contains(&name) {
                found.push(name);
            }
        }
    }
    found
}

/// `chapters/../refs.bib` is `refs.bib`.
fn joined(folder: &str, target: &str) -> String {
    let whole = format!("{folder}{target}");
    let mut parts: Vec<&str> = Vec::new();
    for (i, part) in whole.split('/').enumerate() {
        match part {
            "." => {}
            "" if i > 0 => {}
            ".." if parts.last().is_some_and(|p| !matches!(*p, ".." | "")) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The first number of four digits that may be a year, with the letter behind it.
fn year(field: &Field) -> Option<Year> {
    years(field).next()
}

fn years(field: &Field) -> impl Iterator<Item = Year> {
    let digits = |w: &str| w.bytes().take_while(u8::is_ascii_digit).count();
    let parts = field.text.split(|c: char| !c.is_alphanumeric());
    parts.filter(move |w| digits(w) == 4 && w.len() <= 5).filter_map(|w| {
        let number = w[..4].parse().ok().filter(|n| (1000..2200).contains(n))?;
        let letter = w[4..].chars().next().filter(|c| c.is_ascii_lowercase());
        (w.len() == 4 || letter.is_some()).then_some(Year { number, letter, span: field.span })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_stand_beside_the_one_that_names_them() {
        assert_eq!(places("book/one.md", "../refs.bib"), ["refs.bib", "../refs.bib"]);
        assert_eq!(places("one.tex", "refs"), ["refs", "refs.bib"]);
        assert_eq!(places("/a/one.md", "./x/refs.json"), ["/a/x/refs.json", "x/refs.json"]);
        assert_eq!(places("one.md", "/b/refs.yml"), ["/b/refs.yml"]);
    }

    #[test]
    fn years_have_letters() {
        let field = |text: &str| Field { text: text.to_owned(), span: Span::default() };
        assert_eq!(year(&field("1999b")).map(|y| (y.number, y.letter)), Some((1999, Some('b'))));
        assert_eq!(years(&field("1912/2001-04-01")).map(|y| y.number).collect::<Vec<_>>(), [1912, 2001]);
        assert_eq!(year(&field("forthcoming")), None);
    }
}
