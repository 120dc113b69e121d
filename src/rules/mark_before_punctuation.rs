//! `mark-before-punctuation`

use super::Sink;
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

rule! {
    /// A mark stands before a stop, where this manuscript has it after.
    ///
    /// ## Why
    /// The mark follows punctuation, except a dash. Some languages set it before the stop when it belongs to the last
    /// word only: a manuscript that does so now and then is taken at its word.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills.[^2] The ministry sent troops.[^3] The mills closed.[^4]
    /// Nobody was tried[^5]. The files were burnt.[^6] One survives.[^7]
    /// //~ mark-before-punctuation «[^5].»
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// [^3]: Archive of the Ministry, box 9.
    /// [^4]: Archive of the Ministry, box 10.
    /// [^5]: Archive of the Ministry, box 11.
    /// [^6]: Archive of the Ministry, box 12.
    /// [^7]: Archive of the Ministry, box 13.
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills[^2]—all but one.
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// ```
    ///
    /// The fix changes places of mark and stop; it is unsafe, because the mark may be meant for the last word only.
    "mark-before-punctuation", Warning, "Chicago 17, 14.26; Turabian 9, 16.3.2; AGLC 4, 1.1.2"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        let manuscript = &analysis.files[file].manuscript;
        for (mark, stop) in &numbering.placement.before_stop {
            let mark = &manuscript.marks[*mark];
            let span = mark.span.join(*stop);
            let sign = stop.of(&manuscript.text);
            let swapped = format!("{sign}{}", mark.span.of(&manuscript.text));
            out.at(Place { file, span }, format!("mark {} stands before its “{sign}”", mark.label.text))
                .unsafe_fix("set the mark after the stop", vec![Edit::new(span, swapped)]);
        }
    }
}
