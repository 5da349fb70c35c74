use std::io::{Cursor, Write as _};

use super::*;
use crate::intake::samples::Collect;
use crate::intake::{attachment_bytes, detect};

/// A saved message being made: streams by their paths.
struct Maker(CompoundFile<Cursor<Vec<u8>>>);

impl Maker {
    fn new() -> Self {
        Maker(CompoundFile::create(Cursor::new(Vec::new())).expect("memory can be written"))
    }

    fn storage(&mut self, path: &str) {
        self.0.create_storage(path).expect("a new storage");
    }

    fn stream(&mut self, path: &str, bytes: &[u8]) {
        self.0.create_stream(path).and_then(|mut stream| stream.write_all(bytes)).expect("a new stream");
    }

    fn words(&mut self, path: &str, id: u16, text: &str) {
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.stream(&format!("{path}__substg1.0_{id:04X}001F"), &bytes);
    }

    fn table(&mut self, path: &str, header: usize, rows: &[(u16, u16, u64)]) {
        let mut bytes = vec![0; header];
        for (kind, id, value) in rows {
            bytes.extend(kind.to_le_bytes());
            bytes.extend(id.to_le_bytes());
            bytes.extend([0; 4]);
            bytes.extend(value.to_le_bytes());
        }
        self.stream(&format!("{path}__properties_version1.0"), &bytes);
    }

    fn bytes(mut self) -> Vec<u8> {
        self.0.flush().expect("memory can be written");
        self.0.into_inner().into_inner()
    }
}

fn read(bytes: &[u8]) -> Collect {
    let whole = Locator::whole();
    let about = About {
        digest: Digest::of(bytes),
        name: "today.msg",
        bytes: bytes.len() as u64,
        written: None,
        within: &whole,
    };
    assert_eq!(detect(bytes, &about).map(Source::name), Some("msg"));
    let mut collect = Collect::default();
    MsgSource.read(&mut Cursor::new(bytes), &about, &Settings::default(), &mut collect).expect("memory can be read");
    for draft in &collect.drafts {
        for attachment in &draft.message.attachments {
            let again = attachment_bytes(bytes, &attachment.place).expect("its bytes are found again");
            assert_eq!(Digest::of(&again), attachment.sha256);
        }
    }
    collect
}

/// 18 September 2026, 16:02:11 in UTC, as Windows counts.
const SENT: u64 = (1_789_747_331 + 11_644_473_600) * 10_000_000;

#[test]
fn a_message_without_header_lines() {
    let mut maker = Maker::new();
    maker.table("/", 32, &[(0x0040, 0x0039, SENT)]);
    maker.words("/", 0x001A, "IPM.Note");
    maker.words("/", 0x0037, "Today");
    maker.words("/", 0x1000, "Not coming.\r\n");
    maker.words("/", 0x0042, "Sam Reed");
    maker.words("/", 0x5D01, "sam@example.org");
    maker.storage("/__recip_version1.0_#00000000");
    maker.table("/__recip_version1.0_#00000000/", 8, &[(3, 0x0C15, 1)]);
    maker.words("/__recip_version1.0_#00000000/", 0x3001, "Alex Reed");
    maker.words("/__recip_version1.0_#00000000/", 0x39FE, "alex@example.org");
    maker.storage("/__attach_version1.0_#00000000");
    maker.table("/__attach_version1.0_#00000000/", 8, &[(3, 0x3705, 1)]);
    maker.words("/__attach_version1.0_#00000000/", 0x3707, "plan.txt");
    maker.stream("/__attach_version1.0_#00000000/__substg1.0_37010102", b"whole bytes");
    let read = read(&maker.bytes());
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let message = &read.drafts[0].message;
    assert_eq!((message.subject.as_deref(), message.text.as_str()), (Some("Today"), "Not coming."));
    assert_eq!(message.from[0], Address { name: Some("Sam Reed".into()), address: Some("sam@example.org".into()) });
    assert_eq!(message.to[0].address.as_deref(), Some("alex@example.org"));
    assert_eq!(
        message.sent.as_ref().map(|when| when.london().to_string()).as_deref(),
        Some("2026-09-18T17:02:11+01:00")
    );
    assert_eq!((message.attachments[0].name.as_deref(), message.attachments[0].bytes), (Some("plan.txt"), 11));
}

#[test]
fn words_in_a_code_page_and_the_message_inside() {
    let mut maker = Maker::new();
    maker.table("/", 32, &[(3, 0x3FFD, 1250), (0x0040, 0x0039, SENT)]);
    maker.stream("/__substg1.0_0037001E", b"Za\xbf\xf3\xb3\xe6");
    maker.stream("/__substg1.0_007D001E", b"From: Sam <sam@example.org>\r\nTo: alex@example.org\r\nDate: Fri, 18 Sep 2026 17:02:11 +0100\r\nMessage-ID: <1@example.org>\r\n\r\n");
    maker.storage("/__attach_version1.0_#00000000");
    maker.table("/__attach_version1.0_#00000000/", 8, &[(3, 0x3705, 5)]);
    maker.storage("/__attach_version1.0_#00000000/__substg1.0_3701000D");
    let inner = "/__attach_version1.0_#00000000/__substg1.0_3701000D/";
    maker.table(inner, 24, &[]);
    maker.words(inner, 0x0037, "The one inside");
    let read = read(&maker.bytes());
    assert_eq!(read.drafts.len(), 2);
    assert_eq!(read.drafts[0].message.subject.as_deref(), Some("Zażółć"));
    assert_eq!(read.drafts[0].message.thread.message_id.as_deref(), Some("1@example.org"));
    assert_eq!(read.drafts[1].message.subject.as_deref(), Some("The one inside"));
    let kinds: Vec<&str> = read.findings.iter().map(|finding| finding.kind.as_str()).collect();
    assert_eq!(kinds, ["message-inside", "sender-missing", "date-missing"]);
}

#[test]
fn a_compound_file_that_is_no_message_or_is_damaged() {
    let mut maker = Maker::new();
    maker.stream("/WordDocument", b"words");
    let office = read(&maker.bytes());
    assert_eq!(office.findings[0].kind, "not-a-saved-message");
    let mut maker = Maker::new();
    maker.table("/", 32, &[]);
    let mut bytes = maker.bytes();
    bytes.truncate(600);
    let damaged = read(&bytes);
    assert_eq!(damaged.findings[0].kind, "damaged");
}
