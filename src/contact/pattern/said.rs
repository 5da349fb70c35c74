//! A pattern said back in full, in words that read as the same pattern.

use super::dates::weekday_name;
use super::kinds::{FEASTS, HOLIDAYS};
use super::{
    Clause, Contact, Day, Days, Extension, Feast, HolidayName, Holidays, Part, Pattern, Point, Span, Time, Which, Years,
};
use crate::model::{Date, TimeOfDay};

impl Pattern {
    /// What was understood, in one sentence.
    #[must_use]
    pub fn said(&self) -> String {
        let mut clauses: Vec<String> = self.clauses.iter().map(Clause::said).collect();
        if let Some((start, end)) = self.school_day {
            clauses.push(format!("school day {} to {}", start.clock(), end.clock()));
        }
        let text = clauses.join("; ");
        let mut chars = text.chars();
        let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        format!("{first}{}.", chars.as_str())
    }
}

impl Clause {
    /// What was understood of it, without a capital or a full stop.
    #[must_use]
    pub fn said(&self) -> String {
        let mut parts = vec![format!("{}{}", self.contact.said(), self.which.said())];
        match self.years {
            Years::Every => {}
            Years::Odd => parts[0].push_str(" in odd years"),
            Years::Even => parts[0].push_str(" in even years"),
        }
        if let Some(span) = self.span {
            if matches!(self.which, Which::Dated { .. }) {
                let years = parts[0].find(" in ").map(|at| parts[0].split_off(at)).unwrap_or_default();
                parts[0].push_str(&format!(" {}{years}", span.said()));
                let trimmed = parts[0].trim_start().to_owned();
                parts[0] = trimmed;
            } else {
                parts.push(span.said());
            }
        }
        parts.extend(self.extensions.iter().map(Extension::said));
        parts.extend(self.first.map(|first| format!("counted from {}", first.long())));
        parts.extend(self.starting.map(|day| format!("starting on {}", day.long())));
        parts.extend(self.until.map(|day| format!("until {}", day.long())));
        parts.extend(self.days.said().map(str::to_owned));
        parts.extend(self.restarts.map(|number| format!("restarts with the {} weekend of each term", nth(number))));
        if self.year_of_christmas {
            parts.push("the year is that of Christmas".into());
        }
        parts.extend(self.agreed.map(|day| format!("agreed on {}", day.long())));
        if !self.children.is_empty() {
            parts.push(format!("for {}", self.children.join(" and ")));
        }
        parts.extend(self.place.as_ref().map(|place| format!("handover at “{place}”")));
        parts.extend(self.duties.iter().cloned());
        if self.grace_minutes > 0 {
            parts.push(format!("grace {} minutes", self.grace_minutes));
        }
        parts.extend(self.notice.clone());
        for (words, classes) in [("takes priority over", &self.over), ("gives way to", &self.under)] {
            if !classes.is_empty() {
                let names: Vec<&str> = classes.iter().map(|class| class.plain()).collect();
                parts.push(format!("{words} {}", names.join(" and ")));
            }
        }
        parts.join(", ")
    }
}

impl Contact {
    fn said(self) -> &'static str {
        match self {
            Contact::Time => "",
            Contact::Call => "telephone call ",
            Contact::VideoCall => "video call ",
            Contact::Nothing => "no contact on ",
        }
    }
}

impl Which {
    /// The days, as a clause begins.
    fn said(&self) -> String {
        match self {
            Which::Weekends { every } => {
                format!("{} {}", every_nth(*every), if *every == 2 { "weekends" } else { "weekend" })
            }
            Which::MonthlyWeekends { numbers, by } => {
                let numbers: Vec<String> =
                    numbers.iter().map(|n| u32::try_from(*n).map_or("last".to_owned(), nth)).collect();
                let by = by.map(|day| format!(" counted by their {}", weekday_name(day))).unwrap_or_default();
                format!("{} weekends of each month{by}", numbers.join(" and "))
            }
            Which::Weekdays { days, every } if days.len() == 7 => format!("{} day", every_nth(*every)),
            Which::Weekdays { days, every } => {
                let names: Vec<&str> = days.iter().map(|day| weekday_name(*day)).collect();
                format!("{} {}", every_nth(*every), listed(&names))
            }
            Which::Holidays { part, holidays } => {
                let part = match part {
                    Part::FirstHalf => "first half of ",
                    Part::SecondHalf => "second half of ",
                    Part::Whole => "",
                };
                format!("{part}{}", holidays.said())
            }
            Which::Feast(feast) => feast.said(),
            Which::Birthday(None) => "each child's birthday".into(),
            Which::Birthday(Some(name)) => format!("{name}'s birthday"),
            Which::BankHolidays => "each bank holiday".into(),
            Which::Listed { label, dates } => {
                let dates: Vec<String> = dates.iter().copied().map(Date::plain).collect();
                let label = label.as_ref().map(|label| format!("{label} on ")).unwrap_or_default();
                format!("{label}{}", listed(&dates))
            }
            Which::Dated { label } => label.clone().unwrap_or_default(),
            Which::Cancelled(dates) => {
                let dates: Vec<String> = dates.iter().copied().map(Date::plain).collect();
                format!("cancelled by agreement on {}", listed(&dates))
            }
            Which::Moved(date) => format!("instead of {}", date.long()),
        }
    }
}

fn listed<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

fn every_nth(every: u32) -> &'static str {
    match every {
        1 => "every",
        2 => "alternate",
        3 => "every third",
        _ => "every fourth",
    }
}

/// `first`, `third`, `13th`.
pub(in crate::contact) fn nth(number: u32) -> String {
    const WORDS: [&str; 13] = [
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
        "twelfth",
    ];
    match WORDS.get(number as usize) {
        Some(word) if number > 0 => (*word).to_owned(),
        _ => {
            let ending = match (number % 100, number % 10) {
                (11..=13, _) => "th",
                (_, 1) => "st",
                (_, 2) => "nd",
                (_, 3) => "rd",
                _ => "th",
            };
            format!("{number}{ending}")
        }
    }
}

impl Holidays {
    fn said(self) -> String {
        if let Holidays::AlternateHalfTerms(name, year) = self {
            return format!("alternate half-terms counted from the {} {year}", name.plain());
        }
        let words = HOLIDAYS.iter().find(|(_, holidays)| *holidays == self).map_or("", |(words, _)| *words);
        if let Holidays::Named(name) = self { format!("the {}", name.plain()) } else { words.to_owned() }
    }
}

impl HolidayName {
    /// `Easter holiday`.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            HolidayName::Christmas => "Christmas holiday",
            HolidayName::Easter => "Easter holiday",
            HolidayName::Summer => "summer holiday",
            HolidayName::AutumnHalfTerm => "autumn half-term",
            HolidayName::SpringHalfTerm => "spring half-term",
            HolidayName::SummerHalfTerm => "summer half-term",
        }
    }
}

impl Feast {
    /// `Mother's Day`.
    #[must_use]
    pub fn said(self) -> String {
        if self == Feast::Easter {
            return "Easter".to_owned();
        }
        let words = FEASTS.iter().find(|(_, feast)| *feast == self).map_or("", |(words, _)| *words);
        words
            .split(' ')
            .map(|word| {
                let mut chars = word.chars();
                chars.next().map(|c| c.to_uppercase().to_string() + chars.as_str()).unwrap_or_default()
            })
            .collect::<Vec<_>>()
            .join(" ")
    }
}

impl Days {
    fn said(self) -> Option<&'static str> {
        Some(match self {
            Days::Any => return None,
            Days::TermTime => "in term time",
            Days::SchoolHolidays => "in school holidays",
            Days::School => "on school days",
            Days::WithoutSchool => "on days without school",
            Days::NotBankHolidays => "not on bank holidays",
        })
    }
}

impl Extension {
    fn said(&self) -> String {
        let which = if self.moves_end { "to" } else { "from" };
        format!("{which} {} if {} is a bank holiday", self.to.said(false), weekday_name(self.holiday))
    }
}

impl Span {
    /// `from Friday 5.00 pm to Sunday 5.00 pm`.
    #[must_use]
    pub fn said(self) -> String {
        let start = if self.start.day == Day::Same { self.start.time.said(true) } else { self.start.said(true) };
        let end = if self.end.day == Day::Same { self.end.time.said(false) } else { self.end.said(false) };
        format!("from {start} to {end}")
    }
}

impl Point {
    fn said(self, starts: bool) -> String {
        let time = self.time.said(starts);
        match self.day {
            Day::Same => time,
            Day::Later(1) => format!("{time} the next day"),
            Day::Later(days) => format!("{time} {days} days later"),
            Day::Weekday(day) if matches!(self.time, Time::At(_)) => format!("{} {time}", weekday_name(day)),
            Day::Weekday(day) => format!("{time} on {}", weekday_name(day)),
            Day::Date(day, month, year) => {
                let date = Date::new(year.unwrap_or(2024), month, day);
                let words = match (date, year) {
                    (Some(date), Some(_)) => date.long(),
                    (Some(date), None) => format!("{} {}", date.day(), date.month_name()),
                    (None, _) => String::new(),
                };
                format!("{time} on {words}")
            }
            Day::LastOfTerm => format!("{time} on the last day of term"),
            Day::First => format!("{time} on the first day"),
            Day::Middle => format!("{time} on the middle day"),
            Day::Last => format!("{time} on the last day"),
            Day::FirstOfTerm => format!("{time} on the first day of term"),
        }
    }
}

impl Time {
    fn said(self, starts: bool) -> String {
        let school = if starts { "the end of school" } else { "the start of school" };
        match self {
            Time::At(time) => time.clock(),
            Time::School(None) => school.to_owned(),
            Time::School(Some(instead)) => {
                let TimeOfDay { .. } = instead;
                format!("school or {}", instead.clock())
            }
        }
    }
}
