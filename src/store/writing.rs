//! One transaction: whatever it does, it ends in one journal entry or it never happened.

use std::collections::BTreeMap;

use super::journal::{self, Draft, JournalEntry};
use super::{Book, StoreError, gathered};
use crate::model::{Instant, Noun};

/// Result of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What the closure gave.
    pub value: T,
    /// The journal entry the transaction ended in.
    pub journal: JournalEntry,
}

/// An open transaction. Dropped without its entry, it never happened.
pub struct Writing<'book> {
    pub(super) book: &'book Book,
    pub(super) now: Instant,
    /// The number of the journal entry this transaction will end in.
    pub(super) seq: u64,
    pub(super) draft: Draft,
    pub(super) next: Next,
    finished: bool,
}

/// The numbers that come next, each looked up once: inside a transaction nobody else gives any.
#[derive(Default)]
pub(super) struct Next {
    /// Of a version.
    pub(super) row: Option<i64>,
    /// Of a record of each noun.
    pub(super) numbers: BTreeMap<Noun, u32>,
}

impl Book {
    /// Runs `work` in one transaction that ends in one journal entry with the sentence it returns.
    /// If it fails, nothing happened.
    ///
    /// # Errors
    /// Those of `work`, or of writing.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        now: Instant,
        work: impl FnOnce(&mut Writing<'_>) -> Result<(T, String), E>,
    ) -> Result<Written<T>, E> {
        self.begin()?;
        let mut writing =
            Writing { book: self, now, seq: 0, draft: Draft::default(), next: Next::default(), finished: false };
        writing.seq = journal::next_seq(writing.book)?;
        let (value, sentence) = work(&mut writing)?;
        let journal = writing.finish(&sentence)?;
        Ok(Written { value, journal })
    }
}

impl<'book> Writing<'book> {
    fn finish(mut self, sentence: &str) -> Result<JournalEntry, StoreError> {
        let draft = std::mem::take(&mut self.draft);
        gathered::write(self.book)?;
        let entry = journal::append(self.book, self.seq, self.now, sentence, &draft)?;
        self.book.connection.execute_batch("COMMIT")?;
        self.finished = true;
        Ok(entry)
    }

    /// Ends this transaction in an entry with this sentence and begins the next one, so that a long work is kept
    /// part by part. What fails later takes back the part under way and nothing before.
    ///
    /// # Errors
    /// Writing failed; then the part never happened.
    pub fn next_part(&mut self, sentence: &str) -> Result<JournalEntry, StoreError> {
        let draft = std::mem::take(&mut self.draft);
        gathered::write(self.book)?;
        let entry = journal::append(self.book, self.seq, self.now, sentence, &draft)?;
        self.book.connection.execute_batch("COMMIT")?;
        self.finished = true;
        self.book.begin()?;
        self.finished = false;
        self.next = Next::default();
        self.seq = journal::next_seq(self.book)?;
        Ok(entry)
    }

    /// The book as this transaction sees it.
    #[must_use]
    pub fn book(&self) -> &'book Book {
        self.book
    }

    /// The moment this transaction writes down as its own.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.now
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        if !self.finished {
            self.book.roll_back();
        }
    }
}
