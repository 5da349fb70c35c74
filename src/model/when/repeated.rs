//! The hour that happens twice when the clocks go back, where something else than the stamp tells which it was.

use serde::{Deserialize, Serialize};

use super::{Date, Precision, TimeOfDay, WallClock, When, Zone};

/// Which of the two hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pass {
    /// Before the clocks went back: summer time.
    First,
    /// After they went back.
    Second,
}

impl Zone {
    /// Whether this wall-clock time happened twice here.
    #[must_use]
    pub fn is_repeated(self, date: Date, time: TimeOfDay) -> bool {
        matches!(self.wall_clock(date, time), WallClock::Twice(..))
    }
}

impl When {
    /// As [`When::assumed`], with the order of a chat saying which of two hours it is. A time that did not
    /// happen twice is read as it stands.
    #[must_use]
    pub fn in_order(
        words: impl Into<String>,
        date: Date,
        time: TimeOfDay,
        precision: Precision,
        zone: Zone,
        pass: Option<Pass>,
    ) -> Self {
        let mut when = When::assumed(words, date, time, precision, zone);
        if let (Some(pass), WallClock::Twice(first, second)) = (pass, zone.wall_clock(date, time)) {
            when.start = if pass == Pass::First { first } else { second };
            when.doubt = None;
        }
        when
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_a_chat_tells_the_two_hours_apart() {
        let date = Date::new(2026, 10, 25).unwrap();
        let time = TimeOfDay::new(1, 30, 0).unwrap();
        let read = |pass| When::in_order("w", date, time, Precision::Minute, Zone::LONDON, pass);
        assert_eq!(read(Some(Pass::First)).start.to_string(), "2026-10-25T01:30:00+01:00");
        assert_eq!(read(Some(Pass::Second)).start.to_string(), "2026-10-25T01:30:00+00:00");
        assert_eq!((read(None).start.to_string().as_str(), read(None).doubt.is_some()), ("2026-10-25T01:30:00", true));
        let noon = TimeOfDay::new(12, 0, 0).unwrap();
        assert!(!Zone::LONDON.is_repeated(date, noon) && Zone::LONDON.is_repeated(date, time));
    }
}
