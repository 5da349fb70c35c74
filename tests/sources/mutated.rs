//! Damaged at random, the same way every time: every reader answers, whatever it is given. For a long run by hand:
//! `DAYBOOK_ROUNDS=200000 cargo test --test main mutated`.

use std::fs;
use std::path::Path;

use daybook::intake::SOURCES;

use super::files;

#[path = "../fuzz/reading.rs"]
mod reading;

/// A small generator (xorshift), so that a failure can be had again.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).expect("it is below a usize")
    }
}

/// Pieces that mean something in one format or another.
const PIECES: &[&[u8]] = &[
    b"\r",
    b"\n",
    b"\n\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<",
    b">",
    b"\"",
    b"'",
    b"&#55357;",
    b"&",
    b";",
    b",",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b"\\u00e2",
    b"--",
    b"=?utf-8?B?",
    b"\nFrom ",
    b"\nFrom - \n",
    b"Content-Type: multipart/mixed\n",
    b"data=\"",
    b"<mms ",
    b"</parts>",
    b"<!DOCTYPE a [",
    b"]>",
    b"<div class=\"message\">",
    b"</div>",
    b"<span class=\"timestamp\">",
    b"BEGIN:VEVENT\n",
    b"END:VEVENT\n",
    b"DTSTART:20260329T013000\n",
    b"31/02/26, 25:61 - ",
    b"[29/02/2025, 1:00:00 am] Sam: ",
    b"\xe2\x80\x8e",
    b"99999999999999999999",
    b"-1",
    b"1e400",
    b"POLL:\n",
    b"attachments/",
    b"bplist00",
    b"AM",
    b"9999",
];

fn damage(bytes: &mut Vec<u8>, others: &[(String, Vec<u8>)], chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + chance.below(80)).min(bytes.len());
    match chance.below(8) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 | 3 => drop(bytes.splice(at..at, PIECES[chance.below(PIECES.len())].iter().copied())),
        4 if at < bytes.len() => bytes[at] = chance.below(256) as u8,
        5 => {
            let run = bytes[at..end].repeat(1 + chance.below(3));
            drop(bytes.splice(at..at, run));
        }
        6 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
        _ => {
            let other = &others[chance.below(others.len())].1;
            let from = chance.below(other.len());
            drop(bytes.splice(at..end, other[from..].iter().copied().take(400)));
        }
    }
}

/// Our own samples of a reader's format.
fn seeds(reader: &str) -> Vec<(String, Vec<u8>)> {
    let folders: &[&str] = match reader {
        "sms-backup" => &["sms"],
        "signal-text" => &["whatsapp"],
        "outlook-msg" | "msg" => &[],
        "eml" | "mbox" | "emlx" => &["eml", "mbox", "emlx"],
        other => &[other],
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources");
    let mut found = Vec::new();
    for folder in folders {
        for ending in ["txt", "json", "html", "csv", "xml", "ics", "eml", "mbox", "emlx"] {
            for path in files(&root.join(folder), ending) {
                let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
                let expected = name.ends_with(".expected.json") || (*folder == "eml" && ending == "json");
                if !expected {
                    found.push((name, fs::read(&path).expect("the sample can be read")));
                }
            }
        }
    }
    if folders.is_empty() {
        let mail = crate::cli::exports::outlook("From: Sam <sam@example.org>\r\n", "Handover", "Five is fine");
        found.push(("a.msg".to_owned(), mail));
    }
    found
}

#[test]
fn every_reader_answers_damaged_bytes() {
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    let rounds = std::env::var("DAYBOOK_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(400);
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    let only = std::env::var("DAYBOOK_READER").ok();
    for (number, source) in (1..).zip(SOURCES) {
        if only.as_ref().is_some_and(|only| only != source.name()) {
            continue;
        }
        let seeds = seeds(source.name());
        assert!(!seeds.is_empty(), "{} has no sample", source.name());
        let mut chance = Chance(0x5eed_da1b_00c5_0000 + number);
        let mut messages = 0;
        for (name, bytes) in &seeds {
            let taken = reading::reads(*source, name, bytes);
            messages += taken.messages + taken.items;
        }
        assert!(messages > 0, "{} reads none of its samples", source.name());
        for round in 0..rounds {
            let (name, mut bytes) = seeds[chance.below(seeds.len())].clone();
            for _ in 0..=chance.below(8) {
                damage(&mut bytes, &seeds, &mut chance);
            }
            let read = std::panic::AssertUnwindSafe(|| reading::reads(*source, &name, &bytes));
            if let Err(panic) = std::panic::catch_unwind(read) {
                let kept = std::env::temp_dir().join(format!("daybook-{}-{round}", source.name()));
                fs::write(&kept, &bytes).expect("the case can be kept");
                panic!("{} at round {round}, kept as {}: {panic:?}", source.name(), kept.display());
            }
        }
    }
}
