//! `skipped-note-number`

use super::Sink;
use crate::analysis::Analysis;
use crate::analysis::notes::Which;

rule! {
    /// A note number is left out: neither a mark nor a note has it.
    ///
    /// ## Why
    /// Numbers run without gaps within a chapter. A gap means that a note was cut and the rest not renumbered, or that
    /// a note was lost; the reader looks for it, and every pointer to a later note may be off by one.
    ///
    /// ```bad
    /// The strike began in May.¹ It spread to the mills.² The ministry sent troops.⁴
    /// //~ skipped-note-number «⁴»
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// ² Archive of the Mill, box 2.
    ///
    /// ⁴ Archive of the Ministry, box 9.
    /// ```
    ///
    /// ```good
    /// The strike began in May.¹ It spread to the mills.² The ministry sent troops.³
    ///
    /// ¹ Archive of the Mill, box 1.
    ///
    /// ² Archive of the Mill, box 2.
    ///
    /// ³ Archive of the Ministry, box 9.
    /// ```
    ///
    /// A lost block of numbers is one finding. There is no fix: closing a gap moves every pointer behind it.
    "skipped-note-number", Warning, "Chicago 17, 14.25; Turabian 9, 16.3"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        for gap in &numbering.gaps {
            let label = |which| analysis.label(file, which);
            let (place, after) = label(gap.after);
            let numbers = match gap.last - gap.first {
                0 => format!("number {} is", gap.first),
                _ => format!("numbers {} to {} are", gap.first, gap.last),
            };
            let message = match gap.before {
                _ if gap.typed => format!("{numbers} in the text before {after}, and no note has them"),
                Some(before) => format!("{numbers} skipped: {} is followed by {after}", label(before).1),
                None => format!("{numbers} skipped: the first is {after}"),
            };
            let more = if gap.also.is_empty() { String::new() } else { format!("; {} more gaps", gap.also.len()) };
            let finding = out.at(place, message + &more);
            if let Some(note) = gap.note_after {
                finding.related(label(Which::Note(note)).0, format!("note {after}"));
            }
            if let Some(before) = gap.before {
                finding.related(label(before).0, format!("the number before: {}", label(before).1));
            }
            for other in &gap.also {
                finding.related(label(*other).0, format!("a gap before {}", label(*other).1));
            }
        }
    }
}
