//! What a court ordered, in its exact words.

use serde::{Deserialize, Serialize};

use super::{Basis, RecordId, When};

/// An order and its paragraphs; also what parents agreed or did without one. What can be enforced is
/// told by [`Order::can_be_enforced`], never by the noun.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Order {
    /// What it is. `None`: not said; it is read as an order of a court.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<OrderKind>,
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
    /// When the person who owes the duty was given the warning notice, or told its terms (ENF-20).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice_known: Option<When>,
    /// It stands until the court decides finally. `None`: not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interim: Option<bool>,
    /// Whom it binds, where it is an order against somebody: a non-molestation order, bail conditions, an
    /// undertaking. These run in both directions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub against: Vec<RecordId>,
    /// The earlier order this one varies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub varies: Option<RecordId>,
    /// The later order that took its place; from its own first day, unless `in_force_until` says another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<RecordId>,
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// What the duty is, as a verb of the order: `make available`, `collect`, `return` (C79-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duty: Option<String>,
    /// The pattern that computes sessions, as typed (`contact::pattern` reads it).
    #[serde(default)]
    pub pattern: Option<String>,
    /// It counts from this day, where that is not the order's own first day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<When>,
    /// It counts until this day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<When>,
    /// For a direction: what is to be filed or done, by when, and how long it may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_do: Option<Box<Directed>>,
}

/// What a direction tells somebody to do (27A-94): a date with a time of day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Directed {
    /// What is to be filed or done: `statement`, `chronology`.
    pub what: String,
    /// By when.
    #[serde(default)]
    pub by: Option<When>,
    /// At most so many sides; this limit takes the place of the general one.
    #[serde(default)]
    pub sides: Option<u64>,
    /// When it was done. `None`: not yet, or not written down.
    #[serde(default)]
    pub done: Option<When>,
}

/// What an order is, or what stands in the place of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// With whom a child lives or spends time, and when (section 8).
    ChildArrangements,
    /// A prohibited steps order (section 8).
    ProhibitedSteps,
    /// A specific issue order (section 8).
    SpecificIssue,
    /// A parental responsibility order.
    ParentalResponsibility,
    /// An enforcement order (section 11J).
    Enforcement,
    /// A non-molestation order.
    NonMolestation,
    /// An occupation order.
    Occupation,
    /// Bail or licence conditions, set by the police or a criminal court.
    BailConditions,
    /// A promise to the court.
    Undertaking,
    /// Directions for the proceedings only.
    Directions,
    /// Another order.
    OtherOrder,
    /// A parenting plan: not enforceable.
    ParentingPlan,
    /// Another agreement, written or spoken: not enforceable.
    Agreement,
    /// What had become usual: not enforceable.
    UsualPattern,
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

impl OrderKind {
    /// All kinds, in the order forms offer them, with their words and how papers name them.
    pub const ALL: [(OrderKind, &'static str, &'static str); 14] = [
        (OrderKind::ChildArrangements, "child-arrangements", "child arrangements order"),
        (OrderKind::ProhibitedSteps, "prohibited-steps", "prohibited steps order"),
        (OrderKind::SpecificIssue, "specific-issue", "specific issue order"),
        (OrderKind::ParentalResponsibility, "parental-responsibility", "parental responsibility order"),
        (OrderKind::Enforcement, "enforcement", "enforcement order"),
        (OrderKind::NonMolestation, "non-molestation", "non-molestation order"),
        (OrderKind::Occupation, "occupation", "occupation order"),
        (OrderKind::BailConditions, "bail-conditions", "bail conditions"),
        (OrderKind::Undertaking, "undertaking", "undertaking"),
        (OrderKind::Directions, "directions", "directions order"),
        (OrderKind::OtherOrder, "other", "order"),
        (OrderKind::ParentingPlan, "parenting-plan", "parenting plan"),
        (OrderKind::Agreement, "agreement", "agreement"),
        (OrderKind::UsualPattern, "usual-pattern", "usual pattern"),
    ];

    /// The word on the command line and in JSON: `child-arrangements`.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// As papers name it: `parenting plan`.
    #[must_use]
    pub fn plain(self) -> &'static str {
        self.row().2
    }

    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|row| row.1 == word).map(|row| row.0)
    }

    fn row(self) -> (OrderKind, &'static str, &'static str) {
        Self::ALL.into_iter().find(|row| row.0 == self).expect("every kind stands in the table")
    }

    /// Why contact under it was due; the figures of each basis are kept apart.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            OrderKind::ParentingPlan | OrderKind::Agreement => Basis::Agreement,
            OrderKind::UsualPattern => Basis::Pattern,
            _ => Basis::Order,
        }
    }
}

impl Order {
    /// Why contact under it was due.
    #[must_use]
    pub fn basis(&self) -> Basis {
        self.kind.map_or(Basis::Order, OrderKind::basis)
    }

    /// Whether a paragraph of it can be enforced at all: an order of a court, and "it is ordered" (ENF-10, ENF-34).
    #[must_use]
    pub fn can_be_enforced(&self, paragraph: &OrderParagraph) -> bool {
        self.basis() == Basis::Order && paragraph.kind == ParagraphKind::Ordered
    }

    /// The paragraph of this number.
    #[must_use]
    pub fn paragraph(&self, number: &str) -> Option<&OrderParagraph> {
        self.paragraphs.iter().find(|paragraph| paragraph.number.eq_ignore_ascii_case(number))
    }
}
