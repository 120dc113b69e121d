//! `escaped-label`

use super::Sink;
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

rule! {
    /// The brackets of a mark or a note's label are escaped.
    ///
    /// ## Why
    /// A converter kept the brackets from being Markdown (`\[\^12\]`). The mark is printed as it stands, and no note is made.
    ///
    /// ```bad md
    /// The strike began in May.\[\^1\] It spread to the mills.[^2]
    /// //~ escaped-label «\[\^1\]» => «[^1]»
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills.[^2]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// ```
    ///
    /// The damage a converter did to one file is one finding. A sign that is shown as an example has no note of its own, or
    /// another mark that leads there, and stands.
    ///
    /// The fix takes the backslashes away; it is safe, because only labels are taken that belong to a note.
    "escaped-label", Error, "Pandoc manual, backslash escapes"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, read) in analysis.files.iter().enumerate() {
        let labels = &read.manuscript.escaped_labels;
        let [first, others @ ..] = &labels[..] else { continue };
        let message = match others.len() {
            0 => "the brackets of a label are escaped: it is printed as it stands".to_owned(),
            n => format!("the brackets of {} labels are escaped: they are printed as they stand", n + 1),
        };
        let finding = out.at(Place { file, span: *first }, message);
        for label in others {
            finding.related(Place { file, span: *label }, "here too");
        }
        let text = &read.manuscript.text;
        let edits = labels.iter().map(|l| Edit::new(*l, l.of(text).replace(['\\'], ""))).collect();
        finding.safe_fix("take the backslashes away", edits);
    }
}
