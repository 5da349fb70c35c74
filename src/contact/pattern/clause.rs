//! Reading a whole pattern: clause by clause, then what must fit together.

use super::dates::weekday_name;
use super::error::PatternError;
use super::reader::Reader;
use super::words::{self, LONGEST, Word};
use super::{Clause, Contact, Day, Days, Feast, Part, Pattern, Point, Span, Time, Which, Years};
use crate::model::TimeOfDay;

/// The most clauses of one paragraph.
const MOST_CLAUSES: usize = 60;

/// Words before the days, and what they make due.
const CONTACT: [(&str, Contact); 22] = [
    ("no contact", Contact::Nothing),
    ("not with this parent", Contact::Nothing),
    ("with the other parent", Contact::Nothing),
    ("no weekends", Contact::Nothing),
    ("video calls", Contact::VideoCall),
    ("video call", Contact::VideoCall),
    ("a video call", Contact::VideoCall),
    ("call by video", Contact::VideoCall),
    ("calls by video", Contact::VideoCall),
    ("video contact", Contact::VideoCall),
    ("telephone calls", Contact::Call),
    ("telephone call", Contact::Call),
    ("a telephone call", Contact::Call),
    ("phone calls", Contact::Call),
    ("phone call", Contact::Call),
    ("a phone call", Contact::Call),
    ("a call", Contact::Call),
    ("calls", Contact::Call),
    ("call", Contact::Call),
    ("telephone contact", Contact::Call),
    ("contact", Contact::Time),
    ("time", Contact::Time),
];

impl Pattern {
    /// Reads a pattern.
    ///
    /// ```
    /// use daybook::contact::Pattern;
    /// let text = "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026";
    /// let said = Pattern::read(text).unwrap().said();
    /// assert_eq!(said, "Alternate weekends, from Friday 5.00 pm to Sunday 5.00 pm, counted from Friday 6 March 2026.");
    /// ```
    ///
    /// # Errors
    /// A word that is not understood, or clauses that leave something open that nobody may guess.
    pub fn read(text: &str) -> Result<Pattern, PatternError> {
        if text.len() > LONGEST {
            let why = format!("the pattern is longer than {LONGEST} characters");
            let next = "Give each paragraph of the order its own pattern".to_owned();
            return Err(PatternError { word: String::new(), at: 0..0, why, next });
        }
        let mut pattern = Pattern::default();
        let mut last: Vec<Word> = Vec::new();
        for words in words::clauses(text) {
            let mut reader = Reader::new(&words);
            match school_day(&mut reader)? {
                Some(times) => pattern.school_day = Some(times),
                None => pattern.clauses.extend(clause(&mut reader)?),
            }
            if pattern.clauses.len() > MOST_CLAUSES {
                return Err(reader.error_at(0, "there are too many clauses", "Give each paragraph its own pattern"));
            }
            last = words;
        }
        let reader = Reader { words: &last, at: last.len() };
        if pattern.clauses.is_empty() {
            return Err(reader.error(
                "the pattern says of no day that contact is due",
                "Write it like: every Wednesday, 4 pm to 7 pm",
            ));
        }
        pattern.check_school(&reader)?;
        Ok(pattern)
    }

    /// Times by the school day need its times, or another time.
    fn check_school(&self, reader: &Reader<'_>) -> Result<(), PatternError> {
        let by_school = self
            .clauses
            .iter()
            .filter_map(|clause| clause.span)
            .any(|span| matches!(span.start.time, Time::School(_)) || matches!(span.end.time, Time::School(_)));
        if by_school && self.school_day.is_none() {
            let next = "Add a line with the times of the school: school day 8.45 am to 3.15 pm";
            return Err(reader.error("when the school day starts and ends is not said", next));
        }
        Ok(())
    }
}

/// `school day 8.45 am to 3.15 pm`.
fn school_day(reader: &mut Reader<'_>) -> Result<Option<(TimeOfDay, TimeOfDay)>, PatternError> {
    reader.took("the");
    if !reader.took_any(&["school day is", "school day from", "school day"]) {
        reader.at = 0;
        return Ok(None);
    }
    reader.took("from");
    let at = reader.at;
    let span = reader.span()?;
    let (Time::At(start), Time::At(end)) = (span.start.time, span.end.time) else {
        return Err(reader.error_at(
            at,
            "the times of the school day are expected",
            "Write it like: school day 8.45 am to 3.15 pm",
        ));
    };
    if end <= start || span.start.day != Day::Same || span.end.day != Day::Same {
        return Err(reader.error_at(
            at,
            "the school day ends before it starts",
            "Write it like: school day 8.45 am to 3.15 pm",
        ));
    }
    if !reader.is_done() {
        return Err(
            reader.error("nothing more is expected behind the school day", "Begin a new line, or put a ; before it")
        );
    }
    Ok(Some((start, end)))
}

/// One clause as typed; "first half in even years and second half in odd years" makes two.
fn clause(reader: &mut Reader<'_>) -> Result<Vec<Clause>, PatternError> {
    let change = reader.change()?;
    let contact = if change.is_some() { Contact::Time } else { contact(reader) };
    let which = match change {
        Some(which) => which,
        None => reader.which()?,
    };
    let mut clauses = vec![Clause { contact, ..Clause::on(which) }];
    if let Some(second) = other_half(reader, &mut clauses[0])? {
        clauses.push(second);
    }
    if matches!(clauses[0].which, Which::Dated { .. }) {
        clauses[0].span = Some(reader.span()?);
    }
    let mut shared = clauses[0].clone();
    while !reader.is_done() {
        reader.part(&mut shared)?;
    }
    let count = clauses.len();
    for clause in &mut clauses {
        let years = if count > 1 { clause.years } else { shared.years };
        *clause = Clause { which: clause.which.clone(), years, ..shared.clone() };
        complete(reader, clause)?;
        check(reader, clause)?;
    }
    Ok(clauses)
}

/// What is due: before the days, or behind a `the`.
fn contact(reader: &mut Reader<'_>) -> Contact {
    reader.skip(&["on", "the", "a"]);
    let found = reader.took_one(&CONTACT);
    reader.skip(&["on", "in", "during", "the"]);
    found.unwrap_or_default()
}

/// `… in even years and second half in odd years`.
fn other_half(reader: &mut Reader<'_>, first: &mut Clause) -> Result<Option<Clause>, PatternError> {
    const YEARS: [(&str, Years); 2] = [("in odd years", Years::Odd), ("in even years", Years::Even)];
    let Which::Holidays { part, holidays } = first.which else { return Ok(None) };
    let Some(years) = reader.took_one(&YEARS) else { return Ok(None) };
    first.years = years;
    let at = reader.at;
    reader.skip(&[",", "and", "the"]);
    let halves = [("first half", Part::FirstHalf), ("second half", Part::SecondHalf), ("other half", Part::Whole)];
    let Some(mut half) = reader.took_one(&halves) else {
        reader.at = at;
        return Ok(None);
    };
    if half == Part::Whole {
        half = if part == Part::FirstHalf { Part::SecondHalf } else { Part::FirstHalf };
    }
    let Some(second_years) = reader.took_one(&YEARS) else {
        return Err(reader.error("in which years is not said", "Write it like: and second half in odd years"));
    };
    if half == part || second_years == years || part == Part::Whole {
        return Err(reader.error_at(
            reader.at - 1,
            "the two halves or their years are the same",
            "Write it like: first half of \
            each school holiday in even years and second half in odd years",
        ));
    }
    Ok(Some(Clause {
        contact: first.contact,
        years: second_years,
        ..Clause::on(Which::Holidays { part: half, holidays })
    }))
}

/// The ends of halves that nobody has to write: noon of the middle day, the end and the start of term.
fn complete(reader: &Reader<'_>, clause: &mut Clause) -> Result<(), PatternError> {
    let noon = TimeOfDay { hour: 12, minute: 0, second: 0 };
    if let Which::Holidays { part, .. } = clause.which {
        let outer = [
            Point { day: Day::LastOfTerm, time: Time::School(None) },
            Point { day: Day::FirstOfTerm, time: Time::School(None) },
        ];
        let middle = Point { day: Day::Middle, time: Time::At(noon) };
        let span = clause.span.unwrap_or(Span { start: outer[0], end: outer[1] });
        let inner = [span.start, span.end].into_iter().find(|point| point.day == Day::Middle).unwrap_or(middle);
        clause.span = Some(match part {
            Part::FirstHalf => Span { end: inner, ..span },
            Part::SecondHalf => Span { start: inner, ..span },
            Part::Whole => span,
        });
    }
    if clause.span.is_none() && !matches!(clause.which, Which::Cancelled(_)) {
        let example = match clause.which {
            Which::Weekends { .. } | Which::MonthlyWeekends { .. } => "Friday 5 pm to Sunday 5 pm",
            Which::Moved(_) => "Friday 10 July 2026 5 pm to Sunday 12 July 2026 5 pm",
            Which::Feast(Feast::Easter) => "Friday 10 am to Monday 6 pm",
            _ => "10 am to 6 pm",
        };
        return Err(reader.error("the times are missing", format!("Add them to the clause: {example}")));
    }
    Ok(())
}

/// What must fit together.
fn check(reader: &Reader<'_>, clause: &Clause) -> Result<(), PatternError> {
    let wrong = |why: String, next: &str| Err(reader.error_at(0, why, next));
    let Some(span) = clause.span else { return Ok(()) };
    let in_holidays = matches!(clause.which, Which::Holidays { .. });
    let days = [span.start.day, span.end.day];
    let of_holiday =
        |day: &Day| matches!(day, Day::LastOfTerm | Day::First | Day::Middle | Day::Last | Day::FirstOfTerm);
    if !in_holidays && days.iter().any(of_holiday) {
        return wrong(
            "days of a holiday stand in a clause about other days".into(),
            "Begin the clause with the holiday: first half of the Easter holiday, from the end of term to 12 noon on the middle day",
        );
    }
    if in_holidays && !days.iter().all(of_holiday) {
        return wrong(
            "the times do not say on which day of the holiday".into(),
            "Write it like: from 10 am on the first day to 6 pm on the last day",
        );
    }
    match &clause.which {
        Which::Weekends { every } => check_weekend(reader, clause, span, *every)?,
        Which::MonthlyWeekends { .. } => check_weekend(reader, clause, span, 1)?,
        Which::Weekdays { days, every } => check_weekdays(reader, clause, span, days, *every)?,
        Which::Dated { .. } => check_dated(reader, span)?,
        Which::Moved(_) if !matches!(span.start.day, Day::Date(_, _, Some(_))) => {
            return wrong(
                "the new dates are missing".into(),
                "Write it like: instead of Friday 3 July 2026, from 5 pm on Friday 10 July 2026 to 5 pm on Sunday 12 July 2026",
            );
        }
        Which::Listed { .. } | Which::Birthday(_) | Which::BankHolidays | Which::Feast(_)
            if days.iter().any(|day| matches!(day, Day::Date(..))) =>
        {
            return wrong(
                "the times name a date of their own".into(),
                "Write only the times: 10 am to 6 pm, or 10 am to 6 pm the next day",
            );
        }
        _ => {}
    }
    let midnight = TimeOfDay { hour: 0, minute: 0, second: 0 };
    if let (Day::Same, Day::Same, Time::At(start), Time::At(end)) =
        (span.start.day, span.end.day, span.start.time, span.end.time)
        && end <= start
        && end != midnight
    {
        let next = format!("For a night write: {} to {} the next day", start.clock(), end.clock());
        return wrong("it ends before it starts".into(), &next);
    }
    if clause.restarts.is_some() && !matches!(clause.which, Which::Weekends { .. } | Which::Weekdays { .. }) {
        return wrong("only weekends and weekdays are counted anew".into(), "Leave “restarts” out of this clause");
    }
    if !clause.extensions.is_empty() && !matches!(clause.which, Which::Weekends { .. } | Which::MonthlyWeekends { .. })
    {
        return wrong(
            "only a weekend is made longer by a bank holiday".into(),
            "Leave the bank holiday out of this clause, or make a clause of it: each bank holiday, 10 am to 6 pm",
        );
    }
    if clause.days == Days::SchoolHolidays && in_holidays {
        return wrong("a holiday is always in the school holidays".into(), "Leave “in school holidays” out");
    }
    Ok(())
}

fn check_weekend(reader: &Reader<'_>, clause: &Clause, span: Span, every: u32) -> Result<(), PatternError> {
    let Day::Weekday(start) = span.start.day else {
        let next = "Write it like: alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026";
        return Err(reader.error_at(0, "a weekend needs the weekday on which it starts", next));
    };
    if !matches!(span.end.day, Day::Weekday(_) | Day::Same | Day::Later(_)) {
        return Err(reader.error_at(
            0,
            "the end of the weekend is no weekday",
            "Write it like: Friday 5 pm to Sunday 5 pm",
        ));
    }
    check_first(reader, clause, &[start], every)
}

fn check_weekdays(
    reader: &Reader<'_>,
    clause: &Clause,
    span: Span,
    days: &[u32],
    every: u32,
) -> Result<(), PatternError> {
    let own = |day: u32| days == [day];
    let fits = match span.start.day {
        Day::Same => true,
        Day::Weekday(day) => own(day),
        _ => false,
    };
    let ends = match span.end.day {
        Day::Same | Day::Later(_) => true,
        Day::Weekday(_) => days.len() == 1,
        _ => false,
    };
    if !fits || !ends {
        let next = "Write it like: every Tuesday and Thursday, 4 pm to 7 pm; for a night: 4 pm to 8.30 am the next day";
        return Err(reader.error_at(0, "the times name other days than the clause", next));
    }
    check_first(reader, clause, days, every)
}

/// What is not due every week is counted from a day, and that day must be one of them.
fn check_first(reader: &Reader<'_>, clause: &Clause, days: &[u32], every: u32) -> Result<(), PatternError> {
    let name = weekday_name(days[0]);
    let Some(first) = clause.first else {
        if every > 1 && clause.restarts.is_none() {
            let why = "from which day it is counted is not said";
            let next = format!("Add the first one: first {name} 6 March 2026 (with its own date)");
            return Err(reader.error(why, next));
        }
        return Ok(());
    };
    if !days.contains(&first.weekday()) {
        let why = format!("{} is a {}, and the clause starts on a {name}", first.plain(), first.weekday_name());
        let next = format!("Give the date of the first {name}");
        return Err(reader.error_at(0, why, next));
    }
    Ok(())
}

fn check_dated(reader: &Reader<'_>, span: Span) -> Result<(), PatternError> {
    let (Day::Date(day, month, year), end) = (span.start.day, span.end.day) else { return Ok(()) };
    let next = "Write it like: from 10 am on 1 August 2026 to 6 pm on 14 August 2026; or, every year, 10 am on 24 December \
                to 3 pm on 25 December";
    if let Day::Date(to_day, to_month, to_year) = end {
        if year.is_some() != to_year.is_some() {
            return Err(reader.error_at(0, "one date has a year and the other has none", next));
        }
        // Dates of every year are tried on a leap year and the one after it: 24 December to 2 January is a week and more,
        // 25 December to 24 December is a slip.
        let (year, to_year) = match year.zip(to_year) {
            Some(years) => years,
            None if (to_month, to_day) < (month, day) => (2024, 2025),
            None => (2024, 2024),
        };
        let as_dates =
            crate::model::Date::new(year, month, day).zip(crate::model::Date::new(to_year, to_month, to_day));
        if let Some((from, until)) = as_dates
            && !(0..=crate::contact::LONGEST_DAYS).contains(&until.days_since(from))
        {
            let why = "it ends before it starts, or lasts longer than a session can";
            return Err(reader.error_at(0, why, next));
        }
        return Ok(());
    }
    if matches!(end, Day::Same | Day::Later(_)) { Ok(()) } else { Err(reader.error_at(0, "the end is no date", next)) }
}
