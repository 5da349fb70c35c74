//! Which messages are one conversation, and where it was silent.
//!
//! References decide. A subject joins only messages that refer to nothing, that were sent within thirty days
//! of one another and are between the same people. A chat is what its source calls one chat.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::model::{Message, RecordId, ThreadKey, When};

/// Letters with the same subject belong together only within so many days of one another.
const SUBJECT_DAYS: i64 = 30;
/// The longest conversation of e-mails that is put together.
const LONGEST: usize = 5_000;
/// A silence of so many whole days is said.
const SILENCE_DAYS: i64 = 7;

/// Where messages are found, in memory or in a book.
pub trait Shelf {
    /// What can go wrong.
    type Error;

    /// The messages under a key; under a Message-ID both its own message and those that answer it.
    ///
    /// # Errors
    /// Reading failed.
    fn under(&self, key: &ThreadKey) -> Result<Vec<RecordId>, Self::Error>;

    /// A message.
    ///
    /// # Errors
    /// Reading failed.
    fn message(&self, id: RecordId) -> Result<Option<Cow<'_, Message>>, Self::Error>;
}

/// What holds a conversation together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Thread {
    /// A chat: all that has this key.
    Chat(ThreadKey),
    /// These messages, in no order.
    Letters(BTreeSet<RecordId>),
}

/// The conversation a message stands in.
///
/// # Errors
/// Reading failed.
pub fn conversation<S: Shelf>(shelf: &S, id: RecordId, message: &Message) -> Result<Thread, S::Error> {
    if let Some(chat) = message.chat_key() {
        return Ok(Thread::Chat(chat));
    }
    let mut found = BTreeSet::from([id]);
    let mut asked: BTreeSet<ThreadKey> = BTreeSet::new();
    let mut waiting = VecDeque::from([(id, Cow::Borrowed(message))]);
    while let Some((_, message)) = waiting.pop_front() {
        let mut near: Vec<RecordId> = Vec::new();
        let own = message.thread.message_id.as_deref();
        for name in message.answers().into_iter().chain(own) {
            let key = ThreadKey::MessageId(name.to_owned());
            if asked.insert(key.clone()) {
                near.extend(shelf.under(&key)?);
            }
        }
        let mut joined = Vec::new();
        for other in near {
            if found.len() < LONGEST
                && !found.contains(&other)
                && let Some(message) = shelf.message(other)?
                && message.chat.is_none()
            {
                found.insert(other);
                joined.push((other, message));
            }
        }
        if let Some(key) = message.subject_key() {
            for other in shelf.under(&key)? {
                if found.len() < LONGEST
                    && !found.contains(&other)
                    && let Some(candidate) = shelf.message(other)?
                    && goes_on(&message, &candidate)
                {
                    found.insert(other);
                    joined.push((other, candidate));
                }
            }
        }
        waiting.extend(joined);
    }
    Ok(Thread::Letters(found))
}

/// Two messages of one subject that refer to nothing: the same people, and near enough in time.
fn goes_on(one: &Message, other: &Message) -> bool {
    let day = |message: &Message| message.sent.as_ref().map(When::london_date);
    let (Some(first), Some(second)) = (day(one), day(other)) else { return false };
    let people = one.everybody();
    first.days_since(second).abs() <= SUBJECT_DAYS
        && !people.is_empty()
        && people == other.everybody()
        && other.subject_key() == one.subject_key()
}

/// A message in its place in a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThreadLine<'a> {
    /// The message.
    pub id: RecordId,
    /// When it was sent.
    pub when: Option<&'a When>,
    /// For a chat: which export it stands in, as a number that only tells exports apart, and its number there.
    pub in_export: Option<(u64, u64)>,
}

/// What is missing between one message and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gap {
    /// So many days without a message.
    Days(i64),
    /// These numbers of the export are not among these messages, from and with, to and with.
    Numbers(u64, u64),
}

impl Gap {
    /// As it is shown: `11 days without a message`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Gap::Days(days) => format!("{days} days without a message"),
            Gap::Numbers(one, other) if one == other => format!("number {one} of this chat is not in this book"),
            Gap::Numbers(from, to) => format!("numbers {from} to {to} of this chat are not in this book"),
        }
    }
}

/// What is missing before each of these messages, which stand in their order. The dates are those the sources
/// give; a silence says only that no message of it is here.
#[must_use]
pub fn gaps(lines: &[ThreadLine<'_>]) -> BTreeMap<RecordId, Vec<Gap>> {
    let mut found: BTreeMap<RecordId, Vec<Gap>> = BTreeMap::new();
    let exports: BTreeSet<u64> = lines.iter().filter_map(|line| line.in_export.map(|(export, _)| export)).collect();
    let held: BTreeSet<u64> = lines.iter().filter_map(|line| line.in_export.map(|(_, number)| number)).collect();
    for pair in lines.windows(2) {
        let [before, line] = pair else { continue };
        let mut here = Vec::new();
        if let (Some(from), Some(to)) = (before.when, line.when) {
            let days = to.london_date().days_since(from.london_date()) - 1;
            if days >= SILENCE_DAYS {
                here.push(Gap::Days(days));
            }
        }
        // Of two exports of one chat the second numbers anew, and what the first had is kept once: only one
        // export alone can say that a number is missing.
        if exports.len() == 1
            && let (Some((_, from)), Some((_, to))) = (before.in_export, line.in_export)
            && to > from.saturating_add(1)
            && held.range(from + 1..to).next().is_none()
        {
            here.push(Gap::Numbers(from + 1, to - 1));
        }
        if !here.is_empty() {
            found.insert(line.id, here);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Address, Channel, ChatPlace, Date, Noun};

    struct Pile(BTreeMap<RecordId, Message>);

    impl Shelf for Pile {
        type Error = std::convert::Infallible;

        fn under(&self, key: &ThreadKey) -> Result<Vec<RecordId>, Self::Error> {
            let has = |message: &Message| match key {
                ThreadKey::MessageId(id) => {
                    message.thread.message_id.as_ref() == Some(id) || message.answers().contains(id.as_str())
                }
                other => message.chat_key().as_ref() == Some(other) || message.subject_key().as_ref() == Some(other),
            };
            Ok(self.0.iter().filter(|(_, message)| has(message)).map(|(id, _)| *id).collect())
        }

        fn message(&self, id: RecordId) -> Result<Option<Cow<'_, Message>>, Self::Error> {
            Ok(self.0.get(&id).map(Cow::Borrowed))
        }
    }

    fn day(day: u32) -> When {
        let month = if day > 31 { 4 } else { 3 };
        let date = Date::new(2026, month, if day > 31 { day - 31 } else { day }).unwrap();
        When::day(date.long(), date)
    }

    fn mail(sent: u32, subject: &str, own: &str, answers: &[&str], to: &str) -> Message {
        let mut message = Message::blank(Channel::Email);
        message.sent = Some(day(sent));
        message.subject = Some(subject.into());
        message.thread.message_id = Some(own.into());
        message.thread.references = answers.iter().map(|id| (*id).into()).collect();
        message.from = vec![Address { name: None, address: Some("alex@example.com".into()) }];
        message.to = vec![Address { name: None, address: Some(to.into()) }];
        message
    }

    fn thread_of(pile: &Pile, number: u32) -> Vec<u32> {
        let id = RecordId::new(Noun::Message, number);
        match conversation(pile, id, &pile.0[&id]).unwrap() {
            Thread::Letters(found) => found.into_iter().map(|id| id.number).collect(),
            Thread::Chat(_) => panic!("no chat"),
        }
    }

    #[test]
    fn references_join_and_a_subject_alone_does_only_near_and_between_the_same_people() {
        let messages = [
            mail(1, "This weekend", "a", &[], "sam@example.org"),
            mail(2, "Re: This weekend", "b", &["a"], "sam@example.org"),
            // The one between was never received: both name the first.
            mail(4, "Re: quite another subject", "d", &["a", "c"], "jo@example.org"),
            // A program that writes no references.
            mail(20, "RE: this weekend", "e", &[], "SAM@example.org"),
            mail(60, "This weekend", "f", &[], "sam@example.org"),
            mail(3, "This weekend", "g", &[], "gran@example.org"),
        ];
        let pile = Pile((1..).map(|number| RecordId::new(Noun::Message, number)).zip(messages).collect());
        for number in [1, 2, 3, 4] {
            assert_eq!(thread_of(&pile, number), [1, 2, 3, 4], "from {number}");
        }
        assert_eq!((thread_of(&pile, 5), thread_of(&pile, 6)), (vec![5], vec![6]));
    }

    #[test]
    fn a_circle_of_references_ends() {
        let messages = [mail(1, "x", "a", &["b"], "sam@example.org"), mail(1, "x", "b", &["a"], "sam@example.org")];
        let pile = Pile((1..).map(|number| RecordId::new(Noun::Message, number)).zip(messages).collect());
        assert_eq!(thread_of(&pile, 1), [1, 2]);
    }

    #[test]
    fn a_chat_is_one_conversation() {
        let mut message = Message::blank(Channel::Whatsapp);
        message.chat = Some(ChatPlace::named("Sam Reed", 4));
        let id = RecordId::new(Noun::Message, 1);
        let thread = conversation(&Pile(BTreeMap::new()), id, &message).unwrap();
        assert_eq!(thread, Thread::Chat(ThreadKey::Chat("whatsapp sam reed".into())));
    }

    #[test]
    fn silences_and_missing_numbers_are_said() {
        let days = [day(1), day(3), day(15), day(15)];
        let line = |index: usize, export, number| ThreadLine {
            id: RecordId::new(Noun::Message, u32::try_from(index).unwrap() + 1),
            when: Some(&days[index]),
            in_export: Some((export, number)),
        };
        let said = |lines: &[ThreadLine<'_>]| -> Vec<String> {
            gaps(lines)
                .into_iter()
                .flat_map(|(id, gaps)| gaps.into_iter().map(move |gap| format!("{id}: {}", gap.words())))
                .collect()
        };
        assert_eq!(
            said(&[line(0, 1, 189), line(1, 1, 190), line(2, 1, 194), line(3, 1, 196)]),
            [
                "MSG-3: 11 days without a message",
                "MSG-3: numbers 191 to 193 of this chat are not in this book",
                "MSG-4: number 195 of this chat is not in this book",
            ]
        );
        // The second export numbers anew; nothing can be said of what it shares with the first.
        assert_eq!(said(&[line(2, 1, 4), line(3, 2, 9)]), [""; 0]);
    }
}
