//! `full-citation-repeated`

use super::Sink;
use crate::analysis::{Analysis, drift};

rule! {
    /// A work is cited in full a second time, in a manuscript that otherwise uses short forms.
    ///
    /// ## Why
    /// Most styles cite in full once and shorten from then on; a second full citation makes the reader look for a second work.
    /// Another edition, another chapter with notes of its own, newspapers, archives and laws are let stand, and so are
    /// manuscripts that repeat as a rule.
    ///
    /// ```bad
    /// One,¹ two,² three,³ four,⁴ five,⁵ six,⁶ seven,⁷ eight,⁸ nine,⁹ ten.¹⁰
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), p. 12.
    ///
    /// ² Reed, *Lamp Keepers*, p. 14.
    ///
    /// ³ Reed, *Lamp Keepers*, p. 15.
    ///
    /// ⁴ Reed, *Lamp Keepers*, p. 16.
    ///
    /// ⁵ Reed, *Lamp Keepers*, p. 17.
    ///
    /// ⁶ Reed, *Lamp Keepers*, p. 18.
    ///
    /// ⁷ Reed, *Lamp Keepers*, p. 19.
    ///
    /// ⁸ Reed, *Lamp Keepers*, p. 20.
    ///
    /// ⁹ Reed, *Lamp Keepers*, p. 21.
    ///
    /// ¹⁰ Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), p. 22.
    /// //~ full-citation-repeated «Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), p. 22»
    /// ```
    ///
    /// ```good
    /// One,¹ two.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), p. 12.
    ///
    /// ² Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), p. 22.
    /// ```
    "full-citation-repeated", Info, "Chicago 17, 14.29"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        for repeated in drift::repeated(analysis, file) {
            let finding = out.at(repeated.place, "cited in full before: a short form will do");
            finding.related(repeated.first, "the first full citation");
        }
    }
}
