//! The head of the book, to be given to somebody.

use crate::model::{Digest, Instant};
use crate::store::Book;

use super::ActionError;

/// Where the book stands: what a later check compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the book.
    pub book: String,
    /// The journal entry it speaks of.
    pub seq: u64,
    /// The head after it.
    pub head: Digest,
    /// When that entry was written.
    pub at: Instant,
}

impl Checkpoint {
    /// The five lines to print, send or have time-stamped (INTEGRITY 1.2).
    #[must_use]
    pub fn text(&self) -> String {
        format!("daybook/v1\n{}\n{}\n{}\n{}\n", self.book, self.seq, self.head, self.at)
    }
}

/// The last journal entry that changed evidence.
///
/// # Errors
/// Nothing has been written yet, or reading failed.
pub fn checkpoint(book: &Book) -> Result<Checkpoint, ActionError> {
    let head = book.evidence_head()?.ok_or_else(|| ActionError::Refused {
        kind: "empty-book",
        what: "This book holds nothing yet".into(),
        why: "a checkpoint says where the record stands, and there is no record".into(),
        next: "Write something down first: daybook log".into(),
    })?;
    Ok(Checkpoint { book: book.info().id.clone(), seq: head.seq, head: head.head, at: head.at })
}
