//! Any bytes as a zip: an answer, and entries that give no more bytes than they name.
#![no_main]

use std::io::{Cursor, Read as _};

use daybook::intake::zip::{EntryKind, Zip};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(zip) = Zip::open(&mut Cursor::new(bytes)).expect("memory can be read") else { return };
    for entry in zip.entries.iter().filter(|entry| entry.kind == EntryKind::File) {
        let mut original = Cursor::new(bytes);
        let mut found = Vec::new();
        let read = entry.open(&mut original).and_then(|opened| opened.take(1 << 20).read_to_end(&mut found));
        assert!(read.is_err() || found.len() as u64 == entry.bytes.min(1 << 20));
    }
});
