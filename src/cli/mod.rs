//! The command line: one file a command, each an args struct whose comments are the help, one call to
//! an action, one reply.
//!
//! In: arguments, the environment, what is typed. Out: data on standard output, talk on standard
//! error, an exit code: 0 done, 1 it failed or a check found a fault, 2 wrong usage. Deliberately
//! absent: any work on records (that is `actions`).

mod add;
mod amend;
mod ask;
mod bundle;
mod case;
mod checkpoint;
mod choose;
mod confidential;
mod contact;
mod contact_words;
mod dates;
mod demo;
mod desk;
mod error;
mod fields;
mod import;
mod json;
mod link;
mod log;
mod mark;
mod message;
mod new;
mod next;
mod note;
mod order;
mod output;
mod people;
mod prepare;
mod reply;
mod scaffold;
mod search;
mod sent;
mod show;
mod status;
mod step;
mod table;
mod terminal;
mod terms;
mod timeline;
mod verify;
mod wording;

use std::ffi::OsString;

pub use desk::{Desk, Environment};
pub use error::Fault;
pub use output::{Console, display, display_line};
pub use reply::Reply;
pub use terminal::{Heard, Scripted, Terminal};

use crate::model::Instant;

/// Runs the program on a terminal: parses, does, prints. Gives the exit code.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: Environment,
    clock: Instant,
    terminal: &mut dyn Terminal,
) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let options = match table::parse(&arguments, terminal.width()) {
        Ok(options) => options,
        Err(error) => {
            let exit = refuse(&error, &arguments, terminal);
            if exit != 0 {
                give_back(&arguments, terminal);
            }
            return exit;
        }
    };
    let json = options.json;
    let mut desk = Desk {
        terminal,
        environment,
        clock,
        started: std::time::Instant::now(),
        book: options.book,
        json,
        no_input: options.no_input,
        passphrase_file: options.passphrase_file,
        stopped: false,
    };
    let outcome = match options.command {
        Some(command) => command.run(&mut desk),
        None => status::run(&mut desk),
    };
    match outcome {
        Ok(reply) => reply.print(json, desk.terminal),
        Err(fault) => {
            let exit = complain(&fault, json, desk.terminal);
            give_back(&arguments, desk.terminal);
            exit
        }
    }
}

/// Words so short are typed again sooner than they are found.
const WORTH_GIVING_BACK: usize = 20;

/// Words that were typed beside something wrong are given back, so that they can be copied: they may
/// have cost more than a slip in a date is worth. Nothing is kept of them.
fn give_back(arguments: &[OsString], terminal: &mut dyn Terminal) {
    const TEXTS: [&str; 23] = [
        "--what",
        "--said",
        "--reason",
        "--text",
        "--words",
        "--pattern",
        "--child-observed",
        "--also-known",
        "--why",
        "--decide",
        "--agreed",
        "--not-agreed",
        "--about-child",
        "--mediation-now",
        "--propose",
        "--mediation-agreed",
        "--mediation-not-agreed",
        "--call-safety",
        "--call-wish",
        "--call-worry",
        "--set",
        "--how",
        "--outcome",
    ];
    let mut words: Vec<String> = Vec::new();
    for (index, argument) in arguments.iter().enumerate().skip(1) {
        let argument = argument.to_string_lossy();
        let before = arguments.get(index - 1).map(|before| before.to_string_lossy().into_owned()).unwrap_or_default();
        let joined = argument.split_once('=').filter(|(flag, _)| TEXTS.contains(flag)).map(|(_, text)| text.to_owned());
        let text = joined.or_else(|| TEXTS.contains(&before.as_str()).then(|| argument.into_owned()));
        words.extend(text.filter(|text| text.chars().count() >= WORTH_GIVING_BACK));
    }
    if words.is_empty() {
        return;
    }
    terminal.say("\nNothing was kept. Your words, to copy:\n");
    for text in words {
        terminal.say(&format!("\n{}\n", display(&text)));
    }
}

/// Runs the program on the real terminal of this process.
pub fn run_here() -> u8 {
    private_files();
    let environment = Environment::of_this_process();
    let mut console = Console::new(environment.columns);
    let clock = real_clock();
    run(std::env::args_os(), environment, clock, &mut console)
}

/// The real clock. Read here once, and handed on.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is read, once")]
fn real_clock() -> Instant {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// What this program writes is for its user alone, whatever the shell was told.
fn private_files() {
    #[cfg(unix)]
    rustix::process::umask(rustix::fs::Mode::RWXG | rustix::fs::Mode::RWXO);
}

/// Help and version are answers; anything else that cannot be parsed is wrong usage.
fn refuse(error: &clap::Error, arguments: &[OsString], terminal: &mut dyn Terminal) -> u8 {
    use clap::error::ErrorKind;
    let text = error.render().to_string();
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        terminal.print(&text);
        return 0;
    }
    if arguments.iter().any(|argument| argument == "--json") {
        let what = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        let fault = Fault::usage(display_line(&what), "the command could not be read", "See: daybook --help");
        return complain(&fault, true, terminal);
    }
    terminal.say(&display(&text));
    2
}

fn complain(fault: &Fault, json: bool, terminal: &mut dyn Terminal) -> u8 {
    if json {
        terminal.print(&format!("{:#}\n", json::error(fault)));
    } else {
        let width = terminal.width();
        let paragraph = |text: &str| {
            let ended = text.ends_with(['.', '?', '!', '”', '"']);
            output::wrapped(&display(&format!("{text}{}", if ended { "" } else { "." })), width, "", "")
        };
        let why = error::capitalised(&fault.why);
        let text = format!("{}\n{}\n{}\n", paragraph(&fault.what), paragraph(&why), paragraph(&fault.next));
        terminal.say(&text);
    }
    fault.exit
}
