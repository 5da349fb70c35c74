//! Taking apart a date or time as somebody typed it, before "today" or a zone is thought of.

use super::TimeOfDay;

/// What was typed, part by part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Typed {
    /// Which day.
    pub day: Option<Day>,
    /// A weekday that stands beside a date.
    pub weekday: Option<u32>,
    /// Which time.
    pub clock: Option<Clock>,
    /// Whose time.
    pub zone: Option<ZoneWord>,
    /// Which of the two hours of an autumn night.
    pub pass: Option<Pass>,
    /// `5 to`, `in the morning`: the half of the day, where a word says it.
    half: Option<Half>,
    day_number: Option<u32>,
    month: Option<u32>,
    year: Option<Year>,
}

/// Which day was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Full {
        year: Year,
        month: u32,
        day: u32,
    },
    NoYear {
        month: u32,
        day: u32,
    },
    Weekday(u32),
    LastWeekday(u32),
    /// Days from today: 0 is today, -1 yesterday.
    FromToday(i64),
    /// Days from the day the field belongs to: `next day`.
    FromNear(i64),
    Now,
}

/// A year in two or four figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Four(i32),
    Two(i32),
}

/// A time, or the two it could be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub time: TimeOfDay,
    /// The other half of the day would do as well: nobody said am or pm.
    pub either_half: bool,
    pub with_seconds: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZoneWord {
    Bst,
    Gmt,
    London,
    /// Minutes east of UTC.
    Offset(i32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    First,
    Second,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
    /// `afternoon`: noon to midnight, 12 being noon.
    Afternoon,
    /// `evening`, `night`: before midnight.
    Night,
}

/// Why it cannot be taken apart, and what to write instead.
pub(super) type Refusal = (String, String);

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const NUMBERS: [&str; 12] =
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
pub(super) const EXAMPLES: &str =
    "Write it like “6 March 2026 5pm”, “Fri 6 Mar 2026, 17:00”, “6/3/26 5.30pm”, “yesterday 5pm” or “last Friday”";
/// Longer than any date; more is text that belongs in another field.
const LONGEST: usize = 120;

/// Takes `words` apart.
pub(super) fn take_apart(words: &str) -> Result<Typed, Refusal> {
    if words.trim().is_empty() {
        return Err(("nothing was written".into(), format!("{EXAMPLES}.")));
    }
    if words.len() > LONGEST {
        return Err(("it is too long for a date".into(), format!("{EXAMPLES}.")));
    }
    let atoms = atoms(words)?;
    let mut reader = Reader { atoms: &atoms, at: 0, typed: Typed::default(), clock: None };
    while reader.at < atoms.len() {
        reader.step()?;
    }
    reader.finish()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Atom {
    /// Digits with what joins them: `6/3/26`, `17:00`.
    Number(String),
    /// `+01:00` or `-05:00` behind a time.
    Offset(String),
    Word(String),
}

fn atoms(words: &str) -> Result<Vec<Atom>, Refusal> {
    let plain =
        words.to_lowercase().replace("a.m", "am").replace("p.m", "pm").replace(['\'', '’', '‘', ',', '(', ')'], " ");
    let plain = plain.replace("o clock", "oclock");
    let mut atoms = Vec::new();
    let mut letters = plain.chars().peekable();
    while let Some(&first) = letters.peek() {
        let mut run = String::new();
        if first.is_alphabetic() {
            while let Some(letter) = letters.next_if(|letter| letter.is_alphabetic()) {
                run.push(letter);
            }
            atoms.push(Atom::Word(run));
        } else if first.is_ascii_digit() || "/.:-".contains(first) {
            while let Some(letter) = letters.next_if(|letter| letter.is_ascii_digit() || "/.:-".contains(*letter)) {
                run.push(letter);
            }
            push_number(&mut atoms, &run);
        } else if first == '+' {
            letters.next();
            run.push('+');
            while let Some(letter) = letters.next_if(|letter| letter.is_ascii_digit() || *letter == ':') {
                run.push(letter);
            }
            atoms.push(Atom::Offset(run));
        } else if first.is_whitespace() {
            letters.next();
        } else {
            return Err((format!("“{first}” has no place in a date"), format!("{EXAMPLES}.")));
        }
    }
    Ok(atoms)
}

/// A dash behind a time begins an offset; dashes and stops at the ends only join words.
fn push_number(atoms: &mut Vec<Atom>, run: &str) {
    let number = run.trim_matches(['-', '.', '/', ':']);
    if number.is_empty() {
        return;
    }
    match number.split_once('-') {
        Some((time, offset)) if time.contains(':') => {
            atoms.push(Atom::Number(time.to_owned()));
            atoms.push(Atom::Offset(format!("-{offset}")));
        }
        _ => atoms.push(Atom::Number(number.to_owned())),
    }
}

/// Hour and minute as typed, before am or pm.
#[derive(Debug, Clone, Copy)]
struct RawClock {
    hour: u32,
    minute: u32,
    second: Option<u32>,
    /// Two figures for the hour, or a word that leaves no doubt: a 24-hour clock.
    full_day: bool,
}

struct Reader<'a> {
    atoms: &'a [Atom],
    at: usize,
    typed: Typed,
    clock: Option<RawClock>,
}

impl Reader<'_> {
    fn step(&mut self) -> Result<(), Refusal> {
        match self.atoms[self.at].clone() {
            Atom::Number(number) => self.number(&number),
            Atom::Offset(offset) => {
                self.at += 1;
                let minutes = offset_minutes(&offset)
                    .ok_or_else(|| (format!("“{offset}” is no time zone"), "Write it like +01:00.".to_owned()))?;
                self.set_zone(ZoneWord::Offset(minutes))
            }
            Atom::Word(word) => self.word(&word),
        }
    }

    fn peek(&self, ahead: usize) -> Option<&str> {
        match self.atoms.get(self.at + ahead) {
            Some(Atom::Word(word)) => Some(word),
            _ => None,
        }
    }

    /// Takes the next word if it is one of these.
    fn took(&mut self, words: &[&str]) -> bool {
        let took = self.peek(0).is_some_and(|word| words.contains(&word));
        self.at += usize::from(took);
        took
    }

    fn number(&mut self, number: &str) -> Result<(), Refusal> {
        self.at += 1;
        if number.contains(':') {
            let raw = clock_of(number, ':').ok_or_else(|| no_time(number))?;
            return self.set_clock(raw);
        }
        let parts: Vec<&str> = number.split(['/', '.', '-']).collect();
        match parts[..] {
            [first, second, third] => self.figures(number, first, second, third),
            [day, month] if number.contains('/') => {
                let (day, month) = (figure(day)?, figure(month)?);
                check_month(day, month, None)?;
                self.set_day(Day::NoYear { month, day })
            }
            [_, minute] if number.contains('.') && minute.len() == 2 => {
                let raw = clock_of(number, '.').ok_or_else(|| no_time(number))?;
                self.set_clock(raw)
            }
            [_] => self.bare_number(number),
            _ => Err((format!("“{number}” is neither a date nor a time"), format!("{EXAMPLES}."))),
        }
    }

    /// `6/3/26` and `2026-03-06`. Day first, as it is written here; a year of four figures may lead.
    fn figures(&mut self, all: &str, first: &str, second: &str, third: &str) -> Result<(), Refusal> {
        if first.len() == 4 {
            let (year, month, day) = (figure(first)?, figure(second)?, figure(third)?);
            let year = Year::Four(i32::try_from(year).unwrap_or_default());
            // Nobody writes year, day, month; but say so rather than "no month 25".
            check_month(day, month, None)?;
            // `T` between date and time, as machines write.
            if self.peek(0) == Some("t") {
                self.at += 1;
            }
            return self.set_day(Day::Full { year, month, day });
        }
        let (day, month) = (figure(first)?, figure(second)?);
        let year = year_of(third)
            .ok_or_else(|| (format!("“{third}” is no year"), "Write the year with two or four figures.".to_owned()))?;
        check_month(day, month, Some((all, first, second, third)))?;
        self.set_day(Day::Full { year, month, day })
    }

    fn bare_number(&mut self, number: &str) -> Result<(), Refusal> {
        let value = figure(number)?;
        match self.peek(0) {
            Some("am" | "pm") => {
                let (hour, minute) = if number.len() > 2 { (value / 100, value % 100) } else { (value, 0) };
                self.set_clock(RawClock { hour, minute, second: None, full_day: false })
            }
            Some("noon" | "midday" | "midnight") if value == 12 => Ok(()),
            Some("oclock") => {
                self.at += 1;
                self.set_clock(RawClock { hour: value, minute: 0, second: None, full_day: false })
            }
            Some("hrs" | "hours" | "h") if number.len() == 4 => {
                self.at += 1;
                let (hour, minute) = (value / 100, value % 100);
                self.set_clock(RawClock { hour, minute, second: None, full_day: true })
            }
            Some("past" | "to" | "minutes") => self.past_or_to(value),
            Some("day" | "days" | "week" | "weeks") => self.ago(value),
            Some("st" | "nd" | "rd" | "th") => {
                self.at += 1;
                self.set_day_number(value)
            }
            next if self.follows_at() && number.len() <= 2 && next.and_then(month).is_none() => {
                self.set_clock(RawClock { hour: value, minute: 0, second: None, full_day: false })
            }
            _ => self.day_or_year(number, value),
        }
    }

    /// `at 4`: the number just taken is an hour.
    fn follows_at(&self) -> bool {
        self.at >= 2 && matches!(&self.atoms[self.at - 2], Atom::Word(word) if word == "at")
    }

    fn day_or_year(&mut self, number: &str, value: u32) -> Result<(), Refusal> {
        let month_follows = self.peek(0).is_some_and(|word| month(word).is_some())
            || (self.peek(0) == Some("of") && self.peek(1).is_some_and(|word| month(word).is_some()));
        let has_month = self.typed.month.is_some() || month_follows;
        if number.len() <= 2 && self.typed.day_number.is_none() && has_month {
            return self.set_day_number(value);
        }
        if self.typed.month.is_some()
            && self.typed.year.is_none()
            && let Some(year) = year_of(number)
        {
            self.typed.year = Some(year);
            return Ok(());
        }
        let next = "Write 5pm or 17:00 for a time, 6 March 2026 for a day.";
        Err((format!("it does not say what “{number}” is"), next.to_owned()))
    }

    fn word(&mut self, word: &str) -> Result<(), Refusal> {
        self.at += 1;
        if let Some(month) = month(word) {
            if self.typed.month.replace(month).is_some() {
                return Err(two("months"));
            }
            return Ok(());
        }
        if let Some(weekday) = weekday(word) {
            return self.set_weekday(weekday);
        }
        match word {
            "at" | "on" | "the" | "of" | "in" | "and" | "time" => Ok(()),
            "am" | "a" if self.clock.is_some() => self.set_half(Half::Am),
            "pm" | "p" if self.clock.is_some() => self.set_half(Half::Pm),
            "morning" => self.set_half(Half::Am),
            "afternoon" => self.set_half(Half::Afternoon),
            "evening" | "night" => self.set_half(Half::Night),
            "today" => self.set_day(Day::FromToday(0)),
            "yesterday" => self.set_day(Day::FromToday(-1)),
            "tomorrow" => self.set_day(Day::FromToday(1)),
            "now" => self.set_day(Day::Now),
            "tonight" => {
                self.set_half(Half::Night)?;
                self.set_day(Day::FromToday(0))
            }
            "this" if self.peek(0).is_some_and(|next| ["morning", "afternoon", "evening"].contains(&next)) => {
                self.set_day(Day::FromToday(0))
            }
            "last" => self.last(),
            "next" if self.took(&["day"]) => self.set_day(Day::FromNear(1)),
            "next" | "this" | "coming" => {
                let why = format!("“{word}” can mean two different days");
                Err((why, "Write the date, such as 6 March 2026.".into()))
            }
            "day" if self.took(&["before"]) => self.set_day(Day::FromNear(-1)),
            "day" if self.took(&["after"]) => self.set_day(Day::FromNear(1)),
            "same" if self.took(&["day"]) => self.set_day(Day::FromNear(0)),
            "noon" | "midday" => self.set_clock(RawClock { hour: 12, minute: 0, second: None, full_day: true }),
            "midnight" => self.set_clock(RawClock { hour: 0, minute: 0, second: None, full_day: true }),
            "half" => self.half_past(),
            "quarter" => self.past_or_to(15),
            "a" if self.peek(0) == Some("week") => self.ago(1),
            "a" if self.peek(0) == Some("quarter") => Ok(()),
            "bst" => self.set_zone(ZoneWord::Bst),
            "gmt" => self.set_zone(ZoneWord::Gmt),
            "london" | "uk" => self.set_zone(ZoneWord::London),
            "z" | "utc" => self.set_zone(ZoneWord::Offset(0)),
            "first" => self.set_pass(Pass::First),
            "second" => self.set_pass(Pass::Second),
            "about" | "around" | "approx" | "approximately" | "roughly" | "circa" | "ish" => {
                let next = "Write the time alone, and say in your own words that it is about right.";
                Err((format!("“{word}” cannot be kept as part of a time"), next.to_owned()))
            }
            _ => self.spoken(word),
        }
    }

    /// `five pm`, `ten past five`, `two days ago`, `twenty-five to six`.
    fn spoken(&mut self, word: &str) -> Result<(), Refusal> {
        let Some(mut value) = number_word(word) else {
            return Err((format!("“{word}” is no part of a date that Daybook knows"), format!("{EXAMPLES}.")));
        };
        if value == 20
            && let Some(ones @ 1..=9) = self.peek(0).and_then(number_word)
        {
            value += ones;
            self.at += 1;
        }
        match self.peek(0) {
            Some("past" | "to" | "minutes") => self.past_or_to(value),
            Some("day" | "days" | "week" | "weeks") => self.ago(value),
            _ => {
                self.took(&["oclock"]);
                self.set_clock(RawClock { hour: value, minute: 0, second: None, full_day: false })
            }
        }
    }

    /// `half past five`, and `half five`, which here is half an hour after five.
    fn half_past(&mut self) -> Result<(), Refusal> {
        self.took(&["past"]);
        let hour = self.spoken_hour()?;
        self.set_clock(RawClock { hour, minute: 30, second: None, full_day: false })
    }

    fn past_or_to(&mut self, minutes: u32) -> Result<(), Refusal> {
        self.took(&["minutes"]);
        let to = self.took(&["to"]);
        if (!to && !self.took(&["past"])) || !(1..=59).contains(&minutes) {
            return Err(("the minutes have no hour".into(), "Write it like 5.10pm or “ten past five pm”.".into()));
        }
        let hour = self.spoken_hour()?;
        let (hour, minute) = if to { ((hour + 10) % 12 + 1, 60 - minutes) } else { (hour, minutes) };
        self.set_clock(RawClock { hour, minute, second: None, full_day: false })
    }

    fn spoken_hour(&mut self) -> Result<u32, Refusal> {
        let hour = match self.atoms.get(self.at) {
            Some(Atom::Number(number)) => number.parse().ok(),
            Some(Atom::Word(word)) => number_word(word),
            _ => None,
        };
        self.at += 1;
        hour.filter(|hour| (1..=12).contains(hour))
            .ok_or_else(|| ("the hour is missing".into(), "Write it like 5.30pm or “half past five pm”.".into()))
    }

    fn ago(&mut self, count: u32) -> Result<(), Refusal> {
        let days = if self.took(&["week", "weeks"]) { 7 } else { 1 };
        self.took(&["day", "days"]);
        if !self.took(&["ago"]) {
            return Err(("it names days, but from when".into(), "Write it like “3 days ago”, or the date.".into()));
        }
        self.set_day(Day::FromToday(-i64::from(count) * days))
    }

    fn last(&mut self) -> Result<(), Refusal> {
        if self.took(&["night"]) {
            self.set_half(Half::Night)?;
            return self.set_day(Day::FromToday(-1));
        }
        let Some(weekday) = self.peek(0).and_then(weekday) else {
            return Err(("“last” needs a weekday".into(), "Write it like “last Friday”, or the date.".into()));
        };
        self.at += 1;
        self.set_day(Day::LastWeekday(weekday))
    }

    fn set_clock(&mut self, raw: RawClock) -> Result<(), Refusal> {
        if self.clock.replace(raw).is_some() {
            return Err(two("times"));
        }
        Ok(())
    }

    fn set_half(&mut self, half: Half) -> Result<(), Refusal> {
        if self.typed.half.replace(half).is_some_and(|before| before != half) {
            return Err(("it names two halves of the day".into(), "Write the time once, such as 5pm.".into()));
        }
        Ok(())
    }

    fn set_day(&mut self, day: Day) -> Result<(), Refusal> {
        if self.typed.day.replace(day).is_some() {
            return Err(two("dates"));
        }
        Ok(())
    }

    fn set_day_number(&mut self, day: u32) -> Result<(), Refusal> {
        if self.typed.day_number.replace(day).is_some() {
            return Err(two("days"));
        }
        Ok(())
    }

    fn set_weekday(&mut self, weekday: u32) -> Result<(), Refusal> {
        if self.typed.weekday.replace(weekday).is_some() {
            return Err(two("weekdays"));
        }
        Ok(())
    }

    fn set_zone(&mut self, zone: ZoneWord) -> Result<(), Refusal> {
        if self.typed.zone.replace(zone).is_some_and(|before| before != zone && zone != ZoneWord::London) {
            return Err(two("time zones"));
        }
        Ok(())
    }

    fn set_pass(&mut self, pass: Pass) -> Result<(), Refusal> {
        if self.typed.pass.replace(pass).is_some() {
            return Err(("it says first and second".into(), "Write one of them.".into()));
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Typed, Refusal> {
        let typed = &mut self.typed;
        match (typed.day_number, typed.month) {
            (Some(day), Some(month)) => {
                let named = match typed.year {
                    Some(year) => Day::Full { year, month, day },
                    None => Day::NoYear { month, day },
                };
                if typed.day.replace(named).is_some() {
                    return Err(two("dates"));
                }
            }
            (None, None) => {}
            (None, Some(_)) => {
                return Err(("it names a month without a day".into(), "Write it like 6 March 2026.".into()));
            }
            (Some(_), None) => {
                return Err(("it names a day without a month".into(), "Write it like 6 March 2026.".into()));
            }
        }
        if typed.day.is_none() {
            typed.day = typed.weekday.take().map(Day::Weekday);
        }
        if let Some(raw) = self.clock {
            typed.clock = Some(with_half(raw, typed.half)?);
        }
        if typed.clock.is_none() && (typed.zone.is_some() || typed.pass.is_some()) {
            return Err(("it names a time zone without a time".into(), format!("{EXAMPLES}.")));
        }
        if typed.clock.is_none() && typed.day.is_none() {
            return Err(("it names neither a day nor a time".into(), format!("{EXAMPLES}.")));
        }
        Ok(self.typed)
    }
}

/// The clock that hour, minute and the half of the day make together.
fn with_half(raw: RawClock, half: Option<Half>) -> Result<Clock, Refusal> {
    let RawClock { hour, minute, second, full_day } = raw;
    let time = TimeOfDay::new(hour, minute, second.unwrap_or(0)).ok_or_else(|| no_time(&shown(raw)))?;
    let clock =
        |hour, either_half| Clock { time: TimeOfDay { hour, ..time }, either_half, with_seconds: second.is_some() };
    // 0 and 13 to 23 are hours of a 24-hour clock whatever stands behind them.
    let wrong = || {
        let why = format!("{} and the half of the day beside it do not fit together", shown(raw));
        Err((why, "Write it like 5.30pm or 17:30.".to_owned()))
    };
    match half {
        None if full_day || hour == 0 || hour > 12 => Ok(clock(hour, false)),
        None => Ok(clock(hour % 12, true)),
        Some(Half::Am) if hour == 12 => Ok(clock(0, false)),
        Some(Half::Am) if hour < 12 => Ok(clock(hour, false)),
        Some(Half::Pm | Half::Afternoon) if hour == 12 => Ok(clock(12, false)),
        Some(Half::Night) if hour == 12 || (hour < 4 && !full_day) => {
            let why = format!("{} at night can belong to either of two days", shown(raw));
            Err((why, "Write the date and am or pm, such as 7 March 2026 12.30am.".to_owned()))
        }
        Some(Half::Pm | Half::Afternoon | Half::Night) if (1..12).contains(&hour) => Ok(clock(hour + 12, false)),
        Some(Half::Pm | Half::Afternoon | Half::Night) if hour > 12 => Ok(clock(hour, false)),
        Some(_) => wrong(),
    }
}

fn shown(raw: RawClock) -> String {
    format!("{}.{:02}", raw.hour, raw.minute)
}

fn clock_of(number: &str, between: char) -> Option<RawClock> {
    let mut parts = number.split(between);
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || hour.is_empty() || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    // Fractions of a second are read and not kept: nobody's memory has them.
    let second = second.map(|text| text.split('.').next().unwrap_or(text));
    if second.is_some_and(|text| text.len() != 2) {
        return None;
    }
    Some(RawClock {
        hour: hour.parse().ok()?,
        minute: minute.parse().ok()?,
        second: second.map(str::parse).transpose().ok()?,
        full_day: hour.len() == 2,
    })
}

pub(super) fn offset_minutes(text: &str) -> Option<i32> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 4 {
        return None;
    }
    let (hours, minutes): (i32, i32) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

fn check_month(day: u32, month: u32, figures: Option<(&str, &str, &str, &str)>) -> Result<(), Refusal> {
    if (1..=12).contains(&month) {
        return Ok(());
    }
    let why = format!("there is no month {month}; the day comes first, then the month");
    let next = match figures {
        Some((all, first, second, third)) if (1..=12).contains(&day) => {
            let join = all.chars().find(|letter| !letter.is_ascii_digit()).unwrap_or('/');
            format!("If you meant the {second} of month {first}, write {second}{join}{first}{join}{third}.")
        }
        _ => "Write it like 6/3/2026 or 6 March 2026.".to_owned(),
    };
    Err((why, next))
}

fn year_of(text: &str) -> Option<Year> {
    match text.len() {
        2 => text.parse().ok().map(Year::Two),
        4 => text.parse().ok().map(Year::Four),
        _ => None,
    }
}

fn figure(text: &str) -> Result<u32, Refusal> {
    let short = (1..=4).contains(&text.len()).then(|| text.parse().ok()).flatten();
    short.ok_or_else(|| (format!("“{text}” is no part of a date or time"), format!("{EXAMPLES}.")))
}

fn month(word: &str) -> Option<u32> {
    if word == "sept" {
        return Some(9);
    }
    (1..).zip(MONTHS).find(|(_, name)| word == *name || word == &name[..3]).map(|(number, _)| number)
}

fn weekday(word: &str) -> Option<u32> {
    match word {
        "tues" => return Some(1),
        "weds" => return Some(2),
        "thur" | "thurs" => return Some(3),
        _ => {}
    }
    (0..).zip(WEEKDAYS).find(|(_, name)| word == *name || word == &name[..3]).map(|(number, _)| number)
}

fn number_word(word: &str) -> Option<u32> {
    if word == "twenty" {
        return Some(20);
    }
    (1..).zip(NUMBERS).find(|(_, name)| word == *name).map(|(number, _)| number)
}

fn no_time(text: &str) -> Refusal {
    (format!("“{text}” is not a time that a clock shows"), "Write it like 5.30pm or 17:30.".to_owned())
}

fn two(what: &str) -> Refusal {
    (format!("there are two {what} in it"), "Write one.".to_owned())
}
