//! The many ways a date and a time of day are written in tables of calls.

use crate::intake::date_order::{Shape, Year};
use crate::model::when::Precision;
use crate::model::{Date, Instant, TimeOfDay};

/// A moment as it is written, before it is known which number is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Milliseconds or seconds since 1970, in UTC.
    Counted(Instant),
    /// A date and perhaps a time.
    Calendar { date: Calendar, clock: Option<(TimeOfDay, Precision)>, offset: Option<i32> },
}

/// A date as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    /// It has one reading.
    Sure(Date),
    /// Three numbers.
    Numbers { numbers: [u16; 3], shape: Shape, american: bool },
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Zones whose letters mean one thing only, in minutes before UTC. (IST is Irish and Indian, so it is not here.)
const ZONES: [(&str, i32); 8] =
    [("z", 0), ("utc", 0), ("gmt", 0), ("bst", 60), ("cet", 60), ("cest", 120), ("wet", 0), ("west", 60)];
/// Longer texts are no moments.
const LONGEST: usize = 80;

/// Reads what stands in a cell. `None`: no date is written there.
pub(super) fn read(text: &str) -> Option<Written> {
    let text = text.trim().trim_start_matches('\'');
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return figures(text);
    }
    let mut found = Found::default();
    let spaced = apart(text);
    for token in spaced.split_whitespace() {
        found.take(token)?;
    }
    found.whole()
}

/// Commas are spaces, and the `T` between date and time too.
fn apart(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    text.char_indices()
        .map(|(at, letter)| match letter {
            ',' | '@' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            'T' if digit(at.checked_sub(1)) && digit(Some(at + 1)) => ' ',
            letter => letter,
        })
        .collect()
}

fn figures(text: &str) -> Option<Written> {
    let number: i64 = text.parse().ok()?;
    let counted = |millis: i64| Some(Written::Counted(Instant(millis)));
    match text.len() {
        10 => counted(number * 1000),
        13 => counted(number),
        16 => counted(number / 1000),
        8 | 12 | 14 if text.starts_with("19") || text.starts_with("20") => {
            let part = |from: usize, until: usize| text.get(from..until).and_then(|part| part.parse::<u32>().ok());
            let date = Date::new(i32::try_from(part(0, 4)?).ok()?, part(4, 6)?, part(6, 8)?)?;
            let clock = match (part(8, 10), part(10, 12)) {
                (Some(hour), Some(minute)) => {
                    let second = part(12, 14);
                    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
                    Some((TimeOfDay::new(hour, minute, second.unwrap_or(0))?, precision))
                }
                _ => None,
            };
            Some(Written::Calendar { date: Calendar::Sure(date), clock, offset: None })
        }
        _ => None,
    }
}

/// What was met so far.
#[derive(Debug, Default)]
struct Found {
    numbers: Option<([u16; 3], char, Year)>,
    unpadded: bool,
    month: Option<u32>,
    day: Option<u32>,
    year: Option<i32>,
    clock: Option<(u32, u32, Option<u32>)>,
    afternoon: Option<bool>,
    capitals: bool,
    offset: Option<i32>,
}

impl Found {
    /// Takes one word; `None`: it has no place in a moment.
    fn take(&mut self, token: &str) -> Option<()> {
        let lower = token.to_lowercase();
        let lower = lower.trim_end_matches('.');
        if matches!(lower, "" | "at" | "-" | "–" | "um" | "of") || WEEKDAYS.iter().any(|day| is_word(lower, day, 6)) {
            return Some(());
        }
        if let Some(month) = (1..).zip(MONTHS).find(|(_, name)| is_word(lower, name, 6)).map(|(number, _)| number) {
            self.month = Some(month);
            return Some(());
        }
        if matches!(lower, "am" | "pm" | "a.m" | "p.m") {
            return self.half(lower, token);
        }
        if token.contains(':') && token.starts_with(|c: char| c.is_ascii_digit()) {
            return self.clock(token);
        }
        if let Some(offset) = zone(lower) {
            self.offset = Some(offset);
            return Some(());
        }
        self.date(lower)
    }

    fn half(&mut self, lower: &str, token: &str) -> Option<()> {
        self.afternoon = Some(lower.starts_with('p'));
        self.capitals = token.starts_with(['A', 'P']);
        Some(())
    }

    /// `17:04`, `5:04:05pm`, `17:04:05.120+01:00`.
    fn clock(&mut self, token: &str) -> Option<()> {
        let end = token.find(|c: char| !(c.is_ascii_digit() || c == ':')).unwrap_or(token.len());
        let (digits, rest) = token.split_at(end);
        let mut parts = digits.split(':').map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 2));
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = match parts.next() {
            Some(second) => Some(second?),
            None => None,
        };
        if parts.next().is_some() || self.clock.is_some() {
            return None;
        }
        self.clock = Some((hour, minute, second));
        let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        match rest {
            "" => Some(()),
            rest => {
                let lower = rest.to_lowercase();
                if matches!(lower.as_str(), "am" | "pm") {
                    return self.half(&lower, rest);
                }
                self.offset = Some(zone(&lower)?);
                Some(())
            }
        }
    }

    /// `18/09/2026`, `2026-09-18`, `18-Sep-26`, or one of its numbers.
    fn date(&mut self, lower: &str) -> Option<()> {
        let between = lower.chars().find(|letter| matches!(letter, '/' | '-' | '.'));
        let Some(between) = between else { return self.lone_number(lower) };
        let parts: Vec<&str> = lower.split(between).collect();
        let [first, second, third] = parts[..] else { return None };
        if let Some(month) = (1..).zip(MONTHS).find(|(_, name)| is_word(second, name, 6)).map(|(number, _)| number) {
            self.month = Some(month);
            self.lone_number(first)?;
            return self.lone_number(third);
        }
        let number = |part: &str| part.parse::<u16>().ok().filter(|_| part.len() <= 4);
        let numbers = [number(first)?, number(second)?, number(third)?];
        let year = match (first.len(), second.len(), third.len()) {
            (4, 1 | 2, 1 | 2) => Year::First,
            (1 | 2, 1 | 2, 4) => Year::LastFour,
            (1 | 2, 1 | 2, 2) => Year::LastTwo,
            _ => return None,
        };
        self.unpadded = first.len() == 1 || second.len() == 1;
        self.numbers = Some((numbers, between, year));
        Some(())
    }

    /// A day or a year beside the name of a month: `18`, `18th`, `2026`, `26`.
    fn lone_number(&mut self, word: &str) -> Option<()> {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if !matches!(&word[digits.len()..], "" | "st" | "nd" | "rd" | "th") {
            return None;
        }
        let number: u32 = digits.parse().ok()?;
        match digits.len() {
            1 | 2 if self.day.is_none() => self.day = Some(number),
            2 if self.year.is_none() => self.year = Some(2000 + i32::try_from(number).ok()?),
            4 if self.year.is_none() => self.year = Some(i32::try_from(number).ok()?),
            _ => return None,
        }
        Some(())
    }

    fn whole(self) -> Option<Written> {
        let twelve = self.afternoon.is_some();
        let clock = match self.clock {
            None if twelve => return None,
            None => None,
            Some((hour, minute, second)) => {
                let hour = match self.afternoon {
                    Some(_) if !(1..=12).contains(&hour) => return None,
                    Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
                    None => hour,
                };
                let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
                Some((TimeOfDay::new(hour, minute, second.unwrap_or(0))?, precision))
            }
        };
        let date = match (self.numbers, self.month) {
            (Some((numbers, between, year)), None) if self.day.is_none() && self.year.is_none() => {
                let shape = Shape { between, twelve, year, either_way: true };
                Calendar::Numbers { numbers, shape, american: self.capitals && self.unpadded }
            }
            (None, Some(month)) => Calendar::Sure(Date::new(self.year?, month, self.day?)?),
            _ => return None,
        };
        Some(Written::Calendar { date, clock, offset: self.offset })
    }
}

/// `sep`, `sept`, `september` for `sep`.
fn is_word(word: &str, begins: &str, more: usize) -> bool {
    word.starts_with(begins) && word.len() <= begins.len() + more && word.chars().all(|c| c.is_ascii_alphabetic())
}

/// `z`, `bst`, `gmt+01:00`, `+0100`.
fn zone(lower: &str) -> Option<i32> {
    if let Some((_, minutes)) = ZONES.iter().find(|(name, _)| *name == lower) {
        return Some(*minutes);
    }
    let rest = lower.strip_prefix("gmt").or_else(|| lower.strip_prefix("utc")).unwrap_or(lower);
    let (sign, digits) = match rest.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = digits.get(..2)?.parse().ok()?;
    let minutes: i32 = digits.get(2..).filter(|rest| !rest.is_empty()).map_or(Some(0), |rest| rest.parse().ok())?;
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        match read(text) {
            None => "none".to_owned(),
            Some(Written::Counted(at)) => format!("{}", at.0),
            Some(Written::Calendar { date, clock, offset }) => {
                let date = match date {
                    Calendar::Sure(date) => date.to_string(),
                    Calendar::Numbers { numbers, shape, .. } => format!("{numbers:?} {:?}", shape.year),
                };
                let clock = clock.map(|(time, precision)| {
                    format!(" {:02}:{:02}:{:02} {precision:?}", time.hour, time.minute, time.second)
                });
                format!("{date}{}{}", clock.unwrap_or_default(), offset.map(|at| format!(" {at}")).unwrap_or_default())
            }
        }
    }

    #[test]
    fn moments_in_many_spellings() {
        for (text, expected) in [
            ("1789747445000", "1789747445000"),
            ("1789747445", "1789747445000"),
            ("20260918170405", "2026-09-18 17:04:05 Second"),
            ("20260918", "2026-09-18"),
            ("18/09/2026 17:04", "[18, 9, 2026] LastFour 17:04:00 Minute"),
            ("18/09/26, 5:04:05 pm", "[18, 9, 26] LastTwo 17:04:05 Second"),
            ("9/18/2026 5:04 PM", "[9, 18, 2026] LastFour 17:04:00 Minute"),
            ("2026-09-18 17:04:05", "[2026, 9, 18] First 17:04:05 Second"),
            ("2026-09-18T17:04:05Z", "[2026, 9, 18] First 17:04:05 Second 0"),
            ("2026-09-18T17:04:05.120+01:00", "[2026, 9, 18] First 17:04:05 Second 60"),
            ("18 Sep 2026 17:04:05", "2026-09-18 17:04:05 Second"),
            ("18-Sep-26 17:04", "2026-09-18 17:04:00 Minute"),
            ("Sep 18, 2026 5:04:05 PM", "2026-09-18 17:04:05 Second"),
            ("Friday, 18th September 2026 at 17:04", "2026-09-18 17:04:00 Minute"),
            ("Fri Sep 18 17:04:05 GMT+01:00 2026", "2026-09-18 17:04:05 Second 60"),
            ("Fri Sep 18 17:04:05 BST 2026", "2026-09-18 17:04:05 Second 60"),
            ("18.09.2026 17:04", "[18, 9, 2026] LastFour 17:04:00 Minute"),
            ("12 Jan 2026 12:05 am", "2026-01-12 00:05:00 Minute"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_moment() {
        for text in [
            "",
            "Total",
            "12.50",
            "07700 900123",
            "07700900123",
            "+447700900123",
            "17:04",
            "18/09/2026 25:04",
            "18/09/2026 13:04 pm",
            "31 Feb 2026",
            "18/09/2026 17:04 IST",
            "Fri Sep 18 2026 18 17:04",
            "20261318170405",
            "1/2/3/4",
            "é18",
        ] {
            assert_eq!(shown(text), "none", "{text}");
        }
    }
}
