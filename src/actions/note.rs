//! A private note.

use crate::model::{Content, Instant, Note, Zone};
use crate::store::Book;

use super::fields::{self, Reading, Set};
use super::{ActionError, People, Stored, entry};

/// Keeps a private note.
///
/// # Errors
/// No words, an unknown record, a field that cannot be read, or writing failed.
pub fn keep_note(book: &mut Book, now: Instant, sets: &[Set]) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let mut content = Content::Note(Note { text: String::new(), about: None, when: None });
    fields::set(&mut content, sets, &reading)?;
    let Content::Note(note) = &content else { unreachable!("setting fields keeps the noun") };
    if note.text.trim().is_empty() {
        return Err(ActionError::Refused {
            kind: "no-words",
            what: "The note has no words".into(),
            why: "an empty note keeps nothing".into(),
            next: "Give them: daybook note \"…\", or daybook note - to type them in".into(),
        });
    }
    if let Some(about) = note.about {
        entry::require(book, about)?;
    }
    let sentence = match note.about {
        Some(about) => format!("Wrote a private note about {about}"),
        None => "Wrote a private note".to_owned(),
    };
    let written = book.write::<_, ActionError>(now, |writing| Ok((writing.add(content)?, sentence)))?;
    entry::stored(book, written)
}
