//! What can be said on the command line. Only what works stands here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads the footnotes of a manuscript and works out what every citation in them means.
#[derive(Parser)]
#[command(name = "ibid", version, propagate_version = false, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Check manuscripts
    Check(Check),
    /// List every citation, its form, and what it stands for
    Citations(Facts),
    /// List every source and each citation of it
    Sources(Facts),
}

#[derive(Args)]
pub struct Check {
    /// Files, folders, or - for standard input
    #[arg(default_value = ".")]
    pub paths: Vec<PathBuf>,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Json, value_name = "FORMAT")]
    pub output_format: Format,
}

#[derive(Args)]
pub struct Facts {
    /// Files, folders, or - for standard input
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_enum, default_value_t = FactsFormat::Json, value_name = "FORMAT")]
    pub output_format: FactsFormat,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum FactsFormat {
    Json,
}
