//! A contact event: what was due, what took place, and how the writer knows.

use serde::{Deserialize, Serialize};

use super::{Digest, RecordId, When};

/// One contact event, good or bad. The default is an event of which nothing is known yet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Incident {
    /// What became of it. `None` while the entry is unfinished.
    #[serde(default)]
    pub kind: Option<IncidentKind>,
    /// Why it was due at all.
    #[serde(default)]
    pub basis: Option<Basis>,
    /// The order it was due under.
    #[serde(default)]
    pub order: Option<RecordId>,
    /// The paragraph of that order, as numbered there: `3a`.
    #[serde(default)]
    pub paragraph: Option<String>,
    /// The key of the computed session, where there is one.
    #[serde(default)]
    pub session: Option<String>,
    /// When contact or the call was due to start.
    #[serde(default)]
    pub due: Option<When>,
    /// When it was due to end.
    #[serde(default)]
    pub until: Option<When>,
    /// When it happened, where that is neither `due` nor `arrived`.
    #[serde(default)]
    pub happened: Option<When>,
    /// When I was at the handover.
    #[serde(default)]
    pub arrived: Option<When>,
    /// When I left, or until when I waited.
    #[serde(default)]
    pub left: Option<When>,
    /// When contact really started (a late handover).
    #[serde(default)]
    pub started: Option<When>,
    /// When contact really ended (early, or a late return).
    #[serde(default)]
    pub ended: Option<When>,
    /// Where the handover was due.
    #[serde(default)]
    pub place: Option<String>,
    /// What happened, in the writer's words.
    #[serde(default)]
    pub what: String,
    /// Exact words that were said or written, with who said them.
    #[serde(default)]
    pub said: Option<String>,
    /// The reason given; `Some("")` never: "none given" is `None` with `kind` set.
    #[serde(default)]
    pub reason: Option<String>,
    /// Who gave the reason.
    #[serde(default)]
    pub reason_by: Option<String>,
    /// The child as observed, and unprompted words.
    #[serde(default)]
    pub child_observed: Option<String>,
    /// Which children it was about; all of the case when empty.
    #[serde(default)]
    pub children: Vec<RecordId>,
    /// Who else was there.
    #[serde(default)]
    pub with: Vec<RecordId>,
    /// How the writer knows (22A-07). `None`: not written down.
    #[serde(default)]
    pub knowledge: Option<Knowledge>,
    /// What is also known, even where it helps the other side (C79-08).
    #[serde(default)]
    pub also_known: Option<String>,
    /// It took the place of another session: that session's key, or the event that tells of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<String>,
    /// An agreed variation: by whom, when, in the writer's words (C79-09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<String>,
    /// Other time that was offered for it, by whom and when (C79-10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<String>,
    /// It was cancelled, or ended, for somebody's safety; the reason stands beside it in every count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_safety: Option<bool>,
    /// The child did not want to go (ENF-31). `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_refused: Option<bool>,
    /// It was in the other person's power that day (ENF-09). `None`: not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_their_power: Option<bool>,
    /// Somebody other than a parent looked after the child in this time; counted apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cared_for_by: Option<String>,
    /// From when they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cared_from: Option<When>,
    /// Until when they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cared_until: Option<When>,
    /// Money lost.
    #[serde(default)]
    pub loss: Option<Loss>,
    /// Files attached when it was written down.
    #[serde(default)]
    pub attachments: Vec<Digest>,
}

/// What became of a contact event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentKind {
    /// Took place as due.
    Kept,
    /// Took place, but started late.
    Late,
    /// Took place, but ended early.
    EndedEarly,
    /// I was told at the handover that it would not take place.
    Refused,
    /// Nobody came to the handover.
    NobodyThere,
    /// The child was not returned when due.
    NotReturned,
    /// A call was due and did not come about.
    CallMissed,
    /// A call was due and was declined.
    CallRefused,
    /// The other parent cancelled beforehand.
    CancelledByOther,
    /// I cancelled.
    CancelledByMe,
    /// A third person (a centre, a carer) cancelled.
    CancelledByThird,
    /// Both agreed to change it.
    AgreedChange,
    /// It did not take place: the child was unwell.
    ChildUnwell,
    /// It did not take place: the child did not want to go.
    ChildReluctant,
}

/// The bucket a contact event counts in; every event counts in one. The buckets of a period sum to
/// what was due in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Held in full.
    Kept,
    /// Held in part: started late.
    Late,
    /// Held in part: ended early.
    EndedEarly,
    /// Not held: nobody came, or it was declined at the time.
    MissedByOther,
    /// Not held: cancelled by the other parent.
    CancelledByOther,
    /// Not held: cancelled by me.
    CancelledByMe,
    /// Not held: by neither parent's act.
    CancelledByThird,
    /// Moved by agreement.
    AgreedChange,
    /// Held at another time instead.
    MadeUp,
    /// Nobody wrote down what became of it.
    NotKnown,
}

impl Outcome {
    /// In plain words, blaming nobody.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Outcome::Kept => "held in full",
            Outcome::Late => "started late",
            Outcome::EndedEarly => "ended early",
            Outcome::MissedByOther => "not held: nobody came, or it was declined at the time",
            Outcome::CancelledByOther => "cancelled by the other parent",
            Outcome::CancelledByMe => "cancelled by me",
            Outcome::CancelledByThird => "not held by neither parent's act",
            Outcome::AgreedChange => "moved by agreement",
            Outcome::MadeUp => "made up at another time",
            Outcome::NotKnown => "not known",
        }
    }
}

impl IncidentKind {
    /// All kinds, in the order a form offers them: good contact first.
    pub const ALL: [IncidentKind; 14] = [
        IncidentKind::Kept,
        IncidentKind::Late,
        IncidentKind::EndedEarly,
        IncidentKind::NobodyThere,
        IncidentKind::Refused,
        IncidentKind::NotReturned,
        IncidentKind::CallMissed,
        IncidentKind::CallRefused,
        IncidentKind::CancelledByOther,
        IncidentKind::CancelledByMe,
        IncidentKind::CancelledByThird,
        IncidentKind::AgreedChange,
        IncidentKind::ChildUnwell,
        IncidentKind::ChildReluctant,
    ];

    /// The word on the command line and in JSON: `nobody-there`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            IncidentKind::Kept => "kept",
            IncidentKind::Late => "late",
            IncidentKind::EndedEarly => "ended-early",
            IncidentKind::Refused => "refused",
            IncidentKind::NobodyThere => "nobody-there",
            IncidentKind::NotReturned => "not-returned",
            IncidentKind::CallMissed => "call-missed",
            IncidentKind::CallRefused => "call-refused",
            IncidentKind::CancelledByOther => "cancelled-by-other",
            IncidentKind::CancelledByMe => "cancelled-by-me",
            IncidentKind::CancelledByThird => "cancelled-by-third",
            IncidentKind::AgreedChange => "agreed-change",
            IncidentKind::ChildUnwell => "child-unwell",
            IncidentKind::ChildReluctant => "child-reluctant",
        }
    }

    /// The kind a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// In plain words, blaming nobody: how lists, forms and titles say it.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            IncidentKind::Kept => "contact held in full",
            IncidentKind::Late => "contact started late",
            IncidentKind::EndedEarly => "contact ended early",
            IncidentKind::Refused => "contact did not take place: declined at the handover",
            IncidentKind::NobodyThere => "nobody came to the handover",
            IncidentKind::NotReturned => "child not returned at the time due",
            IncidentKind::CallMissed => "call did not take place",
            IncidentKind::CallRefused => "call declined",
            IncidentKind::CancelledByOther => "contact cancelled by the other parent",
            IncidentKind::CancelledByMe => "contact cancelled by me",
            IncidentKind::CancelledByThird => "contact cancelled by a third person",
            IncidentKind::AgreedChange => "contact changed by agreement",
            IncidentKind::ChildUnwell => "contact not held: child unwell",
            IncidentKind::ChildReluctant => "contact not held: child did not want to go",
        }
    }

    /// The bucket it counts in.
    #[must_use]
    pub fn outcome(self) -> Outcome {
        match self {
            // A late return took nothing from the time due; the event page says what happened.
            IncidentKind::Kept | IncidentKind::NotReturned => Outcome::Kept,
            IncidentKind::Late => Outcome::Late,
            IncidentKind::EndedEarly => Outcome::EndedEarly,
            IncidentKind::Refused
            | IncidentKind::NobodyThere
            | IncidentKind::CallMissed
            | IncidentKind::CallRefused => Outcome::MissedByOther,
            IncidentKind::CancelledByOther => Outcome::CancelledByOther,
            IncidentKind::CancelledByMe => Outcome::CancelledByMe,
            IncidentKind::CancelledByThird | IncidentKind::ChildUnwell | IncidentKind::ChildReluctant => {
                Outcome::CancelledByThird
            }
            IncidentKind::AgreedChange => Outcome::AgreedChange,
        }
    }
}

/// Why contact was due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A court order.
    Order,
    /// An agreement between the parents.
    Agreement,
    /// What had become usual.
    Pattern,
    /// I asked for it.
    Asked,
}

/// How the writer knows (22A-07).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Knowledge {
    /// Saw or heard it.
    Own,
    /// Was told.
    Told,
    /// Read it.
    Read,
}

/// Money lost, as a receipt would show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// Pence.
    pub pence: u64,
    /// For what: `rail ticket`.
    pub what: String,
}

impl Incident {
    /// The time a timeline files it under: due, else when it happened, else arrival.
    #[must_use]
    pub fn when(&self) -> Option<&When> {
        self.due.as_ref().or(self.happened.as_ref()).or(self.started.as_ref()).or(self.arrived.as_ref())
    }

    /// The last moment the entry speaks of, from which the delay in writing it down is reckoned. Contact
    /// that was held to its end speaks of that end.
    #[must_use]
    pub fn last_moment(&self) -> Option<&When> {
        let held_to_its_end =
            matches!(self.kind, Some(IncidentKind::Kept | IncidentKind::Late)) && self.ended.is_none();
        let until = self.until.as_ref().filter(|_| held_to_its_end);
        [&self.ended, &self.left, &self.happened, &self.started, &self.arrived, &self.due]
            .into_iter()
            .flatten()
            .chain(until)
            .max_by_key(|when| when.sort_key())
    }
}
