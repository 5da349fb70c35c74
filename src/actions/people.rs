//! Who is who: people found by name, never guessed.

use crate::model::{Address, Content, Identity, IdentityKind, Instant, Noun, Person, RecordId, Role};
use crate::store::Book;

use super::fields::{self, Reading, Set};
use super::suggest::{PersonSuggestion, Suggesting};
use super::{ActionError, Stored, entry};

/// Everybody in the book.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// In the order they were added.
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

    /// The person of this id.
    #[must_use]
    pub fn get(&self, id: RecordId) -> Option<&Person> {
        self.everybody.iter().find(|(candidate, _)| *candidate == id).map(|(_, person)| person)
    }

    /// The name of this id, or the id itself.
    #[must_use]
    pub fn name(&self, id: RecordId) -> String {
        self.get(id).map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    /// The parent who keeps the book.
    #[must_use]
    pub fn me(&self) -> Option<RecordId> {
        self.everybody.iter().find(|(_, person)| person.role == Role::Me).map(|(id, _)| *id)
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
            self.everybody.iter().filter(|(_, person)| !child || person.role == Role::Child).collect();
        if let Ok(id) = text.parse::<RecordId>()
            && id.noun == Noun::Person
        {
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
        let exact = |person: &Person| {
            same(&person.name, text) || person.identities.iter().any(|identity| same(&identity.value, text))
        };
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
            .everybody
            .iter()
            .filter(|(_, person)| !child || person.role == Role::Child)
            .map(|(_, person)| person.name.clone())
            .collect();
        ActionError::UnknownPerson { name: name.to_owned(), known, child }
    }

    /// Whom an address in a message belongs to. A display name alone merges nobody: it counts only
    /// where somebody was given it as a name and the message has no address beside it.
    #[must_use]
    pub fn owner(&self, address: &Address) -> Option<RecordId> {
        let by = |wanted: &dyn Fn(&Person) -> bool| {
            let mut found = self.everybody.iter().filter(|(_, person)| wanted(person));
            match (found.next(), found.next()) {
                (Some((id, _)), None) => Some(*id),
                _ => None,
            }
        };
        if let Some(text) = &address.address {
            return by(&|person| {
                person
                    .identities
                    .iter()
                    .any(|identity| identity.kind != IdentityKind::Name && same_identity(identity, text))
            });
        }
        let name = address.name.as_deref()?;
        by(&|person| {
            same(&person.name, name)
                || person.identities.iter().any(|i| i.kind == IdentityKind::Name && same(&i.value, name))
        })
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

fn same_identity(identity: &Identity, text: &str) -> bool {
    match identity.kind {
        IdentityKind::Phone => {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let (a, b) = (digits(&identity.value), digits(text));
            // 07700 900123 and +44 7700 900123 are one number: the last ten digits say so.
            a.len() >= 10 && b.len() >= 10 && a[a.len() - 10..] == b[b.len() - 10..]
        }
        _ => same(&identity.value, text),
    }
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
    if let Some((id, known)) = people.everybody.iter().find(|(_, known)| same(&known.name, &person.name)) {
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
        let taken = people.everybody.iter().find(|(_, known)| known.identities.iter().any(|i| i == identity));
        if let Some((id, known)) = taken {
            return Err(ActionError::Refused {
                kind: "known-address",
                what: format!("{} belongs to {} ({id}) already", identity.value, known.name),
                why: "an address can belong to one person only".into(),
                next: format!("Leave it out here, or take it away there first: daybook amend {id}"),
            });
        }
    }
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

/// Addresses in the messages of the book that belong to nobody, the most frequent first.
///
/// # Errors
/// Reading failed.
pub fn unknown_addresses(book: &Book, people: &People) -> Result<Vec<PersonSuggestion>, ActionError> {
    let mut suggesting = Suggesting::default();
    for record in book.all(Noun::Message)? {
        if let Content::Message(message) = &record.content {
            suggesting.look(record.id, message, people);
        }
    }
    Ok(suggesting.finish(people).0)
}
