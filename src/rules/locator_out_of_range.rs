//! `locator-out-of-range`

use super::Sink;
use crate::analysis::{Analysis, extents};

rule! {
    /// An article is cited beyond the pages its full citation gives.
    ///
    /// ## Why
    /// Either the extent is wrong, or it is the place cited and no extent, or the later pages are wrong. Reported once an
    /// article: at the later page, or at the full citation when there are several. A range in the full citation is taken for
    /// an extent when it has no sign (`: 78-81`) and all later pages have one (`p. 83`), or when the other articles of the
    /// manuscript keep within theirs. An *Ibid.* more than 300 pages away from every page of the article cited before is
    /// reported too: it is meant for another work.
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
    for leap in extents::leaps(analysis) {
        let before = analysis.text(leap.before);
        let finding = out.at(leap.place, format!("too far from {before} for the same article: another work?"));
        finding.related(leap.before, "the page cited before");
    }
    for overrun in extents::overruns(analysis) {
        let extent = analysis.text(overrun.extent);
        if let [page] = overrun.outside.as_slice() {
            let message = format!("the article is given as pages {extent}");
            out.at(*page, message).related(overrun.extent, "the full citation");
            continue;
        }
        let message = format!("pages {extent} are exceeded by later citations: a wrong extent, or a place cited?");
        let finding = out.at(overrun.extent, message);
        for place in overrun.outside {
            finding.related(place, "beyond these pages");
        }
    }
}
