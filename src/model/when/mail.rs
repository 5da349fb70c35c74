//! The dates of e-mails: RFC 5322, and what programs have written instead for forty years.

use chrono::DateTime;

use super::typed::offset_minutes;
use super::{Date, Doubt, Instant, Precision, Stamp, TimeOfDay, When, ZoneSource};

/// Longer than any date; a header that is longer is something else.
const LONGEST: usize = 200;

/// Reads the date of an e-mail, its words kept as they stand. Without a zone, or with one nobody
/// knows, the offset stays unknown; without seconds it is to the minute.
#[must_use]
pub fn read_mail_date(words: &str) -> Option<When> {
    let words = words.trim();
    if words.len() > LONGEST {
        return None;
    }
    if let Ok(at) = DateTime::parse_from_rfc2822(words)
        && words.matches(':').count() == 2
        && (1..=9999).contains(&chrono::Datelike::year(&at))
    {
        let offset = at.offset().local_minus_utc() / 60;
        return Some(When::stated(words, Instant::from_unix_seconds(at.timestamp()), offset));
    }
    lenient(words)
}

/// What the words hold, in whatever order they come.
#[derive(Default)]
struct Pieces {
    weekday: Option<u32>,
    day: Option<u32>,
    month: Option<u32>,
    year: Option<i32>,
    time: Option<TimeOfDay>,
    seconds: bool,
    offset: Option<i32>,
}

fn lenient(words: &str) -> Option<When> {
    let plain = without_comments(words).to_ascii_lowercase();
    let mut pieces = Pieces::default();
    for word in plain.split(|letter: char| letter.is_whitespace() || letter == ',').filter(|word| !word.is_empty()) {
        pieces.take(word);
    }
    // A zone stands in brackets where nothing else gives one: `15:04:05 (GMT)`.
    if pieces.offset.is_none()
        && let Some((_, comment)) = words.split_once('(')
    {
        pieces.offset = named_offset(&comment.trim_end_matches(')').to_ascii_lowercase());
    }
    pieces.finish(words)
}

impl Pieces {
    fn take(&mut self, word: &str) {
        let bare = word.trim_end_matches('.');
        if word.contains(':') && self.time.is_none() {
            self.take_time(word);
        } else if word.starts_with(['+', '-']) && word.len() > 4 {
            self.offset = self.offset.or_else(|| offset_minutes(word));
        } else if let Some(month) = month(bare) {
            self.month = self.month.or(Some(month));
        } else if let Some(weekday) = weekday(bare) {
            self.weekday = self.weekday.or(Some(weekday));
        } else if let Ok(number) = bare.parse::<u32>() {
            self.take_number(bare, number);
        } else if bare.contains('-') || bare.contains('/') {
            self.take_joined(bare);
        } else if matches!(bare, "am" | "pm") {
            self.take_half(bare == "pm");
        } else if self.offset.is_none() {
            self.offset = named_offset(bare);
        }
    }

    /// `15:04`, `15:04:05`, `15:04:05.123`, `15:04:05+0100`, and `2026-03-06t17:00:00z`.
    fn take_time(&mut self, word: &str) {
        let word = match word.split_once('t') {
            Some((date, time)) if date.contains('-') => {
                self.take_joined(date);
                time
            }
            _ => word,
        };
        let end = word.find(|letter: char| !(letter.is_ascii_digit() || ".:".contains(letter))).unwrap_or(word.len());
        let (clock, zone) = word.split_at(end);
        let mut parts = clock.split([':', '.']).map(str::parse::<u32>);
        let (Some(Ok(hour)), Some(Ok(minute))) = (parts.next(), parts.next()) else { return };
        let second = parts.next().and_then(Result::ok);
        self.seconds = second.is_some();
        // A leap second is shown as the second before it: no clock of ours has the 60th.
        self.time = TimeOfDay::new(hour, minute, second.unwrap_or(0).min(59));
        if !zone.is_empty() {
            self.offset = offset_minutes(zone).or_else(|| named_offset(zone));
        }
    }

    fn take_number(&mut self, word: &str, number: u32) {
        if self.day.is_none() && word.len() <= 2 {
            self.day = Some(number);
        } else if self.year.is_none() {
            self.year = full_year(word, number);
        }
    }

    /// `2026-03-06` and `06-mar-2026`. Figures with strokes are left alone: `6/3` has two readings.
    fn take_joined(&mut self, word: &str) {
        let parts: Vec<&str> = word.split('-').collect();
        let &[first, second, third] = &parts[..] else { return };
        if first.len() == 4 && second.len() == 2 {
            self.year = first.parse().ok();
            self.month = second.parse().ok();
            self.day = third.parse().ok();
        } else if let Some(month) = month(second) {
            self.day = first.parse().ok();
            self.month = Some(month);
            self.year = third.parse().ok().and_then(|number| full_year(third, number));
        }
    }

    fn take_half(&mut self, afternoon: bool) {
        if let Some(time) = self.time.filter(|time| (1..=12).contains(&time.hour)) {
            self.time = Some(TimeOfDay { hour: time.hour % 12 + if afternoon { 12 } else { 0 }, ..time });
        }
    }

    fn finish(self, words: &str) -> Option<When> {
        let date = Date::new(self.year?, self.month?, self.day?)?;
        let Some(time) = self.time else { return Some(When::day(words, date)) };
        let differs = self.weekday.is_some_and(|weekday| weekday != date.weekday());
        Some(When {
            words: words.to_owned(),
            start: Stamp { date, time: Some(time), offset_minutes: self.offset },
            end: None,
            precision: if self.seconds { Precision::Second } else { Precision::Minute },
            zone: None,
            zone_source: if self.offset.is_some() { ZoneSource::Stated } else { ZoneSource::Unknown },
            doubt: differs.then_some(Doubt::WeekdayDiffers),
        })
    }
}

/// RFC 5322, section 4.3: two figures below 50 are of this century; three count from 1900.
fn full_year(word: &str, number: u32) -> Option<i32> {
    let number = i32::try_from(number).ok()?;
    match word.len() {
        2 if number < 50 => Some(2000 + number),
        2 | 3 => Some(1900 + number),
        4 => Some(number),
        _ => None,
    }
}

fn without_comments(words: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            letter if depth == 0 => plain.push(letter),
            _ => {}
        }
    }
    plain
}

/// Zones by name, with what they mean in mail (RFC 5322, section 4.3, and Europe's). `CST` is the
/// American one there; `BST` is ours.
fn named_offset(word: &str) -> Option<i32> {
    Some(match word.trim() {
        "gmt" | "ut" | "utc" | "z" | "wet" => 0,
        "bst" | "cet" | "west" | "met" | "ist" => 60,
        "cest" | "eet" | "mest" => 120,
        "eest" | "msk" => 180,
        "edt" => -4 * 60,
        "est" | "cdt" => -5 * 60,
        "cst" | "mdt" => -6 * 60,
        "mst" | "pdt" => -7 * 60,
        "pst" => -8 * 60,
        _ => return None,
    })
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let head = word.get(..3).filter(|_| word.chars().all(char::is_alphabetic))?;
    (1..).zip(MONTHS).find(|(_, name)| *name == head).map(|(number, _)| number)
}

fn weekday(word: &str) -> Option<u32> {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let head = word.get(..3).filter(|_| word.chars().all(char::is_alphabetic))?;
    (0..).zip(DAYS).find(|(_, name)| *name == head).map(|(number, _)| number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn dates_of_mails() {
        use ZoneSource::{Stated, Unknown};
        for (words, expected, source) in [
            ("Fri, 18 Sep 2026 17:04:05 +0100", "2026-09-18T17:04:05+01:00", Stated),
            ("18 Sep 2026 17:04:05 +0100 (BST)", "2026-09-18T17:04:05+01:00", Stated),
            ("Fri, 18 Sep 2026 17:04 +0100", "2026-09-18T17:04:00+01:00", Stated),
            ("Fri, 18 Sep 2026 17:04:05 BST", "2026-09-18T17:04:05+01:00", Stated),
            ("Fri, 18 Sep 2026 17:04:05 GMT", "2026-09-18T17:04:05+00:00", Stated),
            ("Fri, 18 Sep 2026 17:04:05 -0000", "2026-09-18T17:04:05+00:00", Stated),
            ("Wed, 11 Feb 98 11:51 CST", "1998-02-11T11:51:00-06:00", Stated),
            ("Wed, 15 Feb 1995 09:38:18", "1995-02-15T09:38:18", Unknown),
            ("Fri, 18 Sep 2026 17:04:05 XYZ", "2026-09-18T17:04:05", Unknown),
            ("Tue, 1 Jul 2003 10:52:37 (EDT) -0400", "2003-07-01T10:52:37-04:00", Stated),
            ("Tue, 1 Jul 2003 10:52:37 (GMT)", "2003-07-01T10:52:37+00:00", Stated),
            ("Fri Sep 18 17:04:05 2026", "2026-09-18T17:04:05", Unknown),
            ("Fri Sep 18 17:04:05 2026 +0100", "2026-09-18T17:04:05+01:00", Stated),
            ("2026-09-18T17:04:05+01:00", "2026-09-18T17:04:05+01:00", Stated),
            ("2026-09-18 17:04:05Z", "2026-09-18T17:04:05+00:00", Stated),
            ("18-Sep-2026 17:04:05 +0100", "2026-09-18T17:04:05+01:00", Stated),
            ("Friday, September 18, 2026 5:04 PM", "2026-09-18T17:04:00", Unknown),
            ("18 Sep 2026", "2026-09-18", Unknown),
        ] {
            let when = read_mail_date(words).unwrap_or_else(|| panic!("{words}"));
            assert_eq!((when.start.to_string().as_str(), when.zone_source), (expected, source), "{words}");
            assert_eq!(when.words, words);
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for words in ["", "yesterday", "6/3/2026 17:00", "31 Feb 2026 17:00:00 +0000", "18 Sep 2026x", "99 99 99"] {
            assert_eq!(read_mail_date(words), None, "{words}");
        }
        assert_eq!(read_mail_date(&"1 ".repeat(200)), None);
    }

    #[test]
    fn a_wrong_weekday_is_said() {
        let when = read_mail_date("Mon, 18 Sep 2026 17:04:05 +0100").unwrap();
        assert_eq!(
            (when.start.to_string().as_str(), when.doubt),
            ("2026-09-18T17:04:05+01:00", Some(Doubt::WeekdayDiffers))
        );
    }

    proptest! {
        #[test]
        fn nothing_makes_it_stumble(words in "(?s).{0,60}") {
            let _ = read_mail_date(&words);
        }
    }
}
