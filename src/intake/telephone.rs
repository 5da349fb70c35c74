//! What backups of a telephone share: who a message or a call was between, and its number among theirs.

use std::collections::BTreeMap;

use crate::model::{Address, ChatPlace, Direction, Message, phone};

/// How many messages there were so far with the same other telephones.
#[derive(Debug, Default)]
pub(super) struct Chats(BTreeMap<String, u64>);

impl Chats {
    /// Fills in from, to and the chat from the other people and the direction.
    pub(super) fn place(&mut self, message: &mut Message, others: Vec<Address>) {
        if message.from.is_empty() && message.to.is_empty() {
            match message.direction {
                Some(Direction::Received) => message.from = others.into_iter().take(1).collect(),
                Some(Direction::Sent) | None => message.to = others,
            }
        }
        let mut people: Vec<&Address> = message.from.iter().chain(&message.to).collect();
        people.sort();
        let name = people.iter().map(|one| one.shown()).collect::<Vec<_>>().join(", ");
        let mut keys: Vec<String> = people
            .iter()
            .map(|one| one.address.as_deref().map_or_else(|| one.shown().to_owned(), phone::key))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let number = self.0.entry(keys.join("~")).or_insert(0);
        *number += 1;
        message.chat = Some(ChatPlace::named(name, *number));
    }
}
