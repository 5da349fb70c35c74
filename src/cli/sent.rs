//! `daybook sent`

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, EditionFile, Sending};
use crate::model::RecordId;
use crate::store::Book;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::output::{columns, display_line};
use super::reply::Reply;
use super::{fields, json};

/// Write down that a paper was handed over, and keep exactly what was: to whom, how, when
///
/// Example: daybook sent BND-1 --to "Jo Lambert" --how "by e-mail" --on "3 March 2026"
///
/// The paper's file is looked for here by its name (or where --file says), compared with what was made,
/// and kept in the book, so that `daybook bundle --again BND-1` can write out the very same bytes. From
/// then on that file is never replaced; a later paper is a new edition. `daybook sent --list` shows who
/// got what, and when.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The paper
    #[arg(required_unless_present = "list")]
    id: Option<RecordId>,
    /// To whom
    #[arg(long, value_name = "NAME", required_unless_present = "list")]
    to: Option<String>,
    /// How: by hand, by e-mail, on the court's portal (- reads it from standard input)
    #[arg(long, value_name = "TEXT", required_unless_present = "list")]
    how: Option<String>,
    /// When; now if not given
    #[arg(long, value_name = "T")]
    on: Option<String>,
    /// Where the paper's file is, if not here under its own name
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Write it down although the file is not at hand, and keep no file
    #[arg(long, conflicts_with = "file")]
    without_file: bool,
    /// Write it down although the paper was made for somebody else
    #[arg(long)]
    even_so: bool,
    /// Show who got what, and when
    #[arg(long, conflicts_with_all = ["id", "to", "how", "on", "file", "without_file", "even_so"])]
    list: bool,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        if self.list {
            return list(desk, &book);
        }
        let (Some(id), Some(to), Some(how)) = (self.id, self.to, self.how) else {
            let example = "daybook sent BND-1 --to \"Jo Lambert\" --how \"by e-mail\"";
            return Err(Fault::missing("BND-1, --to and --how", "which paper, to whom, and how", example));
        };
        let how = fields::text(desk, how)?;
        if !self.even_so && !heed(desk, &book, id, &to)? {
            return Ok(nothing_written());
        }
        let file = if self.without_file {
            None
        } else {
            match file_to_keep(desk, &book, id, self.file.as_deref())? {
                Keeping::File(path) => Some(path),
                Keeping::Nothing => None,
                Keeping::Stop => return Ok(nothing_written()),
            }
        };
        let frozen = file.is_some();
        let stored = actions::sent(&mut book, now, &Sending { bundle: id, to, how, on: self.on, file })?;
        if frozen {
            desk.say(&format!(
                "The file is kept in the book. To write it out again, byte for byte: daybook bundle --again {id}"
            ));
        }
        Ok(Reply::written(&stored))
    }
}

fn nothing_written() -> Reply {
    Reply::new("Nothing was written down.\n", json!({"id": null}))
}

/// One warning where the paper was not made for this reader. False: the person thought again.
fn heed(desk: &mut Desk<'_>, book: &Book, id: RecordId, to: &str) -> Result<bool, Fault> {
    let cautions = actions::cautions(book, id, to)?;
    if book.info().practice {
        desk.say("This is a practice paper: every page of it says PRACTICE.");
    }
    let [first, ..] = cautions.as_slice() else { return Ok(true) };
    if !desk.asks() {
        return Err(Fault {
            kind: "wrong-reader",
            what: format!("{id} may not be fit for {to}"),
            why: first.trim_end_matches('.').to_owned(),
            next: "Make one for that reader with daybook bundle --to; or, if it was sent all the same, add --even-so"
                .into(),
            exit: 2,
        });
    }
    for caution in &cautions {
        desk.say(&display_line(caution));
    }
    Ok(ask::yes_no(desk, "Write it down all the same?")? == Answer::Given(true))
}

/// What is to be done about a paper's file.
enum Keeping {
    File(PathBuf),
    /// It is kept already, or is to be done without.
    Nothing,
    /// The person thought again: nothing is written down.
    Stop,
}

/// Looks for the file to keep, and asks where it is not there.
fn file_to_keep(desk: &mut Desk<'_>, book: &Book, id: RecordId, given: Option<&Path>) -> Result<Keeping, Fault> {
    let here = desk.environment.folder.clone();
    let beside_book = book.path().parent().map(Path::to_owned).unwrap_or_default();
    let (kind, what, why) = match actions::find_edition_file(book, id, given, &[&here, &beside_book])? {
        EditionFile::Kept => return Ok(Keeping::Nothing),
        EditionFile::Found(path) => return Ok(Keeping::File(path)),
        EditionFile::Missing(path) => (
            "file-missing",
            format!("The file of {id} was not found"),
            format!("it is not at {}", display_line(&path.display().to_string())),
        ),
        EditionFile::Differs(path) => (
            "file-differs",
            format!("{} is not the file that was made as {id}", display_line(&path.display().to_string())),
            "its SHA-256 is another than the book remembers: it was changed, or is another edition".to_owned(),
        ),
    };
    if !desk.asks() {
        let next = "Say where the file is with --file PATH; or write it down without keeping a file: --without-file";
        return Err(Fault::failed(kind, what, why, next));
    }
    desk.say(&format!("{what}: {why}."));
    let question = "Write it down all the same, without keeping a file?";
    let without = ask::yes_no(desk, question)? == Answer::Given(true);
    if !without {
        desk.say(&format!("If you find the file: daybook sent {id} --to NAME --how TEXT --file PATH"));
    }
    Ok(if without { Keeping::Nothing } else { Keeping::Stop })
}

fn list(desk: &mut Desk<'_>, book: &Book) -> Result<Reply, Fault> {
    let lines = actions::sendings(book)?;
    let rows: Vec<Vec<String>> = lines
        .iter()
        .map(|line| {
            let when = line.when.as_ref().map(|when| when.london_date().plain()).unwrap_or_default();
            let kept = if line.kept { "" } else { " (its file is not kept)" };
            let text = format!("{}: {}{kept}", line.words, line.file);
            vec![line.edition.to_string(), when, display_line(&text)]
        })
        .collect();
    let human = if rows.is_empty() {
        "Nothing has been written down as sent.\n".to_owned()
    } else {
        columns(&rows, desk.terminal.width())
    };
    Ok(Reply::new(human, json!({"sent": lines.iter().map(json::sent_line).collect::<Vec<_>>()})))
}
