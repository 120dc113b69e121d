//! `ibid compare`: are two spellings one name?

use super::args::{Compare, FactsFormat};
use super::{Trouble, put};
use crate::report::names;
use crate::romanization::{self, compare};
use rayon::prelude::*;
use std::io::Read;
use std::process::ExitCode;

/// Rows that one processor answers at a time.
const SHARE: usize = 1000;

pub fn run(args: &Compare) -> ExitCode {
    if let Some(unknown) = args.language.as_deref().filter(|l| !is_known(l)) {
        let known: Vec<&str> = romanization::languages().collect();
        Trouble::say(&[Trouble(format!("no table for the language {unknown}; known: {}", known.join(", ")))]);
        return ExitCode::from(2);
    }
    let written = match (&args.a, &args.b) {
        (Some(a), Some(b)) => {
            let found = compare(a, b, args.language.as_deref());
            match args.output_format {
                FactsFormat::Text => names::comparison(a, b, &found),
                FactsFormat::Json => names::comparison_json(a, b, &found),
            }
        }
        _ => match batch(args.language.as_deref()) {
            Ok(answers) => answers,
            Err(trouble) => {
                Trouble::say(&[trouble]);
                return ExitCode::from(2);
            }
        },
    };
    put(&mut std::io::stdout().lock(), &written);
    ExitCode::SUCCESS
}

fn is_known(language: &str) -> bool {
    language == "mkd" || romanization::languages().any(|l| l == language)
}

/// Answers every row, in order.
fn batch(language: Option<&str>) -> Result<String, Trouble> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Trouble::io("-", &e))?;
    let text = String::from_utf8(bytes).map_err(|_| Trouble("-: not UTF-8".into()))?;
    let rows: Vec<&str> = text.lines().collect();
    let answer = |row: &&str| {
        let mut cells = row.split('\t');
        let (a, b) = (cells.next().unwrap_or(""), cells.next().unwrap_or(""));
        let own = cells.next().filter(|l| !l.is_empty());
        let found = compare(a, b, own.or(language));
        format!("{a}\t{b}\t{}\t{:.3}\t{}\n", found.relation.as_str(), found.score, found.reason)
    };
    if rows.len() < SHARE {
        return Ok(rows.iter().map(answer).collect());
    }
    let shares: Vec<String> = rows.par_chunks(SHARE).map(|share| share.iter().map(answer).collect()).collect();
    Ok(shares.concat())
}
