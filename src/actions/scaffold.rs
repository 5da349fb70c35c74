//! A text to go on writing: made of the book, and written to a file where one is named. The book is not changed.

use std::path::{Path, PathBuf};

use crate::bundle::{Options, Scaffold, ScaffoldKind, scaffold};
use crate::model::{Date, Instant, Profile, Reader};
use crate::store::Book;

use super::ActionError;
use super::bundle::{gather_records, put_text};

/// What is asked for.
#[derive(Debug, Clone)]
pub struct ScaffoldRequest {
    /// Which text.
    pub kind: ScaffoldKind,
    /// Where to write it as rich text. `None`: nowhere.
    pub out: Option<PathBuf>,
    /// A file of that name may be replaced.
    pub replace: bool,
    /// Only events of these days.
    pub from: Option<Date>,
    /// See `from`.
    pub until: Option<Date>,
    /// Whose statement it is, if not the keeper's.
    pub maker: Option<String>,
    /// Which statement by that person.
    pub statement: Option<u32>,
}

/// Makes the text, and writes it where a file is named.
///
/// # Errors
/// The file is there already or cannot be written, or reading the book failed.
pub fn make_scaffold(book: &Book, now: Instant, asked: &ScaffoldRequest) -> Result<Scaffold, ActionError> {
    // What a position statement or a statement may say is what the court and the other party may read.
    let profile = match asked.kind {
        ScaffoldKind::PositionStatement => Profile::Hearing,
        ScaffoldKind::WitnessStatement => Profile::Exhibit,
    };
    let mut options = Options::new(profile, Reader::Court);
    options.from = asked.from;
    options.until = asked.until;
    options.exhibit.maker.clone_from(&asked.maker);
    options.exhibit.statement = asked.statement;
    let text = scaffold(&gather_records(book, now, &options)?, asked.kind);
    if let Some(out) = &asked.out {
        write(book, out, asked.replace, &text)?;
    }
    Ok(text)
}

fn write(book: &Book, out: &Path, replace: bool, text: &Scaffold) -> Result<(), ActionError> {
    let rich = text.to_rich_text();
    put_text(book, out, replace, |file| file.write_all(rich.as_bytes()).map_err(ActionError::file(out)))
}
