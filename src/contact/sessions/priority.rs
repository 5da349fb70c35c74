//! What comes before what, where sessions meet.
//!
//! Within one order the greater rank stands: by default single dates, special days, school holidays, what recurs by
//! the week, calls; a clause may say otherwise. What lies wholly in a session that comes first is not due beside it;
//! what lies partly in it is shortened; a special day that lies wholly in a longer session is part of that one. Where
//! two of the same rank meet, or two orders, nothing is decided: both stand, and a finding says so.

use super::super::pattern::{Class, Clause, Contact};
use super::noted::Noted;
use super::{Candidate, Moment};
use crate::contact::LONGEST_DAYS;
use crate::model::{Finding, Severity};

/// What is due once everything has given way that must.
pub(super) fn resolve<'a>(mut candidates: Vec<Candidate<'a>>, noted: &mut Noted) -> Vec<Candidate<'a>> {
    candidates.sort_by(|a, b| b.rank.cmp(&a.rank).then(a.start.cmp(&b.start)).then(a.end.cmp(&b.end)));
    let mut accepted: Vec<Candidate<'a>> = Vec::new();
    for candidates in candidates.chunk_by(|a, b| a.rank == b.rank) {
        let mut of_rank = Vec::new();
        for candidate in candidates {
            of_rank.extend(give_way(candidate, &mut accepted));
        }
        same_rank(&of_rank, noted);
        accepted.extend(of_rank);
        accepted.sort_by(by_start);
    }
    accepted.retain(|session| session.clause.contact != Contact::Nothing);
    accepted
}

fn by_start(a: &Candidate<'_>, b: &Candidate<'_>) -> std::cmp::Ordering {
    a.start.cmp(&b.start).then(a.end.cmp(&b.end))
}

/// The parts of a session that remain beside those that come before it. A day that lies wholly in it becomes a part
/// of it, and is no session of its own.
fn give_way<'a>(candidate: &Candidate<'a>, accepted: &mut Vec<Candidate<'a>>) -> Vec<Candidate<'a>> {
    let earliest = candidate.start.date.plus_days(-LONGEST_DAYS);
    let first = accepted.partition_point(|other| other.start.date < earliest);
    let last = accepted.partition_point(|other| other.start < candidate.end);
    let mut pieces = vec![candidate.clone()];
    let mut taken_in = Vec::new();
    for (at, other) in accepted.iter_mut().enumerate().take(last).skip(first) {
        if !other.overlaps(candidate) || !other.shares_a_child(candidate) {
            continue;
        }
        let beside = other.clause.contact;
        let mut left = Vec::new();
        for mut piece in pieces {
            if !piece.overlaps(other) {
                left.push(piece);
            } else if piece.clause.contact.is_call() != beside.is_call() && beside != Contact::Nothing {
                // A call beside time spent together: where the child is with the caller, no call is due.
                if beside.is_call() {
                    left.push(piece);
                }
            } else if other.covers(&piece) {
                displaced(other, piece.clause);
            } else if piece.covers(other) && beside == piece.clause.contact {
                piece.notes.push(format!("{} ({}) falls in it", other.name, times(other)));
                taken_in.push(at);
                left.push(piece);
            } else {
                left.extend(cut(&piece, other));
            }
        }
        pieces = left;
    }
    for at in taken_in.into_iter().rev() {
        accepted.remove(at);
    }
    pieces
}

/// It is said of a session that others gave way to it.
fn displaced(session: &mut Candidate<'_>, clause: &Clause) {
    if session.clause.contact == Contact::Nothing || clause.contact.is_call() {
        return;
    }
    let what = match clause.class() {
        Class::Calls => return,
        class => class.plain(),
    };
    let note = format!("it comes before {what} that fall in it");
    if !session.notes.contains(&note) {
        session.notes.push(note);
    }
}

/// What remains of a session before and after one that comes first.
fn cut<'a>(piece: &Candidate<'a>, other: &Candidate<'_>) -> Vec<Candidate<'a>> {
    let nothing = other.clause.contact == Contact::Nothing;
    let why = |how: &str, moment: Moment, verb: &str| {
        let at = format!("{how} {} {}", moment.date.weekday_name(), moment.time.clock());
        if nothing {
            format!("{at}, as no contact is due on {}", other.name)
        } else {
            format!("{at}, when {} {verb}", other.name)
        }
    };
    let mut left = Vec::new();
    if piece.start < other.start {
        let mut before = piece.clone();
        before.end = other.start;
        before.notes.push(why("until", other.start, "begins"));
        left.push(before);
    }
    if other.end < piece.end {
        let mut after = piece.clone();
        after.start = other.end;
        after.notes.push(why("from", other.end, "ends"));
        left.push(after);
    }
    left
}

fn times(session: &Candidate<'_>) -> String {
    let (start, end) = (session.start, session.end);
    if start.date == end.date {
        format!("{} to {}", start.time.clock(), end.time.clock())
    } else {
        format!(
            "{} {} to {} {}",
            start.date.weekday_name(),
            start.time.clock(),
            end.date.weekday_name(),
            end.time.clock()
        )
    }
}

/// Two of the same rank that meet: both stand, and it is said.
fn same_rank(sessions: &[Candidate<'_>], noted: &mut Noted) {
    let mut sorted: Vec<&Candidate<'_>> = sessions.iter().collect();
    sorted.sort_by(|a, b| by_start(a, b));
    for_each_meeting(&sorted, |a, b| {
        if a.clause.contact.is_call() == b.clause.contact.is_call() {
            tell(a, b, noted);
        }
    });
}

/// Sessions of two orders that meet. Calls beside time spent together are told too: two orders do not know of each other.
pub(super) fn across_orders(sessions: &[Candidate<'_>], noted: &mut Noted) {
    let mut sorted: Vec<&Candidate<'_>> = sessions.iter().collect();
    sorted.sort_by(|a, b| by_start(a, b));
    for_each_meeting(&sorted, |a, b| {
        if a.paragraph.order_id() != b.paragraph.order_id() {
            tell(a, b, noted);
        }
    });
}

fn for_each_meeting(sorted: &[&Candidate<'_>], mut met: impl FnMut(&Candidate<'_>, &Candidate<'_>)) {
    for (i, a) in sorted.iter().enumerate() {
        for b in sorted[i + 1..].iter().take_while(|b| b.start < a.end) {
            if a.shares_a_child(b) {
                met(a, b);
            }
        }
    }
}

fn tell(a: &Candidate<'_>, b: &Candidate<'_>, noted: &mut Noted) {
    if noted.has_enough("sessions-overlap") {
        return;
    }
    let (first, second) = (a.paragraph.place(), b.paragraph.place());
    let what = format!(
        "On {} two sessions overlap, and nothing says which comes first: {} ({}, {first}) and {} ({}, {second}). Both are listed.",
        b.start.date.long(),
        a.reckoning,
        times(a),
        b.reckoning,
        times(b)
    );
    let next = "If the order says which comes first, add it to a pattern: takes priority over weekends. If one order took the \
                place of the other, say so: daybook amend ORD-1 --set superseded-by=ORD-2";
    noted.on(b.start.date, Finding::new(Severity::Warn, "sessions-overlap", second, what, next));
}
