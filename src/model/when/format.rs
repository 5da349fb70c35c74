//! The forms in which papers and screens print a time (`docs/glossary.md` names them).

use super::{Date, Doubt, Precision, Stamp, TimeOfDay, When, Zone, ZoneSource};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// The month a word names, from 1: its name or the beginning of it, three letters at least.
///
/// ```
/// assert_eq!(daybook::model::when::month_named("Sept"), Some(9));
/// assert_eq!(daybook::model::when::month_named("ma"), None);
/// ```
#[must_use]
pub fn month_named(word: &str) -> Option<u32> {
    let begins = |name: &&str| name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    (1..).zip(MONTHS).find(|(_, name)| word.len() >= 3 && begins(name)).map(|(number, _)| number)
}

/// The name of a weekday, 0 being Monday.
#[must_use]
pub fn weekday_name(weekday: u32) -> &'static str {
    WEEKDAYS[weekday as usize % WEEKDAYS.len()]
}

impl Date {
    /// `September`.
    #[must_use]
    pub fn month_name(self) -> &'static str {
        MONTHS[self.month() as usize - 1]
    }

    /// `Friday`.
    #[must_use]
    pub fn weekday_name(self) -> &'static str {
        weekday_name(self.weekday())
    }

    /// `Friday 18 September 2026`, for running text.
    #[must_use]
    pub fn long(self) -> String {
        format!("{} {}", self.weekday_name(), self.plain())
    }

    /// `18 September 2026`.
    #[must_use]
    pub fn plain(self) -> String {
        format!("{} {} {}", self.day(), self.month_name(), self.year())
    }

    /// `Fri 18 Sep 2026`, for tables.
    #[must_use]
    pub fn table(self) -> String {
        format!("{} {}", &self.weekday_name()[..3], self.index())
    }

    /// `18 Sep 2026`, for an index.
    #[must_use]
    pub fn index(self) -> String {
        format!("{} {} {}", self.day(), &self.month_name()[..3], self.year())
    }
}

impl TimeOfDay {
    /// `5.00 pm`, `12 noon`, `12 midnight`.
    #[must_use]
    pub fn clock(self) -> String {
        match (self.hour, self.minute) {
            (0, 0) => "12 midnight".to_owned(),
            (12, 0) => "12 noon".to_owned(),
            (hour, minute) => {
                let half = if hour < 12 { "am" } else { "pm" };
                format!("{}.{minute:02} {half}", (hour + 11) % 12 + 1)
            }
        }
    }
}

impl Stamp {
    /// `Friday 18 September 2026, 5.00 pm`, or the day alone.
    #[must_use]
    pub fn long(&self) -> String {
        self.with_time(self.date.long())
    }

    /// `Fri 18 Sep 2026, 5.00 pm`, or the day alone.
    #[must_use]
    pub fn table(&self) -> String {
        self.with_time(self.date.table())
    }

    fn with_time(&self, date: String) -> String {
        match self.time {
            Some(time) => format!("{date}, {}{}", time.clock(), self.of_two_hours()),
            None => date,
        }
    }

    /// ` BST` or ` GMT` in the hour that London has twice when the clocks go back, where it is known which of the
    /// two it was; else nothing.
    fn of_two_hours(&self) -> &'static str {
        let twice = self.time.is_some_and(|time| Zone::LONDON.is_repeated(self.date, time));
        match self.offset_minutes {
            Some(60) if twice => " BST",
            Some(0) if twice => " GMT",
            _ => "",
        }
    }
}

impl When {
    /// In London time, for running text: `Friday 18 September 2026, 5.00 pm`; a span has `to`.
    #[must_use]
    pub fn long(&self) -> String {
        self.span(Stamp::long)
    }

    /// In London time, for tables: `Fri 18 Sep 2026, 5.00 pm`.
    #[must_use]
    pub fn table(&self) -> String {
        self.span(Stamp::table)
    }

    /// What is not certain about the reading, or whose time it is, as a short remark; `None` when
    /// there is nothing to say.
    #[must_use]
    pub fn remark(&self) -> Option<&'static str> {
        match self.doubt {
            Some(Doubt::RepeatedHour) => Some("the clocks went back that night; which of the two hours is not known"),
            Some(Doubt::MissingHour) => Some("the clocks went forward over this time; it is shown as written"),
            Some(Doubt::WeekdayDiffers) => Some("the weekday written beside it is a different one"),
            Some(Doubt::SecondHand) => {
                Some("the message has no date of its own; this is when a mail server handled it")
            }
            None if self.precision != Precision::Day && self.zone_source == ZoneSource::Unknown => {
                Some("the time zone is not known")
            }
            None => None,
        }
    }

    fn span(&self, print: fn(&Stamp) -> String) -> String {
        let start = self.london();
        match self.end {
            Some(end) if end.date == start.date => match end.time {
                Some(time) => format!("{} to {}{}", print(&start), time.clock(), end.of_two_hours()),
                None => print(&start),
            },
            Some(end) => format!("{} to {}", print(&start), print(&end)),
            None => print(&start),
        }
    }
}

/// `3 hours 24 minutes`, `12 minutes`, `2 days`: for delays, counted down to what still matters.
#[must_use]
pub fn duration_in_words(minutes: i64) -> String {
    let count = |n: i64, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    let minutes = minutes.abs();
    match minutes {
        0..=59 => count(minutes, "minute"),
        60..=1439 if minutes % 60 == 0 => count(minutes / 60, "hour"),
        60..=1439 => format!("{} {}", count(minutes / 60, "hour"), count(minutes % 60, "minute")),
        _ => count(minutes / 1440, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Date, Instant, TimeOfDay, Zone};
    use super::*;

    #[test]
    fn british_forms() {
        let date = Date::new(2026, 9, 18).unwrap();
        assert_eq!(date.long(), "Friday 18 September 2026");
        assert_eq!(date.table(), "Fri 18 Sep 2026");
        assert_eq!(date.index(), "18 Sep 2026");
        let clock = |hour, minute| TimeOfDay::new(hour, minute, 0).unwrap().clock();
        assert_eq!(clock(17, 0), "5.00 pm");
        assert_eq!(clock(0, 30), "12.30 am");
        assert_eq!(clock(12, 5), "12.05 pm");
        assert_eq!(clock(12, 0), "12 noon");
        assert_eq!(clock(0, 0), "12 midnight");
        let when = When::assumed("w", date, TimeOfDay::new(17, 0, 0).unwrap(), Precision::Minute, Zone::LONDON);
        assert_eq!(when.long(), "Friday 18 September 2026, 5.00 pm");
    }

    #[test]
    fn the_hour_that_comes_twice_says_which_of_the_two_it_is() {
        let shown = |text: &str| Instant::from_rfc3339(text).unwrap().in_zone(Zone::LONDON).table();
        assert_eq!(shown("2026-10-25T00:30:00Z"), "Sun 25 Oct 2026, 1.30 am BST");
        assert_eq!(shown("2026-10-25T01:30:00Z"), "Sun 25 Oct 2026, 1.30 am GMT");
        assert_eq!(shown("2026-10-25T02:00:00Z"), "Sun 25 Oct 2026, 2.00 am");
        let date = Date::new(2026, 10, 25).unwrap();
        let either = When::assumed("w", date, TimeOfDay::new(1, 30, 0).unwrap(), Precision::Minute, Zone::LONDON);
        assert_eq!(either.table(), "Sun 25 Oct 2026, 1.30 am", "which of the two is not known");
    }

    #[test]
    fn delays() {
        assert_eq!(duration_in_words(204), "3 hours 24 minutes");
        assert_eq!(duration_in_words(1), "1 minute");
        assert_eq!(duration_in_words(60), "1 hour");
        assert_eq!(duration_in_words(3 * 1440 + 5), "3 days");
    }
}
