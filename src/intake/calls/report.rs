//! What is said of a list of calls as a whole, once it was read.

use std::collections::BTreeSet;

use super::moment::{Calendar, Written};
use super::rows::Row;
use super::{Dates, has_clock};
use crate::intake::date_order::Decision;
use crate::intake::{DateOrder, Settings, Sink};
use crate::model::Severity::{Info, Warn};
use crate::model::when::{Doubt, WallClock, ZoneSource};
use crate::model::{Date, Finding, Message, Severity, Stamp, When, Zone};

/// How many words that are not known are told.
const TOLD: usize = 5;

/// Counts of one reading.
#[derive(Debug, Default)]
pub(super) struct Report {
    calls: usize,
    /// Rows that are about something else.
    pub(super) no_call: usize,
    damaged: usize,
    without_date: usize,
    without_time: usize,
    assumed: usize,
    repeated: usize,
    missing_hour: usize,
    behind_file: usize,
    way_not_known: usize,
    lengths_unread: usize,
    lengths_by_colon: usize,
    numbers_rounded: usize,
    numbers_without_nought: usize,
    kinds: BTreeSet<String>,
    differing: usize,
}

impl Report {
    /// Takes note of a call that was read.
    pub(super) fn row(&mut self, row: &Row, message: &Message, latest: Option<Date>) {
        self.calls += 1;
        self.damaged += usize::from(row.damaged);
        self.way_not_known += usize::from(message.direction.is_none());
        let Some(when) = &message.sent else {
            self.without_date += 1;
            return;
        };
        self.without_time += usize::from(!has_clock(when));
        self.assumed += usize::from(when.zone_source == ZoneSource::Assumed);
        self.repeated += usize::from(when.doubt == Some(Doubt::RepeatedHour));
        self.missing_hour += usize::from(when.doubt == Some(Doubt::MissingHour));
        self.behind_file += usize::from(latest.is_some_and(|latest| when.start.date.days_since(latest) > 0));
    }

    /// Takes note of two times in one row that are not the same one: a program has converted one of them.
    pub(super) fn differs(&mut self, when: &When, beside: Option<Written>, zone: Zone) {
        let Some(Written::Calendar { date: Calendar::Sure(date), clock: Some((time, _)), offset: None }) = beside
        else {
            return;
        };
        let Some(at) = when.start.instant() else { return };
        let near = |stamp: Stamp| stamp.instant().is_some_and(|other| at.minutes_since(other) == 0);
        let same = match zone.wall_clock(date, time) {
            WallClock::Once(stamp) => near(stamp),
            WallClock::Twice(first, second) => near(first) || near(second),
            WallClock::Never => false,
        };
        self.differing += usize::from(!same);
    }

    /// Takes note of words that say nothing that is known.
    pub(super) fn unknown_kind<'a>(&mut self, cells: impl Iterator<Item = &'a str>) {
        for cell in cells.filter(|cell| !cell.is_empty()) {
            if self.kinds.len() < TOLD {
                self.kinds.insert(cell.chars().take(40).collect());
            }
        }
    }

    /// Takes note of how a length was written.
    pub(super) fn length(&mut self, cell: &str, seconds: Option<u64>) {
        let said = !matches!(cell, "" | "-" | "null");
        self.lengths_unread += usize::from(said && seconds.is_none());
        self.lengths_by_colon += usize::from(seconds.is_some() && cell.matches(':').count() == 1);
    }

    /// Takes note of what a spreadsheet does to numbers.
    pub(super) fn number(&mut self, number: Option<&str>) {
        let Some(number) = number else { return };
        let rounded = number.contains("E+") || number.contains("e+");
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        self.numbers_rounded += usize::from(rounded);
        self.numbers_without_nought += usize::from(digits && number.len() == 10 && number.starts_with(['1', '2', '7']));
    }

    pub(super) fn finish(&self, label: &str, settings: &Settings, dates: &Dates, sink: &mut dyn Sink) {
        let mut say = |severity, kind: &str, what: String, next: &str| {
            sink.finding(Finding::new(severity, kind, label, what, next));
        };
        if self.calls == 0 {
            let what = "It has the headings of a list of calls, and no call stands below them.".to_owned();
            say(Warn, "no-messages", what, "The file is kept. Export the list again.");
        }
        self.about_dates(settings, dates, &mut say);
        self.about_rows(&mut say);
        self.about_numbers(&mut say);
    }

    fn about_dates(&self, settings: &Settings, dates: &Dates, say: &mut dyn FnMut(Severity, &str, String, &str)) {
        if let Some(Decision::Is(order, why)) = dates.decided {
            let first = match order {
                DateOrder::DayFirst => "the day first",
                DateOrder::MonthFirst => "the month first",
                DateOrder::YearFirst => "the year first",
            };
            let years = if dates.short { " Years of two figures are those of this century." } else { "" };
            say(
                Info,
                "date-order",
                format!("Its dates were read with {first}, because {}.{years}", why.words()),
                why.next(order),
            );
            if settings.date_order.is_some_and(|said| said != order && order != DateOrder::YearFirst) {
                let what = format!("Its dates cannot be read in the order you gave; {first} is the one that fits.");
                say(Warn, "date-order-other", what, "Compare a few dates with the telephone or the bill.");
            }
        }
        if dates.decided == Some(Decision::Both) {
            let what =
                "Some of its dates have the day first and some the month; those that fit both ways have no date here.";
            say(Warn, "date-order-changes", what.into(), "Export the list again without putting files together.");
        }
        if self.without_date > 0 {
            let what =
                format!("{} a date that can be read; kept without one.", calls(self.without_date, "lacks", "lack"));
            say(Warn, "date-unreadable", what, "Compare with the telephone or the bill.");
        }
        if self.without_time > 0 {
            let what = format!("{} a time of day.", calls(self.without_time, "lacks", "lack"));
            say(Info, "time-missing", what, "");
        }
        if self.behind_file > 0 {
            let what = format!("{} a date later than the file itself.", calls(self.behind_file, "has", "have"));
            say(Warn, "date-after-file", what, "Compare the dates; the order of day and month may be the other one.");
        }
        if self.assumed > 0 {
            let zone = settings.zone.name();
            let what = format!("{} no time zone; the time of {zone} was taken.", calls(self.assumed, "names", "name"));
            say(Info, "zone-assumed", what, "");
        }
        if self.differing > 0 {
            let what = format!(
                "{} two times that differ by a minute or more; the one that is counted in UTC was taken.",
                calls(self.differing, "has", "have")
            );
            let next =
                "The program that wrote the list has changed one of them. Compare with the telephone or the bill.";
            say(Warn, "times-differ", what, next);
        }
        if self.repeated > 0 {
            let what = format!(
                "{} in the hour that happened twice when the clocks went back; which it was is not known.",
                calls(self.repeated, "falls", "fall")
            );
            say(Info, "repeated-hour", what, "");
        }
        if self.missing_hour > 0 {
            let what = format!(
                "{} in an hour the clocks skipped; the list may have been written by a clock in another country.",
                calls(self.missing_hour, "falls", "fall")
            );
            say(Info, "missing-hour", what, "");
        }
    }

    fn about_rows(&self, say: &mut dyn FnMut(Severity, &str, String, &str)) {
        if self.no_call > 0 {
            let one = self.no_call == 1;
            let what = format!(
                "{} {} about something else than a call (a text message, data, a sum) and {} not taken as one.",
                rows(self.no_call),
                if one { "is" } else { "are" },
                if one { "was" } else { "were" }
            );
            say(Info, "other-rows", what, "");
        }
        if self.damaged > 0 {
            let what = format!("{} not written as a table is; what could be read was taken.", rows_are(self.damaged));
            say(Warn, "message-damaged", what, "Look at the file; it may have been cut or edited.");
        }
        if !self.kinds.is_empty() {
            let words: Vec<&str> = self.kinds.iter().map(String::as_str).collect();
            let what = format!("What kind of call these words mean is not known: {}.", words.join(", "));
            say(Warn, "kind-unknown", what, "The calls are kept without saying which way they went.");
        }
        if self.way_not_known > 0 {
            let what = format!("Of {} the list does not say which way it went.", count(self.way_not_known, "call"));
            say(Info, "direction-unknown", what, "");
        }
    }

    fn about_numbers(&self, say: &mut dyn FnMut(Severity, &str, String, &str)) {
        if self.lengths_unread > 0 {
            let what =
                format!("The length of {} cannot be read; kept without one.", count(self.lengths_unread, "call"));
            say(Warn, "length-unreadable", what, "");
        }
        if self.lengths_by_colon > 0 {
            let what = "Lengths with one colon were read as minutes and seconds.".to_owned();
            say(Info, "length-form", what, "Compare one with the telephone or the bill.");
        }
        if self.numbers_rounded > 0 {
            let what = format!(
                "A spreadsheet has rounded {}, as in 4.477E+11; their last figures are lost.",
                count(self.numbers_rounded, "telephone number")
            );
            say(
                Warn,
                "number-rounded",
                what,
                "Export the list again and import it before opening it in a spreadsheet.",
            );
        }
        if self.numbers_without_nought > 0 {
            let what = format!(
                "{} without a nought at the beginning, as spreadsheets leave them; kept as written.",
                stand(self.numbers_without_nought)
            );
            say(Info, "number-without-nought", what, "Say whose they are with: daybook people attach");
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn calls(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", count(number, "call"), if number == 1 { one } else { many })
}

fn rows(number: usize) -> String {
    count(number, "row")
}

fn rows_are(number: usize) -> String {
    format!("{} {}", rows(number), if number == 1 { "is" } else { "are" })
}

fn stand(number: usize) -> String {
    format!("{} {}", count(number, "telephone number"), if number == 1 { "stands" } else { "stand" })
}
