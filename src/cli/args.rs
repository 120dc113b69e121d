//! What can be said on the command line. Only what works stands here.

use crate::config::{Profile, Severity, nearest};
use crate::rules;
use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads the notes of a manuscript and works out what every citation in them means
#[derive(Parser)]
#[command(name = "ibid", version, disable_help_subcommand = true, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Check manuscripts and report what would send a reader astray
    Check(Check),
    /// List every citation, its form, and what it stands for
    Citations(Facts),
    /// List every source and each citation of it
    Sources(Sources),
    /// Show the manual page of a rule, or list the rules
    Explain(Explain),
    /// List every name that has more than one spelling
    Names(Facts),
    /// Are two spellings one name? The relation and the reason
    Compare(Compare),
    /// Citations that stand for something else in the newer of two versions though their words are the same
    Diff(Diff),
    /// Number notes from 1 on in the order of the text; every pointer follows
    Renumber(Renumber),
    /// Write out Ibid. as the short form of its source
    Expand(Rewrite),
    /// Contract short forms to Ibid. where the note before cites the same source alone
    Contract(Rewrite),
    /// Propose an ibid.toml for the manuscripts here
    Init(Init),
    /// Print the JSON Schema of ibid.toml
    Schema,
    /// Print completions for a shell
    Completions(Completions),
    /// Print the manual page of ibid, or write those of all commands into a folder
    #[command(hide = true)]
    Man(Man),
    /// Serve an editor: the language server protocol on standard input and output
    Server(Server),
}

#[derive(Args)]
#[command(after_help = "Exit status: 0 nothing found, 1 findings, 2 a usage, configuration or input error.")]
pub struct Check {
    #[command(flatten)]
    pub input: Input,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub output_format: Format,
    /// Report these rules or families only, even those that are off
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rule_names)]
    pub select: Vec<RuleNames>,
    /// Do not report these rules or families
    #[arg(long, value_name = "RULE,…", value_delimiter = ',', value_parser = rule_names)]
    pub ignore: Vec<RuleNames>,
    /// Mend what can be mended without changing what the manuscript means
    #[arg(long, group = "mending")]
    pub fix: bool,
    /// Show what --fix would change as a diff; change nothing
    #[arg(long, group = "mending")]
    pub diff: bool,
    /// With --fix or --diff: also mend where a person should look over the result
    #[arg(long, requires = "mending")]
    pub unsafe_fixes: bool,
    /// Count findings by rule instead of showing them (full and json)
    #[arg(long, conflicts_with = "diff")]
    pub statistics: bool,
    /// Do not report what this file lists
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// List what is found in this file, to be let stand from now on
    #[arg(long, value_name = "FILE", conflicts_with_all = ["mending", "statistics", "watch"])]
    pub write_baseline: Option<PathBuf>,
    /// Report only what was not found in this git revision, and citations that stood for something else then
    #[arg(long, value_name = "REV", conflicts_with = "mending")]
    pub since: Option<String>,
    /// Check again whenever a manuscript changes
    #[arg(long)]
    pub watch: bool,
    /// The least severity that makes the exit status 1
    #[arg(long, value_enum, default_value_t = Severity::Warning, value_name = "LEVEL")]
    pub fail_on: Severity,
    /// Exit with 0 whatever is found (errors still exit with 2)
    #[arg(long)]
    pub exit_zero: bool,
    /// How many files are checked at once [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub jobs: Option<u16>,
    /// No summary, findings only
    #[arg(long, short)]
    pub quiet: bool,
    /// Say which files were read as one work and which style was inferred, and why
    #[arg(long, short)]
    pub verbose: bool,
    /// Colours; NO_COLOR is heeded
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
}

#[derive(Args)]
pub struct Sources {
    #[command(flatten)]
    pub input: Input,
    /// How they are written
    #[arg(long, value_enum, default_value_t = SourcesFormat::Text, value_name = "FORMAT")]
    pub output_format: SourcesFormat,
}

#[derive(Args)]
pub struct Facts {
    #[command(flatten)]
    pub input: Input,
    /// How they are written
    #[arg(long, value_enum, default_value_t = FactsFormat::Text, value_name = "FORMAT")]
    pub output_format: FactsFormat,
}

#[derive(Args)]
#[command(after_help = "Exit status: 0 none, 1 some, 2 a usage or input error.")]
pub struct Diff {
    /// The older version
    pub old: PathBuf,
    /// The newer version
    pub new: PathBuf,
    /// How they are written
    #[arg(long, value_enum, default_value_t = Format::Full, value_name = "FORMAT")]
    pub output_format: Format,
    /// The style both follow
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub profile: Option<Profile>,
    /// Colours; NO_COLOR is heeded
    #[arg(long, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub color: Colour,
}

#[derive(Args)]
pub struct Renumber {
    #[command(flatten)]
    pub input: Input,
    /// The number of the first note
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub start: u32,
    /// Show what would change; change nothing
    #[arg(long)]
    pub diff: bool,
}

#[derive(Args)]
pub struct Rewrite {
    #[command(flatten)]
    pub input: Input,
    /// Show what would change; change nothing
    #[arg(long)]
    pub diff: bool,
}

#[derive(Args)]
pub struct Init {
    /// The folder of the manuscripts
    #[arg(default_value = ".", value_name = "FOLDER")]
    pub folder: PathBuf,
    /// Print it instead of writing ibid.toml
    #[arg(long)]
    pub stdout: bool,
}

#[derive(Args)]
pub struct Completions {
    /// For this shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Args)]
pub struct Man {
    /// Where the pages go
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
}

#[derive(Args)]
pub struct Compare {
    /// A spelling
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub a: Option<String>,
    /// Another
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    pub b: Option<String>,
    /// Read lines of standard input: two spellings and perhaps a language, tabs between them; answer a line each
    #[arg(long)]
    pub batch: bool,
    /// The language of the original: ISO 639-3, or deu-rus for a German name that came through Russian
    #[arg(long, value_name = "LANGUAGE")]
    pub language: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = FactsFormat::Text, value_name = "FORMAT", conflicts_with = "batch")]
    pub output_format: FactsFormat,
}

/// Which manuscripts, and under which settings.
#[derive(Args)]
pub struct Input {
    /// Files, folders (git-ignored files are left out), or - for standard input [default: what ibid.toml
    /// includes, else this folder]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Leave out git-ignored files even where they are named
    #[arg(long)]
    pub force_exclude: bool,
    /// The name that standard input goes by: its ending chooses the reader
    #[arg(long, value_name = "NAME")]
    pub stdin_filename: Option<PathBuf>,
    /// The style the manuscript follows, whatever ibid.toml says
    #[arg(long, value_enum, value_name = "PROFILE")]
    pub profile: Option<Profile>,
    /// Use this configuration file instead of the nearest ibid.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub struct Explain {
    /// A rule; without it all are listed
    pub rule: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = FactsFormat::Text, value_name = "FORMAT")]
    pub output_format: FactsFormat,
}

#[derive(Args)]
pub struct Server {
    /// What many editors say to every server; there is no other way
    #[arg(long, hide = true)]
    pub stdio: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// The line of each finding with its evidence
    Full,
    /// One line a finding
    Concise,
    /// Under their file, in columns
    Grouped,
    /// For tools
    Json,
    /// For tools, a finding a line
    Jsonl,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations for GitHub Actions
    Github,
    /// A Code Quality report for GitLab
    Gitlab,
    /// A test report, for CI servers
    Junit,
    /// One page for a copyeditor: findings, notes with their chains, names
    Html,
    /// A table of findings and author queries, for spreadsheets
    Csv,
    /// Author queries, Markdown
    QueriesMd,
    /// Author queries, a page to print or send
    QueriesHtml,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FactsFormat {
    Text,
    Json,
}

/// Lists of works go to reference managers too.
#[derive(Clone, Copy, ValueEnum)]
pub enum SourcesFormat {
    Text,
    Json,
    /// An entry a work, as the notes give it
    Bibtex,
    CslJson,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    Auto,
    Always,
    Never,
}

/// A rule, or the rules of a family.
pub type RuleNames = Box<[&'static str]>;

fn rule_names(word: &str) -> Result<RuleNames, String> {
    if let Some(rule) = rules::find(word) {
        return Ok(Box::new([rule.name]));
    }
    if rules::FAMILIES.iter().any(|(family, _)| *family == word) {
        return Ok(rules::RULES.iter().map(|r| r.name).filter(|r| rules::family(r) == word).collect());
    }
    if rules::names().contains(&word) {
        return Err("this rule has not been written yet".into());
    }
    let families = rules::FAMILIES.iter().map(|(family, _)| *family);
    Err(match nearest(word, rules::names().into_iter().chain(families)) {
        Some(near) => format!("no such rule; did you mean {near}?"),
        None => "no such rule; `ibid explain` lists them".into(),
    })
}

impl ValueEnum for Profile {
    fn value_variants<'a>() -> &'a [Profile] {
        const ALL: [Profile; Profile::ALL.len()] = {
            let mut all = [Profile::ChicagoIbid; Profile::ALL.len()];
            let mut i = 0;
            while i < all.len() {
                all[i] = Profile::ALL[i].1;
                i += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}

/// Hints are for editors: no level of `--fail-on` speaks of them.
impl ValueEnum for Severity {
    fn value_variants<'a>() -> &'a [Severity] {
        &[Severity::Info, Severity::Warning, Severity::Error]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()))
    }
}
