//! argv in, exit code out.

fn main() -> std::process::ExitCode {
    if std::env::args().nth(1).as_deref() == Some("server") {
        return ibid::lsp::run();
    }
    ibid::cli::main()
}
