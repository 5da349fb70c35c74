//! Numbers that add up: outcomes, minutes, nights.

use serde::Serialize;

use crate::model::Outcome;

use super::session::Session;

/// Sessions counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Tally {
    /// How many were due.
    pub due: u32,
    /// What became of them; they sum to `due`.
    #[serde(flatten)]
    pub buckets: Buckets,
    /// Time due and held; calls have none.
    pub minutes: Time,
    /// Nights due and held.
    pub overnights: Nights,
}

/// How many sessions had which outcome. Every session is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Buckets {
    /// Held in full.
    pub kept: u32,
    /// Started late.
    pub late: u32,
    /// Ended early.
    pub ended_early: u32,
    /// Nobody came, or it was declined at the time.
    pub missed_by_other: u32,
    /// Cancelled by the other parent.
    pub cancelled_by_other: u32,
    /// Cancelled by me.
    pub cancelled_by_me: u32,
    /// Not held by neither parent's act.
    pub cancelled_by_third: u32,
    /// Moved by agreement.
    pub agreed_change: u32,
    /// Held at another time instead.
    pub made_up: u32,
    /// Nobody wrote down what became of it, or whether it was due.
    pub not_known: u32,
}

/// Minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Time {
    /// Due, of the sessions with a due start and end.
    pub due: i64,
    /// Held, of the sessions of which that can be reckoned; never more than was due.
    pub held: i64,
    /// Held at another time instead of a session: in neither of the sums above.
    pub held_instead: i64,
    /// Somebody else looked after the child, inside the time due.
    pub third_party: i64,
    /// How many sessions could not be reckoned: what became of them is not known, or a time is missing. They are in
    /// neither sum.
    pub not_reckoned: u32,
}

/// Nights. Sessions of which it is not known whether they were held are in neither sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Nights {
    /// Due.
    pub due: i64,
    /// Held.
    pub held: i64,
}

impl Tally {
    /// Counts one session more.
    pub(super) fn add(&mut self, session: &Session) {
        self.due += 1;
        *self.buckets.of_mut(session.outcome) += 1;
        self.overnights.due += session.overnights.due;
        self.overnights.held += session.overnights.held;
        self.minutes.held_instead += session.instead.iter().filter_map(|instead| instead.minutes).sum::<i64>();
        self.minutes.third_party += session.third_party.unwrap_or_default();
        match session.minutes {
            Some(minutes) => {
                self.minutes.due += minutes.due;
                self.minutes.held += minutes.held;
            }
            // A call is counted by number: the time in which it may be made is no time spent together.
            None if session.call => {}
            None => self.minutes.not_reckoned += 1,
        }
    }
}

impl Buckets {
    /// The number with this outcome.
    #[must_use]
    pub fn of(&self, outcome: Outcome) -> u32 {
        let mut copy = *self;
        *copy.of_mut(outcome)
    }

    /// All of them together: what was due.
    #[must_use]
    pub fn sum(&self) -> u32 {
        self.held() + self.not_held() + self.agreed_change + self.made_up + self.not_known
    }

    /// Held in full or in part.
    #[must_use]
    pub fn held(&self) -> u32 {
        self.kept + self.in_part()
    }

    /// Held in part.
    #[must_use]
    pub fn in_part(&self) -> u32 {
        self.late + self.ended_early
    }

    /// Not held, by whosever act.
    #[must_use]
    pub fn not_held(&self) -> u32 {
        self.missed_by_other + self.cancelled_by_other + self.cancelled_by_me + self.cancelled_by_third
    }

    /// One more with this outcome.
    pub(super) fn add(&mut self, outcome: Outcome) {
        *self.of_mut(outcome) += 1;
    }

    fn of_mut(&mut self, outcome: Outcome) -> &mut u32 {
        match outcome {
            Outcome::Kept => &mut self.kept,
            Outcome::Late => &mut self.late,
            Outcome::EndedEarly => &mut self.ended_early,
            Outcome::MissedByOther => &mut self.missed_by_other,
            Outcome::CancelledByOther => &mut self.cancelled_by_other,
            Outcome::CancelledByMe => &mut self.cancelled_by_me,
            Outcome::CancelledByThird => &mut self.cancelled_by_third,
            Outcome::AgreedChange => &mut self.agreed_change,
            Outcome::MadeUp => &mut self.made_up,
            Outcome::NotKnown => &mut self.not_known,
        }
    }
}
