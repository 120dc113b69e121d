//! What a project cites and how it spells its names, as lists an editor shows beside the text; and one chain, step by step.

use super::prose::{self, Prose};
use super::subject::{self, Subject};
use crate::analysis::{Analysis, CiteId, FileId, Place, Resolution, SourceId};

/// A line of a list, and where it leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// `n. 12`, or `text` for the body.
    pub label: String,
    /// The words that stand there, shortened.
    pub words: String,
    pub place: Place,
}

/// A source with all that cite it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Author and title.
    pub name: String,
    /// Nowhere cited in full.
    pub orphan: bool,
    /// In reading order, the full citation included.
    pub citations: Vec<Entry>,
}

/// A name that is spelt in several ways.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The form to write, where there is one.
    pub preferred: Option<String>,
    pub spellings: Vec<Spelling>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spelling {
    pub text: String,
    pub scheme: Option<String>,
    pub places: Vec<Place>,
}

/// How many letters of a citation or a source are shown.
const WIDTH: usize = 80;

/// Every source that the manuscript cites, in the order of its first citation.
pub fn sources(analysis: &Analysis) -> Vec<Source> {
    let cited = (0..analysis.sources.len()).filter(|s| !analysis.sources[*s].citations.is_empty());
    let mut all: Vec<SourceId> = cited.collect();
    all.sort_by_key(|s| analysis.sources[*s].citations.iter().min());
    all.into_iter().map(|s| source(analysis, s)).collect()
}

fn source(analysis: &Analysis, id: SourceId) -> Source {
    let source = &analysis.sources[id];
    let citations = source.citations.iter().map(|c| entry(analysis, *c)).collect();
    Source { name: prose::name_of(analysis, id, WIDTH), orphan: source.orphan, citations }
}

fn entry(analysis: &Analysis, id: CiteId) -> Entry {
    let mut words = Prose::default();
    prose::quote_citation(analysis, id, &mut words);
    let words = prose::cut(&words.plain(), WIDTH);
    Entry { label: prose::note_of(analysis, id), words, place: analysis.citations[id].place }
}

/// Every name with several spellings, misspelt ones included.
pub fn names(analysis: &Analysis) -> Vec<Name> {
    let names = &analysis.names;
    let spelt = names.variants.iter().chain(&names.drifts).map(|name| Name {
        preferred: name.preferred.map(|i| name.forms[i].text.clone()),
        spellings: name.forms.iter().map(|f| spelling(&f.text, f.scheme, &f.places)).collect(),
    });
    let slips = names.slips.iter().map(|slip| Name {
        preferred: (!slip.tie).then(|| slip.right.clone()),
        spellings: vec![spelling(&slip.right, None, &slip.models), spelling(&slip.wrong, None, &slip.places)],
    });
    spelt.chain(slips).collect()
}

fn spelling(text: &str, scheme: Option<&str>, places: &[Place]) -> Spelling {
    Spelling { text: text.to_owned(), scheme: scheme.map(str::to_owned), places: places.to_vec() }
}

/// The citation under the cursor and those through which it means its source, down to the full one. Empty where the cursor
/// stands on no citation, or on one whose meaning is not certain.
pub fn chain(analysis: &Analysis, file: FileId, byte: u32) -> Vec<Entry> {
    let Some((Subject::Citation(id) | Subject::Pointer(id, _), _)) = subject::at(analysis, file, byte) else {
        return Vec::new();
    };
    let Some(Resolution::Exact { source, via, .. }) = &analysis.citations[id].resolution else { return Vec::new() };
    let mut steps: Vec<CiteId> = std::iter::once(id).chain(via.iter().copied()).collect();
    steps.push(analysis.sources[*source].definition);
    steps.dedup();
    steps.into_iter().map(|step| entry(analysis, step)).collect()
}
