//! Which name in a chat and which address is the user's: asked once, and kept as a spelling of their name or as their
//! address.

use std::collections::BTreeSet;

use crate::model::{Address, Content, Identity, IdentityKind, ImportSource, Instant, Message, Person, RecordId, phone};
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
        let from = message.from.first();
        if let Some(name) = from.and_then(|from| from.name.as_deref().or(from.address.as_deref())) {
            self.many |= self.names.len() >= MOST && !self.names.contains(name);
            if !self.many {
                self.names.insert(name.to_owned());
            }
        }
    }

    /// Two names that both write in this chat and are both the user's in this book: one of them may be somebody
    /// else's here.
    pub(super) fn both_mine(&self, people: &People) -> Option<(String, String)> {
        let mine = |name: &&String| {
            kind_of(name) == IdentityKind::Name
                && people.owner(&as_address(name)).is_some_and(|id| Some(id) == people.me())
        };
        let mut found = self.names.iter().filter(mine);
        Some((found.next()?.clone(), found.next()?.clone()))
    }

    /// The names of which one may be the user's. Empty: it is known, or there is nobody to choose from.
    pub(super) fn may_be_me(self, people: &People) -> Vec<String> {
        if self.told || self.many {
            return Vec::new();
        }
        let owner = |name: &str| people.owner(&as_address(name));
        if self.names.iter().any(|name| owner(name).is_some_and(|id| Some(id) == people.me())) {
            return Vec::new();
        }
        self.names.into_iter().filter(|name| owner(name).is_none()).collect()
    }
}

/// A name, an e-mail address or a telephone number as somebody typed or exported it.
fn as_address(written: &str) -> Address {
    match kind_of(written) {
        IdentityKind::Name => Address { name: Some(written.to_owned()), address: None },
        _ => Address { name: None, address: Some(written.to_owned()) },
    }
}

fn kind_of(written: &str) -> IdentityKind {
    let mail = written.split_once('@').is_some_and(|(_, domain)| domain.contains('.') && !domain.contains(' '));
    match (mail, phone::e164(written)) {
        (true, _) => IdentityKind::Email,
        (false, Some(_)) => IdentityKind::Phone,
        (false, None) => IdentityKind::Name,
    }
}

/// That the name given for the user in these chats is nobody else's.
pub(super) fn check(people: &People, me: Option<&str>) -> Result<(), ActionError> {
    let Some(name) = me else { return Ok(()) };
    let owner = people.owner(&as_address(name));
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
    if let Some(address) = own_address(run, id, watching) {
        said.insert(address);
    }
    said.into_iter().try_for_each(|name| spell(book, now, run, id, &name))
}

/// Asks which address is the user's, where e-mails came and none of theirs is known. Where nobody answers, the report
/// lists the addresses that are nobody's yet, with how to say whose they are.
fn own_address(run: &Run, me: RecordId, watching: &mut dyn Watching) -> Option<String> {
    let known = |person: &Person| person.identities.iter().any(|one| one.kind == IdentityKind::Email);
    if run.people.get(me).is_some_and(known) || run.importing.me.as_deref().map(kind_of) == Some(IdentityKind::Email) {
        return None;
    }
    let addresses = run.suggesting.mail_addresses(MOST / 2);
    if addresses.is_empty() { None } else { watching.which_is_me("these e-mails", &addresses) }
}

/// Keeps a spelling of the user's name, or an address of theirs.
fn spell(book: &mut Book, now: Instant, run: &mut Run, id: RecordId, name: &str) -> Result<(), ActionError> {
    let Some(mut person) = run.people.get(id).cloned() else { return Ok(()) };
    let alike = |known: &str| known.trim().to_lowercase() == name.trim().to_lowercase();
    let kind = kind_of(name);
    let known = person.identities.iter().any(|one| one.kind == kind && alike(&one.value));
    if known || alike(&person.name) || run.people.owner(&as_address(name)) == Some(id) {
        return Ok(());
    }
    person.identities.push(Identity { kind, value: name.to_owned() });
    book.write::<_, ActionError>(now, |writing| {
        let (why, what) = match kind {
            IdentityKind::Name => ("The name in an exported chat, as its user said", "a spelling of the name"),
            _ => ("The address in imported messages, as its user said", "an address"),
        };
        writing.amend(id, Content::Person(person), why)?;
        let from = if kind == IdentityKind::Name { "an exported chat" } else { "imported messages" };
        Ok(((), format!("Noted {what} of {id} from {from}")))
    })?;
    run.people = People::load(book)?;
    run.suggesting.people_changed();
    Ok(())
}
