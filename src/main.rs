//! The program: parse, run, exit code.

fn main() -> std::process::ExitCode {
    // Called by itself to read what may be hostile: nothing else may come before the limits.
    if let Some(code) = daybook::worker::called() {
        return code.into();
    }
    daybook::cli::run_here().into()
}
