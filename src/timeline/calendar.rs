//! Dates as a calendar file (`.ics`, RFC 5545) that other programs read.
//!
//! Times are written in UTC, so no reader needs a table of zones; days stay days. Lines are folded at 75 octets and end in
//! CR LF (section 3.1); words are escaped (section 3.3.11). Deliberately absent: alarms, people, addresses.

use std::fmt::Write as _;

use crate::model::when::{Precision, TimeOfDay};
use crate::model::{Date, Instant, When, Zone};

/// One entry of a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarEvent {
    /// The same in every file made from the same source, so that a calendar brings its entry up to date.
    pub uid: String,
    /// The London date.
    pub date: Date,
    /// The London time; a day without one is an entry for the whole day.
    pub time: Option<TimeOfDay>,
    /// In one line.
    pub summary: String,
    /// More of it.
    pub description: String,
}

/// The longest line, in octets, without its end (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;

/// The file. `made` is stamped on every entry.
#[must_use]
pub fn calendar(events: &[CalendarEvent], made: Instant) -> String {
    let mut file = String::new();
    for (name, value) in [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Daybook//Dates ahead//EN"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        line(&mut file, name, value);
    }
    for event in events {
        line(&mut file, "BEGIN", "VEVENT");
        line(&mut file, "UID", &text(&event.uid));
        line(&mut file, "DTSTAMP", &utc(made));
        if let Some(at) = event.time.and_then(|time| moment(event.date, time)) {
            line(&mut file, "DTSTART", &utc(at));
        } else {
            line(&mut file, "DTSTART;VALUE=DATE", &day(event.date));
            line(&mut file, "DTEND;VALUE=DATE", &day(event.date.plus_days(1)));
        }
        line(&mut file, "SUMMARY", &text(&event.summary));
        if !event.description.is_empty() {
            line(&mut file, "DESCRIPTION", &text(&event.description));
        }
        // A date to keep in mind makes nobody busy.
        line(&mut file, "TRANSP", "TRANSPARENT");
        line(&mut file, "END", "VEVENT");
    }
    line(&mut file, "END", "VCALENDAR");
    file
}

/// `None` in the hour that a clock change takes away or repeats: the entry is then for the whole day, which claims less.
fn moment(date: Date, time: TimeOfDay) -> Option<Instant> {
    When::assumed("", date, time, Precision::Minute, Zone::LONDON).start.instant()
}

fn utc(at: Instant) -> String {
    let whole = Instant::from_unix_seconds(at.unix_seconds()).to_string();
    whole.replace(['-', ':'], "")
}

fn day(date: Date) -> String {
    date.to_string().replace('-', "")
}

fn text(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line, folded between characters; each further part begins with a space that counts.
fn line(file: &mut String, name: &str, value: &str) {
    let whole = format!("{name}:{value}");
    let mut room = LONGEST_LINE;
    for c in whole.chars() {
        if c.len_utf8() > room {
            file.push_str("\r\n ");
            room = LONGEST_LINE - 1;
        }
        room -= c.len_utf8();
        // Writing to a String cannot fail.
        let _ = file.write_char(c);
    }
    file.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(date: &str, time: Option<(u32, u32)>, summary: &str) -> CalendarEvent {
        CalendarEvent {
            uid: "a@daybook".into(),
            date: date.parse().unwrap(),
            time: time.and_then(|(hour, minute)| TimeOfDay::new(hour, minute, 0)),
            summary: summary.into(),
            description: String::new(),
        }
    }

    fn made() -> Instant {
        Instant::from_rfc3339("2026-11-23T14:05:00.250Z").unwrap()
    }

    #[test]
    fn a_day_and_a_time_in_summer() {
        let file = calendar(
            &[event("2026-12-14", None, "A; b, c\\ d\ne"), event("2026-07-14", Some((10, 30)), "Hearing")],
            made(),
        );
        let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Daybook//Dates ahead//EN\r\nCALSCALE:GREGORIAN\r\n\
             BEGIN:VEVENT\r\nUID:a@daybook\r\nDTSTAMP:20261123T140500Z\r\nDTSTART;VALUE=DATE:20261214\r\nDTEND;VALUE=DATE:20261215\r\n\
             SUMMARY:A\\; b\\, c\\\\ d\\ne\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n\
             BEGIN:VEVENT\r\nUID:a@daybook\r\nDTSTAMP:20261123T140500Z\r\nDTSTART:20260714T093000Z\r\n\
             SUMMARY:Hearing\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(file, expected);
    }

    #[test]
    fn no_line_is_longer_than_75_octets_and_folding_loses_nothing() {
        let summary = "Zoë’s handover at Elmgrove Library, 日本 and \u{1F469}\u{200D}\u{1F467} ".repeat(9);
        let file = calendar(&[event("2026-12-14", None, &summary)], made());
        assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
        assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
        let unfolded = file.replace("\r\n ", "");
        assert!(unfolded.contains(&format!("SUMMARY:{}", text(&summary))));
    }

    #[test]
    fn the_hour_that_is_not_there_becomes_a_day() {
        let file = calendar(&[event("2027-03-28", Some((1, 30)), "x")], made());
        assert!(file.contains("DTSTART;VALUE=DATE:20270328"), "{file}");
    }
}
