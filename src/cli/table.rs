//! The table of commands, and the help that is made from it.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use super::desk::Desk;
use super::error::Fault;
use super::reply::Reply;
use super::{
    add, amend, bundle, case, checkpoint, choose, confidential, contact, dates, demo, import, link, log, mark, message,
    new, next, note, order, people, prepare, scaffold, search, sent, show, step, terms, timeline, verify, wording,
};

/// The heading of the flags that every command takes.
const EVERYWHERE: &str = "With every command";

/// A private record of contact between a child and a parent, and the papers made from it.
///
/// One file on your own computer holds everything; nothing leaves it by itself. Run without a command,
/// it tells where things stand and what one would do next.
#[derive(Parser, Debug)]
#[command(name = "daybook", version, disable_help_subcommand = true)]
pub struct Options {
    /// The book to use (else the one named by DAYBOOK, or the only one here)
    #[arg(long, value_name = "FILE", global = true, help_heading = EVERYWHERE)]
    pub book: Option<PathBuf>,
    /// Answer with one JSON object
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub json: bool,
    /// Ask nothing; say which flag is missing
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub no_input: bool,
    /// Read the passphrase from the first line of this file
    #[arg(long, value_name = "F", global = true, help_heading = EVERYWHERE)]
    pub passphrase_file: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
}

macro_rules! commands {
    ($($variant:ident $room:ident,)*) => {
        /// Every command. Its summary is the comment on its arguments.
        #[derive(Subcommand, Debug)]
        pub enum Command {
            $($variant(Box<$room::Args>),)*
        }

        impl Command {
            /// Does it.
            ///
            /// # Errors
            /// What could not be done, and why.
            pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
                match self {
                    $(Command::$variant(args) => args.run(desk),)*
                }
            }
        }
    };
}

commands! {
    Demo demo,
    New new,
    Case case,
    People people,
    Log log,
    Message message,
    Note note,
    Step step,
    Import import,
    Add add,
    Order order,
    Terms terms,
    Timeline timeline,
    Search search,
    Show show,
    Contact contact,
    Dates dates,
    Next next,
    Amend amend,
    Link link,
    Mark mark,
    Confidential confidential,
    Prepare prepare,
    Choose choose,
    Bundle bundle,
    Scaffold scaffold,
    Sent sent,
    Wording wording,
    Verify verify,
    Checkpoint checkpoint,
}

/// The commands in the order of the work, as the help groups them. A test holds this against the table.
pub const GROUPS: &[(&str, &[&str])] = &[
    ("Begin", &["demo", "new", "case", "people"]),
    ("Write down", &["log", "message", "note", "step"]),
    ("Bring in", &["import", "add", "order", "terms"]),
    ("Read", &["timeline", "search", "show", "contact", "dates", "next"]),
    ("Put right and protect", &["amend", "wording", "link", "mark", "confidential"]),
    ("Make papers", &["prepare", "choose", "bundle", "scaffold", "sent"]),
    ("Keep safe", &["verify", "checkpoint", "backup"]),
];

/// Reads the arguments.
///
/// # Errors
/// Wrong usage, or help was asked for.
pub fn parse(arguments: &[OsString], width: usize) -> Result<Options, clap::Error> {
    let mut matches = command(width).try_get_matches_from(arguments)?;
    Options::from_arg_matches_mut(&mut matches)
}

/// The whole command line, with its grouped help.
#[must_use]
pub fn command(width: usize) -> clap::Command {
    let command = Options::command().term_width(width);
    let groups = grouped(&command, width);
    command.help_template(format!(
        "{{about-section}}\n{{usage-heading}} daybook [OPTIONS] [COMMAND]\n{groups}\n{{all-args}}\n\n\
         daybook COMMAND --help tells more of each.\n\
         Exit codes: 0 done, 1 it failed or a check found a fault, 2 wrong usage.\n"
    ))
}

fn grouped(command: &clap::Command, width: usize) -> String {
    let mut text = String::new();
    for (heading, names) in GROUPS {
        let known: Vec<&clap::Command> = names.iter().filter_map(|name| command.find_subcommand(name)).collect();
        if known.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{heading}:");
        for subcommand in known {
            let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
            let first = format!("  {:<14}", subcommand.get_name());
            text.push_str(&super::output::wrapped(&about, width, &first, "                "));
            text.push('\n');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_one_group() {
        let command = command(80);
        for subcommand in command.get_subcommands() {
            let name = subcommand.get_name();
            let groups = GROUPS.iter().filter(|(_, names)| names.contains(&name)).count();
            assert_eq!(groups, 1, "{name}");
        }
        command.debug_assert();
    }

    #[test]
    fn every_command_has_a_summary_and_an_example() {
        for subcommand in command(80).get_subcommands() {
            let name = subcommand.get_name().to_owned();
            assert!(subcommand.get_about().is_some(), "{name} has no summary");
            let help = subcommand.clone().render_long_help().to_string();
            assert!(help.contains(&format!("daybook {name}")), "{name} has no example");
        }
    }
}
