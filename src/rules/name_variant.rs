//! `name-variant`

use super::Sink;
use crate::analysis::names::Variants;
use crate::analysis::names::runs::Run;
use crate::analysis::names::variants::Why;
use crate::analysis::{Analysis, Place};
use crate::text::Edit;

rule! {
    /// One name is romanized in two ways in the same kind of text.
    ///
    /// ## Why
    /// A reader who meets Vyshinskii and Vyshinsky looks for two men, and an index will list two. A book may well follow one
    /// system in its prose and another in the titles it cites: prose is compared with prose only. Names are compared by what
    /// they could be romanizations of, letter by letter; forms of one word, derived words, and names that other initials or
    /// given names tell apart are left alone.
    ///
    /// `names.languages` says whose names they are where the text does not show it; `names.scheme.prose` says what to
    /// suggest, else a note on transliteration in the manuscript does; `names.familiar`, `names.same` and `names.distinct`
    /// list names that are settled. Four names of one list or more that follow another scheme than elsewhere are one finding.
    /// Words of titles are compared with one another only where `names.scheme.titles` says how they should be.
    ///
    /// ```toml
    /// names.languages = ["ru"]
    /// ```
    ///
    /// ```bad
    /// In March I. P. Bakaev was arrested. The letter named Bakaev twice. In June I. P. Bakayev confessed.
    /// //~ name-variant «Bakayev»
    /// ```
    ///
    /// ```good
    /// In March I. P. Bakaev was arrested.¹ The letter named Bakaev twice.
    ///
    /// ¹ A. N. Petrov, *Delo I. P. Bakayeva* (Moscow: Nauka, 1991), 12.
    /// ```
    ///
    /// ## Fix
    /// The other places take the suggested form. Unsafe: only the author knows whether one person is meant.
    "name-variant", Warning, "The Chicago Manual of Style on romanization: one system throughout"
}

fn check(analysis: &Analysis, out: &mut Sink) {
    let names = &analysis.names;
    for run in &names.runs {
        list(analysis, run, out);
    }
    let listed = |i: usize| names.runs.iter().any(|r| r.members.iter().any(|(name, _)| *name == i));
    for (_, name) in names.variants.iter().enumerate().filter(|(i, _)| !listed(*i)) {
        let finding = super::spellings::report(analysis, name, message, out);
        if let (Why::Stated, Some((place, _)), Some(finding)) = (name.why, &names.policy, finding) {
            finding.related(*place, "the note on transliteration");
        }
    }
    for name in &names.titles {
        // titles stand as published: shown, and left to the author
        if let Some(finding) = super::spellings::report(analysis, name, message, out) {
            finding.fix = None;
        }
    }
}

/// A list of names that follows a scheme of its own: one cause, one finding.
fn list(analysis: &Analysis, run: &Run, out: &mut Sink) {
    let names = run.members.iter().map(|(name, form)| (&analysis.names.variants[*name], *form));
    let mut places: Vec<(Place, &Variants, usize)> =
        names.flat_map(|(n, f)| n.forms[f].places.iter().map(move |p| (*p, n, f))).collect();
    places.sort_by_key(|(place, ..)| *place);
    let Some((first, name, form)) = places.first().copied() else { return };
    let (here, elsewhere) = (&name.forms[form].text, &name.forms[1 - form].text);
    let count = run.members.len();
    let scheme = run.scheme;
    let finding = out.at(
        first,
        format!("{count} names of this list follow another scheme ({scheme}) than elsewhere: \"{here}\" here, \"{elsewhere}\" there, and so on"),
    );
    let mut edits = Vec::new();
    for (i, (place, name, form)) in places.iter().enumerate() {
        let other = &name.forms[1 - form];
        if i > 0 {
            finding.related(*place, format!("\"{}\" here, \"{}\" elsewhere", name.forms[*form].text, other.text));
        }
        if let Some(there) = other.places.first() {
            finding.related(*there, super::spellings::spelled(other));
        }
        if name.preferred == Some(1 - form) && analysis.text(*place) == name.forms[*form].text {
            edits.push(Edit::new(place.span, other.text.clone()));
        }
    }
    if !edits.is_empty() {
        finding.unsafe_fix("spell the list as elsewhere", edits);
    }
}

/// `two romanizations of one name, Бакаев: … ; "Bakaev" twice, "Bakayev" once; most names here follow ALA-LC: "Bakaev"?`
fn message(name: &Variants) -> String {
    let reasons = name.forms.iter().map(|f| f.reason.as_str()).filter(|r| !r.is_empty());
    let reason = reasons.take(2).collect::<Vec<_>>().join("; ");
    let advice = match (name.why, name.preferred.map(|p| name.forms[p].text.as_str())) {
        (Why::Listed, Some(form)) => format!("\"{form}\" is on the list of names"),
        (Why::Configured, form) => {
            let form = form.or(name.computed.as_deref()).unwrap_or_default();
            format!("the configured scheme writes \"{form}\"")
        }
        (Why::Cited, Some(form)) => format!("the references here have \"{form}\""),
        (Why::Stated, Some(form)) => format!("the scheme of the note on transliteration writes \"{form}\""),
        (Why::Scheme(scheme), Some(form)) => format!("most names here follow {scheme}: \"{form}\"?"),
        (_, Some(form)) => format!("\"{form}\" is the usual form here"),
        (_, None) => "neither is the usual form".to_owned(),
    };
    format!("{reason}; {}; {advice}", super::spellings::counts(name))
}
