//! One session: what was due, what became of it, and how that is known.

use serde::Serialize;

use crate::model::{Basis, Date, Outcome, RecordId, Stamp};

use super::tally::Nights;

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and a field of the answer in JSON")]
pub struct Session {
    /// The key of the computed session, else the one the event gives, else the event's own name.
    pub key: String,
    /// Due start; `None`: not written down.
    pub due_start: Option<Stamp>,
    /// Due end.
    pub due_end: Option<Stamp>,
    /// The order it was due under.
    pub order: Option<RecordId>,
    /// The paragraph.
    pub paragraph: Option<String>,
    /// The version of the order's record by whose words it was reckoned (ORD-04).
    pub order_version: Option<u32>,
    /// How it was reckoned, in words; `None`: as written down.
    pub reckoning: Option<String>,
    /// Why it was due. `None`: not written down.
    pub basis: Option<Basis>,
    /// A call, not time spent together; its minutes are never counted.
    pub call: bool,
    /// Its words can be enforced at all (ENF-10). `None`: no computed session stands behind it.
    pub enforceable: Option<bool>,
    /// Where the handover is due, where the words say so.
    pub place: Option<String>,
    /// Who collects or brings, in the pattern's words.
    pub handover: Option<String>,
    /// What became of it.
    pub outcome: Outcome,
    /// By whose act it was not held. `None`: it was held, or nobody wrote that down.
    pub by: Option<Act>,
    /// The event that tells of it; `None`: nobody wrote one down.
    pub incident: Option<RecordId>,
    /// Further events that tell of it.
    pub also: Vec<RecordId>,
    /// How event and session met. `None`: no event.
    pub matched: Option<Matched>,
    /// It started late, within the minutes that the pattern itself allows, and so counts as kept.
    pub within_grace: bool,
    /// It was cancelled or ended for somebody's safety; the reason stands beside it.
    pub for_safety: bool,
    /// The reason written down.
    pub reason: Option<String>,
    /// Minutes due and held. `None`: a call, or a time is missing.
    pub minutes: Option<Minutes>,
    /// Minutes in which somebody else looked after the child, inside the time due. `None`: nobody did.
    pub third_party: Option<i64>,
    /// Who that was, where it was written down.
    pub cared_for_by: Option<String>,
    /// Nights due and held.
    pub overnights: Nights,
    /// The entries that tell of it contradict each other, and so its outcome is not known.
    #[serde(skip)]
    pub contradicted: bool,
    /// Contact that took the place of this session.
    pub instead: Vec<Instead>,
    /// The London day it belongs to. `None`: no time at all is known.
    #[serde(skip)]
    pub day: Option<Date>,
}

/// Minutes of one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Minutes {
    /// Due.
    pub due: i64,
    /// Held; never more than was due.
    pub held: i64,
}

/// Contact that took the place of a session. It is never due itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instead {
    /// The event.
    pub incident: RecordId,
    /// When it was to start, or started.
    pub start: Option<Stamp>,
    /// What became of it.
    pub outcome: Outcome,
    /// Minutes held, where both ends are known.
    pub minutes: Option<i64>,
    /// Nights held.
    pub overnights: i64,
}

/// By whose act contact was not held as due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The other parent's.
    Other,
    /// Mine.
    Me,
    /// Neither parent's: a third person, illness, the child, or it was not in the other's power (ENF-09).
    Neither,
    /// Both agreed.
    Both,
}

impl Act {
    /// In plain words.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Act::Other => "by the other parent",
            Act::Me => "by me",
            Act::Neither => "by neither parent's act",
            Act::Both => "by agreement",
        }
    }
}

/// How an event and a session met, the surest way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Matched {
    /// The event names the session.
    Key,
    /// It names order and paragraph, and the same start.
    Order,
    /// It was due to start at the same time.
    Start,
    /// It is of the same day, and the times overlap.
    Day,
    /// It is of a later day of the session.
    Within,
    /// No computed session: due is what the event itself says.
    Written,
}

impl Matched {
    /// In plain words.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Matched::Key => "the entry names this session",
            Matched::Order => "the entry names this paragraph and this start",
            Matched::Start => "the entry has the same start",
            Matched::Day => "the entry is of the same day, and the times overlap",
            Matched::Within => "the entry is of a day within this session",
            Matched::Written => "due as written down in the entry",
        }
    }
}

/// An event that is in no count of what was due. It is listed apart, never dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outside {
    /// The event.
    pub incident: RecordId,
    /// Its time, as far as it has one.
    pub start: Option<Stamp>,
    /// What it says became of it. `not_known` while the entry is unfinished.
    pub outcome: Outcome,
    /// Why it is not counted.
    pub why: Why,
    /// The reason behind a cancellation for safety, which stands beside it here too.
    pub for_safety: bool,
    /// Its London day.
    #[serde(skip)]
    pub day: Option<Date>,
    /// Its basis and order, for filters.
    #[serde(skip)]
    pub basis: Option<Basis>,
    /// The order it names.
    #[serde(skip)]
    pub order: Option<RecordId>,
    /// The paragraph it names.
    #[serde(skip)]
    pub paragraph: Option<String>,
}

/// Why an event is in no count of what was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It has no time at which it was due.
    NoDueTime,
    /// By the patterns then in force nothing was due that day.
    NothingDue,
    /// Contact was due then, and the entry says another day or time.
    OtherTime,
    /// It was only asked for.
    Asked,
    /// It is said to take the place of something nobody knows, or of contact that was held.
    InsteadOfNothing,
}

impl Why {
    /// In plain words.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Why::NoDueTime => "written down without a time at which it was due",
            Why::NothingDue => "nothing was due that day by the patterns then in force",
            Why::OtherTime => "its day and time are not those of the session due then",
            Why::Asked => "asked for, and not due",
            Why::InsteadOfNothing => "in the place of a session that is not known, or was held",
        }
    }
}
