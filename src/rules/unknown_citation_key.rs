//! `unknown-citation-key`

use super::Sink;
use crate::analysis::{Analysis, keys};
use crate::text::Edit;

rule! {
    /// A citation key that no bibliography has.
    ///
    /// ## Why
    /// The reader finds a question mark where the source should be. Judged only where every bibliography of the text is at
    /// hand; cross-references (`@fig-lamp`) are no keys. The fix writes the only key that differs by a letter or in capitals.
    ///
    /// ```bad md
    /// ---
    /// references:
    /// - id: reed1931
    ///   title: The Lamp Keepers
    /// ---
    /// The lamp was sold [@reed1931, p. 12], then lost [@red1931; see @fig-lamp].
    /// //~ unknown-citation-key «@red1931»
    /// ```
    ///
    /// ```good md
    /// ---
    /// references:
    /// - id: reed1931
    ///   title: The Lamp Keepers
    /// ---
    /// The lamp was sold [@reed1931, p. 12]. Write to anna@lamps.example.
    /// ```
    "unknown-citation-key", Error, "Pandoc User's Guide, Citations"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for unknown in keys::unknown(analysis) {
        let span = analysis.citation(unknown.first).titles[0].span;
        let place = analysis.place(unknown.first, span);
        let times = match unknown.later.len() {
            0 => String::new(),
            n => format!("; cited {} times", n + 1),
        };
        let finding = out.at(place, format!("no bibliography has the key \"{}\"{times}", unknown.key));
        for later in &unknown.later {
            finding.related(analysis.citations[*later].place, analysis.numbered(*later));
        }
        let near = unknown.near.and_then(|s| analysis.sources[s].entry);
        let Some((entry, key)) = near.and_then(|id| Some((id, analysis.entry(id)?.key.as_ref()?))) else { continue };
        finding.related(analysis.citations[entry].place, format!("this one? {}", analysis.entry_line(entry)));
        let edits = std::iter::once(unknown.first).chain(unknown.later).filter_map(|id| {
            let place = analysis.place(id, analysis.citation(id).titles[0].span);
            let at = analysis.text(place).rfind(&unknown.key)? as u32 + place.span.start;
            Some(Edit::new(crate::text::Span { start: at, end: at + unknown.key.len() as u32 }, key.text.clone()))
        });
        let edits = edits.collect();
        finding.unsafe_fix(format!("write \"{}\"", key.text), edits);
    }
}
