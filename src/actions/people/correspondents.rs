//! Whom the messages of a book are from and to.

use crate::model::{Address, Content, Date, RecordId};
use crate::store::{Book, Correspondent};

use super::People;
use crate::actions::ActionError;
use crate::actions::suggest::{PersonSuggestion, next_for};

/// How many messages somebody is in, and from when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// How many.
    pub messages: u64,
    /// The London date of the first.
    pub first: Option<Date>,
    /// Of the last.
    pub last: Option<Date>,
}

/// The messages with this person, or with the one they were joined to.
///
/// # Errors
/// Reading failed.
pub fn written_with(book: &Book, people: &People, id: RecordId) -> Result<Written, ActionError> {
    let shown = people.shown_as(id);
    let same = people.everybody.iter().map(|(other, _)| *other).filter(|other| people.shown_as(*other) == shown);
    let (messages, first, last) = book.messages_with(&same.collect::<Vec<_>>(), people.own(shown))?;
    Ok(Written { messages, first, last })
}

/// Addresses, numbers and names of chats in the messages of the book that belong to nobody, the most
/// frequent first. No name is joined to anybody here: each line ends in the command that would.
///
/// # Errors
/// Reading failed.
pub fn unknown_correspondents(book: &Book, people: &People) -> Result<Vec<PersonSuggestion>, ActionError> {
    let mut unknown = Vec::new();
    for one in book.correspondents()? {
        let address = if one.by_name {
            Address { name: Some(one.key.clone()), address: None }
        } else {
            Address { name: None, address: Some(one.key.clone()) }
        };
        if people.owner(&address).is_none() {
            unknown.push(suggestion(book, people, &one)?);
        }
    }
    Ok(unknown)
}

fn suggestion(book: &Book, people: &People, one: &Correspondent) -> Result<PersonSuggestion, ActionError> {
    let message = match book.record(one.example)?.map(|record| record.content) {
        Some(Content::Message(message)) => Some(message),
        _ => None,
    };
    let named = message.iter().flat_map(|message| message.from.iter().chain(&message.to).chain(&message.cc));
    let (mut written, mut name) = (None, None);
    for address in named {
        match (&address.address, &address.name) {
            (Some(text), display) if !one.by_name && crate::model::address_key(text) == one.key => {
                written = Some(text.clone());
                name.clone_from(display);
            }
            (None, Some(text)) if one.by_name && crate::model::name_key(text) == one.key => {
                name = Some(text.clone());
            }
            _ => {}
        }
    }
    let shown = if one.by_name { name.clone() } else { written.map(|text| text.to_lowercase()) };
    let address = shown.unwrap_or_else(|| one.key.clone());
    let next = next_for(&address, name.as_deref(), one.by_name, people);
    let (first, last) = (one.first, one.last);
    Ok(PersonSuggestion { address, name, messages: one.messages, by_name: one.by_name, first, last, next })
}
