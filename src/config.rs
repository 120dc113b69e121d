//! `ibid.toml` and profiles as plain data; passed, never stored.

pub mod edit;
mod parse;
mod profiles;
mod schema;

pub use parse::{Error as ConfigError, nearest, parse, parse_over};
pub use profiles::rules as rules_of_profiles;
pub use schema::schema;

use crate::text::Span;
use globset::GlobBuilder;
use std::collections::BTreeMap;
use std::path::{Component, PathBuf};

/// What the configuration file is called.
pub const FILE_NAME: &str = "ibid.toml";

/// How bad a finding is, least first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Editors only.
    Hint,
    /// Consistency, once a document.
    Info,
    /// A careful copyeditor would change it.
    Warning,
    /// The reader is sent to the wrong place or nowhere.
    Error,
}

impl Severity {
    /// As reports and `ibid.toml` call it.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Hint => "hint",
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// The style a manuscript follows: which rules are on and how bad their findings are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Profile {
    Chicago17,
    Chicago18,
    /// Chicago with "Ibid." as it was used until the 17th edition.
    #[default]
    ChicagoIbid,
    Turabian9,
    Mhra,
    Oscola,
    Bluebook,
    Aglc4,
    McGill,
    NzLaw,
    /// Chicago as journals of Slavic history use it: marks and archives are not left to taste.
    SlavicHistory,
    /// What most of the manuscript does: settled by `analysis`.
    Infer,
}

impl Profile {
    pub const ALL: &[(&str, Profile)] = &[
        ("chicago-17", Profile::Chicago17),
        ("chicago-18", Profile::Chicago18),
        ("chicago-ibid", Profile::ChicagoIbid),
        ("turabian-9", Profile::Turabian9),
        ("mhra", Profile::Mhra),
        ("oscola", Profile::Oscola),
        ("bluebook", Profile::Bluebook),
        ("aglc4", Profile::Aglc4),
        ("mcgill", Profile::McGill),
        ("nz-law", Profile::NzLaw),
        ("slavic-history", Profile::SlavicHistory),
        ("infer", Profile::Infer),
    ];

    /// How the style writes Ibid.
    pub fn ibid(self) -> &'static str {
        match self {
            Profile::Oscola => "ibid",
            Profile::Aglc4 | Profile::McGill => "Ibid",
            _ => "Ibid.",
        }
    }

    pub fn name(self) -> &'static str {
        Profile::ALL.iter().find(|(_, p)| *p == self).map_or("", |(name, _)| name)
    }
}

/// One `[[allow]]` table: findings of `rule` (and of these words) are let stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allow {
    pub rule: String,
    pub quote: Option<String>,
    /// Where the rule name is typed: bytes of `ibid.toml`.
    pub span: Span,
    /// It stands in a file that is extended.
    pub inherited: bool,
}

/// One `[[overrides]]` table: severities for some files.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Override {
    /// Globs, from the folder of `ibid.toml`.
    pub files: Vec<String>,
    pub rules: BTreeMap<String, Option<Severity>>,
}

/// A file or a pattern that `[files]` names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    pub name: String,
    /// Where it is typed: bytes of `ibid.toml`.
    pub span: Span,
}

/// The readers that `[files.readers]` can name.
pub const READERS: [&str; 8] = ["plain", "pandoc", "gfm", "latex", "typst", "org", "rst", "asciidoc"];

/// `[files]`: which files are checked, and which make one book; all from the folder of `ibid.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    /// Patterns of the files that are checked when none is named.
    pub include: Vec<Named>,
    /// One book, in reading order.
    pub chapters: Vec<Named>,
    /// Files of bibliography entries.
    pub bibliography: Vec<Named>,
    /// Patterns of files and the reader of each, the longest pattern first.
    pub readers: Vec<(String, &'static str)>,
}

/// `[names]`: what is known of the names in the manuscript.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    pub languages: Vec<String>,
    /// Scheme to suggest in prose; none: the majority.
    pub prose: Option<Scheme>,
    /// Scheme to hold the words of titles to; none: titles are not compared with one another.
    pub titles: Option<Scheme>,
    /// Compare the names of prose with those of titles.
    pub cross_zone: bool,
    pub familiar: Vec<String>,
    pub same: Vec<Vec<String>>,
    pub distinct: Vec<Vec<String>>,
}

/// A romanization scheme as `ibid.toml` calls it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    AlaLc,
    AlaLcStrict,
    BgnPcgn,
    Scholarly,
    Iso9,
    Popular,
    Auto,
}

impl Scheme {
    pub const ALL: &[(&str, Scheme)] = &[
        ("ala-lc", Scheme::AlaLc),
        ("ala-lc-strict", Scheme::AlaLcStrict),
        ("bgn-pcgn", Scheme::BgnPcgn),
        ("scholarly", Scheme::Scholarly),
        ("iso9", Scheme::Iso9),
        ("popular", Scheme::Popular),
        ("auto", Scheme::Auto),
    ];

    /// As `ibid.toml` and the tables call it.
    pub fn name(self) -> &'static str {
        Scheme::ALL.iter().find(|(_, s)| *s == self).map_or("", |(name, _)| name)
    }
}

/// What a user can set. The default is no `ibid.toml` at all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Config {
    pub profile: Profile,
    /// Severity by rule name; `None` is off.
    pub rules: BTreeMap<String, Option<Severity>>,
    pub files: Files,
    pub names: Names,
    /// Archives that are known by their abbreviation.
    pub repositories: Vec<String>,
    pub allow: Vec<Allow>,
    /// A later one comes before an earlier one.
    pub overrides: Vec<Override>,
    /// Another `ibid.toml`, and where it is named.
    pub extend: Option<(String, Span)>,
    /// The folder of `ibid.toml`, and the folder from which manuscripts are named: both absolute.
    pub folders: Option<(PathBuf, PathBuf)>,
}

impl Config {
    /// As [`Config::severity`], for each of these files: what `[[overrides]]` say of it comes first.
    pub fn severities(&self, paths: &[&str], rule: &str, own: Option<Severity>) -> Vec<Option<Severity>> {
        let general = self.severity(rule, own);
        let naming: Vec<_> = self.overrides.iter().rev().filter(|o| o.rules.contains_key(rule)).collect();
        let of = |path: &&str| {
            let path = self.below_folder(path);
            let speaks = |o: &&&Override| o.files.iter().any(|glob| fits(glob, &path));
            naming.iter().find(speaks).map_or(general, |o| o.rules[rule])
        };
        paths.iter().map(of).collect()
    }

    /// The reader that is set for a file, by its name in [`READERS`].
    pub fn reader(&self, path: &str) -> Option<&'static str> {
        let readers = &self.files.readers;
        let path = (!readers.is_empty()).then(|| self.below_folder(path))?;
        readers.iter().find(|(glob, _)| fits(glob, &path)).map(|(_, reader)| *reader)
    }

    /// A manuscript's path seen from the folder of `ibid.toml`, `/` between its parts.
    fn below_folder(&self, path: &str) -> String {
        let Some((folder, here)) = &self.folders else { return path.replace('\\', "/") };
        let mut full = PathBuf::new();
        for part in here.join(path).components() {
            match part {
                Component::ParentDir => _ = full.pop(),
                Component::CurDir => {}
                part => full.push(part),
            }
        }
        full.strip_prefix(folder).unwrap_or(&full).to_string_lossy().replace('\\', "/")
    }

    /// The severity of a rule whose own is `own`: what the user set, else the profile, else its own. `None` is off.
    pub fn severity(&self, rule: &str, own: Option<Severity>) -> Option<Severity> {
        match self.rules.get(rule) {
            Some(level) => *level,
            None => profiles::severity(self.profile, rule).unwrap_or(own),
        }
    }
}

/// `*` stays within a folder; a name without one fits in any. A glob that is none fits nothing (it is an error of `ibid.toml`).
fn fits(glob: &str, path: &str) -> bool {
    let matcher = |glob: &str| GlobBuilder::new(glob).literal_separator(true).build().map(|g| g.compile_matcher());
    let name = path.rsplit('/').next().unwrap_or(path);
    matcher(glob).is_ok_and(|m| m.is_match(path) || !glob.contains('/') && m.is_match(name))
}
