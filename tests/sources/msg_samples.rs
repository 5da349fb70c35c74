//! Writes the samples of messages saved from Outlook, which no other program here can: `cargo test --test main -- --ignored
//! make_the_samples_of_outlook`. They are read by the tests of `samples.rs`.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

/// 6 March 2026, 17:20:00 in UTC, as Windows counts.
const SENT: u64 = (1_772_817_600 + 11_644_473_600) * 10_000_000;

/// How the words of a file are written.
#[derive(Clone, Copy)]
enum Letters {
    Unicode,
    /// In the code page 1252.
    Western,
}

/// A saved message under way.
pub struct Saved {
    file: cfb::CompoundFile<Cursor<Vec<u8>>>,
    letters: Letters,
}

impl Saved {
    fn new(letters: Letters) -> Self {
        Saved { file: cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("memory can be written"), letters }
    }

    /// An e-mail in Unicode with its time.
    pub fn mail() -> Self {
        let mut saved = Saved::new(Letters::Unicode);
        saved.table("/", 32, &[(0x40, 0x0039, SENT)]);
        saved.words("/", "001A", "IPM.Note");
        saved
    }

    fn storage(&mut self, path: &str) {
        self.file.create_storage(path).expect("a new storage");
    }

    fn stream(&mut self, path: &str, bytes: &[u8]) {
        self.file.create_stream(path).and_then(|mut stream| stream.write_all(bytes)).expect("a new stream");
    }

    pub fn words(&mut self, at: &str, id: &str, words: &str) {
        let (kind, bytes): (&str, Vec<u8>) = match self.letters {
            Letters::Unicode => ("001F", words.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Letters::Western => ("001E", words.chars().map(|letter| u32::from(letter) as u8).collect()),
        };
        self.stream(&format!("{at}__substg1.0_{id}{kind}"), &bytes);
    }

    /// The table of fixed properties: so many bytes before it, then a kind, a number and a value each.
    fn table(&mut self, at: &str, before: usize, rows: &[(u16, u16, u64)]) {
        let mut bytes = vec![0; before];
        for (kind, id, value) in rows {
            bytes.extend(kind.to_le_bytes());
            bytes.extend(id.to_le_bytes());
            bytes.extend([0; 4]);
            bytes.extend(value.to_le_bytes());
        }
        self.stream(&format!("{at}__properties_version1.0"), &bytes);
    }

    fn recipient(&mut self, number: u32, kind: u64, name: &str, address: &str) {
        let at = format!("/__recip_version1.0_#{number:08X}");
        self.storage(&at);
        let at = format!("{at}/");
        self.table(&at, 8, &[(3, 0x0C15, kind)]);
        self.words(&at, "3001", name);
        self.words(&at, "39FE", address);
    }

    fn attachment(
        &mut self,
        number: u32,
        name: &str,
        media_type: &str,
        bytes: &[u8],
        rows: &[(u16, u16, u64)],
    ) -> String {
        let at = format!("/__attach_version1.0_#{number:08X}");
        self.storage(&at);
        let at = format!("{at}/");
        self.table(&at, 8, rows);
        self.words(&at, "3707", name);
        self.words(&at, "370E", media_type);
        self.stream(&format!("{at}__substg1.0_37010102"), bytes);
        at
    }

    pub fn finish(mut self) -> Vec<u8> {
        self.file.flush().expect("memory can be written");
        self.file.into_inner().into_inner()
    }
}

/// As Outlook saves one that came by the internet: its header lines are in it.
fn received() -> Vec<u8> {
    let mut saved = Saved::mail();
    saved.words("/", "0037", "This weekend");
    saved.words("/", "1000", "Not this weekend, Zoë has a cold.\r\n");
    let headers = "From: Sam Reed <sam@example.org>\r\nTo: Alex Reed <alex@example.com>\r\nCc: office@example.net\r\n\
                   Date: Fri, 6 Mar 2026 17:20:00 +0000\r\nSubject: This weekend\r\nMessage-ID: <received@example.org>\r\n\
                   In-Reply-To: <asked@example.com>\r\n\r\n";
    saved.words("/", "007D", headers);
    saved.attachment(0, "letter.txt", "text/plain", b"The surgery can see her on Monday.\r\n", &[]);
    saved.finish()
}

/// As Outlook saves one that never left the firm's own server: no header lines, names of the server for addresses, the
/// code page of Windows, a web page for its text, a picture in it, and the message it answers attached.
fn from_a_firm() -> Vec<u8> {
    let mut saved = Saved::new(Letters::Western);
    saved.table("/", 32, &[(0x40, 0x0039, SENT), (3, 0x3FFD, 1252), (3, 0x3FDE, 1252)]);
    saved.words("/", "001A", "IPM.Note");
    saved.words("/", "0037", "RE: Café at the library");
    saved.words("/", "0C1A", "Reed, Alex");
    saved.words("/", "0C1F", "/O=FIRM/OU=EXCHANGE/CN=RECIPIENTS/CN=ALEX");
    saved.words("/", "5D01", "alex@example.com");
    saved.words("/", "1035", "<sent@example.com>");
    saved.stream("/__substg1.0_10130102", b"<p>See you at the caf\xe9 at <b>five</b>.</p><img src=\"cid:door\">");
    saved.recipient(0, 1, "Sam Reed", "sam@example.org");
    saved.recipient(1, 2, "office@example.net", "office@example.net");
    let at = saved.attachment(0, "door.png", "image/png", b"\x89PNG\r\n\x1a\n", &[(3, 0x3714, 4)]);
    saved.words(&at, "3712", "door");
    let inside = "/__attach_version1.0_#00000001";
    saved.storage(inside);
    saved.table(&format!("{inside}/"), 8, &[(3, 0x3705, 5)]);
    let inside = format!("{inside}/__substg1.0_3701000D");
    saved.storage(&inside);
    let inside = format!("{inside}/");
    saved.table(&inside, 24, &[(0x40, 0x0039, SENT - 36_000_000_000), (3, 0x3FFD, 1252)]);
    saved.words(&inside, "001A", "IPM.Note");
    saved.words(&inside, "0037", "Café at the library");
    saved.words(&inside, "0C1A", "Sam Reed");
    saved.words(&inside, "5D01", "sam@example.org");
    saved.words(&inside, "1000", "Is five all right?");
    saved.finish()
}

/// A message without a date or a sender, with an object of another program in it.
fn without_a_date() -> Vec<u8> {
    let mut saved = Saved::new(Letters::Unicode);
    saved.table("/", 32, &[]);
    saved.words("/", "0037", "No date");
    saved.words("/", "1000", "Words all the same.");
    let object = "/__attach_version1.0_#00000000";
    saved.storage(object);
    saved.table(&format!("{object}/"), 8, &[(3, 0x3705, 6)]);
    saved.words(&format!("{object}/"), "3001", "Drawing");
    saved.finish()
}

/// A file of Office that is no message, under the name of one.
fn no_message() -> Vec<u8> {
    let mut saved = Saved::new(Letters::Unicode);
    saved.stream("/WordDocument", b"no words here");
    saved.finish()
}

#[test]
#[ignore = "makes files that are committed"]
fn make_the_samples_of_outlook() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources/msg");
    let whole = received();
    for (name, bytes) in [
        ("standard/received.msg", whole.clone()),
        ("real-world-shaped/from a firm.msg", from_a_firm()),
        ("malformed/without a date.msg", without_a_date()),
        ("malformed/no message.msg", no_message()),
        ("malformed/cut off.msg", whole[..whole.len() / 2].to_vec()),
    ] {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
        fs::write(path, bytes).expect("a sample can be written");
    }
}
