//! `short-without-full`

use super::Sink;
use crate::analysis::{Analysis, shorts};

rule! {
    /// A work is cited in short form but nowhere in full.
    ///
    /// ## Why
    /// The reader cannot find it. Reported once a work, at its first short form. A manuscript that cites most of its works
    /// in short forms keeps the full ones in a bibliography; it is not judged.
    ///
    /// ```bad
    /// The lamp was sold,¹ then lost.²
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Lind, *The Oil*, 7.
    /// //~ short-without-full «Lind, *The Oil*, 7»
    /// ```
    ///
    /// ```good
    /// The lamp was sold,¹ then lost,² then found.³
    ///
    /// ¹ Anna Reed, *The Lamp Keepers* (London: Quay Press, 1931), 12.
    ///
    /// ² Paul Lind, *The Oil* (London: Quay Press, 1932), 7.
    ///
    /// ³ Lind, *The Oil*, 9.
    /// ```
    "short-without-full", Warning, "The Chicago Manual of Style, 17th ed., 14.30"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for orphan in (0..analysis.files.len()).flat_map(|file| shorts::orphans(analysis, file)) {
        let times = match orphan.later.len() {
            0 => String::new(),
            n => format!("; cited {} times", n + 1),
        };
        let finding = out.at(analysis.citations[orphan.first].place, format!("never cited in full{times}"));
        for source in orphan.nearest {
            finding.related(analysis.citations[analysis.sources[source].definition].place, "comes near it");
        }
        for later in orphan.later {
            finding.related(analysis.citations[later].place, analysis.numbered(later));
        }
    }
}
