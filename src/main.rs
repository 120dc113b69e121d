//! argv in, exit code out.

fn main() -> std::process::ExitCode {
    ibid::cli::main()
}
