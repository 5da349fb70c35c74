//! Evidence is added to and nothing else, also by a program that knows nothing of Daybook.

use super::fixture::*;
use crate::model::{Content, Noun};
use crate::store::{Filter, StoreError};

fn filled() -> Shelf {
    let mut shelf = shelf();
    shelf.keep("a.eml", b"From: sam@example.org\n\nHello");
    shelf.add(note("first words"));
    shelf.add(Content::Person(sam()));
    shelf
}

#[test]
fn another_program_cannot_change_evidence() {
    let shelf = filled();
    let foreign = shelf.foreign();
    foreign.execute_batch("PRAGMA recursive_triggers = OFF; PRAGMA foreign_keys = OFF").unwrap();
    let before: Vec<String> = dump(&foreign);
    let columns = [
        ("book", "one, id, practice, made_at", "practice = 1", "one"),
        ("journal", "seq, entry, prev, leaf, head, evidence", "entry = 'x'", "seq"),
        ("record", "row, noun, number, version, body, sha256, entry", "body = '{}'", "row"),
        ("receiving", "number, process, sha256", "process = 7", "number"),
        ("chunk", "row, receiving, place, bytes", "bytes = x'00'", "row"),
        ("original", "sha256, bytes, receiving, kept_at, entry", "bytes = 7", "sha256"),
        ("arrival", "number, original, body, sha256, entry", "body = '{}'", "number"),
    ];
    for (table, all, change, key) in columns {
        for sql in [
            format!("UPDATE {table} SET {change}"),
            format!("UPDATE OR REPLACE {table} SET {change}"),
            format!("DELETE FROM {table}"),
            format!("INSERT OR REPLACE INTO {table} ({all}) SELECT {all} FROM {table} LIMIT 1"),
            format!("REPLACE INTO {table} ({all}) SELECT {all} FROM {table} LIMIT 1"),
            format!(
                "INSERT INTO {table} ({all}) SELECT {all} FROM {table} WHERE true LIMIT 1 ON CONFLICT ({key}) DO UPDATE SET {change}"
            ),
        ] {
            let error = foreign.execute(&sql, []).expect_err(&sql).to_string();
            assert!(error.contains("evidence: "), "{sql}: {error}");
        }
    }
    // A new key on an old row number, and an old receiving under a new digest, would replace as well.
    for sql in [
        "INSERT OR REPLACE INTO record (row, noun, number, version, body, sha256, entry) SELECT 1, 'NOT', 2, 1, '{}', sha256, entry FROM record LIMIT 1",
        "INSERT OR REPLACE INTO record (row, noun, number, version, body, sha256, entry) SELECT 3, 'NOT', 1, 1, '{}', sha256, entry FROM record LIMIT 1",
        "INSERT OR REPLACE INTO original (sha256, bytes, receiving, kept_at, entry) SELECT zeroblob(32), 1, receiving, 1, entry FROM original LIMIT 1",
        "INSERT OR REPLACE INTO journal (seq, entry, prev, leaf, head, evidence) SELECT max(seq) + 1, '', zeroblob(32), leaf, head, 1 FROM journal",
        "INSERT OR REPLACE INTO chunk (row, receiving, place, bytes) VALUES (9, 1, 1, x'00')",
        "INSERT INTO record (row, noun, number, version, body, sha256, entry) SELECT 3, 'NOT', 2, 1, NULL, sha256, entry FROM record LIMIT 1",
    ] {
        let error = foreign.execute(sql, []).expect_err(sql).to_string();
        assert!(error.contains("evidence: "), "{sql}: {error}");
    }
    assert_eq!(dump(&foreign), before);
    assert!(shelf.book.check(&[]).unwrap().ok());
}

fn dump(connection: &rusqlite::Connection) -> Vec<String> {
    let mut rows = Vec::new();
    for sql in [
        "SELECT hex(head) || entry FROM journal",
        "SELECT noun || number || version || body FROM record",
        "SELECT hex(sha256) || bytes FROM original",
        "SELECT receiving || hex(bytes) FROM chunk",
        "SELECT body FROM arrival",
    ] {
        let mut statement = connection.prepare(sql).unwrap();
        rows.extend(statement.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap));
    }
    rows
}

#[test]
fn a_record_without_a_journal_entry_cannot_be_committed() {
    let shelf = filled();
    let sql = "INSERT INTO record (row, noun, number, version, body, sha256, entry)
               SELECT 3, 'NOT', 2, 1, '{}', sha256, 99 FROM record LIMIT 1";
    assert!(shelf.book.connection.execute(sql, []).is_err());
    assert!(shelf.book.check(&[]).unwrap().ok());
}

#[test]
fn work_that_fails_or_panics_never_happened() {
    let mut shelf = filled();
    let before = dump(&shelf.foreign());
    let failed = shelf.book.write::<(), StoreError>(now(), |writing| {
        let received = writing.receive(&mut &b"never"[..])?;
        writing.keep(&received, &arrival("never.eml"))?;
        let id = writing.add(note("never"))?;
        writing.amend(id, Content::Person(sam()), "wrong noun")?;
        Ok(((), String::new()))
    });
    assert!(matches!(failed, Err(StoreError::OtherNoun { .. })));
    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        shelf.book.write::<(), StoreError>(now(), |writing| {
            writing.add(note("never"))?;
            panic!("interrupted")
        })
    }));
    assert!(panicked.is_err());
    // Nothing that was gathered for it is written by whoever looks next.
    assert_eq!(shelf.book.all(Noun::Note).unwrap().len(), 1);
    let never = Filter { matching: Some("never".to_owned()), ..Filter::default() };
    assert_eq!(shelf.book.list(&never).unwrap(), []);
    assert_eq!(dump(&shelf.foreign()), before);
    assert_eq!(shelf.add(note("after")).number, 2);
    assert!(shelf.book.check(&[]).unwrap().ok());
}

#[test]
fn the_same_bytes_are_one_original_with_a_receipt_for_each_name() {
    let mut shelf = filled();
    let digest = shelf.keep("one.eml", b"the same");
    for name in ["two.eml", "one.eml", "two.eml"] {
        assert_eq!(shelf.keep(name, b"the same"), digest);
    }
    let names: Vec<String> = shelf.book.arrivals(&digest).unwrap().into_iter().map(|arrival| arrival.name).collect();
    assert_eq!(names, ["one.eml", "two.eml"]);
    assert_eq!(shelf.book.kept(&digest).unwrap().unwrap().arrival.name, "one.eml");
}

#[test]
fn what_was_never_kept_is_swept_once_its_process_is_gone() {
    let mut shelf = filled();
    shelf.book.receive(&mut &b"left behind"[..]).unwrap();
    let path = shelf.path();
    let count = |sql: &str| shelf.foreign().query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    let chunks = "SELECT count(*) FROM chunk";
    drop(crate::store::Book::open(&path, None).unwrap());
    assert_eq!(count(chunks), 2, "this process may still keep it");
    shelf
        .foreign()
        .execute("UPDATE receiving SET process = 2147483600, sha256 = NULL WHERE number = 2", [])
        .unwrap_err();
    // A number no process can have stands in for one that has ended.
    shelf
        .foreign()
        .execute_batch("INSERT INTO receiving (process) VALUES (2147483600); INSERT INTO chunk (receiving, place, bytes) VALUES (3, 0, x'00')")
        .unwrap();
    drop(crate::store::Book::open(&path, None).unwrap());
    assert_eq!(count(chunks), 2);
}

#[test]
fn a_full_disk_is_said_plainly_and_nothing_kept_changes() {
    let mut shelf = filled();
    let before = dump(&shelf.foreign());
    shelf.book.connection.execute_batch("PRAGMA max_page_count = 1").unwrap();
    let big = vec![7; 3 * 1024 * 1024];
    let error = shelf.book.receive(&mut &big[..]).unwrap_err();
    assert!(matches!(error, StoreError::DiskFull), "{error}");
    let written = shelf.book.write::<_, StoreError>(now(), |writing| {
        for _ in 0..50 {
            writing.add(note(&"word ".repeat(2000)))?;
        }
        Ok(((), String::new()))
    });
    assert!(matches!(written, Err(StoreError::DiskFull)));
    assert_eq!(dump(&shelf.foreign()), before);
    shelf.book.connection.execute_batch("PRAGMA max_page_count = 1000000").unwrap();
    shelf.keep("big.bin", &big);
    assert!(shelf.book.check(&[]).unwrap().ok());
}

#[test]
fn several_writers_make_one_unbroken_chain() {
    let shelf = filled();
    let path = shelf.path();
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut book = crate::store::Book::open(&path, None).unwrap();
                for turn in 0..10 {
                    book.write::<_, StoreError>(now(), |writing| {
                        writing.add(note(&format!("writer {writer} turn {turn}")))?;
                        Ok(((), format!("Writer {writer}, turn {turn}")))
                    })
                    .unwrap();
                }
            })
        })
        .collect();
    for writer in writers {
        writer.join().unwrap();
    }
    let check = shelf.book.check(&[]).unwrap();
    assert_eq!(check.findings, []);
    assert_eq!((check.checked.journal, check.checked.records), (43, 42));
}

#[test]
fn an_edition_of_a_paper_does_not_move_the_head_that_papers_print() {
    let mut shelf = filled();
    let head = shelf.book.evidence_head().unwrap();
    let json = serde_json::json!({"profile": "evidence", "to": "court", "file": "x.pdf", "pages": 1, "entries": [],
        "sha256": "0".repeat(64), "manifest": "0".repeat(64)});
    shelf.add(Content::Bundle(serde_json::from_value(json).unwrap()));
    assert_eq!(shelf.book.evidence_head().unwrap(), head);
    assert_eq!(shelf.book.journal().unwrap().len(), 4);
    let skeleton = shelf.book.journal_skeleton(head.as_ref().map(|head| head.seq)).unwrap();
    assert_eq!(skeleton.last().map(|link| link.head), head.map(|head| head.head));
    assert!(shelf.book.check(&[]).unwrap().ok());
}

/// The commands of `docs/decisions/record-bodies-and-views.md`, run as they stand there.
#[cfg(unix)]
#[test]
fn a_shell_and_sha256sum_reckon_the_same_chain() {
    let mut shelf = filled();
    shelf.add(note("one more"));
    let folder = tempfile::tempdir().unwrap();
    let mut lines = String::new();
    for link in shelf.book.journal_skeleton(None).unwrap() {
        let text = shelf.book.journal_entry_text(link.seq).unwrap().unwrap();
        assert_eq!(crate::model::Digest::of(text.as_bytes()), link.leaf);
        lines.extend([link.seq.to_string(), format!(" {} {}\n", link.leaf, link.head)]);
    }
    let explained = include_str!("../../../docs/decisions/record-bodies-and-views.md");
    let script = explained.split("```").find(|block| block.contains("sha256sum")).unwrap();
    let run = |journal: &str| {
        std::fs::write(folder.path().join("journal.txt"), journal).unwrap();
        let output =
            std::process::Command::new("sh").arg("-c").arg(script).current_dir(folder.path()).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(run(&lines), "");
    let (_first, cut) = lines.split_once('\n').unwrap();
    assert_ne!(run(cut), "");
}
