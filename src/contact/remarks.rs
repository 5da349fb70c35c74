//! What is doubtful about how entries and sessions met, in calm sentences.

use crate::model::{Finding, Incident, RecordId, Severity, When};

use super::due::DueSession;
use super::figures::ContactEvent;
use super::session::{Instead, Matched, Session};

/// Entries for one session that contradict each other.
pub(super) fn two_outcomes(session: &Session, entries: &[ContactEvent<'_>]) -> Finding {
    let said: Vec<String> = entries
        .iter()
        .map(|(id, event)| format!("{id} says: {}", event.kind.map_or("unfinished", crate::model::IncidentKind::plain)))
        .collect();
    let last = entries.last().map_or_else(String::new, |(id, _)| id.to_string());
    let what = format!(
        "The entries for {} say different things ({}), so it is counted as not known",
        named(session),
        said.join("; ")
    );
    let next = format!(
        "Correct the one that is wrong (daybook amend {last} --set kind=… --why …); if it tells of other contact, give it its own time"
    );
    Finding::new(Severity::Warn, "two-outcomes", session.key.clone(), what, next)
}

/// Nothing was due on the day of this event.
pub(super) fn nothing_due(id: RecordId, event: &Incident) -> Finding {
    let what = format!(
        "By the patterns then in force nothing was due {}; the entry is listed apart and is in no count of what was due",
        on(event.when())
    );
    let next = format!(
        "If it was due by agreement: daybook amend {id} --set basis=agreement --why …; if it took the place of a session: --set instead-of=KEY"
    );
    Finding::new(Severity::Warn, "nothing-due", id.to_string(), what, next)
}

/// Contact was due on these days, at another time than the event says.
pub(super) fn other_time(id: RecordId, event: &Incident, due: &DueSession) -> Finding {
    let said = event.due.as_ref().map_or_else(|| "another time".to_owned(), When::table);
    let what = format!(
        "It says due {said}, and the words make contact due from {} to {}; so it is not taken for that session, is listed apart \
         and is in no count of what was due",
        due.start.table(),
        due.end.table()
    );
    let next =
        format!("If it tells of that session, say which session: daybook amend {id} --set session={} --why …", due.key);
    Finding::new(Severity::Warn, "other-time", id.to_string(), what, next)
}

/// The session an event names is none that is computed.
pub(super) fn session_unknown(id: RecordId, key: &str) -> Finding {
    let what = format!("No session is computed with the key {key}; the entry was matched by its time instead");
    let next = format!("See the keys with daybook contact; then daybook amend {id} --set session=KEY --why …");
    Finding::new(Severity::Info, "session-unknown", id.to_string(), what, next)
}

/// What an event says of order, paragraph or start, where its session says otherwise.
pub(super) fn differences(id: RecordId, event: &Incident, due: &DueSession, how: Matched) -> Option<Finding> {
    let named = |order: RecordId, number: Option<&str>| match number {
        Some(number) => format!("{order} paragraph {number}"),
        None => order.to_string(),
    };
    let other_paragraph = event.paragraph.as_ref().is_some_and(|number| !number.eq_ignore_ascii_case(&due.paragraph));
    let mut parts = Vec::new();
    if let Some(order) = event.order.filter(|order| *order != due.order || other_paragraph) {
        let under = named(due.order, Some(&due.paragraph));
        parts.push(format!(
            "it names {}, and this session is due under {under}",
            named(order, event.paragraph.as_deref())
        ));
    }
    if let Some(start) = &event.due
        && start.sort_key() != due.start.sort_key()
        && (how != Matched::Within || event.kind != Some(crate::model::IncidentKind::NotReturned))
    {
        parts.push(format!("it says due {}, and the words make it {}", start.table(), due.start.table()));
    }
    if parts.is_empty() {
        return None;
    }
    let what =
        format!("The entry was taken for the session of {} ({}): {}", due.start.table(), how.plain(), parts.join("; "));
    let next = format!("If that is right there is nothing to do; else correct it: daybook amend {id}");
    Some(Finding::new(Severity::Info, "differs-from-session", id.to_string(), what, next))
}

/// An event is said to take the place of something that nobody knows.
pub(super) fn instead_of_unknown(id: RecordId, target: &str) -> Finding {
    let what =
        format!("It is said to take the place of {target}, which is no session that is counted; it is listed apart");
    let next = format!("See the keys with daybook contact; then daybook amend {id} --set instead-of=KEY --why …");
    Finding::new(Severity::Warn, "instead-of-unknown", id.to_string(), what, next)
}

/// An event is said to take the place of contact that was held.
pub(super) fn instead_of_held(id: RecordId, session: &Session) -> Finding {
    let what = format!("It is said to take the place of {}, which was held; it is listed apart", named(session));
    let next = format!("Correct the one that is wrong: daybook amend {id} --set instead-of=… --why …");
    Finding::new(Severity::Warn, "instead-of-held", id.to_string(), what, next)
}

/// What was agreed instead was not held either.
pub(super) fn not_held_instead(instead: &Instead, session: &Session) -> Finding {
    let what = format!("The time agreed in the place of {} is not written down as held", named(session));
    Finding::new(Severity::Info, "instead-not-held", instead.incident.to_string(), what, "")
}

fn named(session: &Session) -> String {
    match session.due_start {
        Some(start) => format!("the session of {}", start.table()),
        None => format!("the session {}", session.key),
    }
}

fn on(when: Option<&When>) -> String {
    when.map_or_else(|| "then".to_owned(), |when| format!("on {}", when.london_date().table()))
}
