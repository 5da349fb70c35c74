//! What was due: sessions computed from the numbered words of orders, agreements and usual patterns.

use serde::Serialize;

use crate::model::{Basis, Date, Finding, Order, RecordId, SchoolTerm, Stamp};
use crate::rules::Rules;

/// An order as sessions are computed from it.
#[derive(Debug, Clone, Copy)]
pub struct Arrangement<'a> {
    /// Its name.
    pub id: RecordId,
    /// Which version of the record: a paragraph typed again is another version.
    pub version: u32,
    /// What it says.
    pub order: &'a Order,
}

/// What computing needs besides the orders.
#[derive(Debug, Clone)]
pub struct Calendar<'a> {
    /// Bank holidays, as dated data.
    pub rules: &'a Rules,
    /// School terms, as the case has them.
    pub terms: &'a [SchoolTerm],
    /// Children with their names and dates of birth, as far as they are known.
    pub children: Vec<Child>,
    /// Times in which the parents lived together again, both days included; `None`: still so. An order
    /// rests then, and lapses after more than six months (ENF-32).
    pub together: Vec<(Date, Option<Date>)>,
}

/// A child of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// As papers name them.
    pub name: String,
    /// Date of birth, where it is known.
    pub born: Option<Date>,
}

/// One occasion of contact that was due by somebody's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DueSession {
    /// For life as long as the words stay: `ORD-1/3/2026-09-18T17:00`.
    pub key: String,
    /// The order.
    pub order: RecordId,
    /// The version of that record.
    pub version: u32,
    /// The paragraph.
    pub paragraph: String,
    /// Why it was due; the figures of each basis are kept apart.
    pub basis: Basis,
    /// Its paragraph can be enforced at all (ENF-10).
    pub enforceable: bool,
    /// When it starts, London time.
    pub start: Stamp,
    /// When it ends.
    pub end: Stamp,
    /// A call on the telephone or by video within these times, not time spent together.
    pub call: bool,
    /// Where the handover at its start is due, where the pattern says so.
    pub place: Option<String>,
    /// Who collects or brings the child at the start, and who at the end, in the pattern's words.
    pub handover: Option<String>,
    /// So many minutes late are still in time by the pattern's own words.
    pub grace_minutes: u32,
    /// How it was reckoned, in one sentence.
    pub reckoning: String,
}

/// What was due in a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// In order of time, then of orders and paragraphs.
    pub sessions: Vec<DueSession>,
    /// What could not be computed, overlaps, and what is doubtful.
    pub findings: Vec<Finding>,
}

/// Computes every session that starts within these London days, both included.
#[must_use]
pub fn due(arrangements: &[Arrangement<'_>], calendar: &Calendar<'_>, from: Date, until: Date) -> Due {
    super::sessions::compute(arrangements, calendar, from, until)
}
