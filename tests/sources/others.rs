//! The readers of formats other than plain e-mail, against the public samples: every file is read or
//! accounted for, and what was read is the same as in the table beside this.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use daybook::intake::{About, HEAD, Outcome, Settings, attachment_bytes, detect};
use daybook::model::{Digest, Locator};
use serde_json::{Value, json};

use super::{Collect, corpus, files};

/// What one file gave, as the table has it.
fn account(bytes: &[u8], name: &str) -> Value {
    let whole = Locator::whole();
    let about = About { digest: Digest::of(bytes), name, bytes: bytes.len() as u64, written: None, within: &whole };
    let Some(source) = detect(&bytes[..bytes.len().min(HEAD)], &about) else { return json!("not claimed") };
    let mut collect = Collect::default();
    let read = source.read(&mut Cursor::new(bytes), &about, &Settings::default(), &mut collect);
    assert_eq!(read.expect("memory can be read"), Outcome::Read, "{name}");
    assert!(
        !(collect.drafts.is_empty() && collect.items.is_empty() && collect.findings.is_empty()),
        "{name}: neither read nor accounted for"
    );
    let mut attachments = 0;
    for draft in &collect.drafts {
        assert!(draft.message.place.is_some() && draft.message.fingerprint.is_some(), "{name}");
        for attachment in &draft.message.attachments {
            let again = attachment_bytes(bytes, &attachment.place).unwrap_or_else(|| panic!("{name}: not found again"));
            assert_eq!(Digest::of(&again), attachment.sha256, "{name}: {:?}", attachment.name);
            attachments += 1;
        }
    }
    let mut kinds: Vec<&str> = collect.findings.iter().map(|finding| finding.kind.as_str()).collect();
    kinds.dedup();
    json!({
        "format": source.name(),
        "messages": collect.drafts.len(),
        "dated": collect.drafts.iter().filter(|draft| draft.message.sent.is_some()).count()
            + collect.items.iter().filter(|item| item.when.is_some()).count(),
        "items": collect.items.len(),
        "attachments": attachments,
        "subject": collect.drafts.first().and_then(|draft| draft.message.subject.clone()),
        "findings": kinds,
    })
}

#[test]
#[expect(clippy::print_stderr, reason = "a test says what it passed over")]
fn every_public_sample_is_accounted_for() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: the public samples are not here");
        return;
    };
    let mut found = serde_json::Map::new();
    let folders = [
        ("terhechte+emlx", "emlx"),
        ("marirs+msg-parser-rs", "msg"),
        ("devadvance+sms-backup-reader-2", "xml"),
        ("collective+icalendar", "ics"),
        ("dovecot+imaptest", "mbox"),
        ("stalwartlabs+mail-parser", "mbox"),
    ];
    for (folder, ending) in folders {
        for path in files(&corpus.join(folder), ending) {
            let name = path.strip_prefix(&corpus).unwrap_or(&path).display().to_string();
            let bytes = fs::read(&path).expect("a sample can be read");
            found.insert(name.clone(), account(&bytes, &name));
        }
    }
    let found = serde_json::to_string_pretty(&found).expect("a table is JSON") + "\n";
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources/others.json");
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    if std::env::var_os("DAYBOOK_BLESS").is_some() {
        fs::write(&table, &found).expect("the table can be written");
    }
    let expected = fs::read_to_string(&table).expect("the table is beside this");
    assert!(found == expected, "what was read differs from tests/sources/others.json");
}

/// Bytes changed and cut at many places: an answer in every case, and no panic.
#[test]
#[expect(clippy::print_stderr, reason = "a test says what it passed over")]
fn damaged_files_are_answered() {
    let Some(corpus) = corpus() else {
        eprintln!("skipped: the public samples are not here");
        return;
    };
    let samples = [
        "terhechte+emlx/tests/emails/2.emlx",
        "marirs+msg-parser-rs/data/unicode.msg",
        "devadvance+sms-backup-reader-2/tests/e2e/fixtures/sample_mms.xml",
        "collective+icalendar/src/icalendar/tests/calendars/timezoned.ics",
    ];
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % below.max(1) as u64) as usize
    };
    for sample in samples {
        let whole = fs::read(corpus.join(sample)).expect("a sample can be read");
        for _ in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..=random(8) {
                let at = random(bytes.len());
                bytes[at] = random(256) as u8;
            }
            if random(3) == 0 {
                bytes.truncate(random(whole.len()));
            }
            let about = Locator::whole();
            let about = About {
                digest: Digest::of(&bytes),
                name: sample,
                bytes: bytes.len() as u64,
                written: None,
                within: &about,
            };
            let Some(source) = detect(&bytes[..bytes.len().min(HEAD)], &about) else { continue };
            let mut collect = Collect::default();
            source
                .read(&mut Cursor::new(&bytes), &about, &Settings::default(), &mut collect)
                .expect("memory can be read");
        }
    }
}
