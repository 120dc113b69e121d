//! `mark-without-note`

use super::Sink;
use crate::analysis::Analysis;
use crate::analysis::notes::Which;

rule! {
    /// A mark sends the reader to a note that does not exist.
    ///
    /// ## Why
    /// The reader turns to the note and finds nothing. Pandoc prints the sign as it stands.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills.[^2] The ministry sent troops.[^3]
    /// //~ mark-without-note «[^2]»
    ///
    /// [^1]: Archive of the Mill, box 1.
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
    /// A file that has marks and no notes at all is one half of a book, and nothing is said. Consecutive notes that
    /// are lost together are one finding.
    "mark-without-note", Error, "Chicago 17, 14.25"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        for run in &numbering.strays {
            let (first, name) = analysis.label(file, Which::Mark(run.items[0]));
            let message = match run.items[..] {
                [_, .., last] => format!("there are no notes {name} to {}", analysis.label(file, Which::Mark(last)).1),
                _ => format!("there is no note {name}"),
            };
            let finding = out.at(first, message);
            for mark in run.items.iter().skip(1) {
                let (place, name) = analysis.label(file, Which::Mark(*mark));
                finding.related(place, format!("mark {name}, without a note too"));
            }
            if let Some(note) = run.nearly {
                let (place, name) = analysis.label(file, Which::Note(note));
                finding.related(place, format!("note {name} has no mark: is it the one?"));
            }
        }
    }
}
