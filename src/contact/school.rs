//! The school year, as far as it is known: terms, what lies between them, and whether a day is one of school.

use super::pattern::HolidayName;
use crate::model::{Date, Finding, SchoolTerm, Severity};
use crate::rules::Rules;

/// Between two terms that follow each other there are at most so many days; where there are more, a term is
/// missing. The longest summer has about 60, the shortest missing term with its holidays about 85.
const LONGEST_HOLIDAY: i64 = 75;

/// The school year.
pub struct School<'a> {
    rules: &'a Rules,
    terms: Vec<&'a SchoolTerm>,
    breaks: Vec<Break>,
    findings: Vec<Finding>,
}

/// A time without school between two known times of school.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// Its name, where its days tell it.
    pub name: Option<HolidayName>,
    /// The last day of school before it.
    pub last_school: Date,
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// The first day of school after it.
    pub first_school: Date,
}

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// A day of school.
    School,
    /// In term, and no day of school: a Saturday, a Sunday, a bank holiday.
    InTerm,
    /// In a holiday or a half-term.
    Holiday,
    /// No known term tells.
    Unknown,
}

impl<'a> School<'a> {
    /// Reads the terms. What cannot be right is left out and told.
    #[must_use]
    pub fn new(terms: &'a [SchoolTerm], rules: &'a Rules) -> Self {
        let mut sorted: Vec<&SchoolTerm> = terms.iter().collect();
        sorted.sort();
        let mut school = School { rules, terms: Vec::new(), breaks: Vec::new(), findings: Vec::new() };
        for term in sorted {
            school.take(term);
        }
        school
    }

    fn take(&mut self, term: &'a SchoolTerm) {
        if term.until < term.from {
            self.warn("term-backwards", term, format!("{} ends before it starts.", term.name));
            return;
        }
        if let Some(before) = self.terms.last().copied()
            && term.from <= before.until
        {
            self.warn(
                "terms-overlap",
                term,
                format!("{} starts before {} has ended, so it is left out.", term.name, before.name),
            );
            return;
        }
        if let Some(before) = self.terms.last().copied() {
            self.between(before, term);
        }
        if let Some((first, last)) = term.half_term {
            if first <= last && term.from < first && last < term.until {
                let (last_school, first_school) = (weekday_before(first), weekday_after(last));
                self.breaks.push(Break::between(last_school, first_school, half_term_name(first)));
            } else {
                self.warn("half-term-outside", term, format!("The half-term of {} does not lie in it.", term.name));
            }
        }
        self.terms.push(term);
    }

    fn between(&mut self, before: &SchoolTerm, after: &SchoolTerm) {
        let days = after.from.days_since(before.until) - 1;
        if days > LONGEST_HOLIDAY {
            let what = format!(
                "Between the end of {} on {} and the start of {} on {} a term is missing.",
                before.name,
                before.until.plain(),
                after.name,
                after.from.plain()
            );
            self.warn("terms-hole", after, what);
            return;
        }
        if days > 0 {
            self.breaks.push(Break::between(before.until, after.from, None).named());
        }
    }

    fn warn(&mut self, kind: &str, term: &SchoolTerm, what: String) {
        let next = "Look at the dates: daybook terms. No session is computed where they leave open what is due";
        self.findings.push(Finding::new(Severity::Warn, kind, term.name.clone(), what, next).under("ORD-03"));
    }

    /// Terms that overlap, end before they start, or leave a hole.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Holidays and half-terms, in order of time.
    #[must_use]
    pub fn breaks(&self) -> &[Break] {
        &self.breaks
    }

    /// What a day is.
    #[must_use]
    pub fn kind(&self, date: Date) -> DayKind {
        let holiday = self.breaks.partition_point(|found| found.last < date);
        if self.breaks.get(holiday).is_some_and(|found| found.first <= date) {
            return DayKind::Holiday;
        }
        if self.term_of(date).is_none() {
            return DayKind::Unknown;
        }
        match (date.weekday(), self.rules.is_bank_holiday(date)) {
            (5 | 6, _) | (_, Ok(true)) => DayKind::InTerm,
            (_, Ok(false)) => DayKind::School,
            (_, Err(_)) => DayKind::Unknown,
        }
    }

    /// The term a day lies in, half-term included.
    #[must_use]
    pub fn term_of(&self, date: Date) -> Option<&'a SchoolTerm> {
        let term = self.terms.partition_point(|term| term.until < date);
        self.terms.get(term).copied().filter(|term| term.from <= date)
    }

    /// The last term that has begun on this day.
    #[must_use]
    pub fn term_begun(&self, date: Date) -> Option<&'a SchoolTerm> {
        let after = self.terms.partition_point(|term| term.from <= date);
        after.checked_sub(1).map(|at| self.terms[at])
    }

    /// The days from `from` to `until`, both included, of which no term tells what they are.
    #[must_use]
    pub fn unknown(&self, from: Date, until: Date) -> Vec<(Date, Date)> {
        let mut known: Vec<(Date, Date)> = self.terms.iter().map(|term| (term.from, term.until)).collect();
        known.extend(self.breaks.iter().map(|found| (found.first, found.last)));
        known.sort_unstable();
        let mut unknown = Vec::new();
        let mut at = from;
        for (first, last) in known.into_iter().filter(|(_, last)| *last >= from) {
            if first > until {
                break;
            }
            if first > at {
                unknown.push((at, first.plus_days(-1)));
            }
            at = at.max(last.plus_days(1));
        }
        if at <= until {
            unknown.push((at, until));
        }
        unknown
    }
}

impl Break {
    fn between(last_school: Date, first_school: Date, name: Option<HolidayName>) -> Self {
        let (first, last) = (last_school.plus_days(1), first_school.plus_days(-1));
        Break { name, last_school, first, last, first_school }
    }

    /// Named by its days: Christmas Day in it, July or August, spring; short ones are half-terms of schools that
    /// count six terms.
    fn named(mut self) -> Self {
        let days = self.last.days_since(self.first) + 1;
        let has_christmas =
            Date::new(self.first.year(), 12, 25).is_some_and(|day| self.first <= day && day <= self.last);
        self.name = if has_christmas {
            Some(HolidayName::Christmas)
        } else if days > 28 {
            Some(HolidayName::Summer).filter(|_| (6..=8).contains(&self.first.month()))
        } else if matches!(self.first.month(), 3 | 4) {
            Some(HolidayName::Easter)
        } else {
            half_term_name(self.first)
        };
        self
    }

    /// The year it counts for: a Christmas holiday that of its Christmas (ORD-02), another that of its first day.
    #[must_use]
    pub fn year(&self) -> i32 {
        let early = self.name == Some(HolidayName::Christmas) && self.first.month() < 6;
        self.first.year() - i32::from(early)
    }

    /// The day in its middle; the later one where there are two. At its noon half of the days are over.
    #[must_use]
    pub fn middle(&self) -> Date {
        let days = self.last.days_since(self.first) + 1;
        self.first.plus_days(days / 2)
    }
}

fn half_term_name(first: Date) -> Option<HolidayName> {
    match first.month() {
        10 | 11 => Some(HolidayName::AutumnHalfTerm),
        2 => Some(HolidayName::SpringHalfTerm),
        5 | 6 => Some(HolidayName::SummerHalfTerm),
        _ => None,
    }
}

fn weekday_before(date: Date) -> Date {
    (1..=3).map(|days| date.plus_days(-days)).find(|day| day.weekday() < 5).unwrap_or(date)
}

fn weekday_after(date: Date) -> Date {
    (1..=3).map(|days| date.plus_days(days)).find(|day| day.weekday() < 5).unwrap_or(date)
}

#[cfg(test)]
pub(in crate::contact) mod tests {
    use super::*;

    /// Terms of an invented school.
    pub fn terms() -> Vec<SchoolTerm> {
        [
            ("Summer term 2026", "2026-04-20", "2026-07-21", Some(("2026-05-25", "2026-05-29"))),
            ("Autumn term 2026", "2026-09-02", "2026-12-18", Some(("2026-10-26", "2026-10-30"))),
            ("Spring term 2027", "2027-01-04", "2027-03-25", Some(("2027-02-15", "2027-02-19"))),
            ("Summer term 2027", "2027-04-12", "2027-07-22", Some(("2027-05-31", "2027-06-04"))),
        ]
        .into_iter()
        .map(|(name, from, until, half)| term(name, from, until, half))
        .collect()
    }

    pub fn term(name: &str, from: &str, until: &str, half: Option<(&str, &str)>) -> SchoolTerm {
        let date = |text: &str| text.parse().unwrap();
        SchoolTerm {
            from: date(from),
            until: date(until),
            name: name.into(),
            half_term: half.map(|(from, until)| (date(from), date(until))),
            source: None,
        }
    }

    #[test]
    fn holidays_are_what_lies_between_known_terms() {
        let rules = Rules::england_and_wales();
        let terms = terms();
        let school = School::new(&terms, &rules);
        let found: Vec<String> = school
            .breaks()
            .iter()
            .map(|it| {
                format!("{:?} {} {} to {}, middle {}", it.name.unwrap(), it.year(), it.first, it.last, it.middle())
            })
            .collect();
        assert_eq!(
            found,
            [
                "SummerHalfTerm 2026 2026-05-23 to 2026-05-31, middle 2026-05-27",
                "Summer 2026 2026-07-22 to 2026-09-01, middle 2026-08-12",
                "AutumnHalfTerm 2026 2026-10-24 to 2026-11-01, middle 2026-10-28",
                "Christmas 2026 2026-12-19 to 2027-01-03, middle 2026-12-27",
                "SpringHalfTerm 2027 2027-02-13 to 2027-02-21, middle 2027-02-17",
                "Easter 2027 2027-03-26 to 2027-04-11, middle 2027-04-03",
                "SummerHalfTerm 2027 2027-05-29 to 2027-06-06, middle 2027-06-02",
            ]
        );
        let kind = |text: &str| school.kind(text.parse().unwrap());
        assert_eq!(kind("2026-05-04"), DayKind::InTerm, "a bank holiday");
        assert_eq!(kind("2026-05-05"), DayKind::School);
        assert_eq!(kind("2026-05-09"), DayKind::InTerm);
        assert_eq!(kind("2026-12-25"), DayKind::Holiday);
        assert_eq!(kind("2026-04-10"), DayKind::Unknown, "before the first known term");
        assert!(school.findings().is_empty());
    }

    #[test]
    fn a_hole_between_terms_is_no_holiday() {
        let rules = Rules::england_and_wales();
        let mut terms = terms();
        terms.remove(2);
        terms.push(term("Another", "2026-10-01", "2026-10-09", None));
        let school = School::new(&terms, &rules);
        let kinds: Vec<&str> = school.findings().iter().map(|finding| finding.kind.as_str()).collect();
        assert_eq!(kinds, ["terms-overlap", "terms-hole"]);
        assert_eq!(school.kind("2027-01-20".parse().unwrap()), DayKind::Unknown);
        let date = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(
            school.unknown(date("2026-12-01"), date("2027-08-01")),
            [(date("2026-12-19"), date("2027-04-11")), (date("2027-07-23"), date("2027-08-01"))]
        );
    }
}
