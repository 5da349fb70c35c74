//! The wall clock of London: summer time, and the two nights on which an hour is missing or comes twice.

use super::Moment;
use crate::model::when::WallClock;
use crate::model::{Stamp, Zone};

/// The moment with its offset, where the clock leaves no doubt.
pub(super) fn stamp(moment: Moment) -> Stamp {
    match Zone::LONDON.wall_clock(moment.date, moment.time) {
        WallClock::Once(stamp) => stamp,
        _ => Stamp { date: moment.date, time: Some(moment.time), offset_minutes: None },
    }
}

/// What the clock change does to a session, in words.
pub(super) fn notes(start: Moment, end: Moment) -> Vec<String> {
    let mut notes = Vec::new();
    for moment in [start, end] {
        let clock = moment.time.clock();
        match Zone::LONDON.wall_clock(moment.date, moment.time) {
            WallClock::Once(_) => {}
            WallClock::Twice(..) => {
                notes.push(format!("{clock} comes twice that night, and the order does not say which is meant"));
            }
            WallClock::Never => notes.push(format!("{clock} does not exist that night: the clocks go forward over it")),
        }
    }
    let (from, until) = (stamp(start), stamp(end));
    if let (Some(before), Some(after)) = (from.offset_minutes, until.offset_minutes)
        && before != after
        && end.date.days_since(start.date) < 8
    {
        let (which, how) = if after > before { ("forward", "shorter") } else { ("back", "longer") };
        notes.push(format!("the clocks go {which} in it, so it is an hour {how} than they show"));
    }
    notes
}
