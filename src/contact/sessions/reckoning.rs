//! How a session was reckoned, in one sentence that a reader can follow with a calendar.

use super::super::pattern::{Clause, Day, Part, Time, Years};
use super::super::school::Break;
use super::Moment;
use crate::model::Date;

/// The sentence with what was noted about it.
pub(super) fn sentence(reckoning: &str, notes: &[String]) -> String {
    let mut text = reckoning.to_owned();
    for note in notes {
        text.push_str("; ");
        text.push_str(note);
    }
    text
}

/// ` (odd year)`, where the clause asks for it.
pub(super) fn parity(clause: &Clause, year: i32) -> String {
    match clause.years {
        Years::Every => String::new(),
        Years::Odd => format!(" ({year} is an odd year)"),
        Years::Even => format!(" ({year} is an even year)"),
    }
}

/// `first half of the Easter holiday 2027 (odd year): from the end of term, Thursday 25 March 2027, to 12 noon on
/// Saturday 3 April 2027, the middle day`.
pub(super) fn holiday(clause: &Clause, part: Part, found: &Break, start: Moment, end: Moment) -> String {
    let part = match part {
        Part::FirstHalf => "first half of the ",
        Part::SecondHalf => "second half of the ",
        Part::Whole => "the ",
    };
    let name = found.name.map_or("holiday", super::super::pattern::HolidayName::plain);
    let year = match clause.years {
        Years::Every => "",
        Years::Odd => " (odd year)",
        Years::Even => " (even year)",
    };
    let span = clause.span.expect("a clause of holidays is completed when it is read");
    let from = bound(span.start.day, span.start.time, start);
    let to = bound(span.end.day, span.end.time, end);
    format!("{part}{name} {}{year}: from {from} to {to}", found.year())
}

fn bound(day: Day, time: Time, moment: Moment) -> String {
    let date = moment.date.long();
    let clock = moment.time.clock();
    match (day, time) {
        (Day::LastOfTerm, Time::School(_)) => format!("the end of term, {date},"),
        (Day::FirstOfTerm, Time::School(_)) => format!("the start of term, {date}"),
        (Day::Middle, _) => format!("{clock} on {date}, the middle day"),
        (Day::LastOfTerm, _) => format!("{clock} on {date}, the last day of term"),
        (Day::FirstOfTerm, _) => format!("{clock} on {date}, the first day of term"),
        _ => format!("{clock} on {date}"),
    }
}

/// How others name a session: `the first half of the Easter holiday`, `Mother's Day`, `the session of 3 July 2026`.
pub(super) fn name(clause: &Clause, holiday: Option<&Break>, reckoning: &str, date: Date) -> String {
    use super::super::pattern::{HolidayName, Which};
    match (&clause.which, holiday) {
        (Which::Holidays { part, .. }, Some(found)) => {
            let part = match part {
                Part::FirstHalf => "the first half of the ",
                Part::SecondHalf => "the second half of the ",
                Part::Whole => "the ",
            };
            format!("{part}{}", found.name.map_or("holiday", HolidayName::plain))
        }
        (Which::Feast(feast), _) => feast.said(),
        (Which::Birthday(_), _) => reckoning.split(" (").next().unwrap_or_default().to_owned(),
        (Which::Listed { label: Some(label), .. } | Which::Dated { label: Some(label) }, _) => label.clone(),
        (Which::Weekends { .. } | Which::MonthlyWeekends { .. }, _) => format!("the weekend of {}", date.plain()),
        _ => format!("the session of {}", date.plain()),
    }
}

/// `the weekend of Friday 6 March 2026`.
pub(super) fn day_of(words: &str, date: Date) -> String {
    format!("{words} {}", date.long())
}
