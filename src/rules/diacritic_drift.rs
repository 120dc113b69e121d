//! `diacritic-drift`

use super::{Sink, spellings};
use crate::analysis::Analysis;
use crate::analysis::names::Variants;

rule! {
    /// One name stands with its marks and without them.
    ///
    /// ## Why
    /// Haïtienne and Haitienne, Gosâla and Gosala: marks are kept throughout or dropped throughout. Quotations and cited
    /// titles keep their own; names that different given names tell apart are not compared. Signs for ayn and hamza are
    /// compared too: Nu‘mán, Nu’mán.
    ///
    /// ```bad
    /// The Bibliothèque Haïtienne opened in 1873. Nobody knew the Haïtienne then. The Bibliothèque Haitienne has moved.
    /// //~ diacritic-drift «Haitienne»
    /// ```
    ///
    /// ```good
    /// The Bibliothèque Haïtienne opened in 1873, and "the Bibliothèque Haitienne" was how they spelled it. José Pérez met John Perez.
    /// ```
    ///
    /// ## Fix
    /// The rarer form takes the letters of the other. Unsafe: two names may be meant.
    "diacritic-drift", Info, "The Chicago Manual of Style on special characters: kept throughout"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for name in &analysis.names.drifts {
        spellings::report(analysis, name, message, out);
    }
}

fn message(name: &Variants) -> String {
    let usual = match name.preferred {
        Some(form) => format!("\"{}\" is the usual form here", name.forms[form].text),
        None => "neither is the usual form".to_owned(),
    };
    format!("the same letters with other marks: {}; {usual}", spellings::counts(name))
}
