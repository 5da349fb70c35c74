//! A book in a folder of its own, and records of the invented family.

use std::path::PathBuf;

use crate::model::{
    Address, Channel, Content, Date, Digest, Incident, IncidentKind, Instant, Locator, Message, Note, Person, Place,
    Role, When,
};
use crate::store::{Arrival, Book, Passphrase, StoreError};

pub(in crate::store) struct Shelf {
    /// Removed with everything in it when dropped.
    _folder: tempfile::TempDir,
    pub(in crate::store) book: Book,
}

pub(in crate::store) fn now() -> Instant {
    Instant::from_rfc3339("2026-11-23T14:05:00Z").unwrap()
}

pub(in crate::store) fn passphrase(words: &str) -> Passphrase {
    Passphrase(words.to_owned().into())
}

pub(in crate::store) fn shelf() -> Shelf {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::create(&folder.path().join("reed.daybook"), false, None, now()).unwrap();
    Shelf { _folder: folder, book }
}

impl Shelf {
    pub(in crate::store) fn path(&self) -> PathBuf {
        self.book.path().to_owned()
    }

    /// A connection as another program would make it: no recipe, no pragmas.
    pub(in crate::store) fn foreign(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).unwrap()
    }

    pub(in crate::store) fn add(&mut self, content: Content) -> crate::model::RecordId {
        self.book
            .write::<_, StoreError>(now(), |writing| Ok((writing.add(content)?, "Wrote something down".to_owned())))
            .unwrap()
            .value
    }

    pub(in crate::store) fn keep(&mut self, name: &str, bytes: &[u8]) -> Digest {
        let received = self.book.receive(&mut &bytes[..]).unwrap();
        self.book
            .write::<_, StoreError>(now(), |writing| {
                writing.keep(&received, &arrival(name))?;
                Ok(((), format!("Kept {name}")))
            })
            .unwrap();
        received.sha256
    }
}

pub(in crate::store) fn arrival(name: &str) -> Arrival {
    Arrival { name: name.to_owned(), media_type: "message/rfc822".to_owned(), from_device: None }
}

pub(in crate::store) fn day(year: i32, month: u32, day: u32) -> When {
    let date = Date::new(year, month, day).unwrap();
    When::day(date.long(), date)
}

pub(in crate::store) fn note(text: &str) -> Content {
    Content::Note(Note { text: text.to_owned(), about: None, when: None })
}

pub(in crate::store) fn sam() -> Person {
    let mut sam = Person::named("Sam Reed", Role::OtherParent);
    sam.identities
        .push(crate::model::Identity { kind: crate::model::IdentityKind::Email, value: "sam@example.org".to_owned() });
    sam
}

pub(in crate::store) fn incident(when: &When, what: &str) -> Content {
    let json = serde_json::json!({"kind": IncidentKind::NobodyThere, "due": when, "what": what});
    Content::Incident(Box::new(serde_json::from_value::<Incident>(json).unwrap()))
}

pub(in crate::store) fn message(from: &str, sent: Option<When>, subject: &str, text: &str) -> Message {
    Message {
        sent,
        from: vec![Address { name: None, address: Some(from.to_owned()) }],
        to: vec![Address { name: Some("Alex Reed".to_owned()), address: Some("alex@example.org".to_owned()) }],
        subject: Some(subject.to_owned()),
        text: text.to_owned(),
        ..Message::blank(Channel::Email)
    }
}

pub(in crate::store) fn read_from(original: Digest) -> Place {
    Place { original, locator: Locator::whole() }
}
