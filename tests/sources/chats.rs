//! Chat exports: our own samples, each beside what must be read from it, and public ones where they are. To
//! write the expected JSON anew after a change that was meant: `DAYBOOK_BLESS=1 cargo test --test main chats`.

use std::fs;
use std::io::{self, Cursor};
use std::path::{Path, PathBuf};

use daybook::intake::{About, HEAD, ItemDraft, MessageDraft, Outcome, Settings, Sink, detect};
use daybook::model::{Digest, Finding, Instant, Locator, LocatorStep};
use proptest::prelude::*;
use serde_json::json;

use super::{corpus, files};

/// The formats of chats and calls, and how their files end.
const FORMATS: [&str; 5] = ["whatsapp", "messenger", "telegram", "imessage", "call-log"];
const ENDINGS: [&str; 4] = ["txt", "json", "html", "csv"];

/// What a reader gave.
#[derive(Default)]
struct Taken {
    drafts: Vec<MessageDraft>,
    findings: Vec<Finding>,
}

impl Sink for Taken {
    fn message(&mut self, draft: MessageDraft) -> io::Result<()> {
        self.drafts.push(draft);
        Ok(())
    }

    fn item(&mut self, _item: ItemDraft) -> io::Result<()> {
        Ok(())
    }

    fn finding(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

/// Reads as an import does, and asks of it what every reading must keep. `None`: no chat reader claims it.
fn read(bytes: &[u8], name: &str, settings: &Settings) -> Option<(&'static str, Outcome, Taken)> {
    let whole = Locator::whole();
    let digest = Digest::of(bytes);
    let written = Instant::from_rfc3339("2026-11-23T12:00:00Z");
    let about = About { digest, name, bytes: bytes.len() as u64, written, within: &whole };
    let source = detect(&bytes[..bytes.len().min(HEAD)], &about).filter(|source| source.name() != "eml")?;
    let mut taken = Taken::default();
    let outcome = source.read(&mut Cursor::new(bytes), &about, settings, &mut taken).expect("memory can be read");
    if matches!(outcome, Outcome::Ask(_)) {
        assert!(taken.drafts.is_empty(), "{name}: nothing is read before the answer");
    }
    let mut last = 0;
    let mut prints: Vec<Digest> = Vec::new();
    for draft in &taken.drafts {
        let message = &draft.message;
        let place = message.place.as_ref().unwrap_or_else(|| panic!("{name}: a message stands somewhere"));
        let Some(LocatorStep::Bytes { start, length }) = place.locator.0.last() else { panic!("{name}: no bytes") };
        assert!(start + length <= bytes.len() as u64 && *length > 0, "{name}: {start} {length}");
        let number = message.chat.as_ref().map_or(0, |chat| chat.number);
        assert!(number > 0, "{name}");
        last = last.max(number);
        prints.extend(message.fingerprint);
        if let Some(sent) = &message.sent {
            assert!(!sent.words.is_empty(), "{name}");
        }
    }
    assert_eq!(prints.len(), taken.drafts.len(), "{name}");
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), taken.drafts.len(), "{name}: two messages with one fingerprint");
    for finding in &taken.findings {
        assert!(!finding.kind.is_empty() && finding.what.ends_with('.') && finding.place == name, "{finding:?}");
    }
    Some((source.name(), outcome, taken))
}

fn settings() -> Settings {
    Settings { me: vec!["Alex Reed".to_owned()], ..Settings::default() }
}

fn folder(format: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources").join(format)
}

#[test]
fn every_sample_of_a_chat_reads_as_expected() {
    let mut count = 0;
    for format in FORMATS {
        for kind in ["standard", "real-world-shaped", "malformed"] {
            for ending in ENDINGS {
                let samples = files(&folder(format).join(kind), ending);
                for sample in samples.iter().filter(|path| !path.to_string_lossy().ends_with(".expected.json")) {
                    count += 1;
                    sample_reads_as_expected(sample);
                }
            }
        }
    }
    assert!(count >= 24, "only {count} samples");
}

/// Beside the sample; a page and a text of one name have one each.
fn expected_of(sample: &Path) -> PathBuf {
    let ending = sample.extension().unwrap_or_default().to_string_lossy();
    sample.with_extension(if ending == "html" { "html.expected.json" } else { "expected.json" })
}

fn sample_reads_as_expected(sample: &Path) {
    let name = sample.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let bytes = fs::read(sample).expect("the sample can be read");
    let found = match read(&bytes, &name, &settings()) {
        None => json!({ "source": null }),
        Some((source, outcome, taken)) => json!({
            "source": source,
            "asks": match outcome { Outcome::Read => None, Outcome::Ask(question) => Some(format!("{question:?}")) },
            "findings": taken.findings.iter().map(|finding| &finding.kind).collect::<Vec<_>>(),
            "messages": taken.drafts.iter().map(|draft| json!({
                "message": draft.message,
                "beside": draft.beside.iter().map(|file| &file.name).collect::<Vec<_>>(),
                "partly": draft.partly,
            })).collect::<Vec<_>>(),
        }),
    };
    let found = serde_json::to_string_pretty(&found).expect("a message is JSON") + "\n";
    let expected = expected_of(sample);
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    if std::env::var_os("DAYBOOK_BLESS").is_some() {
        fs::write(&expected, &found).expect("the expected JSON can be written");
    }
    let expected = fs::read_to_string(&expected).unwrap_or_else(|_| panic!("{name} has no expected JSON"));
    assert_eq!(found, expected, "{name}");
}

/// Exported as a page and as text, a message is the same one.
#[test]
fn a_page_and_a_text_hold_the_same_messages() {
    let page = fs::read(folder("imessage").join("standard/Sam Reed.html")).expect("the sample can be read");
    let text = "Sep 18, 2026  5:04:05 PM (Read by you after 1 minute)\nSam Reed\nHandover at five & not six?\n\nSame place\n\n\
                Sep 18, 2026  5:06:00 PM\nMe\nFive is fine\nThis message responded to an earlier message.\n\n\
                Sep 18, 2026  5:07:00 PM You named the conversation Robin & school\n\n\
                Sep 18, 2026  5:08:00 PM\nMe\nSee you at five\nEdited 1 minute, 5 seconds later: See you at half past five\n\
                attachments/12/345.jpeg\nattachments/12/346.pdf\n\n\
                Sep 18, 2026  5:09:00 PM\nSam Reed\nSam Reed unsent this message part 10 seconds after sending!\n\n\
                Oct 25, 2026  1:30:00 AM\nSam Reed\nThis message was deleted from the conversation!\nI will not bring her\nSent with Slam\n";
    let (_, _, page) = read(&page, "Sam Reed.html", &settings()).expect("a chat");
    let (_, _, text) = read(text.as_bytes(), "Sam Reed.txt", &settings()).expect("a chat");
    let of = |taken: &Taken| -> Vec<_> {
        taken.drafts.iter().map(|draft| (draft.message.fingerprint, draft.message.text.clone())).collect()
    };
    assert_eq!(of(&page), of(&text));
}

/// Bytes of a message's place are the bytes of its lines.
#[test]
fn the_place_of_a_message_is_its_lines() {
    let text = "18/09/2026, 17:04 - Sam: one\n18/09/2026, 17:05 - Alex: two\r\nmore \r\n\n18/09/2026, 17:06 - Sam: end";
    let (_, _, taken) = read(text.as_bytes(), "WhatsApp Chat with Sam.txt", &settings()).expect("a chat");
    let pieces: Vec<&str> = taken
        .drafts
        .iter()
        .map(|draft| match draft.message.place.as_ref().and_then(|place| place.locator.0.last()) {
            Some(LocatorStep::Bytes { start, length }) => &text[*start as usize..(*start + *length) as usize],
            _ => "",
        })
        .collect();
    assert_eq!(pieces.concat(), text);
    assert_eq!(taken.drafts[1].message.text, "two\nmore \n");
}

/// The same chat from an Android phone with 12 hours and from a later, longer export: the same messages.
#[test]
fn a_longer_export_gives_the_same_fingerprints() {
    let prints = |text: &str| {
        let (_, _, taken) = read(text.as_bytes(), "WhatsApp Chat with Sam.txt", &settings()).expect("a chat");
        taken.drafts.iter().map(|draft| draft.message.fingerprint.expect("it has one")).collect::<Vec<_>>()
    };
    let first = prints("18/09/2026, 17:04 - Sam: ok\n18/09/2026, 17:04 - Sam: ok\n19/09/2026, 08:00 - Alex: five?\n");
    let later = prints(
        "17/09/2026, 10:00 am - Alex: older\n18/09/2026, 5:04 pm - Sam: ok\n18/09/2026, 5:04 pm - Sam: ok\n19/09/2026, 8:00 am - Alex: five?\n20/09/2026, 8:00 am - Sam: new\n",
    );
    assert_eq!(first, later[1..4]);
    assert_ne!(first[0], first[1], "equal ones in one minute stay two");
}

/// 03/04 has two readings and nothing in the file tells: nothing is read, a person is asked.
#[test]
fn habit_alone_never_decides() {
    let text = "03/04/2026, 17:04 - Sam: one\n05/06/2026, 17:05 - Alex: two\n";
    let (_, outcome, taken) = read(text.as_bytes(), "chat.txt", &settings()).expect("a chat");
    assert!(matches!(outcome, Outcome::Ask(_)) && taken.drafts.is_empty());
    let order = Some(daybook::intake::DateOrder::MonthFirst);
    let (_, outcome, taken) =
        read(text.as_bytes(), "chat.txt", &Settings { date_order: order, ..settings() }).expect("a chat");
    assert_eq!(outcome, Outcome::Read);
    let date = taken.drafts[0].message.sent.as_ref().map(|sent| sent.start.date.to_string());
    assert_eq!(date.as_deref(), Some("2026-03-04"));
}

#[test]
fn other_texts_are_declined() {
    for text in [
        "Notes\n18/09/2026, 17:04 - nobody came\nSomething else\n",
        "18/09/2026, 17:04 - nobody came",
        "On 18/09/2026 at 17:04: hello\n",
        "",
        "{\"messages\": 3}",
        "{\"participants\": []}",
    ] {
        assert!(read(text.as_bytes(), "notes.txt", &settings()).is_none(), "{text}");
    }
}

/// What each public sample must give: source, messages, first and last date, how dates were read.
#[test]
fn every_public_chat_is_accounted_for() {
    let Some(corpus) = corpus() else {
        use std::io::Write as _;
        let _ = writeln!(io::stderr(), "skipped: public chats; DAYBOOK_CORPUS names no folder of samples");
        return;
    };
    let mut found = Vec::new();
    for ending in ["txt", "json"] {
        for sample in files(&corpus, ending) {
            let path = sample.strip_prefix(&corpus).expect("it is below").display().to_string();
            let words = ["whatsapp", "telegram", "messenger", "instagram", "signal", "facebook_chat"];
            if !words.iter().any(|word| path.contains(word)) {
                continue;
            }
            let name = sample.file_name().expect("a file has a name").to_string_lossy().into_owned();
            let bytes = fs::read(&sample).expect("the sample can be read");
            let Some((source, outcome, taken)) = read(&bytes, &name, &settings()) else {
                found.push(format!("{path}: declined"));
                continue;
            };
            let dates: Vec<String> = taken
                .drafts
                .iter()
                .filter_map(|draft| draft.message.sent.as_ref().map(|sent| sent.start.date.to_string()))
                .collect();
            let order = taken.findings.iter().find(|finding| finding.kind == "date-order");
            let order = order.map_or("", |finding| finding.what.split(',').next().unwrap_or_default());
            let asks = if matches!(outcome, Outcome::Ask(_)) { ", asks" } else { "" };
            let (first, last) = (dates.first().cloned().unwrap_or_default(), dates.last().cloned().unwrap_or_default());
            found.push(format!("{path}: {source}, {} read, {first} to {last}{asks}. {order}", taken.drafts.len()));
        }
    }
    found.sort();
    let found = found.join("\n") + "\n";
    let table = folder("chats-corpus.txt");
    #[expect(clippy::disallowed_methods, reason = "tests are an edge of their own")]
    if std::env::var_os("DAYBOOK_BLESS").is_some() {
        fs::write(&table, &found).expect("the table can be written");
    }
    assert_eq!(found, fs::read_to_string(&table).expect("the table is there"));
}

fn bytes_of_samples() -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    for format in FORMATS {
        for ending in ENDINGS {
            for path in files(&folder(format), ending) {
                if !path.to_string_lossy().ends_with(".expected.json") {
                    let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
                    all.push((name, fs::read(&path).expect("the sample can be read")));
                }
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Bytes changed, taken out and doubled anywhere: an answer, and every promise of a reading is kept.
    #[test]
    fn mutated_chats_are_read_or_declined(which: usize, changes in proptest::collection::vec((any::<usize>(), any::<u8>(), 0..4_u8), 1..12)) {
        let samples = bytes_of_samples();
        let (name, mut bytes) = samples[which % samples.len()].clone();
        for (at, byte, kind) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = at % bytes.len();
            match kind {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => { let piece: Vec<u8> = bytes[at..bytes.len().min(at + 40)].to_vec(); bytes.splice(at..at, piece); }
                _ => bytes.truncate(at.max(1)),
            }
        }
        let _ = read(&bytes, &name, &settings());
    }
}
