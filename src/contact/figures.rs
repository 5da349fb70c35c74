//! Counting.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Basis, Date, Incident, IncidentKind, Outcome, RecordId, Stamp, When};

/// A contact event with its name.
pub type ContactEvent<'a> = (RecordId, &'a Incident);

/// London dates, both included; open where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// What was due in a period and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// How many sessions were due.
    pub due: u32,
    /// Events written down without a time at which they were due: not counted as due, nor as anything else.
    pub without_due: u32,
    /// What became of them; they sum to `due`.
    #[serde(flatten)]
    pub buckets: Buckets,
    /// Time due and held.
    pub minutes: Time,
    /// Nights due and held.
    pub overnights: Nights,
    /// The same by month of the due start; they sum to the period.
    pub months: Vec<Month>,
    /// One line a session, in order of time.
    pub sessions: Vec<Session>,
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
    /// How many sessions could not be reckoned, for want of a time. They are in neither sum.
    pub not_reckoned: u32,
}

/// Nights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Nights {
    /// Due.
    pub due: i64,
    /// Held.
    pub held: i64,
}

/// A month of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// `2026-03`; `None`: events without any time.
    pub month: Option<String>,
    /// How many were due.
    pub due: u32,
    /// What became of them.
    #[serde(flatten)]
    pub buckets: Buckets,
    /// Time due and held.
    pub minutes: Time,
    /// Nights due and held.
    pub overnights: Nights,
}

/// One session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// The key of the computed session where the event names one, else the event's own name.
    pub key: String,
    /// Due start; `None`: not written down.
    pub due_start: Option<Stamp>,
    /// Due end.
    pub due_end: Option<Stamp>,
    /// The order it was due under.
    pub order: Option<RecordId>,
    /// The paragraph.
    pub paragraph: Option<String>,
    /// How it was reckoned, in words; `None`: as written down.
    pub reckoning: Option<String>,
    /// Why it was due. `None`: not written down.
    pub basis: Option<Basis>,
    /// What became of it.
    pub outcome: Outcome,
    /// The event that tells of it; `None`: nobody wrote one down.
    pub incident: Option<RecordId>,
}

/// Counts the events of a period. An event without any time belongs to no period but the open one.
#[must_use]
pub fn figures(events: &[ContactEvent<'_>], period: Period) -> Figures {
    let mut inside: Vec<&ContactEvent<'_>> = events.iter().filter(|(_, event)| period.holds(event.when())).collect();
    let all_inside = inside.len();
    // Only what was due can have been held or missed; an own cancellation counts in any case (ENF-17).
    inside.retain(|(_, event)| event.due.is_some() || event.kind == Some(IncidentKind::CancelledByMe));
    inside.sort_by_key(|(id, event)| (event.when().map_or(i64::MAX, When::sort_key), *id));
    let mut all = Figures { without_due: (all_inside - inside.len()) as u32, ..Figures::default() };
    let mut months: BTreeMap<Option<String>, Month> = BTreeMap::new();
    for (id, event) in inside {
        let outcome = outcome_of(event);
        let (minutes, nights) = (time_of(event, outcome), nights_of(event, outcome));
        let month = event.when().map(|when| when.london_date().to_string()[..7].to_owned());
        let month = months.entry(month.clone()).or_insert_with(|| Month::empty(month));
        for (due, buckets, time, overnights) in [
            (&mut all.due, &mut all.buckets, &mut all.minutes, &mut all.overnights),
            (&mut month.due, &mut month.buckets, &mut month.minutes, &mut month.overnights),
        ] {
            *due += 1;
            *buckets.of_mut(outcome) += 1;
            time.add(minutes);
            overnights.due += nights.due;
            overnights.held += nights.held;
        }
        all.sessions.push(session(*id, event, outcome));
    }
    // `None` sorts first; events without a time stand last, as in every listing.
    let untimed = months.remove(&None);
    all.months = months.into_values().chain(untimed).collect();
    all
}

impl Period {
    /// Whether something of this time belongs to the period.
    #[must_use]
    pub fn holds(&self, when: Option<&When>) -> bool {
        let Some(date) = when.map(When::london_date) else { return self.from.is_none() && self.until.is_none() };
        self.from.is_none_or(|from| from <= date) && self.until.is_none_or(|until| date <= until)
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

impl Month {
    fn empty(month: Option<String>) -> Self {
        Month { month, due: 0, buckets: Buckets::default(), minutes: Time::default(), overnights: Nights::default() }
    }
}

impl Time {
    fn add(&mut self, time: Option<(i64, i64)>) {
        match time {
            Some((due, held)) => {
                self.due += due;
                self.held += held;
            }
            None => self.not_reckoned += 1,
        }
    }
}

/// The bucket of an event. Without a due time nothing says that contact was due, so it counts as not
/// known; one's own cancellation counts whatever is missing (LOG-04, ENF-17).
fn outcome_of(event: &Incident) -> Outcome {
    match event.kind {
        Some(IncidentKind::CancelledByMe) => Outcome::CancelledByMe,
        Some(kind) if event.due.is_some() => kind.outcome(),
        _ => Outcome::NotKnown,
    }
}

/// Minutes due and held; `None`: a time is missing.
fn time_of(event: &Incident, outcome: Outcome) -> Option<(i64, i64)> {
    let start = event.due.as_ref()?.start.instant()?;
    let end = event.until.as_ref()?.start.instant()?;
    let due = end.minutes_since(start);
    if due <= 0 {
        return None;
    }
    let held = match held(event, outcome) {
        Held::Between(from, to) => {
            let from = from.start.instant()?.max(start);
            let to = to.start.instant()?.min(end);
            to.minutes_since(from).max(0)
        }
        Held::Not => 0,
        Held::NotKnown => return None,
    };
    Some((due, held))
}

fn nights_of(event: &Incident, outcome: Outcome) -> Nights {
    let (Some(start), Some(end)) = (&event.due, &event.until) else { return Nights::default() };
    let (start, end) = (start.london_date(), end.london_date());
    let due = end.days_since(start).max(0);
    let held = match held(event, outcome) {
        Held::Between(from, to) => to.london_date().min(end).days_since(from.london_date().max(start)).max(0),
        _ => 0,
    };
    Nights { due, held }
}

/// What was written down of when contact was held.
#[derive(Clone, Copy)]
enum Held<'a> {
    /// From when until when.
    Between(&'a When, &'a When),
    /// It was not held.
    Not,
    /// That was not written down.
    NotKnown,
}

fn held(event: &Incident, outcome: Outcome) -> Held<'_> {
    let (started, ended) = (event.started.as_ref(), event.ended.as_ref());
    let (due, until) = (event.due.as_ref(), event.until.as_ref());
    let window = match outcome {
        Outcome::Kept => started.or(due).zip(ended.or(until)),
        Outcome::Late => started.zip(ended.or(until)),
        Outcome::EndedEarly => started.or(due).zip(ended),
        Outcome::NotKnown => None,
        _ => return Held::Not,
    };
    window.map_or(Held::NotKnown, |(from, to)| Held::Between(from, to))
}

fn session(id: RecordId, event: &Incident, outcome: Outcome) -> Session {
    Session {
        key: event.session.clone().unwrap_or_else(|| id.to_string()),
        due_start: event.due.as_ref().map(|when| when.start),
        due_end: event.until.as_ref().map(|when| when.start),
        order: event.order,
        paragraph: event.paragraph.clone(),
        reckoning: None,
        basis: event.basis,
        outcome,
        incident: Some(id),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::when::Precision;
    use crate::model::{Noun, TimeOfDay, Zone};

    fn at(date: Date, hour: u32) -> When {
        When::assumed("w", date, TimeOfDay::new(hour, 0, 0).unwrap(), Precision::Minute, Zone::LONDON)
    }

    fn weekend(friday: Date, kind: Option<IncidentKind>) -> Incident {
        let mut event: Incident = serde_json::from_str("{}").unwrap();
        event.kind = kind;
        event.due = Some(at(friday, 17));
        event.until = Some(at(friday.plus_days(2), 17));
        event
    }

    fn check(event: &Incident, outcome: Outcome, minutes: (i64, i64), nights: (i64, i64)) {
        let figures = figures(&[(RecordId::new(Noun::Incident, 1), event)], Period::default());
        assert_eq!(figures.sessions[0].outcome, outcome);
        assert_eq!((figures.minutes.due, figures.minutes.held), minutes, "{outcome:?}");
        assert_eq!((figures.overnights.due, figures.overnights.held), nights, "{outcome:?}");
    }

    #[test]
    fn time_and_nights_are_counted_by_what_was_written_down_alone() {
        let friday = Date::new(2026, 9, 18).unwrap();
        let mut event = weekend(friday, Some(IncidentKind::Kept));
        check(&event, Outcome::Kept, (2880, 2880), (2, 2));
        event.kind = Some(IncidentKind::NobodyThere);
        check(&event, Outcome::MissedByOther, (2880, 0), (2, 0));
        event.kind = Some(IncidentKind::Late);
        check(&event, Outcome::Late, (0, 0), (2, 0));
        event.started = Some(at(friday, 18));
        check(&event, Outcome::Late, (2880, 2820), (2, 2));
        event.kind = Some(IncidentKind::EndedEarly);
        event.started = None;
        event.ended = Some(at(friday.plus_days(1), 18));
        check(&event, Outcome::EndedEarly, (2880, 1500), (2, 1));
        event.kind = None;
        check(&event, Outcome::NotKnown, (0, 0), (2, 0));
        // The clocks go back on Sunday 25 October 2026: that weekend has an hour more.
        let october = weekend(Date::new(2026, 10, 23).unwrap(), Some(IncidentKind::Kept));
        check(&october, Outcome::Kept, (2940, 2940), (2, 2));
    }

    #[test]
    fn without_a_due_time_nothing_was_due_but_own_cancellations_count() {
        let friday = Date::new(2026, 9, 18).unwrap();
        let mut event = weekend(friday, Some(IncidentKind::Kept));
        event.happened = event.due.take();
        let all = figures(&[(RecordId::new(Noun::Incident, 1), &event)], Period::default());
        assert_eq!((all.due, all.without_due), (0, 1), "held contact is not turned into contact that was not held");
        event.kind = Some(IncidentKind::CancelledByMe);
        check(&event, Outcome::CancelledByMe, (0, 0), (0, 0));
    }

    proptest! {
        /// Whatever happened and wherever a period is cut in two, nothing is lost or counted twice.
        #[test]
        fn buckets_sum_to_due_and_periods_to_the_whole(
            events in prop::collection::vec((0_i64..900, 0_usize..15, any::<bool>()), 0..40),
            cut in 0_i64..900,
        ) {
            let start = Date::new(2025, 1, 3).unwrap();
            let events: Vec<Incident> = events
                .into_iter()
                .map(|(days, kind, due)| {
                    let mut event = weekend(start.plus_days(days), IncidentKind::ALL.get(kind).copied());
                    if !due {
                        event.happened = event.due.take();
                    }
                    event
                })
                .collect();
            let events: Vec<ContactEvent<'_>> =
                events.iter().zip(1..).map(|(event, n)| (RecordId::new(Noun::Incident, n), event)).collect();
            let cut = start.plus_days(cut);
            let whole = figures(&events, Period::default());
            let first = figures(&events, Period { from: None, until: Some(cut) });
            let second = figures(&events, Period { from: Some(cut.plus_days(1)), until: None });
            prop_assert_eq!((whole.due + whole.without_due) as usize, events.len());
            for part in [&whole, &first, &second] {
                prop_assert_eq!(part.buckets.sum(), part.due);
                prop_assert_eq!(part.sessions.len(), part.due as usize);
                prop_assert_eq!(part.months.iter().map(|month| month.due).sum::<u32>(), part.due);
                prop_assert!(part.months.iter().all(|month| month.buckets.sum() == month.due));
                prop_assert!(part.minutes.held <= part.minutes.due);
            }
            prop_assert_eq!(first.due + second.due, whole.due);
            prop_assert_eq!(first.minutes.held + second.minutes.held, whole.minutes.held);
            prop_assert_eq!(first.overnights.due + second.overnights.due, whole.overnights.due);
        }
    }
}
