//! Which name in a chat is the user's: asked once a chat, and kept as a spelling of their name.

use std::collections::BTreeSet;

use crate::model::{Address, Content, Identity, IdentityKind, ImportSource, Instant, Message, RecordId};
use crate::store::Book;

use super::super::{ActionError, People};
use super::Watching;
use super::run::Run;
use super::words;

/// A chat of more people than these is not asked about name by name.
const MOST: usize = 20;

/// Who writes in the chat being read.
#[derive(Debug, Default)]
pub(super) struct Writers {
    names: BTreeSet<String>,
    told: bool,
    many: bool,
}

impl Writers {
    /// Takes note of who wrote a message of a chat.
    pub(super) fn met(&mut self, message: &Message) {
        if message.chat.is_none() {
            return;
        }
        self.told |= message.direction.is_some();
        if let Some(name) = message.from.first().and_then(|from| from.name.as_deref()) {
            self.many |= self.names.len() >= MOST && !self.names.contains(name);
            if !self.many {
                self.names.insert(name.to_owned());
            }
        }
    }

    /// The names of which one may be the user's. Empty: it is known, or there is nobody to choose from.
    pub(super) fn may_be_me(self, people: &People) -> Vec<String> {
        if self.told || self.many {
            return Vec::new();
        }
        let owner = |name: &str| people.owner(&Address { name: Some(name.to_owned()), address: None });
        if self.names.iter().any(|name| owner(name).is_some_and(|id| Some(id) == people.me())) {
            return Vec::new();
        }
        self.names.into_iter().filter(|name| owner(name).is_none()).collect()
    }
}

/// That the name given for the user in these chats is nobody else's.
pub(super) fn check(people: &People, me: Option<&str>) -> Result<(), ActionError> {
    let Some(name) = me else { return Ok(()) };
    let owner = people.owner(&Address { name: Some(name.to_owned()), address: None });
    match owner.filter(|id| Some(*id) != people.me()) {
        None => Ok(()),
        Some(id) => Err(ActionError::Refused {
            kind: "not-me",
            what: format!("“{name}” cannot be your name in these chats"),
            why: format!("in this book it is the name of {} ({id})", people.name(id)),
            next: "Give the name that stands before your own messages".to_owned(),
        }),
    }
}

/// Asks about the chats in which nobody is known to be the user, and keeps what was said.
pub(super) fn settle(
    book: &mut Book,
    now: Instant,
    run: &mut Run,
    watching: &mut dyn Watching,
) -> Result<(), ActionError> {
    if run.stopped {
        return Ok(());
    }
    let mut said: BTreeSet<String> = run.importing.me.iter().cloned().collect();
    for (label, digest, names) in std::mem::take(&mut run.unclear) {
        if names.iter().any(|name| said.contains(name)) {
            continue;
        }
        if let Some(name) = watching.which_is_me(&label, &names) {
            said.insert(name);
        } else {
            let finding = words::who_is_me(&label, &names);
            run.find(&ImportSource { path: label, original: digest, ..ImportSource::default() }, finding);
        }
    }
    let Some(id) = run.people.me() else { return Ok(()) };
    said.into_iter().try_for_each(|name| spell(book, now, run, id, &name))
}

/// Keeps a spelling of the user's name.
fn spell(book: &mut Book, now: Instant, run: &mut Run, id: RecordId, name: &str) -> Result<(), ActionError> {
    let Some(mut person) = run.people.get(id).cloned() else { return Ok(()) };
    let alike = |known: &str| known.trim().to_lowercase() == name.trim().to_lowercase();
    let known = person.identities.iter().any(|one| one.kind == IdentityKind::Name && alike(&one.value));
    if known || alike(&person.name) {
        return Ok(());
    }
    person.identities.push(Identity { kind: IdentityKind::Name, value: name.to_owned() });
    book.write::<_, ActionError>(now, |writing| {
        writing.amend(id, Content::Person(person), "The name in an exported chat, as its user said")?;
        Ok(((), format!("Noted a spelling of the name of {id} from an exported chat")))
    })?;
    run.people = People::load(book)?;
    Ok(())
}
