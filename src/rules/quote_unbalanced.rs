//! `quote-unbalanced`

use super::Sink;
use crate::analysis::{Analysis, Place};

rule! {
    /// A quotation mark opens what nothing closes, or closes what nothing opened.
    ///
    /// ## Why
    /// Where a quotation ends decides who says what. Marks between two letters are letters (the hard sign of `ob"ekt`),
    /// marks after a digit may be inches; a quotation may run over several paragraphs, each opened anew and only the last
    /// one closed. Single marks are not judged: they are apostrophes as often as not.
    ///
    /// ```bad
    /// The miller asked, "Who keeps the lamp? No one answered him, and "no one came," he wrote.¹ Then he left.
    /// //~ quote-unbalanced «"»
    ///
    /// ¹ On the Lamp," *Harbour Review* 4 (1931): 12.
    /// //~ quote-unbalanced «"»
    /// ```
    ///
    /// ```good
    /// The miller asked, "Who keeps the lamp?" No one answered him, and "no one came," he wrote.¹ Then he left.
    ///
    /// ¹ "On the Ob"ekt," *Harbour Review* 4 (1931): 12.
    /// ```
    "quote-unbalanced", Warning, "The Chicago Manual of Style on quotation marks"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for (file, facts) in analysis.files.iter().enumerate() {
        for lone in &facts.typography.unbalanced {
            let message = match lone.opens {
                true => "this quotation is never closed",
                false => "this mark closes a quotation that nothing opens",
            };
            let finding = out.at(Place { file, span: lone.mark }, message);
            if let Some(span) = lone.evidence {
                let message = match lone.opens {
                    true => "the next quotation opens here",
                    false => "nothing opens from here on",
                };
                finding.related(Place { file, span }, message);
            }
        }
    }
}
