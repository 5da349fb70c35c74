//! Two records of one person become one, and two again. Nothing is rewritten: whatever names the one is shown
//! under the other for as long as they are joined.

use crate::model::{Content, Instant, Noun, Person, RecordId, Role};
use crate::store::{Book, JournalEntry};

use super::People;
use super::in_chat::{self, TwoNames};
use crate::actions::{ActionError, Entry, entry};

/// What a change among people did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleChange {
    /// The people it concerns, as they now stand.
    pub people: Vec<Entry>,
    /// Chats in which two names write that are one person's since.
    pub unsettled: Vec<TwoNames>,
    /// The journal entry.
    pub journal: JournalEntry,
}

/// Joins `other` to `kept`: the addresses, numbers and spellings of `other` go to `kept`, which also takes its
/// role where it has none of its own. `other` stays readable.
///
/// # Errors
/// They are one already, have roles that cannot be one person, there is no reason, or writing failed.
pub fn merge(
    book: &mut Book,
    now: Instant,
    kept: RecordId,
    other: RecordId,
    why: &str,
) -> Result<PeopleChange, ActionError> {
    let people = People::load(book)?;
    let why = reason(why)?;
    let (mut keeper, mut joined) = (standing(&people, kept)?.clone(), standing(&people, other)?.clone());
    if kept == other {
        return Err(refused(
            "same-person",
            format!("{kept} is {other}"),
            "two people are needed to be joined",
            "Look at who is there: daybook people".into(),
        ));
    }
    refuse_roles((kept, &keeper), (other, &joined))?;
    let sentence = format!("Joined {} ({other}) to {} ({kept}) as one person: {why}", joined.name, keeper.name);
    join(&mut keeper, &mut joined, kept);
    let before = keeper.in_chats.len();
    let unsettled = in_chat::note_new_names(book, &people, kept, &mut keeper)?;
    if let Some(merged) = &mut joined.merged {
        merged.gave_in_chats.extend(keeper.in_chats.iter().skip(before).cloned());
    }
    let changed = write(book, now, sentence, why, vec![(kept, keeper), (other, joined)])?;
    Ok(PeopleChange { unsettled, ..changed })
}

/// What belongs to `joined` goes to `keeper`, and each remembers enough to undo it exactly.
fn join(keeper: &mut Person, joined: &mut Person, kept: RecordId) {
    use crate::model::{Identity, IdentityKind, Merged};
    let name = Identity { kind: IdentityKind::Name, value: joined.name.clone() };
    let mut gave = Vec::new();
    for identity in std::iter::once(&name).chain(&joined.identities) {
        let known = match identity.kind {
            IdentityKind::Name => keeper.has_name(&identity.value),
            _ => keeper.identities.contains(identity),
        };
        if !known {
            keeper.identities.push(identity.clone());
            gave.push(identity.clone());
        }
    }
    let new = joined.in_chats.iter().filter(|said| keeper.said_of(&said.name, &said.chat).is_none());
    let gave_in_chats: Vec<_> = new.cloned().collect();
    keeper.in_chats.extend(gave_in_chats.iter().cloned());
    let takes_role = keeper.role == Role::Other && joined.role != Role::Other;
    let role_before = takes_role.then_some(keeper.role);
    if takes_role {
        keeper.role = joined.role;
    }
    joined.merged = Some(Merged { into: kept, gave, gave_in_chats, role_before });
}

/// Undoes the joining of `id` to somebody else.
///
/// # Errors
/// It was joined to nobody, there is no reason, or writing failed.
pub fn undo_merge(book: &mut Book, now: Instant, id: RecordId, why: &str) -> Result<PeopleChange, ActionError> {
    let people = People::load(book)?;
    let why = reason(why)?;
    let mut joined = people.own(id).cloned().ok_or(ActionError::UnknownId { id })?;
    let Some(merged) = joined.merged.take() else {
        return Err(refused(
            "not-joined",
            format!("{id} is joined to nobody"),
            "only what was joined can be taken apart this way",
            format!(
                "To give some of its addresses to somebody new: daybook people split {id} --take ADDRESS --as NAME"
            ),
        ));
    };
    let mut keeper = people.own(merged.into).cloned().ok_or(ActionError::UnknownId { id: merged.into })?;
    // What was given to a third person meanwhile is that one's, and no address has two owners.
    let elsewhere = |identity: &crate::model::Identity| {
        people.standing().any(|(other, person)| *other != merged.into && person.identities.contains(identity))
    };
    joined.identities.retain(|identity| !elsewhere(identity));
    keeper.identities.retain(|identity| !merged.gave.contains(identity));
    keeper.in_chats.retain(|said| !merged.gave_in_chats.contains(said));
    if let Some(before) = merged.role_before
        && keeper.role == joined.role
    {
        keeper.role = before;
    }
    let sentence = format!("Took {} ({id}) and {} ({}) apart again: {why}", joined.name, keeper.name, merged.into);
    write(book, now, sentence, why, vec![(merged.into, keeper), (id, joined)])
}

/// Somebody who is not shown under somebody else.
pub(super) fn standing(people: &People, id: RecordId) -> Result<&Person, ActionError> {
    if id.noun != Noun::Person {
        return Err(ActionError::WrongNoun { id, wanted: "a person" });
    }
    let person = people.own(id).ok_or(ActionError::UnknownId { id })?;
    match &person.merged {
        None => Ok(person),
        Some(merged) => Err(refused(
            "joined-already",
            format!("{id} is joined to {} ({})", people.name(merged.into), merged.into),
            "what belongs to it belongs to that person now",
            format!("Name {}, or take them apart first: daybook people undo {id} --why \"…\"", people.shown_as(id)),
        )),
    }
}

/// The parties and the children of a case and those who advise them are different people, whatever an address says.
fn refuse_roles((kept, keeper): (RecordId, &Person), (other, joined): (RecordId, &Person)) -> Result<(), ActionError> {
    // A lawyer's and a mediator's messages are held back by their role: it must not get lost either.
    let of_case =
        |role: Role| matches!(role, Role::Me | Role::OtherParent | Role::Child | Role::Solicitor | Role::Mediator);
    let (one, two) = (keeper.role, joined.role);
    if one != two && one != Role::Other && two != Role::Other && (of_case(one) || of_case(two)) {
        return Err(clash((kept, keeper), (other, joined)));
    }
    Ok(())
}

fn clash((kept, keeper): (RecordId, &Person), (other, joined): (RecordId, &Person)) -> ActionError {
    let role = |person: &Person| crate::actions::role_word(person.role).replace('-', " ");
    refused(
        "different-people",
        format!(
            "{} ({kept}, {}) and {} ({other}, {}) were not joined",
            keeper.name,
            role(keeper),
            joined.name,
            role(joined)
        ),
        "every message and event of the one would be shown as the other's, in every paper, and the parties \
         and children of a case and their advisers are different people",
        format!(
            "If one of them was put down in the wrong role, correct that first: daybook amend {other} --set role=other \
             --why \"…\". To move one address: daybook people split {other} --take ADDRESS --as NAME --why \"…\""
        ),
    )
}

pub(super) fn write(
    book: &mut Book,
    now: Instant,
    sentence: String,
    why: &str,
    changed: Vec<(RecordId, Person)>,
) -> Result<PeopleChange, ActionError> {
    let ids: Vec<RecordId> = changed.iter().map(|(id, _)| *id).collect();
    let written = book.write::<_, ActionError>(now, |writing| {
        for (id, person) in changed {
            writing.amend(id, Content::Person(person), why)?;
        }
        Ok(((), sentence))
    })?;
    Ok(PeopleChange { people: entries(book, &ids)?, unsettled: Vec::new(), journal: written.journal })
}

pub(super) fn entries(book: &Book, ids: &[RecordId]) -> Result<Vec<Entry>, ActionError> {
    let lookup = entry::Lookup::load(book)?;
    ids.iter()
        .map(|id| {
            let record = entry::require(book, *id)?;
            let written_at = entry::first_written(book, &record)?;
            lookup.entry(book, &record, written_at)
        })
        .collect()
}

pub(super) fn reason(why: &str) -> Result<&str, ActionError> {
    let why = why.trim();
    if why.is_empty() {
        return Err(refused(
            "no-reason",
            "No reason was given".into(),
            "who somebody is decides what papers say, and a reader may ask how it is known",
            "Add --why \"…\"".into(),
        ));
    }
    Ok(why)
}

pub(super) fn refused(kind: &'static str, what: String, why: &str, next: String) -> ActionError {
    ActionError::Refused { kind, what, why: why.to_owned(), next }
}
