//! The case: what covers and headings need.

use serde::{Deserialize, Serialize};

use super::{CallWords, Date, MediationWords, RecordId, When};

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
    pub hearing: Option<Box<Hearing>>,
    /// Which procedure the court follows (CFC-07).
    pub track: Track,
    /// School terms, as a school or an authority published them, in order of time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<SchoolTerm>,
    /// What is to be said in mediation, in the user's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mediation: Option<Box<MediationWords>>,
    /// What is to be said in the call with Cafcass, in the user's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call: Option<Box<CallWords>>,
}

/// One school term. What lies between two terms that follow each other is a school holiday.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SchoolTerm {
    /// The first day of school.
    pub from: Date,
    /// The last day of school.
    pub until: Date,
    /// As the school names it: `Autumn term 2026`.
    pub name: String,
    /// Half-term: its first and last day without school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub half_term: Option<(Date, Date)>,
    /// Where the dates stand: `Bristol City Council, term dates 2026 to 2027`, or the file they were read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
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
    /// The time estimate, as the notice or order gives it: `1 hour`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time_estimate: Option<String>,
    /// What the court is asked to decide, in the user's words, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to_decide: Vec<String>,
    /// What is agreed, in the user's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreed: Vec<String>,
    /// What is not agreed, in the user's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_agreed: Vec<String>,
    /// Essential reading (27A-70), in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub essential: Vec<RecordId>,
    /// The court or the rule has made the user responsible for the bundle (27A-09). `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepares: Option<bool>,
}

impl Hearing {
    /// A hearing of which only the time is known.
    #[must_use]
    pub fn at(when: When) -> Self {
        Hearing {
            when,
            kind: None,
            time_estimate: None,
            to_decide: Vec::new(),
            agreed: Vec::new(),
            not_agreed: Vec::new(),
            essential: Vec::new(),
            prepares: None,
        }
    }
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
