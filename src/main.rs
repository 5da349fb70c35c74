//! The program: parse, run, exit code.

fn main() -> std::process::ExitCode {
    daybook::cli::run_here().into()
}
