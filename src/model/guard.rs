//! What may go to whom: privilege, marks, choices and the confidential words of the case.

use serde::{Deserialize, Serialize};

use super::RecordId;

/// Why something is privileged. Anything but `None` stays out of every paper for others unless a
/// reason is typed (MED-16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Privilege {
    /// Open.
    #[default]
    None,
    /// Between a client and a lawyer.
    LegalAdvice,
    /// Said to settle.
    WithoutPrejudice,
    /// Said in mediation (MED-12).
    Mediation,
}

impl Privilege {
    /// All values.
    pub const ALL: [Privilege; 4] =
        [Privilege::None, Privilege::LegalAdvice, Privilege::WithoutPrejudice, Privilege::Mediation];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Privilege::None => "none",
            Privilege::LegalAdvice => "legal-advice",
            Privilege::WithoutPrejudice => "without-prejudice",
            Privilege::Mediation => "mediation",
        }
    }

    /// The value a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|privilege| privilege.word() == word)
    }
}

/// One mark put on a record. Marks add up; a later one on the same matter replaces the earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The record it is on.
    pub on: RecordId,
    /// Sets the privilege.
    #[serde(default)]
    pub privilege: Option<Privilege>,
    /// Sets or lifts confidentiality: the whole record is kept from everyone but `self`.
    #[serde(default)]
    pub confidential: Option<bool>,
    /// Kept out of this kind of paper.
    #[serde(default)]
    pub keep_out_of: Option<Profile>,
    /// Let into this kind of paper in spite of its privilege, with the reason in `why`.
    #[serde(default)]
    pub let_into: Option<Profile>,
    /// Why, in the user's words.
    #[serde(default)]
    pub why: Option<String>,
}

/// A kind of paper (`docs/architecture.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// The chronological bundle.
    Evidence,
    /// An exhibit to a witness statement.
    Exhibit,
    /// The hearing bundle.
    Hearing,
    /// One or two pages for a mediator.
    Mediation,
    /// The chronology alone.
    Chronology,
    /// The schedule for an enforcement application.
    Enforcement,
    /// Everything, for oneself.
    Archive,
    /// One page to have at hand during the call with Cafcass, for oneself.
    #[serde(rename = "cafcass-call")]
    Crib,
}

impl Profile {
    /// All kinds of paper.
    pub const ALL: [Profile; 8] = [
        Profile::Evidence,
        Profile::Exhibit,
        Profile::Hearing,
        Profile::Mediation,
        Profile::Chronology,
        Profile::Enforcement,
        Profile::Archive,
        Profile::Crib,
    ];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Profile::Evidence => "evidence",
            Profile::Exhibit => "exhibit",
            Profile::Hearing => "hearing",
            Profile::Mediation => "mediation",
            Profile::Chronology => "chronology",
            Profile::Enforcement => "enforcement",
            Profile::Archive => "archive",
            Profile::Crib => "cafcass-call",
        }
    }

    /// The profile a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.word() == word)
    }
}

/// Who a paper is for. The guard follows the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reader {
    /// The court.
    Court,
    /// A mediator.
    Mediator,
    /// One's own lawyer.
    Solicitor,
    /// Cafcass or Cafcass Cymru.
    Cafcass,
    /// The other party.
    OtherParty,
    /// Oneself.
    #[serde(rename = "self")]
    Myself,
}

impl Reader {
    /// All readers.
    pub const ALL: [Reader; 6] =
        [Reader::Court, Reader::Mediator, Reader::Solicitor, Reader::Cafcass, Reader::OtherParty, Reader::Myself];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Reader::Court => "court",
            Reader::Mediator => "mediator",
            Reader::Solicitor => "solicitor",
            Reader::Cafcass => "cafcass",
            Reader::OtherParty => "other-party",
            Reader::Myself => "self",
        }
    }

    /// The reader a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reader| reader.word() == word)
    }
}

/// Records chosen for a kind of paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The records, in the order chosen.
    pub records: Vec<RecordId>,
    /// For which paper.
    pub profile: Profile,
    /// The exhibit they belong to: `AR1`.
    #[serde(default)]
    pub exhibit: Option<String>,
    /// The section they belong to.
    #[serde(default)]
    pub section: Option<String>,
    /// For a hearing bundle: the direction of the court that lets it in, in the user's words
    /// (`order of 3 March 2026, paragraph 4`); one of the two lawful routes of 27A-22.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub directed: Option<String>,
    /// How many messages before and after to show with each.
    #[serde(default)]
    pub context: u32,
    /// The choice was taken back.
    #[serde(default)]
    pub withdrawn: bool,
}

/// A word that no paper for others may hold: an address, a school, a number (PRI-14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfidentialWord {
    /// The word or words, as they would stand in a text.
    pub words: String,
    /// What it is.
    pub kind: WordKind,
    /// Taken off the list again.
    #[serde(default)]
    pub withdrawn: bool,
}

/// What a confidential word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordKind {
    /// A postal address or part of one.
    Address,
    /// A telephone number, in any spelling.
    Phone,
    /// An e-mail address.
    Email,
    /// A school or nursery.
    School,
    /// A surgery or hospital.
    Surgery,
    /// A workplace.
    Workplace,
    /// A number plate.
    Plate,
    /// A refuge.
    Refuge,
    /// Anything else.
    Other,
}

impl WordKind {
    /// All kinds.
    pub const ALL: [WordKind; 9] = [
        WordKind::Address,
        WordKind::Phone,
        WordKind::Email,
        WordKind::School,
        WordKind::Surgery,
        WordKind::Workplace,
        WordKind::Plate,
        WordKind::Refuge,
        WordKind::Other,
    ];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            WordKind::Address => "address",
            WordKind::Phone => "phone",
            WordKind::Email => "email",
            WordKind::School => "school",
            WordKind::Surgery => "surgery",
            WordKind::Workplace => "workplace",
            WordKind::Plate => "plate",
            WordKind::Refuge => "refuge",
            WordKind::Other => "other",
        }
    }

    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
