//! The book: one SQLite file that keeps every original and every word, and changes neither.
//!
//! In: records and bytes. Out: the same, exactly as they were put in, with listings and search that
//! can be rebuilt from them. Deliberately absent: opinions. What a record means is `model`'s, what
//! may be shown is `protect`'s, what checks conclude is `integrity`'s.

use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use crate::model::{Content, Date, DeviceOwner, Digest, Instant, Noun, Record, RecordId, When};

/// An open book.
pub struct Book {
    path: PathBuf,
}

/// A passphrase, wiped from memory when dropped.
pub struct Passphrase(pub zeroize::Zeroizing<String>);

/// What a book is, before anything is written in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookInfo {
    /// 32 hexadecimal digits of chance: the name of this book in checkpoints.
    pub id: String,
    /// A practice book: every page of every paper is marked, and only here may the clock be set.
    pub practice: bool,
    /// When it was made.
    pub made: Instant,
    /// It is encrypted.
    pub encrypted: bool,
}

/// Why the store could not do something. (Variants: A's work. `cli` turns them into words.)
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something inside SQLite.
    #[error("the book could not be used")]
    Sqlite(#[from] rusqlite::Error),
}

/// What is said of bytes when they arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The name as received: a label, never a path.
    pub name: String,
    /// By content: `message/rfc822`, `application/pdf`.
    pub media_type: String,
    /// Whose device or account it came from, where that was asked.
    pub from_device: Option<DeviceOwner>,
}

/// Bytes that are in the book, as chunks on a receiving number, but not yet kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Their digest.
    pub sha256: Digest,
    /// How many.
    pub bytes: u64,
    /// The book held the same bytes already; nothing was added.
    pub known: bool,
}

/// A kept original.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its digest.
    pub sha256: Digest,
    /// How many bytes.
    pub bytes: u64,
    /// How it arrived the first time.
    pub arrival: Arrival,
    /// When it was kept.
    pub kept_at: Instant,
}

/// One entry of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// From 1.
    pub seq: u64,
    /// When.
    pub at: Instant,
    /// In the user's words: `Wrote down a contact event (INC-1)`.
    pub sentence: String,
    /// The head after this entry.
    pub head: Digest,
    /// Whether it changed evidence (an export of a paper does not).
    pub evidence: bool,
}

/// A line of a listing, read from the rebuildable chapter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The record.
    pub id: RecordId,
    /// Its current version; more than 1 means corrected.
    pub version: u32,
    /// When it happened.
    pub when: Option<When>,
    /// When its first version was written down.
    pub written_at: Instant,
    /// See [`Content::title`].
    pub title: String,
    /// For search: the words around the hit, with `\u{1}` and `\u{2}` around what matched.
    pub excerpt: Option<String>,
}

/// What a listing is narrowed to. Everything `None` or empty lists everything.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// London dates, both included. Records without a time fall outside any range.
    pub from: Option<Date>,
    /// See `from`.
    pub until: Option<Date>,
    /// Only these nouns.
    pub nouns: Vec<Noun>,
    /// Only records that name one of these people (by id, identities or name).
    pub with: Vec<RecordId>,
    /// Only records whose words match all of these words. Any input is safe.
    pub matching: Option<String>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// Result of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What the closure gave.
    pub value: T,
    /// The journal entry the transaction ended in.
    pub journal: JournalEntry,
}

/// An open transaction.
pub struct Writing<'book> {
    _book: &'book mut Book,
}

impl Book {
    /// Makes a new book at `path`, which must not exist yet.
    ///
    /// # Errors
    /// The file exists, its folder does not, or the disk refuses.
    pub fn create(
        _path: &Path,
        _practice: bool,
        _passphrase: Option<&Passphrase>,
        _now: Instant,
    ) -> Result<Book, StoreError> {
        todo!()
    }

    /// Opens a book.
    ///
    /// # Errors
    /// Not a book, a newer book, a wrong passphrase or a damaged file.
    pub fn open(_path: &Path, _passphrase: Option<&Passphrase>) -> Result<Book, StoreError> {
        todo!()
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it is.
    #[must_use]
    pub fn info(&self) -> &BookInfo {
        todo!()
    }

    /// Takes bytes in, chunk by chunk, in bounded memory, before they are kept by
    /// [`Writing::keep`]. What is never kept is swept at the next opening.
    ///
    /// # Errors
    /// Reading or writing failed.
    pub fn receive(&mut self, _bytes: &mut dyn Read) -> Result<Received, StoreError> {
        todo!()
    }

    /// Runs `work` in one transaction that ends in one journal entry with the sentence it returns.
    /// If it fails, nothing happened.
    ///
    /// # Errors
    /// Those of `work`, or of writing.
    pub fn write<T, E: From<StoreError>>(
        &mut self,
        _now: Instant,
        _work: impl FnOnce(&mut Writing<'_>) -> Result<(T, String), E>,
    ) -> Result<Written<T>, E> {
        todo!()
    }

    /// The current version of a record.
    ///
    /// # Errors
    /// Reading failed.
    pub fn record(&self, _id: RecordId) -> Result<Option<Record>, StoreError> {
        todo!()
    }

    /// All versions, first to last. An erased version is left out.
    ///
    /// # Errors
    /// Reading failed.
    pub fn versions(&self, _id: RecordId) -> Result<Vec<Record>, StoreError> {
        todo!()
    }

    /// The current versions of all records of a noun, by number.
    ///
    /// # Errors
    /// Reading failed.
    pub fn all(&self, _noun: Noun) -> Result<Vec<Record>, StoreError> {
        todo!()
    }

    /// The timeline: records of timeline nouns in order of time (those without a time last).
    ///
    /// # Errors
    /// Reading failed.
    pub fn list(&self, _filter: &Filter) -> Result<Vec<Listed>, StoreError> {
        todo!()
    }

    /// Records and kept files whose words match, best first, with excerpts.
    ///
    /// # Errors
    /// Reading failed.
    pub fn search(&self, _words: &str, _filter: &Filter) -> Result<Vec<Listed>, StoreError> {
        todo!()
    }

    /// Messages with this fingerprint or this Message-ID: `(record, fingerprint)`.
    ///
    /// # Errors
    /// Reading failed.
    pub fn messages_like(
        &self,
        _fingerprint: Option<&Digest>,
        _message_id: Option<&str>,
    ) -> Result<Vec<(RecordId, Option<Digest>)>, StoreError> {
        todo!()
    }

    /// The messages read from this original.
    ///
    /// # Errors
    /// Reading failed.
    pub fn messages_of(&self, _original: &Digest) -> Result<Vec<RecordId>, StoreError> {
        todo!()
    }

    /// A kept original, if the book has it.
    ///
    /// # Errors
    /// Reading failed.
    pub fn kept(&self, _sha256: &Digest) -> Result<Option<Kept>, StoreError> {
        todo!()
    }

    /// Opens a kept original for reading.
    ///
    /// # Errors
    /// It is not in the book, or reading failed.
    pub fn open_kept(&self, _sha256: &Digest) -> Result<KeptReader<'_>, StoreError> {
        todo!()
    }

    /// The whole journal, first to last.
    ///
    /// # Errors
    /// Reading failed.
    pub fn journal(&self) -> Result<Vec<JournalEntry>, StoreError> {
        todo!()
    }

    /// The last entry that changed evidence: what papers print. `None` in an empty book.
    ///
    /// # Errors
    /// Reading failed.
    pub fn evidence_head(&self) -> Result<Option<JournalEntry>, StoreError> {
        todo!()
    }
}

impl Writing<'_> {
    /// Adds a record.
    ///
    /// # Errors
    /// Writing failed.
    pub fn add(&mut self, _content: Content) -> Result<RecordId, StoreError> {
        todo!()
    }

    /// Adds the next version of a record, with the reason. The first words stay.
    ///
    /// # Errors
    /// There is no such record, the noun differs, or writing failed.
    pub fn amend(&mut self, _id: RecordId, _content: Content, _why: &str) -> Result<u32, StoreError> {
        todo!()
    }

    /// Keeps received bytes for good, after reading them back and hashing them again.
    ///
    /// # Errors
    /// What is read back differs, or writing failed.
    pub fn keep(&mut self, _received: &Received, _arrival: &Arrival) -> Result<Kept, StoreError> {
        todo!()
    }

    /// The book as this transaction sees it.
    #[must_use]
    pub fn book(&self) -> &Book {
        todo!()
    }
}

/// Reads a kept original.
pub struct KeptReader<'book> {
    _book: &'book Book,
}

impl Read for KeptReader<'_> {
    fn read(&mut self, _buffer: &mut [u8]) -> std::io::Result<usize> {
        todo!()
    }
}

impl Seek for KeptReader<'_> {
    fn seek(&mut self, _to: std::io::SeekFrom) -> std::io::Result<u64> {
        todo!()
    }
}
