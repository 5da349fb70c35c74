//! Sessions that were due, computed from what paragraphs say.
//!
//! In: orders with patterns, the calendar. Out: [`Due`]. The steps: which paragraphs count and from when to when
//! ([`force`]), the dates of each clause ([`occurrences`]), what gives way to what ([`priority`]), and the clock of
//! London ([`clock`]). Nothing is computed where a date, a term or a bank holiday is not known: that is a finding.

mod clock;
mod examine;
mod force;
mod noted;
mod occurrences;
mod priority;
mod reckoning;
mod weeks;

use super::due::{Arrangement, Calendar, Due, DueSession};
use super::pattern::{Clause, Which};
use super::school::School;
use crate::model::{Basis, Date, Stamp, TimeOfDay};
use crate::rules::Rules;
use force::Paragraph;
use noted::Noted;

pub use examine::examine;

/// A time that is asked for is read no longer than this, in days: a slip in a year must not take all day.
const LONGEST_PERIOD: i64 = 366 * 40;
/// So many days around the time asked for are computed as well: what begins before it may come first in it.
const AROUND: i64 = 4 * super::LONGEST_DAYS;

/// A time on the wall clock of London.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Moment {
    date: Date,
    time: TimeOfDay,
}

/// A session before it is known whether something comes before it.
#[derive(Debug, Clone)]
struct Candidate<'a> {
    paragraph: &'a Paragraph<'a>,
    clause: &'a Clause,
    rank: i32,
    start: Moment,
    end: Moment,
    reckoning: String,
    /// As others name it, in a few words: `Mother's Day`.
    name: String,
    /// What was said of it when it met others.
    notes: Vec<String>,
}

impl Candidate<'_> {
    fn overlaps(&self, other: &Candidate<'_>) -> bool {
        self.start < other.end && other.start < self.end
    }

    fn covers(&self, other: &Candidate<'_>) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// They concern a child in common.
    fn shares_a_child(&self, other: &Candidate<'_>) -> bool {
        let (mine, theirs) = (&self.clause.children, &other.clause.children);
        mine.is_empty()
            || theirs.is_empty()
            || mine.iter().any(|name| theirs.iter().any(|other| name.eq_ignore_ascii_case(other)))
    }
}

/// What all steps look things up in.
struct Desk<'a> {
    rules: &'a Rules,
    school: School<'a>,
    calendar: &'a Calendar<'a>,
    from: Date,
    until: Date,
}

pub(super) fn compute(arrangements: &[Arrangement<'_>], calendar: &Calendar<'_>, from: Date, until: Date) -> Due {
    let mut noted = Noted::new(from, until);
    if until < from {
        return Due::default();
    }
    let last = from.plus_days(LONGEST_PERIOD);
    let until = if until > last { noted.too_long(last) } else { until };
    let school = School::new(calendar.terms, calendar.rules);
    let desk =
        Desk { rules: calendar.rules, school, calendar, from: from.plus_days(-AROUND), until: until.plus_days(AROUND) };
    let paragraphs = force::paragraphs(arrangements, calendar, &mut noted);
    if paragraphs.iter().any(|paragraph| paragraph.pattern.clauses.iter().any(Clause::needs_terms)) {
        noted.all(desk.school.findings());
    }
    let mut sessions = Vec::new();
    for order in paragraphs.chunk_by(|a, b| a.order_id() == b.order_id()) {
        let candidates = occurrences::of_order(&desk, order, &mut noted);
        sessions.extend(priority::resolve(candidates, &mut noted));
    }
    priority::across_orders(&sessions, &mut noted);
    let mut finished: Vec<DueSession> = sessions
        .iter()
        .filter(|session| from <= session.start.date && session.start.date <= until)
        .map(|session| finish(&desk, session, &mut noted))
        .collect();
    finished.sort_by(|a, b| {
        (order_of(a.start), &a.key, order_of(a.end)).cmp(&(order_of(b.start), &b.key, order_of(b.end)))
    });
    same_keys_apart(&mut finished);
    Due { sessions: finished, findings: noted.findings }
}

fn order_of(stamp: Stamp) -> (Date, Option<TimeOfDay>) {
    (stamp.date, stamp.time)
}

fn finish(desk: &Desk<'_>, session: &Candidate<'_>, noted: &mut Noted) -> DueSession {
    let Candidate { paragraph, clause, start, end, .. } = session;
    let arrangement = paragraph.arrangement;
    let moved = matches!(clause.which, Which::Moved(_));
    let basis = if moved { Basis::Agreement } else { arrangement.order.basis() };
    let mut told = session.notes.clone();
    told.extend(clock::notes(*start, *end));
    told.extend(force::past_sixteen(desk, session, noted));
    if !clause.children.is_empty() {
        told.insert(0, format!("for {}", clause.children.join(" and ")));
    }
    DueSession {
        key: format!(
            "{}/{}/{}T{:02}:{:02}",
            arrangement.id, paragraph.words.number, start.date, start.time.hour, start.time.minute
        ),
        order: arrangement.id,
        version: arrangement.version,
        paragraph: paragraph.words.number.clone(),
        basis,
        enforceable: !moved && arrangement.order.can_be_enforced(paragraph.words),
        start: clock::stamp(*start),
        end: clock::stamp(*end),
        call: clause.contact.is_call(),
        place: clause.place.clone(),
        handover: (!clause.duties.is_empty()).then(|| clause.duties.join("; ")),
        grace_minutes: clause.grace_minutes,
        reckoning: reckoning::sentence(&session.reckoning, &told),
    }
}

/// Two sessions of one paragraph that start together (for two children) are told apart by a number.
fn same_keys_apart(sessions: &mut [DueSession]) {
    let mut last = String::new();
    let mut count = 1;
    for session in sessions {
        if session.key == last {
            count += 1;
            session.key = format!("{last}/{count}");
        } else {
            last.clone_from(&session.key);
            count = 1;
        }
    }
}

#[cfg(test)]
mod tests;
