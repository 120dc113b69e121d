//! `locator-form`

use super::Sink;
use crate::analysis::{Analysis, locators};
use crate::text::Edit;

rule! {
    /// A space stands on one side of the dash in a range of pages.
    ///
    /// ## Why
    /// A range is one thing and is set without spaces. A space on one side only is a slip in every style; where a line ends
    /// behind the dash there is none.
    ///
    /// ```bad
    /// The lamp was sold,¹ and lost.²
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review* 4 (1931): 78- 81.
    /// //~ locator-form «78- 81» => «78-81»
    ///
    /// ² Paul Lind, *The Oil* (Quay Press, London, 1932), pp. 3-4, 12-17, 20-21.
    /// ```
    ///
    /// ```good
    /// The lamp was sold.¹
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review* 4 (1931): 78-81.
    /// ```
    ///
    /// ## Fix
    /// Safe: the space goes.
    "locator-form", Warning, "The Chicago Manual of Style on inclusive numbers"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for gap in locators::gaps(analysis) {
        let finding = out.at(gap.range, "a space in the range");
        finding.related(gap.space, "the space");
        finding.safe_fix("drop the space", vec![Edit::new(gap.space.span, "")]);
    }
}
