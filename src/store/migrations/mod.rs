//! Steps from every earlier book to the present one. `schema.sql` is the present; a step is the way there.
//!
//! A book of an earlier version is copied first, then taken through its steps in one transaction that also
//! makes its readable chapter again and moves `user_version`. A later book is refused before anything is written.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Book, StoreError};

/// The version `schema.sql` has.
pub(super) const PRESENT: i64 = 4;

/// One step: the statements that take a book of version `from` to `from + 1`.
pub(super) struct Step {
    /// The version it starts from.
    pub(super) from: i64,
    /// What it does.
    pub(super) sql: &'static str,
}

/// All steps there are, in order. Only what is evidence needs statements: the readable chapter is made again
/// from `schema.sql` after the last step, whatever it was before.
pub(super) const STEPS: &[Step] =
    &[Step { from: 1, sql: "" }, Step { from: 2, sql: "" }, Step { from: 3, sql: FROM_3 }];

/// The trigger refuses as before, at less cost; see there. The index of words keeps no copy of them, which needs no step.
const FROM_3: &str = "
DROP TRIGGER record_next;
CREATE TRIGGER record_next BEFORE INSERT ON record
WHEN NEW.row IS NOT (SELECT coalesce(max(row), 0) + 1 FROM record)
  OR NEW.body IS NULL
  OR NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM record WHERE noun = NEW.noun AND number = NEW.number)
  OR (NEW.version = 1 AND NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM record WHERE noun = NEW.noun))
BEGIN SELECT RAISE(FAIL, 'evidence: the next version follows the last'); END;
";

/// Refuses a later book, and takes an earlier one to `present`. Gives where the copy of the earlier
/// one lies, if there was anything to do.
///
/// # Errors
/// A newer book, no way from its version, or writing failed (then the book is as it was).
pub(super) fn migrate(book: &Book, steps: &[Step], present: i64) -> Result<Option<PathBuf>, StoreError> {
    let (connection, path) = (&book.connection, &book.path);
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > present {
        return Err(StoreError::Newer { path: path.clone(), found, known: present });
    }
    if found == present {
        return Ok(None);
    }
    let copy = copy_first(connection, path, found)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let done = take_forward(book, found, steps, present)
        .and_then(|()| Ok(connection.execute_batch(&format!("PRAGMA user_version = {present}; COMMIT"))?));
    if let Err(error) = done {
        book.roll_back();
        return Err(error);
    }
    Ok(Some(copy))
}

fn take_forward(book: &Book, found: i64, steps: &[Step], present: i64) -> Result<(), StoreError> {
    for version in found..present {
        let step = steps
            .iter()
            .find(|step| step.from == version)
            .ok_or_else(|| StoreError::Damaged { what: format!("no Daybook ever wrote format {version}") })?;
        book.connection.execute_batch(step.sql)?;
    }
    make_readable_chapter(&book.connection)?;
    book.rebuild_within()
}

/// Puts the readable chapter of `schema.sql` in the place of the one the book has.
fn make_readable_chapter(connection: &Connection) -> Result<(), StoreError> {
    const BEGINS: &str = "-- Chapter two: READABLE.";
    let (evidence, readable) = super::SCHEMA.split_once(BEGINS).expect("schema.sql has its two chapters");
    let listed = "SELECT type, name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'
                  ORDER BY type = 'table', rootpage = 0 DESC, sql LIKE '%REFERENCES listing%' DESC";
    let mut statement = connection.prepare(listed)?;
    let all = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    let all = all.collect::<Result<Vec<_>, _>>()?;
    drop(statement);
    for (kind, name) in all {
        // The tables FTS5 keeps for itself go with the table they serve.
        let shadow = name.starts_with("words_");
        if !shadow && !evidence.contains(&format!("CREATE TABLE {name} (")) {
            connection.execute_batch(&format!("DROP {kind} \"{}\"", name.replace('"', "\"\"")))?;
        }
    }
    Ok(connection.execute_batch(&format!("{BEGINS}{readable}"))?)
}

/// `VACUUM INTO` keeps the encryption and needs no second key. The copy is made private first.
fn copy_first(connection: &Connection, path: &Path, version: i64) -> Result<PathBuf, StoreError> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".before-format-{}", version + 1));
    let copy = PathBuf::from(name);
    if copy.exists() {
        // The copy of an earlier attempt: it is the same book or an earlier one; either way it stays.
        return Ok(copy);
    }
    super::connection::make_private_file(&copy)?;
    connection.execute("VACUUM INTO ?1", [copy.to_string_lossy()])?;
    Ok(copy)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TO_TWO: Step = Step { from: 1, sql: "CREATE TABLE later (x INTEGER) STRICT" };
    const BROKEN: Step = Step { from: 2, sql: "CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)" };

    fn version(path: &Path) -> i64 {
        Connection::open(path).unwrap().pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_earlier_book_is_copied_then_taken_forward_and_a_failed_step_leaves_it_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("it's.daybook");
        let book = Book::create(&path, true, None, crate::model::Instant(0)).unwrap();
        assert_eq!(migrate(&book, &[], PRESENT).unwrap(), None);
        book.connection.execute_batch("PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();

        let copy = migrate(&book, &[TO_TWO], 2).unwrap().unwrap();
        assert_eq!((version(&path), version(&copy)), (2, 1));

        migrate(&book, &[TO_TWO, BROKEN], 3).unwrap_err();
        assert_eq!(version(&path), 2);
        let half = book.connection.prepare("SELECT * FROM half");
        assert!(half.is_err(), "a step is whole or never was");

        let newer = migrate(&book, &[], 1);
        assert!(matches!(newer, Err(StoreError::Newer { found: 2, known: 1, .. })));
    }
}
