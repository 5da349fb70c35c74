//! What is said of a chat's export as a whole, once it was read.

use super::survey::Survey;
use crate::intake::{DateOrder, Settings, Sink};
use crate::model::Severity::{Info, Warn};
use crate::model::when::Doubt;
use crate::model::{Date, Finding, Severity, When};

/// WhatsApp stops at about this many messages, without a word, with media and without.
const CAPS: [(u64, bool); 2] = [(10_000, true), (40_000, false)];

/// Counts of one reading.
#[derive(Debug, Default)]
pub(super) struct Report {
    label: String,
    pub(super) count: u64,
    pub(super) before_first: usize,
    pub(super) damaged: usize,
    pub(super) cut: usize,
    pub(super) without_date: usize,
    pub(super) media_left_out: usize,
    pub(super) with_media: bool,
    behind_file: usize,
    repeated: usize,
    by_order: usize,
    missing_hour: usize,
}

impl Report {
    pub(super) fn new(label: &str) -> Self {
        Report { label: label.to_owned(), ..Report::default() }
    }

    pub(super) fn when(&mut self, when: &When, by_order: bool, latest: Option<Date>) {
        self.behind_file += usize::from(latest.is_some_and(|latest| when.start.date.days_since(latest) > 0));
        self.repeated += usize::from(when.doubt == Some(Doubt::RepeatedHour));
        self.missing_hour += usize::from(when.doubt == Some(Doubt::MissingHour));
        self.by_order += usize::from(by_order);
    }

    pub(super) fn finish(&self, survey: &Survey, settings: &Settings, sink: &mut dyn Sink) {
        let mut say = |severity, kind: &str, what: String, next: &str| {
            sink.finding(Finding::new(severity, kind, self.label.as_str(), what, next));
        };
        if self.count == 0 {
            say(
                Warn,
                "no-messages",
                "No messages could be read from it.".into(),
                "The file is kept. Export the chat again from the phone, without changing the file.",
            );
        }
        for (order, why) in &survey.why {
            let first = match order {
                DateOrder::DayFirst => "the day first",
                DateOrder::MonthFirst => "the month first",
                DateOrder::YearFirst => "the year first",
            };
            let years = if survey.short_years() { " Years of two figures are those of this century." } else { "" };
            say(
                Info,
                "date-order",
                format!("Its dates were read with {first}, because {}.{years}", why.words()),
                why.next(*order),
            );
            if settings.date_order.is_some_and(|said| said != *order && *order != DateOrder::YearFirst) {
                say(
                    Warn,
                    "date-order-other",
                    format!("Its dates cannot be read in the order you gave; {first} is the one that fits."),
                    "Compare a few dates with the phone.",
                );
            }
        }
        if survey.order_changes {
            say(
                Warn,
                "date-order-changes",
                "Some of its dates have the day first and some the month.".into(),
                "Compare the dates with the phone; export the chat again without putting files together.",
            );
        }
        if self.without_date > 0 {
            say(
                Warn,
                "date-unreadable",
                format!(
                    "The date of {} cannot be read in the order of the others; they are kept without a time.",
                    count(self.without_date, "message")
                ),
                "Compare them with the phone.",
            );
        }
        if self.behind_file > 0 {
            say(
                Warn,
                "date-after-file",
                format!("{} a date later than the file itself.", have(self.behind_file)),
                "Compare the dates with the phone; the order of day and month may be the other one.",
            );
        }
        self.about_lines(survey, &mut say);
        self.about_clocks(&mut say);
        self.about_what_is_left_out(&mut say);
    }

    fn about_lines(&self, survey: &Survey, say: &mut dyn FnMut(Severity, &str, String, &str)) {
        if survey.segments > 1 {
            say(
                Warn,
                "form-changes",
                format!("The form of its stamps changes; it was read as {} stretches.", survey.segments),
                "If several exports were put together, import each by itself.",
            );
        }
        if survey.quoted > 0 {
            say(
                Info,
                "quoted-headers",
                format!(
                    "{} like the beginning of a message in another form; read as words of the message above.",
                    looks(survey.quoted)
                ),
                "",
            );
        }
        if survey.steps_back > 0 {
            say(
                Info,
                "goes-back",
                format!("{} more than a day earlier than the message above.", stands(survey.steps_back)),
                "A chat pasted into a message looks like that. Compare these places with the phone.",
            );
        }
        if survey.too_many {
            say(
                Warn,
                "too-many",
                "It has more messages than are read; the rest is kept in the file only.".into(),
                "Cut the export into parts and import each.",
            );
        }
        if self.before_first > 0 {
            say(
                Warn,
                "lines-before-first",
                format!("{} before the first message and belong to none.", lines(self.before_first)),
                "Look at the beginning of the file; the export may have been cut or edited.",
            );
        }
        if self.cut > 0 {
            say(
                Warn,
                "message-cut",
                format!("{} too long; the beginning was read.", is(self.cut)),
                "The whole is in the file, which is kept.",
            );
        }
        if self.damaged > 0 {
            say(
                Warn,
                "text-damaged",
                format!("Letters on {} could not be read; each is shown as \u{fffd}.", count(self.damaged, "line")),
                "Export the chat again, without opening and saving the file in another program.",
            );
        }
    }

    fn about_what_is_left_out(&self, say: &mut dyn FnMut(Severity, &str, String, &str)) {
        if let Some((cap, _)) =
            CAPS.iter().find(|(cap, media)| (cap - cap / 100..=*cap).contains(&self.count) && *media == self.with_media)
        {
            say(
                Warn,
                "export-cap",
                format!(
                    "It has {} messages. WhatsApp stops at about {cap} and leaves out the oldest without saying so.",
                    self.count
                ),
                "Export without media, which reaches further back, or keep the phone: older messages may be missing.",
            );
        }
        if self.media_left_out > 0 {
            say(
                Info,
                "media-left-out",
                format!("{} a picture, recording or file that was not exported.", names(self.media_left_out)),
                "Export the chat again with media, if they matter.",
            );
        }
    }

    fn about_clocks(&self, say: &mut dyn FnMut(Severity, &str, String, &str)) {
        if self.repeated > 0 {
            say(
                Severity::Info,
                "repeated-hour",
                format!(
                    "{} in the hour that happened twice when the clocks went back; which it was is not known.",
                    fall(self.repeated)
                ),
                "",
            );
        }
        if self.by_order > 0 {
            say(
                Severity::Info,
                "repeated-hour-by-order",
                format!(
                    "{} in the hour that happened twice; the order of the chat tells which it was.",
                    fall(self.by_order)
                ),
                "",
            );
        }
        if self.missing_hour > 0 {
            say(
                Severity::Info,
                "missing-hour",
                format!(
                    "{} in an hour the clocks skipped; the phone may have kept the time of another country.",
                    fall(self.missing_hour)
                ),
                "",
            );
        }
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn verb(number: usize, noun: &str, one: &str, many: &str) -> String {
    format!("{} {}", count(number, noun), if number == 1 { one } else { many })
}

fn have(number: usize) -> String {
    verb(number, "message", "has", "have")
}

fn is(number: usize) -> String {
    verb(number, "message", "is", "are")
}

fn fall(number: usize) -> String {
    verb(number, "message", "falls", "fall")
}

fn names(number: usize) -> String {
    verb(number, "message", "names", "name")
}

fn stands(number: usize) -> String {
    verb(number, "message", "stands", "stand")
}

fn looks(number: usize) -> String {
    verb(number, "line", "looks", "look")
}

fn lines(number: usize) -> String {
    verb(number, "line", "stands", "stand")
}
