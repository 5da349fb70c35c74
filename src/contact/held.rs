//! How much of a session was held, by what was written down alone.

use crate::model::{Date, Incident, Instant, Outcome, Stamp, When, Zone};

use super::session::Minutes;
use super::tally::Nights;

/// From when until when contact was due.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) start: Option<Stamp>,
    pub(super) end: Option<Stamp>,
}

/// What was written down of when contact was held.
enum Held {
    /// From when until when.
    Between(Stamp, Stamp),
    /// It was not held.
    Not,
    /// That was not written down.
    NotKnown,
}

/// Minutes due and held; `None`: a time is missing. The clocks going forward or back are in it.
pub(super) fn minutes(event: &Incident, outcome: Outcome, window: Window) -> Option<Minutes> {
    let (start, end) = (window.start?.instant()?, window.end?.instant()?);
    let due = end.minutes_since(start);
    if due <= 0 {
        return None;
    }
    let held = match held(event, outcome, window) {
        Held::Between(from, to) => to.instant()?.min(end).minutes_since(from.instant()?.max(start)).max(0),
        Held::Not => 0,
        Held::NotKnown => return None,
    };
    Some(Minutes { due, held })
}

/// Nights due and held: a night lies between two London days. Of what nobody knows both are left out, as in the hours.
pub(super) fn nights(event: &Incident, outcome: Outcome, window: Window) -> Nights {
    let (Some(start), Some(end)) = (window.start, window.end) else { return Nights::default() };
    let (start, end) = (london_day(start), london_day(end));
    let due = end.days_since(start).max(0);
    let held = match held(event, outcome, window) {
        Held::Between(from, to) => london_day(to).min(end).days_since(london_day(from).max(start)).max(0),
        Held::Not => 0,
        Held::NotKnown => return Nights::default(),
    };
    Nights { due, held }
}

/// Minutes inside the time due in which somebody else looked after the child. `None`: nobody did, or it
/// was not written down from when until when.
pub(super) fn third_party(event: &Incident, window: Window) -> Option<i64> {
    event.cared_for_by.as_ref()?;
    let from = event.cared_from.as_ref()?.start.instant()?;
    let until = event.cared_until.as_ref()?.start.instant()?;
    let (start, end) = (window.start?.instant()?, window.end?.instant()?);
    Some(until.min(end).minutes_since(from.max(start)).max(0))
}

/// The time in which contact took the place of another: it has no time due to be measured against.
pub(super) fn instead(event: &Incident, outcome: Outcome) -> Option<(Instant, Instant)> {
    let window = Window { start: stamp(event.due.as_ref()), end: stamp(event.until.as_ref()) };
    match held(event, outcome, window) {
        Held::Between(from, to) => Some((from.instant()?, to.instant()?)).filter(|(from, to)| from < to),
        _ => None,
    }
}

fn held(event: &Incident, outcome: Outcome, window: Window) -> Held {
    let (started, ended) = (stamp(event.started.as_ref()), stamp(event.ended.as_ref()));
    let (due, until) = (window.start, window.end);
    let between = match outcome {
        Outcome::Kept => started.or(due).zip(ended.or(until)),
        Outcome::Late => started.zip(ended.or(until)),
        Outcome::EndedEarly => started.or(due).zip(ended),
        Outcome::NotKnown => None,
        _ => return Held::Not,
    };
    between.map_or(Held::NotKnown, |(from, to)| Held::Between(from, to))
}

fn stamp(when: Option<&When>) -> Option<Stamp> {
    when.map(|when| when.start)
}

/// The date on a London calendar.
pub(super) fn london_day(stamp: Stamp) -> Date {
    stamp.instant().map_or(stamp.date, |at| at.in_zone(Zone::LONDON).date)
}
