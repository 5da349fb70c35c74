//! Who is who: people found by name, never guessed.

mod attach;
mod correspondents;
mod in_chat;
mod merge;
mod split;

use crate::model::{Address, Content, IdentityKind, Instant, Message, Noun, Person, RecordId, Role, Whose, name_key};
use crate::store::Book;

use super::fields::{self, Reading, Set};
use super::{ActionError, Stored, entry};

pub use attach::{Attaching, attach};
pub use correspondents::{Written, unknown_correspondents, written_with};
pub use in_chat::{Here, TwoNames};
pub(super) use in_chat::{not_known, note_new_names, say_here, unsettled};
pub use merge::{PeopleChange, merge, undo_merge};
pub use split::{Splitting, split};

/// Everybody in the book.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// In the order they were added. Who was joined to somebody else is among them.
    pub everybody: Vec<(RecordId, Person)>,
}

impl People {
    /// Reads everybody.
    ///
    /// # Errors
    /// Reading failed.
    pub fn load(book: &Book) -> Result<Self, ActionError> {
        let everybody = book
            .all(Noun::Person)?
            .into_iter()
            .filter_map(|record| match record.content {
                Content::Person(person) => Some((record.id, person)),
                _ => None,
            })
            .collect();
        Ok(People { everybody })
    }

    /// The person of this id, or whom they were joined to.
    #[must_use]
    pub fn get(&self, id: RecordId) -> Option<&Person> {
        self.own(self.shown_as(id))
    }

    /// The record of this id itself.
    #[must_use]
    pub fn own(&self, id: RecordId) -> Option<&Person> {
        self.everybody.iter().find(|(candidate, _)| *candidate == id).map(|(_, person)| person)
    }

    /// Under which id this one is shown: its own, or that of the person it was joined to.
    #[must_use]
    pub fn shown_as(&self, id: RecordId) -> RecordId {
        let mut id = id;
        // As many steps as there are people: a circle, which no command makes, ends as well.
        for _ in &self.everybody {
            match self.own(id).and_then(|person| person.merged.as_ref()) {
                Some(merged) => id = merged.into,
                None => break,
            }
        }
        id
    }

    /// Everybody who is not shown under somebody else.
    pub fn standing(&self) -> impl Iterator<Item = &(RecordId, Person)> {
        self.everybody.iter().filter(|(_, person)| person.merged.is_none())
    }

    /// The name of this id, or the id itself.
    #[must_use]
    pub fn name(&self, id: RecordId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    /// The parent who keeps the book.
    #[must_use]
    pub fn me(&self) -> Option<RecordId> {
        self.standing().find(|(_, person)| person.role == Role::Me).map(|(id, _)| *id)
    }

    /// Whom a person means: an id, `me`, a whole name or other spelling, an address, or a given name
    /// that only one person has.
    ///
    /// # Errors
    /// Nobody, or several.
    pub fn find(&self, text: &str) -> Result<RecordId, ActionError> {
        self.find_among(text, false)
    }

    /// The same, among the children.
    ///
    /// # Errors
    /// No child, or several.
    pub fn find_child(&self, text: &str) -> Result<RecordId, ActionError> {
        self.find_among(text, true)
    }

    fn find_among(&self, text: &str, child: bool) -> Result<RecordId, ActionError> {
        let text = text.trim();
        let pool: Vec<&(RecordId, Person)> =
            self.standing().filter(|(_, person)| !child || person.role == Role::Child).collect();
        if let Ok(id) = text.parse::<RecordId>()
            && id.noun == Noun::Person
        {
            let id = self.shown_as(id);
            return match pool.iter().find(|(candidate, _)| *candidate == id) {
                Some(_) => Ok(id),
                None if child => Err(self.unknown(text, child)),
                None => Err(ActionError::UnknownId { id }),
            };
        }
        if text.eq_ignore_ascii_case("me")
            && !child
            && let Some(id) = self.me()
        {
            return Ok(id);
        }
        let exact = |person: &Person| person.has_name(text) || person.has_address(text);
        let mut found: Vec<_> = pool.iter().filter(|(_, person)| exact(person)).collect();
        if found.is_empty() {
            found = pool.iter().filter(|(_, person)| same(person.short_name(), text)).collect();
        }
        match found.as_slice() {
            [(id, _)] => Ok(*id),
            [] => Err(self.unknown(text, child)),
            several => Err(ActionError::SeveralPeople {
                name: text.to_owned(),
                candidates: several.iter().map(|(id, person)| format!("{} ({id})", person.name)).collect(),
            }),
        }
    }

    fn unknown(&self, name: &str, child: bool) -> ActionError {
        let known = self
            .standing()
            .filter(|(_, person)| !child || person.role == Role::Child)
            .map(|(_, person)| person.name.clone())
            .collect();
        ActionError::UnknownPerson { name: name.to_owned(), known, child }
    }

    /// Whom this message names by an address; see [`Person::is_named_in`]. `None`: nobody, or several.
    #[must_use]
    pub fn named_in(&self, message: &Message, address: &Address) -> Option<RecordId> {
        let mut found = self.standing().filter(|(_, person)| person.is_named_in(message, address));
        match (found.next(), found.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    }

    /// Whether anything is said of a name in one chat only.
    #[must_use]
    pub fn have_names_in_chats(&self) -> bool {
        self.everybody.iter().any(|(_, person)| !person.in_chats.is_empty())
    }

    /// Somebody who has this name elsewhere, and of whom nobody has said whether it is theirs in this message's chat.
    #[must_use]
    pub fn doubtful_in(&self, message: &Message, address: &Address) -> bool {
        let unsaid = |person: &Person| person.said_in(message, address).is_some_and(|it| it.whose == Whose::NotKnown);
        self.named_in(message, address).is_none() && self.standing().any(|(_, person)| unsaid(person))
    }

    /// Whom an address belongs to wherever nothing else is said; see [`Person::is_named_by`]. `None`: nobody, or several.
    #[must_use]
    pub fn owner(&self, address: &Address) -> Option<RecordId> {
        let mut found = self.standing().filter(|(_, person)| person.is_named_by(address));
        match (found.next(), found.next()) {
            (Some((id, _)), None) => Some(*id),
            _ => None,
        }
    }

    /// What else this name's owner is called: their name, spellings, numbers and addresses. Empty: it is nobody's, or
    /// several people's.
    pub(super) fn other_names(&self, name: &str) -> Vec<String> {
        let by_name = self.owner(&Address { name: Some(name.to_owned()), address: None });
        let owner = by_name.or_else(|| self.owner(&Address { name: None, address: Some(name.to_owned()) }));
        let Some(person) = owner.and_then(|id| self.get(id)) else { return Vec::new() };
        let all = std::iter::once(&person.name).chain(person.identities.iter().map(|identity| &identity.value));
        all.filter(|other| !same(other, name)).cloned().collect()
    }
}

fn same(a: &str, b: &str) -> bool {
    name_key(a) == name_key(b)
}

/// Adds somebody.
///
/// # Errors
/// Somebody of exactly this name is there already, or writing failed.
pub fn add_person(book: &mut Book, now: Instant, person: Person) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    if person.name.trim().is_empty() {
        return Err(ActionError::Refused {
            kind: "no-name",
            what: "A person needs a name".into(),
            why: "papers name people, and records are joined to them by name".into(),
            next: "Give the name: daybook people add \"Jo Lambert\" --role mediator".into(),
        });
    }
    if let Some((id, known)) = people.standing().find(|(_, known)| same(&known.name, &person.name)) {
        return Err(ActionError::Refused {
            kind: "known-name",
            what: format!("{} is in this book already, as {id}", known.name),
            why: "two people of one name could not be told apart in a paper".into(),
            next: format!(
                "Add to what is known: daybook amend {id} --set email=… --why \"…\". For another person of the \
                 same name, add something to it, such as a middle name."
            ),
        });
    }
    // The sole owner of an address keeps it: two owners would make every message by it doubtful.
    for identity in person.identities.iter().filter(|identity| identity.kind != IdentityKind::Name) {
        let taken = people.standing().find(|(_, known)| known.has_address(&identity.value));
        if let Some((id, known)) = taken {
            return Err(ActionError::Refused {
                kind: "known-address",
                what: format!("{} belongs to {} ({id}) already", identity.value, known.name),
                why: "an address can belong to one person only".into(),
                next: format!(
                    "Leave it out here, or take it away there first: daybook people split {id} --take \"{}\" --as \"{}\"",
                    identity.value, person.name
                ),
            });
        }
    }
    let mut person = person;
    // Its own id is not there yet, and nothing that is noted names it.
    note_new_names(book, &people, RecordId::new(Noun::Person, 0), &mut person)?;
    let content = Content::Person(person);
    let written = book.write::<_, ActionError>(now, |writing| {
        let sentence = format!("Added {} to the people of this book", content.title());
        Ok((writing.add(content)?, sentence))
    })?;
    entry::stored(book, written)
}

/// Somebody of this name with these fields set, not yet in the book.
///
/// # Errors
/// A field that cannot be read.
pub fn person_from(name: &str, sets: &[Set], reading: &Reading<'_>) -> Result<Person, ActionError> {
    let mut content = Content::Person(Person::named(name.trim(), Role::Other));
    fields::set(&mut content, sets, reading)?;
    match content {
        Content::Person(person) => Ok(person),
        _ => unreachable!("setting fields keeps the noun"),
    }
}

#[cfg(test)]
mod tests;
