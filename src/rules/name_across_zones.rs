//! `name-across-zones`

use super::{Sink, spellings};
use crate::analysis::Analysis;

rule! {
    /// The prose romanizes a name one way, the titles it cites another.
    ///
    /// ## Why
    /// Most books do so on purpose: familiar forms in the prose, a strict scheme in references. Said only where
    /// `names.cross-zone = "hint"` asks for it, and only to editors: titles stand as published.
    ///
    /// ```toml
    /// names.languages = ["ru"]
    /// names.cross-zone = "hint"
    /// ```
    ///
    /// ```bad
    /// Bakayev was arrested in March.¹ Then Bakayev confessed.
    /// //~ name-across-zones «Bakayev»
    ///
    /// ¹ A. N. Petrov, *Ivan Bakaev i ego vremia* (Moscow: Nauka, 1991), 12.
    /// ```
    ///
    /// ```good
    /// Bakaev was arrested in March.¹ Then Bakaev confessed.
    ///
    /// ¹ A. N. Petrov, *Ivan Bakaev i ego vremia* (Moscow: Nauka, 1991), 12.
    /// ```
    "name-across-zones", Hint, "The Chicago Manual of Style on romanization: one system throughout"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for name in &analysis.names.across {
        let (prose, title) = (&name.prose, &name.title);
        let Some(first) = prose.places.first() else { continue };
        let message = format!("\"{}\" in the prose, \"{}\" in titles: {}", prose.text, title.text, title.reason);
        let finding = out.at(*first, message);
        for place in title.places.iter().take(3) {
            finding.related(*place, spellings::spelled(title));
        }
    }
}
