//! Bringing in saved messages. An import is begun, taken in by parts, and finished; each part is a
//! transaction of its own that also says how far it came, so that one stopped half way loses nothing and goes on
//! there when it is run again.
//!
//! Of each file: its bytes are received and kept, then read from the book, never from the disk. What
//! no reader knows is listed, and not kept.

mod again;
mod beside;
mod container;
mod correct;
mod me;
mod only;
mod run;
mod take;
mod taking;
mod words;

use std::io;
use std::path::PathBuf;

use crate::intake::{DateOrder, Question};
use crate::model::{DeviceOwner, ImportRecord, Instant, RecordId, Zone};
use crate::store::{Book, JournalEntry};

use super::suggest::{MarkSuggestion, PersonSuggestion};
use super::walk;
use super::{ActionError, Here, TwoNames};

/// What to bring in.
#[derive(Debug, Clone, Default)]
pub struct Importing {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Whose device or account they came from (MSG-09), where that was asked.
    pub from_device: Option<DeviceOwner>,
    /// The zone of times that state none. `None`: London.
    pub zone: Option<Zone>,
    /// The order of day and month in dates that are all numbers, where that was said.
    pub date_order: Option<DateOrder>,
    /// The name the user goes by in these chats, where that was said.
    pub me: Option<String>,
    /// Keep only e-mails from or to these people.
    pub only_with: Vec<String>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Files looked at.
    pub done: usize,
    /// Files found.
    pub of: usize,
    /// Bytes gone through.
    pub bytes: u64,
    /// Bytes in all.
    pub of_bytes: u64,
    /// Messages read so far.
    pub messages: u64,
}

/// Whether an import goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Going {
    /// It does.
    On,
    /// It keeps the part under way and stops.
    Stop,
}

/// Who watches an import and can be asked.
pub trait Watching {
    /// Told often; also asked whether to go on.
    fn progress(&mut self, _progress: Progress) -> Going {
        Going::On
    }

    /// Which of these names in the chat of this label is the user's. `None`: nobody answers, or none is.
    fn which_is_me(&mut self, _label: &str, _names: &[String]) -> Option<String> {
        None
    }

    /// Which of two names that write in one chat are those of the person whose both are elsewhere.
    fn whose_here<'d>(&mut self, _doubt: &'d TwoNames) -> Here<'d> {
        Here::NotKnown
    }

    /// What only the user can say about the file of this label. `None`: nobody answers.
    fn ask(&mut self, _label: &str, _question: &Question) -> Option<DateOrder> {
        None
    }
}

/// Nobody watches.
#[derive(Debug, Clone, Copy)]
pub struct Unwatched;

impl Watching for Unwatched {}

/// The report of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Its record.
    pub id: RecordId,
    /// What the book remembers of it. Not finished: it was stopped, and can be run again.
    pub record: ImportRecord,
    /// Addresses that belong to nobody yet.
    pub people: Vec<PersonSuggestion>,
    /// Messages that may be privileged.
    pub marks: Vec<MarkSuggestion>,
    /// The last journal entry.
    pub journal: JournalEntry,
}

/// Brings in messages.
///
/// # Errors
/// None of the paths is there, or writing failed. A file that cannot be read or understood is a
/// finding.
pub fn import(
    book: &mut Book,
    now: Instant,
    importing: &Importing,
    watching: &mut dyn Watching,
) -> Result<Report, ActionError> {
    if let Some(path) = importing.paths.iter().find(|path| !path.exists()) {
        let source = io::Error::from(io::ErrorKind::NotFound);
        return Err(ActionError::File { path: path.clone(), source });
    }
    let met = walk::walk(&importing.paths);
    let mut run = run::Run::begin(book, now, importing, &met)?;
    take::take_all(book, now, met, &mut run, watching)?;
    me::settle(book, now, &mut run, watching)?;
    run.finish(book, now)
}
