//! Choosing what goes in a paper.

use crate::model::{Choice, Content, Instant, Noun, RecordId};
use crate::store::{Book, Written};

use super::{ActionError, entry};

/// A choice and the titles of what was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its record.
    pub id: RecordId,
    /// The choice.
    pub choice: Choice,
    /// The titles of its records, in its order.
    pub titles: Vec<String>,
}

/// Chooses records for a kind of paper.
///
/// # Errors
/// An unknown record, a private note, nothing chosen, or writing failed.
pub fn choose(book: &mut Book, now: Instant, choice: Choice) -> Result<Written<RecordId>, ActionError> {
    for id in &choice.records {
        entry::require(book, *id)?;
        if id.noun == Noun::Note {
            return Err(ActionError::Refused {
                kind: "private-note",
                what: format!("{id} is a private note and goes into no paper"),
                why: "notes are for their writer only".into(),
                next: "Leave it out, or write it down as a record: daybook log, or daybook message".into(),
            });
        }
        if !id.noun.in_timeline() {
            return Err(ActionError::WrongNoun { id: *id, wanted: "something a paper can show" });
        }
    }
    let names: Vec<String> = choice.records.iter().map(RecordId::to_string).collect();
    let exhibit = choice.exhibit.as_ref().map(|mark| format!(", exhibit {mark}")).unwrap_or_default();
    let sentence = format!("Chose {} for the {} paper{exhibit}", names.join(", "), choice.profile.word());
    book.write(now, |writing| Ok((writing.add(Content::Choice(choice))?, sentence)))
}

/// What has been chosen and not taken back.
///
/// # Errors
/// Reading failed.
pub fn chosen(book: &Book) -> Result<Vec<Chosen>, ActionError> {
    let mut list = Vec::new();
    for record in book.all(Noun::Choice)? {
        let Content::Choice(choice) = record.content else { continue };
        if choice.withdrawn {
            continue;
        }
        let mut titles = Vec::with_capacity(choice.records.len());
        for id in &choice.records {
            titles.push(book.record(*id)?.map_or_else(|| "(no longer in the book)".to_owned(), |r| r.content.title()));
        }
        list.push(Chosen { id: record.id, choice, titles });
    }
    Ok(list)
}
