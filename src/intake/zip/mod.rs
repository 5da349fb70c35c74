//! Zip files, read in place: nothing is ever unpacked to a disk, and a name inside is a label, never a path.
//!
//! [`Zip::open`] reads the directory and refuses what is built to harm; [`Entry`] gives the bytes of one entry
//! as something that can be read and wound back, in constant memory. `docs/formats/zip.md` has the bounds.

mod names;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};

use flate2::read::DeflateDecoder;
use rawzip::extra_fields::ExtraFieldId;
use rawzip::{CompressionMethod, ReaderAt, ZipLocator};

use super::ReadSeek;

/// Most entries of one zip.
const MOST_ENTRIES: usize = 100_000;
/// An entry that grows to more than this …
const HARMLESS: u64 = 10 * 1024 * 1024;
/// … may be at most so many times as large as it is packed. Text of chats and mails stays below 30.
const STEEPEST: u64 = 100;
/// Everything together may grow to so much …
const HARMLESS_IN_ALL: u64 = 1024 * 1024 * 1024;

/// The directory of a zip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zip {
    /// In the order of the directory: an entry's number is its place here.
    pub entries: Vec<ZipEntry>,
    names: BTreeMap<String, u32>,
}

/// One entry of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZipEntry {
    /// Its place in the directory, from 0.
    pub number: u32,
    /// Its name as a label: parts separated by `/`, without those that climb or name a drive.
    pub name: String,
    /// What is odd about the name as the zip has it.
    pub odd: Option<OddName>,
    /// What it is.
    pub kind: EntryKind,
    /// How many bytes, unpacked, as the directory says.
    pub bytes: u64,
    packed: u64,
    start: u64,
    method: u16,
    crc32: u32,
}

/// What a name tries that a label may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddName {
    /// It climbs out of its folder, or begins at the root or a drive.
    Climbs,
    /// It has characters that are not shown.
    Hidden,
}

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A file that can be read.
    File,
    /// A folder: nothing to read.
    Folder,
    /// A link to somewhere else; never followed.
    Link,
    /// Locked with a password.
    Locked,
    /// Packed in a way this version does not undo.
    Method,
}

/// Why a zip is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZipRefusal {
    /// Its directory is missing or damaged: it may have been cut off.
    Damaged,
    /// More entries than [`MOST_ENTRIES`].
    TooMany,
    /// An entry would grow out of all measure.
    TooSteep,
    /// Entries lie one over another, which no ordinary zip does.
    Overlapping,
}

impl ZipRefusal {
    /// Why, as the end of a sentence.
    #[must_use]
    pub fn why(&self) -> &'static str {
        match self {
            ZipRefusal::Damaged => "its list of contents is missing or damaged; it may have been cut off",
            ZipRefusal::TooMany => "it has more than 100,000 entries",
            ZipRefusal::TooSteep => {
                "something in it would grow to more than 100 times its size, as no ordinary file does"
            }
            ZipRefusal::Overlapping => "its entries lie one over another, as in no ordinary zip",
        }
    }
}

/// Whether bytes that begin like this are a zip meant as a container, and not a document that happens to be one
/// (`.docx`, `.odt`, `.epub`, `.apk`).
#[must_use]
pub fn is_zip(head: &[u8]) -> bool {
    const DOCUMENTS: [&[u8]; 7] =
        [b"[Content_Types].xml", b"mimetype", b"_rels/", b"word/", b"docProps/", b"META-INF/", b"AndroidManifest.xml"];
    if head.starts_with(b"PK\x05\x06") {
        return true;
    }
    let first = head.get(30..).unwrap_or_default();
    head.starts_with(b"PK\x03\x04") && !DOCUMENTS.iter().any(|name| first.starts_with(name))
}

impl Zip {
    /// The number of the first entry of this name.
    #[must_use]
    pub fn first_of(&self, name: &str) -> Option<u32> {
        self.names.get(name).copied()
    }

    /// Reads the directory.
    ///
    /// # Errors
    /// Reading the bytes failed. A zip that is damaged or built to harm is the inner error.
    pub fn open(original: &mut dyn ReadSeek) -> io::Result<Result<Zip, ZipRefusal>> {
        let end = original.seek(SeekFrom::End(0))?;
        let reader = At(RefCell::new(original));
        let mut buffer = vec![0; rawzip::MAX_CENTRAL_DIRECTORY_RECORD_SIZE];
        let archive = match ZipLocator::new().locate_in_reader(&reader, &mut buffer, end) {
            Ok(archive) => archive,
            Err((_, error)) => return refused(&error),
        };
        let mut found = Vec::new();
        let mut listed = archive.entries(&mut buffer);
        loop {
            let record = match listed.next_entry() {
                Ok(Some(record)) => record,
                Ok(None) => break,
                Err(error) => return refused(&error),
            };
            if found.len() >= MOST_ENTRIES {
                return Ok(Err(ZipRefusal::TooMany));
            }
            let raw = record.file_path();
            let flags = record.flags();
            let unicode = record.extra_fields().find(|(id, _)| *id == ExtraFieldId::INFO_ZIP_UNICODE_PATH);
            let (name, odd) = names::label(raw.as_ref(), flags.is_utf8(), unicode.map(|(_, data)| data));
            let method = record.compression_method().as_u16();
            let kind = if record.is_dir() {
                EntryKind::Folder
            } else if record.mode().is_symlink() {
                EntryKind::Link
            } else if flags.is_encrypted() {
                EntryKind::Locked
            } else if method != CompressionMethod::STORE.as_u16() && method != CompressionMethod::DEFLATE.as_u16() {
                EntryKind::Method
            } else {
                EntryKind::File
            };
            found.push((
                ZipEntry {
                    number: u32::try_from(found.len()).unwrap_or(u32::MAX),
                    name,
                    odd,
                    kind,
                    bytes: record.uncompressed_size_hint(),
                    packed: record.compressed_size_hint(),
                    start: 0,
                    method,
                    crc32: record.crc32(),
                },
                record.wayfinder(),
                record.local_header_offset(),
            ));
        }
        if found.len() as u64 != archive.entries_hint() {
            return Ok(Err(ZipRefusal::Damaged));
        }
        let mut taken = Vec::with_capacity(found.len());
        let mut entries = Vec::with_capacity(found.len());
        for (mut entry, wayfinder, header) in found {
            let range = match archive.get_entry(wayfinder) {
                Ok(found) => found.compressed_data_range(),
                Err(error) => return refused(&error),
            };
            taken.push((header, range.1));
            entry.start = range.0;
            if entry.bytes > HARMLESS && entry.bytes / STEEPEST > entry.packed {
                return Ok(Err(ZipRefusal::TooSteep));
            }
            entries.push(entry);
        }
        let (bytes, packed) = entries.iter().fold((0_u64, 0_u64), |(bytes, packed), entry| {
            (bytes.saturating_add(entry.bytes), packed.saturating_add(entry.packed))
        });
        // … or may be at most so many times as large as it is packed.
        if bytes > HARMLESS_IN_ALL && bytes / STEEPEST > packed {
            return Ok(Err(ZipRefusal::TooSteep));
        }
        taken.sort_unstable();
        if taken.windows(2).any(|pair| pair[0].1 > pair[1].0) {
            return Ok(Err(ZipRefusal::Overlapping));
        }
        let mut names = BTreeMap::new();
        for entry in &entries {
            names.entry(entry.name.clone()).or_insert(entry.number);
        }
        Ok(Ok(Zip { entries, names }))
    }
}

fn refused(error: &rawzip::Error) -> io::Result<Result<Zip, ZipRefusal>> {
    match error.kind() {
        rawzip::ErrorKind::IO(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            Err(io::Error::new(error.kind(), error.to_string()))
        }
        _ => Ok(Err(ZipRefusal::Damaged)),
    }
}

impl ZipEntry {
    /// The entry for reading. Its check sum is compared when the last byte was read from the first without a
    /// gap: what differs is an error of the kind [`io::ErrorKind::InvalidData`].
    ///
    /// # Errors
    /// Reading failed, or it is no file that can be read.
    pub fn open<'a>(&self, original: &'a mut dyn ReadSeek) -> io::Result<Entry<'a>> {
        if self.kind != EntryKind::File {
            return Err(io::Error::new(io::ErrorKind::Unsupported, "it cannot be read"));
        }
        let mut entry = Entry {
            about: self.clone(),
            source: Some(Unpacking::Stored(Packed { original, at: 0, left: 0 })),
            position: 0,
            wanted: 0,
            crc: Some(rawzip::Crc32::new()),
        };
        entry.rewind_source()?;
        Ok(entry)
    }
}

/// The bytes of one entry.
pub struct Entry<'a> {
    about: ZipEntry,
    /// Always there between calls; taken only while it is made anew.
    source: Option<Unpacking<'a>>,
    /// Where the unpacking stands.
    position: u64,
    /// Where the next reading begins.
    wanted: u64,
    crc: Option<rawzip::Crc32>,
}

enum Unpacking<'a> {
    Stored(Packed<'a>),
    Deflated(Box<DeflateDecoder<Packed<'a>>>),
}

/// The packed bytes of one entry.
struct Packed<'a> {
    original: &'a mut dyn ReadSeek,
    at: u64,
    left: u64,
}

impl Read for Packed<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        self.original.seek(SeekFrom::Start(self.at))?;
        let count = self.original.read(&mut buffer[..most])?;
        self.at += count as u64;
        self.left -= count as u64;
        Ok(count)
    }
}

impl Entry<'_> {
    fn rewind_source(&mut self) -> io::Result<()> {
        let mut packed = match self.source.take() {
            Some(Unpacking::Stored(packed)) => packed,
            Some(Unpacking::Deflated(decoder)) => decoder.into_inner(),
            None => return Err(io::Error::other("an entry that failed is not read again")),
        };
        (packed.at, packed.left) = (self.about.start, self.about.packed);
        let stored = self.about.method == CompressionMethod::STORE.as_u16();
        self.source = Some(if stored {
            Unpacking::Stored(packed)
        } else {
            Unpacking::Deflated(Box::new(DeflateDecoder::new_with_buf(packed, vec![0; 64 * 1024])))
        });
        self.position = 0;
        self.crc = Some(rawzip::Crc32::new());
        Ok(())
    }

    /// Reads on from where the unpacking stands; more bytes than the directory names are never given.
    fn unpack(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.about.bytes - self.position;
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        if most == 0 {
            return Ok(0);
        }
        let read = match &mut self.source {
            Some(Unpacking::Stored(packed)) => packed.read(&mut buffer[..most]),
            Some(Unpacking::Deflated(decoder)) => decoder.read(&mut buffer[..most]),
            None => Ok(0),
        };
        let count = read.map_err(|error| match error.kind() {
            io::ErrorKind::InvalidInput => damaged(),
            _ => error,
        })?;
        if count == 0 {
            return Err(damaged());
        }
        self.position += count as u64;
        if let Some(crc) = &mut self.crc {
            crc.update(&buffer[..count]);
            if self.position == self.about.bytes && crc.checksum() != self.about.crc32 {
                return Err(damaged());
            }
        }
        Ok(count)
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "it is damaged inside its zip")
}

impl Read for Entry<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.wanted < self.position {
            self.rewind_source()?;
        }
        let mut passed = [0; 16 * 1024];
        while self.position < self.wanted.min(self.about.bytes) {
            let gap = usize::try_from(self.wanted - self.position).unwrap_or(usize::MAX).min(passed.len());
            self.unpack(&mut passed[..gap])?;
        }
        if self.wanted >= self.about.bytes {
            return Ok(0);
        }
        let count = self.unpack(buffer)?;
        self.wanted += count as u64;
        Ok(count)
    }
}

impl Seek for Entry<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let wanted = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.about.bytes.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.wanted.checked_add_signed(offset),
        };
        self.wanted = wanted.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "before the first byte"))?;
        Ok(self.wanted)
    }
}

/// Reads at a place, for the directory.
struct At<'a>(RefCell<&'a mut dyn ReadSeek>);

impl ReaderAt for At<'_> {
    fn read_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<usize> {
        let mut reader = self.0.borrow_mut();
        reader.seek(SeekFrom::Start(offset))?;
        reader.read(buffer)
    }
}

#[cfg(test)]
mod tests;
