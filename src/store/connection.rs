//! One connection to one file: the settings that keep a book safe, each read back.

use std::fs::OpenOptions;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::{Passphrase, StoreError};

/// `application_id` of a book: `DYBD`.
pub(super) const APPLICATION_ID: i64 = 0x4459_4244;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a file looks like from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outside {
    /// An SQLite file; whose, its `application_id` says.
    Plain,
    /// Whole pages of what could be ciphertext.
    Closed,
}

/// How a file may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Read and write.
    Write,
    /// The folder cannot be written: the file is read as it stands.
    ReadOnly,
}

/// Looks at a file before SQLite does, so that what is no book is never touched.
pub(super) fn look_at(path: &Path) -> Result<Outside, StoreError> {
    let mut file = std::fs::File::open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => StoreError::NotFound { path: path.to_owned() },
        _ => StoreError::io(format!("{} could not be opened", path.display()))(error),
    })?;
    let facts = file.metadata().map_err(StoreError::io(format!("{} could not be examined", path.display())))?;
    let not_a_book = |why: &str| Err(StoreError::NotABook { path: path.to_owned(), why: why.to_owned() });
    if !facts.is_file() {
        return not_a_book("it is not a file");
    }
    let mut head = Vec::new();
    Read::by_ref(&mut file)
        .take(100)
        .read_to_end(&mut head)
        .map_err(StoreError::io(format!("{} could not be read", path.display())))?;
    if head.is_empty() {
        return not_a_book("the file is empty");
    }
    if head.starts_with(b"SQLite format 3\0") {
        return match head.get(68..72) {
            Some(id) if i64::from(u32::from_be_bytes([id[0], id[1], id[2], id[3]])) == APPLICATION_ID => {
                Ok(Outside::Plain)
            }
            _ => not_a_book("it is a database of another program"),
        };
    }
    for (magic, what) in
        [(&b"%PDF"[..], "it is a PDF"), (b"PK\x03\x04", "it is a zip file"), (b"\xff\xd8\xff", "it is a photograph")]
    {
        if head.starts_with(magic) {
            return not_a_book(what);
        }
    }
    // An SQLCipher 4 file is whole pages of 4096 bytes that look like chance.
    if facts.len() % 4096 != 0 || head.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()) {
        return not_a_book("it is some other kind of file");
    }
    Ok(Outside::Closed)
}

/// Makes the file itself, for its owner alone whatever the umask, before SQLite sees it.
pub(super) fn make_private_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(StoreError::Exists { path: path.to_owned() })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !folder_of(path).is_dir() => {
            Err(StoreError::NoFolder { path: folder_of(path) })
        }
        Err(error) => Err(StoreError::io(format!("{} could not be made", path.display()))(error)),
    }
}

fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// Connects, with every setting of the recipe made and read back. Nothing is written to the file but
/// the journal mode, once.
pub(super) fn connect(path: &Path, passphrase: Option<&Passphrase>, access: Access) -> Result<Connection, StoreError> {
    let connection = match access {
        Access::Write => {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            Connection::open_with_flags(path, flags)?
        }
        Access::ReadOnly => {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
            Connection::open_with_flags(as_unchanging_uri(path), flags)?
        }
    };
    connection.busy_timeout(PATIENCE)?;
    // SQLCipher would otherwise write to the terminal when a passphrase is wrong.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    if let Some(passphrase) = passphrase {
        if passphrase.0.is_empty() || passphrase.0.contains('\0') {
            return Err(StoreError::UnusablePassphrase);
        }
        connection.pragma_update(None, "key", passphrase.0.as_str())?;
    }
    // The first read of the file: only here does a wrong passphrase show.
    match connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0)) {
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            return Err(match passphrase {
                Some(_) => StoreError::WrongPassphrase { path: path.to_owned() },
                None => StoreError::PassphraseNeeded { path: path.to_owned() },
            });
        }
        other => other?,
    };
    settle(&connection, access)?;
    Ok(connection)
}

fn settle(connection: &Connection, access: Access) -> Result<(), StoreError> {
    if access == Access::Write {
        set(connection, "journal_mode", "wal")?;
    }
    // FULL: an acknowledged entry survives a power cut. `recursive_triggers`: REPLACE fires delete triggers.
    for (setting, value) in [
        ("synchronous", "2"),
        ("fullfsync", "1"),
        ("checkpoint_fullfsync", "1"),
        ("foreign_keys", "1"),
        ("recursive_triggers", "1"),
        ("trusted_schema", "0"),
        ("cell_size_check", "1"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
        ("journal_size_limit", "67108864"),
        // KiB. Enough that a large import does not write its pages twice.
        ("cache_size", "-32768"),
    ] {
        set(connection, setting, value)?;
    }
    for (setting, wanted) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        // Without it SQLite plans a statement anew for every value bound to it: a quarter of an import.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
    ] {
        if connection.set_db_config(setting, wanted)? != wanted {
            return Err(StoreError::Setting { setting: format!("{setting:?}"), answer: (!wanted).to_string() });
        }
    }
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 1_000_000)?;
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn set(connection: &Connection, setting: &str, value: &str) -> Result<(), StoreError> {
    connection.execute_batch(&format!("PRAGMA {setting} = {value}"))?;
    let answer = pragma(connection, setting)?;
    if answer.eq_ignore_ascii_case(value) {
        Ok(())
    } else {
        Err(StoreError::Setting { setting: setting.to_owned(), answer })
    }
}

/// Whether the file that SQLite shares with other programs could not be made or grown beside the book.
pub(super) fn no_room_beside(error: &rusqlite::Error) -> bool {
    use rusqlite::ffi::{SQLITE_IOERR_SHMMAP, SQLITE_IOERR_SHMOPEN, SQLITE_IOERR_SHMSIZE};
    let extended = error.sqlite_error().map(|error| error.extended_code);
    extended.is_some_and(|code| [SQLITE_IOERR_SHMMAP, SQLITE_IOERR_SHMOPEN, SQLITE_IOERR_SHMSIZE].contains(&code))
}

/// What a pragma says, as text.
pub(super) fn pragma(connection: &Connection, setting: &str) -> Result<String, StoreError> {
    use rusqlite::types::Value;
    Ok(connection.pragma_query_value(None, setting, |row| {
        Ok(match row.get::<_, Value>(0)? {
            Value::Integer(number) => number.to_string(),
            Value::Text(text) => text,
            _ => String::new(),
        })
    })?)
}

/// The file as SQLite may read it where nothing can be written beside it.
fn as_unchanging_uri(path: &Path) -> String {
    use std::fmt::Write as _;
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => uri.push(char::from(*byte)),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri.push_str("?immutable=1");
    uri
}
