//! Times as a record needs them: the words of the source, their reading to the precision given, and
//! where the zone came from. `chrono` and `chrono-tz` stay inside this folder, behind these types.
//!
//! In: words or numbers from a person or a file. Out: a [`When`], printed in the forms of the papers.
//! Deliberately absent: the clock. "Now" is handed in by the edges as an [`Instant`].

mod format;
mod mail;
mod repeated;
mod typed;
mod words;

use std::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Timelike, Utc,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub use format::{duration_in_words, month_named, weekday_name};
pub use mail::read_mail_date;
pub use repeated::Pass;
pub use words::{WhenError, read_time_near, read_when, read_when_ahead};

/// A point in time, UTC, to the millisecond: when something was written down or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// Reads RFC 3339 (`2026-11-23T14:05:00Z`).
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| Instant(at.timestamp_millis()))
    }

    /// Seconds since 1970, UTC.
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Self {
        Instant(seconds.saturating_mul(1000))
    }

    /// Whole seconds since 1970, UTC.
    #[must_use]
    pub fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The wall clock in `zone` at this instant, with its offset, to the second.
    #[must_use]
    pub fn in_zone(self, zone: Zone) -> Stamp {
        let local = self.utc().with_timezone(&zone.0);
        Stamp::from_naive(local.naive_local(), Some(local.offset().fix().local_minus_utc() / 60))
    }

    /// Minutes from `earlier` to this instant (negative if this is before it).
    #[must_use]
    pub fn minutes_since(self, earlier: Instant) -> i64 {
        (self.0 - earlier.0).div_euclid(60_000)
    }

    fn utc(self) -> DateTime<Utc> {
        // A time beyond what a calendar can hold is read as the epoch; nothing real is near it.
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let utc = self.utc().naive_utc();
        write!(f, "{:?}T{:02}:{:02}:{:02}", utc.date(), utc.hour(), utc.minute(), utc.second())?;
        match self.0.rem_euclid(1000) {
            0 => f.write_str("Z"),
            milliseconds => write!(f, ".{milliseconds:03}Z"),
        }
    }
}

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Instant::from_rfc3339(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("“{text}” is not an RFC 3339 time")))
    }
}

/// A calendar date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The date, if the calendar has it.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        // Four digits on paper: years outside are somebody's slip, not a date in a family's life.
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(Date)
    }

    /// Year, as in 2026.
    #[must_use]
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// Day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// 0 for Monday to 6 for Sunday.
    #[must_use]
    pub fn weekday(self) -> u32 {
        self.0.weekday().num_days_from_monday()
    }

    /// The date this many days later (earlier if negative); the same date at the calendar's end.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Self {
        TimeDelta::try_days(days).and_then(|delta| self.0.checked_add_signed(delta)).map_or(self, Date)
    }

    /// Days from `earlier` to this date.
    #[must_use]
    pub fn days_since(self, earlier: Date) -> i64 {
        (self.0 - earlier.0).num_days()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // As `%Y-%m-%d`, at a fraction of what reading a format costs.
        write!(f, "{:?}", self.0)
    }
}

impl FromStr for Date {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(());
        };
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return Err(());
        }
        let number = |text: &str| text.parse::<u32>().map_err(|_| ());
        Date::new(i32::try_from(number(year)?).map_err(|_| ())?, number(month)?, number(day)?).ok_or(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom(format!("“{text}” is not a date such as 2026-03-06")))
    }
}

/// A time of day on a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 59.
    pub second: u32,
}

impl TimeOfDay {
    /// The time, if a clock shows it.
    #[must_use]
    pub fn new(hour: u32, minute: u32, second: u32) -> Option<Self> {
        (hour < 24 && minute < 60 && second < 60).then_some(TimeOfDay { hour, minute, second })
    }
}

/// A reading of a date, perhaps with a time, perhaps with its offset from UTC. Nothing is filled in:
/// a day has no time, and a wall-clock time whose offset nobody knows has no offset.
///
/// As text: `2026-03-06`, `2026-03-06T17:00:00+00:00`, or `2026-10-25T01:30:00` where the offset is
/// not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// The date on the wall calendar.
    pub date: Date,
    /// The time on the wall clock, if one was given.
    pub time: Option<TimeOfDay>,
    /// Minutes east of UTC, if known. Only ever with a time.
    pub offset_minutes: Option<i32>,
}

impl Stamp {
    /// A day.
    #[must_use]
    pub fn day(date: Date) -> Self {
        Stamp { date, time: None, offset_minutes: None }
    }

    /// The UTC instant, where time and offset are known.
    #[must_use]
    pub fn instant(&self) -> Option<Instant> {
        let offset = self.offset_minutes?;
        self.time?;
        Some(Instant((self.naive() - TimeDelta::minutes(i64::from(offset))).and_utc().timestamp_millis()))
    }

    /// Milliseconds that order stamps among each other: UTC where it is known, else as if the wall
    /// clock stood in London (its first reading where an hour repeats). A day sorts at its start.
    #[must_use]
    pub fn sort_key(&self) -> i64 {
        self.instant().unwrap_or_else(|| Zone::LONDON.first_instant(self.naive())).0
    }

    fn naive(&self) -> NaiveDateTime {
        let time = self.time.and_then(|t| NaiveTime::from_hms_opt(t.hour, t.minute, t.second)).unwrap_or_default();
        self.date.0.and_time(time)
    }

    fn from_naive(naive: NaiveDateTime, offset_minutes: Option<i32>) -> Self {
        Stamp {
            date: Date(naive.date()),
            time: Some(TimeOfDay { hour: naive.hour(), minute: naive.minute(), second: naive.second() }),
            offset_minutes,
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        if let Some(time) = self.time {
            write!(f, "T{:02}:{:02}:{:02}", time.hour, time.minute, time.second)?;
            if let Some(offset) = self.offset_minutes {
                let sign = if offset < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", offset.abs() / 60, offset.abs() % 60)?;
            }
        }
        Ok(())
    }
}

impl FromStr for Stamp {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let Some((date, rest)) = text.split_once('T') else {
            return Ok(Stamp::day(text.parse()?));
        };
        if rest.len() > 8
            && let Ok(at) = DateTime::parse_from_rfc3339(text)
        {
            return Ok(Stamp::from_naive(at.naive_local(), Some(at.offset().local_minus_utc() / 60)));
        }
        let date: Date = date.parse()?;
        let time = NaiveTime::parse_from_str(rest, "%H:%M:%S").map_err(|_| ())?;
        Ok(Stamp::from_naive(date.0.and_time(time), None))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom(format!("“{text}” is not a date or time")))
    }
}

/// A named time zone with its rules for summer time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(chrono_tz::Tz);

/// What a wall-clock time means in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WallClock {
    /// It happened once, at this offset.
    Once(Stamp),
    /// The clocks went back: it happened twice. First with summer time, then without.
    Twice(Stamp, Stamp),
    /// The clocks went forward over it: it never happened.
    Never,
}

impl Zone {
    /// Where the courts of England and Wales keep their time.
    pub const LONDON: Zone = Zone(chrono_tz::Europe::London);

    /// The zone of this name in the IANA database (`Europe/London`).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        name.parse().ok().map(Zone)
    }

    /// Its name in the IANA database.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// What this wall-clock time means here. The repeated and the missing hour are shown, never
    /// resolved in silence.
    #[must_use]
    pub fn wall_clock(self, date: Date, time: TimeOfDay) -> WallClock {
        let naive = Stamp { date, time: Some(time), offset_minutes: None }.naive();
        let stamp =
            |at: DateTime<chrono_tz::Tz>| Stamp::from_naive(naive, Some(at.offset().fix().local_minus_utc() / 60));
        match self.0.from_local_datetime(&naive) {
            LocalResult::Single(at) => WallClock::Once(stamp(at)),
            LocalResult::Ambiguous(first, second) => WallClock::Twice(stamp(first), stamp(second)),
            LocalResult::None => WallClock::Never,
        }
    }

    fn first_instant(self, naive: NaiveDateTime) -> Instant {
        let utc = self.0.from_local_datetime(&naive).earliest().map_or_else(|| naive.and_utc(), |at| at.to_utc());
        Instant(utc.timestamp_millis())
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Zone::named(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("“{text}” is not a time zone this version knows")))
    }
}

/// How exactly a time was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A day; the time is not known.
    Day,
    /// To the minute.
    Minute,
    /// To the second.
    Second,
}

/// Where the zone of a time came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ZoneSource {
    /// The source gave it (an e-mail's `+0100`).
    Stated,
    /// Nobody said; London (or the zone of the import) was taken, and papers say so.
    Assumed,
    /// Not known, or a day without a time.
    Unknown,
}

/// Why a reading is not certain. Papers and screens show it beside the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doubt {
    /// The hour happened twice that night and the source does not say which it was.
    RepeatedHour,
    /// The hour did not happen that night.
    MissingHour,
    /// The written weekday and the date disagree; the date was taken.
    WeekdayDiffers,
    /// The time was found somewhere other than where it should stand (an e-mail without a Date).
    SecondHand,
}

/// When something happened: the words of the source and our reading of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// Exactly what the source or the person wrote.
    pub words: String,
    /// The reading.
    pub start: Stamp,
    /// The end, where a span was given.
    #[serde(default)]
    pub end: Option<Stamp>,
    /// How exactly it was given.
    pub precision: Precision,
    /// The zone of the reading by name, where one was used.
    #[serde(default)]
    pub zone: Option<Zone>,
    /// Where the zone came from.
    pub zone_source: ZoneSource,
    /// Why the reading is not certain, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
}

impl When {
    /// A day, as somebody wrote it.
    #[must_use]
    pub fn day(words: impl Into<String>, date: Date) -> Self {
        When {
            words: words.into(),
            start: Stamp::day(date),
            end: None,
            precision: Precision::Day,
            zone: None,
            zone_source: ZoneSource::Unknown,
            doubt: None,
        }
    }

    /// A time with the offset its source gave (an e-mail's Date header), to the second.
    #[must_use]
    pub fn stated(words: impl Into<String>, at: Instant, offset_minutes: i32) -> Self {
        let local = (at.utc() + TimeDelta::minutes(i64::from(offset_minutes))).naive_utc();
        When {
            words: words.into(),
            start: Stamp::from_naive(local, Some(offset_minutes)),
            end: None,
            precision: Precision::Second,
            zone: None,
            zone_source: ZoneSource::Stated,
            doubt: None,
        }
    }

    /// A wall-clock time without a zone, read in `zone`. In the repeated hour the offset stays
    /// unknown; in the missing hour likewise; both carry their doubt.
    #[must_use]
    pub fn assumed(words: impl Into<String>, date: Date, time: TimeOfDay, precision: Precision, zone: Zone) -> Self {
        let bare = Stamp { date, time: Some(time), offset_minutes: None };
        let (start, doubt) = match zone.wall_clock(date, time) {
            WallClock::Once(stamp) => (stamp, None),
            WallClock::Twice(..) => (bare, Some(Doubt::RepeatedHour)),
            WallClock::Never => (bare, Some(Doubt::MissingHour)),
        };
        When {
            words: words.into(),
            start,
            end: None,
            precision,
            zone: Some(zone),
            zone_source: ZoneSource::Assumed,
            doubt,
        }
    }

    /// What a camera wrote into a photograph (`2026:09:18 16:46:31`): its own clock, without a zone,
    /// read as London time; or with the offset it had (`2026:09:18 16:46:31 +01:00`, EXIF 2.31). `None`: no date, or the empty one that unset clocks write.
    #[must_use]
    pub fn camera(words: &str) -> Option<Self> {
        let (date, time) = words.trim().split_once(' ')?;
        let date: Date = date.replace(':', "-").parse().ok()?;
        let mut parts = time.splitn(3, ':').map(|part| part.get(..2).and_then(|digits| digits.parse().ok()));
        let time = TimeOfDay::new(parts.next()??, parts.next()??, parts.next()??)?;
        if let Some((clock, offset)) =
            words.trim().rsplit_once(' ').filter(|(_, offset)| offset.starts_with(['+', '-']))
        {
            let clock = clock.get(11..)?;
            let at = Instant::from_rfc3339(&format!("{date}T{clock}{offset}"))?;
            return Some(When::stated(words.trim(), at, at_offset(offset)?));
        }
        Some(When::assumed(words.trim(), date, time, Precision::Second, Zone::LONDON))
    }

    /// The moment itself, as London reads it: for things Daybook saw happen (a paper made, a file received).
    #[must_use]
    pub fn seen(at: Instant) -> Self {
        When {
            words: at.to_string(),
            start: at.in_zone(Zone::LONDON),
            end: None,
            precision: Precision::Second,
            zone: Some(Zone::LONDON),
            zone_source: ZoneSource::Stated,
            doubt: None,
        }
    }

    /// Milliseconds that order times among each other; see [`Stamp::sort_key`].
    #[must_use]
    pub fn sort_key(&self) -> i64 {
        self.start.sort_key()
    }

    /// The stamp on a London wall, where the instant is known; else the stamp as it stands.
    #[must_use]
    pub fn london(&self) -> Stamp {
        match self.start.instant() {
            Some(at) => at.in_zone(Zone::LONDON),
            None => self.start,
        }
    }

    /// The date on a London calendar.
    #[must_use]
    pub fn london_date(&self) -> Date {
        self.london().date
    }
}

/// `+01:00` in minutes.
fn at_offset(offset: &str) -> Option<i32> {
    let (hours, minutes) = offset.get(1..)?.split_once(':')?;
    let minutes = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    Some(if offset.starts_with('-') { -minutes } else { minutes })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> When {
        let date = Date::new(year, month, day).unwrap();
        let time = TimeOfDay::new(hour, minute, 0).unwrap();
        When::assumed("words", date, time, Precision::Minute, Zone::LONDON)
    }

    #[test]
    fn the_repeated_hour_of_october_is_not_resolved() {
        let when = at(2026, 10, 25, 1, 30);
        assert_eq!(when.doubt, Some(Doubt::RepeatedHour));
        assert_eq!(when.start.to_string(), "2026-10-25T01:30:00");
        assert_eq!(when.start.instant(), None);
    }

    #[test]
    fn the_missing_hour_of_march_is_not_moved() {
        let when = at(2026, 3, 29, 1, 30);
        assert_eq!(when.doubt, Some(Doubt::MissingHour));
        assert_eq!(when.start.to_string(), "2026-03-29T01:30:00");
    }

    #[test]
    fn summer_time_is_known() {
        assert_eq!(at(2026, 9, 18, 17, 0).start.to_string(), "2026-09-18T17:00:00+01:00");
        assert_eq!(at(2026, 3, 6, 17, 0).start.to_string(), "2026-03-06T17:00:00+00:00");
    }

    #[test]
    fn a_stated_offset_is_shown_in_london_time() {
        let sent = Instant::from_rfc3339("2026-09-18T19:41:09Z").unwrap();
        let when = When::stated("Fri, 18 Sep 2026 21:41:09 +0200", sent, 120);
        assert_eq!(when.start.to_string(), "2026-09-18T21:41:09+02:00");
        assert_eq!(when.london().to_string(), "2026-09-18T20:41:09+01:00");
    }

    #[test]
    fn a_camera_writes_its_own_clock() {
        let when = When::camera("2026:09:18 16:46:31").unwrap();
        assert_eq!(when.start.to_string(), "2026-09-18T16:46:31+01:00");
        assert_eq!(when.zone_source, ZoneSource::Assumed);
        let stated = When::camera("2026:09:18 16:46:31 +02:00").unwrap();
        assert_eq!(stated.start.to_string(), "2026-09-18T16:46:31+02:00");
        assert_eq!(stated.zone_source, ZoneSource::Stated);
        assert_eq!(When::camera("2026:09:18 16:46:31 +99:00"), None);
        assert_eq!(When::camera("0000:00:00 00:00:00"), None);
        assert_eq!(When::camera("2026:09:18"), None);
    }

    #[test]
    fn stamps_read_back_as_themselves() {
        for text in ["2026-03-06", "2026-03-06T17:00:00+00:00", "2026-10-25T01:30:00", "1999-12-31T23:59:59-05:00"] {
            assert_eq!(text.parse::<Stamp>().unwrap().to_string(), text);
        }
        for text in ["", "2026-02-30", "6/3/2026", "2026-3-6", "2026-03-06T25:00:00"] {
            assert!(text.parse::<Stamp>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_day_sorts_before_the_times_on_it() {
        let day = When::day("18 September 2026", Date::new(2026, 9, 18).unwrap());
        assert!(day.sort_key() <= at(2026, 9, 18, 0, 0).sort_key());
        assert!(day.sort_key() < at(2026, 9, 18, 8, 0).sort_key());
        assert!(at(2026, 9, 17, 23, 59).sort_key() < day.sort_key());
    }
}
