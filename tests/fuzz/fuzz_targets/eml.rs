//! Any bytes as a saved e-mail: an answer, and attachments whose bytes are found again.
#![no_main]

use daybook::intake::{attachment_bytes, read_email};
use daybook::model::quotes;
use daybook::model::{Digest, Locator, Place};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let place = Place { original: Digest::of(bytes), locator: Locator::whole() };
    let (draft, findings) = read_email(bytes, place, "fuzzed");
    let Some(draft) = draft else {
        assert!(!findings.is_empty(), "neither read nor accounted for");
        return;
    };
    for attachment in &draft.message.attachments {
        let again = attachment_bytes(bytes, &attachment.place).expect("an attachment is found again");
        assert_eq!(Digest::of(&again), attachment.sha256);
    }
    quotes::fold(&draft.message.text);
});
