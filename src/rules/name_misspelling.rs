//! `name-misspelling`

use super::Sink;
use crate::analysis::names::Misspelt;
use crate::analysis::names::evidence::Evidence;
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

rule! {
    /// A name is one slip away from another spelling, and something shows that the same person or place is meant.
    ///
    /// ## Why
    /// No dictionary holds the names of a manuscript, but the manuscript does. Two names a letter apart are often two people:
    /// reported only where initials agree, the same given name or the same words stand beside both, or a letter stands
    /// that no name has. `names.distinct` in `ibid.toml` tells two people apart for good.
    ///
    /// ```bad
    /// L. B. Kamenev spoke first. Later Kamenev left. The list had L. B. Kamemev on it.
    /// //~ name-misspelling «Kamemev»
    /// ```
    ///
    /// ```good
    /// L. B. Kamenev spoke first. Later Kamenev left. The list had P. A. Kamemev on it.
    /// ```
    ///
    /// ## Fix
    /// The rarer form becomes the other one. Unsafe: only the author knows who is meant.
    "name-misspelling", Warning, "The Chicago Manual of Style on the editor's list of names"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for slip in &analysis.names.slips {
        report(analysis, slip, out);
    }
}

/// One finding for a misspelt word.
pub(super) fn report(analysis: &Analysis, slip: &Misspelt, out: &mut Sink) {
    let Misspelt { wrong, right, places, .. } = slip;
    let shown: Vec<String> = slip.evidence.iter().map(said).collect();
    let usual = match slip.tie {
        true => format!("or should \"{right}\" be \"{wrong}\"?"),
        false => format!("\"{right}\" stands {}", super::spellings::times(slip.count)),
    };
    let finding = out.at(places[0], format!("\"{right}\"? {}; {}; {usual}", slip.reason, shown.join(", ")));
    for place in &slip.models {
        finding.related(*place, format!("\"{right}\" here"));
    }
    for place in &places[1..] {
        finding.related(*place, format!("\"{wrong}\" again"));
    }
    if !slip.tie {
        let here = |p: &&Place| p.file == places[0].file && analysis.text(**p) == *wrong;
        let edits = places.iter().filter(here).map(|p| Edit::new(p.span, right.clone())).collect();
        finding.unsafe_fix(format!("write \"{right}\""), edits);
    }
}

fn said(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Initials(initials) => format!("both are {initials}"),
        Evidence::Tripled(c) => format!("{c} stands three times in a row"),
        Evidence::Companion(name) => format!("both stand beside \"{name}\""),
        Evidence::Neighbours(words) => format!("both stand in \"{words}\""),
        Evidence::Frequency => "the other spelling is the usual one".to_owned(),
        Evidence::DoubleEnding => "an ending behind an ending".to_owned(),
        Evidence::SameSource => "in titles of one work".to_owned(),
    }
}
