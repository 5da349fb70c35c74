//! What every reader has to keep whatever bytes it is given: an answer, places inside the bytes, attachments that are found
//! again byte for byte. Shared by the fuzz targets and by `tests/sources/mutated.rs`.

use std::io::{self, Cursor};

use daybook::intake::{
    About, DateOrder, HEAD, ItemDraft, MessageDraft, Outcome, Settings, Sink, Source, attachment_bytes,
};
use daybook::model::{Digest, Finding, Locator, LocatorStep, quotes};

/// What one reading gave.
#[derive(Default)]
pub struct Taken {
    pub messages: usize,
    pub items: usize,
    pub findings: usize,
}

struct Asking<'a> {
    bytes: &'a [u8],
    taken: Taken,
}

impl Asking<'_> {
    fn place(&self, locator: &Locator) {
        if let Some(LocatorStep::Bytes { start, length }) = locator.0.first() {
            let end = start.checked_add(*length).expect("a place has an end");
            assert!(end <= self.bytes.len() as u64, "{start} and {length} of {}", self.bytes.len());
        }
    }
}

impl Sink for Asking<'_> {
    fn message(&mut self, draft: MessageDraft) -> io::Result<()> {
        self.taken.messages += 1;
        let message = draft.message;
        let place = message.place.as_ref().expect("a message stands somewhere");
        self.place(&place.locator);
        assert!(message.fingerprint.is_some(), "a message has a fingerprint");
        if let Some(sent) = &message.sent {
            // Whatever it is, it can be told.
            let _ = (sent.long(), sent.table(), sent.sort_key());
        }
        for attachment in &message.attachments {
            if draft.loose.iter().any(|(digest, _)| *digest == attachment.sha256) {
                continue;
            }
            let again = attachment_bytes(self.bytes, &attachment.place).expect("an attachment is found again");
            assert_eq!(Digest::of(&again), attachment.sha256);
            assert_eq!(again.len() as u64, attachment.bytes);
        }
        let _ = quotes::fold(&message.text);
        Ok(())
    }

    fn item(&mut self, item: ItemDraft) -> io::Result<()> {
        self.taken.items += 1;
        self.place(&item.place.locator);
        Ok(())
    }

    fn finding(&mut self, finding: Finding) {
        assert!(!finding.kind.is_empty() && !finding.what.is_empty());
        self.taken.findings += 1;
    }
}

/// Lets this reader read these bytes, whether it claims them or not.
pub fn reads(source: &dyn Source, name: &str, bytes: &[u8]) -> Taken {
    let whole = Locator::whole();
    let length = bytes.len() as u64;
    let about = About { digest: Digest::of(bytes), name, bytes: length, written: None, within: &whole };
    source.claims(&bytes[..bytes.len().min(HEAD)], &about);
    let mut settings = Settings { me: vec!["Alex Reed".to_owned()], ..Settings::default() };
    let mut asking = Asking { bytes, taken: Taken::default() };
    let outcome = source.read(&mut Cursor::new(bytes), &about, &settings, &mut asking).expect("memory can be read");
    if let Outcome::Ask(_) = outcome {
        assert_eq!(asking.taken.messages, 0, "nothing is read before the answer");
        settings.date_order = Some(DateOrder::MonthFirst);
        let outcome = source.read(&mut Cursor::new(bytes), &about, &settings, &mut asking).expect("memory can be read");
        assert_eq!(outcome, Outcome::Read, "an answer is enough");
    }
    asking.taken
}
