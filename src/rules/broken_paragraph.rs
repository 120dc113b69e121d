//! `broken-paragraph`

use super::Sink;
use crate::analysis::{Analysis, Place};

rule! {
    /// Text is lost at a page end: what follows does not continue what stands before.
    ///
    /// ## Why
    /// A page that ends with a whole sentence and a next page that begins in mid-sentence have lost words in between, in
    /// a conversion or a scan. Nobody but the author can supply them.
    ///
    /// ```bad
    /// The strike began in May.¹ It spread to the mills, and by the summer no mill was working. The ministry waited.
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// evening.² The mills opened in the autumn, and no file speaks of the matter again.
    /// //~ broken-paragraph «evening.»
    ///
    /// ² Archive of the Ministry, box 9.
    /// ```
    ///
    /// ```good
    /// The strike began in May.¹ It spread to the mills, and by the summer no mill was working. The ministry waited
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// to the end.² The mills opened in the autumn, and no file speaks of the matter again.
    ///
    /// ² Archive of the Ministry, box 9.
    /// ```
    ///
    /// A paragraph that the notes of a page end cut in mid-sentence is read as one, and nothing is said.
    "broken-paragraph", Warning, "any manual: text is lost"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, read) in analysis.files.iter().enumerate() {
        for tear in &read.manuscript.tears {
            out.at(Place { file, span: tear.after }, "this does not continue the page before: text is lost")
                .related(Place { file, span: tear.before }, "the sentence before ends here");
        }
    }
}
