//! What was due meets what was written down.
//!
//! Every computed session up to now, and every event with a time at which it was due, ends in exactly
//! one bucket. What nobody wrote down is not known, never missed. Periods are cut afterwards, so that
//! cutting changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::when::Precision;
use crate::model::{Basis, Date, Finding, Incident, IncidentKind, Instant, Outcome, RecordId, Stamp, When};

use super::coverage::Coverage;
use super::due::{Arrangement, Due, DueSession};
use super::figures::{ContactEvent, Counting, Figures, figures};
use super::matching::Sessions;
use super::outcome;
use super::remarks;
use super::session::{Matched, Outside, Session, Why};

/// Sessions and events, each with the other as far as they met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// In order of time; what has no time stands last.
    pub sessions: Vec<Session>,
    /// Computed sessions that end after `now`, of which nobody wrote anything: in no count.
    pub ahead: Vec<Session>,
    /// Events in no count of what was due.
    pub outside: Vec<Outside>,
    /// What is doubtful.
    pub findings: Vec<Finding>,
    /// Up to when sessions were counted.
    pub now: Instant,
}

impl Reconciled {
    /// Counts what is asked for.
    #[must_use]
    pub fn figures(&self, counting: &Counting) -> Figures {
        figures(self, counting)
    }

    /// The session an event tells of.
    #[must_use]
    pub fn told_by(&self, id: RecordId) -> Option<&Session> {
        self.sessions.iter().find(|session| session.incident == Some(id) || session.also.contains(&id))
    }

    /// The other entries of a session whose entries contradict each other; none where nothing does.
    #[must_use]
    pub fn otherwise(&self, id: RecordId) -> Vec<RecordId> {
        let Some(session) = self.told_by(id).filter(|session| session.contradicted) else { return Vec::new() };
        session.incident.iter().chain(&session.also).copied().filter(|other| *other != id).collect()
    }

    /// Why an event is in no count of what was due; `None`: it is in one, or takes the place of what is.
    #[must_use]
    pub fn apart(&self, id: RecordId) -> Option<Why> {
        self.outside.iter().find(|event| event.incident == id).map(|event| event.why)
    }

    /// The session that was held at another time, of which this event tells.
    #[must_use]
    pub fn in_place_of(&self, id: RecordId) -> Option<&Session> {
        self.sessions.iter().find(|session| session.instead.iter().any(|instead| instead.incident == id))
    }

    /// The session of this key, those ahead included.
    #[must_use]
    pub fn keyed(&self, key: &str) -> Option<&Session> {
        self.sessions.iter().chain(&self.ahead).find(|session| session.key == key.trim())
    }

    /// Whether any session is computed from words at all.
    #[must_use]
    pub fn computes(&self) -> bool {
        self.sessions.iter().chain(&self.ahead).any(|session| session.reckoning.is_some())
    }
}

/// Lets what was due meet what was written down. `now`: the end of what is counted when nobody wrote
/// anything down.
#[must_use]
pub fn reconcile(due: &Due, arrangements: &[Arrangement<'_>], events: &[ContactEvent<'_>], now: Instant) -> Reconciled {
    let mut events = events.to_vec();
    events.sort_by_key(|(id, event)| (event.when().map_or(i64::MAX, When::sort_key), *id));
    let mut sorted = Sorted { findings: due.findings.clone(), ..Sorted::default() };
    let computed = Sessions::of(&due.sessions);
    let coverage = Coverage::of(arrangements, &due.sessions);
    for (id, event) in events {
        sorted.place((id, event), &due.sessions, &computed, &coverage);
    }
    let mut all = sorted.finish(&due.sessions, now);
    // Whoever names an order has said why contact was due.
    for session in all.sessions.iter_mut().filter(|session| session.basis.is_none()) {
        let named = arrangements.iter().find(|arrangement| Some(arrangement.id) == session.order);
        session.basis = named.map(|arrangement| arrangement.order.basis());
    }
    all
}

/// Events by what they tell of.
#[derive(Default)]
struct Sorted<'a> {
    /// By the place of the computed session.
    met: BTreeMap<usize, Vec<(ContactEvent<'a>, Matched)>>,
    /// Occasions that only what was written down says were due.
    written: BTreeMap<Occasion, Vec<ContactEvent<'a>>>,
    /// In the place of something, as the event names that.
    instead: Vec<(ContactEvent<'a>, &'a str)>,
    outside: Vec<Outside>,
    findings: Vec<Finding>,
}

/// What two entries share that tell of the same contact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Occasion {
    /// The same key.
    Key(String),
    /// The same due start, for the same children.
    Start(i64, Vec<RecordId>),
    /// Nothing.
    Alone(RecordId),
}

impl Occasion {
    fn of(id: RecordId, event: &Incident) -> Self {
        let mut children = event.children.clone();
        children.sort_unstable();
        match (filled(event.session.as_ref()), &event.due) {
            (Some(key), _) => Occasion::Key(key.to_owned()),
            (None, Some(due)) if due.precision != Precision::Day => Occasion::Start(due.sort_key(), children),
            _ => Occasion::Alone(id),
        }
    }
}

impl<'a> Sorted<'a> {
    fn place(
        &mut self,
        (id, event): ContactEvent<'a>,
        due: &[DueSession],
        computed: &Sessions<'_>,
        coverage: &Coverage,
    ) {
        if let Some(target) = filled(event.instead_of.as_ref()) {
            return self.instead.push(((id, event), target));
        }
        let key = filled(event.session.as_ref());
        let keyed = key.and_then(|key| computed.keyed(key));
        // Contact that was only asked for is never due.
        if event.basis == Some(Basis::Asked) && keyed.is_none() {
            return self.outside.push(outside(id, event, Why::Asked));
        }
        if let Some(key) = key
            && keyed.is_none()
            && !due.is_empty()
        {
            self.findings.push(remarks::session_unknown(id, key));
        }
        if let Some((index, how)) = computed.meet(event) {
            self.findings.extend(remarks::differences(id, event, &due[index], how));
            return self.met.entry(index).or_default().push(((id, event), how));
        }
        if let Some(index) = computed.beside(event) {
            self.findings.push(remarks::other_time(id, event, &due[index]));
            return self.outside.push(outside(id, event, Why::OtherTime));
        }
        let day = event.when().map(When::london_date);
        if day.is_some_and(|day| coverage.rules(event, day)) {
            self.findings.push(remarks::nothing_due(id, event));
            return self.outside.push(outside(id, event, Why::NothingDue));
        }
        // Only what was due can have been held or missed; an own cancellation counts in any case (LOG-04, ENF-17).
        if event.due.is_none() && event.kind != Some(IncidentKind::CancelledByMe) {
            return self.outside.push(outside(id, event, Why::NoDueTime));
        }
        self.written.entry(Occasion::of(id, event)).or_default().push((id, event));
    }

    fn finish(mut self, due: &[DueSession], now: Instant) -> Reconciled {
        let named: BTreeSet<&str> = self.instead.iter().map(|(_, target)| *target).collect();
        let (mut made, mut ahead) = (Vec::new(), Vec::new());
        for (index, due) in due.iter().enumerate() {
            let met = self.met.remove(&index).unwrap_or_default();
            // What lies ahead or still goes on is not counted, unless what became of it is known beforehand.
            if met.is_empty() && due.end.sort_key() > now.0 && !named.contains(due.key.as_str()) {
                ahead.push(outcome::of_computed(due, &[], None).0);
                continue;
            }
            let how = met.iter().map(|(_, how)| *how).min();
            let entries: Vec<ContactEvent<'_>> = met.into_iter().map(|(event, _)| event).collect();
            self.keep(outcome::of_computed(due, &entries, how), &entries, &mut made);
        }
        for entries in std::mem::take(&mut self.written).into_values() {
            self.keep(outcome::of_written(&entries), &entries, &mut made);
        }
        self.replace(&mut made);
        let mut sessions: Vec<Session> = made.into_iter().map(|(session, _)| session).collect();
        let at = |day: Option<Date>, start: Option<Stamp>| {
            (start.map(|start| start.sort_key()).or_else(|| day.map(|day| Stamp::day(day).sort_key())))
                .unwrap_or(i64::MAX)
        };
        sessions
            .sort_by_cached_key(|session| (at(session.day, session.due_start), session.incident, session.key.clone()));
        self.outside.sort_by_key(|event| (at(event.day, event.start), event.incident));
        Reconciled { sessions, ahead, outside: self.outside, findings: self.findings, now }
    }

    fn keep(
        &mut self,
        (session, contradict): (Session, bool),
        entries: &[ContactEvent<'_>],
        made: &mut Vec<(Session, bool)>,
    ) {
        if contradict {
            self.findings.push(remarks::two_outcomes(&session, entries));
        }
        made.push((session, contradict));
    }

    /// Lets contact that took the place of a session stand beside it.
    fn replace(&mut self, made: &mut [(Session, bool)]) {
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (index, (session, _)) in made.iter().enumerate() {
            places.entry(session.key.clone()).or_insert(index);
            for id in session.incident.iter().chain(&session.also) {
                places.insert(id.to_string(), index);
            }
        }
        let chain: BTreeMap<String, &str> =
            self.instead.iter().map(|((id, _), target)| (id.to_string(), *target)).collect();
        for ((id, event), target) in std::mem::take(&mut self.instead) {
            // What was moved twice still stands in the place of the first; a circle leads nowhere.
            let steps = std::iter::successors(Some(target), |target| chain.get(&target.to_uppercase()).copied());
            let mut steps = steps.take(chain.len() + 1);
            let found = steps.find_map(|step| places.get(step).or_else(|| places.get(&step.to_uppercase())).copied());
            let Some((session, contradict)) = found.map(|index| &mut made[index]) else {
                self.findings.push(remarks::instead_of_unknown(id, target));
                self.outside.push(outside(id, event, Why::InsteadOfNothing));
                continue;
            };
            if outcome::was_held(session.outcome) {
                self.findings.push(remarks::instead_of_held(id, session));
                self.outside.push(outside(id, event, Why::InsteadOfNothing));
                continue;
            }
            let instead = outcome::instead(id, event);
            match session.outcome {
                Outcome::AgreedChange | Outcome::MadeUp => {}
                // Entries that contradict each other are not settled by a third.
                Outcome::NotKnown if *contradict => {}
                _ if outcome::was_held(instead.outcome) => {
                    session.outcome = Outcome::MadeUp;
                    session.minutes = outcome::not_held(session);
                    session.overnights = outcome::nights_not_held(session);
                }
                _ => {}
            }
            if session.outcome == Outcome::AgreedChange && !outcome::was_held(instead.outcome) {
                self.findings.push(remarks::not_held_instead(&instead, session));
            }
            session.instead.push(instead);
        }
    }
}

fn outside(id: RecordId, event: &Incident, why: Why) -> Outside {
    Outside {
        incident: id,
        start: event.when().map(|when| when.start),
        outcome: event.kind.map_or(Outcome::NotKnown, IncidentKind::outcome),
        why,
        for_safety: event.for_safety == Some(true),
        day: event.when().map(When::london_date),
        basis: event.basis,
        order: event.order,
        paragraph: event.paragraph.clone(),
    }
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
