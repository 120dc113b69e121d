//! Names that have more than one spelling: gathered by kinship, each spelling with its scheme, and the one to prefer.

use super::book::{Book, MentionId, SpellingId};
use super::pairs::{Kin, Kinship};
use super::policy::Policy;
use super::zones::Zone;
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
    /// References of the manuscript have it so, and in no other form.
    Cited,
    /// The manuscript's note on transliteration names its scheme.
    Stated,
    /// Most names follow its scheme, by the name readers know.
    Scheme(&'static str),
    Majority,
    Tie,
}

/// What there is to decide by in one kind of text.
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    pub config: &'a config::Names,
    pub policy: Option<&'a Policy>,
    pub zone: Zone,
}

impl Settings<'_> {
    fn configured(&self) -> Option<config::Scheme> {
        if self.zone == Zone::Title { self.config.titles } else { self.config.prose }
    }

    fn stated(&self, language: Option<&'static str>) -> Option<config::Scheme> {
        let policy = self.policy?;
        if !policy.languages.is_empty() && !language.is_some_and(|l| policy.languages.contains(&l)) {
            return None;
        }
        if self.zone == Zone::Title { policy.titles } else { policy.prose }
    }
}

/// Gathers what is kin, and decides.
pub fn clusters(book: &Book, kin: &Kin, settings: Settings) -> Vec<Cluster> {
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
    let mut clusters: Vec<Cluster> = roots.iter().map(|(_, group)| cluster(book, kin, group, settings.zone)).collect();
    let usual = usual_scheme(&clusters);
    for cluster in &mut clusters {
        decide(book, cluster, usual, settings);
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

fn cluster(book: &Book, kin: &Kin, group: &[SpellingId], zone: Zone) -> Cluster {
    let form = |id: &SpellingId| {
        let spelling = &book.spellings[*id];
        let mut mentions: Vec<MentionId> = match zone {
            Zone::Title => spelling.title.clone(),
            _ if spelling.prose.is_empty() => spelling.named().collect(),
            _ => spelling.prose.clone(),
        };
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
            let Some(Kinship::Variant(found)) = kin.get(&(a.min(b), a.max(b))).map(|k| &**k) else { continue };
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

/// The user's list, the configured scheme, the references, the note on transliteration, the scheme of most names, the majority.
fn decide(book: &Book, cluster: &mut Cluster, usual: Option<&'static str>, settings: Settings) {
    let Settings { config, zone, .. } = settings;
    let first = |names: &[String]| names.iter().find_map(|n| cluster.forms.iter().position(|f| f.text == *n));
    let listed = first(&config.familiar).or_else(|| config.same.iter().find_map(|group| first(group)));
    if let Some(form) = listed {
        return set(cluster, form, Why::Listed);
    }
    if let Some(scheme) = settings.configured() {
        if let Some(form) = following(cluster, scheme) {
            return set(cluster, form, Why::Configured);
        }
        if let Some(written) = written(cluster, scheme) {
            (cluster.why, cluster.computed) = (Why::Configured, Some(written));
            return;
        }
    }
    let cited = |f: &Form| zone == Zone::Prose && !book.spellings[f.id].reference.is_empty();
    if let [(form, _)] = cluster.forms.iter().enumerate().filter(|(_, f)| cited(f)).collect::<Vec<_>>()[..] {
        return set(cluster, form, Why::Cited);
    }
    let counts: Vec<usize> = cluster.forms.iter().map(|f| f.mentions.len()).collect();
    let clear = counts[0] >= 2 * counts[1] && counts[0] > 2;
    // a form that readers know is the usual one
    let kept = clear && settings.policy.is_some_and(|p| p.familiar);
    if let Some(form) = settings.stated(cluster.language).filter(|_| !kept).and_then(|s| following(cluster, s)) {
        return set(cluster, form, Why::Stated);
    }
    let of_scheme = |s| cluster.forms.iter().position(|f| f.scheme == Some(s));
    if clear || usual.and_then(of_scheme).is_none() && counts[0] > counts[1] {
        return set(cluster, 0, Why::Majority);
    }
    if let Some((scheme, form)) = usual.and_then(|s| of_scheme(s).map(|f| (s, f))) {
        set(cluster, form, Why::Scheme(scheme));
    }
}

/// The form that a scheme writes, or the only one it could have written.
fn following(cluster: &Cluster, scheme: config::Scheme) -> Option<usize> {
    let written = written(cluster, scheme);
    let language = cluster.language?;
    let able = |f: &Form| {
        romanization::read(&f.text, language).is_some_and(|r| r.schemes.iter().any(|s| s.id == scheme.name()))
    };
    cluster.forms.iter().position(|f| Some(&f.text) == written.as_ref()).or_else(|| {
        let able: Vec<usize> = (0..cluster.forms.len()).filter(|i| able(&cluster.forms[*i])).collect();
        if let [form] = able[..] { Some(form) } else { None }
    })
}

/// What a scheme writes, where the original shows.
fn written(cluster: &Cluster, scheme: config::Scheme) -> Option<String> {
    let (original, language) = cluster.original.as_ref().zip(cluster.language)?;
    romanization::write(original, language, scheme.name())
}

fn set(cluster: &mut Cluster, form: usize, why: Why) {
    cluster.preferred = Some(form);
    cluster.why = why;
}
