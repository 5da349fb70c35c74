//! Steps from every earlier book to the present one. `schema.sql` is the present; a step is the way there.
//!
//! A book of an earlier version is copied first, then taken through its steps in one transaction each
//! that also moves `user_version`. A later book is refused before anything is written.

use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::StoreError;

/// The version `schema.sql` has.
pub(super) const PRESENT: i64 = 1;

/// One step: the statements that take a book of version `from` to `from + 1`.
pub(super) struct Step {
    /// The version it starts from.
    pub(super) from: i64,
    /// What it does.
    pub(super) sql: &'static str,
}

/// All steps there are, in order. None yet: version 1 is the first.
pub(super) const STEPS: &[Step] = &[];

/// Refuses a later book, and takes an earlier one to `present`. Gives where the copy of the earlier
/// one lies, if there was anything to do.
///
/// # Errors
/// A newer book, no way from its version, or writing failed (then the book is as it was).
pub(super) fn migrate(
    connection: &Connection,
    path: &Path,
    steps: &[Step],
    present: i64,
) -> Result<Option<PathBuf>, StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > present {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: present });
    }
    if found == present {
        return Ok(None);
    }
    let copy = copy_first(connection, path, found)?;
    for version in found..present {
        let step = steps
            .iter()
            .find(|step| step.from == version)
            .ok_or_else(|| StoreError::Damaged { what: format!("no Daybook ever wrote format {version}") })?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = connection
            .execute_batch(step.sql)
            .and_then(|()| connection.execute_batch(&format!("PRAGMA user_version = {}; COMMIT", version + 1)));
        if let Err(error) = done {
            let _ = connection.execute_batch("ROLLBACK");
            return Err(error.into());
        }
    }
    Ok(Some(copy))
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
        let connection = Connection::open(&path).unwrap();
        connection.execute_batch(crate::store::SCHEMA).unwrap();
        assert_eq!(migrate(&connection, &path, &[], 1).unwrap(), None);

        let copy = migrate(&connection, &path, &[TO_TWO], 2).unwrap().unwrap();
        assert_eq!((version(&path), version(&copy)), (2, 1));

        migrate(&connection, &path, &[TO_TWO, BROKEN], 3).unwrap_err();
        assert_eq!(version(&path), 2);
        let half = connection.prepare("SELECT * FROM half");
        assert!(half.is_err(), "a step is whole or never was");

        let newer = migrate(&connection, &path, &[], 1);
        assert!(matches!(newer, Err(StoreError::Newer { found: 2, known: 1, .. })));
    }
}
