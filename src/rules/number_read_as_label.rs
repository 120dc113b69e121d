//! `number-read-as-label`

use super::Sink;
use crate::analysis::{Analysis, Place};
use crate::model::MisreadLabel;
use crate::text::Edit;

rule! {
    /// A number of the text has been turned into the label of a note.
    ///
    /// ## Why
    /// A converter took a year or a page at the beginning of a line (`2005.`) for a note. The note it stood in breaks off
    /// there, and Pandoc drops the rest, because no mark asks for it.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills.[^2] The ministry sent troops.[^3]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: The mill kept its papers until the end of the war in
    /// [^1945]: They are now in the archive of the town.
    /// //~ number-read-as-label «[^1945]:»
    /// [^3]: Archive of the Ministry, box 9.
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills.[^2] The ministry sent troops.[^3]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: The mill kept its papers until the end of the war in
    /// 1945. They are now in the archive of the town.
    /// [^3]: Archive of the Ministry, box 9.
    /// ```
    ///
    /// The damage a converter did to one file is one finding.
    ///
    /// The fix puts the numbers back; it is unsafe, because the stop after them is a guess.
    "number-read-as-label", Error, "Pandoc manual, footnotes"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, read) in analysis.files.iter().enumerate() {
        // One converter, one finding.
        let [first, others @ ..] = &read.manuscript.misread_labels[..] else { continue };
        let message = match others.len() {
            0 => format!("a number of the text (“{}”) read as the label of a note", first.number),
            n => format!("{} numbers of the text (“{}” …) read as labels of notes", n + 1, first.number),
        };
        let finding = out.at(Place { file, span: first.span }, message);
        for label in others {
            finding.related(Place { file, span: label.span }, format!("“{}” too", label.number));
        }
        let back = |l: &MisreadLabel| Edit::new(l.span, l.number.clone());
        finding.unsafe_fix("put the numbers back", read.manuscript.misread_labels.iter().map(back).collect());
    }
}
