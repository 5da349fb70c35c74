//! `--only-with`: which messages are from or to somebody.

use crate::model::{Address, IdentityKind, Message};

use super::super::People;

/// The people whose messages are wanted.
#[derive(Debug, Clone, Default)]
pub(super) struct Wanted {
    /// In lower case: what an address or a name has to be.
    whole: Vec<String>,
    /// In lower case: what one of them has to hold.
    words: Vec<String>,
}

impl Wanted {
    /// Each name is somebody in the book (all their addresses and spellings), and besides a word as typed.
    pub(super) fn new(names: &[String], people: &People) -> Self {
        let mut wanted = Wanted::default();
        for name in names {
            if let Some(person) = people.find(name).ok().and_then(|id| people.get(id)) {
                wanted.words.push(person.name.to_lowercase());
                for identity in &person.identities {
                    match identity.kind {
                        IdentityKind::Name => wanted.words.push(identity.value.to_lowercase()),
                        _ => wanted.whole.push(identity.value.to_lowercase()),
                    }
                }
            } else {
                wanted.words.push(name.to_lowercase());
            }
        }
        wanted.words.retain(|word| !word.trim().is_empty());
        wanted
    }

    /// Everything is wanted.
    pub(super) fn everything(&self) -> bool {
        self.whole.is_empty() && self.words.is_empty()
    }

    /// Whether a message is from or to one of them.
    pub(super) fn has(&self, message: &Message) -> bool {
        message.from.iter().chain(&message.to).chain(&message.cc).any(|address| self.is(address))
    }

    fn is(&self, address: &Address) -> bool {
        [&address.name, &address.address].into_iter().flatten().any(|text| {
            let text = text.to_lowercase();
            self.whole.contains(&text) || self.words.iter().any(|word| text.contains(word.as_str()))
        })
    }
}
