//! What can go wrong with a book, in words: what, why, and what to do next.

use std::path::PathBuf;

use crate::model::{Digest, Noun, RecordId};

/// Why the store could not do something. `Display` says what happened and why; [`StoreError::advice`]
/// says what to do next; [`StoreError::kind`] is a short stable word for programs.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// `create` never writes over anything.
    #[error("{} is already there; a new book never takes the place of another file", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// There is no such file.
    #[error("there is no book at {}", path.display())]
    NotFound {
        /// The file.
        path: PathBuf,
    },
    /// The folder of a new book does not exist.
    #[error("the folder {} does not exist", path.display())]
    NoFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is not a Daybook book: {why}", path.display())]
    NotABook {
        /// The file.
        path: PathBuf,
        /// What it looks like instead.
        why: String,
    },
    /// The book has a passphrase and none was given.
    #[error("{} cannot be read without its passphrase", path.display())]
    PassphraseNeeded {
        /// The file.
        path: PathBuf,
    },
    /// The passphrase does not open it, or its first page is damaged; nobody can tell which.
    #[error("the passphrase does not open {} (or the file is damaged)", path.display())]
    WrongPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// A passphrase was given for a book that has none.
    #[error("{} has no passphrase, but one was given", path.display())]
    NoPassphrase {
        /// The file.
        path: PathBuf,
    },
    /// An empty passphrase, or one with a NUL character, protects nothing.
    #[error("a passphrase must not be empty or hold a NUL character")]
    UnusablePassphrase,
    /// A later Daybook made it.
    #[error(
        "{} was written by a newer Daybook (its format is {found}; this one knows up to {known})",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The format of the file.
        found: i64,
        /// The newest format known here.
        known: i64,
    },
    /// It can be read but not written: its folder or the disk does not allow it.
    #[error("{} can only be read, not written, where it lies", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The folder cannot be written and changes wait in the file beside the book.
    #[error("{} was not closed cleanly, and its folder does not let Daybook finish that", path.display())]
    ReadOnlyUnfinished {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the book.
    #[error("another program is writing in the book and did not finish within ten seconds")]
    Busy,
    /// No room.
    #[error("the disk is full; nothing of this step was kept, and everything kept before is still there")]
    DiskFull,
    /// The file is damaged.
    #[error("the book is damaged: {what}")]
    Damaged {
        /// What was seen.
        what: String,
    },
    /// SQLite did not take a setting that keeps the book safe.
    #[error("SQLite did not accept the setting {setting} that keeps a book safe (it answered “{answer}”)")]
    Setting {
        /// The pragma.
        setting: String,
        /// What it read back.
        answer: String,
    },
    /// There is no such original.
    #[error("the book holds no original {}", sha256.short())]
    NotKept {
        /// Its digest.
        sha256: Digest,
    },
    /// Bytes were received under this digest by nobody, or were swept.
    #[error("the bytes {} have not been received, or were swept away before they were kept", sha256.short())]
    NotReceived {
        /// Their digest.
        sha256: Digest,
    },
    /// Read back, the bytes were others.
    #[error("read back from the book, the bytes {} were not the same; nothing was kept", sha256.short())]
    ReadBack {
        /// The digest when they arrived.
        sha256: Digest,
    },
    /// There is no such record.
    #[error("there is no {id} in this book")]
    NoSuchRecord {
        /// Its name.
        id: RecordId,
    },
    /// A correction cannot make another kind of record.
    #[error("{id} cannot become a {}", to.word())]
    OtherNoun {
        /// The record.
        id: RecordId,
        /// What it was to become.
        to: Noun,
    },
    /// A body does not read as a record.
    #[error("version {version} of {id} cannot be read as a record: {source}")]
    Unreadable {
        /// The record.
        id: RecordId,
        /// The version.
        version: u32,
        /// Why.
        source: serde_json::Error,
    },
    /// Reading what is to be received, or a file operation, failed.
    #[error("{what}: {source}")]
    Io {
        /// What was being done.
        what: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// Something else inside SQLite.
    #[error("the book could not be used: {0}")]
    Sqlite(rusqlite::Error),
}

impl StoreError {
    /// What to do next.
    #[must_use]
    pub fn advice(&self) -> String {
        match self {
            StoreError::Exists { .. } => "Choose another name, or open the book that is there.",
            StoreError::NotFound { .. } => "Check the name and the folder, or start a book with `daybook new`.",
            StoreError::NoFolder { .. } => "Make the folder first, or choose another place.",
            StoreError::NotABook { .. } => "Check the name. The file was not touched.",
            StoreError::PassphraseNeeded { .. } => {
                "Give the passphrase when asked, or with --passphrase-file. If this is not a book, nothing was touched."
            }
            StoreError::WrongPassphrase { .. } => {
                "Try again; capitals and spaces count. If you are sure of it, open your last backup."
            }
            StoreError::NoPassphrase { .. } => "Leave the passphrase out, or check that this is the right book.",
            StoreError::UnusablePassphrase => "Choose a longer one: a few words you will remember.",
            StoreError::Newer { .. } => "Install the newer Daybook. The book was not touched.",
            StoreError::ReadOnly { .. } => {
                "If the disk is full, make room; otherwise copy the book to a folder of your own to write in it."
            }
            StoreError::ReadOnlyUnfinished { .. } => {
                "Copy the book, with the -wal file beside it, to a folder of your own and open it there."
            }
            StoreError::Busy => "Close the other window or wait until it has finished, then try again.",
            StoreError::DiskFull => "Make room on the disk, then do it again.",
            StoreError::Damaged { .. } => {
                "Make no changes. Copy the file as it is, then open your last backup; `daybook verify` says what is whole."
            }
            StoreError::Setting { .. } => "This should not happen; use the Daybook you built or were given, unchanged.",
            StoreError::NotKept { .. } | StoreError::NoSuchRecord { .. } => {
                "Check the name; `daybook timeline` and `daybook search` list what there is."
            }
            StoreError::NotReceived { .. } | StoreError::ReadBack { .. } => {
                "Do it again. If it happens twice, the disk may be failing: make a backup elsewhere."
            }
            StoreError::OtherNoun { .. } => "Write it down as a new record and link the two.",
            StoreError::Unreadable { .. } => "Run `daybook verify`; it says whether the words were changed.",
            StoreError::Io { .. } => "Check that the file can be read and the disk works, then do it again.",
            StoreError::Sqlite(_) => "Do it again; if it stays so, run `daybook verify`.",
        }
        .to_owned()
    }

    /// A short stable word for programs: `wrong-passphrase`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            StoreError::Exists { .. } => "book-exists",
            StoreError::NotFound { .. } => "no-book",
            StoreError::NoFolder { .. } => "no-folder",
            StoreError::NotABook { .. } => "not-a-book",
            StoreError::PassphraseNeeded { .. } => "passphrase-needed",
            StoreError::WrongPassphrase { .. } => "wrong-passphrase",
            StoreError::NoPassphrase { .. } => "no-passphrase",
            StoreError::UnusablePassphrase => "unusable-passphrase",
            StoreError::Newer { .. } => "newer-book",
            StoreError::ReadOnly { .. } | StoreError::ReadOnlyUnfinished { .. } => "read-only",
            StoreError::Busy => "busy",
            StoreError::DiskFull => "disk-full",
            StoreError::Damaged { .. } | StoreError::Unreadable { .. } => "damaged-book",
            StoreError::Setting { .. } => "setting",
            StoreError::NotKept { .. } => "no-original",
            StoreError::NotReceived { .. } => "not-received",
            StoreError::ReadBack { .. } => "read-back",
            StoreError::NoSuchRecord { .. } => "no-record",
            StoreError::OtherNoun { .. } => "other-noun",
            StoreError::Io { .. } => "io",
            StoreError::Sqlite(_) => "sqlite",
        }
    }

    pub(super) fn io(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> StoreError {
        let what = what.into();
        move |source| {
            if source.kind() == std::io::ErrorKind::StorageFull {
                StoreError::DiskFull
            } else {
                StoreError::Io { what, source }
            }
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::DiskFull,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                StoreError::Damaged { what: format!("SQLite says “{error}”") }
            }
            _ => StoreError::Sqlite(error),
        }
    }
}
