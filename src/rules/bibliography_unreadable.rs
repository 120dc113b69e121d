//! `bibliography-unreadable`

use super::Sink;
use crate::analysis::{Analysis, Place};

rule! {
    /// A bibliography cannot be found, or an entry of it cannot be read.
    ///
    /// ## Why
    /// What it lists cannot be cited. A bad entry costs itself alone; the others are read. Files on the web are not fetched.
    ///
    /// ```bad md
    /// ---
    /// bibliography: lost.bib
    /// //~ bibliography-unreadable «lost.bib»
    /// ---
    /// The lamp was sold [@reed1931].
    /// ```
    ///
    /// ```good md
    /// ---
    /// bibliography: https://lamps.example/sources.bib
    /// references:
    /// - id: reed1931
    ///   title: The Lamp Keepers
    /// ---
    /// The lamp was sold [@reed1931].
    /// ```
    "bibliography-unreadable", Error, "biber, Pandoc User's Guide"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    for missing in analysis.missing_bibliographies() {
        out.at(missing.place, format!("there is no bibliography \"{}\"", missing.include.target));
    }
    for (file, read) in analysis.files.iter().enumerate() {
        for lost in &read.manuscript.unreadable {
            let what = lost.key.as_ref().map_or(String::new(), |key| format!("the entry \"{key}\" cannot be read: "));
            out.at(Place { file, span: lost.span }, what + &lost.why);
        }
    }
}
