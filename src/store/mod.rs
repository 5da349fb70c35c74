//! The book: one SQLite file that keeps every original and every word, and changes neither.
//!
//! In: records and bytes. Out: the same, exactly as they were put in, with listings and search that
//! can be rebuilt from them. `schema.sql` at the top of the repository says what the file holds.
//! Deliberately absent: opinions. What a record means is `model`'s, what may be shown is `protect`'s,
//! what checks conclude is `integrity`'s.

mod book;
mod check;
mod connection;
mod correspondents;
mod count;
mod error;
mod excerpt;
mod file_words;
mod fold;
mod gathered;
mod index;
mod journal;
mod likeness;
mod listing;
mod migrations;
mod naming;
mod originals;
mod records;
mod search;
mod writing;

pub use book::{Book, BookInfo, Passphrase, SCHEMA};
pub use check::{Check, Checked};
pub use correspondents::Correspondent;
pub use error::StoreError;
pub use file_words::WordsRead;
pub use journal::{JournalEntry, JournalLink};
pub use listing::{Filter, Like, Listed, StandsIn};
pub use naming::NameInExport;
pub use originals::{Arrival, Kept, KeptReader, ReadSeek, Received};
pub use search::Found;
pub use writing::{Writing, Written};

#[cfg(test)]
mod tests;
