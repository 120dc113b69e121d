//! The binary as a user meets it: options, exit status, errors with their places, encodings, files kept whole.

mod books;
mod files;
mod formats;
mod living;
mod output;
mod sources;
mod usage;

use assert_cmd::Command;
use std::path::Path;
use tempfile::TempDir;

/// A manuscript with one warning that a safe fix mends: `p.15` without its space.
const BAD: &str = "The lamp was sold,[^1] then lost,[^2] then found.[^3]

[^1]: Anna Reed, *The Lamp* (London: Quay, 1931), p. 12.
[^2]: Paul Lind, *The Oil* (London: Quay, 1932), p. 14.
[^3]: Jane Holm, *The Wick* (London: Quay, 1933), p.15.
";

/// The same, mended.
fn good() -> String {
    BAD.replace("p.15", "p. 15")
}

/// A folder with files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        write(folder.path(), name, text.as_bytes());
    }
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    std::fs::write(path, bytes).expect("the file can be written");
}

/// What a run gives.
struct Run {
    status: i32,
    out: String,
    err: String,
}

fn ibid(folder: &Path, args: &[&str]) -> Run {
    run(Command::cargo_bin("ibid").expect("the binary").current_dir(folder).args(args))
}

fn with_stdin(folder: &Path, args: &[&str], stdin: &str) -> Run {
    run(Command::cargo_bin("ibid").expect("the binary").current_dir(folder).args(args).write_stdin(stdin))
}

fn run(command: &mut Command) -> Run {
    let output = command.output().expect("it runs");
    Run {
        status: output.status.code().expect("it ends by itself"),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|e| panic!("not JSON: {e}: {text}"))
}
