//! A chat that was exported before: what the two exports have differently.

use std::collections::{BTreeMap, BTreeSet};

use crate::intake::chats::{self, ChatKey, Difference};
use crate::model::{ChatDifference, Content, Digest, ImportSource, Message, Noun, RecordId};
use crate::store::Book;

use super::super::entry::message;
use super::super::{ActionError, People};
use super::run::Run;
use super::words;

/// Longer chats are not compared, so that memory stays bounded.
const MOST: usize = 200_000;
/// How much of a message's words a finding shows.
const SHOWN: usize = 200;

/// A message of an export, and its record.
type Met = (ChatKey, RecordId);

/// The messages of the chat being read, as far as comparing needs them.
#[derive(Debug, Default)]
pub(super) struct Chat {
    keys: Vec<Met>,
    too_long: bool,
    known: bool,
}

impl Chat {
    /// Takes note of a message of a chat; `known`: the book had it.
    pub(super) fn met(&mut self, message: &Message, id: RecordId, known: bool, people: &People) {
        let Some(key) = key(message, people) else { return };
        self.known |= known;
        if self.keys.len() >= MOST {
            self.too_long = true;
            return;
        }
        self.keys.push((key, id));
    }
}

/// The key of a message, under its writer's record where the book knows whose name it is: a contact may have been
/// renamed between two exports.
fn key(message: &Message, people: &People) -> Option<ChatKey> {
    let mut key = ChatKey::of(message)?;
    if let Some(id) = message.from.first().and_then(|from| people.named_in(message, from)) {
        key.author = id.to_string();
    }
    Some(key)
}

/// Compares the chat just read with the export of it that was read last before, if there is one.
pub(super) fn compare(book: &Book, run: &Run, chat: &Chat, source: &mut ImportSource) -> Result<(), ActionError> {
    if !chat.known || chat.keys.is_empty() {
        return Ok(());
    }
    if chat.too_long {
        source.find(words::too_long_to_compare(&source.path));
        return Ok(());
    }
    let here: BTreeSet<RecordId> = chat.keys.iter().map(|(_, id)| *id).collect();
    let Some((import, other)) = earlier_export(book, run, source, &here)? else { return Ok(()) };
    let mut others = Vec::new();
    for id in other.records.iter().take(MOST) {
        if let Some(message) = message(book, id)?
            && let Some(key) = key(&message, &run.people)
        {
            others.push((key, id));
        }
    }
    // An export made before the one in the book may be brought in after it.
    let last = |keys: &[Met]| keys.iter().map(|(key, _)| key.minute).max();
    let here_is_later = last(&chat.keys) >= last(&others);
    // Exports of one chat often have one name.
    let theirs = if other.path == source.path { format!("{} ({import})", other.path) } else { other.path };
    let ours = source.path.clone();
    if here_is_later {
        tell(book, &others, &chat.keys, (&theirs, &ours), source)
    } else {
        tell(book, &chat.keys, &others, (&ours, &theirs), source)
    }
}

fn tell(
    book: &Book,
    earlier: &[Met],
    later: &[Met],
    (before, after): (&str, &str),
    source: &mut ImportSource,
) -> Result<(), ActionError> {
    // What the book knows as one message is the same, whatever an export shows in its place (a picture left out).
    let ids = |keys: &[Met]| keys.iter().map(|(_, id)| *id).collect::<BTreeSet<_>>();
    let (in_earlier, in_later) = (ids(earlier), ids(later));
    let both: BTreeSet<RecordId> = in_earlier.intersection(&in_later).copied().collect();
    let keys = |keys: &[Met]| -> Vec<ChatKey> {
        let settled = keys.iter().enumerate().map(|(at, (key, id))| {
            let number = at as u64;
            if both.contains(id) {
                // Of whatever name: a contact may have been renamed between the two.
                let (author, words) = (id.to_string(), Digest::of(id.to_string().as_bytes()));
                return ChatKey { author, words, number, ..key.clone() };
            }
            ChatKey { number, ..key.clone() }
        });
        settled.collect()
    };
    let programs: BTreeSet<RecordId> =
        earlier.iter().filter(|(key, _)| key.author.is_empty()).map(|(_, id)| *id).collect();
    let reaches_further =
        earlier.iter().map(|(key, _)| key.minute).max() < later.iter().map(|(key, _)| key.minute).max();
    let at = |keys: &[Met], number: u64| usize::try_from(number).ok().and_then(|at| keys.get(at)).map(|(_, id)| *id);
    for difference in chats::compare(&keys(earlier), &keys(later)) {
        let (kind, old, new) = match difference {
            Difference::New { .. } => continue,
            Difference::Gone { earlier: old } => ("gone-since", at(earlier, old), None),
            Difference::Edited { earlier: old, later: new } => ("edited-since", at(earlier, old), at(later, new)),
            Difference::Deleted { earlier: old, later: new } => ("deleted-since", at(earlier, old), at(later, new)),
        };
        let Some(old) = old else { continue };
        // A line of the program marks how far back an export reaches; that it is gone says nothing of anybody.
        if programs.contains(&old) {
            continue;
        }
        let mut shown = BTreeMap::new();
        for id in [Some(old), new].into_iter().flatten() {
            shown.insert(id, message(book, id)?.map(|message| short(&message.text)).unwrap_or_default());
        }
        source.find(words::between_exports(
            kind,
            &source.path,
            (before, after, reaches_further),
            (old, &shown[&old]),
            new.map(|id| (id, shown[&id].as_str())),
        ));
        source.differences.push(ChatDifference {
            kind: kind.to_owned(),
            earlier: old,
            later: new,
            before: before.to_owned(),
            after: after.to_owned(),
        });
    }
    Ok(())
}

/// The export of the same chat that was brought in last before this one: of the same kind, another file, and with
/// messages that are in this one too.
fn earlier_export(
    book: &Book,
    run: &Run,
    source: &ImportSource,
    here: &BTreeSet<RecordId>,
) -> Result<Option<(RecordId, ImportSource)>, ActionError> {
    let of_this_chat = |other: &ImportSource| {
        other.format == source.format
            && (other.original, other.within) != (source.original, source.within)
            && other.records.iter().any(|id| here.contains(&id))
    };
    if let Some(found) = run.sources_so_far().rev().find(|other| of_this_chat(other)) {
        return Ok(Some((run.id, found.clone())));
    }
    let imports = book.all(Noun::Import)?;
    for record in imports.into_iter().rev().filter(|record| record.id != run.id) {
        let Content::Import(import) = record.content else { continue };
        if let Some(found) = import.sources.into_iter().rev().find(|other| of_this_chat(other)) {
            return Ok(Some((record.id, found)));
        }
    }
    Ok(None)
}

fn short(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= SHOWN {
        return words;
    }
    words.chars().take(SHOWN).chain("…".chars()).collect()
}
