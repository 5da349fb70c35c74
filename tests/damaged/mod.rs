//! One book for each fault. Each is made whole, then harmed as somebody with a database tool would.

use daybook::model::{Content, Digest, Instant, Note, Noun, RecordId};
use daybook::store::{Arrival, Book, Check, StoreError};
use rusqlite::Connection;

fn now(minute: i64) -> Instant {
    Instant(1_795_442_700_000 + minute * 60_000)
}

/// Bytes of which no two chunks are alike.
fn large() -> Vec<u8> {
    (0..1_500_000_u32).map(|place| (place / 1000 % 251) as u8).collect()
}

/// Six entries: three notes, a correction, two originals of which one has two chunks.
fn whole(folder: &std::path::Path) -> Book {
    let mut book = Book::create(&folder.join("reed.daybook"), false, None, now(0)).unwrap();
    let note = |text: &str| Content::Note(Note { text: text.to_owned(), about: None, when: None });
    for (minute, words) in [(1, "first"), (2, "second"), (3, "third")] {
        book.write::<_, StoreError>(now(minute), |w| Ok((w.add(note(words))?, format!("Wrote {words}")))).unwrap();
    }
    book.write::<_, StoreError>(now(4), |w| {
        w.amend(RecordId::new(Noun::Note, 2), note("second, corrected"), "a slip")?;
        Ok(((), "Corrected NOT-2".to_owned()))
    })
    .unwrap();
    for (minute, bytes) in [(5, large()), (6, b"From: sam@example.org".to_vec())] {
        let received = book.receive(&mut &bytes[..]).unwrap();
        book.write::<_, StoreError>(now(minute), |w| {
            let arrival = Arrival { name: "a.eml".into(), media_type: "message/rfc822".into(), from_device: None };
            w.keep(&received, &arrival)?;
            Ok(((), "Kept a.eml".to_owned()))
        })
        .unwrap();
    }
    book
}

/// Harms a whole book with these statements, the seat-belt taken off first, and checks it.
fn harmed(sql: &str, given: bool) -> Check {
    let folder = tempfile::tempdir().unwrap();
    let book = whole(folder.path());
    let head = book.evidence_head().unwrap().unwrap();
    let path = book.path().to_owned();
    drop(book);
    harm(&path, sql);
    let given = if given { vec![(head.seq, head.head)] } else { Vec::new() };
    Book::open(&path, None).unwrap().check(&given).unwrap()
}

fn harm(path: &std::path::Path, sql: &str) {
    let connection = Connection::open(path).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    let triggers: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    connection.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

#[test]
fn a_whole_book_has_nothing_to_report() {
    let check = harmed("", true);
    assert_eq!(check.findings, []);
    assert_eq!((check.checked.originals, check.checked.records, check.checked.journal), (2, 4, 6));
}

#[test]
fn every_fault_is_found_and_its_place_named() {
    for (story, sql, expected) in [
        (
            "a body changed",
            "UPDATE record SET body = replace(body, 'first', 'worst') WHERE row = 1",
            "changed NOT-1 version 1",
        ),
        (
            // sha256('{}') beside it: a body hashed again, but not chained again.
            "a body changed and hashed again",
            "UPDATE record SET body = '{}', sha256 = x'44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a' WHERE row = 1",
            "changed NOT-1 version 1",
        ),
        ("a digest changed", "UPDATE record SET sha256 = zeroblob(32) WHERE row = 1", "digest-changed NOT-1 version 1"),
        ("a version removed", "DELETE FROM listing; DELETE FROM record WHERE row = 4", "missing NOT-2 version 2"),
        (
            "a record removed",
            "DELETE FROM record WHERE row = 1",
            "missing NOT-1 version 1; version-gap NOT-2 version 1",
        ),
        ("a body taken out", "UPDATE record SET body = NULL WHERE row = 3", "bytes-missing NOT-3 version 1"),
        (
            "a record slipped in",
            "INSERT INTO record SELECT 5, 'NOT', 4, 1, body, sha256, 3 FROM record WHERE row = 1",
            "not-in-journal NOT-4 version 1",
        ),
        (
            "two records given each other's words",
            "CREATE TEMP TABLE swap AS SELECT row, body FROM record; UPDATE record SET body = (SELECT body FROM swap WHERE swap.row = 4 - record.row) WHERE row IN (1, 3)",
            "changed NOT-1 version 1; changed NOT-3 version 1",
        ),
        (
            "a chunk changed",
            "UPDATE chunk SET bytes = randomblob(length(bytes)) WHERE place = 0 AND receiving = 1",
            "changed original",
        ),
        (
            "two chunks swapped",
            "UPDATE chunk SET place = 9 WHERE row = 1; UPDATE chunk SET place = 0 WHERE row = 2; UPDATE chunk SET place = 1 WHERE row = 1",
            "changed original",
        ),
        ("a chunk removed", "DELETE FROM chunk WHERE receiving = 1 AND place = 1", "changed original"),
        ("all chunks removed", "DELETE FROM chunk WHERE receiving = 2", "bytes-missing original"),
        ("an original removed", "DELETE FROM original WHERE receiving = 2", "missing original"),
        (
            "a receipt changed",
            "UPDATE arrival SET body = replace(body, 'a.eml', 'b.eml') WHERE number = 1",
            "changed receipt 1",
        ),
        (
            "a sentence changed",
            "UPDATE journal SET entry = replace(entry, 'Wrote second', 'Wrote secret') WHERE seq = 2",
            "entry-changed journal entry 2",
        ),
        (
            "a time changed",
            "UPDATE journal SET entry = replace(entry, 'at 2026', 'at 2025') WHERE seq = 4",
            "entry-changed journal entry 4; clock-went-back journal entry 4",
        ),
        (
            "an entry removed",
            "DELETE FROM journal WHERE seq = 3",
            "journal-gap journal entry 4; not-in-journal NOT-3 version 1",
        ),
        ("the journal cut", "DELETE FROM journal WHERE seq = 6", "not-in-journal"),
        (
            "a head changed",
            "UPDATE journal SET head = zeroblob(32) WHERE seq = 2",
            "chain-broken journal entry 2; chain-broken journal entry 3",
        ),
        (
            "an entry called an export",
            "UPDATE journal SET evidence = 0 WHERE seq = 6",
            "entry-mislabelled journal entry 6",
        ),
        ("the book renamed", "UPDATE book SET id = 'ffffffffffffffffffffffffffffffff'", "other-book journal entry 1"),
        ("practice taken for real", "UPDATE book SET practice = 1", "other-book journal entry 1"),
        (
            "a list that says otherwise",
            "UPDATE listing SET title = 'a lie' WHERE number = 1",
            "listing-differs lists and search",
        ),
        (
            "an erasure only claimed",
            "INSERT INTO erasure SELECT 1, sha256, 'why', 0, 3 FROM record WHERE row = 3; UPDATE record SET body = NULL WHERE row = 3",
            "not-in-journal erased",
        ),
    ] {
        let check = harmed(sql, false);
        let found: Vec<String> =
            check.findings.iter().map(|finding| format!("{} {}", finding.kind, finding.place)).collect();
        assert!(!check.ok(), "{story}");
        for part in expected.split("; ") {
            assert!(found.iter().any(|found| found.starts_with(part)), "{story}: wanted {part}, found {found:?}");
        }
    }
}

/// What a local chain cannot show by itself, and what a head given to somebody else shows.
#[test]
fn a_tail_cut_off_cleanly_is_shown_by_a_head_given_away() {
    let sql =
        "DELETE FROM arrival WHERE entry = 6; DELETE FROM original WHERE entry = 6; DELETE FROM journal WHERE seq = 6";
    assert!(harmed(sql, false).ok());
    let check = harmed(sql, true);
    assert_eq!(check.findings.iter().map(|finding| finding.kind.as_str()).collect::<Vec<_>>(), ["journal-cut"]);
}

/// One byte of the file changed by chance: it is found, or no byte of evidence changed.
#[test]
fn a_changed_byte_is_found_or_harmed_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let book = whole(folder.path());
    let path = book.path().to_owned();
    let before = evidence(&book).expect("a whole book can be read");
    drop(book);
    let bytes = std::fs::read(&path).unwrap();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..150 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let place = (state % bytes.len() as u64) as usize;
        let mut harmed = bytes.clone();
        harmed[place] ^= 1 << (state >> 61);
        let other = folder.path().join("harmed.daybook");
        let _ = std::fs::remove_file(folder.path().join("harmed.daybook-wal"));
        let _ = std::fs::remove_file(folder.path().join("harmed.daybook-shm"));
        std::fs::write(&other, &harmed).unwrap();
        let Ok(book) = Book::open(&other, None) else { continue };
        let Ok(check) = book.check(&[]) else { continue };
        if check.ok() {
            assert_eq!(evidence(&book).as_ref(), Some(&before), "byte {place} was changed and nothing was found");
        }
    }
}

fn evidence(book: &Book) -> Option<(Vec<Digest>, Vec<daybook::model::Record>, u64)> {
    let mut records = Vec::new();
    for number in 1..=3 {
        records.extend(book.versions(RecordId::new(Noun::Note, number)).ok()?);
    }
    let heads = book.journal().ok()?.into_iter().map(|entry| entry.head).collect();
    let big = Digest::of(&large());
    let length = Digest::of_reader(&mut book.open_kept(&big).ok()?).ok().filter(|(digest, _)| *digest == big)?.1;
    Some((heads, records, length))
}
