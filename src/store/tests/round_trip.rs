//! What is put in comes out, exactly.

use std::io::{Read, Seek, SeekFrom};

use super::fixture::*;
use crate::model::{Content, Digest, Noun, RecordId};
use crate::store::{Book, Filter, StoreError};

#[test]
fn a_record_and_its_correction_both_stay() {
    let mut shelf = shelf();
    let id = shelf.add(note("Waited until six."));
    assert_eq!(id, RecordId::new(Noun::Note, 1));
    let later = crate::model::Instant(now().0 + 60_000);
    let written = shelf
        .book
        .write::<_, StoreError>(later, |writing| {
            let version = writing.amend(id, note("Waited until ten past six."), "looked at the ticket")?;
            assert_eq!(writing.book().record(id)?.unwrap().version, 2);
            Ok((version, format!("Corrected a note ({id})\nsecond line")))
        })
        .unwrap();
    assert_eq!(written.value, 2);
    assert_eq!(written.journal.sentence, "Corrected a note (NOT-1) second line");
    let versions = shelf.book.versions(id).unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0].content, note("Waited until six."));
    assert_eq!(versions[1].why.as_deref(), Some("looked at the ticket"));
    assert_eq!(shelf.book.record(id).unwrap(), Some(versions[1].clone()));
    assert_eq!(shelf.book.all(Noun::Note).unwrap(), vec![versions[1].clone()]);
    let listed = shelf.book.listed(id).unwrap().unwrap();
    assert_eq!((listed.version, listed.written_at), (2, now()));
    let journal = shelf.book.journal().unwrap();
    assert_eq!(journal.len(), 2);
    assert_eq!(shelf.book.evidence_head().unwrap(), journal.last().cloned());
}

#[test]
fn originals_of_every_size_come_back_byte_for_byte() {
    let mut shelf = shelf();
    for size in [0, 1, 1024 * 1024 - 1, 1024 * 1024, 1024 * 1024 + 1, 17 * 1024 * 1024 + 5] {
        let bytes: Vec<u8> = (0..size).map(|i| (i * 7 % 251) as u8).collect();
        let digest = shelf.keep("big.eml", &bytes);
        assert_eq!(digest, Digest::of(&bytes));
        let kept = shelf.book.kept(&digest).unwrap().unwrap();
        assert_eq!((kept.bytes, kept.arrival), (size as u64, arrival("big.eml")));
        let mut reader = shelf.book.open_kept(&digest).unwrap();
        let mut back = Vec::new();
        reader.read_to_end(&mut back).unwrap();
        assert!(back == bytes, "{size}");
        let middle = size as u64 / 2;
        reader.seek(SeekFrom::Start(middle)).unwrap();
        back.clear();
        reader.read_to_end(&mut back).unwrap();
        assert!(back == bytes[size / 2..], "{size}");
        assert!(shelf.book.receive(&mut &bytes[..]).unwrap().known);
        let again = shelf.book.receive_file(&mut std::io::Cursor::new(&bytes)).unwrap();
        assert_eq!((again.sha256, again.bytes, again.known), (digest, size as u64, true));
        let other: Vec<u8> = bytes.iter().map(|byte| byte ^ 1).chain([1]).collect();
        let other_received = shelf.book.receive_file(&mut std::io::Cursor::new(&other)).unwrap();
        assert_eq!((other_received.sha256, other_received.known), (Digest::of(&other), false));
    }
}

#[test]
fn a_book_is_there_again_after_closing() {
    for words in [None, Some("three quiet o'words")] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reed.daybook");
        let passphrase = words.map(passphrase);
        let mut book = Book::create(&path, true, passphrase.as_ref(), now()).unwrap();
        let info = book.info().clone();
        book.write::<_, StoreError>(now(), |writing| {
            let received = writing.receive(&mut &b"From: sam"[..])?;
            writing.keep(&received, &arrival("a.eml"))?;
            writing.add(Content::Person(sam()))?;
            Ok(((), "Began".to_owned()))
        })
        .unwrap();
        let head = book.evidence_head().unwrap();
        drop(book);
        let book = Book::open(&path, passphrase.as_ref()).unwrap();
        assert_eq!(book.info(), &info);
        assert_eq!(book.evidence_head().unwrap(), head);
        assert_eq!(book.list(&Filter::default()).unwrap().len(), 0);
        assert_eq!(book.search("reed", &Filter::default()).unwrap().total, 1);
    }
}
