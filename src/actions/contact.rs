//! What was due and what became of it.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use crate::contact::{Because, Counting, Figures, Period, Reconciled, Session};
use crate::model::{Instant, Noun, Outcome, Record, RecordId, Stamp};
use crate::rules::Rules;
use crate::store::Book;
use crate::timeline;

use super::ActionError;
use super::fields::Set;
use super::timeline::read_range;

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// What was counted.
    pub counting: Counting,
    /// The figures.
    pub figures: Figures,
    /// The titles of the events, by their ids.
    pub titles: Vec<(RecordId, String)>,
}

/// Counts what was due and what became of it, one's own cancelling too.
///
/// # Errors
/// A date that cannot be read, or reading failed.
pub fn contact(
    book: &Book,
    now: Instant,
    from: Option<&str>,
    until: Option<&str>,
    mut counting: Counting,
) -> Result<Contact, ActionError> {
    let (from, until) = read_range(from, until, now)?;
    counting.period = Period { from, until };
    let records = records(book)?;
    if let Some(id) = counting.order.filter(|id| !records.iter().any(|record| record.id == *id)) {
        return Err(ActionError::UnknownId { id });
    }
    let figures = timeline::contact(&records, &Rules::england_and_wales(), now).figures(&counting);
    let events = records.iter().filter(|record| record.id.noun == Noun::Incident);
    let titles = events.map(|record| (record.id, record.content.title())).collect();
    Ok(Contact { counting, figures, titles })
}

/// A session may be cancelled so many days beforehand, and be named by its key.
const AHEAD: i64 = 400;

/// Sessions and what was written of them, for the whole of a book; those of a year ahead stand apart.
///
/// # Errors
/// Reading failed.
pub fn reconciled(book: &Book, now: Instant) -> Result<Reconciled, ActionError> {
    Ok(timeline::contact_ahead(&records(book)?, &Rules::england_and_wales(), now, AHEAD))
}

/// What a computed session says of an entry that tells of it, but for fields that are given already.
///
/// # Errors
/// There is no session of this key where sessions are computed, or reading failed. `None`: none are computed.
pub fn session_fields(book: &Book, now: Instant, key: &str, given: &[Set]) -> Result<Option<Vec<Set>>, ActionError> {
    let all = reconciled(book, now)?;
    match all.keyed(key) {
        Some(session) => Ok(Some(fields_of(session, given))),
        None if all.computes() => Err(ActionError::Refused {
            kind: "unknown-session",
            what: format!("no session has the key {key}"),
            why: "sessions are computed from the words of your orders, and none of them starts then".into(),
            next: "See the keys with: daybook contact; or leave --session out and give --due".into(),
        }),
        None => Ok(None),
    }
}

/// The fields a session fills in.
#[must_use]
pub fn fields_of(session: &Session, given: &[Set]) -> Vec<Set> {
    let time = |stamp: Option<Stamp>| {
        let stamp = stamp?;
        let time = stamp.time?;
        Some(format!("{} {:02}:{:02}", stamp.date.plain(), time.hour, time.minute))
    };
    let basis = session.basis.and_then(|basis| Because::ALL.iter().find(|row| row.0 == Because::Of(basis)));
    let fields = [
        ("session", Some(session.key.clone())),
        ("due", time(session.due_start)),
        ("until", time(session.due_end)),
        ("place", session.place.clone()),
        ("order", session.order.map(|order| order.to_string())),
        ("para", session.paragraph.clone()),
        ("basis", basis.map(|row| row.1.to_owned())),
    ];
    let missing = |field: &str| !given.iter().any(|set| set.field == field);
    fields
        .into_iter()
        .filter_map(|(field, text)| Some(Set::new(field, text?)))
        .filter(|set| missing(&set.field))
        .collect()
}

/// Writes a file of one's own, readable by oneself alone. One that is there already is never written over.
///
/// # Errors
/// The file is there, or cannot be written.
pub fn write_new(path: &Path, text: &str) -> Result<(), ActionError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(ActionError::file(path))
}

/// The latest sessions up to now of which nobody wrote anything, the last one first.
///
/// # Errors
/// Reading failed.
pub fn sessions_without_a_word(book: &Book, now: Instant, most: usize) -> Result<Vec<Session>, ActionError> {
    let sessions = reconciled(book, now)?.sessions.into_iter().rev();
    let unknown = |session: &Session| session.outcome == Outcome::NotKnown && session.incident.is_none();
    Ok(sessions.filter(unknown).take(most).collect())
}

fn records(book: &Book) -> Result<Vec<Record>, ActionError> {
    let mut records = Vec::new();
    for noun in [Noun::Case, Noun::Person, Noun::Order, Noun::Step, Noun::Incident] {
        records.extend(book.all(noun)?);
    }
    Ok(records)
}
