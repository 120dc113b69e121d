//! What may be typed in an `ibid.toml`: tables, keys and values, as its JSON Schema has them.

use super::completion::{Item, ItemKind};
use crate::config;
use crate::rules;
use crate::text::Span;
use serde_json::Value;

/// Tables behind `[`, keys at the head of a line that are not set yet, and behind `=` the values a key can have.
pub fn complete(text: &str, byte: u32) -> Vec<Item> {
    let Some(before) = text.get(..byte as usize) else { return Vec::new() };
    let line = before[before.rfind('\n').map_or(0, |n| n + 1)..].trim_start();
    if line.starts_with('#') {
        return Vec::new();
    }
    let about = |name: &'static str| rules::find(name).map_or_else(String::new, |r| r.summary());
    let known: Vec<_> = rules::names().into_iter().map(|name| (name, about(name))).collect();
    let schema = config::schema(&known);
    let rest = &text[byte as usize..];
    if let Some(typed) = line.strip_prefix('[') {
        return tables(&schema, typed, rest, byte);
    }
    let mut path = Vec::new();
    let header = before.lines().rev().skip(1).find(|l| l.trim_start().starts_with('['));
    path.extend(header.into_iter().flat_map(|h| h.trim().trim_matches(['[', ']']).split('.').map(str::trim)));
    let Some(table) = path.iter().try_fold(&schema, |at, key| property(&schema, at, key)) else { return Vec::new() };
    match line.split_once('=') {
        Some((key, value)) => {
            let of = property(&schema, table, key.trim());
            of.map_or_else(Vec::new, |of| values(of, value.trim_start(), rest, byte))
        }
        None => keys(&schema, table, line, &own_lines(text, byte), byte),
    }
}

/// A schema that is named elsewhere, and of an array what it holds.
fn resolved<'a>(schema: &'a Value, node: &'a Value) -> &'a Value {
    let named = node["$ref"].as_str().and_then(|path| schema.pointer(path.trim_start_matches('#')));
    let node = named.unwrap_or(node);
    if node["items"]["properties"].is_object() { &node["items"] } else { node }
}

fn property<'a>(schema: &'a Value, table: &'a Value, key: &str) -> Option<&'a Value> {
    let node = resolved(schema, table)["properties"].get(key)?;
    let about = node["$ref"].is_string();
    Some(if about { resolved(schema, node) } else { node })
}

/// The lines of the table that a byte stands in, without its own.
fn own_lines(text: &str, byte: u32) -> Vec<&str> {
    let (before, after) = text.split_at(byte as usize);
    let is_header = |l: &&str| !l.trim_start().starts_with('[');
    let above = before.lines().rev().skip(usize::from(!before.ends_with('\n'))).take_while(is_header);
    above.chain(after.lines().skip(1).take_while(is_header)).collect()
}

fn item(label: &str, text: String, typed: &str, byte: u32, about: &Value) -> Item {
    Item {
        kind: ItemKind::Setting,
        label: label.to_owned(),
        text,
        replaces: Span { start: byte - typed.len() as u32, end: byte },
        filter: label.to_owned(),
        detail: about["description"].as_str().unwrap_or_default().to_owned(),
        source: None,
    }
}

fn tables(schema: &Value, typed: &str, rest: &str, byte: u32) -> Vec<Item> {
    let (twice, typed) = typed.strip_prefix('[').map_or((false, typed), |t| (true, t));
    let mut found = Vec::new();
    for (name, node) in schema["properties"].as_object().into_iter().flatten() {
        let inner = resolved(schema, node);
        let is_table = inner["properties"].is_object();
        if !is_table || (node["type"] == "array") != twice {
            continue;
        }
        let close = if rest.starts_with(']') { "" } else { ["]", "]]"][usize::from(twice)] };
        found.push(item(name, format!("{name}{close}"), typed, byte, node));
        for (inside, node) in inner["properties"].as_object().into_iter().flatten() {
            if !twice && resolved(schema, node)["properties"].is_object() {
                let name = format!("{name}.{inside}");
                found.push(item(&name, format!("{name}{close}"), typed, byte, node));
            }
        }
    }
    found
}

fn keys(schema: &Value, table: &Value, typed: &str, set: &[&str], byte: u32) -> Vec<Item> {
    let is_set = |key: &str| set.iter().any(|l| l.split_once('=').is_some_and(|(k, _)| k.trim() == key));
    let all = resolved(schema, table)["properties"].as_object().into_iter().flatten();
    // tables of the top have headers of their own
    let plain = |node: &Value| !resolved(schema, node)["properties"].is_object();
    let free = all.filter(|(key, node)| !is_set(key) && plain(node));
    free.map(|(key, node)| item(key, format!("{key} = "), typed, byte, node)).collect()
}

fn values(node: &Value, typed: &str, rest: &str, byte: u32) -> Vec<Item> {
    let (open, word) = typed.strip_prefix('"').map_or((false, typed), |t| (true, t));
    if word.contains('"') {
        return Vec::new();
    }
    // what stands behind the cursor of a value is part of it
    let tail = if open { rest.find(['"', '\n']).unwrap_or(rest.len()) } else { 0 };
    let written = |value: &str| match (open, rest[tail..].starts_with('"')) {
        (false, _) => format!("\"{value}\""),
        (true, true) => value.to_owned(),
        (true, false) => format!("{value}\""),
    };
    let all = node["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let whole = |value: &str| {
        let item = item(value, written(value), word, byte, &Value::Null);
        Item { replaces: Span { end: byte + tail as u32, ..item.replaces }, ..item }
    };
    all.map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Edit, apply};

    fn offered(marked: &str) -> Vec<Item> {
        complete(&marked.replace('‸', ""), marked.find('‸').unwrap() as u32)
    }

    fn labels(marked: &str) -> Vec<String> {
        offered(marked).into_iter().map(|i| i.label).collect()
    }

    fn taken(marked: &str, label: &str) -> String {
        let all = offered(marked);
        let item = all.iter().find(|i| i.label == label).unwrap_or_else(|| panic!("{label}: {all:?}"));
        apply(&marked.replace('‸', ""), &[Edit::new(item.replaces, item.text.clone())]).unwrap()
    }

    #[test]
    fn tables_keys_and_values() {
        assert_eq!(labels("pro‸"), ["extend", "profile"]);
        assert_eq!(taken("prof‸\n\n[rules]\n", "profile"), "profile = \n\n[rules]\n");
        assert_eq!(taken("profile = ‸", "mhra"), "profile = \"mhra\"");
        assert_eq!(taken("profile = \"mh‸\"", "mhra"), "profile = \"mhra\"");
        assert_eq!(taken("profile = \"‸chicago-17\"", "mhra"), "profile = \"mhra\"");
        assert_eq!(taken("[na‸", "names.scheme"), "[names.scheme]");
        assert_eq!(labels("[[‸"), ["allow", "overrides"]);
        assert_eq!(taken("[[allow]]\nrule = \"ibid-f‸", "ibid-form"), "[[allow]]\nrule = \"ibid-form\"");
        let rules = offered("# ours 🐝\n[rules]\nibid-form = \"off\"\nib‸\n");
        assert!(rules.iter().all(|i| i.label != "ibid-form"), "it is set already");
        assert!(rules.iter().any(|i| i.label == "ibid-chain-long" && !i.detail.is_empty()));
        assert_eq!(labels("[rules]\nibid-form = \"‸"), ["off", "hint", "info", "warning", "error"]);
        assert!(labels("# prof‸").is_empty() && labels("[nowhere]\na‸").is_empty());
    }
}
