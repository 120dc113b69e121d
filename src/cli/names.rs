//! `ibid names`: every name that has more than one spelling.

use super::args::Facts;
use super::facts;
use crate::report::names;
use std::process::ExitCode;

pub fn run(args: &Facts) -> ExitCode {
    facts::run(args, names::text, names::json)
}
