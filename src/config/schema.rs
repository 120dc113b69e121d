//! The JSON Schema of `ibid.toml`, for editors that check and complete it. A test holds it to the parser, key by key.

use super::{Profile, parse};
use serde_json::{Map, Value, json};

/// The schema. `rules` are the names that may stand under `[rules]`, each with a sentence about it.
pub fn schema(rules: &[(&str, String)]) -> Value {
    let levels: Vec<&str> = parse::LEVELS.iter().map(|(name, _)| *name).collect();
    let schemes: Vec<&str> = super::Scheme::ALL.iter().map(|(name, _)| *name).collect();
    let profiles: Vec<&str> = Profile::ALL.iter().map(|(name, _)| *name).collect();
    let names: Vec<&str> = rules.iter().map(|(name, _)| *name).collect();
    let of_rules: Map<String, Value> = rules
        .iter()
        .map(|(name, about)| ((*name).to_owned(), json!({"$ref": "#/$defs/severity", "description": about})))
        .collect();
    let top = json!({
        "profile": {"description": "The style the manuscript follows; \"infer\": what most of its notes do. Without one: chicago-ibid.", "enum": profiles},
        "extend": {"description": "Another ibid.toml, from the folder of this one: what this one says comes first.", "type": "string"},
        "files": table("Which files are one work.", json!({
            "include": strings("Globs, from the folder of this file: what is checked when nothing is named."),
            "chapters": strings("The files of one book in their order."),
            "bibliography": strings("Files of bibliography entries."),
            "readers": {
                "description": "The reader of files by glob, where their ending does not say it; the longest glob decides.",
                "type": "object",
                "properties": {},
                "additionalProperties": {"enum": super::READERS},
            },
        })),
        "rules": {"description": "Severity by rule.", "$ref": "#/$defs/rules"},
        "names": table("What is known of the names in the manuscript.", json!({
            "languages": strings("Languages of the originals; without them found from the text."),
            "scheme": table("The romanization to suggest; without one that of the majority.", json!({
                "prose": {"description": "In prose.", "enum": schemes},
                "titles": {"description": "In titles.", "enum": schemes},
            })),
            "cross-zone": {"description": "Compare names in prose with those in titles.", "enum": parse::CROSS_ZONE.iter().map(|(n, _)| *n).collect::<Vec<_>>()},
            "familiar": strings("Spellings that are always right."),
            "same": groups("Spellings of one person."),
            "distinct": groups("Spellings that are never one name."),
        })),
        "archives": table("What is known of archives.", json!({
            "repositories": strings("Archives that are known by their abbreviation."),
        })),
        "allow": {"description": "Findings that are let stand.", "type": "array", "items": required(table("", json!({
            "rule": {"description": "The rule.", "enum": names},
            "quote": {"description": "These words only; without it anywhere.", "type": "string", "pattern": "\\S"},
        })), "rule")},
        "overrides": {"description": "Severities for some files. A later table comes before an earlier one.", "type": "array", "items": required(table("", json!({
            "files": strings("Globs, from the folder of this file; a name without / fits in any folder."),
            "rules": {"description": "Severity by rule.", "$ref": "#/$defs/rules"},
        })), "files")},
    });
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "ibid.toml",
        "description": "What ibid knows of a manuscript and its style.",
        "type": "object",
        "additionalProperties": false,
        "properties": top,
        "$defs": {
            "severity": {"enum": levels},
            "rules": {"type": "object", "additionalProperties": false, "properties": of_rules},
        },
    })
}

fn table(about: &str, properties: Value) -> Value {
    let mut table = json!({"type": "object", "additionalProperties": false, "properties": properties});
    if !about.is_empty() {
        table["description"] = json!(about);
    }
    table
}

fn required(mut table: Value, key: &str) -> Value {
    table["required"] = json!([key]);
    table
}

fn strings(about: &str) -> Value {
    json!({"description": about, "type": "array", "items": {"type": "string"}})
}

fn groups(about: &str) -> Value {
    json!({"description": about, "type": "array", "items": {"type": "array", "items": {"type": "string"}}})
}
