//! argv in, exit code out. The two floors that do I/O do not see each other: here they meet.

fn main() -> std::process::ExitCode {
    ibid::cli::main(ibid::lsp::run)
}
