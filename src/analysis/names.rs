//! Names: every spelling of the project, which of them are one name, and which are slips.
//!
//! A name is compared within its zone: prose with prose, titles with titles; a name of a reference only where the same
//! given name or surname stands beside it. What speaks for two people ends the matter.

pub mod across;
pub mod book;
pub mod evidence;
pub mod gather;
pub mod initials;
mod languages;
pub mod memo;
pub mod pairs;
pub mod policy;
pub mod runs;
mod signs;
pub mod slips;
pub mod titles;
pub mod variants;
pub mod words;
pub mod zones;

use super::notes::Numbering;
use super::{File, Place};
use crate::config::Config;
use crate::romanization::{self, Ways};
use crate::text::Span;
use book::{Book, MentionId, SpellingId};
use evidence::Evidence;
use memo::{Memo, Met};
use pairs::{Kin, Kinship, Ready};
use policy::Policy;
use runs::Run;
use std::sync::Arc;
use variants::{Cluster, Settings, Why};
use zones::Zone;

/// What the names of a project say.
#[derive(Debug, Default)]
pub struct Names {
    /// Languages whose names are romanized here: ISO 639-3.
    pub languages: Vec<&'static str>,
    /// What the manuscript itself says of its romanization, and where.
    pub policy: Option<(Place, Policy)>,
    /// Names under two romanizations.
    pub variants: Vec<Variants>,
    /// Lists of them that follow a scheme of their own: indices into `variants`.
    pub runs: Vec<Run>,
    /// Words of titles that the scheme configured for titles writes otherwise.
    pub titles: Vec<Variants>,
    /// Names that the prose spells one way and titles another; empty unless asked for.
    pub across: Vec<Across>,
    /// Names with and without marks.
    pub drifts: Vec<Variants>,
    /// Misspelt names.
    pub slips: Vec<Misspelt>,
    /// Misspelt words of titles.
    pub words: Vec<Misspelt>,
    pub clashes: Vec<Clash>,
    pub loose: Vec<Loose>,
}

/// A name as the prose has it, and as titles have it.
#[derive(Debug)]
pub struct Across {
    pub prose: Spelt,
    pub title: Spelt,
}

/// A name with several spellings.
#[derive(Debug)]
pub struct Variants {
    /// The most frequent first.
    pub forms: Vec<Spelt>,
    /// What to write: an index into `forms`.
    pub preferred: Option<usize>,
    pub why: Why,
    /// What the configured scheme writes, where no form does.
    pub computed: Option<String>,
}

#[derive(Debug)]
pub struct Spelt {
    /// As typed.
    pub text: String,
    pub scheme: Option<&'static str>,
    /// What kind of text its places are in.
    pub zone: Zone,
    /// In order.
    pub places: Vec<Place>,
    /// How it differs from the first form.
    pub reason: String,
}

#[derive(Debug)]
pub struct Misspelt {
    pub places: Vec<Place>,
    pub wrong: String,
    pub right: String,
    /// The nearest places of the other spelling.
    pub models: Vec<Place>,
    pub evidence: Vec<Evidence>,
    /// What the slip is.
    pub reason: String,
    /// Either may be wrong.
    pub tie: bool,
    /// How often the other spelling stands.
    pub count: usize,
}

/// Initials that clash with others of the same name.
#[derive(Debug)]
pub struct Clash {
    pub place: Place,
    pub initials: String,
    pub usual: String,
    pub models: Vec<Place>,
}

/// Initials of which the last lacks its stop.
#[derive(Debug)]
pub struct Loose {
    pub place: Place,
    pub stop: u32,
}

impl Names {
    pub fn new(files: &[Arc<File>], numbering: &[Numbering], config: &Config, memo: &mut Memo) -> Names {
        let mut book = Book::new(files);
        book.presume(|word| memo.words.told(word).iter().any(|l| !languages::is_loose(l)));
        let languages = languages::of(&book, &config.names, &mut memo.words);
        memo.renew(&languages, book.spellings.len());
        let (kin, slips) = compare(&book, numbering, &languages, config, memo);
        let policy = stated(files);
        let settings = Settings { config: &config.names, policy: policy.as_ref().map(|(_, p)| p), zone: Zone::Prose };
        let (mut marks, schemes): (Vec<_>, Vec<_>) =
            variants::clusters(&book, &kin, settings).into_iter().partition(|c| c.marks);
        marks.extend(signs::drifts(&book));
        let runs = runs::of(&book, &schemes);
        let spelt = |clusters: Vec<Cluster>| clusters.into_iter().map(|c| variants(&book, c)).collect();
        let clashes = initials::clashes(&book, numbering, &languages);
        Names {
            variants: spelt(schemes),
            runs,
            drifts: spelt(marks),
            titles: spelt(of_titles(&book, &languages, settings)),
            across: across(&book, &languages, &config.names),
            slips: slips.into_iter().map(|s| misspelt(&book, s)).collect(),
            words: titles::slips(&book, &languages, memo).into_iter().map(|s| misspelt(&book, s)).collect(),
            clashes: clashes.into_iter().map(|c| clash(&book, c)).collect(),
            loose: loose(&book),
            languages,
            policy,
        }
    }
}

/// The first note on transliteration of the project.
fn stated(files: &[Arc<File>]) -> Option<(Place, Policy)> {
    let of = |(file, f): (usize, &Arc<File>)| f.names.policy.clone().map(|p| (Place { file, span: p.span }, p));
    files.iter().enumerate().find_map(of)
}

/// The words of titles against the scheme that is configured for them: only where it says what is right.
fn of_titles(book: &Book, languages: &[&'static str], settings: Settings) -> Vec<Cluster> {
    if settings.config.titles.is_none() {
        return Vec::new();
    }
    let kin = across::of_titles(book, languages);
    let mut clusters = variants::clusters(book, &kin, Settings { zone: Zone::Title, ..settings });
    clusters.retain(|c| matches!(c.why, Why::Configured | Why::Listed));
    clusters
}

fn across(book: &Book, languages: &[&'static str], config: &crate::config::Names) -> Vec<Across> {
    if !config.cross_zone {
        return Vec::new();
    }
    let form = |mentions: &[MentionId], scheme, reason: &str| Spelt {
        text: mentions.first().map_or_else(String::new, |m| book.typed(*m)),
        scheme,
        zone: zone(book, mentions),
        places: places(book, mentions),
        reason: reason.to_owned(),
    };
    let one = |c: across::Crossed| {
        let (a, b) = c.found.schemes;
        let schemes = if c.prose < c.title { (a, b) } else { (b, a) };
        Across {
            prose: form(&book.spellings[c.prose].prose, schemes.0, ""),
            title: form(&book.spellings[c.title].title, schemes.1, &c.found.reason),
        }
    };
    across::crossed(book, languages).into_iter().map(one).collect()
}

/// Compares what meets: variants and marks as kin, and the best reading of every slip.
fn compare(
    book: &Book,
    numbering: &[Numbering],
    languages: &[&'static str],
    config: &Config,
    memo: &mut Memo,
) -> (Kin, Vec<slips::Slip>) {
    let names = (0..book.spellings.len()).filter(|id| is_candidate(book, *id));
    let names = names.map(|id| (memo.words.known(book.spellings[id].text), id)).collect();
    let Memo { names: blocks, words, .. } = &mut *memo;
    let ways = Ways::of(languages);
    let met = blocks.pairs(names, |id| {
        let text = book.spellings[id].text;
        let told = words.told(text);
        let own = if told.is_empty() { ways } else { Ways::of(&languages::of_one(languages, told)) };
        romanization::keys(text, own)
    });
    let mut ready = Ready::default();
    let mut kin = Kin::default();
    let mut slips: Vec<slips::Slip> = Vec::new();
    for ((a, b), two) in met {
        if is_settled(book, a, b, config) {
            continue;
        }
        if (!book.is_name(a) || !book.is_name(b)) && !is_unproven(book, a, b) {
            let (x, y) = (book.spellings[a].text, book.spellings[b].text);
            if pairs::bare(x) == pairs::bare(y) && evidence::neighbours(book, a, b).is_some() {
                kin.insert((a, b), Arc::new(Kinship::Marks));
            }
            continue;
        }
        let Some(found) = related(book, languages, ((a, b), two), &mut ready, memo) else { continue };
        match &*found {
            Kinship::Slip(language) => {
                let reason = || pairs::reason(book, &mut ready, (a, b), language);
                slips.extend(slips::weigh(book, numbering, a, b, reason));
            }
            other if is_one(book, a, b, other) => {
                kin.insert((a, b), found);
            }
            _ => {}
        }
    }
    slips.sort_by_key(|s| {
        (s.wrong, std::cmp::Reverse((s.evidence.len(), book.spellings[s.right].prose.len())), s.right)
    });
    slips.dedup_by_key(|s| s.wrong);
    let wrong: Vec<SpellingId> = slips.iter().map(|s| s.wrong).collect();
    slips.retain(|s| !wrong.contains(&s.right));
    slips.sort_by_key(|s| s.places[0]);
    (kin, slips)
}

/// How two spellings are related by their letters, if anything else could bring them together.
fn related(
    book: &Book,
    languages: &[&'static str],
    ((a, b), two): Met,
    ready: &mut Ready,
    memo: &mut Memo,
) -> Option<Arc<Kinship>> {
    if let Some(known) = memo.kinship(two) {
        return known.clone();
    }
    if !evidence::may_meet(book, a, b) {
        return None;
    }
    let told = memo.words.told_of(two.0, book.spellings[a].text).to_vec();
    let spoken = languages::of_pair(languages, &told, memo.words.told_of(two.1, book.spellings[b].text));
    memo.learn(two, pairs::kinship(book, ready, (a, b), &spoken))
}

/// A name; or a word of one, such as the Haïtienne of a library, that is also typed in lower case.
fn is_candidate(book: &Book, id: SpellingId) -> bool {
    let spelling = &book.spellings[id];
    spelling.text.chars().count() > 2
        && (spelling.is_name()
            || spelling.named().next().is_some() && (spelling.lower == 0 || spelling.proper && spelling.lower < 20))
}

/// Is one of them a word met at the head of a sentence only, the other a name met often?
fn is_unproven(book: &Book, a: SpellingId, b: SpellingId) -> bool {
    let one = |x: SpellingId, y: SpellingId| {
        let (head, name) = (&book.spellings[x], &book.spellings[y]);
        let long = head.text.chars().count() > 5 && head.lower == 0 && (1..=2).contains(&head.prose.len());
        long && !head.proper && name.is_name() && name.prose.len() >= slips::OFTEN
    };
    one(a, b) || one(b, a)
}

/// The user has said that both are right, or that they are two names.
fn is_settled(book: &Book, a: SpellingId, b: SpellingId, config: &Config) -> bool {
    let is = |word: &String, id: SpellingId| word.to_lowercase() == book.spellings[id].text;
    let both = |list: &[String]| list.iter().any(|w| is(w, a)) && list.iter().any(|w| is(w, b));
    both(&config.names.familiar) || config.names.distinct.iter().any(|group| both(group))
}

/// Does nothing tell the two apart, and enough bring them together?
fn is_one(book: &Book, a: SpellingId, b: SpellingId, kinship: &Kinship) -> bool {
    let (x, y) = (&book.spellings[a], &book.spellings[b]);
    if evidence::initials_differ(book, a, b) || x.text.chars().count().min(y.text.chars().count()) < 4 {
        return false;
    }
    let prose = !x.prose.is_empty() && !y.prose.is_empty();
    let together = || {
        let bound = |e: &Evidence| matches!(e, Evidence::Companion(_) | Evidence::Initials(_));
        evidence::of(book, a, b).iter().any(bound)
    };
    let apart = || evidence::companions_differ(book, a, b);
    match kinship {
        Kinship::Variant(found) => {
            let loose = found.language.is_some_and(languages::is_loose) && pairs::bare(x.text) != pairs::bare(y.text);
            let short = x.text.chars().count().min(y.text.chars().count()) < 5;
            let signs = pairs::bare(x.text) == pairs::bare(y.text);
            prose && !apart() && (!loose && !short || together()) || signs && together()
        }
        Kinship::Marks => together() || prose && !apart() && !book.nouns_have_capitals,
        Kinship::Slip(_) => false,
    }
}

fn places(book: &Book, mentions: &[MentionId]) -> Vec<Place> {
    mentions.iter().map(|m| book.place(*m)).collect()
}

/// The kind of text that mentions of one form are in.
fn zone(book: &Book, mentions: &[MentionId]) -> Zone {
    mentions.first().map_or(Zone::Prose, |m| book.mention(*m).zone)
}

fn variants(book: &Book, cluster: Cluster) -> Variants {
    let form = |f: variants::Form| Spelt {
        zone: zone(book, &f.mentions),
        places: places(book, &f.mentions),
        text: f.text,
        scheme: f.scheme,
        reason: f.reason,
    };
    let Cluster { forms, preferred, why, computed, .. } = cluster;
    Variants { forms: forms.into_iter().map(form).collect(), preferred, why, computed }
}

fn misspelt(book: &Book, slip: slips::Slip) -> Misspelt {
    let right = &book.spellings[slip.right];
    Misspelt {
        places: places(book, &slip.places),
        wrong: book.typed(slip.places[0]),
        right: slip.models.first().map_or_else(String::new, |m| book.typed(*m)),
        models: places(book, &slip.models),
        evidence: slip.evidence,
        reason: slip.reason,
        tie: slip.tie,
        count: right.prose.len() + right.reference.len() + right.title.len(),
    }
}

fn clash(book: &Book, clash: initials::Clash) -> Clash {
    let whole = |m: MentionId| Place { file: m.0, span: book.mention(m).whole };
    Clash {
        place: whole(clash.mention),
        initials: clash.initials,
        usual: clash.usual,
        models: clash.models.into_iter().map(whole).collect(),
    }
}

/// Initials without a stop before what is a name elsewhere too, or can only be one here.
fn loose(book: &Book) -> Vec<Loose> {
    let mut found = Vec::new();
    for (file, facts) in book.files.iter().enumerate() {
        for loose in &facts.names.loose {
            let Some(id) = book.id(file, loose.surname) else { continue };
            if book.spellings[id].lower == 0 && book.spellings[id].text.chars().count() > 2 {
                let span: Span = loose.span;
                found.push(Loose { place: Place { file, span }, stop: loose.stop });
            }
        }
    }
    found
}
