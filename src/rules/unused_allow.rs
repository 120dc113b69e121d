//! `unused-allow`

use super::{FAMILIES, Sink, families};
use crate::analysis::Analysis;
use crate::config::nearest;

rule! {
    /// An `ibid: allow` comment lets nothing stand.
    ///
    /// ## Why
    /// The defect it was written for is gone, or its rule name is misspelt; left in place it would hide the next defect on
    /// its line. An `[[allow]]` table of `ibid.toml` is reported, at its place there, when the folder of that file is
    /// checked as a whole: one manuscript alone cannot show that a table is of no use. A comment for a rule that is
    /// switched off is not reported.
    ///
    /// ```bad md
    /// The trial opened in August.[^1]
    ///
    /// <!-- ibid: allow locator-order -->
    /// //~ unused-allow «locator-order»
    /// [^1]: J. Arch Getty, *Origins of the Great Purges* (Cambridge, 1985), 12.
    /// ```
    /// ```good md
    /// The trial opened in August.[^1]
    ///
    /// [^1]: J. Arch Getty, *Origins of the Great Purges* (Cambridge, 1985), 12.
    /// ```
    "unused-allow", Warning, "ibid's own"
}

fn check(_analysis: &Analysis, out: &mut Sink) {
    for idle in out.idle {
        let message = if FAMILIES.iter().any(|(_, rules)| rules.contains(&idle.rule.as_str())) {
            format!("no {} here to let stand", idle.rule)
        } else {
            match nearest(&idle.rule, families::names()) {
                Some(near) => format!("no rule is called {}; did you mean {near}?", idle.rule),
                None => format!("no rule is called {}", idle.rule),
            }
        };
        out.at(idle.place, message);
    }
}
