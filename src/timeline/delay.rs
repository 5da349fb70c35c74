//! How long after a thing happened it was written down.

use super::words::delay_in_writing;
use crate::model::when::duration_in_words;
use crate::model::{Content, Instant, When, Zone};

/// How long after a thing happened it was written down, as exactly as the times are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delay {
    /// In minutes; negative: before.
    Minutes(i64),
    /// In days on a London calendar, where no time of day is known; negative: before.
    Days(i64),
}

/// The delay of what its keeper wrote down: a contact event, a step, a note, a conversation typed in. `None`: no time is
/// known, or it is a paper or a message kept from a file, which nobody wrote down here.
#[must_use]
pub fn delay(content: &Content, written: Instant) -> Option<Delay> {
    let when = match content {
        Content::Incident(event) => {
            if let Some(minutes) = delay_in_writing(event, written) {
                return Some(Delay::Minutes(minutes));
            }
            event.last_moment()?
        }
        Content::Step(step) => step.when.as_ref()?,
        Content::Note(note) => note.when.as_ref()?,
        Content::Message(message) if message.place.is_none() => message.sent.as_ref()?,
        _ => return None,
    };
    Some(after(when, written))
}

fn after(when: &When, written: Instant) -> Delay {
    match when.start.instant() {
        Some(at) => Delay::Minutes(written.minutes_since(at)),
        None => Delay::Days(written.in_zone(Zone::LONDON).date.days_since(when.london_date())),
    }
}

impl Delay {
    /// `3 hours 24 minutes after`, `the same day`, `2 days before`.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Delay::Minutes(minutes) if minutes < 0 => format!("{} before", duration_in_words(minutes)),
            Delay::Minutes(minutes) => format!("{} after", duration_in_words(minutes)),
            Delay::Days(0) => "the same day".to_owned(),
            Delay::Days(1) => "the day after".to_owned(),
            Delay::Days(-1) => "the day before".to_owned(),
            Delay::Days(days) => format!("{} days {}", days.abs(), if days < 0 { "before" } else { "after" }),
        }
    }

    /// In minutes, where it is known to the minute; days are counted as whole ones.
    #[must_use]
    pub fn minutes(self) -> i64 {
        match self {
            Delay::Minutes(minutes) => minutes,
            Delay::Days(days) => days * 1440,
        }
    }

    /// Written down on a later day than the rules' guides advise (LOG-02).
    #[must_use]
    pub fn is_late(self, days: i64) -> bool {
        match self {
            Delay::Minutes(minutes) => minutes > days * 1440,
            Delay::Days(later) => later > days,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Step, StepKind};

    #[test]
    fn a_day_without_a_time_is_counted_in_days() {
        let check = |day: &str, written: &str, expected: &str| {
            let step = Step { when: Some(When::day(day, day.parse().unwrap())), ..Step::of(StepKind::Asked) };
            let delay = delay(&Content::Step(Box::new(step)), Instant::from_rfc3339(written).unwrap()).unwrap();
            assert_eq!(delay.words(), expected, "{day} {written}");
        };
        check("2026-03-06", "2026-03-06T20:00:00Z", "the same day");
        check("2026-03-06", "2026-03-07T08:00:00Z", "the day after");
        check("2026-03-06", "2026-03-20T08:00:00Z", "14 days after");
        check("2026-03-06", "2026-03-05T08:00:00Z", "the day before");
        // Half past eleven at night by UTC is the next day in London in summer.
        check("2026-07-06", "2026-07-05T23:30:00Z", "the same day");
    }
}
