//! The dates ahead of this book.

use crate::contact::DueSession;
use crate::model::{Content, Date, Finding, Hasher, Instant, Noun, Person, Record, Zone};
use crate::rules::{Rule, Rules};
use crate::store::Book;
use crate::timeline::ahead::{Ahead, Looking};
use crate::timeline::{self, CalendarEvent, calendar};

use super::ActionError;
use super::timeline::read_range;

/// How many days back what has just passed is shown.
const JUST_PASSED: i64 = 14;
/// How many days ahead sessions are listed one by one.
const SESSIONS: i64 = 14;
/// How far ahead is shown where nobody says how far.
const A_YEAR: i64 = 366;

/// The dates of a time.
#[derive(Debug, Clone, PartialEq)]
pub struct DatesAhead {
    /// The day it is, in London.
    pub today: Date,
    /// The first day shown.
    pub from: Date,
    /// The last.
    pub until: Date,
    /// In order of time.
    pub dates: Vec<Dated>,
    /// How many more lie after the last day shown.
    pub later: usize,
    /// What could not be counted.
    pub findings: Vec<Finding>,
}

/// A date and its rule in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// The date.
    pub ahead: Ahead,
    /// The rule with its source, and how sure that is.
    pub rule: Option<RuleOfDate>,
    /// Its day is over.
    pub passed: bool,
}

/// The rule behind a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOfDate {
    /// Its id.
    pub id: String,
    /// Where it stands, how sure that is, and when it was looked at, in one sentence.
    pub words: String,
    /// The mark of its certainty: `D-copy`.
    pub certainty: &'static str,
    /// How sure that is.
    pub sure: &'static str,
}

/// The dates from a day to a day; without them what has just passed and the year ahead.
///
/// # Errors
/// A date that cannot be read, or reading failed.
pub fn dates(book: &Book, now: Instant, from: Option<&str>, until: Option<&str>) -> Result<DatesAhead, ActionError> {
    let today = now.in_zone(Zone::LONDON).date;
    let (from, until) = read_range(from, until, now)?;
    let (from, until) = (from.unwrap_or(today.plus_days(-JUST_PASSED)), until.unwrap_or(today.plus_days(A_YEAR)));
    let rules = Rules::england_and_wales();
    let gathered = Gathered::of(book)?;
    let sessions = gathered.sessions(&rules, today, today.plus_days(SESSIONS));
    let all = gathered.looking(&rules, today, sessions).all();
    let later = all.dates.iter().filter(|ahead| ahead.date > until).count();
    let dates = all
        .dates
        .into_iter()
        .filter(|ahead| (from..=until).contains(&ahead.date))
        .map(|ahead| Dated {
            rule: ahead.rule.and_then(|id| rules.rule(id)).map(of_date),
            passed: ahead.date < today,
            ahead,
        })
        .collect();
    Ok(DatesAhead { today, from, until, dates, later, findings: all.findings })
}

/// Every date there is, for what else looks ahead.
pub(super) fn all_ahead(book: &Book, today: Date) -> Result<Vec<Ahead>, ActionError> {
    let rules = Rules::england_and_wales();
    Ok(Gathered::of(book)?.looking(&rules, today, Vec::new()).all().dates)
}

fn of_date(rule: &Rule) -> RuleOfDate {
    let (sure, certainty) = (rule.certainty.words(), rule.certainty.mark());
    let words = format!("{} ({}; {sure}; checked {})", rule.id, rule.source, rule.checked.plain());
    RuleOfDate { id: rule.id.clone(), words, certainty, sure }
}

/// The dates as a calendar file. What is done is left out.
#[must_use]
pub fn as_calendar(book: &Book, now: Instant, dates: &DatesAhead) -> String {
    let events: Vec<CalendarEvent> = dates
        .dates
        .iter()
        .filter(|dated| !dated.ahead.done)
        .map(|dated| {
            let mut hasher = Hasher::new();
            hasher.update(format!("{} {}", book.info().id, dated.ahead.key).as_bytes());
            let uid = hasher.finish().to_string();
            let rule = dated.rule.as_ref().map(|rule| format!("\n{}.", rule.words)).unwrap_or_default();
            CalendarEvent {
                uid: format!("{}@daybook", &uid[..32]),
                date: dated.ahead.date,
                time: dated.ahead.time,
                summary: dated.ahead.what.trim_end_matches('.').to_owned(),
                description: format!("{}{rule}", dated.ahead.counted),
            }
        })
        .collect();
    calendar(&events, now)
}

/// What dates are counted from, read from the book once.
struct Gathered {
    records: Vec<Record>,
}

impl Gathered {
    fn of(book: &Book) -> Result<Self, ActionError> {
        let mut records = Vec::new();
        for noun in [Noun::Case, Noun::Person, Noun::Order, Noun::Step] {
            records.extend(book.all(noun)?);
        }
        Ok(Gathered { records })
    }

    fn looking<'a>(&'a self, rules: &'a Rules, today: Date, sessions: Vec<DueSession>) -> Looking<'a> {
        let people = timeline::People::of(&self.records);
        let mut looking =
            Looking { rules, today, case: None, orders: Vec::new(), steps: Vec::new(), children: Vec::new(), sessions };
        let children: Vec<&Person> = people.children();
        for record in &self.records {
            match &record.content {
                Content::Case(case) if looking.case.is_none() => looking.case = Some((record.id, case)),
                Content::Order(order) => looking.orders.push((record.id, order)),
                Content::Step(step) => looking.steps.push((record.id, step)),
                Content::Person(person) if children.iter().any(|child| std::ptr::eq(*child, person)) => {
                    looking.children.push((record.id, person));
                }
                _ => {}
            }
        }
        looking
    }

    fn sessions(&self, rules: &Rules, from: Date, until: Date) -> Vec<DueSession> {
        timeline::due_between(&self.records, rules, from, until).sessions
    }
}
