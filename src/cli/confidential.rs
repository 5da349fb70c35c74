//! `daybook confidential`

use clap::{Args as ClapArgs, Subcommand};
use serde_json::json;

use crate::actions;
use crate::model::WordKind;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::output::{columns, display_line};
use super::reply::Reply;
use super::{fields, json};

/// Words no paper for others may hold: addresses, schools, numbers
///
/// Example: daybook confidential add - --kind address
///
/// Every finished paper is read back and searched for them before it is handed over. Words need not be
/// put on the command line: `-` reads them from standard input, or leave them out to be asked.
#[derive(ClapArgs, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Put a word on the list
    Add {
        /// The word or words, as they would stand in a text (- reads them from standard input)
        words: Option<String>,
        /// What it is
        #[arg(long, value_parser = kinds(), default_value = "other", value_name = "KIND")]
        kind: WordKind,
    },
    /// Take a word off the list
    Remove {
        /// Its number on the list, or the words as they stand there (- reads them from standard input)
        word: String,
        /// Why papers may hold it now, in your words
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Show the list
    List,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = WordKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(WordKind::ALL.map(WordKind::word))
        .map(|word| WordKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        match self.what {
            What::Add { words, kind } => add(desk, words, kind),
            What::Remove { word, why } => remove(desk, word, why),
            What::List => list(desk),
        }
    }
}

fn add(desk: &mut Desk<'_>, words: Option<String>, kind: WordKind) -> Result<Reply, Fault> {
    let (mut book, now) = desk.open()?;
    let words = match words {
        Some(words) => fields::text(desk, words)?,
        None if desk.asks() => match ask::line(desk, "The word or words:")? {
            Answer::Given(words) => words,
            _ => return Ok(Reply::new("Nothing was written down.\n", json!({"id": null}))),
        },
        None => {
            return Err(Fault::missing("WORDS", "what is confidential", "daybook confidential add - --kind address"));
        }
    };
    let written = actions::add_word(&mut book, now, &words, kind)?;
    let human = format!("{}  A confidential {} is on the list.\n", written.value, kind.word());
    let object = json!({"id": written.value, "kind": kind.word(), "journal": json::journal(&written.journal)});
    Ok(Reply::new(human, object))
}

fn remove(desk: &mut Desk<'_>, word: String, why: Option<String>) -> Result<Reply, Fault> {
    let (mut book, now) = desk.open()?;
    let word = fields::text(desk, word)?;
    let why = match why {
        Some(why) => why,
        None if desk.asks() => ask::line(desk, "Why may papers hold it now?")?.given().unwrap_or_default(),
        None => String::new(),
    };
    let written = actions::remove_word(&mut book, now, &word, &why)?;
    let human = format!("{}  It is off the list. Papers made from now on may hold it.\n", written.value);
    Ok(Reply::new(human, json!({"id": written.value, "journal": json::journal(&written.journal)})))
}

fn list(desk: &mut Desk<'_>) -> Result<Reply, Fault> {
    let (book, _) = desk.open()?;
    let words = actions::words(&book)?;
    let rows: Vec<Vec<String>> = words
        .iter()
        .map(|entry| vec![entry.id.to_string(), entry.word.kind.word().to_owned(), display_line(&entry.word.words)])
        .collect();
    let human =
        if rows.is_empty() { "No words are on the list.\n".to_owned() } else { columns(&rows, desk.terminal.width()) };
    let list: Vec<_> = words
        .iter()
        .map(|entry| json!({"id": entry.id, "kind": entry.word.kind.word(), "words": entry.word.words}))
        .collect();
    Ok(Reply::new(human, json!({"words": list})))
}
