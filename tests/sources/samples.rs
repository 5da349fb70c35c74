//! Mailboxes, Apple's and Outlook's mails, backups of telephones and calendars: our own samples, each beside what must be read from it. To
//! write the expected JSON anew after a change that was meant: `DAYBOOK_BLESS=1 cargo test --test main samples`.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use daybook::intake::{About, HEAD, Outcome, Settings, attachment_bytes, detect};
use daybook::model::{Digest, Locator};
use serde_json::{Value, json};

use super::{Collect, files};

#[test]
fn every_sample_reads_as_expected() {
    for (format, ending) in [("sms", "xml"), ("mbox", "mbox"), ("emlx", "emlx"), ("ics", "ics"), ("msg", "msg")] {
        for kind in ["standard", "real-world-shaped", "malformed"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources").join(format).join(kind);
            let samples = files(&folder, ending);
            assert!(!samples.is_empty(), "{} is empty", folder.display());
            for sample in samples {
                check(&sample);
            }
        }
    }
}

fn check(sample: &Path) {
    let name = sample.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let bytes = fs::read(sample).expect("the sample can be read");
    let found = serde_json::to_string_pretty(&read(&bytes, &name)).expect("a message is JSON") + "\n";
    let expected = sample.with_extension("expected.json");
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    if std::env::var_os("DAYBOOK_BLESS").is_some() {
        fs::write(&expected, &found).expect("the expected JSON can be written");
    }
    let expected = fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{name} has no expected JSON"));
    assert_eq!(found, expected, "{name}");
}

fn read(bytes: &[u8], name: &str) -> Value {
    let whole = Locator::whole();
    let about = About { digest: Digest::of(bytes), name, bytes: bytes.len() as u64, written: None, within: &whole };
    let Some(source) = detect(&bytes[..bytes.len().min(HEAD)], &about) else { return json!({ "source": null }) };
    let mut collect = Collect::default();
    let outcome = source.read(&mut Cursor::new(bytes), &about, &Settings::default(), &mut collect);
    assert_eq!(outcome.expect("memory can be read"), Outcome::Read, "{name}");
    for attachment in collect.drafts.iter().flat_map(|draft| &draft.message.attachments) {
        let again = attachment_bytes(bytes, &attachment.place).unwrap_or_else(|| panic!("{name}: not found again"));
        assert_eq!(Digest::of(&again), attachment.sha256, "{name}");
    }
    json!({
        "source": source.name(),
        "findings": collect.findings.iter().map(|finding| &finding.kind).collect::<Vec<_>>(),
        "messages": collect.drafts.iter().map(|draft| json!({
            "message": draft.message,
            "partly": draft.partly,
        })).collect::<Vec<_>>(),
        "items": collect.items.iter().map(|item| json!({
            "title": item.title,
            "when": item.when,
            "text": item.text,
        })).collect::<Vec<_>>(),
    })
}
