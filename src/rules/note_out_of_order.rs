//! `note-out-of-order`

use super::Sink;
use crate::analysis::Analysis;

rule! {
    /// A note number stands where it does not belong in the order.
    ///
    /// ## Why
    /// Notes are numbered in the order in which the reader meets them. A number out of order is a slip, or belongs to a
    /// passage that was moved after the notes had been numbered.
    ///
    /// ```bad md
    /// The strike began in May.[^1] It spread to the mills.[^3] The ministry sent troops.[^2] The mills closed.[^4]
    /// //~ note-out-of-order «[^3]»
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^2]: Archive of the Mill, box 2.
    /// [^3]: Archive of the Ministry, box 9.
    /// [^4]: Archive of the Ministry, box 10.
    /// ```
    ///
    /// ```good md
    /// The strike began in May.[^1] It spread to the mills.[^2] The ministry sent troops.[^3] The mills closed.[^4]
    ///
    /// [^1]: Archive of the Mill, box 1.
    /// [^3]: Archive of the Mill, box 2.
    /// [^2]: Archive of the Ministry, box 9.
    /// [^4]: Archive of the Ministry, box 10.
    /// ```
    ///
    /// In Pandoc only the order of the marks counts, the definitions may stand anywhere; labels that are words, or
    /// numbers in no order at all, are names and not checked.
    "note-out-of-order", Warning, "Chicago 17, 14.25; Turabian 9, 16.3"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, numbering) in analysis.notes.iter().enumerate() {
        for disorder in &numbering.disorder {
            let (place, number) = analysis.label(file, disorder.which);
            let (against, other) = analysis.label(file, disorder.against);
            let side = if against.span < place.span { "after" } else { "before" };
            out.at(place, format!("{number} stands {side} {other}")).related(against, format!("{other} is here"));
        }
    }
}
