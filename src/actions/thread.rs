//! The conversation a message stands in.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{Content, Digest, Message, Noun, RecordId, ThreadKey, When};
use crate::store::{Book, Filter, Listed, StoreError};
use crate::timeline::{self, Gap, Shelf, Thread, ThreadLine};

use super::ActionError;
use super::entry::{self, Entry, Lookup};

/// Of a chat up to this long all messages are read to see whether numbers are missing around one of them.
const READ_FOR_GAPS: usize = 1_000;

/// A conversation, or the part of it around a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// How many messages it has.
    pub messages: u64,
    /// The place of the message that was asked for among them, from 1.
    pub place: u64,
    /// The chat, as its source names it. `None`: letters that answer each other.
    pub chat: Option<String>,
    /// In their order.
    pub lines: Vec<ConversationLine>,
}

/// A message in its conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationLine {
    /// As the timeline shows it.
    pub entry: Entry,
    /// What is missing between it and the message before.
    pub before: Vec<Gap>,
}

/// The conversation of a message; with `around`, only so many messages before and after it.
///
/// # Errors
/// There is no such message, or reading failed.
pub fn conversation(book: &Book, id: RecordId, around: Option<usize>) -> Result<Conversation, ActionError> {
    conversation_with(book, &Lookup::load(book)?, id, around)
}

pub(super) fn conversation_with(
    book: &Book,
    lookup: &Lookup,
    id: RecordId,
    around: Option<usize>,
) -> Result<Conversation, ActionError> {
    let record = entry::require(book, id)?;
    let Content::Message(message) = &record.content else {
        return Err(ActionError::WrongNoun { id, wanted: "a message" });
    };
    let thread = timeline::conversation(&InBook(book), id, message)?;
    let chat = message.chat.as_ref().map(|chat| chat.name.clone());
    if let (Thread::Chat(key), Some(near)) = (&thread, around) {
        let mut moments = book.moments_under(key)?;
        if moments.len() > READ_FOR_GAPS {
            moments.sort_unstable_by_key(|(moment, id)| (moment.unwrap_or(i64::MAX), *id));
            let place = moments.iter().position(|(_, other)| *other == id).unwrap_or_default();
            // One more in front, for the silence before the first that is shown.
            let (shown, before) = (place.saturating_sub(near), place.saturating_sub(near + 1));
            let near = &moments[before..moments.len().min(place + near + 1)];
            let near: Vec<Listed> =
                near.iter().filter_map(|(_, id)| book.listed(*id).transpose()).collect::<Result<_, _>>()?;
            let lines = lines_of(book, lookup, &near, &BTreeMap::new(), shown - before..near.len())?;
            return Ok(Conversation { messages: moments.len() as u64, place: place as u64 + 1, chat, lines });
        }
    }
    let all = listed(book, &thread)?;
    let place = all.iter().position(|line| line.id == id).unwrap_or_default();
    let shown = match around {
        Some(near) => place.saturating_sub(near)..(place + near + 1).min(all.len()),
        None => 0..all.len(),
    };
    // Only the whole chat can tell that a number is missing; of a long one it is read when all of it is asked for.
    let numbers = match thread {
        Thread::Chat(_) => numbers_in_exports(book, &all)?,
        Thread::Letters(_) => BTreeMap::new(),
    };
    let lines = lines_of(book, lookup, &all, &numbers, shown)?;
    Ok(Conversation { messages: all.len() as u64, place: place as u64 + 1, chat, lines })
}

/// Some of these messages as the conversation shows them, with what is missing before each.
fn lines_of(
    book: &Book,
    lookup: &Lookup,
    all: &[Listed],
    numbers: &BTreeMap<RecordId, (u64, u64)>,
    shown: Range<usize>,
) -> Result<Vec<ConversationLine>, ActionError> {
    let places: Vec<ThreadLine<'_>> = all
        .iter()
        .map(|line| ThreadLine { id: line.id, when: line.when.as_ref(), in_export: numbers.get(&line.id).copied() })
        .collect();
    let mut gaps = timeline::gaps(&places);
    let mut lines = Vec::with_capacity(shown.len());
    for line in all.get(shown).unwrap_or_default() {
        let Some(record) = book.record(line.id)? else { continue };
        let entry = lookup.entry(book, &record, line.written_at)?;
        lines.push(ConversationLine { before: gaps.remove(&line.id).unwrap_or_default(), entry });
    }
    Ok(lines)
}

/// Which export each message of a chat stands in, as a number that only tells exports apart, and its number there.
fn numbers_in_exports(book: &Book, all: &[Listed]) -> Result<BTreeMap<RecordId, (u64, u64)>, ActionError> {
    let mut exports: BTreeMap<Digest, u64> = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for line in all {
        let Some(Content::Message(message)) = book.record(line.id)?.map(|record| record.content) else { continue };
        if let (Some(chat), Some(place)) = (&message.chat, &message.place) {
            let next = exports.len() as u64;
            numbers.insert(line.id, (*exports.entry(place.original).or_insert(next), chat.number));
        }
    }
    Ok(numbers)
}

/// The messages of a conversation in their order: of time, and in a chat of the export where times are equal.
fn listed(book: &Book, thread: &Thread) -> Result<Vec<Listed>, ActionError> {
    let mut lines = match thread {
        Thread::Chat(key) => {
            let filter = Filter { nouns: vec![Noun::Message], threads: vec![key.clone()], ..Filter::default() };
            book.list(&filter)?
        }
        Thread::Letters(ids) => {
            let mut lines = Vec::with_capacity(ids.len());
            for id in ids {
                lines.extend(book.listed(*id)?);
            }
            lines
        }
    };
    lines.sort_by_key(|line| (line.when.as_ref().map_or(i64::MAX, When::sort_key), line.id));
    Ok(lines)
}

struct InBook<'a>(&'a Book);

impl Shelf for InBook<'_> {
    type Error = StoreError;

    fn under(&self, key: &ThreadKey) -> Result<Vec<RecordId>, StoreError> {
        self.0.messages_under(key)
    }

    fn message(&self, id: RecordId) -> Result<Option<Cow<'_, Message>>, StoreError> {
        Ok(self.0.record(id)?.and_then(|record| match record.content {
            Content::Message(message) => Some(Cow::Owned(*message)),
            _ => None,
        }))
    }
}
