//! `ibid.toml` and profiles as plain data; passed, never stored.

use std::collections::BTreeMap;

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

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Profile {
    Chicago17,
    Chicago18,
    #[default]
    ChicagoIbid,
    Mhra,
    Oscola,
    Bluebook,
}

/// One `[[allow]]` table: findings of `rule` (and of these words) are let stand.
#[derive(Clone, Debug)]
pub struct Allow {
    pub rule: String,
    pub quote: Option<String>,
}

/// What a user can set. The default is no `ibid.toml` at all.
#[derive(Clone, Debug, Default)]
pub struct Config {
    pub profile: Profile,
    /// Severity by rule name; `None` is off.
    pub rules: BTreeMap<String, Option<Severity>>,
    /// Archives that are known by their abbreviation.
    pub repositories: Vec<String>,
    pub allow: Vec<Allow>,
}
