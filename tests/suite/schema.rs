//! The JSON Schema of `ibid.toml` and the parser say the same: every key of the one is taken by the other, and no other is.

use super::notation::{read, root};
use ibid::config::{parse, schema};
use ibid::rules;
use serde_json::Value;

fn whole() -> Value {
    schema(&rules::names().into_iter().map(|n| (n, String::new())).collect::<Vec<_>>())
}

/// What editors that know JSON Schema are given, in the VS Code extension too.
#[test]
fn the_schema_for_editors_is_fresh() {
    let path = root().join("editors/ibid.schema.json");
    let about = |name: &'static str| rules::find(name).map_or_else(String::new, |r| r.summary());
    let known: Vec<_> = rules::names().into_iter().map(|name| (name, about(name))).collect();
    let fresh = serde_json::to_string_pretty(&schema(&known)).expect("JSON") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &fresh).expect("the schema can be written");
    }
    assert!(
        read(&path) == fresh,
        "editors/ibid.schema.json is not what `ibid schema` prints: UPDATE=1 cargo test schema"
    );
}

/// A value that the schema allows, as TOML.
fn sample(schema: &Value, whole: &Value) -> String {
    if let Some(path) = schema["$ref"].as_str() {
        let name = path.rsplit('/').next().unwrap_or_default();
        return sample(&whole["$defs"][name], whole);
    }
    if let Some(word) = schema["enum"][0].as_str() {
        return format!("\"{word}\"");
    }
    match schema["type"].as_str() {
        Some("string") => "\"x\"".to_owned(),
        Some("array") => format!("[{}]", sample(&schema["items"], whole)),
        Some("object") => {
            let keys = schema["properties"].as_object().expect("a table has keys");
            let pairs: Vec<String> = keys.iter().map(|(key, s)| format!("{key} = {}", sample(s, whole))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        other => panic!("no sample of {other:?}"),
    }
}

#[test]
fn every_key_of_the_schema_is_taken_and_no_other() {
    let whole = whole();
    let top = whole["properties"].as_object().expect("keys");
    for (key, schema) in top {
        let text = format!("{key} = {}\n", sample(schema, &whole));
        assert!(parse(&text, &rules::names()).is_ok(), "{text}: {:?}", parse(&text, &rules::names()));
        for inner in schema["properties"].as_object().into_iter().flatten() {
            let wrong = format!("{key} = {{ x{} = {} }}\n", inner.0, sample(inner.1, &whole));
            assert!(parse(&wrong, &rules::names()).is_err(), "{wrong}");
        }
    }
}

/// What the parser names as known keys stands in the schema.
#[test]
fn every_key_of_the_parser_is_in_the_schema() {
    let whole = whole();
    let tables = [
        ("zzzzzz = 1", &whole),
        ("[files]\nzzzzzz = 1", &whole["properties"]["files"]),
        ("[names]\nzzzzzz = 1", &whole["properties"]["names"]),
        ("[names.scheme]\nzzzzzz = 1", &whole["properties"]["names"]["properties"]["scheme"]),
        ("[archives]\nzzzzzz = 1", &whole["properties"]["archives"]),
        ("[[allow]]\nzzzzzz = 1", &whole["properties"]["allow"]["items"]),
        ("[[overrides]]\nzzzzzz = 1", &whole["properties"]["overrides"]["items"]),
    ];
    for (text, schema) in tables {
        let errors = parse(text, &rules::names()).expect_err("an unknown key");
        let known = errors.iter().find_map(|e| e.message.split_once("known: ")).expect("the known keys").1;
        let mut known: Vec<&str> = known.trim_end_matches(')').split(", ").collect();
        let mut keys: Vec<&str> = schema["properties"].as_object().expect("keys").keys().map(String::as_str).collect();
        known.sort_unstable();
        keys.sort_unstable();
        assert_eq!(known, keys, "{text}");
    }
}
