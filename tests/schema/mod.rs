//! Every historic book opens, becomes what `schema.sql` says, and loses nothing.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use daybook::model::{Content, Instant, Noun, RecordId};
use daybook::store::{Book, SCHEMA, StoreError};
use rusqlite::Connection;

fn historic(version: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/schema/book-1-of-format-{version}.sqlite"))
}

fn schema_of(connection: &Connection) -> Vec<(String, String, Option<String>)> {
    let mut statement = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").unwrap();
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().map(Result::unwrap).collect()
}

#[test]
fn every_historic_book_opens_whole_and_has_the_present_schema() {
    let present = Connection::open_in_memory().unwrap();
    present.execute_batch(SCHEMA).unwrap();
    let newest: u32 = present.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    for version in 1..=newest {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.daybook");
        std::fs::copy(historic(version), &path).unwrap();
        let mut book = Book::open(&path, None).unwrap();
        let check = book.check(&[]).unwrap();
        assert_eq!(check.findings, []);
        assert_eq!((check.checked.originals, check.checked.records, check.checked.journal), (1, 4, 4));
        let incident = book.versions(RecordId::new(Noun::Incident, 1)).unwrap();
        assert_eq!(incident.len(), 2);
        assert!(matches!(&incident[0].content, Content::Incident(first) if first.what == "Waited until six."));
        let head = book.evidence_head().unwrap().unwrap();
        assert_eq!(head.head.to_string(), HEADS[version as usize - 1], "the chain of format {version} never changes");
        book.write::<_, StoreError>(Instant(1_795_442_700_000), |w| {
            Ok((w.add(incident[0].content.clone())?, "Wrote in an old book".to_owned()))
        })
        .unwrap();
        assert!(book.check(&[(head.seq, head.head)]).unwrap().ok());
        drop(book);
        assert_eq!(schema_of(&Connection::open(&path).unwrap()), schema_of(&present), "format {version}");
    }
}

/// The head of each historic book, by format.
const HEADS: [&str; 4] = [
    "dd416f3bad7cb53669f9a76f45345272f2755df7c3cc20a12382693cef3632e2",
    "55d0136d58f4cbed40664d8c0d12d23c7f51adecad00c35a227af29e841523b6",
    // Formats 3 and 4 have more in their readable chapter only; their books are that of format 2, taken forward.
    "55d0136d58f4cbed40664d8c0d12d23c7f51adecad00c35a227af29e841523b6",
    "55d0136d58f4cbed40664d8c0d12d23c7f51adecad00c35a227af29e841523b6",
];

/// Makes the historic book of the present format, once, when a format is released:
/// `cargo test --test main -- --ignored make_the_historic_book`.
#[test]
#[ignore = "makes a file that is committed once for each format"]
fn make_the_historic_book() {
    let path = historic(3);
    let at = |minute: i64| Instant(1_795_442_700_000 + minute * 60_000);
    let mut book = Book::create(&path, true, None, at(0)).unwrap();
    let incident = |what: &str| -> Content {
        let json = serde_json::json!({"incident": {"kind": "nobody-there", "what": what, "due": {
            "words": "6 March 2026, 5 pm", "start": "2026-03-06T17:00:00+00:00", "precision": "minute",
            "zone": "Europe/London", "zone_source": "assumed"}}});
        serde_json::from_value(json).unwrap()
    };
    let person = serde_json::json!({"person": {"name": "Sam Reed", "role": "other-parent"}});
    book.write::<_, StoreError>(at(1), |w| {
        w.add(serde_json::from_value(person).unwrap())?;
        Ok(((), "Started the book".to_owned()))
    })
    .unwrap();
    book.write::<_, StoreError>(at(2), |w| {
        Ok((w.add(incident("Waited until six."))?, "Wrote down a contact event (INC-1)".to_owned()))
    })
    .unwrap();
    book.write::<_, StoreError>(at(3), |w| {
        let why = "looked at the ticket";
        w.amend(RecordId::new(Noun::Incident, 1), incident("Waited until ten past six."), why)?;
        Ok(((), "Corrected INC-1".to_owned()))
    })
    .unwrap();
    book.write::<_, StoreError>(at(4), |w| {
        let received = w.receive(&mut &b"From: sam@example.org\r\n\r\nI am running late.\r\n"[..])?;
        let arrival = daybook::store::Arrival {
            name: "late.eml".into(),
            media_type: "message/rfc822".into(),
            from_device: Some(daybook::model::DeviceOwner::Mine),
        };
        w.keep(&received, &arrival)?;
        let message = serde_json::json!({"message": {"channel": "email", "subject": "Late",
            "text": "I am running late.", "from": [{"address": "sam@example.org"}],
            "place": {"original": received.sha256}}});
        w.add(serde_json::from_value(message).unwrap())?;
        Ok(((), "Imported late.eml".to_owned()))
    })
    .unwrap();
    // The head goes into HEADS above.
    writeln!(std::io::stdout(), "{}", book.evidence_head().unwrap().unwrap().head).unwrap();
}
