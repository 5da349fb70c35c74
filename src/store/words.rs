//! Words for search on their way into the table `words`, gathered and written many at a time.
//!
//! Every statement that a trigger may refuse makes the full-text index write what it holds to the disk. Words
//! written between such statements would each become a piece of the index of their own, to be merged later: half the
//! cost of an import. Written together, they become few pieces.

use super::{Book, StoreError};

/// What is held before it is written, in bytes.
const HELD: usize = 8 * 1024 * 1024;

/// Words that are not written yet. They belong to the transaction under way.
#[derive(Default)]
pub(super) struct Gathered {
    rows: Vec<Row>,
    bytes: usize,
}

/// One record's words; see the table `words`.
pub(super) struct Row {
    pub(super) listing: i64,
    /// title, text, names, addresses, files, folded.
    pub(super) columns: [String; 6],
}

/// Takes a record's words.
pub(super) fn put(book: &Book, row: Row) -> Result<(), StoreError> {
    let full = {
        let mut gathered = book.gathered.borrow_mut();
        gathered.bytes += row.columns.iter().map(String::len).sum::<usize>();
        gathered.rows.push(row);
        gathered.bytes >= HELD
    };
    if full { write(book) } else { Ok(()) }
}

/// Takes a record's words away.
pub(super) fn remove(book: &Book, listing: i64) -> Result<(), StoreError> {
    write(book)?;
    delete(book, listing)
}

/// The same for words that are known to be written.
pub(super) fn delete(book: &Book, listing: i64) -> Result<(), StoreError> {
    book.connection.prepare_cached("DELETE FROM words WHERE rowid = ?1")?.execute([listing])?;
    Ok(())
}

/// Writes what was gathered: before the transaction ends, and before anything is looked for in the table.
pub(super) fn write(book: &Book) -> Result<(), StoreError> {
    let gathered = book.gathered.take();
    if gathered.rows.is_empty() {
        return Ok(());
    }
    let mut insert = book.connection.prepare_cached(
        "INSERT INTO words (rowid, title, text, names, addresses, files, folded) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for Row { listing, columns: [title, text, names, addresses, files, folded] } in &gathered.rows {
        insert.execute((listing, title, text, names, addresses, files, folded))?;
    }
    Ok(())
}
