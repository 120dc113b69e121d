//! What a user sets in the editor: what is shown beside the text. Which rules are on stands in `ibid.toml`.

use crate::ide::hints::Beside;
use serde::Deserialize;
use serde_json::Value;

/// The section of the editor's settings that is ours.
pub const SECTION: &str = "ibid";

#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Options {
    /// `off`, `ibid` or `all`.
    pub inlay_hints: Hints,
    pub code_lens: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { inlay_hints: Hints::default(), code_lens: true }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Hints {
    Off,
    Ibid,
    #[default]
    All,
}

impl Hints {
    pub fn beside(self) -> Beside {
        match self {
            Hints::Off => Beside::Nothing,
            Hints::Ibid => Beside::Ibid,
            Hints::All => Beside::All,
        }
    }
}

impl Options {
    /// From what the client sends: the section itself, or everything it is part of. Keys that are not ours are nobody's
    /// mistake: an editor keeps the path of the server there too.
    ///
    /// # Errors
    /// A value that cannot be, in words for the user.
    pub fn read(sent: &Value) -> Result<Options, String> {
        let section = sent.get(SECTION).unwrap_or(sent);
        if !section.is_object() {
            return Ok(Options::default());
        }
        Options::deserialize(section).map_err(|error| format!("settings of the editor, section \"{SECTION}\": {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_section_or_all_of_it() {
        let off = Options { inlay_hints: Hints::Off, ..Options::default() };
        assert_eq!(Options::read(&json!({"inlayHints": "off", "path": "/bin/ibid"})), Ok(off));
        assert_eq!(Options::read(&json!({"ibid": {"inlayHints": "off"}, "other": 1})), Ok(off));
        assert_eq!(Options::read(&json!(null)), Ok(Options::default()));
        let said = Options::read(&json!({"inlayHints": "of"})).unwrap_err();
        assert!(said.contains("`off`, `ibid`, `all`"), "{said}");
    }
}
