//! A record: content, version, and when it was written down.

use serde::{Deserialize, Serialize};

use super::{
    BundleRecord, Case, Choice, ConfidentialWord, Document, ImportRecord, Incident, Instant, Mark, Message, Noun,
    Order, Person, RecordId, Step, When,
};

/// One version of a record, exactly as it is hashed and kept: its canonical JSON is the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its name for life.
    pub id: RecordId,
    /// Counts from 1; a correction is the next version.
    pub version: u32,
    /// When this version was written down.
    pub written_at: Instant,
    /// Why it was corrected; `None` for the first version.
    #[serde(default)]
    pub why: Option<String>,
    /// 64 hexadecimal digits of chance, so that a short body cannot be guessed from its hash.
    pub salt: String,
    /// What it says.
    pub content: Content,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Content {
    /// See [`Case`].
    Case(Case),
    /// See [`Person`].
    Person(Person),
    /// See [`Incident`].
    Incident(Box<Incident>),
    /// See [`Message`].
    Message(Box<Message>),
    /// See [`Document`].
    Document(Box<Document>),
    /// See [`Order`].
    Order(Box<Order>),
    /// See [`Step`].
    Step(Box<Step>),
    /// See [`Note`].
    Note(Note),
    /// See [`BundleRecord`].
    Bundle(Box<BundleRecord>),
    /// See [`ImportRecord`].
    Import(Box<ImportRecord>),
    /// See [`Link`].
    Link(Link),
    /// See [`Mark`].
    Mark(Mark),
    /// See [`Choice`].
    Choice(Choice),
    /// See [`ConfidentialWord`].
    Word(ConfidentialWord),
}

/// A private note: for its writer only, never in any paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The words.
    pub text: String,
    /// The record it is about.
    #[serde(default)]
    pub about: Option<RecordId>,
    /// When what it tells of happened, if it says so.
    #[serde(default)]
    pub when: Option<When>,
}

/// Two records joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The one that supports, admits, contradicts, replies or cites.
    pub from: RecordId,
    /// The one that is supported and so on.
    pub to: RecordId,
    /// How.
    pub kind: LinkKind,
    /// The link was taken back.
    #[serde(default)]
    pub withdrawn: bool,
}

/// How one record bears on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkKind {
    /// It supports it.
    Supports,
    /// In it, somebody says it is so.
    Admits,
    /// It says otherwise.
    Contradicts,
    /// It answers it.
    Replies,
    /// It names it.
    Cites,
}

impl LinkKind {
    /// All kinds.
    pub const ALL: [LinkKind; 5] =
        [LinkKind::Supports, LinkKind::Admits, LinkKind::Contradicts, LinkKind::Replies, LinkKind::Cites];

    /// The word on the command line and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            LinkKind::Supports => "supports",
            LinkKind::Admits => "admits",
            LinkKind::Contradicts => "contradicts",
            LinkKind::Replies => "replies",
            LinkKind::Cites => "cites",
        }
    }

    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Content {
    /// What kind of record this is.
    #[must_use]
    pub fn noun(&self) -> Noun {
        match self {
            Content::Case(_) => Noun::Case,
            Content::Person(_) => Noun::Person,
            Content::Incident(_) => Noun::Incident,
            Content::Message(_) => Noun::Message,
            Content::Document(_) => Noun::Document,
            Content::Order(_) => Noun::Order,
            Content::Step(_) => Noun::Step,
            Content::Note(_) => Noun::Note,
            Content::Bundle(_) => Noun::Bundle,
            Content::Import(_) => Noun::Import,
            Content::Link(_) => Noun::Link,
            Content::Mark(_) => Noun::Mark,
            Content::Choice(_) => Noun::Choice,
            Content::Word(_) => Noun::Word,
        }
    }

    /// When what it tells of happened. `None`: not known, or it tells of nothing that happens.
    #[must_use]
    pub fn when(&self) -> Option<&When> {
        match self {
            Content::Incident(incident) => incident.when(),
            Content::Message(message) => message.sent.as_ref(),
            Content::Document(document) => document.dated.as_ref().or(document.received.as_ref()),
            Content::Order(order) => order.made.as_ref(),
            Content::Step(step) => step.when.as_ref(),
            Content::Note(note) => note.when.as_ref(),
            _ => None,
        }
    }

    /// One line that names it in lists: `Nobody came to the handover`, `E-mail from Sam Reed: “This weekend”`.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Content::Case(case) => match &case.number {
                Some(number) => format!("Case {number}"),
                None => "The case".to_owned(),
            },
            Content::Person(person) => person.name.clone(),
            Content::Incident(incident) => match incident.kind {
                Some(kind) => capitalised(kind.plain()),
                None => "Contact event (unfinished)".to_owned(),
            },
            Content::Message(message) => message.title(),
            Content::Document(document) => document.title.clone(),
            Content::Order(order) => order.title.clone(),
            // Of mediation a title tells the fact only (MED-17): titles stand in lists that are handed over.
            Content::Step(step) if step.what.is_empty() || step.kind.fact_only() => step.named(),
            Content::Step(step) => format!("{}: {}", step.named(), first_line(&step.what)),
            Content::Note(note) => first_line(&note.text),
            Content::Bundle(bundle) => format!("Paper: {}, {} pages", bundle.profile.word(), bundle.pages),
            Content::Import(import) => {
                let counted = |count: u64, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
                let files = counted(import.sources.len() as u64, "file");
                format!("Import of {files}, {}", counted(import.totals.new, "new message"))
            }
            Content::Link(link) => format!("{} {} {}", link.from, link.kind.word(), link.to),
            Content::Mark(mark) => format!("Mark on {}", mark.on),
            Content::Choice(choice) => format!("Chosen for {}", choice.profile.word()),
            Content::Word(word) => format!("A confidential {}", word.kind.word()),
        }
    }
}

/// The first line with anything on it, at most 80 characters, with an ellipsis where cut.
pub(super) fn first_line(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    match line.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
