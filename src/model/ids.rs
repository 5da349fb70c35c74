//! Names for records: short, for life, and unlike a page number.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What kind of thing a record is. The prefix is what a person types and reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Noun {
    /// Court, case number, parties, the coming hearing: what headings need.
    Case,
    /// Somebody: me, the other parent, a child, a professional.
    Person,
    /// One contact event: a handover, a visit, a call; kept, late or not held.
    Incident,
    /// An e-mail, a chat message, or a conversation typed in.
    Message,
    /// A kept file: an order as paper, a photograph, a letter, a recording.
    Document,
    /// What a court order says, paragraph by paragraph.
    Order,
    /// A step on the road: asked, proposed, mediated, applied, heard.
    Step,
    /// A private note. Never in any paper.
    Note,
    /// An edition of a paper.
    Bundle,
    /// One import: what was read, and what was not.
    Import,
    /// Two records joined, and how.
    Link,
    /// Privilege, confidentiality or an instruction to keep something out of a paper.
    Mark,
    /// A choice of records for one kind of paper.
    Choice,
    /// A confidential word of the case: an address, a school, a number.
    Word,
}

impl Noun {
    /// Every noun, in the order papers and listings use.
    pub const ALL: [Noun; 14] = [
        Noun::Case,
        Noun::Person,
        Noun::Incident,
        Noun::Message,
        Noun::Document,
        Noun::Order,
        Noun::Step,
        Noun::Note,
        Noun::Bundle,
        Noun::Import,
        Noun::Link,
        Noun::Mark,
        Noun::Choice,
        Noun::Word,
    ];

    /// The prefix of an id: `INC` of `INC-1`.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Noun::Case => "CAS",
            Noun::Person => "PER",
            Noun::Incident => "INC",
            Noun::Message => "MSG",
            Noun::Document => "DOC",
            Noun::Order => "ORD",
            Noun::Step => "STP",
            Noun::Note => "NOT",
            Noun::Bundle => "BND",
            Noun::Import => "IMP",
            Noun::Link => "LNK",
            Noun::Mark => "MRK",
            Noun::Choice => "CHO",
            Noun::Word => "CNF",
        }
    }

    /// The word used in JSON and in `--kind`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Noun::Case => "case",
            Noun::Person => "person",
            Noun::Incident => "incident",
            Noun::Message => "message",
            Noun::Document => "document",
            Noun::Order => "order",
            Noun::Step => "step",
            Noun::Note => "note",
            Noun::Bundle => "bundle",
            Noun::Import => "import",
            Noun::Link => "link",
            Noun::Mark => "mark",
            Noun::Choice => "choice",
            Noun::Word => "confidential-word",
        }
    }

    /// Whether the timeline shows this kind of record as a line of its own.
    #[must_use]
    pub fn in_timeline(self) -> bool {
        matches!(
            self,
            Noun::Incident
                | Noun::Message
                | Noun::Document
                | Noun::Order
                | Noun::Step
                | Noun::Note
                | Noun::Bundle
                | Noun::Import
        )
    }

    /// The noun a prefix or a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Noun> {
        Noun::ALL
            .into_iter()
            .find(|noun| noun.word().eq_ignore_ascii_case(word) || noun.prefix().eq_ignore_ascii_case(word))
    }
}

/// The name of a record: `INC-41`. It survives corrections, imports, exports and new editions, and
/// is never given to another record, even after an erasure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// What kind of record it is.
    pub noun: Noun,
    /// Counts from 1 within the noun.
    pub number: u32,
}

impl RecordId {
    /// The record of this kind with this number.
    #[must_use]
    pub fn new(noun: Noun, number: u32) -> Self {
        RecordId { noun, number }
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.noun.prefix(), self.number)
    }
}

/// The text was not the name of a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not the name of a record; a name looks like INC-1, MSG-12 or DOC-3")]
pub struct NotARecordId {
    /// What was given.
    pub text: String,
}

impl FromStr for RecordId {
    type Err = NotARecordId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fail = || NotARecordId { text: text.to_owned() };
        let (prefix, number) = text.trim().split_once('-').ok_or_else(fail)?;
        let noun = Noun::ALL.into_iter().find(|noun| noun.prefix().eq_ignore_ascii_case(prefix)).ok_or_else(fail)?;
        let number: u32 = number.parse().map_err(|_| fail())?;
        if number == 0 {
            return Err(fail());
        }
        Ok(RecordId { noun, number })
    }
}

impl Serialize for RecordId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_back_as_itself() {
        for noun in Noun::ALL {
            let id = RecordId::new(noun, 41);
            assert_eq!(id.to_string().parse(), Ok(id));
        }
        assert_eq!("inc-7".parse(), Ok(RecordId::new(Noun::Incident, 7)));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for text in ["", "INC", "INC-", "INC-0", "A1", "INC-x", "FOO-1", "INC--1"] {
            assert!(text.parse::<RecordId>().is_err(), "{text}");
        }
    }
}
