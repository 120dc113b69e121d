//! Which source the words of a short form name: surnames and title words compared, one misspelling forgiven.

use super::SourceId;
use crate::citation::{Citation, Kind};
use crate::model::Flow;
use crate::script::fold;
use rapidfuzz::distance::osa;
use rustc_hash::FxHashMap;

/// A folded word, with its letters as a set: most words differ there already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    letters: u64,
    first: u8,
    text: Box<str>,
}

impl Word {
    pub fn new(folded: &str) -> Word {
        // One slip puts in one letter at most and takes out one.
        let letters = folded.chars().fold(0, |set, c| set | 1 << (u32::from(c) % 64));
        Word { letters, first: folded.as_bytes().first().copied().unwrap_or_default(), text: folded.into() }
    }
}

impl std::ops::Deref for Word {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Folded words as they are compared.
pub fn words<S: AsRef<str>>(folded: &[S]) -> Vec<Word> {
    folded.iter().map(|w| Word::new(w.as_ref())).collect()
}

/// What a source is known by.
#[derive(Clone, Debug, Default)]
pub struct Signature {
    /// Folded surnames.
    pub authors: Vec<Word>,
    /// Folded capitalised words at the head of the citation: an author whom the grammar did not see is among them.
    pub lead: Vec<Word>,
    /// Folded words of the author's name as typed: what an alias may be taken for.
    pub name: Vec<Word>,
    /// Words of its titles; of several documents each its own.
    pub titles: Vec<Vec<Word>>,
    /// Words of the short forms set for it.
    pub aliases: Vec<Vec<Word>>,
    pub year: Option<u16>,
    pub volume: Option<u32>,
    /// The volume a chapter stands in, told in full with it.
    pub host: Vec<Word>,
    /// Archival path without the leaf: `tsaodm|3|49|129`.
    pub path: Option<String>,
}

impl Signature {
    pub fn of(citation: &Citation, flow: &Flow) -> Signature {
        let start = citation.signal.map_or(citation.span.start, |s| s.end);
        let head = flow.text.get(start as usize..citation.span.end as usize).unwrap_or("");
        let typed =
            head.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-').filter(|w| !w.is_empty());
        let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase) && w.chars().nth(2).is_some();
        let folded = |word: &str| Word::new(&fold(word));
        let name = citation.authors.first().map_or("", |a| a.span.of(&flow.text));
        Signature {
            authors: citation.authors.iter().map(|a| Word::new(&a.surname)).collect(),
            name: name.split_whitespace().map(folded).collect(),
            lead: typed.take(14).filter(capital).map(folded).collect(),
            titles: titles(citation),
            aliases: Vec::new(),
            year: citation.year,
            volume: citation.volume,
            host: citation
                .container
                .as_ref()
                .filter(|_| citation.kind == Kind::Chapter)
                .map_or(Vec::new(), |t| words(&t.words)),
            path: citation.archive.as_ref().and_then(|a| path_key(a, flow)),
        }
    }
}

pub fn titles(citation: &Citation) -> Vec<Vec<Word>> {
    citation.titles.iter().filter(|t| !t.words.is_empty()).map(|t| words(&t.words)).collect()
}

/// The path down to the unit, folded; none when it names fewer than two levels.
pub fn path_key(archive: &crate::citation::Archive, flow: &Flow) -> Option<String> {
    let repository = archive.repository.map_or(String::new(), |r| fold(r.of(&flow.text)));
    let levels: Vec<&str> = archive.levels.iter().map(|l| l.number.as_str()).collect();
    (levels.len() >= 2 || !repository.is_empty() && !levels.is_empty())
        .then(|| format!("{repository}|{}", levels.join("|")))
}

/// Two words that are one, a misspelling forgiven: one letter from six on, two from ten on.
pub fn same_word(a: &Word, b: &Word) -> bool {
    let unlike = a.letters ^ b.letters;
    if unlike == 0 && a.text == b.text {
        return true;
    }
    if a.first != b.first || a.len().min(b.len()) < 6 || a.len().abs_diff(b.len()) > 4 {
        return false;
    }
    let (la, lb) = (a.chars().count(), b.chars().count());
    let short = la.min(lb);
    let ends_alike = a.as_bytes()[a.len() - 1] == b.as_bytes()[b.len() - 1] || a.as_bytes()[..3] == b.as_bytes()[..3];
    let slips = if short >= 10 { 2 } else { 1 };
    short >= 6
        && la.abs_diff(lb) <= 2
        && ends_alike
        && unlike.count_ones() <= 2 * slips
        && osa::distance(a.chars(), b.chars()) <= slips as usize
}

/// How well a short title fits a full one, 0 to 1: its beginning, a run of it, scattered words of it.
pub fn title_fit(short: &[Word], full: &[Word]) -> f32 {
    if short.is_empty() || full.is_empty() {
        return 0.0;
    }
    run_fit(short, full).unwrap_or_else(|| 0.7 * common_words(short, full) as f32 / short.len() as f32)
}

/// The short title is the beginning of the full one, or a run of it, or the other way about.
fn run_fit(short: &[Word], full: &[Word]) -> Option<f32> {
    let begins = |a: &[Word], b: &[Word]| a.len() <= b.len() && a.iter().zip(b).all(|(x, y)| same_word(x, y));
    if begins(short, full) {
        // To the letter rather than with a misspelling.
        return Some(if full.starts_with(short) { 1.0 } else { 0.9 });
    }
    if begins(full, short) && full.len() >= 2 {
        return Some(if short.len() - full.len() <= 1 { 0.9 } else { 0.7 });
    }
    let run = (1..full.len()).any(|k| begins(short, &full[k..]));
    run.then_some(if short.len() > 1 { 0.8 } else { 0.55 })
}

/// Words in common, in order.
fn common_words(a: &[Word], b: &[Word]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if same_word(x, y) { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// A source that may be meant.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub source: SourceId,
    /// 0 to 1; from 0.6 on it counts.
    pub score: f32,
    pub title: f32,
}

/// Sources by the words they can be called by.
#[derive(Default)]
pub struct Index {
    /// Sources by word; buckets hold the latest sources only.
    words: FxHashMap<Box<str>, Vec<SourceId>>,
}

/// A word that names more sources than this names none of them.
const BUCKET: usize = 160;

impl Index {
    pub fn add(&mut self, source: SourceId, signature: &Signature) {
        let titles = signature.titles.iter().chain(&signature.aliases).chain([&signature.host]);
        let titles = titles.flat_map(|t| t.iter().take(12));
        for word in signature.authors.iter().chain(&signature.lead).chain(titles) {
            self.put(word, source);
        }
        for author in &signature.authors {
            self.put(&stem(author), source);
        }
    }

    fn put(&mut self, word: &str, source: SourceId) {
        match self.words.get_mut(word) {
            Some(bucket) if bucket.last() == Some(&source) => {}
            Some(bucket) => bucket.push(source),
            None => {
                self.words.insert(word.into(), vec![source]);
            }
        }
    }

    /// Sources that share a telling word with the short form, oldest first: an author, else the rarest words of a title.
    pub fn near(&self, wanted: &Signature) -> Vec<SourceId> {
        let mut found: Vec<SourceId> = Vec::new();
        for author in &wanted.authors {
            found.extend(self.bucket(author));
            found.extend(self.bucket(&stem(author)));
        }
        if wanted.titles.is_empty() {
            wanted.name.iter().for_each(|word| found.extend(self.bucket(word)));
        }
        for title in wanted.titles.iter().take(4) {
            let mut buckets: Vec<&[SourceId]> =
                title.iter().take(6).map(|w| self.bucket(w)).filter(|b| !b.is_empty()).collect();
            buckets.sort_by_key(|b| b.len());
            buckets.iter().take(2).for_each(|b| found.extend(*b));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn bucket(&self, word: &str) -> &[SourceId] {
        self.words.get(word).map_or(&[], |b| &b[b.len().saturating_sub(BUCKET)..])
    }
}

/// A misspelt surname mostly keeps its first letters.
fn stem(surname: &str) -> String {
    let mut stem: String = surname.chars().take(4).collect();
    stem.push('*');
    stem
}

/// How well the short form `wanted` fits a source, if it does.
pub fn fit(wanted: &Signature, source: SourceId, known: &Signature) -> Option<Candidate> {
    let alias =
        known.aliases.iter().any(|a| *a == wanted.name && wanted.titles.is_empty() || wanted.titles.contains(a));
    if alias {
        return Some(Candidate { source, score: 1.0, title: 1.0 });
    }
    let authors = author_fit(wanted, known);
    // Another's work has to fit by a title of several words.
    let hopeless = !wanted.authors.is_empty() && authors < 0.5 && wanted.titles.first().is_none_or(|t| t.len() < 2);
    if hopeless {
        return None;
    }
    // Scattered words tell nothing where the author is not the same.
    let fit = |short: &[Word], full: &[Word]| match authors >= 0.5 {
        true => title_fit(short, full),
        false => run_fit(short, full).unwrap_or(0.0),
    };
    let best =
        |known: &[Vec<Word>]| wanted.titles.iter().flat_map(|w| known.iter().map(|k| fit(w, k))).fold(0.0, f32::max);
    let title = best(&known.titles).max(best(&known.aliases));
    let score = if wanted.authors.is_empty() {
        if title >= 0.75 { title } else { 0.0 }
    } else if wanted.titles.is_empty() {
        if authors >= 0.5 { 0.8 * authors } else { 0.0 }
    } else if authors >= 0.5 {
        // Half a title in common is another work of the same author.
        let words = title.max(0.9 * scattered(wanted, known));
        if words >= 0.5 { 0.45 * authors + 0.55 * words } else { 0.0 }
    } else if title >= 0.9 {
        // By somebody else, as it seems: only to the letter, and behind a work that names nobody.
        if known.authors.is_empty() { 0.7 * title } else { 0.6 * title }
    } else {
        0.0
    };
    let years_differ = matches!((wanted.year, known.year), (Some(a), Some(b)) if a != b);
    (score >= 0.6 && !years_differ).then_some(Candidate { source, score, title })
}

/// The short form names the volume that this chapter stands in.
pub fn fits_host(wanted: &Signature, known: &Signature) -> bool {
    wanted.titles.iter().any(|t| {
        let named = wanted.authors.is_empty() || author_fit(wanted, known) >= 0.5 || t.len() > 1;
        title_fit(t, &known.host) >= 0.9 && t.iter().any(|w| w.len() > 3) && named
    })
}

/// The share of the wanted authors that the source has.
fn author_fit(wanted: &Signature, known: &Signature) -> f32 {
    if wanted.authors.is_empty() {
        return 0.0;
    }
    let any = |author: &Word, names: &[Word]| names.iter().any(|k| same_word(author, k));
    // A name at the head that the grammar did not take for the author may be an editor's.
    let share = |author: &Word| match () {
        () if any(author, &known.authors) => 1.0,
        () if any(author, &known.lead) => 0.85,
        () => 0.0,
    };
    wanted.authors.iter().map(share).sum::<f32>() / wanted.authors.len() as f32
}

/// The share of the short title's words found anywhere in the full ones.
fn scattered(wanted: &Signature, known: &Signature) -> f32 {
    let Some(title) = wanted.titles.first() else { return 0.0 };
    let has = |w: &&Word| known.titles.iter().any(|t| t.contains(w));
    title.iter().filter(has).count() as f32 / title.len() as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(title: &str) -> Vec<Word> {
        title.split(' ').map(Word::new).collect()
    }

    #[test]
    fn a_beginning_fits_better_than_a_run() {
        let full = words("informatsionnoe soobshchenie ob otklikakh rabochikh");
        assert_eq!(title_fit(&words("informatsionnoe soobshchenie"), &full), 1.0);
        assert!(title_fit(&words("otklikakh rabochikh"), &full) < 0.85);
        assert!(title_fit(&words("otkliki na soobshchenie"), &full) < 0.75);
    }

    #[test]
    fn one_misspelling_is_forgiven_in_long_words_only() {
        let same = |a, b| same_word(&Word::new(a), &Word::new(b));
        assert!(same("informatsionnnoe", "informatsionnoe"));
        assert!(!same("rykov", "bykov"));
        assert!(!same("stalin", "lenin"));
    }
}
