//! A conversation, a call or another message typed in.

use crate::model::{Address, Channel, Content, Instant, Message, RecordId, Zone};
use crate::store::Book;

use super::fields::{self, Reading, Set};
use super::{ActionError, People, Stored, entry};

/// A message nothing is known of yet.
pub(super) fn blank() -> Message {
    Message::blank(Channel::Conversation)
}

/// Keeps a conversation typed in. `from` and `to` are names of people in the book.
///
/// # Errors
/// A field that cannot be read, somebody unknown, or writing failed.
pub fn keep_message(
    book: &mut Book,
    now: Instant,
    sets: &[Set],
    from: &[String],
    to: &[String],
) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    let find = |names: &[String]| names.iter().map(|name| people.find(name)).collect::<Result<Vec<_>, _>>();
    let (from, to) = (find(from)?, find(to)?);
    keep_message_from(book, now, sets, &from, &to)
}

/// The same, with people already found.
///
/// # Errors
/// A field that cannot be read, or writing failed.
pub fn keep_message_from(
    book: &mut Book,
    now: Instant,
    sets: &[Set],
    from: &[RecordId],
    to: &[RecordId],
) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let address = |id: &RecordId| Address { name: Some(people.name(*id)), address: None };
    let mut message = blank();
    message.from = from.iter().map(address).collect();
    message.to = to.iter().map(address).collect();
    let mut content = Content::Message(Box::new(message));
    fields::set(&mut content, sets, &reading)?;
    let Content::Message(message) = &content else { unreachable!("setting fields keeps the noun") };
    if message.text.trim().is_empty() {
        return Err(ActionError::Refused {
            kind: "no-words",
            what: "The message has no words".into(),
            why: "a record of a conversation is what was said".into(),
            next: "Give them: --text \"…\", or --text - to type them in".into(),
        });
    }
    let day = message.sent.as_ref().map(|when| format!(", {}", when.london_date().long())).unwrap_or_default();
    let sentence = format!("Wrote down a message ({}){day}", message.channel.plain().to_lowercase());
    let written = book.write::<_, ActionError>(now, |writing| Ok((writing.add(content)?, sentence)))?;
    entry::stored(book, written)
}
