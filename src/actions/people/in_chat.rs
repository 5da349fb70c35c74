//! Whose a name is in one chat. A name is known from another chat, or from the book; where two names that are one
//! person's both write in one export, one of them may be somebody else's there.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Content, Instant, NameInChat, Person, RecordId, Whose, name_key};
use crate::store::Book;

use super::attach::Attaching;
use super::merge::{PeopleChange, entries, refused, standing, write};
use super::split::Splitting;
use super::{People, same};
use crate::actions::ActionError;
use crate::actions::entry::message;
use crate::actions::suggest::fit_for_quotes;

/// A chat in one export of which two names write that are one person's elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoNames {
    /// The person whose names they are.
    pub person: RecordId,
    /// The person's name.
    pub person_name: String,
    /// It is the keeper of the book.
    pub me: bool,
    /// The chat, as its messages are found by it.
    pub chat: String,
    /// The chat as its source names it.
    pub called: String,
    /// The names that write there.
    pub names: Vec<String>,
    /// Those of which it is not known whether they are this person's there: all but the name of the book.
    pub doubtful: Vec<String>,
    /// A message there.
    pub example: RecordId,
}

/// Which of the names in a doubt are the person's in that chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here<'a> {
    /// This one alone.
    Only(&'a str),
    /// All of them.
    All,
    /// None of them.
    Neither,
    /// This one; of the others nobody said.
    AtLeast(&'a str),
    /// Nobody said.
    NotKnown,
}

impl TwoNames {
    /// What it says, as one sentence.
    #[must_use]
    pub fn what(&self) -> String {
        let names: Vec<String> = self.names.iter().map(|name| format!("“{name}”")).collect();
        let whose = if self.me { "you" } else { &self.person_name };
        let doubtful: Vec<String> = self.doubtful.iter().map(|name| format!("“{name}”")).collect();
        format!(
            "In the chat “{}” there write {}, and in this book all of these are names of one person: {whose}. What {} wrote there is shown as \
             “not known who this is” until you say whose name it is in this chat",
            self.called,
            in_words(&names),
            in_words(&doubtful)
        )
    }

    /// How it is answered.
    #[must_use]
    pub fn next(&self) -> String {
        let name = self.doubtful.first().or(self.names.first()).map_or("", String::as_str);
        let name = fit_for_quotes(name).unwrap_or("NAME");
        let (person, example) = (self.person, self.example);
        let theirs = if self.me { "you" } else { &self.person_name };
        format!(
            "Is it {theirs}: daybook people attach {person} \"{name}\" --name --chat {example}. Is it somebody else: daybook \
             people split {person} --take \"{name}\" --as \"THEIR FULL NAME\" --chat {example} --why \"…\""
        )
    }
}

fn in_words(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

/// The unsettled of a book about which nothing has been said yet.
///
/// # Errors
/// Reading failed.
pub(in crate::actions) fn unsettled(book: &Book, people: &People) -> Result<Vec<TwoNames>, ActionError> {
    let mut found = Vec::new();
    for (id, person) in people.standing() {
        found.extend(unsettled_about(book, people, *id, person)?);
    }
    Ok(found)
}

fn unsettled_about(book: &Book, people: &People, id: RecordId, person: &Person) -> Result<Vec<TwoNames>, ActionError> {
    let keys: BTreeSet<String> = person.spellings().map(name_key).filter(|key| !key.is_empty()).collect();
    if keys.len() < 2 {
        return Ok(Vec::new());
    }
    let spellings: Vec<&str> = person.spellings().collect();
    let mut exports: BTreeMap<(String, _), Vec<_>> = BTreeMap::new();
    for found in book.chats_naming(&spellings)? {
        exports.entry((found.chat.clone(), found.original)).or_default().push(found);
    }
    let mut unsettled: BTreeMap<String, TwoNames> = BTreeMap::new();
    for ((chat, _), mut here) in exports {
        here.dedup_by(|a, b| a.name == b.name);
        let said = |name: &str| person.said_of(name, &chat).map(|said| said.whose);
        // Once it was said who the person is here, the other names are as they were left.
        if here.iter().any(|one| said(&one.name) == Some(Whose::Theirs)) {
            continue;
        }
        here.retain(|one| said(&one.name).is_none());
        let [first, _, ..] = here.as_slice() else { continue };
        let Some(message) = message(book, first.example)? else { continue };
        let as_written =
            |key: &String| spellings.iter().find(|one| name_key(one) == **key).map(|one| (*one).to_owned());
        let names: Vec<String> = here.iter().filter_map(|one| as_written(&one.name)).collect();
        let own = |name: &String| same(name, &person.name);
        let doubtful = names.iter().filter(|name| !own(name)).cloned().collect();
        unsettled.entry(chat.clone()).or_insert_with(|| TwoNames {
            person: id,
            person_name: person.name.clone(),
            me: people.me() == Some(id),
            called: message.chat.as_ref().map_or_else(|| chat.clone(), |place| place.name.clone()),
            chat,
            names,
            doubtful,
            example: here.iter().find(|one| !same(&one.name, &person.name)).unwrap_or(first).example,
        });
    }
    Ok(unsettled.into_values().collect())
}

/// Names in chats of which nobody has said whose they are: the person who may be meant, the name, the chat as it is
/// shown, how many messages it stands in, and one of them.
pub(in crate::actions) fn not_known(
    book: &Book,
    people: &People,
) -> Result<Vec<(RecordId, NameInChat, u64, RecordId)>, ActionError> {
    let mut found = Vec::new();
    for (id, person) in people.standing() {
        for said in person.in_chats.iter().filter(|said| said.whose == Whose::NotKnown) {
            let exports: Vec<_> =
                book.chats_naming(&[&said.name])?.into_iter().filter(|one| one.chat == said.chat).collect();
            if let Some(example) = exports.iter().map(|one| one.example).min() {
                found.push((*id, said.clone(), exports.iter().map(|one| one.messages).sum(), example));
            }
        }
    }
    Ok(found)
}

/// Writes an answer into the person it is about.
pub(in crate::actions) fn say_here(person: &mut Person, doubt: &TwoNames, here: Here<'_>) {
    for name in &doubt.names {
        let whose = match here {
            Here::All => Whose::Theirs,
            Here::Only(one) | Here::AtLeast(one) if same(one, name) => Whose::Theirs,
            Here::Only(_) | Here::Neither => Whose::NotTheirs,
            Here::AtLeast(_) => Whose::NotKnown,
            Here::NotKnown if doubt.doubtful.contains(name) => Whose::NotKnown,
            Here::NotKnown => continue,
        };
        let (name, chat, called) = (name.clone(), doubt.chat.clone(), doubt.called.clone());
        person.say_in_chat(NameInChat { name, chat, called, whose });
    }
}

/// Notes what became doubtful by names that a person is about to get.
pub(in crate::actions) fn note_new_names(
    book: &Book,
    people: &People,
    id: RecordId,
    person: &mut Person,
) -> Result<Vec<TwoNames>, ActionError> {
    let unsettled = unsettled_about(book, people, id, person)?;
    for doubt in &unsettled {
        say_here(person, doubt, Here::NotKnown);
    }
    Ok(unsettled)
}

/// Says that a name is somebody's in the chat this message stands in, and nobody else's there.
pub(super) fn attach(
    book: &mut Book,
    now: Instant,
    attaching: &Attaching,
    chat: RecordId,
) -> Result<PeopleChange, ActionError> {
    let people = People::load(book)?;
    let to = attaching.to;
    let person = standing(&people, to)?.clone();
    let place = Place::of(book, chat, &attaching.written)?;
    if person.said_of(&place.name, &place.chat).is_some_and(|said| said.whose == Whose::Theirs) {
        return Err(refused(
            "no-change",
            format!("“{}” in the chat “{}” is {} already", place.name, place.called, person.name),
            "saying it again would only add a version",
            format!("Look at it: daybook show {to}"),
        ));
    }
    let why = attaching.reason();
    let sentence =
        format!("Noted that “{}” in the chat “{}” is {} ({to}): {why}", place.name, place.called, person.name);
    write(book, now, sentence, why, place.hand_over(&people, (to, person)))
}

/// Makes somebody new of names of another, in the chat this message stands in and nowhere else.
pub(super) fn split(
    book: &mut Book,
    now: Instant,
    splitting: &Splitting,
    (mut old, mut new): (Person, Person),
    chat: RecordId,
) -> Result<PeopleChange, ActionError> {
    let why = super::merge::reason(&splitting.why)?;
    let mut called = String::new();
    for name in &splitting.take {
        let place = Place::of(book, chat, name)?;
        let theirs = old.has_name(name) || old.said_of(name, &place.chat).is_some_and(|it| it.whose == Whose::Theirs);
        if !theirs {
            return Err(refused(
                "not-theirs",
                format!("“{name}” is not {}'s", old.name),
                "only what belongs to somebody can be taken",
                format!("See whose names these are: daybook show {}", splitting.from),
            ));
        }
        new.say_in_chat(place.said(Whose::Theirs));
        old.say_in_chat(place.said(Whose::NotTheirs));
        called = place.called;
    }
    if new.name.is_empty() {
        return Err(refused(
            "nothing-to-split",
            "It was not said whose it is".into(),
            "a new person needs a name",
            format!("daybook people split {} --take NAME --as NAME --chat {chat} --why \"…\"", splitting.from),
        ));
    }
    let (from, names) = (splitting.from, splitting.take.join(", "));
    let sentence =
        format!("Noted that “{names}” in the chat “{called}” is {}, not {} ({from}): {why}", new.name, old.name);
    let written = book.write::<_, ActionError>(now, |writing| {
        let id = writing.add(Content::Person(new))?;
        writing.amend(from, Content::Person(old), why)?;
        Ok((id, sentence))
    })?;
    Ok(PeopleChange { people: entries(book, &[written.value, from])?, unsettled: Vec::new(), journal: written.journal })
}

/// A name in a chat.
struct Place {
    name: String,
    chat: String,
    called: String,
}

impl Place {
    /// The chat of a message, if somebody writes under that name there.
    fn of(book: &Book, id: RecordId, name: &str) -> Result<Self, ActionError> {
        let name = name.trim();
        let message = message(book, id)?.ok_or(ActionError::UnknownId { id })?;
        let (Some(chat), Some(place)) = (message.chat_words(), &message.chat) else {
            return Err(ActionError::WrongNoun { id, wanted: "a message of a chat" });
        };
        if !book.chats_naming(&[name])?.iter().any(|found| found.chat == chat) {
            return Err(refused(
                "no-such-name",
                format!("Nobody writes under the name “{name}” in the chat “{}”", place.name),
                "what is said of a name in a chat has to fit a name that stands there",
                format!("See who writes there: daybook show {id} --thread"),
            ));
        }
        Ok(Place { name: name.to_owned(), called: place.name.clone(), chat })
    }

    fn said(&self, whose: Whose) -> NameInChat {
        let (name, chat, called) = (self.name.clone(), self.chat.clone(), self.called.clone());
        NameInChat { name, chat, called, whose }
    }

    /// The name becomes one person's here; whoever had it, or might have, has it here no longer.
    fn hand_over(&self, people: &People, (to, mut person): (RecordId, Person)) -> Vec<(RecordId, Person)> {
        person.say_in_chat(self.said(Whose::Theirs));
        let mut changed = vec![(to, person)];
        for (id, other) in people.standing().filter(|(id, _)| *id != to) {
            let before = other.said_of(&self.name, &self.chat).map(|said| said.whose);
            let had = before.map_or_else(|| other.has_name(&self.name), |whose| whose != Whose::NotTheirs);
            if had {
                let mut other = other.clone();
                other.say_in_chat(self.said(Whose::NotTheirs));
                changed.push((*id, other));
            }
        }
        changed
    }
}
