//! `ibid explain`: the manual.

use super::args::{Explain, FactsFormat};
use super::{Trouble, put};
use crate::config::nearest;
use crate::report::manual;
use crate::rules::{self, RULES};
use std::process::ExitCode;

pub fn run(args: &Explain) -> ExitCode {
    let chosen: Vec<_> = RULES.iter().filter(|r| args.rule.as_ref().is_none_or(|name| r.name == name)).collect();
    let written = match (&args.rule, args.output_format) {
        (Some(name), _) if chosen.is_empty() => return unknown(name),
        (_, FactsFormat::Json) => manual::json(&chosen),
        (Some(_), FactsFormat::Text) => chosen.iter().map(|r| manual::page(r)).collect(),
        (None, FactsFormat::Text) => manual::list(&chosen),
    };
    put(&mut std::io::stdout().lock(), &written);
    ExitCode::SUCCESS
}

fn unknown(name: &str) -> ExitCode {
    let message = match nearest(name, RULES.iter().map(|r| r.name)) {
        _ if rules::names().contains(&name) => format!("the rule {name} has not been written yet"),
        Some(near) => format!("no rule is called {name}; did you mean {near}?"),
        None => format!("no rule is called {name}; `ibid explain` lists them"),
    };
    Trouble::say(&[Trouble(message)]);
    ExitCode::from(2)
}
