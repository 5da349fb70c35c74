//! A line of the timeline, as screens and `--json` show it.

use serde::Serialize;

use super::People;
use crate::model::{Content, Digest, Instant, Privilege, Record, RecordId, When};

/// One record in the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The record.
    pub id: RecordId,
    /// The noun: `incident`, `message` …
    pub kind: &'static str,
    /// When it happened; `None`: not known.
    pub when: Option<When>,
    /// When its first words were written down.
    pub written_at: Instant,
    /// One line that names it.
    pub title: String,
    /// Who is in it.
    pub people: Vec<EntryPerson>,
    /// The kept files behind it.
    pub originals: Vec<EntryFile>,
    /// Its privilege: `none` where nobody marked any.
    pub privilege: Privilege,
    /// Kept from everyone but its writer.
    pub confidential: bool,
    /// Corrected since.
    pub amended: bool,
}

/// Somebody in a record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct EntryPerson {
    /// The person's record; `None`: nobody in the book has this name or address.
    pub id: Option<RecordId>,
    /// As named.
    pub name: String,
}

/// A kept file behind a record. What the record does not say of it is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryFile {
    /// Its hash.
    pub sha256: Digest,
    /// Its name: a label.
    pub name: Option<String>,
    /// How many bytes.
    pub bytes: Option<u64>,
    /// By content.
    pub media_type: Option<String>,
}

/// The timeline of these records (each with its first version's writing time), those without a time
/// last. `marked` gives what is marked on a record: its privilege, and whether it is confidential.
#[must_use]
pub fn timeline(
    records: &[(&Record, Instant)],
    people: &People<'_>,
    marked: impl Fn(RecordId) -> (Privilege, bool),
) -> Vec<Entry> {
    let mut entries: Vec<Entry> = records
        .iter()
        .filter(|(record, _)| record.id.noun.in_timeline())
        .map(|(record, first_written)| entry(record, *first_written, people, marked(record.id)))
        .collect();
    entries.sort_by_key(|entry| (entry.when.as_ref().map_or(i64::MAX, When::sort_key), entry.id));
    entries
}

/// One record as a line of the timeline.
#[must_use]
pub fn entry(
    record: &Record,
    first_written: Instant,
    people: &People<'_>,
    (privilege, confidential): (Privilege, bool),
) -> Entry {
    Entry {
        id: record.id,
        kind: record.id.noun.word(),
        when: record.content.when().cloned(),
        written_at: first_written,
        title: record.content.title(),
        people: people_in(&record.content, people),
        originals: originals_of(&record.content),
        privilege,
        confidential,
        amended: record.version > 1,
    }
}

fn people_in(content: &Content, people: &People<'_>) -> Vec<EntryPerson> {
    let named = |id: &RecordId| {
        let name = people.get(*id).map_or_else(|| id.to_string(), |person| person.name.clone());
        EntryPerson { id: Some(*id), name }
    };
    let mut found: Vec<EntryPerson> = match content {
        Content::Incident(event) => event.children.iter().chain(&event.with).map(named).collect(),
        Content::Step(step) => step.with.iter().map(named).collect(),
        Content::Message(message) => {
            let addresses = message.from.iter().chain(&message.to).chain(&message.cc);
            addresses
                .map(|address| match people.of_address(address) {
                    Some((id, person)) => EntryPerson { id: Some(id), name: person.name.clone() },
                    None => EntryPerson { id: None, name: address.shown().to_owned() },
                })
                .chain(message.with.iter().map(named))
                .collect()
        }
        _ => Vec::new(),
    };
    found.sort();
    found.dedup();
    found
}

fn originals_of(content: &Content) -> Vec<EntryFile> {
    let bare = |sha256: &Digest| EntryFile { sha256: *sha256, name: None, bytes: None, media_type: None };
    match content {
        Content::Message(message) => message.place.iter().map(|place| bare(&place.original)).collect(),
        Content::Document(document) => vec![EntryFile {
            sha256: document.original,
            name: Some(document.name.clone()),
            bytes: Some(document.bytes),
            media_type: Some(document.media_type.clone()),
        }],
        Content::Incident(event) => event.attachments.iter().map(bare).collect(),
        Content::Step(step) => step.attachments.iter().map(bare).collect(),
        _ => Vec::new(),
    }
}
