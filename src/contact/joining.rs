//! Several entries for one session: those that agree are read as one, those that contradict leave it not known.

use std::borrow::Cow;

use crate::model::{Incident, IncidentKind, Outcome};

use super::figures::ContactEvent;

/// What the entries for one session say together.
pub(super) struct Joined<'a> {
    /// The place, among the entries, of the one that tells the outcome.
    pub(super) lead: usize,
    /// Their facts as one.
    pub(super) event: Cow<'a, Incident>,
    /// The bucket, before grace and replacement are looked at.
    pub(super) outcome: Outcome,
    /// They say different things: the outcome is not known.
    pub(super) contradict: bool,
}

/// Reads entries as one. There is at least one.
pub(super) fn joined<'a>(entries: &[ContactEvent<'a>]) -> Joined<'a> {
    let told: Vec<(usize, IncidentKind)> =
        entries.iter().enumerate().filter_map(|(i, (_, event))| Some((i, event.kind?))).collect();
    let (lead, outcome, contradict) = match agreed(&told) {
        Some((lead, outcome)) => (lead, outcome, false),
        None => (0, Outcome::NotKnown, !told.is_empty()),
    };
    let mut event = Cow::Borrowed(entries[lead].1);
    for (i, (_, other)) in entries.iter().enumerate() {
        if i != lead {
            fill(event.to_mut(), other);
        }
    }
    Joined { lead, event, outcome, contradict }
}

/// The entry that tells, and the outcome all of them bear out. An unfinished entry says nothing, and so
/// contradicts nothing.
fn agreed(told: &[(usize, IncidentKind)]) -> Option<(usize, Outcome)> {
    let (first, kind) = *told.first()?;
    if told.iter().all(|(_, other)| other.outcome() == kind.outcome()) {
        return Some((first, kind.outcome()));
    }
    // That somebody came late, and that the child went or came back at another time, are both parts of one day.
    let in_part = |kind: IncidentKind| matches!(kind.outcome(), Outcome::Late | Outcome::EndedEarly);
    let late = |kind: IncidentKind| matches!(kind, IncidentKind::Late | IncidentKind::NotReturned);
    // Of contact that was cancelled beforehand, it is also true that nobody came.
    let absent = |kind: IncidentKind| matches!(kind, IncidentKind::NobodyThere | IncidentKind::CallMissed);
    let part = told.iter().find(|(_, kind)| in_part(*kind));
    if let Some((i, kind)) = part
        && (told.iter().all(|(_, kind)| in_part(*kind)) || told.iter().all(|(_, kind)| late(*kind)))
    {
        return Some((*i, kind.outcome()));
    }
    let (i, kind) = *told.iter().find(|(_, kind)| !absent(*kind))?;
    let cancelled = matches!(
        kind.outcome(),
        Outcome::CancelledByOther | Outcome::CancelledByMe | Outcome::CancelledByThird | Outcome::AgreedChange
    );
    let rest = told.iter().all(|(_, other)| absent(*other) || other.outcome() == kind.outcome());
    (cancelled && rest).then_some((i, kind.outcome()))
}

/// What the one entry does not say, another may.
fn fill(event: &mut Incident, other: &Incident) {
    let times = [
        (&mut event.due, &other.due),
        (&mut event.until, &other.until),
        (&mut event.started, &other.started),
        (&mut event.ended, &other.ended),
        (&mut event.cared_from, &other.cared_from),
        (&mut event.cared_until, &other.cared_until),
    ];
    for (time, theirs) in times {
        if time.is_none() {
            time.clone_from(theirs);
        }
    }
    for (words, theirs) in [(&mut event.reason, &other.reason), (&mut event.cared_for_by, &other.cared_for_by)] {
        if words.is_none() {
            words.clone_from(theirs);
        }
    }
    event.for_safety = event.for_safety.or(other.for_safety);
    event.in_their_power = event.in_their_power.or(other.in_their_power);
}
