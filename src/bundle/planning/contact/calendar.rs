//! One line a month with a bar for each session, and the same days in words.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::super::plan::{CalendarBar, CalendarMonth};
use super::has_years;
use super::marks::{Marking, ROWS};
use super::months::month_name;
use crate::contact::{Figures, Session};
use crate::model::Date;

/// The calendar has room for so many days; what ends on the first of the next month stands in one piece.
const COLUMNS: u32 = 32;

/// Every month from the first session to the last, so that months without any are seen as well.
pub(super) fn calendar(figures: &Figures, marking: &Marking) -> Vec<CalendarMonth> {
    let days = figures.sessions.iter().filter_map(first_and_last);
    let Some(first) = days.clone().map(|(first, _)| first).min() else { return Vec::new() };
    let last = days.map(|(first, _)| first).max().unwrap_or(first);
    let years = has_years(figures);
    let mut lines: BTreeMap<(i32, u32), CalendarMonth> = BTreeMap::new();
    let mut day = first_of(first);
    while day <= last {
        lines.insert((day.year(), day.month()), line(day, years));
        day = day.plus_days(i64::from(days_of(day)));
    }
    for session in &figures.sessions {
        let Some((first, last)) = first_and_last(session) else { continue };
        for (month, bar) in bars(first, last, marking.mark(session.outcome)) {
            let named = || line(month, years);
            lines.entry((month.year(), month.month())).or_insert_with(named).bars.push(bar);
        }
    }
    lines.into_values().collect()
}

/// The days of each outcome in words.
pub(super) fn days(figures: &Figures, marking: &Marking) -> Vec<(String, String)> {
    let row = |outcomes: &&[crate::model::Outcome]| {
        let of_it = figures.sessions.iter().filter(|session| outcomes.contains(&session.outcome));
        let (mut dates, mut undated) = (Vec::new(), 0);
        for session in of_it {
            match session.day {
                Some(day) => dates.push(day),
                None => undated += 1,
            }
        }
        let mut words = in_words(&dates);
        if undated > 0 {
            let _ = write!(words, "{}{undated} without a date", if words.is_empty() { "" } else { "; " });
        }
        let count = dates.len() + undated;
        (count > 0).then(|| (format!("{} ({count})", marking.label(outcomes[0]).0), words))
    };
    ROWS.iter().filter_map(row).collect()
}

/// `6 and 20 March, 3 April 2026; 1 January 2027`
fn in_words(dates: &[Date]) -> String {
    let mut years: BTreeMap<i32, BTreeMap<u32, Vec<Date>>> = BTreeMap::new();
    for date in dates {
        years.entry(date.year()).or_default().entry(date.month()).or_default().push(*date);
    }
    let month = |days: &Vec<Date>| {
        let numbers: Vec<String> = days.iter().map(|day| day.day().to_string()).collect();
        let name = days.first().map_or("", |day| day.month_name());
        match numbers.split_last() {
            Some((last, first)) if !first.is_empty() => format!("{} and {last} {name}", first.join(", ")),
            _ => format!("{} {name}", numbers.concat()),
        }
    };
    let year = |(year, months): (i32, BTreeMap<u32, Vec<Date>>)| {
        format!("{} {year}", months.values().map(month).collect::<Vec<_>>().join(", "))
    };
    years.into_iter().map(year).collect::<Vec<_>>().join("; ")
}

/// The pieces of a session, each in its month.
fn bars(first: Date, last: Date, mark: super::super::super::plan::Square) -> Vec<(Date, CalendarBar)> {
    let mut bars = Vec::new();
    let (mut from, mut opens) = (first, false);
    loop {
        let (month, days) = (first_of(from), days_of(from));
        let until = u32::try_from(last.days_since(month) + 1).unwrap_or(u32::MAX);
        let goes_on = until > days && (until > COLUMNS || opens);
        let bar = CalendarBar { first: from.day(), last: if goes_on { days } else { until }, mark, opens, goes_on };
        bars.push((month, bar));
        if !goes_on {
            return bars;
        }
        (from, opens) = (month.plus_days(i64::from(days)), true);
    }
}

fn line(month: Date, years: bool) -> CalendarMonth {
    let name = month.to_string();
    CalendarMonth { label: month_name(name.get(..7), years), days: days_of(month), bars: Vec::new() }
}

fn first_and_last(session: &Session) -> Option<(Date, Date)> {
    let first = session.day?;
    // Longer than a year is a slip of the pen; it is drawn on its first day.
    let last = session.due_end.map_or(first, |end| end.date);
    Some((first, if (0..366).contains(&last.days_since(first)) { last } else { first }))
}

fn first_of(day: Date) -> Date {
    day.plus_days(1 - i64::from(day.day()))
}

fn days_of(day: Date) -> u32 {
    let next = first_of(day).plus_days(31);
    (next.plus_days(1 - i64::from(next.day())).days_since(first_of(day))) as u32
}

#[cfg(test)]
mod tests {
    use super::super::super::super::plan::Square;
    use super::*;

    fn day(words: &str) -> Date {
        words.parse().unwrap()
    }

    #[test]
    fn a_bar_stands_on_its_days_and_is_cut_where_the_month_is() {
        let check = |first: &str, last: &str, expected: &[(u32, u32, u32, bool, bool)]| {
            let found: Vec<_> = bars(day(first), day(last), Square::Full)
                .into_iter()
                .map(|(month, bar)| (month.month(), bar.first, bar.last, bar.opens, bar.goes_on))
                .collect();
            assert_eq!(found, expected);
        };
        check("2026-03-06", "2026-03-08", &[(3, 6, 8, false, false)]);
        // Over the first of the next month: in one piece.
        check("2026-10-30", "2026-11-01", &[(10, 30, 32, false, false)]);
        check("2027-02-27", "2027-03-01", &[(2, 27, 29, false, false)]);
        check("2026-10-31", "2026-11-02", &[(10, 31, 31, false, true), (11, 1, 2, true, false)]);
        check("2026-07-22", "2026-09-02", &[(7, 22, 31, false, true), (8, 1, 31, true, true), (9, 1, 2, true, false)]);
    }

    #[test]
    fn days_are_told_with_their_months_and_years_once() {
        let dates = ["2026-03-06", "2026-03-20", "2026-04-03", "2027-01-01"].map(day);
        assert_eq!(in_words(&dates), "6 and 20 March, 3 April 2026; 1 January 2027");
    }
}
