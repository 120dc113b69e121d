//! `names` and `compare` written out: spellings with their schemes, counts and places.

use super::plain::line;
use super::text::{count, place};
use crate::analysis::names::{Misspelt, Spelt, Variants};
use crate::analysis::{Analysis, Place};
use crate::config::Scheme;
use crate::romanization::Comparison;
use serde::Serialize;
use std::fmt::Write;

#[derive(Serialize)]
struct Out<'a> {
    version: u8,
    names: Vec<NameOut<'a>>,
    /// Notes on transliteration, as they were understood.
    transliteration: Vec<PolicyOut<'a>>,
}

#[derive(Serialize)]
struct PolicyOut<'a> {
    #[serde(flatten)]
    place: PlaceOut<'a>,
    prose: Option<&'static str>,
    titles: Option<&'static str>,
    familiar: bool,
}

#[derive(Serialize)]
struct NameOut<'a> {
    preferred: Option<&'a str>,
    spellings: Vec<SpellingOut<'a>>,
}

#[derive(Serialize)]
struct SpellingOut<'a> {
    text: &'a str,
    scheme: Option<&'a str>,
    count: usize,
    places: Vec<PlaceOut<'a>>,
}

#[derive(Serialize)]
struct PlaceOut<'a> {
    file: &'a str,
    start: At,
    end: At,
}

#[derive(Serialize)]
struct At {
    line: usize,
    column: usize,
    byte: usize,
}

/// The contract's JSON.
pub fn json(projects: &[Analysis]) -> String {
    let names = projects.iter().flat_map(|a| {
        let spelt = a.names.variants.iter().chain(&a.names.drifts).map(move |n| name(a, n));
        spelt.chain(a.names.slips.iter().map(move |s| slip(a, s)))
    });
    let transliteration = projects.iter().filter_map(policy).collect();
    let out = Out { version: 1, names: names.collect(), transliteration };
    serde_json::to_string_pretty(&out).unwrap_or_default() + "\n"
}

fn policy(analysis: &Analysis) -> Option<PolicyOut<'_>> {
    let (at, policy) = analysis.names.policy.as_ref()?;
    Some(PolicyOut {
        place: place_out(analysis, *at),
        prose: policy.prose.map(Scheme::name),
        titles: policy.titles.map(Scheme::name),
        familiar: policy.familiar,
    })
}

fn name<'a>(analysis: &'a Analysis, name: &'a Variants) -> NameOut<'a> {
    let spelling = |f: &'a Spelt| SpellingOut {
        text: &f.text,
        scheme: f.scheme,
        count: f.places.len(),
        places: f.places.iter().map(|p| place_out(analysis, *p)).collect(),
    };
    NameOut { preferred: preferred(name), spellings: name.forms.iter().map(spelling).collect() }
}

fn slip<'a>(analysis: &'a Analysis, slip: &'a Misspelt) -> NameOut<'a> {
    let spelling = |text: &'a str, count: usize, places: &[Place]| SpellingOut {
        text,
        scheme: None,
        count,
        places: places.iter().map(|p| place_out(analysis, *p)).collect(),
    };
    NameOut {
        preferred: (!slip.tie).then_some(slip.right.as_str()),
        spellings: vec![
            spelling(&slip.right, slip.count, &slip.models),
            spelling(&slip.wrong, slip.places.len(), &slip.places),
        ],
    }
}

fn preferred(name: &Variants) -> Option<&str> {
    name.preferred.map(|p| name.forms[p].text.as_str()).or(name.computed.as_deref())
}

fn place_out(analysis: &Analysis, place: Place) -> PlaceOut<'_> {
    let file = &analysis.files[place.file];
    let at = |byte| {
        let p = file.lines.position(&file.manuscript.text, byte);
        At { line: p.line, column: p.column, byte: p.byte }
    };
    PlaceOut { file: &file.manuscript.path, start: at(place.span.start), end: at(place.span.end) }
}

/// A paragraph a name: each spelling with its scheme, how often it stands, and where first.
pub fn text(projects: &[Analysis]) -> String {
    let mut out = String::new();
    for analysis in projects {
        if let Some((at, policy)) = &analysis.names.policy {
            let said = policy.toml().lines().skip(1).collect::<Vec<_>>().join(", ");
            let familiar = if policy.familiar { "; familiar spellings are kept" } else { "" };
            let _ = writeln!(out, "note on transliteration, {}: {said}{familiar}", place(analysis, *at));
        }
        for name in analysis.names.variants.iter().chain(&analysis.names.drifts) {
            let _ = writeln!(out, "{}", line(preferred(name).unwrap_or(&name.forms[0].text)));
            for form in &name.forms {
                row(&mut out, analysis, (&form.text, form.scheme), form.places.len(), &form.places);
            }
        }
        for slip in &analysis.names.slips {
            let _ = writeln!(out, "{}", line(&slip.right));
            row(&mut out, analysis, (&slip.right, None), slip.count, &slip.models);
            row(&mut out, analysis, (&slip.wrong, Some("misspelt?")), slip.places.len(), &slip.places);
        }
    }
    out
}

fn row(out: &mut String, analysis: &Analysis, (text, scheme): (&str, Option<&str>), times: usize, places: &[Place]) {
    let scheme = scheme.map_or(String::new(), |s| format!(", {s}"));
    let at = places.first().map_or(String::new(), |p| place(analysis, *p));
    let _ = writeln!(out, "    {}{scheme}, {}: {at}", line(text), count(times, "place"));
}

/// `variant (0.98): two romanizations of one name, …`
pub fn comparison(a: &str, b: &str, found: &Comparison) -> String {
    let relation = found.relation.as_str();
    format!("{} and {}: {relation} ({:.2}): {}\n", line(a), line(b), found.score, found.reason)
}

#[derive(Serialize)]
struct ComparisonOut<'a> {
    version: u8,
    a: &'a str,
    b: &'a str,
    #[serde(flatten)]
    found: &'a Comparison,
}

pub fn comparison_json(a: &str, b: &str, found: &Comparison) -> String {
    serde_json::to_string_pretty(&ComparisonOut { version: 1, a, b, found }).unwrap_or_default() + "\n"
}
