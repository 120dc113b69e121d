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

/// From so many names on the marks are set at will throughout: one cause, one finding.
const AT_WILL: usize = 12;

fn check(analysis: &Analysis, out: &mut Sink) {
    let drifts = &analysis.names.drifts;
    if drifts.len() < AT_WILL {
        for name in drifts {
            spellings::report(analysis, name, message, out);
        }
        return;
    }
    let minority = |name: &Variants| {
        let usual = name.preferred.unwrap_or(0);
        let forms = name.forms.iter().enumerate().filter(|(form, _)| *form != usual);
        forms.flat_map(|(_, form)| form.places.iter().copied()).collect::<Vec<_>>()
    };
    let mut places: Vec<_> = drifts.iter().flat_map(|n| minority(n).into_iter().map(move |p| (p, n))).collect();
    places.sort_by_key(|(place, _)| *place);
    let Some((first, name)) = places.first() else { return };
    let message = format!("{} names stand now with these marks, now with those; first {}", drifts.len(), message(name));
    let finding = out.at(*first, message);
    for (place, name) in &places[1..] {
        finding.related(*place, spellings::counts(name));
    }
}

fn message(name: &Variants) -> String {
    let usual = match name.preferred {
        Some(form) => format!("\"{}\" is the usual form here", name.forms[form].text),
        None => "neither is the usual form".to_owned(),
    };
    format!("the same letters with other marks: {}; {usual}", spellings::counts(name))
}
