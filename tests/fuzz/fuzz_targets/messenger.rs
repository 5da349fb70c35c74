//! Any bytes as a chat of this format: an answer, and places inside the bytes.
#![no_main]

use std::io::{self, Cursor};

use daybook::intake::{About, ItemDraft, MessageDraft, Settings, Sink, Source, MessengerSource};
use daybook::model::{Digest, Finding, Locator, LocatorStep};
use libfuzzer_sys::fuzz_target;

struct Places(u64);

impl Sink for Places {
    fn message(&mut self, draft: MessageDraft) -> io::Result<()> {
        let place = draft.message.place.expect("a message stands somewhere");
        let Some(LocatorStep::Bytes { start, length }) = place.locator.0.last() else { panic!("no bytes") };
        assert!(start + length <= self.0);
        Ok(())
    }

    fn item(&mut self, _item: ItemDraft) -> io::Result<()> {
        Ok(())
    }

    fn finding(&mut self, _finding: Finding) {}
}

fuzz_target!(|bytes: &[u8]| {
    let whole = Locator::whole();
    let length = bytes.len() as u64;
    let about = About { digest: Digest::of(bytes), name: "fuzzed", bytes: length, written: None, within: &whole };
    let settings = Settings::default();
    MessengerSource.claims(bytes, &about);
    MessengerSource.read(&mut Cursor::new(bytes), &about, &settings, &mut Places(length)).expect("memory can be read");
});
