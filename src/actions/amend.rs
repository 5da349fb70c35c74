//! Corrections: the next version of a record, with the reason. The first words stay.

use crate::model::{Content, Instant, RecordId, Zone};
use crate::store::Book;

use super::entry::{self, Lookup, Stored};
use super::fields::{self, Reading, Set};
use super::people::note_new_names;
use super::{ActionError, log, show, step};

/// One field before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub field: String,
    /// What it said.
    pub before: String,
    /// What it says.
    pub after: String,
}

/// A correction made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amended {
    /// The record as it now stands.
    pub stored: Stored,
    /// Its new version.
    pub version: u32,
    /// What changed.
    pub changes: Vec<Change>,
}

/// Corrects fields of a record.
///
/// # Errors
/// An unknown record or field, no reason, no change, or writing failed.
pub fn amend(book: &mut Book, now: Instant, id: RecordId, sets: &[Set], why: &str) -> Result<Amended, ActionError> {
    let record = entry::require(book, id)?;
    if why.trim().is_empty() {
        return Err(ActionError::Refused {
            kind: "no-reason",
            what: "No reason was given for the correction".into(),
            why: "the first words stay readable beside the new ones, and a reader will ask why".into(),
            next: "Add --why \"…\"".into(),
        });
    }
    if fields::field_help(id.noun).is_empty() {
        return Err(ActionError::CannotAmend { id, next: next_for(&record.content) });
    }
    let lookup = Lookup::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &lookup.people };
    let mut content = record.content.clone();
    fields::set(&mut content, sets, &reading)?;
    if let Content::Incident(incident) = &content {
        log::check_order(book, incident)?;
    }
    if let Content::Step(step) = &content {
        step::check(book, step, Some(id))?;
    }
    if let Content::Person(person) = &mut content {
        note_new_names(book, &lookup.people, id, person)?;
    }
    let changes: Vec<Change> = show::changes(&record.content, &content, &lookup)
        .into_iter()
        .map(|(field, before, after)| Change { field, before, after })
        .collect();
    if content == record.content {
        return Err(ActionError::Refused {
            kind: "no-change",
            what: format!("{id} says that already"),
            why: "a correction that changes nothing would only add a version".into(),
            next: format!("Look at it: daybook show {id}"),
        });
    }
    let was_unfinished = matches!(&record.content, Content::Incident(incident) if incident.kind.is_none());
    let names: Vec<&str> = changes.iter().map(|change| change.field.as_str()).collect();
    let verb = if was_unfinished { "Went on with" } else { "Corrected" };
    let sentence = format!("{verb} {id} ({}): {}", names.join(", "), why.trim());
    let written = book.write::<_, ActionError>(now, |writing| {
        writing.amend(id, content, why.trim())?;
        Ok((id, sentence))
    })?;
    let version = entry::require(book, id)?.version;
    Ok(Amended { stored: entry::stored(book, written)?, version, changes })
}

fn next_for(content: &Content) -> &'static str {
    match content {
        Content::Mark(_) => "Put a new mark on the record; the latest counts: daybook mark ID …",
        Content::Link(_) => "Join the records anew: daybook link ID ID --as …",
        Content::Choice(_) => "Choose anew: daybook choose ID… --for PROFILE",
        Content::Word(_) => "Add another word: daybook confidential add",
        _ => "It tells what the program did, and stays as it is",
    }
}
