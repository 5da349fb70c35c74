//! Making, opening and closing a book.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode};

use super::connection::{self, Access, Outside};
use super::likeness::Likeness;
use super::{StoreError, gathered, migrations, originals};
use crate::model::{Digest, Instant};

/// The schema of a book, as it is now.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// An open book.
pub struct Book {
    pub(super) connection: Connection,
    pub(super) path: PathBuf,
    pub(super) info: BookInfo,
    pub(super) access: Access,
    /// The names under which one original arrived, looked up last: thousands of messages of a mailbox ask for the same.
    pub(super) arrived_as: RefCell<Option<(Digest, Vec<String>)>>,
    pub(super) gathered: RefCell<gathered::Gathered>,
    pub(super) likeness: RefCell<Likeness>,
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

impl Book {
    /// Makes a new book at `path`, which must not exist yet, readable and writable by its owner alone.
    ///
    /// # Errors
    /// The file exists, its folder does not, or the disk refuses.
    pub fn create(
        path: &Path,
        practice: bool,
        passphrase: Option<&Passphrase>,
        now: Instant,
    ) -> Result<Book, StoreError> {
        connection::make_private_file(path)?;
        let made = Self::make(path, practice, passphrase, now);
        if made.is_err() {
            // Nothing of a book that was never finished stays behind; the file was ours and empty.
            for suffix in ["", "-wal", "-shm"] {
                let mut name = path.as_os_str().to_owned();
                name.push(suffix);
                let _ = std::fs::remove_file(PathBuf::from(name));
            }
        }
        made
    }

    fn make(path: &Path, practice: bool, passphrase: Option<&Passphrase>, now: Instant) -> Result<Book, StoreError> {
        let connection = connection::connect(path, passphrase, Access::Write)?;
        let id = new_book_id();
        connection.execute_batch("BEGIN IMMEDIATE")?;
        connection.execute_batch(SCHEMA)?;
        connection
            .execute("INSERT INTO book (one, id, practice, made_at) VALUES (1, ?1, ?2, ?3)", (&id, practice, now.0))?;
        connection.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)")?;
        let info = BookInfo { id, practice, made: now, encrypted: passphrase.is_some() };
        Ok(Book::over(connection, path, info, Access::Write))
    }

    /// Opens a book. Where nothing can be written beside it, it is opened for reading only.
    ///
    /// # Errors
    /// Not a book, a newer book, a wrong passphrase or a damaged file.
    pub fn open(path: &Path, passphrase: Option<&Passphrase>) -> Result<Book, StoreError> {
        match (connection::look_at(path)?, passphrase) {
            (Outside::Plain, Some(_)) => return Err(StoreError::NoPassphrase { path: path.to_owned() }),
            (Outside::Closed, None) => return Err(StoreError::PassphraseNeeded { path: path.to_owned() }),
            _ => {}
        }
        let (connection, access) = open_as_far_as_allowed(path, passphrase)?;
        let id = connection::pragma(&connection, "application_id")?;
        if id != connection::APPLICATION_ID.to_string() {
            let why = "it is a database of another program".to_owned();
            return Err(StoreError::NotABook { path: path.to_owned(), why });
        }
        let unread = BookInfo { id: String::new(), practice: false, made: Instant(0), encrypted: passphrase.is_some() };
        let mut book = Book::over(connection, path, unread, access);
        migrations::migrate(&book, migrations::STEPS, migrations::PRESENT)?;
        let info = book.connection.query_row("SELECT id, practice, made_at FROM book", [], |row| {
            Ok(BookInfo {
                id: row.get(0)?,
                practice: row.get(1)?,
                made: Instant(row.get(2)?),
                encrypted: passphrase.is_some(),
            })
        });
        book.info = info.map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => {
                StoreError::Damaged { what: "it does not say which book it is".to_owned() }
            }
            other => other.into(),
        })?;
        if access == Access::Write {
            originals::sweep(&book.connection)?;
        }
        Ok(book)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it is.
    #[must_use]
    pub fn info(&self) -> &BookInfo {
        &self.info
    }

    /// It can be read only: nothing can be written where it lies.
    #[must_use]
    pub fn read_only(&self) -> bool {
        self.access == Access::ReadOnly
    }

    pub(super) fn over(connection: Connection, path: &Path, info: BookInfo, access: Access) -> Book {
        let path = path.to_owned();
        Book {
            connection,
            path,
            info,
            access,
            arrived_as: RefCell::default(),
            gathered: RefCell::default(),
            likeness: RefCell::default(),
        }
    }

    /// Takes back the transaction under way, with what was gathered for it: nothing of it may be written later.
    pub(super) fn roll_back(&self) {
        self.arrived_as.take();
        self.gathered.take();
        // An error here leaves the transaction open, and closing the connection ends it.
        let _ = self.connection.execute_batch("ROLLBACK");
    }

    pub(super) fn begin(&self) -> Result<(), StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly { path: self.path.clone() });
        }
        // What a transaction held that never ended goes with it.
        self.arrived_as.take();
        self.gathered.take();
        self.connection.execute_batch("BEGIN IMMEDIATE")?;
        let others = self.connection.pragma_query_value(None, "data_version", |row| row.get(0))?;
        self.likeness.borrow_mut().transaction_begins(others);
        Ok(())
    }
}

fn open_as_far_as_allowed(path: &Path, passphrase: Option<&Passphrase>) -> Result<(Connection, Access), StoreError> {
    let refused = match connection::connect(path, passphrase, Access::Write) {
        Ok(connection) => return Ok((connection, Access::Write)),
        Err(StoreError::Sqlite(error)) => error,
        Err(other) => return Err(other),
    };
    // On a full disk SQLite cannot make the file beside the book that it shares with other programs.
    let no_room = connection::no_room_beside(&refused);
    let not_allowed = no_room
        || matches!(
            refused.sqlite_error_code(),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied)
        );
    if !not_allowed {
        return Err(refused.into());
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push("-wal");
    if std::fs::metadata(PathBuf::from(beside)).is_ok_and(|wal| wal.len() > 0) {
        if no_room {
            return Err(StoreError::DiskFull);
        }
        return Err(StoreError::ReadOnlyUnfinished { path: path.to_owned() });
    }
    Ok((connection::connect(path, passphrase, Access::ReadOnly)?, Access::ReadOnly))
}

/// 16 bytes of chance in hexadecimal: the name of a book.
fn new_book_id() -> String {
    salt()[..32].to_owned()
}

/// 32 bytes of chance, in hexadecimal.
pub(super) fn salt() -> String {
    let mut chance = [0; 32];
    getrandom::fill(&mut chance).expect("a computer that runs this has a source of chance");
    Digest(chance).to_string()
}
