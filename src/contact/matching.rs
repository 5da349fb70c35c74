//! Which computed session an event tells of.

use std::collections::BTreeMap;

use crate::model::when::Precision;
use crate::model::{Date, Incident, IncidentKind, When};

use super::due::DueSession;
use super::held::london_day;
use super::session::Matched;

/// A minute in milliseconds.
const MINUTE: i64 = 60_000;
/// Who waits at a handover is there before it is due: so long an arrival alone may come before the start.
const ARRIVAL: i64 = 60 * MINUTE;

/// Computed sessions, to be found by key and by time.
pub(super) struct Sessions<'a> {
    all: &'a [DueSession],
    keys: BTreeMap<&'a str, usize>,
    /// The day on which each starts, in order of time.
    days: Vec<(Date, usize)>,
    /// How many days the longest reaches beyond its first.
    longest: i64,
}

impl<'a> Sessions<'a> {
    pub(super) fn of(all: &'a [DueSession]) -> Self {
        let mut days: Vec<(Date, usize)> = all.iter().enumerate().map(|(i, due)| (london_day(due.start), i)).collect();
        days.sort_unstable();
        let longest = all.iter().map(|due| london_day(due.end).days_since(london_day(due.start))).max().unwrap_or(0);
        let keys = all.iter().enumerate().map(|(i, due)| (due.key.as_str(), i)).collect();
        Sessions { all, keys, days, longest: longest.max(0) }
    }

    /// The session of this key.
    pub(super) fn keyed(&self, key: &str) -> Option<usize> {
        self.keys.get(key.trim()).copied()
    }

    /// The session an event tells of, by the surest sign there is.
    pub(super) fn meet(&self, event: &Incident) -> Option<(usize, Matched)> {
        if let Some(found) = event.session.as_deref().and_then(|key| self.keyed(key)) {
            return Some((found, Matched::Key));
        }
        let span = Span::of(event)?;
        self.same_start(event).or_else(|| self.same_day(event, &span)).or_else(|| self.within(event, &span))
    }

    fn same_start(&self, event: &Incident) -> Option<(usize, Matched)> {
        let start = event.due.as_ref().filter(|due| due.precision != Precision::Day)?.sort_key();
        let day = event.due.as_ref()?.london_date();
        let found = self.starting(day, day).filter(|(_, due)| due.start.sort_key() == start);
        let (index, due) = found.filter(|(_, due)| fits(event, due)).min_by_key(|(i, due)| rank(event, due, *i))?;
        let named = event.order == Some(due.order) && same_paragraph(event, due) == Some(true);
        Some((index, if named { Matched::Order } else { Matched::Start }))
    }

    fn same_day(&self, event: &Incident, span: &Span) -> Option<(usize, Matched)> {
        let found = self.starting(span.day, span.day).filter(|(_, due)| span.overlaps(due) && fits(event, due));
        found.min_by_key(|(i, due)| rank(event, due, *i)).map(|(index, _)| (index, Matched::Day))
    }

    /// What happened on a later day of a session, such as a late return, belongs to it too.
    fn within(&self, event: &Incident, span: &Span) -> Option<(usize, Matched)> {
        let by_me = event.kind == Some(IncidentKind::CancelledByMe);
        let since = span.day.plus_days(-self.longest);
        let found = self
            .starting(since, span.day.plus_days(-1))
            .filter(|(_, due)| !due.call && span.day <= london_day(due.end) && fits(event, due))
            // After its end, only a late return is still of this session.
            .filter(|(_, due)| span.from <= due.end.sort_key() || event.kind == Some(IncidentKind::NotReturned))
            // What says that it was due on a later day speaks of another time than this session. The return is due on
            // its last day; and one's own cancellation counts in any case (ENF-17).
            .filter(|(_, due)| event.due.is_none() || by_me || is_its_return(event, due));
        // The day on which one session ends may be the day of the return alone: the latest start is nearest.
        found.max_by_key(|(i, due)| (due.start.sort_key(), *i)).map(|(index, _)| (index, Matched::Within))
    }

    /// The session, due for the same reason, in whose days an event lies that says another day or time than it has.
    pub(super) fn beside(&self, event: &Incident) -> Option<usize> {
        let due = event.due.as_ref()?;
        let day = due.london_date();
        let same = |session: &DueSession| {
            event.basis.is_none_or(|basis| basis == session.basis)
                && event.order.is_none_or(|order| order == session.order)
                && same_paragraph(event, session) != Some(false)
        };
        let found = self
            .starting(day.plus_days(-self.longest), day)
            .filter(|(_, session)| !session.call && day <= london_day(session.end) && fits(event, session))
            .filter(|(_, session)| due.sort_key() <= session.end.sort_key() && same(session));
        found.max_by_key(|(i, session)| (session.start.sort_key(), *i)).map(|(index, _)| index)
    }

    fn starting(&self, from: Date, until: Date) -> impl Iterator<Item = (usize, &'a DueSession)> {
        let first = self.days.partition_point(|(day, _)| *day < from);
        let days = self.days[first..].iter().take_while(move |(day, _)| *day <= until);
        days.map(|(_, i)| (*i, &self.all[*i]))
    }
}

/// A late return of which the time given as due is the time at which the child was to come back.
fn is_its_return(event: &Incident, due: &DueSession) -> bool {
    let last = event.due.as_ref().is_some_and(|when| when.london_date() == london_day(due.end));
    event.kind == Some(IncidentKind::NotReturned) && last
}

/// A call that did not come about is no session of time together.
fn fits(event: &Incident, due: &DueSession) -> bool {
    due.call || !matches!(event.kind, Some(IncidentKind::CallMissed | IncidentKind::CallRefused))
}

/// Smaller is nearer: what the event names, then time together before calls, then the order of the sessions.
fn rank(event: &Incident, due: &DueSession, index: usize) -> (bool, bool, bool, usize) {
    (event.order != Some(due.order), same_paragraph(event, due) != Some(true), due.call, index)
}

fn same_paragraph(event: &Incident, due: &DueSession) -> Option<bool> {
    event.paragraph.as_ref().map(|number| number.trim().eq_ignore_ascii_case(due.paragraph.trim()))
}

/// From when until when an event was, as far as it says so.
struct Span {
    day: Date,
    from: i64,
    until: i64,
}

impl Span {
    fn of(event: &Incident) -> Option<Self> {
        let first = event.when()?;
        let day = first.london_date();
        let from = first.sort_key();
        if first.precision == Precision::Day {
            return Some(Span { day, from, until: When::day("", day.plus_days(1)).sort_key() - 1 });
        }
        let ends = [&event.until, &event.ended, &event.left].into_iter().flatten().map(When::sort_key);
        let until = ends.max().unwrap_or(from).max(from);
        let only_arrived = event.due.is_none() && event.happened.is_none() && event.started.is_none();
        Some(Span { day, from, until: if only_arrived { until.max(from + ARRIVAL) } else { until } })
    }

    fn overlaps(&self, due: &DueSession) -> bool {
        let (start, end) = (due.start.sort_key(), due.end.sort_key());
        if due.call {
            // Contact on the day of a call is not the call, unless it lies inside its time.
            return start <= self.from && self.until <= end;
        }
        self.from < end.max(start + 1) && start <= self.until
    }
}
