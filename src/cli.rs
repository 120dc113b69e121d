//! The command line: the only floor beside `lsp` that does I/O.

pub fn main() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
