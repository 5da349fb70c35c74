//! What must be said beneath the figures.

use std::fmt::Write as _;

use super::super::book::Book;
use super::Share;
use super::months::hours;
use crate::contact::{Figures, Outside, Session, Why};
use crate::model::{Content, IncidentKind, Outcome, Stamp};

/// Nights, what the hours leave out, and what no figure holds. `outside`: the events in no count that are told here.
pub(super) fn note(book: &Book<'_>, share: &Share, outside: &[&Outside]) -> String {
    let figures = &share.figures;
    let mut notes = Vec::new();
    if share.call {
        notes.push("A call is counted by number, not by time.".to_owned());
    } else {
        let nights = figures.overnights;
        notes.push(format!("Hours and minutes. Nights: {} due, {} held.", nights.due, nights.held));
    }
    notes.push("Contact belongs to the month in which it was due to start.".to_owned());
    let unknown = figures.together.buckets.not_known.min(figures.minutes.not_reckoned);
    if unknown > 0 {
        notes.push(format!("Hours and nights leave out {unknown} whose outcome is not known."));
    }
    let untimed = figures.minutes.not_reckoned - unknown;
    if untimed > 0 {
        notes.push(format!("Hours leave out {untimed} for which a time due or held was not written down."));
    }
    notes.extend(instead(figures));
    notes.extend(beside(book, figures));
    notes.extend(apart(outside));
    notes.push(basis(figures).to_owned());
    notes.extend(super::not_whole(figures));
    notes.join(" ")
}

/// `The session of 24 July was held from 31 July instead (48:00, 2 nights), which is not counted in “held”.`
fn instead(figures: &Figures) -> Option<String> {
    let held = |outcome| matches!(outcome, Outcome::Kept | Outcome::Late | Outcome::EndedEarly);
    let moved = |session: &Session| session.instead.iter().any(|instead| held(instead.outcome));
    let sessions: Vec<&Session> = figures.sessions.iter().filter(|session| moved(session)).collect();
    let time = |minutes: i64, nights: i64| {
        let nights = if nights == 1 { "1 night".to_owned() } else { format!("{nights} nights") };
        if minutes == 0 { "hours not written down".to_owned() } else { format!("{}, {nights}", hours(minutes)) }
    };
    match sessions.as_slice() {
        [] => None,
        [one] => {
            let instead = one.instead.iter().find(|instead| held(instead.outcome))?;
            let from =
                |stamp: Option<Stamp>| stamp.map_or_else(|| "another day".to_owned(), |start| start.date.plain());
            let time = time(instead.minutes.unwrap_or(0), instead.overnights);
            let (was, is) = (from(one.due_start), from(instead.start));
            Some(format!("What was due on {was} was held from {is} ({time}); that is not counted in “held”."))
        }
        many => {
            let parts = many.iter().flat_map(|session| &session.instead).filter(|instead| held(instead.outcome));
            let minutes = parts.clone().filter_map(|instead| instead.minutes).sum();
            let nights = parts.map(|instead| instead.overnights).sum();
            Some(format!(
                "{} were held at another time ({}); that is not counted in “held”.",
                many.len(),
                time(minutes, nights)
            ))
        }
    }
}

/// What stands beside the figures: grace, safety with its reasons, care by others, what lies ahead.
fn beside(book: &Book<'_>, figures: &Figures) -> Vec<String> {
    let mut notes = Vec::new();
    if figures.within_grace > 0 {
        notes.push(format!(
            "{} of those held in full started late, within the minutes the words allow.",
            figures.within_grace
        ));
    }
    for session in figures.sessions.iter().filter(|session| session.for_safety && session.outcome != Outcome::Kept) {
        let on = session.day.map_or_else(|| "without a date".to_owned(), |day| format!("of {}", day.plain()));
        // The words of an entry that this reader may not see are not told here either.
        let may = session.incident.is_some_and(|id| book.may_show(id));
        let reason = session.reason.as_deref().map(|reason| reason.trim().trim_end_matches('.')).filter(|_| may);
        let reason = reason.filter(|reason| !reason.is_empty()).map_or(String::new(), |reason| format!(": {reason}"));
        notes.push(format!("That {on} ({}) was for somebody’s safety{reason}.", session.outcome.plain()));
    }
    if figures.minutes.third_party > 0 {
        notes.push(format!(
            "In the time due, somebody else looked after the child for {}.",
            hours(figures.minutes.third_party)
        ));
    }
    if figures.ahead > 0 {
        notes.push(format!("{} of those counted lie ahead; what became of them is known already.", figures.ahead));
    }
    let hidden = |session: &&Session| session.incident.is_some_and(|id| !book.is_selected(id));
    let unseen = figures.sessions.iter().filter(hidden).count();
    if unseen > 0 {
        notes.push(format!("{unseen} of those counted have no page in this paper."));
    }
    notes
}

/// Whether an event in no count is one of a call, by its own kind.
pub(super) fn tells_of_a_call(book: &Book<'_>, event: &Outside) -> bool {
    match book.record(event.incident).map(|record| &record.content) {
        Some(Content::Incident(event)) => {
            matches!(event.kind, Some(IncidentKind::CallMissed | IncidentKind::CallRefused))
        }
        _ => false,
    }
}

/// Events that are in no count, by why.
fn apart(outside: &[&Outside]) -> Vec<String> {
    let count = |why| outside.iter().filter(|event| event.why == why).count();
    let mut notes = Vec::new();
    let without_due = count(Why::NoDueTime);
    if without_due > 0 {
        notes.push(format!("{without_due} written down without a time due: not counted."));
    }
    let nothing = count(Why::NothingDue) + count(Why::InsteadOfNothing);
    if nothing > 0 {
        notes.push(format!("{nothing} written down for days when nothing was due by the words in force: not counted."));
    }
    let other = count(Why::OtherTime);
    if other > 0 {
        notes.push(format!("{other} written down with another day or time than what was due then: not counted."));
    }
    let asked = count(Why::Asked);
    if asked > 0 {
        let mut note = format!("Asked for, and not due: {asked}");
        let was_held = |outcome| matches!(outcome, Outcome::Kept | Outcome::Late | Outcome::EndedEarly);
        let held = outside.iter().filter(|event| event.why == Why::Asked && was_held(event.outcome)).count();
        let _ = write!(note, ", of which {held} held; in no figure above.");
        notes.push(note);
    }
    notes
}

/// Where the denominator comes from.
fn basis(figures: &Figures) -> &'static str {
    let computed = figures.sessions.iter().filter(|session| session.reckoning.is_some()).count();
    if computed == figures.sessions.len() {
        "Due is what the words make due, reckoned day by day; what nobody wrote down is counted as not known."
    } else if computed == 0 {
        "Counted is what was written down; contact that was due and not written down is not in these figures."
    } else {
        "Where no pattern was in force, due is what was written down with a time due."
    }
}
