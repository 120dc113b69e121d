//! The spellings of a project: the names of all its files gathered by their folded form, and which of them are names.

use super::super::{File, FileId, Place};
use super::gather::Mention;
use super::words::{NONE, WordId};
use super::zones::Zone;
use crate::script::fold;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;
use std::sync::Arc;

/// A spelling of the project: an index into [`Book::spellings`].
pub type SpellingId = usize;

/// A mention: its file, and its index there.
pub type MentionId = (FileId, usize);

/// Everything typed with the same letters.
#[derive(Debug, Default)]
pub struct Spelling<'a> {
    pub text: &'a str,
    /// How often it is typed in lower case.
    pub lower: u32,
    pub prose: Vec<MentionId>,
    pub reference: Vec<MentionId>,
    pub title: Vec<MentionId>,
    /// It has a capital where no sentence begins, or initials.
    pub proper: bool,
    /// The names that stand beside it, in order.
    pub before: Vec<SpellingId>,
    pub after: Vec<SpellingId>,
    /// The initials it is met with.
    pub initials: Vec<&'a str>,
}

impl Spelling<'_> {
    /// A word that is also typed in lower case is no name.
    pub fn is_name(&self) -> bool {
        let capital = (self.prose.len() + self.reference.len()) as u32;
        self.proper && self.lower * 20 < capital.max(1)
    }

    /// Mentions whose spelling is the manuscript's own or that of a reference.
    pub fn named(&self) -> impl Iterator<Item = MentionId> + '_ {
        self.prose.iter().chain(&self.reference).copied()
    }
}

/// The names of a project.
pub struct Book<'a> {
    pub files: &'a [Arc<File>],
    pub spellings: Vec<Spelling<'a>>,
    /// By file and word: its spelling.
    ids: Vec<Vec<u32>>,
    /// Spellings that are also met with a soft sign behind the last letter, and that one.
    softened: FxHashMap<SpellingId, SpellingId>,
    /// In how many names three letters stand together.
    clusters: OnceCell<FxHashMap<[char; 3], u32>>,
    /// Where nouns have capitals, a capital makes no name.
    pub nouns_have_capitals: bool,
}

impl<'a> Book<'a> {
    pub fn new(files: &'a [Arc<File>]) -> Book<'a> {
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut spellings: Vec<Spelling> = Vec::new();
        let mut ids = Vec::with_capacity(files.len());
        for file in files {
            let entries = file.names.vocabulary.entries.iter();
            ids.push(
                entries
                    .map(|entry| {
                        let id = *known.entry(&entry.text).or_insert(spellings.len() as u32);
                        if id as usize == spellings.len() {
                            spellings.push(Spelling { text: &entry.text, ..Spelling::default() });
                        }
                        spellings[id as usize].lower += entry.lower;
                        id
                    })
                    .collect::<Vec<u32>>(),
            );
        }
        let (words, german) = files.iter().fold((0, 0), |(w, g), f| (w + f.names.words, g + f.names.german));
        let hard = |s: &Spelling| known.get(s.text.strip_suffix('\'')?).map(|id| *id as usize);
        let softened = spellings.iter().enumerate().filter_map(|(id, s)| Some((hard(s)?, id))).collect();
        let nouns_have_capitals = german * 100 > words * 6;
        let mut book = Book { files, spellings, ids, softened, nouns_have_capitals, clusters: OnceCell::new() };
        for (file, facts) in files.iter().enumerate() {
            for (i, mention) in facts.names.mentions.iter().enumerate() {
                book.add((file, i), mention);
            }
        }
        for spelling in &mut book.spellings {
            for beside in [&mut spelling.before, &mut spelling.after] {
                beside.sort_unstable();
                beside.dedup();
            }
        }
        book
    }

    /// Takes words for names that were met at the head of sentences only, and never in lower case, where their letters say so.
    pub fn presume(&mut self, mut tells: impl FnMut(&str) -> bool) {
        for spelling in self.spellings.iter_mut().filter(|s| !s.proper && s.lower == 0 && !s.prose.is_empty()) {
            spelling.proper = tells(spelling.text);
        }
    }

    /// In how many names each three letters stand together.
    fn clusters(&self) -> &FxHashMap<[char; 3], u32> {
        self.clusters.get_or_init(|| self.count_clusters())
    }

    fn count_clusters(&self) -> FxHashMap<[char; 3], u32> {
        let mut clusters: FxHashMap<[char; 3], u32> = FxHashMap::default();
        for spelling in self.spellings.iter().filter(|s| s.is_name()) {
            for three in threes(spelling.text) {
                *clusters.entry(three).or_default() += 1;
            }
        }
        clusters
    }

    /// Does a spelling have letters together that no other name has, wherever it departs from another?
    pub fn is_odd(&self, spelling: SpellingId, beside: SpellingId) -> bool {
        let known = threes(self.spellings[beside].text);
        let own = threes(self.spellings[spelling].text);
        own.iter().filter(|t| !known.contains(*t)).all(|t| self.clusters().get(t).is_none_or(|n| *n < 2))
    }

    fn add(&mut self, id: MentionId, mention: &'a Mention) {
        let mut own = self.id(id.0, mention.word);
        // of a name in a soft sign, `Chubar’s` is the possessive
        if mention.possessive {
            own = own.map(|own| self.softened.get(&own).copied().unwrap_or(own));
        }
        let (before, after) = (self.id(id.0, mention.before), self.id(id.0, mention.after));
        let Some(spelling) = own.and_then(|own| self.spellings.get_mut(own)) else { return };
        match mention.zone {
            Zone::Prose => spelling.prose.push(id),
            Zone::Reference => spelling.reference.push(id),
            Zone::Title => return spelling.title.push(id),
            Zone::Quotation => return,
        }
        spelling.proper |= !mention.start || !mention.initials.is_empty() || mention.zone == Zone::Reference;
        spelling.before.extend(before);
        spelling.after.extend(after);
        if !mention.initials.is_empty() && !spelling.initials.contains(&&*mention.initials) {
            spelling.initials.push(&mention.initials);
        }
    }

    /// The spelling of a word of a file.
    pub fn id(&self, file: FileId, word: WordId) -> Option<SpellingId> {
        (word != NONE).then(|| self.ids[file][word as usize] as usize)
    }

    pub fn mention(&self, (file, at): MentionId) -> &'a Mention {
        &self.files[file].names.mentions[at]
    }

    pub fn place(&self, id: MentionId) -> Place {
        Place { file: id.0, span: self.mention(id).span }
    }

    /// As typed; a word that a line end has cut is put together.
    pub fn typed(&self, id: MentionId) -> String {
        let typed = self.mention(id).span.of(&self.files[id.0].manuscript.text);
        if !typed.contains(char::is_whitespace) {
            return typed.to_owned();
        }
        let mut letters = self.files[id.0].names.vocabulary.of(self.mention(id).word).chars();
        letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
    }

    pub fn is_name(&self, id: SpellingId) -> bool {
        self.spellings[id].is_name()
    }

    /// The initials a spelling is met with.
    pub fn initials(&self, id: SpellingId) -> &[&'a str] {
        &self.spellings[id].initials
    }
}

/// Three letters in a row, each set once; the beginning counts as a letter.
fn threes(word: &str) -> FxHashSet<[char; 3]> {
    let letters: Vec<char> = std::iter::once('^').chain(fold(word).chars()).collect();
    letters.windows(3).map(|w| [w[0], w[1], w[2]]).collect()
}
