//! Sessions as events of a calendar (RFC 5545), in UTC, so that no time zone has to be told.

use crate::model::{Instant, Stamp};

use super::figures::Figures;
use super::session::{Act, Session};

/// A content line is at most so many octets, its end left out (RFC 5545 3.1).
const LINE: usize = 75;

/// One event a session. `made`: when the file was made.
#[must_use]
pub fn ics(figures: &Figures, made: Instant) -> String {
    let mut text = String::new();
    let mut say = |line: &str| push(&mut text, line);
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Daybook//Daybook//EN", "CALSCALE:GREGORIAN"]
        .iter()
        .for_each(|line| say(line));
    for session in &figures.sessions {
        let Some(start) = session.due_start else { continue };
        say("BEGIN:VEVENT");
        // For life: the same session is the same event when the file is read again.
        say(&format!("UID:{}@daybook", escaped(&session.key)));
        say(&format!("DTSTAMP:{}", utc(made)));
        say(&time("DTSTART", start));
        if let Some(end) = session.due_end.filter(|end| end.sort_key() > start.sort_key()) {
            say(&time("DTEND", end));
        }
        say(&format!("SUMMARY:{}", escaped(&summary(session))));
        say(&format!("DESCRIPTION:{}", escaped(&description(session))));
        if let Some(place) = &session.place {
            say(&format!("LOCATION:{}", escaped(place)));
        }
        say("CLASS:PRIVATE");
        say("TRANSP:TRANSPARENT");
        say("END:VEVENT");
    }
    say("END:VCALENDAR");
    text
}

fn summary(session: &Session) -> String {
    let what = if session.call { "Call" } else { "Contact" };
    format!("{what}: {}", session.outcome.plain())
}

fn description(session: &Session) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(session.reckoning.clone());
    parts.extend(session.by.map(Act::plain).map(|by| format!("Not held as due {by}.")));
    if session.within_grace {
        parts.push("Started late, within the minutes the words allow.".to_owned());
    }
    parts.extend(session.incident.map(|id| format!("Written down as {id}.")));
    if session.incident.is_none() {
        parts.push("Nobody wrote down what became of it.".to_owned());
    }
    parts.push(session.key.clone());
    parts.join("\n")
}

/// A moment in UTC; a day, or a time of which the offset is not known, as it stands.
fn time(name: &str, stamp: Stamp) -> String {
    let digits = |text: String| text.replace(['-', ':'], "");
    match (stamp.instant(), stamp.time) {
        (Some(at), _) => format!("{name}:{}", utc(at)),
        (None, Some(_)) => format!("{name}:{}", digits(stamp.to_string())),
        (None, None) => format!("{name};VALUE=DATE:{}", digits(stamp.to_string())),
    }
}

fn utc(at: Instant) -> String {
    Instant::from_unix_seconds(at.unix_seconds()).to_string().replace(['-', ':'], "")
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, folded so that no part is too long and no letter is cut.
fn push(text: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            used = 1;
        }
        text.push(c);
        used += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut text = String::new();
        push(&mut text, &format!("DESCRIPTION:{}", escaped(&"Zażółć, gęślą; jaźń\n".repeat(12))));
        for line in text.trim_end().split("\r\n") {
            assert!(line.len() <= LINE, "{line}");
        }
        assert_eq!(text.replace("\r\n ", "").trim_end().matches("\\n").count(), 12);
        assert!(text.ends_with("\r\n") && !text.contains("\n\n"));
    }

    #[test]
    fn times_are_told_in_utc() {
        let at = |words: &str| time("DTSTART", words.parse().unwrap());
        assert_eq!(at("2026-09-18T17:00:00+01:00"), "DTSTART:20260918T160000Z");
        assert_eq!(at("2026-10-25T01:30:00"), "DTSTART:20261025T013000");
        assert_eq!(at("2026-09-18"), "DTSTART;VALUE=DATE:20260918");
    }
}
