//! `ibid-same-locator`

use super::Sink;
use crate::analysis::{Analysis, backrefs};

rule! {
    /// An Ibid. repeats the pages of the citation before it.
    ///
    /// ## Why
    /// A bare Ibid. already means the same place. In editors only.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 71.
    ///
    /// ² Ibid., 71.
    /// //~ ibid-same-locator «71»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 71.
    ///
    /// ² Ibid.
    /// ```
    "ibid-same-locator", Hint, "The Chicago Manual of Style, 17th ed., 14.34"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (id, before) in backrefs::same_pages(analysis) {
        let Some(locators) = &analysis.citation(id).locators else { continue };
        let there = analysis.citation(before).locators.as_ref().map_or(analysis.citations[before].place, |l| analysis.place(before, l.span));
        out.at(analysis.place(id, locators.span), "the same place again: Ibid. alone says it").related(there, analysis.numbered(before));
    }
}
