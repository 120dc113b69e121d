//! `initial-form`

use super::Sink;
use crate::analysis::Analysis;
use crate::text::{Edit, Span};

rule! {
    /// An initial lacks its stop where the one before it has one.
    ///
    /// ## Why
    /// `I. K Fedotov`: a slip, not a style. Initials without any stops are a style and not reported.
    ///
    /// ```bad
    /// Then I. K Fedotov spoke.
    /// //~ initial-form «I. K Fedotov» => «I. K. Fedotov»
    /// ```
    ///
    /// ```good
    /// Then I. K. Fedotov spoke, and I K Fedotov and Harry S Truman answered.
    /// ```
    ///
    /// ## Fix
    /// The stop is added. Safe.
    "initial-form", Warning, "The Chicago Manual of Style on initials"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for loose in &analysis.names.loose {
        let finding = out.at(loose.place, "the last initial lacks its stop");
        finding.safe_fix("add the stop", vec![Edit::new(Span::empty(loose.stop as usize), ".")]);
    }
}
