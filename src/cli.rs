//! The command line: the only floor beside `lsp` that does I/O.

mod args;
mod check;
mod compare;
mod completions;
mod diff;
mod explain;
mod facts;
mod fix;
mod git;
mod init;
mod input;
mod names;
mod progress;
mod project;
mod rewrite;
mod watch;

use crate::project::disk::io_words;
use crate::project::settings;
use crate::report;
use clap::Parser;
use std::io::Write;
use std::process::ExitCode;

/// Reads the arguments and does what they say. `server` is the language server, which this floor does not see.
pub fn main(server: fn() -> ExitCode) -> ExitCode {
    match args::Cli::parse().command {
        args::Command::Check(args) => check::run(&args),
        args::Command::Citations(args) => facts::run(&args, report::facts::citations, report::json::citations),
        args::Command::Sources(args) => facts::sources(&args),
        args::Command::Explain(args) => explain::run(&args),
        args::Command::Names(args) => names::run(&args),
        args::Command::Compare(args) => compare::run(&args),
        args::Command::Diff(args) => diff::run(&args),
        args::Command::Renumber(args) => rewrite::renumber(&args),
        args::Command::Expand(args) => rewrite::expand(&args),
        args::Command::Contract(args) => rewrite::contract(&args),
        args::Command::Init(args) => init::run(&args),
        args::Command::Schema => completions::schema(),
        args::Command::Completions(args) => completions::completions(&args),
        args::Command::Man(args) => completions::man(&args),
        args::Command::Server(_) => server(),
    }
}

/// Something that could not be done, in one line that names the file. The other files are still worked on.
#[derive(Debug)]
struct Trouble(String);

impl Trouble {
    fn io(name: &str, error: &std::io::Error) -> Trouble {
        Trouble(format!("{name}: {}", io_words(error)))
    }

    /// What is wrong in a file of settings.
    fn of(trouble: &settings::Trouble) -> Trouble {
        let name = input::shown(&trouble.path);
        Trouble(match trouble.at {
            Some(at) => format!("{name}:{}:{}: {}", at.line, at.column, trouble.message),
            None => format!("{name}: {}", trouble.message),
        })
    }

    /// One line each on standard error.
    fn say(troubles: &[Trouble]) {
        let mut out = String::new();
        for Trouble(message) in troubles {
            out += &format!("ibid: {}\n", report::plain::line(message));
        }
        put(&mut std::io::stderr().lock(), &out);
    }
}

/// Writes; a reader that has gone away (`| head`) is no error.
fn put(out: &mut impl Write, text: &str) {
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
