//! Weekends and weekdays: which ones are due, and how they are counted.

use super::super::pattern::{Clause, Day, Which, nth};
use super::Desk;
use super::noted::Noted;
use crate::model::{Date, Finding, Severity};

/// A day on which something starts, and how it was counted.
pub(super) struct Counted {
    pub date: Date,
    pub reckoning: String,
}

/// The first days of the weekends of a clause, or its weekdays, from `from` to `until`.
pub(super) fn days(desk: &Desk<'_>, clause: &Clause, from: Date, until: Date, noted: &mut Noted) -> Vec<Counted> {
    match &clause.which {
        Which::Weekends { every } => {
            let Some(Day::Weekday(start)) = clause.span.map(|span| span.start.day) else { return Vec::new() };
            counted(desk, clause, &[start], *every, (from, until), noted)
        }
        Which::Weekdays { days, every } => counted(desk, clause, days, *every, (from, until), noted),
        Which::MonthlyWeekends { numbers, by } => {
            let Some(Day::Weekday(start)) = clause.span.map(|span| span.start.day) else { return Vec::new() };
            monthly(numbers, start, by.unwrap_or(start), from, until)
        }
        _ => Vec::new(),
    }
}

fn counted(
    desk: &Desk<'_>,
    clause: &Clause,
    weekdays: &[u32],
    every: u32,
    (from, until): (Date, Date),
    noted: &mut Noted,
) -> Vec<Counted> {
    let mut found = Vec::new();
    let mut date = from;
    while date <= until {
        if weekdays.contains(&date.weekday())
            && let Some(reckoning) = count(desk, clause, weekdays, every, date, noted)
        {
            found.push(Counted { date, reckoning });
        }
        date = date.plus_days(1);
    }
    found
}

/// How a day is counted; `None`: it is not one of them.
fn count(
    desk: &Desk<'_>,
    clause: &Clause,
    weekdays: &[u32],
    every: u32,
    date: Date,
    noted: &mut Noted,
) -> Option<String> {
    let weekend = matches!(clause.which, Which::Weekends { .. });
    let name = if weekend { "weekend" } else { date.weekday_name() };
    let (anchor, term) = match clause.restarts {
        None => (clause.first, None),
        Some(number) => {
            let (anchor, term) = anchor_of_term(desk, clause, weekdays, number, date, noted)?;
            (Some(anchor), term)
        }
    };
    let Some(anchor) = anchor else {
        return Some(if weekend { "every weekend".to_owned() } else { format!("every {name}") });
    };
    if date < anchor {
        return None;
    }
    let weeks = monday(date).days_since(monday(anchor)) / 7;
    let every = i64::from(every);
    if weeks % every != 0 {
        return None;
    }
    let from = match &term {
        Some(term) => format!("{}, {term}", anchor.long()),
        None => anchor.long(),
    };
    let number = nth(u32::try_from(weeks / every).unwrap_or(0) + 1);
    Some(match every {
        1 if term.is_none() => format!("every {name} from {from}"),
        1 => format!("every {name}, counted from {from}"),
        2 => format!("{number} alternate {name} counted from {from}"),
        _ => format!("{number} {name} of those every {} weeks counted from {from}", every_word(every)),
    })
}

fn every_word(every: i64) -> &'static str {
    if every == 3 { "three" } else { "four" }
}

/// Where counting starts again with each term: the day it is counted from on this day, and the term's name.
fn anchor_of_term(
    desk: &Desk<'_>,
    clause: &Clause,
    weekdays: &[u32],
    number: u32,
    date: Date,
    noted: &mut Noted,
) -> Option<(Date, Option<String>)> {
    // The first time is counted from the day the clause names, until the next term begins.
    let begun = desk.school.term_begun(date).filter(|term| clause.first.is_none_or(|first| term.from > first));
    let Some(term) = begun else {
        return clause.first.map(|first| (first, None));
    };
    if !desk.school.unknown(term.from, date).is_empty() {
        noted.on(date, not_known(date));
        return None;
    }
    let first = (0..7).map(|days| term.from.plus_days(days)).find(|day| weekdays.contains(&day.weekday()))?;
    let anchor = first.plus_days(7 * (i64::from(number) - 1));
    Some((anchor, Some(format!("the {} of its kind in {}", nth(number), term.name))))
}

fn not_known(date: Date) -> Finding {
    let what = format!(
        "It is not known which school term {} lies in, so what is counted by terms is not computed.",
        date.plain()
    );
    Finding::new(Severity::Warn, "terms-not-known", "school terms", what, "Add the terms: daybook terms add")
        .under("ORD-03")
}

fn monday(date: Date) -> Date {
    date.plus_days(-i64::from(date.weekday()))
}

fn monthly(numbers: &[i32], start: u32, by: u32, from: Date, until: Date) -> Vec<Counted> {
    let mut found = Vec::new();
    let mut date = from;
    while date <= until {
        if date.weekday() == start {
            // The day the weekend is counted by is the first of its kind on or after the start.
            let counted = date.plus_days(i64::from((7 + by - start) % 7));
            let number = i32::try_from((counted.day() - 1) / 7 + 1).unwrap_or(0);
            let last = counted.plus_days(7).month() != counted.month();
            let name = if numbers.contains(&number) {
                u32::try_from(number).ok().map(nth)
            } else {
                (last && numbers.contains(&-1)).then(|| "last".to_owned())
            };
            if let Some(name) = name {
                let month = format!("{} {}", counted.month_name(), counted.year());
                let reckoning = format!("{name} weekend of {month}, counted by its {}", counted.weekday_name());
                found.push(Counted { date, reckoning });
            }
        }
        date = date.plus_days(1);
    }
    found
}
