//! Originals: bytes come in by chunks, are hashed on the way, read back and hashed again, and then stay.

use std::io::{self, Read, Seek, SeekFrom};

use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};

use super::book::salt;
use super::count::Count;
use super::{Book, StoreError, Writing};
use crate::model::{DeviceOwner, Digest, Hasher, Instant};

/// Something that can be read and wound back.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek + ?Sized> ReadSeek for T {}

/// One chunk, and one row.
const CHUNK: usize = 1024 * 1024;

/// What is held in memory, and what one transaction of a large arrival writes at most.
const BATCH: usize = 16 * CHUNK;

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

/// A receipt, exactly as hashed.
#[derive(Serialize, Deserialize)]
struct Receipt {
    original: Digest,
    name: String,
    media_type: String,
    from_device: Option<DeviceOwner>,
    at: Instant,
    daybook: String,
    salt: String,
}

impl Book {
    /// Takes bytes in, chunk by chunk, in bounded memory, before they are kept by
    /// [`Writing::keep`]. What is never kept is swept at the next opening.
    ///
    /// # Errors
    /// Reading or writing failed.
    pub fn receive(&mut self, bytes: &mut dyn Read) -> Result<Received, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly { path: self.path.clone() });
        }
        receive(self, bytes, true)
    }

    /// The same for something that can be wound back, such as a file: what is larger than one batch is
    /// hashed first, so that a large file the book knows already costs one reading and no writing.
    ///
    /// # Errors
    /// Reading or writing failed.
    pub fn receive_file(&mut self, file: &mut dyn ReadSeek) -> Result<Received, StoreError> {
        let failed = || StoreError::io("what was to be received could not be read");
        let start = file.stream_position().map_err(failed())?;
        let end = file.seek(SeekFrom::End(0)).map_err(failed())?;
        file.seek(SeekFrom::Start(start)).map_err(failed())?;
        let length = end.saturating_sub(start);
        if length >= BATCH as u64 && self.may_know(length)? {
            let (sha256, bytes) = Digest::of_reader(&mut &mut *file).map_err(failed())?;
            if is_kept(&self.connection, &sha256)? {
                return Ok(Received { sha256, bytes, known: true });
            }
            file.seek(SeekFrom::Start(start)).map_err(failed())?;
        }
        // What is written is hashed again on the way: the file may have changed since.
        self.receive(&mut &mut *file)
    }

    /// Whether an original of these very bytes is kept. They are read only where some original is as long.
    ///
    /// # Errors
    /// Reading failed.
    pub fn keeps(&self, file: &mut dyn ReadSeek) -> Result<bool, StoreError> {
        let failed = || StoreError::io("a file could not be compared with what is kept");
        let length = file.seek(SeekFrom::End(0)).map_err(failed())?;
        if !self.may_know(length)? {
            return Ok(false);
        }
        file.seek(SeekFrom::Start(0)).map_err(failed())?;
        let (sha256, _) = Digest::of_reader(&mut &mut *file).map_err(failed())?;
        is_kept(&self.connection, &sha256)
    }

    /// Whether some original has so many bytes: only then can a file of that length be known.
    fn may_know(&self, length: u64) -> Result<bool, StoreError> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM original WHERE bytes = ?1")?.exists([Count(length)])?)
    }

    /// A kept original, if the book has it.
    ///
    /// # Errors
    /// Reading failed.
    pub fn kept(&self, sha256: &Digest) -> Result<Option<Kept>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT original.bytes, original.kept_at, arrival.body FROM original
             JOIN arrival ON arrival.original = original.sha256
             WHERE original.sha256 = ?1 ORDER BY arrival.number LIMIT 1",
        )?;
        let found = statement
            .query_row([sha256.0], |row| {
                Ok((row.get::<_, Count>(0)?.0, row.get::<_, i64>(1)?, row.get::<_, String>(2)?))
            })
            .optional()?;
        let Some((bytes, kept_at, receipt)) = found else { return Ok(None) };
        Ok(Some(Kept { sha256: *sha256, bytes, arrival: read_receipt(&receipt)?, kept_at: Instant(kept_at) }))
    }

    /// Every way an original arrived, first to last.
    ///
    /// # Errors
    /// Reading failed.
    pub fn arrivals(&self, sha256: &Digest) -> Result<Vec<Arrival>, StoreError> {
        let mut statement =
            self.connection.prepare_cached("SELECT body FROM arrival WHERE original = ?1 ORDER BY number")?;
        let receipts = statement.query_map([sha256.0], |row| row.get::<_, String>(0))?;
        receipts.map(|receipt| read_receipt(&receipt?)).collect()
    }

    /// Opens a kept original for reading.
    ///
    /// # Errors
    /// It is not in the book, or reading failed.
    pub fn open_kept(&self, sha256: &Digest) -> Result<KeptReader<'_>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT receiving, bytes FROM original WHERE sha256 = ?1")?
            .query_row([sha256.0], |row| Ok((row.get(0)?, row.get::<_, Count>(1)?.0)))
            .optional()?;
        let (receiving, length) = found.ok_or(StoreError::NotKept { sha256: *sha256 })?;
        Ok(KeptReader { book: self, receiving, length, position: 0, chunk: None })
    }
}

fn read_receipt(body: &str) -> Result<Arrival, StoreError> {
    let receipt: Receipt = serde_json::from_str(body)
        .map_err(|error| StoreError::Damaged { what: format!("a receipt cannot be read: {error}") })?;
    Ok(Arrival { name: receipt.name, media_type: receipt.media_type, from_device: receipt.from_device })
}

impl Writing<'_> {
    /// Takes bytes in inside this transaction: cheap for many small files, and gone with it if it fails.
    /// For anything large [`Book::receive`] is kinder to the disk.
    ///
    /// # Errors
    /// Reading or writing failed.
    pub fn receive(&mut self, bytes: &mut dyn Read) -> Result<Received, StoreError> {
        receive(self.book, bytes, false)
    }

    /// Keeps received bytes for good, after reading them back and hashing them again. Bytes already in
    /// the book get one more receipt if this name, type or device is new for them.
    ///
    /// # Errors
    /// What is read back differs, or writing failed.
    pub fn keep(&mut self, received: &Received, arrival: &Arrival) -> Result<Kept, StoreError> {
        if let Some(kept) = self.book.kept(&received.sha256)? {
            if !self.book.arrivals(&received.sha256)?.contains(arrival) {
                self.give_receipt(&received.sha256, arrival)?;
            }
            return Ok(kept);
        }
        let connection = &self.book.connection;
        let receiving: i64 = connection
            .prepare_cached("SELECT number FROM receiving WHERE sha256 = ?1 ORDER BY number DESC LIMIT 1")?
            .query_row([received.sha256.0], |row| row.get(0))
            .optional()?
            .ok_or(StoreError::NotReceived { sha256: received.sha256 })?;
        if read_back(connection, receiving)? != (received.sha256, received.bytes) {
            return Err(StoreError::ReadBack { sha256: received.sha256 });
        }
        connection.prepare_cached("UPDATE receiving SET process = NULL WHERE number = ?1")?.execute([receiving])?;
        connection
            .prepare_cached(
                "INSERT INTO original (sha256, bytes, receiving, kept_at, entry) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((received.sha256.0, Count(received.bytes), receiving, self.now.0, Count(self.seq)))?;
        self.draft.original(&received.sha256, received.bytes);
        self.give_receipt(&received.sha256, arrival)?;
        Ok(Kept { sha256: received.sha256, bytes: received.bytes, arrival: arrival.clone(), kept_at: self.now })
    }

    fn give_receipt(&mut self, original: &Digest, arrival: &Arrival) -> Result<(), StoreError> {
        let receipt = Receipt {
            original: *original,
            name: arrival.name.clone(),
            media_type: arrival.media_type.clone(),
            from_device: arrival.from_device,
            at: self.now,
            daybook: env!("CARGO_PKG_VERSION").to_owned(),
            salt: salt(),
        };
        let body = serde_json::to_string(&receipt).expect("a receipt is plain data");
        let sha256 = Digest::of(body.as_bytes());
        let connection = &self.book.connection;
        let number: i64 = connection
            .prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM arrival")?
            .query_row([], |row| row.get(0))?;
        connection
            .prepare_cached("INSERT INTO arrival (number, original, body, sha256, entry) VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute((number, original.0, &body, sha256.0, Count(self.seq)))?;
        self.draft.arrival(number, &sha256);
        self.book.arrived_as.take();
        Ok(())
    }
}

/// Takes all bytes. The first [`BATCH`] is held in memory, so that what is known already costs hashing
/// and nothing else; more than that goes to the disk as it comes.
fn receive(book: &Book, bytes: &mut dyn Read, own_transactions: bool) -> Result<Received, StoreError> {
    let mut hasher = Hasher::new();
    let mut batch = Vec::new();
    let mut ended = fill(bytes, &mut batch)?;
    hasher.update(&batch);
    let mut length = batch.len() as u64;
    if ended {
        let sha256 = hasher.finish();
        return in_transaction(book, own_transactions, || {
            let known = is_kept(&book.connection, &sha256)?;
            if !known {
                let receiving = begin_receiving(&book.connection, Some(&sha256))?;
                write_chunks(&book.connection, receiving, 0, &batch)?;
            }
            Ok(Received { sha256, bytes: length, known })
        });
    }
    let receiving = in_transaction(book, own_transactions, || {
        let receiving = begin_receiving(&book.connection, None)?;
        write_chunks(&book.connection, receiving, 0, &batch)?;
        Ok(receiving)
    })?;
    let mut place = batch.len() / CHUNK;
    while !ended {
        batch.clear();
        ended = fill(bytes, &mut batch)?;
        hasher.update(&batch);
        length += batch.len() as u64;
        in_transaction(book, own_transactions, || write_chunks(&book.connection, receiving, place, &batch))?;
        place += batch.len() / CHUNK;
    }
    let sha256 = hasher.finish();
    in_transaction(book, own_transactions, || {
        let known = is_kept(&book.connection, &sha256)?;
        if known {
            forget(&book.connection, receiving)?;
        } else {
            book.connection
                .prepare_cached("UPDATE receiving SET sha256 = ?2 WHERE number = ?1")?
                .execute((receiving, sha256.0))?;
        }
        Ok(Received { sha256, bytes: length, known })
    })
}

/// Fills `batch` up to [`BATCH`]; whether the bytes ended before that.
fn fill(bytes: &mut dyn Read, batch: &mut Vec<u8>) -> Result<bool, StoreError> {
    let wanted = BATCH as u64;
    bytes.take(wanted).read_to_end(batch).map_err(StoreError::io("what was to be received could not be read"))?;
    Ok((batch.len() as u64) < wanted)
}

fn in_transaction<T>(book: &Book, own: bool, work: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
    if !own {
        return work();
    }
    book.begin()?;
    let done = work().and_then(|value| {
        book.connection.execute_batch("COMMIT")?;
        Ok(value)
    });
    if done.is_err() {
        book.roll_back();
    }
    done
}

fn is_kept(connection: &Connection, sha256: &Digest) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM original WHERE sha256 = ?1")?.exists([sha256.0])?)
}

fn begin_receiving(connection: &Connection, sha256: Option<&Digest>) -> Result<i64, StoreError> {
    connection
        .prepare_cached("INSERT INTO receiving (process, sha256) VALUES (?1, ?2)")?
        .execute((std::process::id(), sha256.map(|digest| digest.0)))?;
    Ok(connection.last_insert_rowid())
}

fn write_chunks(connection: &Connection, receiving: i64, first: usize, bytes: &[u8]) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached("INSERT INTO chunk (receiving, place, bytes) VALUES (?1, ?2, ?3)")?;
    for (place, chunk) in (first..).zip(bytes.chunks(CHUNK)) {
        statement.execute((receiving, Count::from(place), chunk))?;
    }
    Ok(())
}

fn forget(connection: &Connection, receiving: i64) -> Result<(), StoreError> {
    connection.execute("DELETE FROM chunk WHERE receiving = ?1", [receiving])?;
    connection.execute("DELETE FROM receiving WHERE number = ?1", [receiving])?;
    Ok(())
}

/// The digest and length of what really stands in the book.
pub(super) fn read_back(connection: &Connection, receiving: i64) -> Result<(Digest, u64), StoreError> {
    let mut hasher = Hasher::new();
    let mut length = 0;
    let mut statement = connection.prepare_cached("SELECT bytes FROM chunk WHERE receiving = ?1 ORDER BY place")?;
    let mut rows = statement.query([receiving])?;
    while let Some(row) = rows.next()? {
        let chunk = row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?;
        hasher.update(chunk);
        length += chunk.len() as u64;
    }
    Ok((hasher.finish(), length))
}

/// Sweeps away what was received by processes that are gone and never kept.
pub(super) fn sweep(connection: &Connection) -> Result<(), StoreError> {
    let unkept = "SELECT number, process FROM receiving WHERE process IS NOT NULL";
    let mut statement = connection.prepare(unkept)?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let orphans: Vec<(i64, u32)> = found.collect::<Result<_, _>>()?;
    for (receiving, _) in orphans.into_iter().filter(|(_, process)| !is_alive(*process)) {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let done = forget(connection, receiving).and_then(|()| Ok(connection.execute_batch("COMMIT")?));
        if let Err(error) = done {
            let _ = connection.execute_batch("ROLLBACK");
            return Err(error);
        }
    }
    Ok(())
}

/// Whether a process of this number runs. A number given anew only delays the sweeping.
fn is_alive(process: u32) -> bool {
    #[cfg(unix)]
    {
        let Some(pid) = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw) else { return false };
        // No permission to ask means that it is there, under another user.
        !matches!(rustix::process::test_kill_process(pid), Err(rustix::io::Errno::SRCH))
    }
    #[cfg(not(unix))]
    {
        process == std::process::id()
    }
}

/// Reads a kept original.
pub struct KeptReader<'book> {
    book: &'book Book,
    receiving: i64,
    length: u64,
    position: u64,
    /// The chunk last read, with its place.
    chunk: Option<(u64, Vec<u8>)>,
}

impl KeptReader<'_> {
    fn load(&mut self, place: u64) -> io::Result<&[u8]> {
        if self.chunk.as_ref().is_none_or(|(held, _)| *held != place) {
            let mut bytes = self.chunk.take().map(|(_, bytes)| bytes).unwrap_or_default();
            bytes.clear();
            let read = self
                .book
                .connection
                .prepare_cached("SELECT bytes FROM chunk WHERE receiving = ?1 AND place = ?2")
                .and_then(|mut statement| {
                    statement.query_row((self.receiving, Count(place)), |row| {
                        bytes.extend_from_slice(row.get_ref(0)?.as_blob()?);
                        Ok(())
                    })
                });
            read.map_err(|error| match error {
                rusqlite::Error::QueryReturnedNoRows => {
                    io::Error::new(io::ErrorKind::UnexpectedEof, "a piece of this original is missing from the book")
                }
                other => io::Error::other(StoreError::from(other)),
            })?;
            self.chunk = Some((place, bytes));
        }
        Ok(self.chunk.as_ref().map_or(&[], |(_, bytes)| bytes.as_slice()))
    }
}

impl Read for KeptReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || self.position >= self.length {
            return Ok(0);
        }
        let (place, offset) = (self.position / CHUNK as u64, (self.position % CHUNK as u64) as usize);
        let chunk = self.load(place)?;
        let rest = chunk.get(offset..).filter(|rest| !rest.is_empty()).ok_or_else(|| {
            io::Error::new(io::ErrorKind::UnexpectedEof, "a piece of this original is shorter than it was kept")
        })?;
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.position += count as u64;
        Ok(count)
    }
}

impl Seek for KeptReader<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let wanted = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.length.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = wanted.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the first byte"))?;
        Ok(self.position)
    }
}
