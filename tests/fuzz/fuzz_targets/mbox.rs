//! Any bytes to this reader: an answer, places inside the bytes, attachments that are found again.
#![no_main]

use daybook::intake::MboxSource;
use libfuzzer_sys::fuzz_target;

#[path = "../reading.rs"]
mod reading;

fuzz_target!(|bytes: &[u8]| {
    reading::reads(&MboxSource, "fuzzed", bytes);
});
