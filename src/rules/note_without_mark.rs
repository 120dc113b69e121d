//! `note-without-mark`

use super::Sink;
use crate::analysis::Analysis;
use crate::analysis::notes::Which;

rule! {
    /// No mark in the text sends the reader to this note.
    ///
    /// ## Why
    /// The note belongs to a passage, and nobody can tell to which. Its mark was deleted with the passage, or mistyped.
    /// Pandoc drops such a note without a word.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills. The ministry sent troops.[^3]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// //~ note-without-mark «[^2]»
    /// [^3]: Archive of the Ministry, box 9.
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills.[^2] The ministry sent troops.[^3]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// [^3]: Archive of the Ministry, box 9.
    /// ```
    ///
    /// A file that has notes and no marks at all is one half of a book, and nothing is said.
    "note-without-mark", Error, "Chicago 17, 14.25"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        for run in &numbering.orphans {
            let label = |note: usize| analysis.label(file, Which::Note(note));
            let (first, name) = label(run.items[0]);
            let message = match run.items[..] {
                [_, .., last] => format!("no marks send the reader to notes {name} to {}", label(last).1),
                _ => format!("no mark sends the reader to note {name}"),
            };
            let finding = out.at(first, message);
            for note in run.items.iter().skip(1) {
                let (place, name) = label(*note);
                finding.related(place, format!("note {name}, without a mark too"));
            }
        }
    }
}
