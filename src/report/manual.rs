//! The manual: one page a rule, as `ibid explain` shows it and RULES.md prints it.

use crate::config::{Config, Profile, Severity};
use crate::rules::{FAMILIES, RULES, Rule, about, family};
use serde::Serialize;
use std::fmt::Write;

/// The page of a rule, Markdown.
pub fn page(rule: &Rule) -> String {
    let mut out = format!("# {}\n\n{}\n", rule.name, rule.manual().trim_end());
    let _ =
        writeln!(out, "\nSeverity: {}. Family: {}. Authority: {}.", levels(rule), family(rule.name), rule.authority);
    out
}

/// `warning (off in oscola)`
fn levels(rule: &Rule) -> String {
    let word = |level: Option<Severity>| level.map_or("off", Severity::name);
    let level = |profile| Config { profile, ..Config::default() }.severity(rule.name, rule.severity);
    let default = level(Profile::default());
    let mut others = Vec::new();
    for (name, profile) in Profile::ALL.iter().filter(|(_, p)| *p != Profile::Infer) {
        if level(*profile) != default {
            others.push(format!("{} in {name}", word(level(*profile))));
        }
    }
    let others = if others.is_empty() { String::new() } else { format!(" ({})", others.join(", ")) };
    format!("{}{others}", word(default))
}

/// Every rule with its first sentence, by family.
pub fn list(rules: &[&Rule]) -> String {
    let mut out = String::new();
    let width = rules.iter().map(|r| r.name.len()).max().unwrap_or_default();
    for (name, _) in FAMILIES {
        let mut own = rules.iter().filter(|r| family(r.name) == *name).peekable();
        if own.peek().is_some() {
            let _ = writeln!(out, "{name}: {}", about(name));
        }
        for rule in own {
            let level = rule.severity.map_or("off", Severity::name);
            let _ = writeln!(out, "  {:<width$}  {level:<7}  {}", rule.name, rule.summary());
        }
    }
    out
}

/// RULES.md: the whole manual.
pub fn book() -> String {
    let mut out = String::from(
        "# The rules of ibid\n\nWritten from the rules themselves by a test; `ibid explain RULE` shows the same page. ",
    );
    out += "In samples a line `//~ rule «words»` names what is found in the line above it.\n";
    for (name, _) in FAMILIES {
        let own: Vec<_> = RULES.iter().filter(|r| family(r.name) == *name).collect();
        let links: Vec<_> = own.iter().map(|r| format!("[{0}](#{0})", r.name)).collect();
        if !own.is_empty() {
            let _ = writeln!(out, "\n**{name}**: {}", links.join(", "));
        }
    }
    for rule in RULES {
        let _ = write!(out, "\n{}", page(rule).replace("\n## ", "\n### ").replacen("# ", "## ", 1));
    }
    out
}

#[derive(Serialize)]
struct Manual {
    version: u8,
    rules: Vec<Page>,
}

#[derive(Serialize)]
struct Page {
    name: &'static str,
    family: &'static str,
    /// Under the default profile; `off` where it must be switched on.
    severity: &'static str,
    authority: &'static str,
    summary: String,
    page: String,
}

/// `explain --output-format json`.
pub fn json(rules: &[&'static Rule]) -> String {
    let config = Config::default();
    let entry = |rule: &'static Rule| Page {
        name: rule.name,
        family: family(rule.name),
        severity: config.severity(rule.name, rule.severity).map_or("off", Severity::name),
        authority: rule.authority,
        summary: rule.summary(),
        page: page(rule),
    };
    super::json::written(&Manual { version: 1, rules: rules.iter().map(|r| entry(r)).collect() })
}

/// The rules by family, a line a family: what the README says is caught.
pub fn overview() -> String {
    let mut out = String::new();
    for (name, _) in FAMILIES {
        let own: Vec<_> = RULES.iter().filter(|r| family(r.name) == *name).collect();
        let names: Vec<_> = own.iter().map(|r| format!("`{}`", r.name)).collect();
        if !own.is_empty() {
            let _ = writeln!(out, "- **{name}**: {}: {}", about(name), names.join(" "));
        }
    }
    out
}
