//! A record as listings and programs see it: one shape everywhere.

use crate::model::{Address, Content, Digest, Instant, Message, Noun, Privilege, Record, RecordId, When};
use crate::protect::Marks;
use crate::store::{Book, JournalEntry, StoreError, Written};
use crate::timeline::{Delay, delay};

use super::{ActionError, People};

/// A record as the timeline shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name for life.
    pub id: RecordId,
    /// When it happened.
    pub when: Option<When>,
    /// When its first version was written down.
    pub written_at: Instant,
    /// One line.
    pub title: String,
    /// Whom it names. Somebody without an id belongs to nobody in the book yet.
    pub people: Vec<NamedPerson>,
    /// The kept files it stands on.
    pub originals: Vec<OriginalRef>,
    /// Its effective privilege.
    pub privilege: Privilege,
    /// Marked confidential.
    pub confidential: bool,
    /// It has been corrected; the first words are kept.
    pub amended: bool,
    /// How long after it happened its keeper wrote it down (MSG-08). `None`: no time is known, or nobody wrote it here.
    pub delay: Option<Delay>,
}

/// Somebody a record names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedPerson {
    /// In this book, where they are.
    pub id: Option<RecordId>,
    /// As the book, or else the record, names them.
    pub name: String,
    /// A name that is somebody's in the book, and may be another's in this chat.
    pub not_known: bool,
}

/// A kept file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginalRef {
    /// Its SHA-256.
    pub sha256: Digest,
    /// Its name as received: a label.
    pub name: String,
    /// How many bytes.
    pub bytes: u64,
    /// By content.
    pub media_type: String,
}

/// Something written down: the record and the journal entry it ended in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// As the timeline shows it.
    pub entry: Entry,
    /// The journal entry.
    pub journal: JournalEntry,
}

/// Makes entries of records, with people and marks looked up once.
pub(super) struct Lookup {
    pub people: People,
    pub marks: Marks,
}

impl Lookup {
    pub(super) fn load(book: &Book) -> Result<Self, ActionError> {
        Ok(Lookup { people: People::load(book)?, marks: Marks::of(&book.all(Noun::Mark)?) })
    }

    /// The entry of a record whose first version was written down at `written_at`.
    pub(super) fn entry(&self, book: &Book, record: &Record, written_at: Instant) -> Result<Entry, ActionError> {
        let marked = self.marks.on(record.id);
        Ok(Entry {
            id: record.id,
            when: record.content.when().cloned(),
            written_at,
            title: record.content.title(),
            people: self.named(&record.content),
            originals: originals(book, &record.content)?,
            privilege: marked.privilege.unwrap_or_default(),
            confidential: marked.confidential,
            // An import writes its own totals as it goes; nobody corrected them.
            amended: record.version > 1 && !matches!(record.content, crate::model::Content::Import(_)),
            delay: delay(&record.content, written_at),
        })
    }

    fn named(&self, content: &Content) -> Vec<NamedPerson> {
        let mut ids: Vec<RecordId> = Vec::new();
        let mut addresses: Vec<(&Message, &Address)> = Vec::new();
        match content {
            Content::Incident(incident) => {
                ids.extend(&incident.children);
                ids.extend(&incident.with);
            }
            Content::Message(message) => {
                let all = message.from.iter().chain(&message.to).chain(&message.cc);
                addresses.extend(all.map(|address| (&**message, address)));
                ids.extend(&message.with);
            }
            Content::Step(step) => ids.extend(&step.with),
            _ => {}
        }
        let by_id =
            ids.into_iter().map(|id| NamedPerson { id: Some(id), name: self.people.name(id), not_known: false });
        let by_address = addresses.into_iter().map(|(message, address)| match self.people.named_in(message, address) {
            Some(id) => NamedPerson { id: Some(id), name: self.people.name(id), not_known: false },
            None if self.people.doubtful_in(message, address) => {
                let name = format!("{} (not known who this is)", address.shown());
                NamedPerson { id: None, name, not_known: true }
            }
            None => NamedPerson { id: None, name: address.shown().to_owned(), not_known: false },
        });
        let mut named: Vec<NamedPerson> = Vec::new();
        for person in by_address.chain(by_id) {
            if !named.contains(&person) {
                named.push(person);
            }
        }
        named
    }
}

fn originals(book: &Book, content: &Content) -> Result<Vec<OriginalRef>, ActionError> {
    let digests: Vec<Digest> = match content {
        Content::Document(document) => {
            return Ok(vec![OriginalRef {
                sha256: document.original,
                name: document.name.clone(),
                bytes: document.bytes,
                media_type: document.media_type.clone(),
            }]);
        }
        Content::Incident(incident) => incident.attachments.clone(),
        Content::Step(step) => step.attachments.clone(),
        Content::Message(message) => message.place.iter().map(|place| place.original).collect(),
        _ => Vec::new(),
    };
    let mut found = Vec::with_capacity(digests.len());
    for digest in digests {
        if let Some(kept) = book.kept(&digest)? {
            found.push(OriginalRef {
                sha256: kept.sha256,
                name: kept.arrival.name,
                bytes: kept.bytes,
                media_type: kept.arrival.media_type,
            });
        }
    }
    Ok(found)
}

/// The current version of a record that must be there.
pub(super) fn require(book: &Book, id: RecordId) -> Result<Record, ActionError> {
    book.record(id)?.ok_or(ActionError::UnknownId { id })
}

/// The current version of a message. `None`: there is none, or it is another kind of record.
pub(super) fn message(book: &Book, id: RecordId) -> Result<Option<Message>, StoreError> {
    Ok(book.record(id)?.and_then(|record| match record.content {
        Content::Message(message) => Some(*message),
        _ => None,
    }))
}

/// When the first version of a record was written down.
pub(super) fn first_written(book: &Book, record: &Record) -> Result<Instant, ActionError> {
    if record.version == 1 {
        return Ok(record.written_at);
    }
    Ok(book.versions(record.id)?.first().map_or(record.written_at, |first| first.written_at))
}

/// What a writing action gives back for the record it wrote.
pub(super) fn stored(book: &Book, written: Written<RecordId>) -> Result<Stored, ActionError> {
    let record = require(book, written.value)?;
    let written_at = first_written(book, &record)?;
    let entry = Lookup::load(book)?.entry(book, &record, written_at)?;
    Ok(Stored { entry, journal: written.journal })
}
