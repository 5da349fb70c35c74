//! `daybook next`

use clap::Args as ClapArgs;
use serde_json::json;
use std::fmt::Write as _;

use crate::actions;

use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::output::{counted, display_line, wrapped};
use super::reply::Reply;

/// What is unfinished, worst first, each with the command that finishes it
///
/// Example: daybook next
///
/// Sessions without a word, unfinished entries, what an order directs and is not done, orders without their words or paper,
/// papers made and not sent, lines without support. `daybook` alone shows the first five.
#[derive(ClapArgs, Debug)]
pub struct Args {}

impl Args {
    #[expect(clippy::unused_self, reason = "every command is run alike")]
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, now) = desk.open()?;
        let things = actions::unfinished(&book, now)?;
        if things.iter().any(|thing| thing.kind == "child-not-back") {
            super::log::help_lines(desk);
        }
        let width = desk.terminal.width();
        let mut human = match things.len() {
            0 => "Nothing is unfinished.\n".to_owned(),
            count => format!("{}, worst first:\n", counted(count as u64, "thing")),
        };
        for (index, thing) in things.iter().enumerate() {
            human.push_str(&wrapped(&display_line(&thing.why), width, &format!("{:>3}. ", index + 1), "     "));
            let _ = writeln!(human, "\n     {}", display_line(&thing.command));
        }
        Ok(Reply::new(human, json!({"next": things.iter().map(json::next_thing).collect::<Vec<_>>()})))
    }
}
