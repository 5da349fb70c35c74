//! What a court ordered, in its exact words.

use serde::{Deserialize, Serialize};

use super::{RecordId, When};

/// An order and its paragraphs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The kept paper, where there is one.
    #[serde(default)]
    pub document: Option<RecordId>,
    /// As an index names it: `Child arrangements order`.
    pub title: String,
    /// Which court.
    #[serde(default)]
    pub court: Option<String>,
    /// Its case number.
    #[serde(default)]
    pub case_number: Option<String>,
    /// When it was made.
    #[serde(default)]
    pub made: Option<When>,
    /// By whom: a judge, magistrates or a legal adviser (27A-95).
    #[serde(default)]
    pub by: Option<String>,
    /// When it was served on the other party.
    #[serde(default)]
    pub served: Option<When>,
    /// A warning notice is attached (section 11I; ENF-19). `None`: not known.
    #[serde(default)]
    pub warning_notice: Option<bool>,
    /// A penal notice is attached: another thing (ENF-35). `None`: not known.
    #[serde(default)]
    pub penal_notice: Option<bool>,
    /// In force from; its making where nothing else is said.
    #[serde(default)]
    pub in_force_from: Option<When>,
    /// In force until.
    #[serde(default)]
    pub in_force_until: Option<When>,
    /// Its paragraphs, in the order of the paper as far as they were kept.
    #[serde(default)]
    pub paragraphs: Vec<OrderParagraph>,
}

/// One numbered paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderParagraph {
    /// As numbered in the order: `3`, `3a`.
    pub number: String,
    /// Exactly as the order has them.
    pub words: String,
    /// What kind of paragraph it is.
    pub kind: ParagraphKind,
    /// Who owes the duty, in the order's own terms.
    #[serde(default)]
    pub duty_of: Option<String>,
    /// The pattern that computes sessions, as typed.
    #[serde(default)]
    pub pattern: Option<String>,
}

/// What kind of paragraph it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// "It is ordered": the only kind that can be enforced (ENF-10).
    #[default]
    Ordered,
    /// Records an agreement or a fact.
    Recital,
    /// Tells a party to do something for the proceedings.
    Direction,
}

impl Order {
    /// The paragraph of this number.
    #[must_use]
    pub fn paragraph(&self, number: &str) -> Option<&OrderParagraph> {
        self.paragraphs.iter().find(|paragraph| paragraph.number.eq_ignore_ascii_case(number))
    }
}
