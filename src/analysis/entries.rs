//! Works of source lists as citations: an entry is a full citation of the file it stands in.

use super::{Analysis, CiteId, FileId, Source};
use crate::citation::{Author, Certainty, Citation, Form, Kind, Title, title_words};
use crate::model::{Entry, Field, Manuscript, Person};
use crate::script::fold;
use rustc_hash::FxHashMap;

/// The entries of a file as citations, in bytes of the file. What points at one points at its key.
pub fn citations(manuscript: &Manuscript) -> Vec<Citation> {
    manuscript.entries.iter().map(citation).collect()
}

fn citation(entry: &Entry) -> Citation {
    let kind = kind(&entry.sort);
    let quoted = matches!(kind, Kind::Article | Kind::Chapter | Kind::Newspaper);
    Citation {
        span: entry.key.as_ref().map_or(entry.span, |key| key.span),
        signal: None,
        form: Form::Full,
        kind,
        certainty: Certainty::Sure,
        authors: entry.people.iter().filter_map(author).collect(),
        titles: entry.title.as_ref().map(|t| title(t, quoted)).into_iter().collect(),
        container: entry.container.as_ref().map(|t| title(t, false)),
        issue: None,
        year: entry.years.first().map(|y| y.number),
        volume: None,
        by_parts: false,
        locators: None,
        archive: None,
        pointer: None,
        alias: None,
        cue: None,
    }
}

/// Notes call an author by the last word of his name.
fn author(person: &Person) -> Option<Author> {
    let surname = person.family.split_whitespace().next_back()?;
    Some(Author { span: person.span, surname: fold(surname), given: person.given.clone() })
}

fn title(field: &Field, quoted: bool) -> Title {
    Title { span: field.span, words: title_words(&field.text), emphasised: !quoted, quoted }
}

fn kind(sort: &str) -> Kind {
    match sort.to_lowercase().as_str() {
        "article" | "article-journal" | "article-magazine" | "suppperiodical" | "review" | "review-book" => {
            Kind::Article
        }
        "article-newspaper" | "newspaper" => Kind::Newspaper,
        "incollection" | "inbook" | "inproceedings" | "conference" | "chapter" | "paper-conference" | "inreference"
        | "entry-encyclopedia" | "entry" | "anthos" => Kind::Chapter,
        "online" | "webpage" | "electronic" | "web" | "post" | "post-weblog" => Kind::Web,
        "jurisdiction" | "legal_case" | "case" => Kind::Case,
        "legislation" | "statute" => Kind::Statute,
        "book" | "mvbook" | "collection" | "mvcollection" | "proceedings" | "reference" | "thesis" | "phdthesis"
        | "mastersthesis" | "report" | "techreport" | "booklet" | "manual" | "anthology" => Kind::Book,
        _ => Kind::Unknown,
    }
}

impl Analysis {
    /// The entry of a source list that a citation is.
    pub fn entry(&self, id: CiteId) -> Option<&Entry> {
        let cited = &self.citations[id];
        let file = &self.files[cited.place.file];
        let ord = cited.ord.checked_sub(file.body.len() - file.manuscript.entries.len())?;
        file.manuscript.entries.get(ord).filter(|_| cited.note.is_none())
    }

    /// Citations of the manuscripts; entries of source lists stand behind them.
    pub fn cited(&self) -> std::ops::Range<CiteId> {
        0..self.listed
    }

    /// Entries of source lists, in the order of files and places.
    pub fn listed(&self) -> std::ops::Range<CiteId> {
        self.listed..self.citations.len()
    }

    /// Something of the manuscript cites it.
    pub fn is_cited(&self, source: &Source) -> bool {
        source.citations.iter().any(|id| *id < self.listed)
    }

    /// What an entry with a key says, in one line: `Reed, *The Lamp Keepers* (1931)`; any other citation as it is typed.
    pub fn entry_line(&self, id: CiteId) -> String {
        let Some(entry) = self.entry(id) else { return self.text(self.citations[id].place).to_owned() };
        if entry.key.is_none() {
            return self.text(self.citations[id].place).to_owned();
        }
        let people: Vec<&str> = entry.people.iter().map(|p| p.family.as_str()).collect();
        let title = entry.title.as_ref().map(|t| match self.citation(id).titles.first() {
            Some(read) if read.quoted => format!("“{}”", t.text),
            _ => format!("*{}*", t.text),
        });
        let container = entry.container.as_ref().map(|c| format!("*{}*", c.text));
        let names = match people.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            [one, two] => Some(format!("{one} and {two}")),
            [one, ..] => Some(format!("{one} et al.")),
        };
        let year = entry
            .years
            .first()
            .map_or(String::new(), |y| format!(" ({}{})", y.number, y.letter.map_or(String::new(), String::from)));
        [names, title, container].into_iter().flatten().collect::<Vec<_>>().join(", ") + &year
    }
}

/// Keys given to two entries: the later one, the first one.
pub fn duplicates(analysis: &Analysis) -> Vec<(CiteId, CiteId)> {
    let mut seen: FxHashMap<&str, CiteId> = FxHashMap::default();
    let mut found = Vec::new();
    for id in analysis.listed() {
        let Some((entry, key)) = analysis.entry(id).and_then(|e| Some((e, e.key.as_ref()?))) else { continue };
        let Some(first) = seen.get(key.text.as_str()).copied() else {
            seen.insert(&key.text, id);
            continue;
        };
        let here = analysis.citations[first].place.file == analysis.citations[id].place.file;
        // The same entry in two files of one project does no harm.
        let other = analysis.entry(first).is_none_or(|f| {
            let title = |e: &Entry| e.title.as_ref().map(|t| t.text.clone());
            let year = |e: &Entry| e.years.first().map(|y| y.number);
            title(f) != title(entry) || year(f) != year(entry)
        });
        if here || other {
            found.push((id, first));
        }
    }
    found
}

/// Entries of a list that nothing cites, where most entries are cited: the list was made for this manuscript.
pub fn unused(analysis: &Analysis, file: FileId) -> Vec<CiteId> {
    let all = analysis.files.iter().flat_map(|f| &f.manuscript.nocite).any(|key| key == "*");
    let nocited = |key: &str| analysis.files.iter().flat_map(|f| &f.manuscript.nocite).any(|k| k == key);
    let (mut used, mut unused) = (0, Vec::new());
    for id in analysis.listed().filter(|id| analysis.citations[*id].place.file == file) {
        let Some(key) = analysis.entry(id).and_then(|e| e.key.as_ref()) else { continue };
        let cited = analysis.source_of(id).is_some_and(|s| analysis.is_cited(&analysis.sources[s]));
        let double = analysis.source_of(id).is_some_and(|s| analysis.sources[s].entry != Some(id));
        if cited || nocited(&key.text) {
            used += 1;
        } else if !double {
            unused.push(id);
        }
    }
    if all || used < 3 || used < 2 * unused.len() {
        unused.clear();
    }
    unused
}
