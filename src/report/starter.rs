//! `ibid init`: an `ibid.toml` proposed from the manuscripts, with the reasons beside each line.

use super::plain::line;
use super::text::count;
use crate::analysis::names::policy::Policy;
use crate::analysis::{Analysis, archives, house};
use crate::config::Scheme;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The text of a new `ibid.toml` for these works, which lie in `folder`. What the manuscripts do not show surely stands in comments.
pub fn starter(works: &[Analysis], folder: &str) -> String {
    let files = || works.iter().flat_map(|a| &a.files).filter(|f| f.manuscript.reader.is_manuscript());
    let notes: usize = files().map(|f| f.manuscript.notes.len()).sum();
    let mut out = format!(
        "# Proposed by `ibid init` from {} with {}: read it over.\n# `ibid explain` lists the rules, `ibid schema` describes every key.\n\n",
        count(files().count(), "manuscript"),
        count(notes, "note")
    );
    let (profile, why) = house::infer(&files().cloned().collect::<Vec<_>>());
    let _ = writeln!(out, "# The style: {why}.\nprofile = \"{}\"\n", profile.name());
    chapters(&mut out, works, folder);
    out += "[rules]\n# hyphenation-drift = \"off\"      # off hint info warning error\n\n";
    names(&mut out, works);
    repositories(&mut out, works);
    out += "# Let one finding stand:\n# [[allow]]\n# rule = \"name-variant\"\n# quote = \"Vyshinsky\"\n";
    out
}

/// Files whose names count are chapters; of others the order is not known.
fn chapters(out: &mut String, works: &[Analysis], folder: &str) {
    let inside = format!("{}/", folder.trim_end_matches('/'));
    let read = works.iter().flat_map(|a| &a.files).filter(|f| f.manuscript.reader.is_manuscript());
    let paths = read.map(|f| f.manuscript.path.replace('\\', "/"));
    let mut paths: Vec<String> = paths.map(|p| p.strip_prefix(&inside).unwrap_or(&p).to_owned()).collect();
    paths.sort_by_key(|p| natural(p));
    if paths.len() < 2 {
        return;
    }
    let numbered = paths.iter().filter(|p| name(p).contains(|c: char| c.is_ascii_digit())).count();
    let list: Vec<String> = paths.iter().map(|p| quoted(p)).collect();
    let sure = 2 * numbered > paths.len();
    let (why, mark) =
        if sure { ("one book, as the file names count", "") } else { ("if they are one book, in this order", "# ") };
    let _ = writeln!(out, "[files]\n# {why}:\n{mark}chapters = [{}]\n", list.join(", "));
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `chapter-10` comes after `chapter-9`.
fn natural(path: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let words = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest[words..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |i| words + i);
        parts.push((rest[..words].to_owned(), rest[words..digits].parse().unwrap_or(0)));
        rest = &rest[digits..];
    }
    parts
}

/// Schemes that can be configured, by the name readers know.
const SCHEMES: [(&str, Scheme); 6] = [
    ("ALA-LC", Scheme::AlaLc),
    ("ALA-LC with ties", Scheme::AlaLcStrict),
    ("BGN/PCGN", Scheme::BgnPcgn),
    ("scholarly", Scheme::Scholarly),
    ("ISO 9", Scheme::Iso9),
    ("press", Scheme::Popular),
];

/// The note on transliteration of a work: where it stands, what it comes to, and its sentence on one line.
fn stated(analysis: &Analysis) -> Option<(String, &Policy, String)> {
    let (place, policy) = analysis.names.policy.as_ref()?;
    let file = &analysis.files[place.file];
    let at = file.lines.line(place.span.start) + 1;
    Some((format!("{}:{at}", line(&file.manuscript.path)), policy, line(analysis.text(*place))))
}

fn names(out: &mut String, works: &[Analysis]) {
    let mut schemes: BTreeMap<&str, usize> = BTreeMap::new();
    for name in works.iter().flat_map(|a| &a.names.variants) {
        for form in &name.forms {
            *schemes.entry(form.scheme.unwrap_or("")).or_default() += form.places.len();
        }
    }
    schemes.remove("");
    *out += "[names]\n";
    if let Some((place, policy, text)) = works.iter().find_map(stated) {
        let _ = writeln!(out, "# {place} says: {text}");
        for (zone, scheme) in [("prose", policy.prose), ("titles", policy.titles)] {
            if let Some(scheme) = scheme {
                let _ = writeln!(out, "scheme.{zone} = {}", quoted(scheme.name()));
            }
        }
        *out += "# familiar = [\"Trotsky\"]         # always right\n\n";
        return;
    }
    let all: usize = schemes.values().sum();
    match schemes.iter().max_by_key(|(_, n)| **n) {
        Some((scheme, n)) => {
            let id = SCHEMES.iter().find(|(name, _)| name == scheme).map(|(_, id)| id.name());
            let mark = if id.is_some() && 3 * n >= 2 * all && all >= 6 { "" } else { "# " };
            let _ = writeln!(
                out,
                "# Names that are spelled in several ways follow {} {n} times of {all}.\n{mark}scheme.prose = {}",
                line(scheme),
                quoted(id.unwrap_or(scheme))
            );
        }
        None => *out += "# scheme.prose = \"ala-lc\"         # else the majority\n",
    }
    *out += "# familiar = [\"Trotsky\"]         # always right\n\n";
}

/// Abbreviations of archives that are never explained: the reader must know them.
fn repositories(out: &mut String, works: &[Analysis]) {
    let mut found: Vec<String> = Vec::new();
    for analysis in works {
        for file in 0..analysis.files.len() {
            for (typed, _) in archives::unexplained(analysis, file).0 {
                if !found.iter().any(|f| f == typed) {
                    found.push(typed.to_owned());
                }
            }
        }
    }
    if found.is_empty() {
        *out += "[archives]\n# repositories = [\"GARF\"]        # known by their abbreviation\n\n";
    } else {
        let list: Vec<String> = found.iter().map(|r| quoted(r)).collect();
        let _ = writeln!(
            out,
            "[archives]\n# Abbreviated and nowhere explained: keep those that your readers know.\nrepositories = [{}]\n",
            list.join(", ")
        );
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", line(text).replace('\\', "\\\\").replace('"', "\\\""))
}
