//! The properties of a saved message: fixed ones in one table, the others in a stream each ([MS-OXMSG]).

use std::collections::BTreeMap;
use std::io::{Read as _, Seek};

use cfb::CompoundFile;

use super::super::ReadSeek;
use super::codepage;
use crate::model::Instant;

/// The largest property that is read as words, in bytes.
const LONGEST_WORDS: u64 = 64 * 1024 * 1024;
/// The most properties of one storage.
const MOST: usize = 10_000;

/// The file as it is read.
pub(super) type File<'a> = CompoundFile<&'a mut dyn ReadSeek>;

/// The properties of one storage: a message, a recipient, an attachment.
pub(super) struct Properties {
    /// Its path, ending in `/`.
    pub path: String,
    fixed: BTreeMap<u16, u64>,
    /// The code pages the message names.
    pages: Vec<u32>,
}

impl Properties {
    /// Reads the table of the storage at `path`; `header` bytes stand before it.
    pub(super) fn read(file: &mut File<'_>, path: &str, header: usize, pages: &[u32]) -> Self {
        let table = bytes_at(file, &format!("{path}__properties_version1.0"), 16 * MOST as u64).unwrap_or_default();
        let rows = table.get(header..).unwrap_or_default().chunks_exact(16);
        let fixed = rows.map(|row| {
            let id = u16::from_le_bytes([row[2], row[3]]);
            let value = <[u8; 8]>::try_from(&row[8..16]).map_or(0, u64::from_le_bytes);
            (id, value)
        });
        let mut properties = Properties { path: path.to_owned(), fixed: fixed.collect(), pages: pages.to_vec() };
        if pages.is_empty() {
            // The page of its words, then that of its web page ([MS-OXPROPS] 2.853, 2.719).
            properties.pages = [0x3FFD, 0x3FDE].iter().filter_map(|id| properties.number(*id)).collect();
        }
        properties
    }

    pub(super) fn pages(&self) -> &[u32] {
        &self.pages
    }

    /// A number.
    pub(super) fn number(&self, id: u16) -> Option<u32> {
        self.fixed.get(&id).map(|value| *value as u32)
    }

    /// A time: hundreds of nanoseconds since 1601, in UTC.
    pub(super) fn time(&self, id: u16) -> Option<Instant> {
        let value = i64::try_from(*self.fixed.get(&id)?).ok()?;
        let milliseconds = value / 10_000 - 11_644_473_600_000;
        (value > 0).then_some(Instant(milliseconds))
    }

    /// Words, in Unicode or in the code page of the message. The second answer: the page was supposed.
    pub(super) fn words(&self, file: &mut File<'_>, id: u16) -> Option<(String, bool)> {
        if let Some(bytes) = bytes_at(file, &format!("{}__substg1.0_{id:04X}001F", self.path), LONGEST_WORDS) {
            let text = encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0;
            return Some((text.trim_end_matches('\0').to_owned(), false));
        }
        let bytes = bytes_at(file, &format!("{}__substg1.0_{id:04X}001E", self.path), LONGEST_WORDS)?;
        Some(codepage::decode(&bytes, &self.pages))
    }

    /// Bytes.
    pub(super) fn binary(&self, file: &mut File<'_>, id: u16) -> Option<Vec<u8>> {
        bytes_at(file, &format!("{}__substg1.0_{id:04X}0102", self.path), LONGEST_WORDS)
    }

    /// The path of a stream of bytes, if it is there.
    pub(super) fn stream(&self, file: &File<'_>, id: u16) -> Option<String> {
        let path = format!("{}__substg1.0_{id:04X}0102", self.path);
        file.is_stream(&path).then_some(path)
    }

    /// The path of a storage, ending in `/`, if it is there.
    pub(super) fn storage(&self, file: &File<'_>, id: u16) -> Option<String> {
        let path = format!("{}__substg1.0_{id:04X}000D", self.path);
        file.is_storage(&path).then(|| format!("{path}/"))
    }
}

/// The bytes of a stream, at most so many; `None`: it is not there or cannot be read.
pub(super) fn bytes_at<F: std::io::Read + Seek>(file: &mut CompoundFile<F>, path: &str, most: u64) -> Option<Vec<u8>> {
    if !file.is_stream(path) {
        return None;
    }
    let mut bytes = Vec::new();
    file.open_stream(path).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
