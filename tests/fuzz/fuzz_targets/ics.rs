//! Any bytes to this reader: an answer, places inside the bytes, attachments that are found again.
#![no_main]

use daybook::intake::IcsSource;
use libfuzzer_sys::fuzz_target;

#[path = "../reading.rs"]
mod reading;

fuzz_target!(|bytes: &[u8]| {
    reading::reads(&IcsSource, "fuzzed", bytes);
});
