//! Saying whose an address, a number or a name in a chat is.

use crate::model::{Content, Identity, IdentityKind, Instant, RecordId, address_key, phone};
use crate::store::Book;

use super::People;
use super::in_chat;
use super::merge::{PeopleChange, entries, refused, standing};
use crate::actions::ActionError;

/// What somebody is known by.
#[derive(Debug, Clone)]
pub struct Attaching {
    /// Who.
    pub to: RecordId,
    /// The address, number or handle, or the name in exactly the spelling of the chat.
    pub written: String,
    /// It is a name: nothing but how a chat or a telephone calls them.
    pub by_name: bool,
    /// A message of the only chat in which the name is meant. `None`: it is theirs wherever it stands.
    pub chat: Option<RecordId>,
    /// How it is known; may be left out.
    pub why: String,
}

/// Gives an address, a number, a handle or a spelling to somebody.
///
/// # Errors
/// It is somebody else's or theirs already, or writing failed.
pub fn attach(book: &mut Book, now: Instant, attaching: &Attaching) -> Result<PeopleChange, ActionError> {
    if let Some(chat) = attaching.chat {
        return in_chat::attach(book, now, attaching, chat);
    }
    let people = People::load(book)?;
    let written = attaching.written.trim();
    let mut person = standing(&people, attaching.to)?.clone();
    let kind = match attaching.by_name {
        true => IdentityKind::Name,
        false if written.contains('@') && !written.starts_with('@') => IdentityKind::Email,
        false if phone::e164(written).is_some() => IdentityKind::Phone,
        false => IdentityKind::Handle,
    };
    let has = |one: &crate::model::Person| match kind {
        IdentityKind::Name => one.has_name(written),
        _ => one.identities.iter().any(|i| i.kind != IdentityKind::Name && i.key() == address_key(written)),
    };
    if written.is_empty() || has(&person) {
        return Err(refused(
            "no-change",
            format!("{} has that already", attaching.to),
            "saying it again would only add a version",
            format!("Look at it: daybook show {}", attaching.to),
        ));
    }
    if let Some((id, owner)) = people.standing().find(|(_, other)| has(other)) {
        return Err(refused(
            "known-address",
            format!("{written} belongs to {} ({id})", owner.name),
            "an address or a spelling can belong to one person only, or nobody could say whose a message is",
            format!(
                "If both are one person: daybook people merge {} {id} --why \"…\". If not, take it from them first: \
                 daybook people split {id} --take \"{written}\" --as NAME --why \"…\"",
                attaching.to
            ),
        ));
    }
    let value = if kind == IdentityKind::Email { written.to_lowercase() } else { written.to_owned() };
    person.identities.push(Identity { kind, value });
    let why = attaching.reason();
    let unsettled = in_chat::note_new_names(book, &people, attaching.to, &mut person)?;
    let sentence = format!("Noted that {written} is {} ({}): {why}", person.name, attaching.to);
    let written = book.write::<_, ActionError>(now, |writing| {
        writing.amend(attaching.to, Content::Person(person), why)?;
        Ok(((), sentence))
    })?;
    Ok(PeopleChange { people: entries(book, &[attaching.to])?, unsettled, journal: written.journal })
}

impl Attaching {
    pub(super) fn reason(&self) -> &str {
        match self.why.trim() {
            "" => "the keeper says whose it is",
            why => why,
        }
    }
}
