//! People, and what belongs to them.

use serde::{Deserialize, Serialize};

use super::{Address, Date, Message, NameInChat, RecordId, Whose, phone};

/// Somebody in the record. Addresses, numbers and spellings belong to a person; names alone never
/// merge two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// As papers name them.
    pub name: String,
    /// What they are in this record. A person may be several things.
    pub role: Role,
    /// In the user's words, where a role says too little: `Alex's mother`.
    #[serde(default)]
    pub described: Option<String>,
    /// Addresses, numbers, handles and other spellings.
    #[serde(default)]
    pub identities: Vec<Identity>,
    /// A child's date of birth. Papers print the year only (PRI-15).
    #[serde(default)]
    pub born: Option<Date>,
    /// For adults: parental responsibility, and on what basis.
    #[serde(default)]
    pub parental_responsibility: ParentalResponsibility,
    /// Joined to somebody else, because both are one person. It stays readable, and everything that names
    /// it is shown under the other; `None` is what most are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<Merged>,
    /// What is said of names in single chats. It goes before what the names are elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_chats: Vec<NameInChat>,
}

/// What joining two records of one person did, so that it can be undone exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The person this one is shown under.
    pub into: RecordId,
    /// The addresses, numbers and spellings the other did not have before.
    #[serde(default)]
    pub gave: Vec<Identity>,
    /// What was said of names in single chats and the other did not have before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gave_in_chats: Vec<NameInChat>,
    /// The role the other had before it took this one's. `None`: it kept its own.
    #[serde(default)]
    pub role_before: Option<Role>,
}

/// What somebody is in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The parent who keeps this book.
    Me,
    /// The other party.
    OtherParent,
    /// A child the case is about.
    Child,
    /// Family, of either side.
    Relative,
    /// A mediator.
    Mediator,
    /// A lawyer, of either side.
    Solicitor,
    /// A Cafcass or Cafcass Cymru officer.
    Cafcass,
    /// A contact centre or its staff.
    ContactCentre,
    /// Somebody who saw or heard something.
    Witness,
    /// A school, nursery, surgery or other professional.
    Professional,
    /// Anybody else.
    Other,
}

/// Something that identifies a person in a message or a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Identity {
    /// What it is.
    pub kind: IdentityKind,
    /// E-mail addresses lower-cased; otherwise as given.
    pub value: String,
}

/// Kinds of identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IdentityKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A user name of some service.
    Handle,
    /// Another spelling of the name.
    Name,
}

/// Whether somebody has parental responsibility.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParentalResponsibility {
    /// Yes, on this basis (birth certificate, marriage, order, agreement).
    Yes {
        /// In the user's words.
        basis: String,
    },
    /// No.
    No,
    /// Not known.
    #[default]
    Unknown,
}

impl Person {
    /// Somebody of this name and role, and nothing else known.
    #[must_use]
    pub fn named(name: impl Into<String>, role: Role) -> Self {
        Person {
            name: name.into(),
            role,
            described: None,
            identities: Vec::new(),
            born: None,
            parental_responsibility: ParentalResponsibility::Unknown,
            merged: None,
            in_chats: Vec::new(),
        }
    }

    /// Whether an address, a number or a handle is this person's: capitals do not count, nor how a number is
    /// written, nor what stands after a `+` in an e-mail address. Dots do: no address is taken for another
    /// that its own server may tell apart.
    #[must_use]
    pub fn has_address(&self, written: &str) -> bool {
        let wanted = address_key(written);
        self.keys().any(|key| key == wanted) || {
            let wanted = untagged(&wanted);
            self.keys().any(|key| untagged(&key) == wanted)
        }
    }

    fn keys(&self) -> impl Iterator<Item = String> + '_ {
        let addresses = self.identities.iter().filter(|identity| identity.kind != IdentityKind::Name);
        addresses.map(|identity| address_key(&identity.value))
    }

    /// Whether a spelling is this person's name as papers have it, or one the user said is theirs.
    #[must_use]
    pub fn has_name(&self, written: &str) -> bool {
        let wanted = name_key(written);
        let spellings = self.identities.iter().filter(|identity| identity.kind == IdentityKind::Name);
        !wanted.is_empty()
            && (name_key(&self.name) == wanted || spellings.into_iter().any(|one| name_key(&one.value) == wanted))
    }

    /// Whether somebody a message names is this person: by the address where there is one. A display name
    /// counts only where nothing else stands beside it, and only in a spelling the user gave.
    #[must_use]
    pub fn is_named_by(&self, address: &Address) -> bool {
        match (&address.address, &address.name) {
            (Some(written), _) => self.has_address(written),
            (None, Some(name)) => self.has_name(name),
            (None, None) => false,
        }
    }

    /// Whether somebody this message names is this person. What was said of the name in the message's chat goes
    /// before what the name is elsewhere.
    #[must_use]
    pub fn is_named_in(&self, message: &Message, address: &Address) -> bool {
        match self.said_in(message, address) {
            Some(said) => said.whose == Whose::Theirs,
            None => self.is_named_by(address),
        }
    }

    /// What was said of a name in the chat of this message. Only of names: an address is one person's everywhere.
    #[must_use]
    pub fn said_in(&self, message: &Message, address: &Address) -> Option<&NameInChat> {
        let name = address.name.as_deref().filter(|_| address.address.is_none())?;
        if self.in_chats.is_empty() {
            return None;
        }
        let chat = message.chat_words()?;
        self.said_of(name, &chat)
    }

    /// What was said of a name in a chat.
    #[must_use]
    pub fn said_of(&self, name: &str, chat: &str) -> Option<&NameInChat> {
        self.in_chats.iter().find(|said| said.is(name, chat))
    }

    /// Says whose a name is in a chat, in place of what was said of it before.
    pub fn say_in_chat(&mut self, said: NameInChat) {
        self.in_chats.retain(|before| !before.is(&said.name, &said.chat));
        self.in_chats.push(said);
    }

    /// The name and its other spellings.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let spellings = self.identities.iter().filter(|identity| identity.kind == IdentityKind::Name);
        std::iter::once(self.name.as_str()).chain(spellings.map(|identity| identity.value.as_str()))
    }

    /// The given name alone, as chronology lines use it ("Sam wrote …").
    #[must_use]
    pub fn short_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }

    /// Initials for an exhibit mark: `AR` of "Alex Reed" (22A-12).
    #[must_use]
    pub fn initials(&self) -> String {
        self.name
            .split(|c: char| c.is_whitespace() || c == '-')
            .filter_map(|word| word.chars().find(|c| c.is_alphabetic()))
            .flat_map(char::to_uppercase)
            .collect()
    }
}

impl Identity {
    /// What it is, as it is compared with others of its kind.
    #[must_use]
    pub fn key(&self) -> String {
        match self.kind {
            IdentityKind::Name => name_key(&self.value),
            _ => address_key(&self.value),
        }
    }
}

/// How a name is compared: without its capitals and extra blanks.
#[must_use]
pub fn name_key(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// How an address, a number or a handle is compared: a telephone number in E.164 where it can be told, a
/// short code by its digits, everything else in small letters.
#[must_use]
pub fn address_key(written: &str) -> String {
    if let Some(number) = phone::e164(written) {
        return number;
    }
    let only_digits = written.chars().any(|c| c.is_ascii_digit())
        && written.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+()-./".contains(c));
    if only_digits { written.chars().filter(char::is_ascii_digit).collect() } else { name_key(written) }
}

/// An e-mail address without what its owner put after a `+`: `sam+school@example.org` is read in the box of
/// `sam@example.org` (RFC 5233, section 4). Everything else as it is.
#[must_use]
pub fn untagged(key: &str) -> String {
    match key.rsplit_once('@').and_then(|(local, domain)| Some((local.split_once('+')?.0, domain))) {
        Some((local, domain)) if !local.is_empty() => format!("{local}@{domain}"),
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sam() -> Person {
        let mut sam = Person::named("Sam Reed", Role::OtherParent);
        for (kind, value) in [
            (IdentityKind::Email, "sam.reed@example.org"),
            (IdentityKind::Phone, "07700 900123"),
            (IdentityKind::Name, "Sam \u{2764}"),
        ] {
            sam.identities.push(Identity { kind, value: value.into() });
        }
        sam
    }

    #[test]
    fn whose_an_address_is() {
        for (written, expected) in [
            ("Sam.Reed@EXAMPLE.org", true),
            ("sam.reed+school@example.org", true),
            ("samreed@example.org", false),
            ("+44 7700 900123", true),
            ("+44 (0)7700 900123", true),
            ("07700 900124", false),
            ("sam.reed@example.com", false),
            ("Sam Reed", false),
        ] {
            assert_eq!(sam().has_address(written), expected, "{written}");
        }
    }

    #[test]
    fn a_name_counts_only_where_nothing_better_stands_and_only_as_it_was_confirmed() {
        let by = |name: &str, address: Option<&str>| {
            sam().is_named_by(&Address { name: Some(name.into()), address: address.map(str::to_owned) })
        };
        assert!(by("sam  REED", None) && by("Sam \u{2764}", None));
        assert!(!by("Sam", None) && !by("", None));
        assert!(!by("Sam Reed", Some("somebody@example.net")), "a display name beside another address is no proof");
    }

    #[test]
    fn keys() {
        for (written, key) in
            [("60 777", "60777"), ("HMRC", "hmrc"), ("0161 496 0123", "+441614960123"), ("@sam", "@sam"), ("", "")]
        {
            assert_eq!(address_key(written), key);
        }
        assert_eq!(untagged("+441614960123"), "+441614960123");
        assert_eq!(untagged("+x@example.org"), "+x@example.org");
    }
}
