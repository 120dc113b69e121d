//! `locator-order`

use super::Sink;
use crate::analysis::{Analysis, locators};
use crate::text::Edit;

rule! {
    /// One page in a list of pages stands out of order.
    ///
    /// ## Why
    /// Pages are listed as they follow in the source, and a single one out of its place is most often a slip or a wrong
    /// number. Lists with more than one break are sorted by something else (weight, the order of the argument) and let stand.
    ///
    /// ```bad
    /// The lamp was sold.¹
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), pp. 55-6, 65, 178-80, 117.
    /// //~ locator-order «117»
    /// ```
    ///
    /// ```good
    /// The lamp was sold.¹
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (Quay Press, London, 1931), pp. 178-80, 65, 55-6, 117.
    /// ```
    ///
    /// ## Fix
    /// Unsafe: the list is sorted; the number itself may be wrong.
    "locator-order", Warning, "The Chicago Manual of Style on page references"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for disorder in locators::disorders(analysis) {
        let page = analysis.text(disorder.stray).to_string();
        let finding = out.at(disorder.stray, format!("{page} stands out of order in its list of pages"));
        finding.related(disorder.list, format!("in order: {}", disorder.sorted));
        finding.unsafe_fix("sort the pages", vec![Edit::new(disorder.list.span, disorder.sorted)]);
    }
}
