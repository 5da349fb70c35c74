//! `daybook note`

use clap::Args as ClapArgs;

use crate::actions;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::reply::Reply;

/// A private note, for you only: it goes into no paper
///
/// Example: daybook note "Ask the school for the term dates" --about INC-3
///
/// A court may still order this book to be shown. `daybook note -` reads the words from standard input.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The words (- reads them from standard input)
    words: Option<String>,
    /// The record it is about
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// When what it tells of happened
    #[arg(long, value_name = "T")]
    on: Option<String>,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, _) = desk.open()?;
        let words = match self.words {
            Some(words) => words,
            None if desk.asks() => match ask::lines(desk, "The note:")? {
                Answer::Given(words) => words,
                _ => return Ok(Reply::new("Nothing was written down.\n", serde_json::json!({"id": null}))),
            },
            None => return Err(Fault::missing("WORDS", "the words of the note", "daybook note \"…\"")),
        };
        let mut given = Given::at(desk);
        given.take("text", Some(words))?.take("about", self.about)?.take("on", self.on)?;
        let sets = given.sets();
        let now = desk.now_for(book.info().practice)?;
        Ok(Reply::written(&actions::keep_note(&mut book, now, &sets)?))
    }
}
