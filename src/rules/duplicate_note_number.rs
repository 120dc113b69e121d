//! `duplicate-note-number`

use super::Sink;
use crate::analysis::Analysis;
use crate::analysis::notes::Which;

rule! {
    /// A note number is used twice.
    ///
    /// ## Why
    /// Two marks with one number send the reader to one note, and one of them to the wrong one. Two notes with one number
    /// leave the reader to guess; Pandoc keeps only one of them.
    ///
    /// ```bad
    /// The strike began in May.¹ It spread to the mills.² The ministry sent troops.² The mills closed.³
    /// //~ duplicate-note-number «²» #2
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// ² Archive of the Mill, box 2.
    ///
    /// ³ Archive of the Ministry, box 9.
    /// ```
    ///
    /// ```good
    /// The strike began in May.¹ It spread to the mills.² The ministry sent troops. The mills closed.³
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// ² Archive of the Mill, box 2.
    ///
    /// ³ Archive of the Ministry, box 9.
    /// ```
    ///
    /// Labels that are words may be used as often as you like: only numbers count. Numbering that begins again with a
    /// chapter is no duplicate.
    "duplicate-note-number", Error, "Chicago 17, 14.25; Turabian 9, 16.3"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        for double in &numbering.doubles {
            let (place, number) = analysis.label(file, double.second);
            let (first, _) = analysis.label(file, double.first);
            let what = if matches!(double.second, Which::Mark(_)) { "mark" } else { "note" };
            let finding = match double.meant.map(|note| analysis.label(file, Which::Note(note))) {
                Some((note, meant)) => out
                    .at(place, format!("a second mark {number}, while note {meant} has none"))
                    .related(note, format!("note {meant} waits for its mark")),
                None => out.at(place, format!("a second {what} {number}")),
            };
            finding.related(first, format!("the first {what} {number}"));
        }
    }
}
