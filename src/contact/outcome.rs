//! A session made of what was due and of the entries that tell of it.

use crate::model::{Incident, Outcome, RecordId, Stamp, When};

use super::due::DueSession;
use super::figures::ContactEvent;
use super::held::{self, Window, london_day};
use super::joining::{Joined, joined};
use super::session::{Act, Instead, Matched, Minutes, Session};
use super::tally::Nights;

/// A computed session, with the entries that met it; none: nobody wrote down what became of it.
pub(super) fn of_computed(due: &DueSession, entries: &[ContactEvent<'_>], how: Option<Matched>) -> (Session, bool) {
    let window = Window { start: Some(due.start), end: Some(due.end) };
    let said = (!entries.is_empty()).then(|| joined(entries));
    let contradict = said.as_ref().is_some_and(|said| said.contradict);
    let mut session = Session {
        key: due.key.clone(),
        due_start: Some(due.start),
        due_end: Some(due.end),
        order: Some(due.order),
        paragraph: Some(due.paragraph.clone()),
        order_version: Some(due.version),
        reckoning: Some(due.reckoning.clone()),
        basis: Some(due.basis),
        call: due.call,
        enforceable: Some(due.enforceable),
        place: due.place.clone(),
        handover: due.handover.clone(),
        day: Some(london_day(due.start)),
        matched: how,
        ..empty()
    };
    // Nights of which nobody wrote are left out, as hours are.
    if let Some(said) = said {
        tell(&mut session, &said, entries, window, due.grace_minutes);
    }
    if session.call {
        (session.minutes, session.third_party, session.overnights) = (None, None, Nights::default());
    }
    session.contradicted = contradict;
    (session, contradict)
}

/// A session of which only what was written down says that it was due.
pub(super) fn of_written(entries: &[ContactEvent<'_>]) -> (Session, bool) {
    let said = joined(entries);
    let (id, lead) = entries[said.lead];
    let window = Window { start: start_of(said.event.due.as_ref()), end: start_of(said.event.until.as_ref()) };
    let key = entries.iter().find_map(|(_, event)| event.session.clone()).unwrap_or_else(|| id.to_string());
    let mut session = Session {
        key,
        due_start: window.start,
        due_end: window.end,
        order: lead.order,
        paragraph: lead.paragraph.clone(),
        basis: lead.basis,
        place: lead.place.clone(),
        day: said.event.when().map(When::london_date),
        matched: Some(Matched::Written),
        ..empty()
    };
    tell(&mut session, &said, entries, window, 0);
    session.call = is_call(&said.event);
    if session.call {
        (session.minutes, session.third_party, session.overnights) = (None, None, Nights::default());
    }
    session.contradicted = said.contradict;
    (session, said.contradict)
}

/// An event of which the kind itself says that it was a call.
pub(super) fn is_call(event: &Incident) -> bool {
    use crate::model::IncidentKind::{CallMissed, CallRefused};
    matches!(event.kind, Some(CallMissed | CallRefused))
}

/// Contact that took the place of a session.
pub(super) fn instead(id: RecordId, event: &Incident) -> Instead {
    let outcome = event.kind.map_or(Outcome::NotKnown, crate::model::IncidentKind::outcome);
    let times = held::instead(event, outcome);
    let nights = times.map_or(0, |(from, to)| {
        let day = |at: crate::model::Instant| at.in_zone(crate::model::Zone::LONDON).date;
        day(to).days_since(day(from)).max(0)
    });
    Instead {
        incident: id,
        start: event.started.as_ref().or(event.when()).map(|when| when.start),
        outcome,
        minutes: times.map(|(from, to)| to.minutes_since(from)),
        overnights: nights,
    }
}

/// The minutes of a session that was not held at its own time.
pub(super) fn not_held(session: &Session) -> Option<Minutes> {
    let (start, end) = (session.due_start?.instant()?, session.due_end?.instant()?);
    let due = end.minutes_since(start);
    (due > 0 && !session.call).then_some(Minutes { due, held: 0 })
}

/// The nights of a session that was not held at its own time.
pub(super) fn nights_not_held(session: &Session) -> Nights {
    let (Some(start), Some(end)) = (session.due_start, session.due_end) else { return Nights::default() };
    let due = london_day(end).days_since(london_day(start)).max(0);
    if session.call { Nights::default() } else { Nights { due, held: 0 } }
}

/// Whether something was held, in full or in part.
pub(super) fn was_held(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Kept | Outcome::Late | Outcome::EndedEarly)
}

fn tell(session: &mut Session, said: &Joined<'_>, entries: &[ContactEvent<'_>], window: Window, grace: u32) {
    let event = said.event.as_ref();
    session.within_grace = said.outcome == Outcome::Late && within(event, window.start, grace);
    // Late within the minutes the words themselves allow is in time.
    session.outcome = if session.within_grace { Outcome::Kept } else { said.outcome };
    session.by = act(session.outcome, event);
    session.incident = Some(entries[said.lead].0);
    session.also = entries.iter().map(|(id, _)| *id).filter(|id| Some(*id) != session.incident).collect();
    session.for_safety = event.for_safety == Some(true);
    session.reason.clone_from(&event.reason);
    session.cared_for_by.clone_from(&event.cared_for_by);
    session.minutes = held::minutes(event, session.outcome, window);
    session.third_party = held::third_party(event, window);
    session.overnights = held::nights(event, session.outcome, window);
}

/// Started no later than the grace allows.
fn within(event: &Incident, due: Option<Stamp>, grace: u32) -> bool {
    let started = event.started.as_ref().and_then(|when| when.start.instant());
    let late = started.zip(due.and_then(|due| due.instant())).map(|(started, due)| started.minutes_since(due));
    grace > 0 && late.is_some_and(|late| late <= i64::from(grace))
}

/// By whose act it was not held. What was not in the other parent's power that day is not their act (ENF-09).
fn act(outcome: Outcome, event: &Incident) -> Option<Act> {
    use crate::model::IncidentKind::CallMissed;
    match outcome {
        // Why nobody answered a call is not known by that alone.
        Outcome::MissedByOther if event.kind == Some(CallMissed) && event.in_their_power != Some(true) => {
            event.in_their_power.map(|_| Act::Neither)
        }
        Outcome::MissedByOther | Outcome::CancelledByOther if event.in_their_power == Some(false) => Some(Act::Neither),
        Outcome::MissedByOther | Outcome::CancelledByOther => Some(Act::Other),
        Outcome::CancelledByMe => Some(Act::Me),
        Outcome::CancelledByThird => Some(Act::Neither),
        Outcome::AgreedChange => Some(Act::Both),
        Outcome::Kept | Outcome::Late | Outcome::EndedEarly | Outcome::MadeUp | Outcome::NotKnown => None,
    }
}

fn start_of(when: Option<&When>) -> Option<Stamp> {
    when.map(|when| when.start)
}

/// Nothing known.
fn empty() -> Session {
    Session {
        key: String::new(),
        due_start: None,
        due_end: None,
        order: None,
        paragraph: None,
        order_version: None,
        reckoning: None,
        basis: None,
        call: false,
        enforceable: None,
        place: None,
        handover: None,
        outcome: Outcome::NotKnown,
        by: None,
        incident: None,
        also: Vec::new(),
        matched: None,
        within_grace: false,
        for_safety: false,
        reason: None,
        minutes: None,
        third_party: None,
        cared_for_by: None,
        overnights: Nights::default(),
        contradicted: false,
        instead: Vec::new(),
        day: None,
    }
}
