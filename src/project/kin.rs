//! Files of one folder that are one work: one has the notes, or cites in full what the other cites by a short form.
//!
//! Two tellings of one text (a word processor's file and what it was converted into) are two works.

use crate::analysis::{File, links};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Files put together: lists of indices, every index once, in their order.
pub fn split(files: &[Arc<File>]) -> Vec<Vec<usize>> {
    if files.len() < 2 {
        return (0..files.len()).map(|i| vec![i]).collect();
    }
    let mut of: Vec<usize> = (0..files.len()).collect();
    let twins = Twins::new(files);
    for (a, b) in links(files) {
        if of[a] != of[b] && !twins.are(a, b) {
            let (keep, gone) = (of[a].min(of[b]), of[a].max(of[b]));
            of.iter_mut().filter(|o| **o == gone).for_each(|o| *o = keep);
        }
    }
    let mut works: Vec<Vec<usize>> = vec![Vec::new(); files.len()];
    for (file, work) in of.into_iter().enumerate() {
        works[work].push(file);
    }
    works.retain(|w| !w.is_empty());
    works
}

/// The notes of each file, to be compared.
struct Twins<'a>(Vec<FxHashSet<&'a str>>);

/// Shorter notes are alike by chance: *Ibid., 12.*
const LONG: usize = 40;

impl<'a> Twins<'a> {
    fn new(files: &'a [Arc<File>]) -> Twins<'a> {
        let notes =
            |f: &'a Arc<File>| f.manuscript.notes.iter().map(|n| n.flow.text.trim()).filter(|t| t.len() >= LONG);
        Twins(files.iter().map(|f| notes(f).collect()).collect())
    }

    /// Half of the notes of one are those of the other, word for word.
    fn are(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.0[a], &self.0[b]);
        let least = a.len().min(b.len());
        least >= 3 && a.intersection(b).count() * 2 >= least
    }
}
