//! `daybook new`

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, Start, Started};
use crate::store::Passphrase;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::output::{columns, display_line};
use super::reply::Reply;

/// Begin a book
///
/// Example: daybook new robin.daybook --me "Alex Reed" --other "Sam Reed" --child "Robin Reed"
///
/// A passphrase protects the book from whoever can reach the file. It is asked for, or read from
/// --passphrase-file; nobody can recover one that is lost. `--practice` makes a book to try things in:
/// every page of every paper is marked PRACTICE.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The new file: NAME.daybook
    file: Option<PathBuf>,
    /// Your name, as papers should have it
    #[arg(long, value_name = "NAME")]
    me: Option<String>,
    /// The other parent's name
    #[arg(long, value_name = "NAME")]
    other: Option<String>,
    /// A child's name (may be given again)
    #[arg(long, value_name = "NAME")]
    child: Vec<String>,
    /// A practice book
    #[arg(long)]
    practice: bool,
}

/// How a book is begun without questions.
const EXAMPLE: &str = "daybook new robin.daybook --me \"Alex Reed\" --other \"Sam Reed\" --child \"Robin Reed\"";

/// Said at the start of every book.
const BEFORE: &str = "Before you begin: a record shows what was written down and when. It proves neither that it is \
                      true nor that it is complete, and a court may order this book to be shown. Write in it as you \
                      would want a judge to read it.";

impl Args {
    pub fn run(mut self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        desk.say(BEFORE);
        let mut file = self.file(desk)?;
        if file.extension().is_none() {
            file.set_extension("daybook");
        }
        if let Some(service) = actions::synced_by(&file) {
            desk.say(&format!(
                "This folder looks like one that {service} copies to other devices and to the internet. Whoever can \
                 reach that account could reach the book. A folder outside it is safer."
            ));
        }
        self.ask_names(desk)?;
        let Some(me) = self.me.clone() else {
            if desk.stopped {
                return Err(stopped());
            }
            return Err(Fault::missing("--me", "your name", EXAMPLE));
        };
        let passphrase = match desk.passphrase_from_file()? {
            Some(passphrase) => Some(passphrase),
            None if desk.asks() => ask_passphrase(desk)?,
            None => None,
        };
        let now = desk.now_for(self.practice)?;
        let start = Start {
            path: &file,
            me,
            other: self.other,
            children: self.child,
            practice: self.practice,
            passphrase: passphrase.as_ref(),
        };
        let started = actions::start(&start, now)?;
        if passphrase.is_none() {
            desk.say("The book has no passphrase: whoever can open the file can read it.");
        }
        Ok(reply(&started, desk.terminal.width()))
    }

    /// The file to begin, asked for where it was not typed: a first command should not need a manual.
    fn file(&mut self, desk: &mut Desk<'_>) -> Result<PathBuf, Fault> {
        if self.file.is_none() && desk.asks() {
            let question = "A short name for the book's file (for example robin)?";
            self.file = ask::line(desk, question)?.given().map(PathBuf::from);
        }
        match self.file.take() {
            Some(file) => Ok(file),
            None if desk.stopped => Err(stopped()),
            None => Err(Fault::missing("FILE", "a name for the book's file", EXAMPLE)),
        }
    }

    fn ask_names(&mut self, desk: &mut Desk<'_>) -> Result<(), Fault> {
        if !desk.asks() || self.me.is_some() {
            return Ok(());
        }
        self.me = ask::line(desk, "Your name, as papers should have it?")?.given();
        if self.other.is_none() {
            self.other = ask::line(desk, "The other parent's name?")?.given();
        }
        while let Answer::Given(name) = ask::line(desk, "A child's name (Enter when all are named)?")? {
            self.child.push(name);
        }
        Ok(())
    }
}

/// The person stopped before there was anything to keep.
fn stopped() -> Fault {
    Fault::failed(
        "stopped",
        "No book was begun",
        "the questions were stopped half way",
        "Run the command again when you like",
    )
}

/// Asks who else uses this computer, and offers a passphrase, typed twice.
fn ask_passphrase(desk: &mut Desk<'_>) -> Result<Option<Passphrase>, Fault> {
    desk.say("Who else uses this computer, or could: somebody at home, a child, somebody who knows your password?");
    let others = ask::line(desk, "Names, or Enter for nobody:")?.given();
    let nobody =
        |said: &String| matches!(said.trim().to_lowercase().trim_end_matches('.'), "nobody" | "none" | "no" | "no one");
    let shared = others.is_some_and(|said| !nobody(&said));
    if shared {
        desk.say(
            "Then a passphrase is wise. It keeps the book closed to others; it does not hide that Daybook is on this \
             computer. If somebody watches what you do here, think of using another device, and of talking to a \
             helpline first.",
        );
        super::log::help_lines(desk);
    }
    desk.say(
        "A passphrase: a few words you will remember. Enter alone for none. If it is lost, nobody can open the book.",
    );
    for _ in 0..3 {
        let first = desk.terminal.secret("Passphrase: ")?;
        if first.is_empty() {
            return Ok(None);
        }
        let second = desk.terminal.secret("Once more: ")?;
        if *first == *second {
            return Ok(Some(Passphrase(first)));
        }
        desk.say("The two are not the same. Please type them again.");
    }
    Err(Fault::failed(
        "passphrase",
        "No book was begun",
        "the passphrase was typed differently three times",
        "Run the command again when you like",
    ))
}

fn reply(started: &Started, width: usize) -> Reply {
    let rows: Vec<Vec<String>> = started
        .people
        .iter()
        .map(|(id, name, role)| {
            vec![format!("  {id}"), actions::role_word(*role).replace('-', " "), display_line(name)]
        })
        .collect();
    let path = started.book.path().display().to_string();
    let info = started.book.info();
    let kind = if info.practice { "A practice book" } else { "The book" };
    let human = format!(
        "{kind} is ready: {}\n{}\nNext: daybook log, to write down a contact event;\n      daybook, to see where things stand.\n",
        display_line(&path),
        columns(&rows, width)
    );
    let people: Vec<_> = started
        .people
        .iter()
        .map(|(id, name, role)| json!({"id": id, "name": name, "role": actions::role_word(*role)}))
        .collect();
    let object = json!({
        "file": path,
        "book": info.id,
        "practice": info.practice,
        "encrypted": info.encrypted,
        "case": started.case,
        "people": people,
    });
    Reply::new(human, object)
}
