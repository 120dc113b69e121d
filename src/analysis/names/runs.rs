//! Runs: a list of names copied from a source of another scheme is one cause, however many names it has.

use super::book::Book;
use super::variants::Cluster;
use crate::analysis::FileId;
use crate::romanization;
use rustc_hash::FxHashMap;

/// Fewest names of a list that are no chance.
const FEWEST: usize = 4;

/// Names that one paragraph or note spells by a scheme that they follow nowhere else.
#[derive(Debug)]
pub struct Run {
    /// By the name readers know.
    pub scheme: &'static str,
    /// Each name, and which of its forms stands in the list: indices.
    pub members: Vec<(usize, usize)>,
}

/// The runs among clusters, the longest first; no name is in two.
pub fn of(book: &Book, clusters: &[Cluster]) -> Vec<Run> {
    let mut by_flow: FxHashMap<(FileId, u32), Vec<(usize, usize)>> = FxHashMap::default();
    for (i, cluster) in clusters.iter().enumerate().filter(|(_, c)| c.forms.len() == 2) {
        // the form that is not to prefer; of equals the later
        let first = |form: &usize| cluster.forms[*form].mentions.first().copied();
        let form = cluster.preferred.map(|p| 1 - p).or_else(|| (0..2).max_by_key(first)).unwrap_or(1);
        if let Some(flow) = only_flow(book, cluster, form) {
            by_flow.entry(flow).or_default().push((i, form));
        }
    }
    let mut lists: Vec<_> = by_flow.into_iter().collect();
    lists.sort_by_key(|(flow, members)| (std::cmp::Reverse(members.len()), *flow));
    let mut runs: Vec<Run> = Vec::new();
    for (_, mut members) in lists {
        members.retain(|(i, _)| !runs.iter().any(|r| r.members.iter().any(|(taken, _)| taken == i)));
        runs.extend(coherent(clusters, members).into_iter().filter(|r| r.members.len() >= FEWEST));
    }
    runs
}

/// The paragraph or note that holds every mention of a form, if it holds none of the other form.
fn only_flow(book: &Book, cluster: &Cluster, form: usize) -> Option<(FileId, u32)> {
    let flows = |form: usize| cluster.forms[form].mentions.iter().map(|m| (m.0, book.mention(*m).flow));
    let first = flows(form).next()?;
    (flows(form).all(|f| f == first) && flows(1 - form).all(|f| f != first)).then_some(first)
}

/// The names that one scheme could have written throughout.
fn coherent(clusters: &[Cluster], members: Vec<(usize, usize)>) -> Option<Run> {
    let able = |&(i, form): &(usize, usize)| -> Vec<&'static str> {
        let text = &clusters[i].forms[form].text;
        let reading = clusters[i].language.and_then(|l| romanization::read(text, l));
        reading.map_or_else(Vec::new, |r| r.schemes.iter().map(|s| s.name).collect())
    };
    let read: Vec<Vec<&str>> = members.iter().map(able).collect();
    let mut votes: Vec<(&'static str, usize)> = Vec::new();
    for scheme in members.iter().filter_map(|(i, form)| clusters[*i].forms[*form].scheme) {
        if votes.iter().all(|(s, _)| *s != scheme) {
            votes.push((scheme, read.iter().filter(|r| r.contains(&scheme)).count()));
        }
    }
    let (scheme, _) = votes.into_iter().max_by_key(|(scheme, n)| (*n, std::cmp::Reverse(*scheme)))?;
    let members = members.into_iter().zip(&read).filter(|(_, r)| r.contains(&scheme)).map(|(m, _)| m);
    Some(Run { scheme, members: members.collect() })
}
