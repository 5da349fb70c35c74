//! What is written of many records, gathered and written many rows at a time: the records themselves, and what lists and
//! search take of them.
//!
//! A statement of sixteen rows costs little more than one of a single row, and rows in the order of an index a fraction of
//! what they cost in the order records come in, because each page is found and filled once. Nothing is looked for in these
//! tables before what was gathered is written (`write`).

use rusqlite::{Connection, Statement};

use super::count::Count;
use super::{Book, StoreError};
use crate::model::{Digest, RecordId};

/// What is held of names and words before it is written, in bytes.
const HELD: usize = 8 * 1024 * 1024;
/// How many rows one statement writes.
const ROWS: usize = 16;

/// Rows that are not written yet. They belong to the transaction under way.
#[derive(Default)]
pub(super) struct Gathered {
    versions: Vec<Version>,
    words: Vec<Words>,
    named: Vec<(String, i64)>,
    bytes: usize,
}

/// One version of a record; see the table `record`.
pub(super) struct Version {
    pub(super) row: i64,
    pub(super) id: RecordId,
    pub(super) number: u32,
    pub(super) body: String,
    pub(super) sha256: Digest,
    pub(super) entry: u64,
}

/// One record's words; see the table `words`.
pub(super) struct Words {
    pub(super) listing: i64,
    /// title, text, names, addresses, files, folded.
    pub(super) columns: [String; 6],
}

/// Takes a version of a record.
pub(super) fn put_version(book: &Book, version: Version) -> Result<(), StoreError> {
    let full = {
        let versions = &mut book.gathered.borrow_mut().versions;
        let large = version.body.len() >= HELD;
        versions.push(version);
        versions.len() >= ROWS || large
    };
    if full { write_versions(book) } else { Ok(()) }
}

/// Takes a record's words.
pub(super) fn put_words(book: &Book, words: Words) -> Result<(), StoreError> {
    let bytes = words.columns.iter().map(String::len).sum();
    book.gathered.borrow_mut().words.push(words);
    held(book, bytes)
}

/// Takes the ways a record names somebody; see the table `named`.
pub(super) fn put_named(book: &Book, listing: i64, keys: Vec<String>) -> Result<(), StoreError> {
    let bytes = keys.iter().map(String::len).sum();
    book.gathered.borrow_mut().named.extend(keys.into_iter().map(|key| (key, listing)));
    held(book, bytes)
}

fn held(book: &Book, bytes: usize) -> Result<(), StoreError> {
    let full = {
        let mut gathered = book.gathered.borrow_mut();
        gathered.bytes += bytes;
        gathered.bytes >= HELD
    };
    if full { write(book) } else { Ok(()) }
}

/// Takes what lists and search have of a record away again, written or not.
pub(super) fn remove(book: &Book, listing: i64) -> Result<(), StoreError> {
    write(book)?;
    book.connection.prepare_cached("DELETE FROM named WHERE listing = ?1")?.execute([listing])?;
    remove_words(book, listing)
}

/// The same of its words alone.
pub(super) fn remove_words(book: &Book, listing: i64) -> Result<(), StoreError> {
    write(book)?;
    book.connection.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([listing])?;
    Ok(())
}

/// Writes what was gathered: before the transaction ends, and before anything is looked for in the tables.
pub(super) fn write(book: &Book) -> Result<(), StoreError> {
    write_versions(book)?;
    let Gathered { words, mut named, .. } = book.gathered.take();
    named.sort_unstable();
    let into = "INSERT OR IGNORE INTO named (key, listing)";
    insert(&book.connection, into, 2, &named, |statement, at, (key, listing)| {
        statement.raw_bind_parameter(at, key)?;
        statement.raw_bind_parameter(at + 1, listing)
    })?;
    let mut put = book.connection.prepare_cached(
        "INSERT INTO words (rowid, title, text, names, addresses, files, folded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for Words { listing, columns: [title, text, names, addresses, files, folded] } in &words {
        put.execute((listing, title, text, names, addresses, files, folded))?;
    }
    Ok(())
}

/// Writes the versions that were gathered, before a record is looked for.
pub(super) fn write_versions(book: &Book) -> Result<(), StoreError> {
    let versions = std::mem::take(&mut book.gathered.borrow_mut().versions);
    let into = "INSERT OR FAIL INTO record (row, noun, number, version, body, sha256, entry)";
    insert(&book.connection, into, 7, &versions, |statement, at, version| {
        statement.raw_bind_parameter(at, version.row)?;
        statement.raw_bind_parameter(at + 1, version.id.noun.prefix())?;
        statement.raw_bind_parameter(at + 2, version.id.number)?;
        statement.raw_bind_parameter(at + 3, version.number)?;
        statement.raw_bind_parameter(at + 4, &version.body)?;
        statement.raw_bind_parameter(at + 5, version.sha256.0)?;
        statement.raw_bind_parameter(at + 6, Count(version.entry))
    })
}

/// Inserts rows of so many columns, [`ROWS`] with a statement and the rest one by one.
fn insert<T>(
    connection: &Connection,
    into: &str,
    columns: usize,
    rows: &[T],
    bind: impl Fn(&mut Statement<'_>, usize, &T) -> rusqlite::Result<()>,
) -> Result<(), StoreError> {
    let row = format!("({})", vec!["?"; columns].join(", "));
    let (many, rest) = rows.as_chunks::<ROWS>();
    if !many.is_empty() {
        let mut statement =
            connection.prepare_cached(&format!("{into} VALUES {}", vec![row.as_str(); ROWS].join(", ")))?;
        for rows in many {
            for (row, at) in rows.iter().zip((1..).step_by(columns)) {
                bind(&mut statement, at, row)?;
            }
            statement.raw_execute()?;
        }
    }
    if !rest.is_empty() {
        let mut statement = connection.prepare_cached(&format!("{into} VALUES {row}"))?;
        for row in rest {
            bind(&mut statement, 1, row)?;
            statement.raw_execute()?;
        }
    }
    Ok(())
}
