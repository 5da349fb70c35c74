//! Opening and making: every refusal in its own words, and nothing touched.

use std::path::Path;

use super::fixture::*;
use crate::store::{Book, StoreError};

/// Opens, and gives the kind of the error; the file must be as it was.
fn refused(path: &Path, words: Option<&str>) -> &'static str {
    let before = std::fs::read(path).ok();
    let passphrase = words.map(passphrase);
    let error = Book::open(path, passphrase.as_ref()).err().expect("not to open");
    assert_eq!(std::fs::read(path).ok(), before);
    assert!(!error.to_string().is_empty() && !error.advice().is_empty());
    error.kind()
}

#[test]
fn what_is_no_book_is_refused_in_its_own_words() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let chance: Vec<u8> = (0..8192_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (name, bytes, expected) in [
        ("empty", &b""[..], "not-a-book"),
        ("a.pdf", b"%PDF-1.7\n\xff", "not-a-book"),
        ("a.txt", b"hello", "not-a-book"),
        ("odd", &chance[..5000], "not-a-book"),
        ("whole pages of chance", &chance, "passphrase-needed"),
    ] {
        assert_eq!(refused(&file(name, bytes), None), expected, "{name}");
    }
    assert_eq!(refused(&file("chance", &chance), Some("words")), "wrong-passphrase");
    assert_eq!(refused(&folder.path().join("nowhere"), None), "no-book");
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    assert_eq!(refused(&other, None), "not-a-book");
}

#[test]
fn passphrases_open_only_what_they_closed() {
    let folder = tempfile::tempdir().unwrap();
    let (open, closed) = (folder.path().join("open.daybook"), folder.path().join("closed.daybook"));
    drop(Book::create(&open, false, None, now()).unwrap());
    drop(Book::create(&closed, false, Some(&passphrase("four words of ours")), now()).unwrap());
    assert_eq!(refused(&open, Some("words")), "no-passphrase");
    assert_eq!(refused(&closed, None), "passphrase-needed");
    assert_eq!(refused(&closed, Some("other words")), "wrong-passphrase");
    assert!(Book::open(&closed, Some(&passphrase("four words of ours"))).unwrap().info().encrypted);
    for words in ["", "a\0b"] {
        let path = folder.path().join("never.daybook");
        let made = Book::create(&path, false, Some(&passphrase(words)), now());
        assert!(matches!(made, Err(StoreError::UnusablePassphrase)));
        assert!(!path.exists());
    }
    let bytes = std::fs::read(&closed).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"record"), "nothing readable in a closed book");
}

#[test]
fn a_new_book_takes_no_other_files_place_and_is_private() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reed.daybook");
    std::fs::write(&path, "mine").unwrap();
    assert!(matches!(Book::create(&path, false, None, now()), Err(StoreError::Exists { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    let nowhere = folder.path().join("no such folder/reed.daybook");
    assert!(matches!(Book::create(&nowhere, false, None, now()), Err(StoreError::NoFolder { .. })));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.path().join("private.daybook");
        let _book = Book::create(&path, false, None, now()).unwrap();
        for suffix in ["", "-wal", "-shm"] {
            let file = format!("{}{suffix}", path.display());
            let mode = std::fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    }
}

#[test]
fn a_newer_book_is_refused_without_writing() {
    let shelf = shelf();
    let path = shelf.path();
    shelf.foreign().execute_batch("PRAGMA user_version = 999").unwrap();
    drop(shelf.book);
    assert_eq!(refused(&path, None), "newer-book");
}

#[test]
fn where_nothing_can_be_written_a_book_is_read_as_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("it's 100% mine?.daybook");
    let mut book = Book::create(&path, false, None, now()).unwrap();
    book.write::<_, StoreError>(now(), |writing| Ok((writing.add(note("kept"))?, "Wrote a note".to_owned()))).unwrap();
    let (info, head) = (book.info().clone(), book.evidence_head().unwrap());
    drop(book);
    let access = crate::store::connection::Access::ReadOnly;
    let connection = crate::store::connection::connect(&path, None, access).unwrap();
    let mut book = Book::over(connection, &path, info, access);
    assert_eq!(book.evidence_head().unwrap(), head);
    assert!(book.check(&[]).unwrap().ok());
    let refused = book.write::<_, StoreError>(now(), |writing| Ok((writing.add(note("never"))?, String::new())));
    assert!(matches!(refused, Err(StoreError::ReadOnly { .. })));
    assert!(matches!(book.receive(&mut &b"x"[..]), Err(StoreError::ReadOnly { .. })));
}
