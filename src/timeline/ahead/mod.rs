//! The dates that lie ahead: each with the rule it comes from, how sure that is, and how it was counted.
//!
//! In: the case, orders, steps, children, computed sessions, and today. Out: [`Ahead`]s in order of time. Deliberately
//! absent: the clock, and any date that would have to be guessed. What cannot be counted is a finding.

mod counted;
mod hearing;
mod orders;
mod road;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::contact::DueSession;
use crate::model::when::TimeOfDay;
use crate::model::{Case, Date, Finding, Order, Person, RecordId, Severity, Step, When};
use crate::rules::{NotCovered, Rules};

pub use counted::months_after;

/// One date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ahead {
    /// For life as long as its source stays: `hearing/fm5`, `ORD-1/5/to-do`.
    pub key: String,
    /// What sort of date it is.
    pub kind: AheadKind,
    /// The London date.
    pub date: Date,
    /// The London time, where one is set.
    pub time: Option<TimeOfDay>,
    /// What it is, in one sentence.
    pub what: String,
    /// The rule it comes from. `None`: an order or the keeper said so.
    pub rule: Option<&'static str>,
    /// How it was counted, or where it stands.
    pub counted: String,
    /// The records it comes from.
    pub about: Vec<RecordId>,
    /// It is done, as far as the book knows.
    pub done: bool,
}

/// What sort of date it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AheadKind {
    /// A hearing.
    Hearing,
    /// Something to be filed or done by then.
    Deadline,
    /// A planning reminder, or what a court's own system does.
    Reminder,
    /// Something booked: a call, a visit, a meeting.
    Appointment,
    /// Something that ends: an order, a proposal, a certificate's four months.
    Ends,
    /// Contact that is due.
    Session,
    /// A child's age that changes what an order says.
    Age,
}

/// What dates are counted from.
#[derive(Debug, Clone)]
pub struct Looking<'a> {
    /// Limits and bank holidays.
    pub rules: &'a Rules,
    /// The day it is.
    pub today: Date,
    /// The case, and its record.
    pub case: Option<(RecordId, &'a Case)>,
    /// Orders and agreements.
    pub orders: Vec<(RecordId, &'a Order)>,
    /// Steps on the road.
    pub steps: Vec<(RecordId, &'a Step)>,
    /// The children of the case.
    pub children: Vec<(RecordId, &'a Person)>,
    /// Sessions ahead.
    pub sessions: Vec<DueSession>,
}

/// The dates found, and what could not be counted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AllAhead {
    /// In order of time.
    pub dates: Vec<Ahead>,
    /// What could not be counted, and why.
    pub findings: Vec<Finding>,
}

impl Looking<'_> {
    /// Every date, whenever it is; the caller takes those it shows.
    #[must_use]
    pub fn all(&self) -> AllAhead {
        let mut found = Found::default();
        self.of_the_hearing(&mut found);
        self.of_orders(&mut found);
        self.of_children(&mut found);
        self.of_steps(&mut found);
        self.of_sessions(&mut found);
        let mut dates = found.dates;
        dates.sort_by(|a, b| {
            (a.date, a.time.is_some(), a.time, &a.key).cmp(&(b.date, b.time.is_some(), b.time, &b.key))
        });
        let findings = found.not_covered.into_iter().map(|(year, what)| self.uncovered(year, &what)).collect();
        AllAhead { dates, findings }
    }

    /// Bank holidays of that year are not in the table: nothing is guessed, and it is said.
    fn uncovered(&self, year: i32, what: &[String]) -> Finding {
        let finding = Finding::new(
            Severity::Warn,
            "bank-holidays-not-covered",
            year.to_string(),
            format!("Working days of {year} cannot be counted: {}.", NotCovered { year }),
            format!("Count by hand, with the list of bank holidays on GOV.UK: {}.", what.join("; ")),
        );
        self.rules.finding("27A-91", Severity::Warn, finding)
    }
}

/// What has been found so far.
#[derive(Debug, Default)]
struct Found {
    dates: Vec<Ahead>,
    not_covered: BTreeMap<i32, Vec<String>>,
}

impl Found {
    /// A date that had to be counted in business days.
    fn counted(&mut self, date: Result<Date, NotCovered>, what: &str, ahead: impl FnOnce(Date) -> Ahead) {
        match date {
            Ok(date) => self.dates.push(ahead(date)),
            Err(NotCovered { year }) => self.not_covered.entry(year).or_default().push(what.to_owned()),
        }
    }
}

/// The London date and time of a moment.
fn of(when: &When) -> (Date, Option<TimeOfDay>) {
    let london = when.london();
    (london.date, london.time)
}

#[cfg(test)]
mod tests;
