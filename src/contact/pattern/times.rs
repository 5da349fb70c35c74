//! Times and days: `Friday 5 pm to Sunday 5 pm`, `from school to 7 pm`, `from 10 am on 24 December to 3 pm on 25 December`.

use super::dates::{number, weekday};
use super::error::PatternError;
use super::reader::Reader;
use super::{Day, Point, Span, Time};
use crate::model::TimeOfDay;

const EXAMPLE: &str = "Write it like: Friday 5 pm to Sunday 5 pm; from 10 am to 6 pm; from school to 7 pm; from school on \
                       Friday to school on Monday; 10 am on 24 December to 3 pm on 25 December";

/// Days in a school holiday, as an order names them.
const HOLIDAY_DAYS: [(&str, Day); 9] = [
    ("last day of term", Day::LastOfTerm),
    ("last day of school", Day::LastOfTerm),
    ("first day of term", Day::FirstOfTerm),
    ("first day of school", Day::FirstOfTerm),
    ("first day", Day::First),
    ("middle day", Day::Middle),
    ("last day", Day::Last),
    ("end of term", Day::LastOfTerm),
    ("start of term", Day::FirstOfTerm),
];

/// A point as far as it is read.
#[derive(Default)]
struct Half {
    day: Option<Day>,
    time: Option<Time>,
}

impl Reader<'_> {
    /// Whether a point in time may begin here.
    pub fn at_a_point(&self) -> bool {
        let word = self.peek(0);
        matches!(word, "from" | "between" | "school" | "noon" | "midday" | "midnight" | "at")
            || weekday(word).is_some()
            || starts_with_digit(word)
            || (word == "the" && matches!(self.peek(1), "end" | "start" | "last" | "first" | "middle"))
    }

    /// `[from] POINT to POINT`, or `between TIME and TIME`.
    ///
    /// # Errors
    /// A point that cannot be read, or only one of them.
    pub fn span(&mut self) -> Result<Span, PatternError> {
        let between = self.took("between");
        self.took("from");
        let start = self.at;
        let first = self.point()?;
        let joined = if between { self.took("and") } else { self.took_any(&["to", "until", "till"]) };
        if !joined {
            return Err(self.error("the time at which it ends is missing here", EXAMPLE));
        }
        let second = self.point()?;
        let Some(from) = first.time else {
            return Err(self.error_at(start, "the time at which it starts is missing", EXAMPLE));
        };
        let Some(until) = second.time else {
            return Err(self.error_at(self.at.saturating_sub(1), "the time at which it ends is missing", EXAMPLE));
        };
        let start = Point { day: first.day.unwrap_or(Day::Same), time: from };
        Ok(Span { start, end: Point { day: second.day.unwrap_or(Day::Same), time: until } })
    }

    /// A point with its time.
    ///
    /// # Errors
    /// No time.
    pub fn timed_point(&mut self) -> Result<Point, PatternError> {
        let at = self.at;
        let half = self.point()?;
        let time = half.time.ok_or_else(|| self.error_at(at, "a time is expected here", EXAMPLE))?;
        Ok(Point { day: half.day.unwrap_or(Day::Same), time })
    }

    fn point(&mut self) -> Result<Half, PatternError> {
        let mut half = Half::default();
        let start = self.at;
        loop {
            let before = self.at;
            self.skip(&["on", "at", "the"]);
            if half.time.is_none()
                && let Some(time) = self.time()?
            {
                half.time = Some(time);
            } else if half.day.is_none()
                && let Some(day) = self.day()?
            {
                if matches!(day, Day::LastOfTerm | Day::FirstOfTerm)
                    && half.time.is_none()
                    && matches!(self.words[self.at - 3].text.as_str(), "end" | "start")
                {
                    half.time = Some(Time::School(None));
                }
                half.day = Some(day);
            } else {
                self.at = before;
                break;
            }
        }
        if half.time.is_none() && half.day.is_none() {
            return Err(self.error_at(start, "this is no time that is understood", EXAMPLE));
        }
        Ok(half)
    }

    fn day(&mut self) -> Result<Option<Day>, PatternError> {
        if let Some(day) = self.took_one(&HOLIDAY_DAYS) {
            self.skip(&["of the holiday", "of the half-term", "of it"]);
            return Ok(Some(day));
        }
        if self.took_any(&["next day", "following day", "next morning", "day after"]) {
            return Ok(Some(Day::Later(1)));
        }
        if self.took("same day") {
            return Ok(Some(Day::Same));
        }
        if matches!(self.peek(1), "days" | "nights")
            && self.peek(2) == "later"
            && let Some(days) = number(self.peek(0)).filter(|days| (1..=60).contains(days))
        {
            self.at += 3;
            return Ok(Some(Day::Later(days)));
        }
        if let Some(written) = self.written_date()? {
            return Ok(Some(Day::Date(written.day, written.month, written.year)));
        }
        if let Some(weekday) = weekday(self.peek(0)) {
            self.at += 1;
            return Ok(Some(Day::Weekday(weekday)));
        }
        Ok(None)
    }

    /// `5 pm`, `5.30pm`, `17:00`, `noon`, `school`, `school or 9 am`. `None`: none stands here.
    ///
    /// # Errors
    /// An hour that can be in the morning or in the evening.
    fn time(&mut self) -> Result<Option<Time>, PatternError> {
        if self.took_any(&[
            "end of the school day",
            "start of the school day",
            "end of school",
            "start of school",
            "school",
        ]) {
            if !self.took("or") {
                return Ok(Some(Time::School(None)));
            }
            let instead = self.clock()?;
            let why = "the time that counts where there is no school is expected here";
            let instead = instead.ok_or_else(|| self.error(why, "Write it like: from school or 10 am on Friday"))?;
            self.skip(&["where there is no school", "on a day without school"]);
            return Ok(Some(Time::School(Some(instead))));
        }
        Ok(self.clock()?.map(Time::At))
    }

    /// A time by the clock.
    ///
    /// # Errors
    /// As [`Reader::time`].
    pub fn clock(&mut self) -> Result<Option<TimeOfDay>, PatternError> {
        if self.took_any(&["12 noon", "noon", "midday", "12 midday"]) {
            return Ok(TimeOfDay::new(12, 0, 0));
        }
        if self.took_any(&["12 midnight", "midnight"]) {
            return Ok(TimeOfDay::new(0, 0, 0));
        }
        let word = self.peek(0).to_owned();
        let (digits, half) = match word.find(|c: char| c.is_ascii_alphabetic()) {
            Some(at) => word.split_at(at),
            None => (word.as_str(), ""),
        };
        let (hour, minute) = digits.split_once([':', '.']).unwrap_or((digits, ""));
        let (Ok(hour), Ok(minute)) =
            (hour.parse::<u32>(), if minute.is_empty() { Ok(0) } else { minute.parse::<u32>() })
        else {
            return Ok(None);
        };
        let half = match (half.replace('.', "").as_str(), self.peek(1)) {
            ("am" | "pm", _) => half.starts_with('p'),
            ("", next @ ("am" | "pm")) => {
                self.at += 1;
                next == "pm"
            }
            ("", _) if digits.len() >= 4 && digits.contains([':', '.']) => return self.full_day(digits, hour, minute),
            ("", next) if (1..=12).contains(&hour) && minute == 0 && ends_a_time(next) => {
                let next = format!("Write {digits} am or {digits} pm, or by 24 hours: 17:00");
                return Err(self.error("the hour can be in the morning or in the afternoon", next));
            }
            _ => return Ok(None),
        };
        let time = (1..=12).contains(&hour).then(|| TimeOfDay::new(hour % 12 + if half { 12 } else { 0 }, minute, 0));
        let time = time.flatten().ok_or_else(|| self.error("no clock shows this time", EXAMPLE))?;
        self.at += 1;
        Ok(Some(time))
    }

    /// A time without am or pm: only where the clock of 24 hours is plain.
    fn full_day(&mut self, digits: &str, hour: u32, minute: u32) -> Result<Option<TimeOfDay>, PatternError> {
        if digits.matches(['.', ':']).count() > 1 {
            return Ok(None);
        }
        let plain = hour > 12 || digits.starts_with('0') || hour == 10 || hour == 11;
        if !plain {
            let next = format!("Write {digits} am or {digits} pm, or by 24 hours: 17:30");
            return Err(self.error("the time can be in the morning or in the afternoon", next));
        }
        let time = TimeOfDay::new(hour, minute, 0).ok_or_else(|| self.error("no clock shows this time", EXAMPLE))?;
        self.at += 1;
        Ok(Some(time))
    }
}

/// Such a word follows a time, and never the day of a date.
fn ends_a_time(word: &str) -> bool {
    matches!(word, "" | "," | "to" | "until" | "till" | "and" | "on") || weekday(word).is_some()
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}
