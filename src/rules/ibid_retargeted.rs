//! `ibid-retargeted`

use super::Sink;
use crate::analysis::{Analysis, versions};

rule! {
    /// A citation stands for another work than in the version before, though its words are the same.
    ///
    /// ## Why
    /// An Ibid. stands for whatever is cited before it, "supra note 4" for whatever note is the fourth: a note put in, taken out or
    /// moved changes their meaning without touching them, and nobody sees it in a comparison of the words. Reported by
    /// `ibid check --since REV` and `ibid diff OLD NEW`, which have both versions at hand. Citations in a row that have gone
    /// the same way are one finding.
    ///
    /// ```before md
    /// The lamp was sold,[^1] then lost.[^2]
    ///
    /// [^1]: Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// [^2]: Ibid., 14.
    /// ```
    ///
    /// ```bad md
    /// The lamp was sold,[^1] then dimmed,[^oil] then lost.[^2]
    ///
    /// [^1]: Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// [^oil]: Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// [^2]: Ibid., 14.
    /// //~ ibid-retargeted «Ibid., 14»
    /// ```
    ///
    /// ```good md
    /// The lamp was sold,[^1] then lost,[^2] then found.[^3]
    ///
    /// [^1]: Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// [^2]: Ibid., 14.
    ///
    /// [^3]: Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    /// ```
    "ibid-retargeted", Error, "The Chicago Manual of Style, 17th ed., 14.34: ibid. refers to the note before"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    let Some(before) = &analysis.before else { return };
    for change in versions::retargeted(before, analysis) {
        let first = change.ids[0];
        let words: String = change.was.split_whitespace().collect::<Vec<_>>().join(" ");
        let short: String = words.chars().take(80).collect();
        let cut = if short.len() < words.len() { "…" } else { "" };
        let note = change.was_note.map_or_else(String::new, |label| format!(" (n. {label})"));
        let times = if change.ids.len() > 1 { format!(", as do {} more after it", change.ids.len() - 1) } else { String::new() };
        let place = analysis.citations[first].place;
        let finding = out.at(place, format!("this stood for «{short}{cut}»{note} and now stands for another{times}"));
        finding.related(change.now, "what it stands for now");
        for other in &change.ids[1..] {
            finding.related(analysis.citations[*other].place, "gone the same way");
        }
    }
}
