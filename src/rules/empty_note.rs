//! `empty-note`

use super::Sink;
use crate::analysis::{Analysis, Place};

rule! {
    /// A note has a number and no text.
    ///
    /// ## Why
    /// The reader is sent to a place where nothing stands: the text of the note was lost, or never written.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills.[^2]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]:
    /// //~ empty-note «[^2]:»
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills.[^2]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]:
    ///     Archive of the Mill, box 2.
    /// ```
    "empty-note", Error, "Chicago 17, 14.25"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        let manuscript = &analysis.files[file].manuscript;
        for note in &numbering.empty {
            let name = numbering.name(manuscript, *note);
            out.at(Place { file, span: manuscript.notes[*note].span }, format!("note {name} is empty"));
        }
    }
}
