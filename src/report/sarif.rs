//! `check --output-format sarif`: SARIF 2.1.0, for code scanning and every tool that reads it.

use super::fingerprint::fingerprints;
use super::{Report, plain};
use crate::analysis::{Analysis, Place};
use crate::config::Severity;
use crate::rules::{self, Finding, Rule, Safety};
use serde_json::{Value, json};

/// What relative addresses are relative to: the folder in which `ibid` ran.
const BASE: &str = "SRCROOT";

pub fn sarif(report: &Report) -> String {
    let mut used: Vec<&Rule> = rules::RULES.iter().collect();
    used.retain(|r| report.findings().any(|(_, f)| f.rule == r.name));
    let index = |f: &Finding| used.iter().position(|r| r.name == f.rule);
    let marks = fingerprints(report);
    let results = report.findings().zip(marks).map(|((analysis, f), mark)| result(analysis, f, index(f), &mark));
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "ibid",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": used.iter().map(|r| rule(r)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {BASE: {"description": {"text": "The folder in which ibid ran."}}},
            "results": results.collect::<Vec<_>>(),
        }],
    });
    super::json::written(&log)
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary()},
        "fullDescription": {"text": format!("{} Authority: {}.", rule.summary(), rule.authority)},
        "help": {"text": rule.manual(), "markdown": rule.manual()},
        "defaultConfiguration": {"level": rule.severity.map_or("none", level), "enabled": rule.severity.is_some()},
        "properties": {"tags": [rules::family(rule.name)]},
    })
}

fn result(analysis: &Analysis, finding: &Finding, index: Option<usize>, fingerprint: &str) -> Value {
    let related = finding.related.iter().enumerate().map(|(i, related)| {
        let mut location = location(analysis, related.place);
        location["id"] = json!(i + 1);
        location["message"] = json!({"text": related.message});
        location
    });
    let mut out = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [location(analysis, finding.place)],
        "partialFingerprints": {"ibidContent/v1": fingerprint},
    });
    if let Some(index) = index {
        out["ruleIndex"] = json!(index);
    }
    if !finding.related.is_empty() {
        out["relatedLocations"] = json!(related.collect::<Vec<_>>());
    }
    if let Some(fix) = &finding.fix {
        let replacements = fix.edits.iter().map(|edit| {
            let place = Place { file: finding.place.file, span: edit.span };
            json!({"deletedRegion": region(analysis, place, false), "insertedContent": {"text": edit.text}})
        });
        let safety = if fix.safety == Safety::Safe { "safe" } else { "unsafe" };
        out["fixes"] = json!([{
            "description": {"text": format!("{} ({safety})", fix.title)},
            "artifactChanges": [{
                "artifactLocation": artifact(analysis, finding.place),
                "replacements": replacements.collect::<Vec<_>>(),
            }],
        }]);
    }
    out
}

fn location(analysis: &Analysis, place: Place) -> Value {
    let mut physical = json!({"artifactLocation": artifact(analysis, place), "region": region(analysis, place, true)});
    let file = &analysis.files[place.file];
    let text = &file.manuscript.text;
    let lines = file.lines.line(place.span.start)..=file.lines.line(place.span.end);
    let context = file.lines.span(*lines.start(), text).join(file.lines.span(*lines.end(), text));
    let words = context.of(text).trim_end_matches(['\r', '\n']);
    if !words.is_empty() && context != place.span {
        physical["contextRegion"] = json!({
            "startLine": lines.start() + 1, "endLine": lines.end() + 1, "snippet": {"text": words},
        });
    }
    json!({"physicalLocation": physical})
}

fn region(analysis: &Analysis, place: Place, snippet: bool) -> Value {
    let file = &analysis.files[place.file];
    let at = |byte| file.lines.position(&file.manuscript.text, byte);
    let (start, end) = (at(place.span.start), at(place.span.end));
    let mut region = json!({
        "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column,
    });
    if snippet {
        region["snippet"] = json!({"text": analysis.text(place)});
    }
    region
}

fn artifact(analysis: &Analysis, place: Place) -> Value {
    let (uri, relative) = uri(&analysis.files[place.file].manuscript.path);
    if relative { json!({"uri": uri, "uriBaseId": BASE}) } else { json!({"uri": uri}) }
}

/// A path as an address, and whether it is a relative one.
pub fn uri(path: &str) -> (String, bool) {
    let path = path.replace('\\', "/");
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    let drive = path.as_bytes().get(1) == Some(&b':');
    match path.starts_with('/') || drive {
        true => (format!("file://{}{out}", if drive { "/" } else { "" }), false),
        false => (plain::line(&out), true),
    }
}
