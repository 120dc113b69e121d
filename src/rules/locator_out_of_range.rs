//! `locator-out-of-range`

use super::Sink;
use crate::analysis::{Analysis, extents};

rule! {
    /// An article is cited beyond the pages its full citation gives.
    ///
    /// ## Why
    /// Either the extent is wrong, or it is the place cited and no extent, or the later pages are. Reported once, at the
    /// full citation. Only a range without a sign (`: 78-81`) in the full citation, followed by pages that have one
    /// (`p. 83`), is taken for an extent.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review*, No. 4, 1931: 78-81.
    /// //~ locator-out-of-range «78-81»
    ///
    /// ² Reed, "On the Lamp," pp. 81-2.
    ///
    /// ³ Reed, "On the Lamp," p. 84.
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, "On the Lamp," *Harbour Review*, No. 4, 1931: 78-85.
    ///
    /// ² Reed, "On the Lamp," pp. 81-2.
    ///
    /// ³ Reed, "On the Lamp," p. 84.
    /// ```
    "locator-out-of-range", Warning, "The Chicago Manual of Style on page references"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for overrun in extents::overruns(analysis) {
        let extent = analysis.text(overrun.extent);
        let message = format!("pages {extent} are exceeded by later citations: a wrong extent, or a place cited?");
        let finding = out.at(overrun.extent, message);
        for place in overrun.outside {
            finding.related(place, "beyond these pages");
        }
    }
}
