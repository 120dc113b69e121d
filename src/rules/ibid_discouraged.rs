//! `ibid-discouraged`

use super::Sink;
use crate::analysis::Analysis;
use crate::citation::Form;

rule! {
    /// Ibid. is used although the style prefers short forms.
    ///
    /// ## Why
    /// Chicago, from its 17th edition on, MHRA and others ask for the author's name and a short title instead: it survives
    /// every move of a note and every reader who comes in the middle. Off by default; a profile turns it on. One finding a manuscript.
    ///
    /// ```toml
    /// profile = "chicago-17"
    /// ```
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Ibid., 14.
    /// //~ ibid-discouraged «Ibid.»
    /// ```
    ///
    /// ```toml
    /// profile = "chicago-17"
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Reed, *Lamp Keepers*, 14.
    /// ```
    "ibid-discouraged", Off, "The Chicago Manual of Style, 17th ed., 14.34, and 18th ed., 13.37; MHRA Style Guide, 11.3"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        let ibids: Vec<_> = analysis.citations_of(file).filter(|(_, c)| c.form == Form::Ibid).map(|(id, _)| id).collect();
        let Some(first) = ibids.first() else { continue };
        let times = if ibids.len() > 1 { format!(" ({} times)", ibids.len()) } else { String::new() };
        let finding = out.at(analysis.cue_place(*first), format!("the style prefers a short form to Ibid.{times}"));
        for other in &ibids[1..] {
            finding.related(analysis.cue_place(*other), analysis.numbered(*other));
        }
    }
}
