//! What makes messages one conversation.
//!
//! References between e-mails say it best (RFC 5322, section 3.6.4); a chat says it by its name. A
//! subject says little: it joins only letters that refer to nothing, and whoever asks looks at people and
//! dates too.

use std::collections::BTreeSet;

use super::{Channel, Message, address_key, name_key};

/// A key that messages of one conversation have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ThreadKey {
    /// The Message-ID of a message, its own or one it answers.
    MessageId(String),
    /// A chat: its channel and its name.
    Chat(String),
    /// A subject without `Re:` and its like. Weak.
    Subject(String),
}

/// More subjects than this many bytes are alike in their beginning only.
const LONGEST: usize = 200;

impl Message {
    /// The chat it stands in.
    #[must_use]
    pub fn chat_key(&self) -> Option<ThreadKey> {
        let chat = self.chat.as_ref()?;
        let people = self.everybody();
        Some(ThreadKey::Chat(match self.channel {
            // A telephone's messages and calls with the same numbers stand in one list, whatever names the
            // address book had for them on the day.
            Channel::Sms | Channel::Call if !people.is_empty() => {
                format!("telephone {}", people.into_iter().collect::<Vec<_>>().join(", "))
            }
            Channel::Sms | Channel::Call => format!("telephone {}", name_key(&chat.name)),
            channel => match &chat.id {
                Some(id) => format!("{} #{}", channel.word(), name_key(id)),
                None => format!("{} {}", channel.word(), name_key(&chat.name)),
            },
        }))
    }

    /// The Message-IDs of what it answers: the first of its thread and its own parents. Those between are
    /// named by the messages between.
    #[must_use]
    pub fn answers(&self) -> BTreeSet<&str> {
        let thread = &self.thread;
        let named = thread.references.first().into_iter().chain(thread.references.last()).chain(&thread.in_reply_to);
        let own = thread.message_id.as_deref();
        named.map(|id| id.trim()).filter(|id| !id.is_empty() && Some(*id) != own).take(8).collect()
    }

    /// Its subject as a key, where it refers to no other message and has a subject.
    #[must_use]
    pub fn subject_key(&self) -> Option<ThreadKey> {
        if self.chat.is_some() || !self.answers().is_empty() {
            return None;
        }
        let base = subject_base(self.subject.as_deref()?);
        (!base.is_empty()).then(|| ThreadKey::Subject(format!("{} {base}", self.channel.word())))
    }

    /// Everybody it is from or to, as addresses are compared.
    #[must_use]
    pub fn everybody(&self) -> BTreeSet<String> {
        let all = self.from.iter().chain(&self.to).chain(&self.cc);
        all.filter_map(|one| match (&one.address, &one.name) {
            (Some(address), _) => Some(address_key(address)),
            (None, Some(name)) => Some(name_key(name)),
            (None, None) => None,
        })
        .collect()
    }
}

/// A subject without what answering and passing on put before it (`Re:`, `Fwd:`, `AW:` …), in small letters.
#[must_use]
pub fn subject_base(subject: &str) -> String {
    const BEFORE: [&str; 10] = ["re:", "fwd:", "fw:", "aw:", "wg:", "sv:", "vs:", "tr:", "rv:", "odp:"];
    let whole = name_key(subject);
    let mut subject = whole.as_str();
    while let Some(rest) = BEFORE.iter().find_map(|before| subject.strip_prefix(before)) {
        subject = rest.trim_start();
    }
    let end = (0..=LONGEST.min(subject.len())).rev().find(|end| subject.is_char_boundary(*end)).unwrap_or(0);
    subject[..end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Address, ChatPlace};

    #[test]
    fn a_telephones_messages_and_calls_with_one_number_are_one_chat() {
        let of = |channel, name: &str, number: &str| {
            let mut message = Message::blank(channel);
            message.from = vec![Address { name: Some(name.into()), address: Some(number.into()) }];
            message.chat = Some(ChatPlace::named(name, 1));
            message.chat_key()
        };
        assert_eq!(of(Channel::Sms, "Sam", "07700 900123"), of(Channel::Call, "+447700900123", "+44 7700 900123"));
        assert_ne!(of(Channel::Sms, "Sam", "07700 900123"), of(Channel::Sms, "Sam", "07700 900124"));
    }

    #[test]
    fn subjects_without_what_answering_adds() {
        for (subject, base) in [
            ("Re: RE:  This weekend", "this weekend"),
            ("AW: Fwd: This Weekend", "this weekend"),
            ("Regarding: swimming", "regarding: swimming"),
            ("Re:", ""),
        ] {
            assert_eq!(subject_base(subject), base);
        }
        assert!(subject_base(&"ż".repeat(500)).len() <= 200);
    }

    #[test]
    fn a_message_that_refers_to_another_is_not_joined_by_its_subject() {
        let mut message = Message::blank(Channel::Email);
        message.subject = Some("Re: Swimming".into());
        assert_eq!(message.subject_key(), Some(ThreadKey::Subject("email swimming".into())));
        message.thread.references = vec!["a@x".into(), "b@x".into(), "c@x".into()];
        message.thread.in_reply_to = vec!["c@x".into()];
        assert_eq!(message.subject_key(), None);
        assert_eq!(message.answers().into_iter().collect::<Vec<_>>(), ["a@x", "c@x"]);
        message.chat = Some(ChatPlace::named("Sam  Reed", 1));
        assert_eq!(message.chat_key(), Some(ThreadKey::Chat("email sam reed".into())));
        message.chat = Some(ChatPlace { id: Some("42".into()), ..ChatPlace::named("Sammy", 1) });
        assert_eq!(message.chat_key(), Some(ThreadKey::Chat("email #42".into())), "whatever it is called");
    }
}
