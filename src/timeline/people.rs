//! Who is who in a record.

use std::collections::BTreeMap;

use crate::model::{
    Address, Case, Channel, Content, DeviceOwner, Digest, Direction, Message, Person, Record, RecordId, Role, Side,
    Whose,
};

/// The people of a book and their places in the case.
#[derive(Debug, Clone, Default)]
pub struct People<'a> {
    all: Vec<(RecordId, &'a Person)>,
    case: Option<&'a Case>,
    /// Whose telephone or account an original came from, where an import was told.
    devices: BTreeMap<Digest, DeviceOwner>,
}

/// Who sent a message, as far as it can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sender<'a> {
    /// The keeper of the record.
    Me,
    /// Somebody of the book.
    Person(RecordId, &'a Person),
    /// Somebody only the message names.
    Named(&'a Address),
    /// Whoever used the telephone or account the message was read from; whose that is was not said.
    ThisDevice,
    /// The source does not say.
    NotKnown,
}

impl<'a> People<'a> {
    /// Takes them from the current versions of all records.
    #[must_use]
    pub fn of(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut people = People::default();
        let mut own: BTreeMap<RecordId, &'a Person> = BTreeMap::new();
        for record in records {
            match &record.content {
                Content::Person(person) => {
                    own.insert(record.id, person);
                }
                Content::Case(case) => people.case = people.case.or(Some(case)),
                Content::Import(import) => {
                    let originals = import.sources.iter().filter_map(|source| source.original);
                    people.devices.extend(
                        originals
                            .zip(std::iter::repeat(import.from_device))
                            .filter_map(|(original, owner)| Some((original, owner?))),
                    );
                }
                _ => {}
            }
        }
        // Who was joined to somebody else is shown as that person wherever a record names them.
        people.all = own.keys().map(|id| (*id, shown_as(&own, *id))).collect();
        people
    }

    /// All of them, by name of record. Two that were joined are the same person under two names of record.
    #[must_use]
    pub fn all(&self) -> &[(RecordId, &'a Person)] {
        &self.all
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> Option<&'a Case> {
        self.case
    }

    /// The person of this record.
    #[must_use]
    pub fn get(&self, id: RecordId) -> Option<&'a Person> {
        self.all.iter().find(|(other, _)| *other == id).map(|(_, person)| *person)
    }

    /// The parent who keeps the book.
    #[must_use]
    pub fn me(&self) -> Option<&'a Person> {
        self.case.and_then(|case| case.me).and_then(|id| self.get(id)).or_else(|| self.with_role(Role::Me))
    }

    /// The other party.
    #[must_use]
    pub fn other(&self) -> Option<&'a Person> {
        self.case.and_then(|case| case.other).and_then(|id| self.get(id)).or_else(|| self.with_role(Role::OtherParent))
    }

    /// The name of the keeper, or "the keeper of this record".
    #[must_use]
    pub fn my_name(&self) -> &'a str {
        self.me().map_or("the keeper of this record", |person| person.name.as_str())
    }

    /// The name of the other party, or "the other parent".
    #[must_use]
    pub fn other_name(&self) -> &'a str {
        self.other().map_or("the other parent", |person| person.name.as_str())
    }

    /// The children of the case, in its order; all children of the book where it names none.
    #[must_use]
    pub fn children(&self) -> Vec<&'a Person> {
        let named: Vec<_> = self.case.iter().flat_map(|case| &case.children).filter_map(|id| self.get(*id)).collect();
        if named.is_empty() {
            distinct(self.all.iter().map(|(_, person)| *person).filter(|person| person.role == Role::Child))
        } else {
            distinct(named)
        }
    }

    /// My place in the proceedings: `applicant`; `None` before there are any.
    #[must_use]
    pub fn my_side(&self) -> Option<&'static str> {
        self.case.and_then(|case| case.applicant).map(|side| match side {
            Side::Me => "applicant",
            Side::Other => "respondent",
        })
    }

    /// Whom an address in a message names; see [`Person::is_named_in`]. `None`: nobody, or several people.
    #[must_use]
    pub fn of_address(&self, message: &Message, address: &Address) -> Option<(RecordId, &'a Person)> {
        let mut found = self.all.iter().filter(|(_, person)| person.is_named_in(message, address));
        let first = found.next()?;
        found.all(|(_, person)| std::ptr::eq(*person, first.1)).then_some(*first)
    }

    /// Who sent a message. Where its source says only that it was sent from there, it is the keeper's if the
    /// telephone or account is the keeper's own.
    #[must_use]
    pub fn sender<'m>(&self, message: &'m Message) -> Sender<'m>
    where
        'a: 'm,
    {
        match message.from.first() {
            Some(from) if self.is_me(message, from) => Sender::Me,
            Some(from) => match self.of_address(message, from) {
                Some((id, person)) => Sender::Person(id, person),
                // The source says it was sent from there, whatever name or number it has for its owner.
                None if message.direction == Some(Direction::Sent)
                    && self.not_surely(message, from).is_none()
                    && self.device_of(message) == Some(DeviceOwner::Mine) =>
                {
                    Sender::Me
                }
                None => Sender::Named(from),
            },
            None if message.direction == Some(Direction::Sent) => match self.device_of(message) {
                Some(DeviceOwner::Mine) => Sender::Me,
                _ => Sender::ThisDevice,
            },
            None => Sender::NotKnown,
        }
    }

    fn device_of(&self, message: &Message) -> Option<DeviceOwner> {
        self.devices.get(&message.place.as_ref()?.original).copied()
    }

    /// The name a paper prints for the sender; `None` where it is not known.
    #[must_use]
    pub fn printed_sender(&self, message: &Message) -> Option<String> {
        match self.sender(message) {
            Sender::Me => Some(self.my_name().to_owned()),
            Sender::Person(_, person) => Some(person.name.clone()),
            Sender::Named(address) => Some(self.printed(message, address)),
            Sender::ThisDevice => Some("the telephone or account it was read from".to_owned()),
            Sender::NotKnown => None,
        }
    }

    /// The names a paper prints for those it was sent to. A message received on the keeper's own telephone
    /// that names nobody was sent to the keeper.
    #[must_use]
    pub fn printed_receivers(&self, message: &Message) -> Vec<String> {
        let received = message.direction == Some(Direction::Received) && message.to.is_empty();
        // In a chat of several, a message is to all of them; only a telephone's is to its owner.
        let to_owner = message.chat.is_none() || matches!(message.channel, Channel::Sms | Channel::Call);
        if received && to_owner && self.device_of(message) == Some(DeviceOwner::Mine) {
            return vec![self.my_name().to_owned()];
        }
        message.to.iter().map(|to| self.printed(message, to)).collect()
    }

    /// The name a paper prints for an address in a message: the person's, else the display name where it is not an
    /// address itself; never an address or a number. Of a name that may be somebody else's in this chat, it says so.
    #[must_use]
    pub fn printed(&self, message: &Message, address: &Address) -> String {
        if let Some((_, person)) = self.of_address(message, address) {
            return person.name.clone();
        }
        if let (Some((person, whose)), Some(name)) = (self.not_surely(message, address), &address.name) {
            return match whose {
                Whose::NotTheirs => format!("{name} (not {})", self.place_of(person)),
                Whose::Theirs | Whose::NotKnown => format!("{name} (not known who this is)"),
            };
        }
        match address.name.as_deref().map(str::trim) {
            Some(name) if !name.is_empty() && !looks_like_an_address(name) => {
                // A display name is anybody's to choose: beside an address nobody of the book has, it names nobody.
                match address.address.as_ref().and_then(|_| self.namesake(name)) {
                    Some(person) => format!("{name} (another address, not known to be {})", self.place_of(person)),
                    None => name.to_owned(),
                }
            }
            _ => "a person not named in this record".to_owned(),
        }
    }

    /// Somebody who has this name elsewhere, and of whom it was said that it is not theirs, or not surely, in the chat
    /// of this message.
    #[must_use]
    pub fn not_surely(&self, message: &Message, address: &Address) -> Option<(&'a Person, Whose)> {
        let said = self.all.iter().filter_map(|(_, person)| Some((*person, person.said_in(message, address)?.whose)));
        said.filter(|(_, whose)| *whose != Whose::Theirs).max_by_key(|(_, whose)| *whose)
    }

    /// Somebody of the book who has this name.
    fn namesake(&self, name: &str) -> Option<&'a Person> {
        self.all.iter().map(|(_, person)| *person).find(|person| person.has_name(name))
    }

    fn place_of(&self, person: &Person) -> &'static str {
        let is = |one: Option<&Person>| one.is_some_and(|one| std::ptr::eq(one, person));
        match (is(self.me()), is(self.other())) {
            (true, _) => "the keeper of this record",
            (_, true) => "the other parent",
            _ => "the same person",
        }
    }

    /// Whether this is the keeper's own address, or their name in the chat of this message.
    #[must_use]
    pub fn is_me(&self, message: &Message, address: &Address) -> bool {
        match (self.of_address(message, address), self.me()) {
            (Some((_, person)), Some(me)) => std::ptr::eq(person, me),
            _ => false,
        }
    }

    fn with_role(&self, role: Role) -> Option<&'a Person> {
        self.all.iter().map(|(_, person)| *person).find(|person| person.role == role)
    }
}

/// The person of this id, or the one they were joined to. As many steps as there are people: a circle, which
/// no command makes, ends as well.
fn shown_as<'a>(own: &BTreeMap<RecordId, &'a Person>, id: RecordId) -> &'a Person {
    let mut person = own[&id];
    for _ in 0..own.len() {
        match person.merged.as_ref().and_then(|merged| own.get(&merged.into)) {
            Some(into) => person = into,
            None => break,
        }
    }
    person
}

/// Each person once.
fn distinct<'a>(people: impl IntoIterator<Item = &'a Person>) -> Vec<&'a Person> {
    let mut once: Vec<&Person> = Vec::new();
    for person in people {
        if !once.iter().any(|known| std::ptr::eq(*known, person)) {
            once.push(person);
        }
    }
    once
}

/// Whether a display name is an e-mail address or a number, which no paper prints.
#[must_use]
pub fn looks_like_an_address(name: &str) -> bool {
    name.contains('@') || name.chars().filter(char::is_ascii_digit).count() >= 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        ChatPlace, Identity, IdentityKind, ImportRecord, ImportSource, Instant, Locator, Merged, NameInChat, Noun,
        Place,
    };

    fn record(noun: Noun, number: u32, content: Content) -> Record {
        Record {
            id: RecordId::new(noun, number),
            version: 1,
            written_at: Instant(0),
            why: None,
            salt: String::new(),
            content,
        }
    }

    fn person(number: u32, name: &str, role: Role, address: &str) -> Record {
        let mut person = Person::named(name, role);
        person.identities.push(Identity { kind: IdentityKind::Phone, value: address.into() });
        record(Noun::Person, number, Content::Person(person))
    }

    fn sent_text(original: &str) -> Message {
        let mut message = Message::blank(Channel::Sms);
        message.direction = Some(Direction::Sent);
        message.to = vec![Address { name: None, address: Some("+447700900123".into()) }];
        message.place = Some(Place { original: Digest::of(original.as_bytes()), locator: Locator::whole() });
        message
    }

    fn import(original: &str, from_device: Option<DeviceOwner>) -> Record {
        let source = ImportSource { original: Some(Digest::of(original.as_bytes())), ..ImportSource::default() };
        let import = ImportRecord { sources: vec![source], from_device, ..ImportRecord::default() };
        record(Noun::Import, 1, Content::Import(Box::new(import)))
    }

    #[test]
    fn what_was_sent_from_a_telephone_is_mine_only_if_the_telephone_is() {
        for (device, expected) in [
            (Some(DeviceOwner::Mine), Sender::Me),
            (Some(DeviceOwner::TheirsShared), Sender::ThisDevice),
            (Some(DeviceOwner::Given), Sender::ThisDevice),
            (None, Sender::ThisDevice),
        ] {
            let records = [person(1, "Alex Reed", Role::Me, "07700 900111"), import("backup", device)];
            assert_eq!(People::of(&records).sender(&sent_text("backup")), expected, "{device:?}");
        }
    }

    #[test]
    fn a_display_name_beside_an_address_nobody_has_is_not_printed_as_the_party() {
        let records = [
            person(1, "Alex Reed", Role::Me, "07700 900111"),
            person(2, "Sam Reed", Role::OtherParent, "07700 900123"),
        ];
        let people = People::of(&records);
        let printed = |name: &str, address: Option<&str>| {
            let address = Address { name: Some(name.into()), address: address.map(str::to_owned) };
            people.printed(&Message::blank(Channel::Email), &address)
        };
        assert_eq!(
            printed("Sam Reed", Some("other.sam@example.net")),
            "Sam Reed (another address, not known to be the other parent)"
        );
        assert_eq!(printed("Sam", Some("07700 900123")), "Sam Reed");
        assert_eq!(printed("Sam Reed", None), "Sam Reed");
        assert_eq!(printed("Bob Carr", Some("bob@example.net")), "Bob Carr");
    }

    #[test]
    fn what_is_said_of_a_name_in_one_chat_goes_before_what_it_is_elsewhere() {
        let line = |chat: &str, name: &str| {
            let mut message = Message::blank(Channel::Whatsapp);
            message.chat = Some(ChatPlace::named(chat, 1));
            message.from = vec![Address { name: Some(name.into()), address: None }];
            message.direction = Some(Direction::Sent);
            message.place = Some(Place { original: Digest::of(b"export"), locator: Locator::whole() });
            message
        };
        for (whose, printed, mine) in [
            (Whose::Theirs, "Alex Reed", true),
            (Whose::NotTheirs, "Alex (not the keeper of this record)", false),
            (Whose::NotKnown, "Alex (not known who this is)", false),
        ] {
            let mut me = person(1, "Alex Reed", Role::Me, "07700 900111");
            let Content::Person(alex) = &mut me.content else { unreachable!() };
            alex.identities.push(Identity { kind: IdentityKind::Name, value: "Alex".into() });
            let chat = line("Football", "Alex").chat_words().unwrap();
            let (name, called) = ("alex".to_owned(), "Football".to_owned());
            alex.say_in_chat(NameInChat { name, chat, called, whose });
            let records = [me, import("export", Some(DeviceOwner::Mine))];
            let people = People::of(&records);
            let football = line("football", "Alex");
            assert_eq!(people.printed_sender(&football).as_deref(), Some(printed));
            assert_eq!(people.sender(&football) == Sender::Me, mine, "{whose:?}");
            for elsewhere in [line("Sam", "Alex"), line("Football", "Alex Reed")] {
                assert_eq!(people.sender(&elsewhere), Sender::Me, "{whose:?}");
            }
        }
    }

    #[test]
    fn who_was_joined_to_somebody_is_shown_as_that_person() {
        let mut second = person(3, "Sam R", Role::Other, "07700 900124");
        let Content::Person(joined) = &mut second.content else { unreachable!() };
        joined.merged = Some(Merged {
            into: RecordId::new(Noun::Person, 2),
            gave: Vec::new(),
            gave_in_chats: Vec::new(),
            role_before: None,
        });
        let records = [
            person(1, "Alex Reed", Role::Me, "07700 900111"),
            person(2, "Sam Reed", Role::OtherParent, "07700 900123"),
            second,
        ];
        let people = People::of(&records);
        assert_eq!(people.get(RecordId::new(Noun::Person, 3)).unwrap().name, "Sam Reed");
        let by = |address: &str| {
            people
                .of_address(&Message::blank(Channel::Email), &Address { name: None, address: Some(address.into()) })
                .map(|(_, person)| person.name.as_str())
        };
        assert_eq!(by("+44 7700 900123"), Some("Sam Reed"));
        assert_eq!(by("07700 900124"), None, "what was given to the other is looked for there only");
    }
}
