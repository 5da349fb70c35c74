//! People, and what belongs to them.

use serde::{Deserialize, Serialize};

use super::Date;

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
        }
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
