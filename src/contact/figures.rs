//! Counting.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::{Basis, Date, Finding, Incident, Outcome, RecordId, When};

use super::reconcile::Reconciled;
use super::session::{Outside, Session, Why};
use super::tally::{Buckets, Nights, Tally, Time};

/// A contact event with its name.
pub type ContactEvent<'a> = (RecordId, &'a Incident);

/// London dates, both included; open where `None`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// The first day.
    pub from: Option<Date>,
    /// The last day.
    pub until: Option<Date>,
}

/// Which sessions to count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counting {
    /// Those of this period, by their due start.
    pub period: Period,
    /// Only those due for this reason.
    pub because: Option<Because>,
    /// Only those of this order.
    pub order: Option<RecordId>,
    /// Only those of paragraphs with this number.
    pub paragraph: Option<String>,
    /// Only calls, or only time together.
    pub call: Option<bool>,
}

/// Why contact was due, where "nobody said" is an answer too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Because {
    /// For this reason.
    Of(Basis),
    /// It was not written down.
    NotSaid,
}

/// What was due in a period and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Figures {
    /// How many sessions were due, calls included.
    pub due: u32,
    /// Events written down without a time at which they were due: not counted as due, nor as anything else.
    pub without_due: u32,
    /// What became of them; they sum to `due`.
    #[serde(flatten)]
    pub buckets: Buckets,
    /// Time due and held, calls left out.
    pub minutes: Time,
    /// Nights due and held.
    pub overnights: Nights,
    /// Time spent together alone.
    pub together: Tally,
    /// Calls alone.
    pub calls: Tally,
    /// The same by why it was due; they sum to the whole.
    pub by_basis: Vec<BasisFigures>,
    /// Of `kept`: started late, within the minutes the pattern itself allows.
    pub within_grace: u32,
    /// Cancelled or ended for somebody's safety; in their buckets all the same.
    pub for_safety: u32,
    /// Still ahead: what became of them is known already, because it was written down.
    pub ahead: u32,
    /// The same by month of the due start; they sum to the period.
    pub months: Vec<Month>,
    /// One line a session, in order of time.
    pub sessions: Vec<Session>,
    /// Events that are in no count of what was due.
    pub outside: Vec<Outside>,
    /// Contact that was only asked for: never due.
    pub asked: Asked,
    /// What is doubtful about orders and entries.
    pub findings: Vec<Finding>,
}

/// Findings that tell of contact which may have been due and could not be computed.
const NOT_COMPUTED: [&str; 4] = ["terms-not-known", "bank-holidays-not-known", "birthday-not-known", "period-too-long"];

impl Figures {
    /// Why some contact that may have been due is in no figure. Nothing: all of it could be computed.
    pub fn not_computed(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| NOT_COMPUTED.contains(&finding.kind.as_str()))
    }
}

/// A month of a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Month {
    /// `2026-03`; `None`: events without any time.
    pub month: Option<String>,
    /// How many were due.
    pub due: u32,
    /// What became of them.
    #[serde(flatten)]
    pub buckets: Buckets,
    /// Time due and held.
    pub minutes: Time,
    /// Nights due and held.
    pub overnights: Nights,
}

/// What was due for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BasisFigures {
    /// Why. `None`: nobody wrote that down.
    pub basis: Option<Basis>,
    /// Counted.
    #[serde(flatten)]
    pub tally: Tally,
}

/// Contact that was only asked for, and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Asked {
    /// How many times.
    pub count: u32,
    /// What came of them; they sum to `count`.
    #[serde(flatten)]
    pub buckets: Buckets,
}

/// Counts. An event without any time belongs to no period but the open one.
#[must_use]
pub(super) fn figures(all: &Reconciled, counting: &Counting) -> Figures {
    let mut figures = Figures { findings: all.findings.clone(), ..Figures::default() };
    let mut whole = Tally::default();
    let mut months: BTreeMap<Option<String>, Tally> = BTreeMap::new();
    let mut bases: BTreeMap<Option<Basis>, Tally> = BTreeMap::new();
    for session in all.sessions.iter().filter(|session| counting.counts(session)) {
        let month = session.day.map(|day| day.to_string()[..7].to_owned());
        let kind = if session.call { &mut figures.calls } else { &mut figures.together };
        for tally in [&mut whole, kind, months.entry(month).or_default(), bases.entry(session.basis).or_default()] {
            tally.add(session);
        }
        figures.within_grace += u32::from(session.within_grace);
        figures.for_safety += u32::from(session.for_safety && session.outcome != Outcome::Kept);
        figures.ahead += u32::from(session.due_start.is_some_and(|start| start.sort_key() > all.now.0));
        figures.sessions.push(session.clone());
    }
    let Tally { due, buckets, minutes, overnights } = whole;
    (figures.due, figures.buckets, figures.minutes, figures.overnights) = (due, buckets, minutes, overnights);
    // `None` sorts first; what has no time, or no reason, stands last, as in every listing.
    let untimed = months.remove(&None).map(|tally| Month::of(None, tally));
    figures.months = months.into_iter().map(|(month, tally)| Month::of(month, tally)).chain(untimed).collect();
    let unsaid = bases.remove(&None).map(|tally| BasisFigures { basis: None, tally });
    figures.by_basis = bases.into_iter().map(|(basis, tally)| BasisFigures { basis, tally }).chain(unsaid).collect();
    for event in all.outside.iter().filter(|event| counting.lists(event)) {
        match event.why {
            Why::NoDueTime => figures.without_due += 1,
            Why::Asked => {
                figures.asked.count += 1;
                figures.asked.buckets.add(event.outcome);
            }
            Why::NothingDue | Why::OtherTime | Why::InsteadOfNothing => {}
        }
        figures.outside.push(event.clone());
    }
    figures
}

impl Counting {
    /// Everything of this period.
    #[must_use]
    pub fn of(period: Period) -> Self {
        Counting { period, ..Counting::default() }
    }

    fn counts(&self, session: &Session) -> bool {
        self.period.holds_day(session.day)
            && self.call.is_none_or(|call| call == session.call)
            && self.is_of(session.basis, session.order, session.paragraph.as_deref())
    }

    fn lists(&self, event: &Outside) -> bool {
        self.period.holds_day(event.day)
            && self.call.is_none()
            && self.is_of(event.basis, event.order, event.paragraph.as_deref())
    }

    fn is_of(&self, basis: Option<Basis>, order: Option<RecordId>, paragraph: Option<&str>) -> bool {
        let because = basis.map_or(Because::NotSaid, Because::Of);
        let number = |wanted: &String| paragraph.is_some_and(|number| number.eq_ignore_ascii_case(wanted.trim()));
        self.because.is_none_or(|wanted| wanted == because)
            && self.order.is_none_or(|wanted| order == Some(wanted))
            && self.paragraph.as_ref().is_none_or(number)
    }
}

impl Because {
    /// All of them, with their words on the command line.
    pub const ALL: [(Because, &'static str); 5] = [
        (Because::Of(Basis::Order), "order"),
        (Because::Of(Basis::Agreement), "agreement"),
        (Because::Of(Basis::Pattern), "pattern"),
        (Because::Of(Basis::Asked), "asked"),
        (Because::NotSaid, "not-said"),
    ];

    /// The reason a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|row| row.1 == word).map(|row| row.0)
    }
}

impl Period {
    /// Whether something of this time belongs to the period.
    #[must_use]
    pub fn holds(&self, when: Option<&When>) -> bool {
        self.holds_day(when.map(When::london_date))
    }

    fn holds_day(self, day: Option<Date>) -> bool {
        let Some(day) = day else { return self.from.is_none() && self.until.is_none() };
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Month {
    fn of(month: Option<String>, tally: Tally) -> Self {
        let Tally { due, buckets, minutes, overnights } = tally;
        Month { month, due, buckets, minutes, overnights }
    }
}
