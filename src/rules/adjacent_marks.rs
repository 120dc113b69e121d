//! `adjacent-marks`

use super::Sink;
use crate::analysis::notes::Which;
use crate::analysis::{Analysis, Place};

rule! {
    /// Two marks stand at one place.
    ///
    /// ## Why
    /// Two raised numbers side by side read as one (⁷⁸), and the reader has to turn to two notes for one passage. Several
    /// sources for one passage go into one note.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills.[^2][^3] The ministry sent troops.[^4]
    /// //~ adjacent-marks «[^2][^3]»
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// [^3]: Archive of the Ministry, box 9.
    /// [^4]: Archive of the Ministry, box 10.
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills.[^2] The ministry sent troops.[^3]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2; Archive of the Ministry, box 9.
    /// [^3]: Archive of the Ministry, box 10.
    /// ```
    ///
    /// A long row of marks is a list, and nothing is said.
    "adjacent-marks", Warning, "Chicago 17, 14.28"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        let marks = &analysis.files[file].manuscript.marks;
        for (first, last) in &numbering.placement.adjacent {
            let span = marks[*first].span.join(marks[*last].span);
            let names: Vec<&str> = marks[*first..=*last].iter().map(|m| m.label.text.as_str()).collect();
            let finding = out.at(Place { file, span }, format!("marks {} at one place", names.join(", ")));
            for note in (*first..=*last).filter_map(|m| numbering.note_of_mark[m]) {
                let (place, name) = analysis.label(file, Which::Note(note));
                finding.related(place, format!("note {name}"));
            }
        }
    }
}
