//! What an import suggests and never does by itself: whose an address may be, and what may be
//! privileged (MED-16). A suggestion is a question to the user, not a finding about anybody.

use std::collections::BTreeMap;

use crate::model::{Address, Message, Privilege, RecordId, Role};
use crate::rules::Rules;

use super::People;

/// An address that belongs to nobody in the book yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonSuggestion {
    /// The address as written.
    pub address: String,
    /// The display name most messages give it.
    pub name: Option<String>,
    /// In how many messages of this import.
    pub messages: u64,
    /// The command that would say whose it is.
    pub next: String,
}

/// A message that may be privileged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkSuggestion {
    /// The message.
    pub id: RecordId,
    /// What it may be.
    pub privilege: Privilege,
    /// Why that is suggested.
    pub why: String,
    /// The command that would mark it.
    pub next: String,
}

/// What a phrase of the rules' list (MED-16) suggests. What is said at a first hearing or to Cafcass is
/// not privileged (MED-26), so no phrase is about that.
fn suggested_by(phrase: &str) -> Privilege {
    match phrase {
        "mediation summary" | "memorandum of understanding" | "outcome statement" => Privilege::Mediation,
        "without prejudice" => Privilege::WithoutPrejudice,
        _ => Privilege::LegalAdvice,
    }
}

/// Parts of an address or name that a lawyer's or mediator's mail often has.
const SENDERS: [(&str, Privilege); 7] = [
    ("solicitor", Privilege::LegalAdvice),
    ("barrister", Privilege::LegalAdvice),
    ("chambers", Privilege::LegalAdvice),
    ("legal", Privilege::LegalAdvice),
    ("lawyer", Privilege::LegalAdvice),
    ("mediation", Privilege::Mediation),
    ("mediator", Privilege::Mediation),
];

/// Collects suggestions over an import.
#[derive(Debug)]
pub(super) struct Suggesting {
    phrases: Vec<String>,
    addresses: BTreeMap<String, (BTreeMap<String, u64>, u64)>,
    pub(super) marks: Vec<MarkSuggestion>,
}

impl Default for Suggesting {
    fn default() -> Self {
        let phrases = Rules::england_and_wales().list("MED-16").to_vec();
        Suggesting { phrases, addresses: BTreeMap::new(), marks: Vec::new() }
    }
}

impl Suggesting {
    /// Looks at a message that was new.
    pub(super) fn look(&mut self, id: RecordId, message: &Message, people: &People) {
        for address in message.from.iter().chain(&message.to).chain(&message.cc) {
            let Some(text) = &address.address else { continue };
            if people.owner(address).is_some() {
                continue;
            }
            let (names, count) = self.addresses.entry(text.to_lowercase()).or_default();
            *count += 1;
            if let Some(name) = &address.name {
                *names.entry(name.clone()).or_default() += 1;
            }
        }
        if let Some((privilege, why)) = may_be_privileged(message, people, &self.phrases) {
            let next = format!("daybook mark {id} --privilege {} --why \"…\"", privilege.word());
            self.marks.push(MarkSuggestion { id, privilege, why, next });
        }
    }

    /// Whose addresses are not known, the most frequent first.
    pub(super) fn finish(self, known: &People) -> (Vec<PersonSuggestion>, Vec<MarkSuggestion>) {
        let mut people: Vec<PersonSuggestion> = self
            .addresses
            .into_iter()
            .map(|(address, (names, messages))| {
                let name = names.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name);
                let next = next_for(&address, name.as_deref(), known);
                PersonSuggestion { address, name, messages, next }
            })
            .collect();
        people.sort_by(|a, b| b.messages.cmp(&a.messages).then_with(|| a.address.cmp(&b.address)));
        (people, self.marks)
    }
}

/// How to say whose an address is: to somebody of that very name, or to somebody new.
fn next_for(address: &str, name: Option<&str>, known: &People) -> String {
    // An address is typed into a shell: one with other letters than addresses have is left to the user.
    let plain = address.chars().all(|c| c.is_alphanumeric() || "@.+-_".contains(c));
    let address = if plain { address } else { "ADDRESS" };
    let shown = plain_name(name).unwrap_or("NAME");
    match name.and_then(|name| known.find(name).ok()) {
        Some(id) => format!("daybook amend {id} --set email={address} --why \"{shown}'s address\""),
        None => format!("daybook people add \"{shown}\" --role ROLE --email {address}"),
    }
}

/// A display name fit to be typed in a shell between quotes; anything else is left for the user to type.
fn plain_name(name: Option<&str>) -> Option<&str> {
    name.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || " .'-’".contains(c)))
}

fn may_be_privileged(message: &Message, people: &People, phrases: &[String]) -> Option<(Privilege, String)> {
    let everybody = || message.from.iter().chain(&message.to).chain(&message.cc);
    for address in everybody() {
        let role = people.owner(address).and_then(|id| people.get(id)).map(|person| person.role);
        match role {
            Some(Role::Solicitor) => {
                return Some((Privilege::LegalAdvice, format!("{} is a lawyer in this book", address.shown())));
            }
            Some(Role::Mediator) => {
                return Some((Privilege::Mediation, format!("{} is a mediator in this book", address.shown())));
            }
            Some(_) => {}
            None => {
                if let Some((mark, privilege)) = sender_mark(address) {
                    return Some((privilege, format!("“{}” has the word “{mark}” in it", written(address))));
                }
            }
        }
    }
    let words = format!("{}\n{}", message.subject.as_deref().unwrap_or_default(), message.text);
    // Most words are plain letters, for which this is many times as quick.
    let words = if words.is_ascii() { words.to_ascii_lowercase() } else { words.to_lowercase() };
    let phrase = phrases.iter().find(|phrase| words.contains(phrase.as_str()))?;
    Some((suggested_by(phrase), format!("it has the words “{phrase}” in it")))
}

fn written(address: &Address) -> &str {
    address.address.as_deref().unwrap_or_else(|| address.shown())
}

fn sender_mark(address: &Address) -> Option<(&'static str, Privilege)> {
    let text = [&address.name, &address.address].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
    let text = text.to_lowercase();
    SENDERS.iter().find(|(mark, _)| text.contains(mark)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Identity, IdentityKind, Noun, Person};

    fn mail(from: &str, subject: &str, text: &str) -> Message {
        let mut message = super::super::message::blank();
        message.from = vec![Address { name: None, address: Some(from.into()) }];
        message.subject = Some(subject.into());
        message.text = text.into();
        message
    }

    fn known() -> People {
        let mut priya = Person::named("Priya Nair", Role::Solicitor);
        priya.identities.push(Identity { kind: IdentityKind::Email, value: "priya@example.com".into() });
        let mut sam = Person::named("Sam Reed", Role::OtherParent);
        sam.identities.push(Identity { kind: IdentityKind::Email, value: "sam@example.org".into() });
        People { everybody: vec![(RecordId::new(Noun::Person, 1), priya), (RecordId::new(Noun::Person, 2), sam)] }
    }

    #[test]
    fn what_may_be_privileged() {
        let check = |message: Message, expected: Option<Privilege>| {
            let found = may_be_privileged(&message, &known(), Rules::england_and_wales().list("MED-16"))
                .map(|(privilege, _)| privilege);
            assert_eq!(found, expected, "{:?} {:?}", message.from, message.subject);
        };
        check(mail("PRIYA@example.com", "Your hearing", "…"), Some(Privilege::LegalAdvice));
        check(mail("sam@example.org", "WITHOUT PREJUDICE", "an offer"), Some(Privilege::WithoutPrejudice));
        check(mail("office@reed-mediation.example.org", "Appointment", "…"), Some(Privilege::Mediation));
        check(mail("sam@example.org", "This weekend", "See you at five"), None);
        check(mail("officer@example.net", "Cafcass call", "after the FHDRA"), None);
    }

    #[test]
    fn only_unknown_addresses_are_suggested() {
        let mut suggesting = Suggesting::default();
        let id = RecordId::new(Noun::Message, 1);
        suggesting.look(id, &mail("sam@example.org", "a", "b"), &known());
        suggesting.look(id, &mail("Gran@example.net", "a", "b"), &known());
        let (people, marks) = suggesting.finish(&known());
        assert_eq!(people.len(), 1);
        assert_eq!((people[0].address.as_str(), people[0].messages), ("gran@example.net", 1));
        assert!(marks.is_empty());
    }
}
