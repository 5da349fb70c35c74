//! What an import suggests and never does by itself: whose an address may be, and what may be
//! privileged (MED-16). A suggestion is a question to the user, not a finding about anybody.

use std::collections::{BTreeMap, HashMap};

use memchr::memmem::Finder;

use crate::model::{Address, Date, Message, Privilege, RecordId, Role, address_key, name_key};
use crate::rules::Rules;

use super::People;

/// An address that belongs to nobody in the book yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonSuggestion {
    /// The address as written; for somebody who has none, the name in the spelling of the chat.
    pub address: String,
    /// The display name most messages give it.
    pub name: Option<String>,
    /// In how many messages of this import, or of the book.
    pub messages: u64,
    /// There is no address beside the name: whose it is, only the keeper can say.
    pub by_name: bool,
    /// The London date of the first of these messages.
    pub first: Option<Date>,
    /// Of the last.
    pub last: Option<Date>,
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

/// An address or a name in messages.
#[derive(Debug, Default)]
struct Seen {
    written: String,
    names: BTreeMap<String, u64>,
    messages: u64,
    first: Option<Date>,
    last: Option<Date>,
}

/// What the book knows of an address as a message writes it.
#[derive(Debug, Clone)]
enum Known {
    /// Somebody's, of this role.
    Of(Option<Role>),
    /// Nobody's, with a word in it that a lawyer's or mediator's often has.
    Nobodys(Option<(&'static str, Privilege)>),
}

impl Known {
    fn of(owner: Option<RecordId>, address: &Address, people: &People) -> Self {
        match owner {
            Some(id) => Known::Of(people.get(id).map(|person| person.role)),
            None => Known::Nobodys(sender_mark(address)),
        }
    }
}

/// Collects suggestions over an import.
#[derive(Debug)]
pub(super) struct Suggesting {
    phrases: Phrases,
    addresses: BTreeMap<(bool, String), Seen>,
    /// Each address is looked up once: a mailbox has the same ones in thousands of messages.
    known: HashMap<Address, Known>,
    pub(super) marks: Vec<MarkSuggestion>,
}

impl Default for Suggesting {
    fn default() -> Self {
        Suggesting {
            phrases: Phrases::of_the_rules(),
            addresses: BTreeMap::new(),
            known: HashMap::new(),
            marks: Vec::new(),
        }
    }
}

/// The phrases of MED-16, ready to be looked for.
#[derive(Debug)]
struct Phrases(Vec<(String, Finder<'static>)>);

impl Phrases {
    fn of_the_rules() -> Self {
        let phrases = Rules::england_and_wales().list("MED-16").to_vec();
        debug_assert!(phrases.iter().all(|phrase| phrase.is_ascii()));
        let ready = |phrase: String| (phrase.clone(), Finder::new(phrase.as_bytes()).into_owned());
        Phrases(phrases.into_iter().map(ready).collect())
    }

    /// The first of them that stands in the words of a message.
    fn first_in(&self, message: &Message) -> Option<&str> {
        // The phrases are plain letters, so no other letters need be made small.
        let texts = [message.subject.as_deref().unwrap_or_default(), &message.text].map(str::to_ascii_lowercase);
        let stands = |finder: &Finder<'_>| texts.iter().any(|text| finder.find(text.as_bytes()).is_some());
        self.0.iter().find(|(_, finder)| stands(finder)).map(|(phrase, _)| phrase.as_str())
    }
}

impl Suggesting {
    /// Looks at a message that was new.
    pub(super) fn look(&mut self, id: RecordId, message: &Message, people: &People) {
        let all: Vec<Known> = everybody(message).map(|address| self.known_of(message, address, people)).collect();
        for (address, known) in everybody(message).zip(&all) {
            if matches!(known, Known::Of(_)) {
                continue;
            }
            let (by_name, written) = match (&address.address, &address.name) {
                (Some(text), _) => (false, text.to_lowercase()),
                // What was typed in names people as its writer does; a chat's names have to be asked about.
                (None, Some(name)) if message.place.is_some() => (true, name.clone()),
                _ => continue,
            };
            let key = if by_name { name_key(&written) } else { address_key(&written) };
            if key.is_empty() {
                continue;
            }
            let seen = self.addresses.entry((by_name, key)).or_default();
            seen.messages += 1;
            match address.name.as_ref().map(|name| (name, seen.names.get_mut(name))) {
                Some((_, Some(count))) => *count += 1,
                Some((name, None)) => *seen.names.entry(name.clone()).or_default() += 1,
                None => {}
            }
            let day = message.sent.as_ref().map(crate::model::When::london_date);
            seen.first = day.into_iter().chain(seen.first).min();
            seen.last = day.into_iter().chain(seen.last).max();
            if seen.written != written {
                seen.written = written;
            }
        }
        if let Some((privilege, why)) = may_be_privileged(message, &all, &self.phrases) {
            let next = format!("daybook mark {id} --privilege {} --why \"…\"", privilege.word());
            self.marks.push(MarkSuggestion { id, privilege, why, next });
        }
    }

    fn known_of(&mut self, message: &Message, address: &Address, people: &People) -> Known {
        // Whose a name is may depend on the chat.
        if address.address.is_none() && people.have_names_in_chats() {
            return Known::of(people.named_in(message, address), address, people);
        }
        let known = || Known::of(people.owner(address), address, people);
        self.known.get(address).cloned().unwrap_or_else(|| {
            let known = known();
            self.known.insert(address.clone(), known.clone());
            known
        })
    }

    /// Whose an address is has been said: what was known of each is asked again.
    pub(super) fn people_changed(&mut self) {
        self.known.clear();
    }

    /// The e-mail addresses that are nobody's, the most frequent first, at most so many.
    pub(super) fn mail_addresses(&self, most: usize) -> Vec<String> {
        let mut found: Vec<(u64, &String)> = self
            .addresses
            .iter()
            .filter(|((by_name, _), seen)| !by_name && seen.written.contains('@'))
            .map(|(_, seen)| (seen.messages, &seen.written))
            .collect();
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        found.into_iter().take(most).map(|(_, written)| written.clone()).collect()
    }

    /// Whose addresses are not known, the most frequent first.
    pub(super) fn finish(self, known: &People) -> (Vec<PersonSuggestion>, Vec<MarkSuggestion>) {
        let mut people: Vec<PersonSuggestion> = self
            .addresses
            .into_iter()
            // Whose a name or an address is may have been said while the import was under way.
            .filter(|((by_name, _), seen)| {
                let written = Some(seen.written.clone());
                let (name, address) = if *by_name { (written, None) } else { (None, written) };
                known.owner(&Address { name, address }).is_none()
            })
            .map(|((by_name, _), seen)| {
                let name = seen.names.into_iter().max_by_key(|(_, count)| *count).map(|(name, _)| name);
                let address = seen.written;
                let next = next_for(&address, name.as_deref(), by_name, known);
                let (messages, first, last) = (seen.messages, seen.first, seen.last);
                PersonSuggestion { address, name, messages, by_name, first, last, next }
            })
            .collect();
        people.sort_by(|a, b| b.messages.cmp(&a.messages).then_with(|| a.address.cmp(&b.address)));
        (people, self.marks)
    }
}

/// How to say whose an address is: to somebody of that very name, or to somebody new. For a name in a chat
/// that begins like somebody's it is asked whether it is theirs; nothing is taken for granted.
pub(super) fn next_for(address: &str, name: Option<&str>, by_name: bool, known: &People) -> String {
    if by_name {
        let written = fit_for_quotes(address).unwrap_or("NAME AS WRITTEN");
        let begins = address.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
        let asked = known.find(address).ok().or_else(|| known.find(begins?).ok());
        let person = asked.map_or_else(|| "PERSON".to_owned(), |id| id.to_string());
        return format!("daybook people attach {person} \"{written}\" --name");
    }
    // An address is typed into a shell: one with other letters than addresses have is left to the user.
    let plain = address.chars().all(|c| c.is_alphanumeric() || "@.+-_ ".contains(c));
    let address = if plain { address } else { "ADDRESS" };
    let shown = name.and_then(fit_for_quotes).unwrap_or("NAME");
    if let Some(id) = name.and_then(|name| known.find(name).ok()) {
        return format!("daybook people attach {id} \"{address}\"");
    }
    let flag = match address {
        _ if address == "ADDRESS" || (address.contains('@') && !address.starts_with('@')) => "email",
        _ if address.chars().any(char::is_alphabetic) || address.starts_with('@') => "handle",
        _ => "phone",
    };
    format!("daybook people add \"{shown}\" --role ROLE --{flag} \"{address}\"")
}

/// A display name that stands in a shell between quotes for nothing but itself, and can be read; any other is
/// left for the user to type.
pub(super) fn fit_for_quotes(name: &str) -> Option<&str> {
    let safe = |c: char| {
        !c.is_control()
            && !"\"`$\\!%^".contains(c)
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    Some(name).filter(|name| !name.trim().is_empty() && name.chars().count() <= 80 && name.chars().all(safe))
}

fn everybody(message: &Message) -> impl Iterator<Item = &Address> {
    message.from.iter().chain(&message.to).chain(&message.cc)
}

fn may_be_privileged(message: &Message, known: &[Known], phrases: &Phrases) -> Option<(Privilege, String)> {
    for (address, known) in everybody(message).zip(known) {
        match known {
            Known::Of(Some(Role::Solicitor)) => {
                return Some((Privilege::LegalAdvice, format!("{} is a lawyer in this book", address.shown())));
            }
            Known::Of(Some(Role::Mediator)) => {
                return Some((Privilege::Mediation, format!("{} is a mediator in this book", address.shown())));
            }
            Known::Nobodys(Some((mark, privilege))) => {
                return Some((*privilege, format!("“{}” has the word “{mark}” in it", written(address))));
            }
            Known::Of(_) | Known::Nobodys(None) => {}
        }
    }
    let phrase = phrases.first_in(message)?;
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
            let of: Vec<Known> =
                everybody(&message).map(|address| Known::of(known().owner(address), address, &known())).collect();
            let found = may_be_privileged(&message, &of, &Phrases::of_the_rules()).map(|(privilege, _)| privilege);
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
