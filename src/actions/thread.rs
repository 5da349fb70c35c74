//! The conversation a message stands in.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
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
    /// The message of an earlier export in whose place it stands: both are one message.
    pub instead_of: Option<InsteadOf>,
}

/// What an earlier export of a chat has in the place of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsteadOf {
    /// The message of the earlier export.
    pub id: RecordId,
    /// The later export says that it was deleted; else it marks it as edited.
    pub deleted: bool,
}

impl InsteadOf {
    /// `one message in two exports: the later one marks MSG-4 as edited and has`.
    #[must_use]
    pub fn words(&self) -> String {
        let id = self.id;
        if self.deleted {
            format!("one message in two exports: in the place of {id} the later one says")
        } else {
            format!("one message in two exports: the later one marks {id} as edited and has")
        }
    }
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
    let instead_of = match thread {
        Thread::Chat(_) => instead_of(book)?,
        Thread::Letters(_) => BTreeMap::new(),
    };
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
            let near = with_their_later_words(near, &instead_of);
            let lines = lines_of(book, lookup, &near, (&BTreeMap::new(), &instead_of), shown - before..near.len())?;
            return Ok(Conversation { messages: moments.len() as u64, place: place as u64 + 1, chat, lines });
        }
    }
    let all = with_their_later_words(listed(book, &thread)?, &instead_of);
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
    let lines = lines_of(book, lookup, &all, (&numbers, &instead_of), shown)?;
    Ok(Conversation { messages: all.len() as u64, place: place as u64 + 1, chat, lines })
}

/// Of a message its export, as a number that only tells exports apart, and its number there.
type Numbers = BTreeMap<RecordId, (u64, u64)>;

/// Some of these messages as the conversation shows them, with what is missing before each.
fn lines_of(
    book: &Book,
    lookup: &Lookup,
    all: &[Listed],
    (numbers, instead_of): (&Numbers, &BTreeMap<RecordId, InsteadOf>),
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
        let (before, instead_of) = (gaps.remove(&line.id).unwrap_or_default(), instead_of.get(&line.id).copied());
        lines.push(ConversationLine { entry, before, instead_of });
    }
    Ok(lines)
}

/// The messages of later exports that stand in the place of others.
fn instead_of(book: &Book) -> Result<BTreeMap<RecordId, InsteadOf>, ActionError> {
    let mut found = BTreeMap::new();
    for record in book.all(Noun::Import)? {
        let Content::Import(import) = record.content else { continue };
        for one in import.sources.into_iter().flat_map(|source| source.differences) {
            let Some(later) = one.later else { continue };
            found.insert(later, InsteadOf { id: one.earlier, deleted: one.kind == "deleted-since" });
        }
    }
    Ok(found)
}

/// What a later export has in the place of a message, right below it.
fn with_their_later_words(all: Vec<Listed>, instead_of: &BTreeMap<RecordId, InsteadOf>) -> Vec<Listed> {
    let ids: BTreeSet<RecordId> = all.iter().map(|line| line.id).collect();
    let mut below: BTreeMap<RecordId, Vec<Listed>> = BTreeMap::new();
    let mut ordered: Vec<Listed> = Vec::with_capacity(all.len());
    for line in all {
        match instead_of.get(&line.id).filter(|earlier| ids.contains(&earlier.id)) {
            Some(earlier) => below.entry(earlier.id).or_default().push(line),
            None => ordered.push(line),
        }
    }
    let mut waiting: Vec<Listed> = ordered.into_iter().rev().collect();
    let mut placed = Vec::with_capacity(ids.len());
    while let Some(line) = waiting.pop() {
        waiting.extend(below.remove(&line.id).into_iter().flatten().rev());
        placed.push(line);
    }
    placed.extend(below.into_values().flatten());
    placed
}

/// Which export each message of a chat stands in, as a number that only tells exports apart, and its number there.
fn numbers_in_exports(book: &Book, all: &[Listed]) -> Result<Numbers, ActionError> {
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
        Ok(entry::message(self.0, id)?.map(Cow::Owned))
    }
}
