//! Names that have more than one spelling: gathered by kinship, each spelling with its scheme, and the one to prefer.

use super::book::{Book, MentionId, SpellingId};
use super::pairs::{Kin, Kinship};
use crate::config;
use crate::romanization;
use rustc_hash::FxHashMap;

/// One name under several spellings.
#[derive(Debug)]
pub struct Cluster {
    /// The most frequent first.
    pub forms: Vec<Form>,
    /// What to write: an index into `forms`; none where nothing decides.
    pub preferred: Option<usize>,
    pub why: Why,
    /// What the configured scheme writes, where no form does.
    pub computed: Option<String>,
    pub original: Option<String>,
    pub language: Option<&'static str>,
    /// They differ in marks only, and no scheme explains it.
    pub marks: bool,
}

/// One spelling of a name.
#[derive(Debug)]
pub struct Form {
    pub id: SpellingId,
    /// As typed.
    pub text: String,
    pub scheme: Option<&'static str>,
    pub mentions: Vec<MentionId>,
    /// How it differs from the first form.
    pub reason: String,
}

/// What decides for a spelling.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// It is on the user's list.
    Listed,
    /// The configured scheme writes it so.
    Configured,
    /// Most names follow its scheme, by the name readers know.
    Scheme(&'static str),
    Majority,
    Tie,
}

/// Gathers what is kin, and decides.
pub fn clusters(book: &Book, kin: &Kin, settings: &config::Names) -> Vec<Cluster> {
    let mut parent: FxHashMap<SpellingId, SpellingId> = FxHashMap::default();
    let mut pairs: Vec<_> = kin.keys().copied().collect();
    pairs.sort_unstable();
    for (a, b) in pairs {
        let (a, b) = (root(&mut parent, a), root(&mut parent, b));
        parent.insert(a.max(b), a.min(b));
    }
    let mut groups: FxHashMap<SpellingId, Vec<SpellingId>> = FxHashMap::default();
    let mut all: Vec<SpellingId> = parent.keys().copied().collect();
    all.sort_unstable();
    for id in all {
        groups.entry(root(&mut parent, id)).or_default().push(id);
    }
    let mut roots: Vec<_> = groups.into_iter().filter(|(_, g)| g.len() > 1).collect();
    roots.sort_unstable();
    let mut clusters: Vec<Cluster> = roots.iter().map(|(_, group)| cluster(book, kin, group)).collect();
    let usual = usual_scheme(&clusters);
    for cluster in &mut clusters {
        decide(cluster, usual, settings);
    }
    clusters.sort_by_key(|c| c.forms.iter().flat_map(|f| f.mentions.first()).min().copied());
    clusters
}

fn root(parent: &mut FxHashMap<SpellingId, SpellingId>, id: SpellingId) -> SpellingId {
    let up = *parent.entry(id).or_insert(id);
    if up == id {
        return id;
    }
    let top = root(parent, up);
    parent.insert(id, top);
    top
}

fn cluster(book: &Book, kin: &Kin, group: &[SpellingId]) -> Cluster {
    let form = |id: &SpellingId| {
        let spelling = &book.spellings[*id];
        let mut mentions: Vec<MentionId> =
            if spelling.prose.is_empty() { spelling.named().collect() } else { spelling.prose.clone() };
        mentions.sort_unstable();
        let text = mentions.first().map_or_else(String::new, |m| book.typed(*m));
        Form { id: *id, text, scheme: None, mentions, reason: String::new() }
    };
    let mut forms: Vec<Form> = group.iter().map(form).collect();
    forms.sort_by_key(|f| (std::cmp::Reverse(f.mentions.len()), f.mentions.first().copied()));
    let mut cluster =
        Cluster { forms, preferred: None, why: Why::Tie, computed: None, original: None, language: None, marks: true };
    for i in 0..cluster.forms.len() {
        for j in i + 1..cluster.forms.len() {
            let (a, b) = (cluster.forms[i].id, cluster.forms[j].id);
            let Some(Kinship::Variant(found)) = kin.get(&(a.min(b), a.max(b))) else { continue };
            let schemes = if a < b { found.schemes } else { (found.schemes.1, found.schemes.0) };
            cluster.marks = false;
            cluster.forms[i].scheme = cluster.forms[i].scheme.or(schemes.0);
            cluster.forms[j].scheme = cluster.forms[j].scheme.or(schemes.1);
            if cluster.forms[j].reason.is_empty() {
                cluster.forms[j].reason = found.reason.clone();
            }
            cluster.language = cluster.language.or(found.language);
            cluster.original = cluster.original.take().or_else(|| found.original.clone());
        }
    }
    cluster
}

/// The scheme that the most frequent spellings follow, if most of them follow one.
fn usual_scheme(clusters: &[Cluster]) -> Option<&'static str> {
    let mut votes: Vec<(&'static str, usize)> = Vec::new();
    for form in clusters.iter().flat_map(|c| &c.forms) {
        let Some(scheme) = form.scheme else { continue };
        let weight = form.mentions.len().min(3);
        match votes.iter_mut().find(|(s, _)| *s == scheme) {
            Some((_, n)) => *n += weight,
            None => votes.push((scheme, weight)),
        }
    }
    let all: usize = votes.iter().map(|(_, n)| n).sum();
    votes.into_iter().find(|(_, n)| n * 5 >= all * 3 && all >= 8).map(|(s, _)| s)
}

fn decide(cluster: &mut Cluster, usual: Option<&'static str>, settings: &config::Names) {
    let first = |names: &[String]| names.iter().find_map(|n| cluster.forms.iter().position(|f| f.text == *n));
    let listed = first(&settings.familiar).or_else(|| settings.same.iter().find_map(|group| first(group)));
    if let Some(form) = listed {
        return set(cluster, form, Why::Listed);
    }
    let scheme = settings.prose.and_then(scheme_id);
    let known = cluster.original.as_ref().zip(cluster.language);
    let written = scheme.zip(known).and_then(|(scheme, (original, l))| romanization::write(original, l, scheme));
    if let Some(written) = written {
        if let Some(form) = cluster.forms.iter().position(|f| f.text == written) {
            return set(cluster, form, Why::Configured);
        }
        (cluster.why, cluster.computed) = (Why::Configured, Some(written));
        return;
    }
    let of_scheme = |s| cluster.forms.iter().position(|f| f.scheme == Some(s));
    let counts: Vec<usize> = cluster.forms.iter().map(|f| f.mentions.len()).collect();
    if counts[0] >= 2 * counts[1] && counts[0] > 2 || usual.and_then(of_scheme).is_none() && counts[0] > counts[1] {
        return set(cluster, 0, Why::Majority);
    }
    if let Some((scheme, form)) = usual.and_then(|s| of_scheme(s).map(|f| (s, f))) {
        set(cluster, form, Why::Scheme(scheme));
    }
}

fn set(cluster: &mut Cluster, form: usize, why: Why) {
    cluster.preferred = Some(form);
    cluster.why = why;
}

/// A scheme of the configuration as the tables call it.
fn scheme_id(scheme: config::Scheme) -> Option<&'static str> {
    Some(match scheme {
        config::Scheme::AlaLc => "ala-lc",
        config::Scheme::AlaLcStrict => "ala-lc-strict",
        config::Scheme::BgnPcgn => "bgn-pcgn",
        config::Scheme::Scholarly => "scholarly",
        config::Scheme::Iso9 => "iso9",
        config::Scheme::Popular => "popular",
        config::Scheme::Auto => return None,
    })
}
