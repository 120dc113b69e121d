//! `latin-discouraged`

use super::Sink;
use crate::analysis::Analysis;
use crate::citation::{Certainty, Citation, Form};

rule! {
    /// "Op. cit." or "loc. cit." is used although the style has given them up.
    ///
    /// ## Why
    /// They make the reader hunt for the title, and fail silently once an author is cited with two works. One finding a
    /// manuscript.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ³ Reed, op. cit., 14.
    /// //~ latin-discouraged «op. cit.»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ³ Reed, *Lamp Keepers*, 14.
    /// ```
    "latin-discouraged", Info, "The Chicago Manual of Style, 17th ed., 14.36; MHRA Style Guide, 11.3; OSCOLA, 4th ed., 1.2.3"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for file in 0..analysis.files.len() {
        let latin = |id: usize, c: &Citation| {
            let cited = matches!(c.form, Form::OpCit | Form::LocCit) && c.certainty == Certainty::Sure;
            cited && c.cue.is_some() && is_latin(analysis.text(analysis.cue_place(id)))
        };
        let found: Vec<_> = analysis.citations_of(file).filter(|(id, c)| latin(*id, c)).map(|(id, _)| id).collect();
        let Some(first) = found.first() else { continue };
        let cue = analysis.cue_place(*first);
        let times = if found.len() > 1 { format!(" ({} times)", found.len()) } else { String::new() };
        let message = format!("\"{}\": the style prefers author and short title{times}", analysis.text(cue));
        let finding = out.at(cue, message);
        if let Some(antecedent) = analysis.antecedent(*first) {
            finding.related(analysis.citations[antecedent].place, "taken to mean this");
        }
        for other in &found[1..] {
            finding.related(analysis.cue_place(*other), analysis.numbered(*other));
        }
    }
}

/// `op. cit.`, `ob. cit.`, `loc. cit.`, `l. c.`; not `a.a.O.` or `указ. соч.`
fn is_latin(cue: &str) -> bool {
    let word: String = cue.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    ["op", "ob", "loc", "lc", "art"].iter().any(|head| word.starts_with(head)) && word.ends_with('t') || word == "lc"
}
