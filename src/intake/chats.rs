//! What all chats share: knowing the same message again in another export, and telling two exports apart.

use std::collections::{BTreeMap, HashMap};

use super::fingerprint;
use crate::model::{Digest, Message, MessageState};

/// The most different messages whose repetitions are counted apart.
const MOST: usize = 4_000_000;

/// Gives each message of a chat what makes it the same message in another export of that chat.
#[derive(Debug)]
pub(super) struct Known {
    chat: String,
    /// The two people of a chat, or the name of a group, as written.
    parties: Vec<String>,
    /// By the first eight bytes of the hash: two messages that share them only get another count.
    seen: HashMap<[u8; 8], u32>,
    /// How many equal messages stood before the last one.
    ordinal: u32,
    /// What else people are called, each asked once.
    other_names: HashMap<String, Vec<String>>,
}

/// Of so many other names of one person a chat is looked for at most.
const MOST_NAMES: usize = 6;

impl Known {
    /// `people`: who wrote, where the chat is between two; else the chat is known by its name.
    pub(super) fn new(name: &str, people: Option<[&str; 2]>) -> Self {
        let parties: Vec<String> = people.map_or_else(|| vec![name.to_owned()], |two| two.map(str::to_owned).to_vec());
        let chat = between(parties.iter().map(String::as_str));
        Known { chat, parties, seen: HashMap::new(), ordinal: 0, other_names: HashMap::new() }
    }

    /// `bare`: the words a person wrote, without what the program put beside them.
    pub(super) fn fingerprint(&mut self, message: &Message, bare: &str) -> Digest {
        let from = message.from.first().and_then(|from| from.name.as_deref().or(from.address.as_deref()));
        self.fingerprint_by(from.unwrap_or_default(), message, bare)
    }

    /// The same where the service names the writer by more than a name.
    pub(super) fn fingerprint_by(&mut self, from: &str, message: &Message, bare: &str) -> Digest {
        let first = fingerprint::of_chat(from, &self.chat, message, bare, 0);
        let mut key = [0; 8];
        key.copy_from_slice(&first.0[..8]);
        if self.seen.len() >= MOST && !self.seen.contains_key(&key) {
            return first;
        }
        let count = self.seen.entry(key).or_insert(0);
        let ordinal = *count;
        *count = count.saturating_add(1);
        self.ordinal = ordinal;
        if ordinal == 0 { first } else { fingerprint::of_chat(from, &self.chat, message, bare, ordinal) }
    }
}

impl Known {
    /// What [`Known::fingerprint`] of this message, the last it was asked for, would have been if the people of the
    /// chat were written under their other names.
    pub(super) fn under_other_names(
        &mut self,
        message: &Message,
        bare: &str,
        names: impl Fn(&str) -> Vec<String>,
    ) -> Vec<Digest> {
        let Some(from) = message.from.first().map(|from| from.shown().to_owned()) else { return Vec::new() };
        let mut called = |name: &str| -> Vec<String> {
            let others = self.other_names.entry(name.to_owned()).or_insert_with(|| names(name));
            std::iter::once(name).chain(others.iter().take(MOST_NAMES).map(String::as_str)).map(str::to_owned).collect()
        };
        let parties: Vec<Vec<String>> = self.parties.iter().map(|name| called(name)).collect();
        // The writer, where one of the two, goes by the same name in both places.
        let writer = self.parties.iter().position(|name| *name == from).filter(|_| parties.len() == 2);
        let writers = if writer.is_some() { Vec::new() } else { called(&from) };
        if parties.iter().all(|names| names.len() == 1) && writers.len() <= 1 {
            return Vec::new();
        }
        let second = parties.get(1).cloned().unwrap_or_else(|| vec![String::new()]);
        let mut found = Vec::new();
        for first in parties.first().into_iter().flatten() {
            for second in &second {
                let both = [first.as_str(), second.as_str()];
                let chat = between(both.into_iter().take(parties.len()));
                let by: Vec<&str> = match writer {
                    Some(at) => vec![both[at]],
                    None => writers.iter().map(String::as_str).collect(),
                };
                let prints = by.into_iter().map(|by| fingerprint::of_chat(by, &chat, message, bare, self.ordinal));
                found.extend(prints);
            }
        }
        // The first is under the names as written.
        found.into_iter().skip(1).collect()
    }
}

/// A chat by those it is between, in whatever order.
fn between<'a>(parties: impl Iterator<Item = &'a str>) -> String {
    let mut parties: Vec<String> = parties.map(|name| name.trim().to_lowercase()).collect();
    parties.sort_unstable();
    parties.join("\n")
}

/// One message of an export, as far as comparing needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChatKey {
    /// Who wrote it, as exported. Empty: the program.
    pub author: String,
    /// Its minute since 1970 in UTC, or of the wall clock where the zone is not known.
    pub minute: i64,
    /// The hash of its words.
    pub words: Digest,
    /// The export says that it was edited.
    pub edited: bool,
    /// The export says that it was deleted.
    pub deleted: bool,
    /// Its number in its export.
    pub number: u64,
}

impl ChatKey {
    /// The key of a message of a chat. `None`: it has no time, or stands in no chat.
    #[must_use]
    pub fn of(message: &Message) -> Option<Self> {
        let number = message.chat.as_ref()?.number;
        // A number or an address stays when a contact is renamed.
        let from = message.from.first().map(|from| from.address.as_deref().unwrap_or(from.shown()));
        let author = from.map(|from| from.trim().to_lowercase()).unwrap_or_default();
        let words = message.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(ChatKey {
            author,
            minute: message.sent.as_ref()?.sort_key().div_euclid(60_000),
            words: Digest::of(words.as_bytes()),
            edited: message.states.contains(&MessageState::Edited),
            deleted: message.states.contains(&MessageState::Deleted),
            number,
        })
    }
}

/// How a later export of a chat differs from an earlier one. The numbers are those of the exports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// Only the later export has it.
    New {
        /// Its number in the later export.
        later: u64,
    },
    /// Only the earlier export has it, though the later one reaches back so far.
    Gone {
        /// Its number in the earlier export.
        earlier: u64,
    },
    /// Its words differ, and the later export says that it was edited.
    Edited {
        /// Its number in the earlier export.
        earlier: u64,
        /// Its number in the later export.
        later: u64,
    },
    /// The later export says in its place that a message was deleted.
    Deleted {
        /// Its number in the earlier export.
        earlier: u64,
        /// Its number in the later export.
        later: u64,
    },
}

/// What the earlier and the later export have of one minute of one author.
type Sides<'a> = (Vec<&'a ChatKey>, Vec<&'a ChatKey>);

/// Compares two exports of one chat. Messages are the same if author, minute and words are; what is left in
/// one minute of one author is paired in its order. Messages before the first of the later export are not
/// called gone: long exports are cut at their oldest end.
#[must_use]
pub fn compare(earlier: &[ChatKey], later: &[ChatKey]) -> Vec<Difference> {
    let reaches = later.iter().map(|key| key.minute).min();
    let mut minutes: BTreeMap<(i64, &str), Sides<'_>> = BTreeMap::new();
    for key in earlier {
        minutes.entry((key.minute, &key.author)).or_default().0.push(key);
    }
    for key in later {
        minutes.entry((key.minute, &key.author)).or_default().1.push(key);
    }
    let mut differences = Vec::new();
    for ((minute, _), (mut before, mut after)) in minutes {
        let mut counts: HashMap<Digest, usize> = HashMap::new();
        for key in &before {
            *counts.entry(key.words).or_default() += 1;
        }
        let mut same: HashMap<Digest, usize> = HashMap::new();
        after.retain(|key| {
            let Some(count) = counts.get_mut(&key.words).filter(|count| **count > 0) else { return true };
            *count -= 1;
            *same.entry(key.words).or_default() += 1;
            false
        });
        before.retain(|key| match same.get_mut(&key.words) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
        let mut before = before.into_iter().peekable();
        for key in after {
            let (number, later) = (before.peek().map(|old| old.number), key.number);
            match number {
                Some(earlier) if key.deleted => {
                    differences.push(Difference::Deleted { earlier, later });
                    before.next();
                }
                Some(earlier) if key.edited => {
                    differences.push(Difference::Edited { earlier, later });
                    before.next();
                }
                _ => differences.push(Difference::New { later }),
            }
        }
        if reaches.is_some_and(|reaches| minute >= reaches) {
            differences.extend(before.map(|key| Difference::Gone { earlier: key.number }));
        }
    }
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(number: u64, author: &str, minute: i64, words: &str) -> ChatKey {
        let words = Digest::of(words.as_bytes());
        ChatKey { author: author.into(), minute, words, edited: false, deleted: false, number }
    }

    #[test]
    fn two_exports_are_told_apart() {
        let earlier = [
            key(1, "sam", 1, "too old for the later one"),
            key(2, "sam", 10, "hi"),
            key(3, "alex", 11, "five is fine"),
            key(4, "sam", 12, "I will not bring her"),
            key(5, "sam", 13, "ok"),
            key(6, "sam", 13, "ok"),
            key(7, "sam", 14, "gone without a trace"),
        ];
        let later = [
            key(1, "sam", 10, "hi"),
            ChatKey { edited: true, ..key(2, "alex", 11, "six is fine") },
            ChatKey { deleted: true, ..key(3, "sam", 12, "This message was deleted") },
            key(4, "sam", 13, "ok"),
            key(5, "sam", 13, "ok"),
            key(6, "alex", 20, "new"),
        ];
        let found = compare(&earlier, &later);
        assert_eq!(
            found,
            [
                Difference::Edited { earlier: 3, later: 2 },
                Difference::Deleted { earlier: 4, later: 3 },
                Difference::Gone { earlier: 7 },
                Difference::New { later: 6 },
            ]
        );
        assert_eq!(compare(&later, &later), []);
        assert_eq!(compare(&earlier, &[]), []);
    }
}
