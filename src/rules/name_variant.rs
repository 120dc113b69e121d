//! `name-variant`

use super::Sink;
use crate::analysis::Analysis;
use crate::analysis::names::Variants;
use crate::analysis::names::variants::Why;

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
    /// suggest; `names.familiar`, `names.same` and `names.distinct` list names that are settled.
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
    for name in &analysis.names.variants {
        super::spellings::report(analysis, name, message, out);
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
        (Why::Scheme(scheme), Some(form)) => format!("most names here follow {scheme}: \"{form}\"?"),
        (_, Some(form)) => format!("\"{form}\" is the usual form here"),
        (_, None) => "neither is the usual form".to_owned(),
    };
    format!("{reason}; {}; {advice}", super::spellings::counts(name))
}
