//! The case: what covers and headings need.

use serde::{Deserialize, Serialize};

use super::{RecordId, When};

/// Court, number, parties and the coming hearing. One a book.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Case {
    /// As a heading names it after "In the Family Court at": `Bristol`.
    pub court: Option<String>,
    /// `BS26P70940` (EF-15), or an older shape the user confirmed.
    pub number: Option<String>,
    /// Who applied. `None` while nobody has, or it is not known.
    pub applicant: Option<Side>,
    /// The parent who keeps this book.
    pub me: Option<RecordId>,
    /// The other party.
    pub other: Option<RecordId>,
    /// The children, eldest first as far as the user gave them so.
    pub children: Vec<RecordId>,
    /// The coming hearing.
    pub hearing: Option<Hearing>,
    /// Which procedure the court follows (CFC-07).
    pub track: Track,
}

/// One of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The parent who keeps this book.
    Me,
    /// The other party.
    Other,
}

/// A hearing ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hearing {
    /// Its date and time.
    pub when: When,
    /// What kind, in the court's words: `FHDRA`, `directions`. Not guessed from the track.
    pub kind: Option<String>,
}

/// Which procedure the court follows. While unknown, papers say "hearing" and nothing narrower (CFC-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Track {
    /// PD12B.
    Ordinary,
    /// A Child-Focused (formerly Pathfinder) court, PD36Z.
    ChildFocused,
    /// Not known.
    #[default]
    Unknown,
}
