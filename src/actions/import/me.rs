//! Which name in a chat and which address is the user's: asked once, and kept as a spelling of their name or as their
//! address.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Address, Content, Identity, IdentityKind, ImportSource, Instant, Message, Person, RecordId, phone};
use crate::store::Book;

use super::super::people::{say_here, unsettled};
use super::super::{ActionError, Here, People};
use super::Watching;
use super::run::Run;
use super::words;

/// A chat of more people than these is not asked about name by name.
const MOST: usize = 20;

/// Who writes in the chat being read.
#[derive(Debug, Default)]
pub(super) struct Writers {
    /// By the name they are shown under, with the address or number that stands beside it.
    names: BTreeMap<String, Option<String>>,
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
        let Some(from) = from else { return };
        if let Some(name) = from.name.as_deref().or(from.address.as_deref()) {
            self.many |= self.names.len() >= MOST && !self.names.contains_key(name);
            if !self.many {
                let address = from.address.clone().filter(|address| address != name);
                self.names.insert(name.to_owned(), address);
            }
        }
    }

    /// Somebody writes in a chat.
    pub(super) fn any(&self) -> bool {
        self.many || !self.names.is_empty()
    }

    /// The names of which one may be the user's. Empty: it is known, or there is nobody to choose from.
    pub(super) fn may_be_me(self, people: &People) -> Vec<MayBeMe> {
        if self.told || self.many {
            return Vec::new();
        }
        let owner = |(name, address): (&String, &Option<String>)| match address {
            Some(address) => people.owner(&Address { name: None, address: Some(address.clone()) }),
            None => people.owner(&as_address(name)),
        };
        if self.names.iter().any(|one| owner(one).is_some_and(|id| Some(id) == people.me())) {
            return Vec::new();
        }
        let nobodys = self.names.iter().filter(|one| owner(*one).is_none());
        nobodys.map(|(name, address)| MayBeMe { name: name.clone(), address: address.clone() }).collect()
    }
}

/// Somebody who writes in a chat and may be the user.
#[derive(Debug, Clone)]
pub(super) struct MayBeMe {
    /// As they are shown.
    pub(super) name: String,
    /// What the service itself calls them, where it is more than the name.
    pub(super) address: Option<String>,
}

impl MayBeMe {
    /// What is kept as the user's.
    fn kept(&self) -> (String, IdentityKind) {
        match &self.address {
            Some(address) => (address.clone(), kind_of_address(address)),
            None => (self.name.clone(), kind_of(&self.name)),
        }
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

/// Of what stands where an address does: a user name, where it is no e-mail address or number.
fn kind_of_address(written: &str) -> IdentityKind {
    match kind_of(written) {
        IdentityKind::Name => IdentityKind::Handle,
        kind => kind,
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
    let mut said: BTreeSet<(String, IdentityKind)> =
        run.importing.me.iter().map(|name| (name.clone(), kind_of(name))).collect();
    let given = run.importing.me.clone();
    for (label, digest, people) in std::mem::take(&mut run.unclear) {
        if people.iter().any(|one| said.contains(&one.kept())) {
            continue;
        }
        // The name that was given is that of an account here.
        if let Some(one) = people.iter().find(|one| Some(&one.name) == given.as_ref()) {
            said.insert(one.kept());
            continue;
        }
        let names: Vec<String> = people.iter().map(|one| one.name.clone()).collect();
        let answer = watching.which_is_me(&label, &names);
        if let Some(one) = answer.and_then(|name| people.iter().find(|one| one.name == name)) {
            said.insert(one.kept());
        } else {
            let finding = words::who_is_me(&label, &people);
            run.find(&ImportSource { path: label, original: digest, ..ImportSource::default() }, finding);
        }
    }
    let Some(id) = run.people.me() else { return Ok(()) };
    if let Some(address) = own_address(run, id, watching) {
        let kind = kind_of(&address);
        said.insert((address, kind));
    }
    let new = run.record.sources.iter().any(|source| source.counts.new > 0) || !said.is_empty();
    said.into_iter().try_for_each(|(name, kind)| spell(book, now, run, id, &name, kind))?;
    if new { settle_two_names(book, now, run, watching) } else { Ok(()) }
}

/// Two names of one person that write in one chat: asked about, and what was said is kept. Where nobody answers it is
/// kept that it is not known, and the report says how to answer.
fn settle_two_names(
    book: &mut Book,
    now: Instant,
    run: &mut Run,
    watching: &mut dyn Watching,
) -> Result<(), ActionError> {
    for doubt in unsettled(book, &run.people)? {
        // The name that was given for the one chat brought in is meant for that chat.
        let for_this = run.chats == 1 && doubt.me && run.brought(doubt.example);
        let given = run.importing.me.clone().filter(|me| for_this && doubt.names.contains(me));
        let here = given.as_deref().map_or_else(|| watching.whose_here(&doubt), Here::AtLeast);
        let Some(mut person) = run.people.get(doubt.person).cloned() else { continue };
        say_here(&mut person, &doubt, here);
        let answered = !matches!(here, Here::NotKnown);
        let (why, sentence) = if answered {
            ("Whose names these are in that chat, as the keeper said", "Noted whose names these are in one chat")
        } else {
            ("Two names of one person write in one chat", "Noted that it is not known whose a name is in one chat")
        };
        let sentence = format!("{sentence}: {} in “{}”", doubt.names.join(", "), doubt.called);
        book.write::<_, ActionError>(now, |writing| {
            writing.amend(doubt.person, Content::Person(person), why)?;
            Ok(((), sentence))
        })?;
        run.people = People::load(book)?;
        if !answered {
            run.find_in(book, doubt.example, words::two_names(&doubt))?;
        }
    }
    Ok(())
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
fn spell(
    book: &mut Book,
    now: Instant,
    run: &mut Run,
    id: RecordId,
    name: &str,
    kind: IdentityKind,
) -> Result<(), ActionError> {
    let Some(mut person) = run.people.get(id).cloned() else { return Ok(()) };
    let alike = |known: &str| known.trim().to_lowercase() == name.trim().to_lowercase();
    let known = person.identities.iter().any(|one| one.kind == kind && alike(&one.value));
    if known || kind == IdentityKind::Name && (alike(&person.name) || run.people.owner(&as_address(name)) == Some(id)) {
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
