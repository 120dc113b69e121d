//! `ibid.toml` and profiles as plain data; passed, never stored.

pub mod edit;
mod parse;
mod profiles;

pub use parse::{Error as ConfigError, nearest, parse};

use crate::text::Span;
use std::collections::BTreeMap;

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
    Mhra,
    Oscola,
    Bluebook,
}

impl Profile {
    pub const ALL: &[(&str, Profile)] = &[
        ("chicago-17", Profile::Chicago17),
        ("chicago-18", Profile::Chicago18),
        ("chicago-ibid", Profile::ChicagoIbid),
        ("mhra", Profile::Mhra),
        ("oscola", Profile::Oscola),
        ("bluebook", Profile::Bluebook),
    ];

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
}

/// A file or a pattern that `[files]` names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    pub name: String,
    /// Where it is typed: bytes of `ibid.toml`.
    pub span: Span,
}

/// `[files]`: which files are checked, and which make one book; all from the folder of `ibid.toml`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Files {
    /// Patterns of the files that are checked when none is named.
    pub include: Vec<Named>,
    /// One book, in reading order.
    pub chapters: Vec<Named>,
    /// Files of bibliography entries.
    pub bibliography: Vec<Named>,
}

/// `[names]`: what is known of the names in the manuscript. Read and checked; nothing acts on it yet.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    pub languages: Vec<String>,
    /// Scheme to suggest in prose; none: the majority.
    pub prose: Option<Scheme>,
    /// Scheme to suggest in titles; none: the majority.
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
}

impl Config {
    /// The severity of a rule whose own is `own`: what the user set, else the profile, else its own. `None` is off.
    pub fn severity(&self, rule: &str, own: Option<Severity>) -> Option<Severity> {
        match self.rules.get(rule) {
            Some(level) => *level,
            None => profiles::severity(self.profile, rule).unwrap_or(own),
        }
    }
}
