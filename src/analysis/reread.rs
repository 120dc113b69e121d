//! The notes of a new version of a file: where the words are the same, so is their reading.

use super::File;
use crate::citation::{self, Citation};
use crate::model::{Flow, Manuscript};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Citations of each note, as [`citation::read`] gives them; taken from an older version where it has the same flow.
pub fn citations(manuscript: &Manuscript, old: &File) -> Vec<Vec<Citation>> {
    let known: FxHashMap<&str, usize> =
        old.manuscript.notes.iter().enumerate().map(|(note, n)| (n.flow.text.as_str(), note)).collect();
    let reread = |flow: &Flow| match known.get(flow.text.as_str()) {
        Some(note) if reads_alike(flow, &old.manuscript.notes[*note].flow) => old.notes[*note].clone(),
        _ => citation::read(flow),
    };
    match manuscript.text.len() {
        super::LARGE.. => manuscript.notes.par_iter().map(|n| reread(&n.flow)).collect(),
        _ => manuscript.notes.iter().map(|n| reread(&n.flow)).collect(),
    }
}

/// The same to the grammar: words, emphasis, and where marks stand.
fn reads_alike(a: &Flow, b: &Flow) -> bool {
    let marks = |flow: &Flow| flow.marks.iter().map(|(at, _)| *at).collect::<Vec<_>>();
    a.text == b.text && a.emphasis == b.emphasis && marks(a) == marks(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;
    use crate::model::Reader;

    #[test]
    fn a_new_version_reads_as_if_it_were_the_first() {
        let read = |text: &str| formats::read("a.md", text, Reader::Pandoc);
        let old =
            "A.[^1] B.[^2]\n\n[^1]: John Smith, *The History of Bees* (London: Faber, 1990), 12.\n\n[^2]: Ibid., 13.\n";
        let old_file = File::read(read(old));
        for new in [old.replace("*", ""), old.replace("Ibid., 13", "Smith, *Bees*, 14"), old.replace("A.", "😀 A.")] {
            let (first, again) = (File::read(read(&new)), File::reread(read(&new), &old_file));
            assert_eq!(format!("{first:?}"), format!("{again:?}"));
        }
    }
}
