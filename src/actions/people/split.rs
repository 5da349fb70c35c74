//! Some of what was taken for one person's belongs to another.

use crate::model::{Content, IdentityKind, Instant, Person, RecordId, Role};
use crate::store::Book;

use super::in_chat;
use super::merge::{PeopleChange, entries, reason, refused, standing};
use super::{People, same};
use crate::actions::ActionError;

/// What goes to a person of their own.
#[derive(Debug, Clone)]
pub struct Splitting {
    /// From whom.
    pub from: RecordId,
    /// Addresses, numbers, handles or spellings of theirs, as typed.
    pub take: Vec<String>,
    /// The name of the new person.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// A message of the only chat in which the names are the new person's. `None`: wherever they stand.
    pub chat: Option<RecordId>,
    /// How it is known.
    pub why: String,
}

/// Makes a new person of some addresses, numbers or spellings of another. What names the other by id stays
/// with the other; what names these addresses is the new person's.
///
/// # Errors
/// The other does not have them, the name is in the book already, there is no reason, or writing failed.
pub fn split(book: &mut Book, now: Instant, splitting: &Splitting) -> Result<PeopleChange, ActionError> {
    let people = People::load(book)?;
    let why = reason(&splitting.why)?;
    let from = splitting.from;
    let mut old = standing(&people, from)?.clone();
    let name = splitting.name.trim();
    if let Some((id, known)) = people.standing().find(|(_, known)| same(&known.name, name)) {
        return Err(refused(
            "known-name",
            format!("{} is in this book already, as {id}", known.name),
            "two people of one name could not be told apart in a paper",
            format!(
                "Give them to that person: daybook people attach {id} ADDRESS --why \"…\", after taking them away here"
            ),
        ));
    }
    let mut new = Person::named(name, splitting.role);
    if let Some(chat) = splitting.chat {
        return in_chat::split(book, now, splitting, (old, new), chat);
    }
    for asked in &splitting.take {
        let mut taken = Vec::new();
        old.identities.retain(|identity| {
            let this = match identity.kind {
                IdentityKind::Name => same(&identity.value, asked),
                _ => identity.key() == crate::model::address_key(asked),
            };
            if this {
                taken.push(identity.clone());
            }
            !this
        });
        if taken.is_empty() {
            let theirs: Vec<&str> = old.identities.iter().map(|identity| identity.value.as_str()).collect();
            let next = if theirs.is_empty() {
                format!("Nothing belongs to {} but the name; see daybook people", old.name)
            } else {
                format!("Theirs are: {}", theirs.join(", "))
            };
            return Err(refused(
                "not-theirs",
                format!("“{asked}” is not {}'s", old.name),
                "only what belongs to somebody can be taken",
                next,
            ));
        }
        new.identities.extend(taken);
    }
    if name.is_empty() || new.identities.is_empty() {
        return Err(refused(
            "nothing-to-split",
            "It was not said what goes to whom".into(),
            "a new person needs a name and something that is theirs",
            format!("daybook people split {from} --take ADDRESS --as NAME --why \"…\""),
        ));
    }
    let given: Vec<&str> = new.identities.iter().map(|identity| identity.value.as_str()).collect();
    let sentence =
        format!("Gave {} of {} ({from}) to {name}, a person of their own: {why}", given.join(", "), old.name);
    let written = book.write::<_, ActionError>(now, |writing| {
        let id = writing.add(Content::Person(new.clone()))?;
        writing.amend(from, Content::Person(old.clone()), why)?;
        Ok((id, sentence))
    })?;
    Ok(PeopleChange { people: entries(book, &[written.value, from])?, unsettled: Vec::new(), journal: written.journal })
}
