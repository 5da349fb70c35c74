//! Reading dates and times as British people write them.
//!
//! Day first, always. Nothing is guessed that would be shown as a fact later: `5.30` without am or pm
//! is asked again, so are the repeated hour of autumn and the missing hour of spring. What a person
//! leaves out because it is plain to them is filled in by one rule each, and the reading is shown in
//! full before it is kept:
//!
//! - a weekday alone is the most recent one; today counts unless the time is still to come;
//! - `last Friday` is the most recent Friday before today;
//! - a day without a year is the most recent such day, today included;
//! - a time alone is today's, or yesterday's if it is still to come;
//! - `midnight` is the first minute of the day named;
//! - two figures of a year are of this century unless that is more than ten years ahead;
//! - an hour of two figures without am or pm (`10:30`, `05.30`) is of the 24-hour clock.
//!
//! [`read_when_ahead`] turns the first, third and fourth round, for hearings and other things to come;
//! [`read_time_near`] takes the day from another field.

use super::typed::{self, Clock, Day, EXAMPLES, Pass, Typed, Year, ZoneWord};
use super::{Date, Instant, Precision, Stamp, TimeOfDay, WallClock, When, Zone, ZoneSource};

/// Why words could not be read as a time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{words}” could not be read as a date: {why}")]
pub struct WhenError {
    /// What was given.
    pub words: String,
    /// Why it was not taken, as a sentence without a full stop.
    pub why: String,
    /// What to write instead.
    pub next: String,
}

/// Reads a date or time as a person writes it, with `now` for "yesterday". What is left open is read
/// as the most recent.
///
/// # Errors
/// A date or time that does not exist, one that can mean two things, or words that are no date.
pub fn read_when(words: &str, now: Instant, zone: Zone) -> Result<When, WhenError> {
    read(words, now, zone, Anchor::Past)
}

/// Reads the date of something to come (a hearing, a date to file by): what is left open is read as
/// the next.
///
/// # Errors
/// As [`read_when`].
pub fn read_when_ahead(words: &str, now: Instant, zone: Zone) -> Result<When, WhenError> {
    read(words, now, zone, Anchor::Ahead)
}

/// Reads a time that belongs to something on a day already known: `4.45pm`, when they arrived, beside
/// the time that was due. A time alone is on the day of `near`; a weekday alone is that day or the
/// first one after it; a day without a year is the one nearest to it; `next day` and `day before` count from it.
///
/// # Errors
/// As [`read_when`].
pub fn read_time_near(words: &str, near: &When, now: Instant, zone: Zone) -> Result<When, WhenError> {
    let near = near.start.instant().map_or(near.start, |at| at.in_zone(zone));
    read(words, now, zone, Anchor::Near(near.date))
}

/// What an open part is filled in from.
#[derive(Debug, Clone, Copy)]
enum Anchor {
    Past,
    Ahead,
    Near(Date),
}

struct Desk {
    now: Stamp,
    at: Instant,
    zone: Zone,
    anchor: Anchor,
}

/// A refusal, and whether it is of a kind that comes before the question "am or pm?".
struct Refused {
    why: String,
    next: String,
    clock_change: bool,
}

impl From<typed::Refusal> for Refused {
    fn from((why, next): typed::Refusal) -> Self {
        Refused { why, next, clock_change: false }
    }
}

fn refuse(why: impl Into<String>, next: impl Into<String>) -> Refused {
    Refused { why: why.into(), next: next.into(), clock_change: false }
}

fn read(words: &str, now: Instant, zone: Zone, anchor: Anchor) -> Result<When, WhenError> {
    let desk = Desk { now: now.in_zone(zone), at: now, zone, anchor };
    let words = words.trim();
    let reading = typed::take_apart(words).map_err(Refused::from).and_then(|typed| desk.resolve(words, &typed));
    reading.map_err(|refused| WhenError { words: words.to_owned(), why: refused.why, next: refused.next })
}

impl Desk {
    fn resolve(&self, words: &str, typed: &Typed) -> Result<When, Refused> {
        let Some(clock) = typed.clock else {
            if typed.day == Some(Day::Now) {
                return Ok(self.now_to_the_minute(words));
            }
            return Ok(When::day(words, self.date(typed, None)?));
        };
        if !clock.either_half {
            return self.at_time(words, typed, clock, clock.time);
        }
        self.either_half(words, typed, clock)
    }

    /// Nobody said am or pm. If only one can be meant (`1.30 BST` on the night the clocks go back), it is.
    fn either_half(&self, words: &str, typed: &Typed, clock: Clock) -> Result<When, Refused> {
        let morning = self.at_time(words, typed, clock, clock.time);
        let afternoon = self.at_time(words, typed, clock, TimeOfDay { hour: clock.time.hour + 12, ..clock.time });
        match (morning, afternoon) {
            (Ok(_), Ok(_)) => {
                let (hour, minute) = ((clock.time.hour + 11) % 12 + 1, clock.time.minute);
                let time = format!("{hour}.{minute:02}");
                let next = format!("Write {time}am or {time}pm, or use the 24-hour clock (05:30, 17:30).");
                Err(refuse(format!("{time} can be in the morning or in the afternoon"), next))
            }
            (Err(refused), Ok(_)) if refused.clock_change => Err(refused),
            (Ok(when), Err(_)) | (Err(_), Ok(when)) => Ok(when),
            (Err(refused), Err(_)) => Err(refused),
        }
    }

    fn at_time(&self, words: &str, typed: &Typed, clock: Clock, time: TimeOfDay) -> Result<When, Refused> {
        let date = self.date(typed, Some(time))?;
        let precision = if clock.with_seconds { Precision::Second } else { Precision::Minute };
        let when = |start, zone, zone_source| When {
            words: words.to_owned(),
            start,
            end: None,
            precision,
            zone,
            zone_source,
            doubt: None,
        };
        if let Some(ZoneWord::Offset(minutes)) = typed.zone {
            let start = Stamp { date, time: Some(time), offset_minutes: Some(minutes) };
            return Ok(when(start, None, ZoneSource::Stated));
        }
        let zone = if typed.zone.is_some() { Zone::LONDON } else { self.zone };
        let start = choose(zone, date, time, typed)?;
        let stated = typed.zone.is_some() || typed.pass.is_some();
        Ok(when(start, Some(zone), if stated { ZoneSource::Stated } else { ZoneSource::Assumed }))
    }

    fn date(&self, typed: &Typed, time: Option<TimeOfDay>) -> Result<Date, Refused> {
        let date = match typed.day {
            None => self.day_of_a_time(time),
            Some(Day::Now) => self.now.date,
            Some(Day::FromToday(days)) => self.now.date.plus_days(days),
            Some(Day::FromNear(days)) => match self.anchor {
                Anchor::Near(near) => near.plus_days(days),
                _ => return Err(refuse("it does not say which day it counts from", format!("{EXAMPLES}."))),
            },
            Some(Day::Weekday(weekday)) => self.weekday(weekday, time),
            Some(Day::LastWeekday(weekday)) => back_to(self.now.date.plus_days(-1), weekday),
            Some(Day::NoYear { month, day }) => self.without_year(month, day)?,
            Some(Day::Full { year, month, day }) => {
                let year = self.century(year);
                Date::new(year, month, day).ok_or_else(|| no_such_day(Some(year), month, day))?
            }
        };
        match typed.weekday {
            Some(weekday) if weekday != date.weekday() => {
                let why = format!("{} is a {}", date.plain(), date.weekday_name());
                Err(refuse(why, format!("Write {}, or the date that was meant.", date.long())))
            }
            _ => Ok(date),
        }
    }

    fn day_of_a_time(&self, time: Option<TimeOfDay>) -> Date {
        match self.anchor {
            Anchor::Near(near) => near,
            Anchor::Past if time > self.now.time => self.now.date.plus_days(-1),
            Anchor::Ahead if time < self.now.time => self.now.date.plus_days(1),
            Anchor::Past | Anchor::Ahead => self.now.date,
        }
    }

    fn weekday(&self, weekday: u32, time: Option<TimeOfDay>) -> Date {
        let today = self.now.date;
        match self.anchor {
            Anchor::Past if time.is_some() && time > self.now.time => back_to(today.plus_days(-1), weekday),
            Anchor::Past => back_to(today, weekday),
            Anchor::Ahead if time.is_some() && time < self.now.time => on_to(today.plus_days(1), weekday),
            Anchor::Ahead => on_to(today, weekday),
            Anchor::Near(near) => on_to(near, weekday),
        }
    }

    fn without_year(&self, month: u32, day: u32) -> Result<Date, Refused> {
        let today = self.now.date;
        // Eight years always hold a 29 February, even round 1900 and 2100.
        let years = |from: i32| (from - 8..=from + 8).filter_map(move |year| Date::new(year, month, day));
        let found = match self.anchor {
            Anchor::Past => years(today.year()).rfind(|date| *date <= today),
            Anchor::Ahead => years(today.year()).find(|date| *date >= today),
            Anchor::Near(near) => years(near.year()).min_by_key(|date| date.days_since(near).abs()),
        };
        found.ok_or_else(|| no_such_day(None, month, day))
    }

    fn century(&self, year: Year) -> i32 {
        match year {
            Year::Four(year) => year,
            Year::Two(year) if 2000 + year <= self.now.date.year() + 10 => 2000 + year,
            Year::Two(year) => 1900 + year,
        }
    }

    fn now_to_the_minute(&self, words: &str) -> When {
        let now = self.at.in_zone(self.zone);
        When {
            words: words.to_owned(),
            start: Stamp { time: now.time.map(|time| TimeOfDay { second: 0, ..time }), ..now },
            end: None,
            precision: Precision::Minute,
            zone: Some(self.zone),
            zone_source: ZoneSource::Stated,
            doubt: None,
        }
    }
}

fn back_to(from: Date, weekday: u32) -> Date {
    from.plus_days(-i64::from((7 + from.weekday() - weekday) % 7))
}

fn on_to(from: Date, weekday: u32) -> Date {
    from.plus_days(i64::from((7 + weekday - from.weekday()) % 7))
}

/// The stamp a wall clock gives, with the clock changes asked about and not resolved in silence.
fn choose(zone: Zone, date: Date, time: TimeOfDay, typed: &Typed) -> Result<Stamp, Refused> {
    let offset = match typed.zone {
        Some(ZoneWord::Bst) => Some(60),
        Some(ZoneWord::Gmt) => Some(0),
        _ => None,
    };
    let candidates = match zone.wall_clock(date, time) {
        WallClock::Once(stamp) => vec![stamp],
        WallClock::Twice(first, second) => vec![first, second],
        WallClock::Never => return Err(missing_hour(zone, date, time)),
    };
    if let Some(offset) = offset {
        let fits = candidates.iter().find(|stamp| stamp.offset_minutes == Some(offset));
        return fits.copied().ok_or_else(|| {
            let (right, wrong) = if offset == 60 { ("GMT", "BST") } else { ("BST", "GMT") };
            let why = format!("at {} on {} clocks here showed {right}, not {wrong}", time.clock(), date.plain());
            refuse(why, format!("Write {} {right}, or leave the letters away.", time.clock()))
        });
    }
    match (candidates[..].as_ref(), typed.pass) {
        ([once], None) => Ok(*once),
        ([_], Some(_)) => {
            let why = format!("{} on {} happened only once", time.clock(), date.plain());
            Err(refuse(why, "Leave “first” or “second” away."))
        }
        ([first, ..], Some(Pass::First)) => Ok(*first),
        ([.., second], Some(Pass::Second)) => Ok(*second),
        _ => Err(repeated_hour(zone, date, time)),
    }
}

fn repeated_hour(zone: Zone, date: Date, time: TimeOfDay) -> Refused {
    let clock = time.clock();
    let next = if zone == Zone::LONDON {
        format!("Write {clock} BST for the first, before the clocks went back, or {clock} GMT for the second.")
    } else {
        format!("Write {clock} first, before the clocks went back, or {clock} second.")
    };
    let why = format!("the clocks went back on {}, so {clock} happened twice that night", date.plain());
    Refused { why, next, clock_change: true }
}

fn missing_hour(zone: Zone, date: Date, time: TimeOfDay) -> Refused {
    let clock = time.clock();
    let moved = if zone == Zone::LONDON { " from 1.00 am to 2.00 am" } else { "" };
    let why = format!("the clocks went forward{moved} on {}, so {clock} did not exist that night", date.plain());
    Refused { why, next: "Write the time that a clock showed then, with am or pm.".to_owned(), clock_change: true }
}

fn no_such_day(year: Option<i32>, month: u32, day: u32) -> Refused {
    let last = |year| (28..=31).rev().find(|day| Date::new(year, month, *day).is_some());
    // A leap year stands in where no year is given, so that 29 February is not refused.
    let Some(last) = last(year.unwrap_or(2000)) else {
        return refuse("there is no such year", "Write the year with four figures, such as 2026.");
    };
    let name = Date::new(2000, month, 1).map_or("that month", Date::month_name);
    let of = year.map_or_else(String::new, |year| format!(" {year}"));
    refuse(format!("{name}{of} has {last} days; there is no {day} {name}{of}"), "Write the day that was meant.")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Tuesday 24 November 2026, 9.30 in the evening.
    const NOW: &str = "2026-11-24T21:30:00Z";

    fn now() -> Instant {
        Instant::from_rfc3339(NOW).unwrap()
    }

    fn check(words: &str, expected: &str) {
        match read_when(words, now(), Zone::LONDON) {
            Ok(when) => {
                assert_eq!(when.start.to_string(), expected, "{words}");
                assert_eq!(when.words, words.trim());
                assert_eq!(when.doubt, None);
            }
            Err(error) => panic!("{words}: {} {}", error.why, error.next),
        }
    }

    fn check_refused(words: &str, why: &str, next: &str) {
        let error = read_when(words, now(), Zone::LONDON).expect_err(words);
        assert!(error.why.contains(why), "{words}: why is “{}”", error.why);
        assert!(error.next.contains(next), "{words}: next is “{}”", error.next);
        assert!(!error.why.ends_with('.') && error.next.ends_with('.'), "{words}: {error:?}");
    }

    #[test]
    fn dates() {
        for (words, expected) in [
            ("6 March 2026", "2026-03-06"),
            ("6th March 2026", "2026-03-06"),
            ("the 6th of March, 2026", "2026-03-06"),
            ("6 Mar 26", "2026-03-06"),
            ("6 Mar ’26", "2026-03-06"),
            ("6-Mar-2026", "2026-03-06"),
            ("6mar2026", "2026-03-06"),
            ("March 6, 2026", "2026-03-06"),
            ("Fri 6 Mar 2026", "2026-03-06"),
            ("FRIDAY 6TH MARCH 2026", "2026-03-06"),
            ("6/3/26", "2026-03-06"),
            ("06/03/2026", "2026-03-06"),
            ("6.3.2026", "2026-03-06"),
            ("06-03-2026", "2026-03-06"),
            ("2026-03-06", "2026-03-06"),
            ("2026/03/06", "2026-03-06"),
            ("13/3/2026", "2026-03-13"),
            ("29 February 2024", "2024-02-29"),
            ("21st Sept 2026", "2026-09-21"),
            ("1/2/85", "1985-02-01"),
            ("14 June 2017", "2017-06-14"),
            ("  6   March   2026  ", "2026-03-06"),
            ("14 December 2027", "2027-12-14"),
        ] {
            check(words, expected);
            assert_eq!(read_when(words, now(), Zone::LONDON).unwrap().precision, Precision::Day);
        }
    }

    #[test]
    fn dates_with_times() {
        for (words, expected) in [
            ("6 March 2026 5pm", "2026-03-06T17:00:00+00:00"),
            ("6 March 2026 at 5 p.m.", "2026-03-06T17:00:00+00:00"),
            ("5pm on 6 March 2026", "2026-03-06T17:00:00+00:00"),
            ("Fri 6 Mar 2026, 17:00", "2026-03-06T17:00:00+00:00"),
            ("6/3/26 5.30 pm", "2026-03-06T17:30:00+00:00"),
            ("6/3/26 530pm", "2026-03-06T17:30:00+00:00"),
            ("06.03.2026 17.00", "2026-03-06T17:00:00+00:00"),
            ("2026-03-06T17:00", "2026-03-06T17:00:00+00:00"),
            ("2026-03-06 17:00:09", "2026-03-06T17:00:09+00:00"),
            ("18 September 2026 5pm", "2026-09-18T17:00:00+01:00"),
            ("Friday 18 September 2026, 5.00 pm", "2026-09-18T17:00:00+01:00"),
            ("Friday 18 September 2026, 5 pm, London time", "2026-09-18T17:00:00+01:00"),
            ("18 Sep 2026 12 noon", "2026-09-18T12:00:00+01:00"),
            ("18 Sep 2026 noon", "2026-09-18T12:00:00+01:00"),
            ("18 Sep 2026 12pm", "2026-09-18T12:00:00+01:00"),
            ("18 Sep 2026 12.05am", "2026-09-18T00:05:00+01:00"),
            ("midnight 18 Sep 2026", "2026-09-18T00:00:00+01:00"),
            ("18 Sep 2026 1700hrs", "2026-09-18T17:00:00+01:00"),
            ("18 Sep 2026 05:30", "2026-09-18T05:30:00+01:00"),
            ("18 Sep 2026 10:30", "2026-09-18T10:30:00+01:00"),
            ("18 Sep 2026 half past five pm", "2026-09-18T17:30:00+01:00"),
            ("18 Sep 2026 half five in the afternoon", "2026-09-18T17:30:00+01:00"),
            ("18 Sep 2026 quarter to six pm", "2026-09-18T17:45:00+01:00"),
            ("18 Sep 2026 a quarter past 6 pm", "2026-09-18T18:15:00+01:00"),
            ("18 Sep 2026 twenty-five to one pm", "2026-09-18T12:35:00+01:00"),
            ("18 Sep 2026 five to one am", "2026-09-18T00:55:00+01:00"),
            ("18 Sep 2026 ten past five in the evening", "2026-09-18T17:10:00+01:00"),
            ("18 Sep 2026 five o’clock pm", "2026-09-18T17:00:00+01:00"),
            ("18 Sep 2026 five o'clock in the morning", "2026-09-18T05:00:00+01:00"),
            ("18 Sep 2026 17:00 pm", "2026-09-18T17:00:00+01:00"),
        ] {
            check(words, expected);
        }
        let seconds = read_when("2026-03-06 17:00:09", now(), Zone::LONDON).unwrap();
        assert_eq!(seconds.precision, Precision::Second);
    }

    #[test]
    fn what_is_left_open_is_the_most_recent() {
        for (words, expected) in [
            ("today", "2026-11-24"),
            ("yesterday", "2026-11-23"),
            ("yesterday 5pm", "2026-11-23T17:00:00+00:00"),
            ("tomorrow 10am", "2026-11-25T10:00:00+00:00"),
            ("now", "2026-11-24T21:30:00+00:00"),
            ("3 days ago", "2026-11-21"),
            ("two weeks ago", "2026-11-10"),
            ("a week ago at 5pm", "2026-11-17T17:00:00+00:00"),
            ("this morning 9am", "2026-11-24T09:00:00+00:00"),
            ("this afternoon at 4", "2026-11-24T16:00:00+00:00"),
            ("yesterday at 18", "2026-11-23T18:00:00+00:00"),
            ("this evening 7.15", "2026-11-24T19:15:00+00:00"),
            ("tonight 8.30", "2026-11-24T20:30:00+00:00"),
            ("last night 10.30", "2026-11-23T22:30:00+00:00"),
            ("Friday", "2026-11-20"),
            ("last Friday 5 pm", "2026-11-20T17:00:00+00:00"),
            ("Friday 5pm", "2026-11-20T17:00:00+00:00"),
            ("Tuesday", "2026-11-24"),
            ("Tues 5pm", "2026-11-24T17:00:00+00:00"),
            ("Tuesday 11pm", "2026-11-17T23:00:00+00:00"),
            ("last Tuesday", "2026-11-17"),
            ("6 March", "2026-03-06"),
            ("6/3", "2026-03-06"),
            ("24 November", "2026-11-24"),
            ("25 November", "2025-11-25"),
            ("29 February", "2024-02-29"),
            ("Fri 6 March 5pm", "2026-03-06T17:00:00+00:00"),
            ("5pm", "2026-11-24T17:00:00+00:00"),
            ("21:30", "2026-11-24T21:30:00+00:00"),
            ("10pm", "2026-11-23T22:00:00+00:00"),
            ("noon", "2026-11-24T12:00:00+00:00"),
        ] {
            check(words, expected);
        }
    }

    #[test]
    fn things_to_come_are_read_ahead() {
        for (words, expected) in [
            ("14 December 10am", "2026-12-14T10:00:00+00:00"),
            ("6 March", "2027-03-06"),
            ("24 November", "2026-11-24"),
            ("Friday 2pm", "2026-11-27T14:00:00+00:00"),
            ("Tuesday 9pm", "2026-12-01T21:00:00+00:00"),
            ("Tuesday 10pm", "2026-11-24T22:00:00+00:00"),
            ("9am", "2026-11-25T09:00:00+00:00"),
            ("6 March 2026", "2026-03-06"),
        ] {
            let when = read_when_ahead(words, now(), Zone::LONDON).unwrap();
            assert_eq!(when.start.to_string(), expected, "{words}");
        }
    }

    #[test]
    fn times_beside_another() {
        let due = read_when("Friday 18 September 2026 5pm", now(), Zone::LONDON).unwrap();
        for (words, expected) in [
            ("4.45pm", "2026-09-18T16:45:00+01:00"),
            ("17:20", "2026-09-18T17:20:00+01:00"),
            ("same day 6pm", "2026-09-18T18:00:00+01:00"),
            ("next day 12.30am", "2026-09-19T00:30:00+01:00"),
            ("the day before", "2026-09-17"),
            ("Sunday 6pm", "2026-09-20T18:00:00+01:00"),
            ("Friday 6pm", "2026-09-18T18:00:00+01:00"),
            ("19 September 9am", "2026-09-19T09:00:00+01:00"),
            ("6 March 2026 5pm", "2026-03-06T17:00:00+00:00"),
            ("yesterday", "2026-11-23"),
        ] {
            let when = read_time_near(words, &due, now(), Zone::LONDON).unwrap();
            assert_eq!(when.start.to_string(), expected, "{words}");
            assert_eq!(when.words, words);
        }
        let new_year = When::day("31 December 2025", Date::new(2025, 12, 31).unwrap());
        let after = read_time_near("1 January 9am", &new_year, now(), Zone::LONDON).unwrap();
        assert_eq!(after.start.to_string(), "2026-01-01T09:00:00+00:00");
        // A time stated elsewhere: the day is the one on a London wall.
        let sent = Instant::from_rfc3339("2026-09-18T23:30:00Z").unwrap();
        let abroad = When::stated("Sat, 18 Sep 2026 13:30:00 -1000", sent, -600);
        let answered = read_time_near("9am", &abroad, now(), Zone::LONDON).unwrap();
        assert_eq!(answered.start.to_string(), "2026-09-19T09:00:00+01:00");
    }

    #[test]
    fn stated_zones() {
        for (words, expected) in [
            ("2026-03-06T17:00:00+01:00", "2026-03-06T17:00:00+01:00"),
            ("2026-03-06T17:00:00-05:00", "2026-03-06T17:00:00-05:00"),
            ("2026-03-06T17:00Z", "2026-03-06T17:00:00+00:00"),
            ("2026-03-06t17:00:00.250z", "2026-03-06T17:00:00+00:00"),
            ("18 September 2026 5pm BST", "2026-09-18T17:00:00+01:00"),
            ("6 March 2026 5pm (GMT)", "2026-03-06T17:00:00+00:00"),
            ("6 March 2026 5pm UTC", "2026-03-06T17:00:00+00:00"),
            ("25 October 2026 1.30am BST", "2026-10-25T01:30:00+01:00"),
            ("25 October 2026 1.30am GMT", "2026-10-25T01:30:00+00:00"),
            ("25 October 2026 1.30am first", "2026-10-25T01:30:00+01:00"),
            ("25 October 2026 1.30am second", "2026-10-25T01:30:00+00:00"),
            // At 1.30 in the afternoon it was GMT, so this can only be the night.
            ("25 October 2026 1.30 BST", "2026-10-25T01:30:00+01:00"),
        ] {
            check(words, expected);
            assert_eq!(read_when(words, now(), Zone::LONDON).unwrap().zone_source, ZoneSource::Stated, "{words}");
        }
        let assumed = read_when("6 March 2026 5pm", now(), Zone::LONDON).unwrap();
        assert_eq!((assumed.zone_source, assumed.zone), (ZoneSource::Assumed, Some(Zone::LONDON)));
        let lisbon = Zone::named("Europe/Madrid").unwrap();
        let there = read_when("6 March 2026 5pm", now(), lisbon).unwrap();
        assert_eq!(there.start.to_string(), "2026-03-06T17:00:00+01:00");
    }

    #[test]
    fn what_does_not_exist_is_refused() {
        for (words, why, next) in [
            ("31/2/2026", "February 2026 has 28 days", "Write the day"),
            ("29/2/2025", "February 2025 has 28 days", "Write the day"),
            ("30 Feb", "February has 29 days", "Write the day"),
            ("31 April 2026", "April 2026 has 30 days", "Write the day"),
            ("0/3/2026", "there is no 0 March 2026", "Write the day"),
            ("3/25/2026", "the day comes first", "write 25/3/2026"),
            ("2026-13-01", "no month 13", "6 March 2026"),
            ("6 March 2026 25:00", "25.00", "17:30"),
            ("6 March 2026 5.75pm", "5.75", "17:30"),
            ("6 March 2026 13am", "do not fit together", "5.30pm"),
            ("Thursday 6 March 2026", "6 March 2026 is a Friday", "Friday 6 March 2026"),
            ("6 March 2026 5pm BST", "showed GMT, not BST", "5.00 pm GMT"),
            ("6 July 2026 5pm GMT", "showed BST, not GMT", "5.00 pm BST"),
            ("25 October 2026 1.30am", "happened twice", "1.30 am BST for the first"),
            ("25 October 2026 01:30", "happened twice", "1.30 am GMT for the second"),
            ("25/10/26 1:30", "happened twice", "BST"),
            ("29 March 2026 1.30am", "did not exist", "Write the time"),
            ("29 March 2026 01:00", "forward from 1.00 am to 2.00 am", "Write the time"),
            ("6 March 2026 1.30am first", "only once", "Leave"),
        ] {
            check_refused(words, why, next);
        }
    }

    #[test]
    fn what_can_mean_two_things_is_asked() {
        for (words, why, next) in [
            ("6 March 2026 5.30", "morning or in the afternoon", "5.30am or 5.30pm"),
            ("6 March 2026 9:15", "morning or in the afternoon", "9.15am or 9.15pm"),
            ("half past five", "morning or in the afternoon", "5.30am or 5.30pm"),
            ("6 March 2026 twelve o'clock", "12.00 can be", "12.00am or 12.00pm"),
            ("next Friday", "two different days", "Write the date"),
            ("this Friday", "two different days", "Write the date"),
            ("next day 5pm", "which day it counts from", "6 March 2026"),
            ("last night 1am", "two halves of the day", "5pm"),
            ("last night at 12.30", "either of two days", "12.30am"),
            ("about 5pm", "cannot be kept", "in your own words"),
            ("6 March 2026 5pm 6pm", "two times", "Write one"),
            ("6/3/26 7/3/26", "two dates", "Write one"),
            ("6 March 2026 yesterday", "two dates", "Write one"),
            ("March 2026", "month without a day", "6 March 2026"),
            ("yesterday at 6", "morning or in the afternoon", "6.00am or 6.00pm"),
            ("6th", "day without a month", "6 March 2026"),
            ("6", "does not say what “6” is", "5pm"),
            ("", "nothing was written", "6 March 2026"),
            ("GMT", "time zone without a time", "6 March 2026"),
            ("soon", "“soon”", "6 March 2026"),
            ("at the", "neither a day nor a time", "6 March 2026"),
            ("5 minutes ago", "no hour", "5.10pm"),
            ("6 March 2026 ~5pm", "“~”", "6 March 2026"),
            ("99999999999999999999/1/1", "no part of a date", "6 March 2026"),
            ("1:2:3:4:5", "not a time", "17:30"),
        ] {
            check_refused(words, why, next);
        }
    }

    #[test]
    fn words_of_any_length_are_answered() {
        check_refused(&"5pm ".repeat(100), "too long", "6 March 2026");
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back_as_itself(
            year in 1990..2036_i32, month in 1..=12_u32, day in 1..=31_u32, hour in 0..24_u32, minute in 0..60_u32
        ) {
            let (Some(date), Some(time)) = (Date::new(year, month, day), TimeOfDay::new(hour, minute, 0)) else {
                return Ok(());
            };
            let when = When::assumed("", date, time, Precision::Minute, Zone::LONDON);
            prop_assume!(when.doubt.is_none());
            for words in [when.long(), when.table(), when.start.to_string(), format!("{} {hour:02}.{minute:02}", date.plain())] {
                let read = read_when(&words, now(), Zone::LONDON).unwrap();
                prop_assert_eq!(read.start, when.start, "{}", words);
            }
            for words in [date.long(), date.table(), date.plain(), date.index(), date.to_string(), format!("{day}/{month}/{year}")] {
                let read = read_when(&words, now(), Zone::LONDON).unwrap();
                prop_assert_eq!(read.start, Stamp::day(date), "{}", words);
            }
        }

        #[test]
        fn no_words_make_it_stumble(words in "(?s).{0,40}") {
            if let Err(error) = read_when(&words, now(), Zone::LONDON) {
                prop_assert!(!error.why.is_empty() && !error.next.is_empty());
            }
        }

        #[test]
        fn no_pieces_make_it_stumble(pieces in proptest::collection::vec(
            prop::sample::select(vec!["5", "pm", "half", "past", "to", "last", "Friday", "25", "October", "1.30", "BST",
                "first", "2026", "/", ":", "-", "+", "next", "day", "ago", "twenty", "12", "noon", "29", "Feb", "T", "1/1"]), 0..8)
        ) {
            if let Ok(when) = read_when(&pieces.join(" "), now(), Zone::LONDON) {
                prop_assert!(when.doubt.is_none());
            }
        }
    }
}
