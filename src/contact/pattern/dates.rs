//! Dates, weekdays and numbers as a pattern writes them.

use super::error::PatternError;
use super::reader::Reader;
use crate::model::Date;
pub(super) use crate::model::when::{month_named as month, weekday_name};

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The weekday a word names: `Friday`, `Fridays`, `Fri`. 0 is Monday.
pub(super) fn weekday(word: &str) -> Option<u32> {
    let word = word.strip_suffix('s').filter(|_| word.len() > 6).unwrap_or(word);
    let found = WEEKDAYS.iter().position(|name| {
        *name == word
            || *name == word.trim_end_matches('s')
            || (word.len() >= 3 && word.len() <= 5 && name.starts_with(word))
    })?;
    u32::try_from(found).ok()
}

/// `first`, `third`, `3rd`, `last` (-1).
pub(super) fn ordinal(word: &str) -> Option<i32> {
    let named = ["first", "second", "third", "fourth", "fifth", "sixth"].iter().position(|name| *name == word);
    if let Some(found) = named {
        return i32::try_from(found + 1).ok();
    }
    if word == "last" {
        return Some(-1);
    }
    let digits = word.strip_suffix("st").or(word.strip_suffix("nd")).or(word.strip_suffix("rd"));
    digits.or(word.strip_suffix("th"))?.parse().ok().filter(|number| (1..=6).contains(number))
}

/// `15`, `fifteen`.
pub(super) fn number(word: &str) -> Option<u32> {
    const WORDS: [(&str, u32); 12] = [
        ("one", 1),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("ten", 10),
        ("fifteen", 15),
        ("twenty", 20),
        ("thirty", 30),
        ("sixty", 60),
    ];
    let named = WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value);
    named.or_else(|| word.parse().ok()).filter(|number| *number < 10_000)
}

/// A date as read: the year may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WrittenDate {
    pub day: u32,
    pub month: u32,
    pub year: Option<i32>,
}

impl WrittenDate {
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day)
    }
}

impl Reader<'_> {
    /// `6 March 2026`, `Friday 6 March 2026`, `6 March`, `6/3/2026`, `2026-03-06`. `None`: no date stands here, and
    /// nothing was read.
    ///
    /// # Errors
    /// A date that the calendar does not have, or a weekday that is another one.
    pub fn written_date(&mut self) -> Result<Option<WrittenDate>, PatternError> {
        let start = self.at;
        let weekday = weekday(self.peek(0));
        if weekday.is_some() {
            self.at += 1;
            self.took("the");
        }
        let at = self.at;
        let Some(written) = self.bare_date() else {
            self.at = start;
            return Ok(None);
        };
        // A day of February is asked of a leap year where no year is given.
        let Some(date) = Date::new(written.year.unwrap_or(2024), written.month, written.day) else {
            return Err(self.error_at(
                at,
                "the calendar does not have this date",
                "Look at the date again: 6 March 2026",
            ));
        };
        if let Some(weekday) = weekday {
            if written.year.is_none() {
                let next =
                    format!("Write the year too: {} {} {}", weekday_name(weekday), date.day(), date.month_name());
                return Err(self.error_at(start, "a weekday with a date needs the year", format!("{next} 2026")));
            }
            if date.weekday() != weekday {
                let why = format!("{} is a {}", date.plain(), date.weekday_name());
                return Err(self.error_at(start, why, "Look at the date or the weekday again"));
            }
        }
        Ok(Some(written))
    }

    /// A date with its year.
    ///
    /// # Errors
    /// No date stands here, or one without a year.
    pub fn full_date(&mut self) -> Result<Date, PatternError> {
        let at = self.at;
        let example = "Write the date in full: Friday 6 March 2026";
        let written = self.written_date()?.ok_or_else(|| self.error_at(at, "a date is expected here", example))?;
        written.date().ok_or_else(|| self.error_at(at, "the date has no year", example))
    }

    fn bare_date(&mut self) -> Option<WrittenDate> {
        let first = self.peek(0).to_owned();
        if let Ok(date) = first.parse::<Date>() {
            self.at += 1;
            return Some(WrittenDate { day: date.day(), month: date.month(), year: Some(date.year()) });
        }
        let parts: Vec<&str> = first.split(['/', '.']).collect();
        if let [day, month, year] = parts[..] {
            let (day, month) = (day.parse().ok()?, month.parse().ok()?);
            let year: i32 = year.parse().ok()?;
            self.at += 1;
            return Some(WrittenDate { day, month, year: Some(if year < 100 { 2000 + year } else { year }) });
        }
        let digits = first.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let day: u32 =
            digits.parse().ok().filter(|_| ["", "st", "nd", "rd", "th"].contains(&&first[digits.len()..]))?;
        let of = usize::from(self.peek(1) == "of");
        let month = month(self.peek(1 + of))?;
        let year = self.peek(2 + of).parse::<i32>().ok().filter(|year| (1900..=2200).contains(year));
        self.at += 2 + of + usize::from(year.is_some());
        Some(WrittenDate { day, month, year })
    }
}
