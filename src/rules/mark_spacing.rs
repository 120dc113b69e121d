//! `mark-spacing`

use super::Sink;
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

rule! {
    /// A space stands before the mark of a note.
    ///
    /// ## Why
    /// The mark belongs to the word or the stop before it. A space lets it fall onto the next line, where it looks like
    /// the beginning of the next sentence.
    ///
    /// ```bad
    /// The strike began in May.¹ It spread to the mills. ² The ministry sent troops.³ The mills closed.⁴
    /// //~ mark-spacing « ²» => «²»
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// ² Archive of the Mill, box 2.
    ///
    /// ³ Archive of the Ministry, box 9.
    ///
    /// ⁴ Archive of the Ministry, box 10.
    /// ```
    ///
    /// ```good
    /// The strike began in May.¹ It spread to the mills.² The ministry sent troops.³ The mills closed.⁴
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// ² Archive of the Mill, box 2.
    ///
    /// ³ Archive of the Ministry, box 9.
    ///
    /// ⁴ Archive of the Ministry, box 10.
    /// ```
    ///
    /// A manuscript with a space before many of its marks has it by habit, or from a converter, and nothing is said.
    ///
    /// The fix deletes the space; it is safe.
    "mark-spacing", Warning, "Chicago 17, 14.26; Turabian 9, 16.3.2"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        let marks = &analysis.files[file].manuscript.marks;
        for (mark, space) in &numbering.placement.spaced {
            let mark = &marks[*mark];
            let place = Place { file, span: space.join(mark.span) };
            out.at(place, format!("a space before mark {}", mark.label.text))
                .safe_fix("delete the space", vec![Edit::new(*space, "")]);
        }
    }
}
