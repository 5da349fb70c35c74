//! The dates and times of each clause, before it is known what comes before what.

use super::super::pattern::{
    Clause, Contact, Day, Days, Feast, HolidayName, Holidays, Point, Span, Time, Which, Years,
};
use super::super::school::{Break, DayKind};
use super::force::{self, Paragraph};
use super::noted::Noted;
use super::{Candidate, Desk, Moment, reckoning, weeks};
use crate::model::{Date, Finding, Severity, TimeOfDay};
use crate::rules::feasts;

/// The days a session is about, and how they were found.
struct Base {
    first: Date,
    last: Date,
    /// The year it counts for.
    year: i32,
    reckoning: String,
    holiday: Option<Break>,
}

impl Base {
    fn day(date: Date, reckoning: impl Into<String>) -> Self {
        Base { first: date, last: date, year: date.year(), reckoning: reckoning.into(), holiday: None }
    }
}

/// Every session the clauses of an order name, agreed changes made.
pub(super) fn of_order<'a>(desk: &Desk<'_>, order: &'a [Paragraph<'a>], noted: &mut Noted) -> Vec<Candidate<'a>> {
    let mut found: Vec<Candidate<'a>> = Vec::new();
    for paragraph in order {
        for clause in &paragraph.pattern.clauses {
            let window = window(desk, paragraph, clause);
            found.extend(of_clause(desk, order, paragraph, clause, window, noted));
        }
        terms_not_known(desk, order, paragraph, noted);
        never(paragraph, noted);
    }
    agreed_changes(order, &mut found, noted);
    found
}

/// The first and the last day on which a session of a clause may start.
fn window(desk: &Desk<'_>, paragraph: &Paragraph<'_>, clause: &Clause) -> (Date, Date) {
    let from = [Some(paragraph.from), clause.first, clause.starting].into_iter().flatten().max().unwrap_or(desk.from);
    let until = [paragraph.until, clause.until].into_iter().flatten().min().unwrap_or(desk.until);
    (from.max(desk.from), until.min(desk.until))
}

fn of_clause<'a>(
    desk: &Desk<'_>,
    order: &[Paragraph<'_>],
    paragraph: &'a Paragraph<'a>,
    clause: &'a Clause,
    (from, until): (Date, Date),
    noted: &mut Noted,
) -> Vec<Candidate<'a>> {
    let Some(span) = clause.span.filter(|_| from <= until) else { return Vec::new() };
    let mut found = Vec::new();
    for base in bases(desk, paragraph, clause, from, until, noted) {
        if !year_counts(clause, &base) {
            continue;
        }
        // Whether a day counts at all comes before the question at what time.
        let date = start_day(span, &base);
        if date < from || date > until || !kind_counts(desk, order, clause, date) {
            continue;
        }
        let (start, end) = match place(desk, paragraph, span, &base) {
            Ok(times) => times,
            Err(why) => {
                tell(paragraph, why, noted);
                continue;
            }
        };
        if force::together(desk, paragraph, start.date, noted) {
            continue;
        }
        let mut candidate = Candidate {
            paragraph,
            clause,
            rank: clause.rank(),
            start,
            end,
            reckoning: base.reckoning.clone(),
            name: reckoning::name(clause, base.holiday.as_ref(), &base.reckoning, start.date),
            notes: Vec::new(),
        };
        if let Err(why) = extend(desk, &mut candidate) {
            tell(paragraph, why, noted);
            continue;
        }
        if let (Which::Holidays { part, .. }, Some(holiday)) = (&clause.which, &base.holiday) {
            candidate.reckoning = reckoning::holiday(clause, *part, holiday, start, end);
        }
        found.push(candidate);
    }
    found
}

fn year_counts(clause: &Clause, base: &Base) -> bool {
    let early = clause.year_of_christmas && base.first.month() == 1;
    let year = base.year - i32::from(early);
    match clause.years {
        Years::Every => true,
        Years::Odd => year.rem_euclid(2) == 1,
        Years::Even => year.rem_euclid(2) == 0,
    }
}

/// Whether a session may start on such a day. Where that hangs on a term nobody knows, it may not.
fn kind_counts(desk: &Desk<'_>, order: &[Paragraph<'_>], clause: &Clause, date: Date) -> bool {
    let kind = desk.school.kind(date);
    let known = kind != DayKind::Unknown;
    if needs_to_know(order, clause, date) && !known {
        return false;
    }
    match clause.days {
        Days::Any => true,
        Days::TermTime => matches!(kind, DayKind::School | DayKind::InTerm),
        Days::SchoolHolidays => kind == DayKind::Holiday,
        Days::School => kind == DayKind::School,
        Days::WithoutSchool => matches!(kind, DayKind::InTerm | DayKind::Holiday),
        Days::NotBankHolidays => desk.rules.is_bank_holiday(date) == Ok(false),
    }
}

/// A clause of holidays that comes before this one may have to do with that day.
fn needs_to_know(order: &[Paragraph<'_>], clause: &Clause, date: Date) -> bool {
    if matches!(clause.which, Which::Holidays { .. }) {
        return false;
    }
    order
        .iter()
        .filter(|paragraph| paragraph.from <= date && paragraph.until.is_none_or(|until| date <= until))
        .flat_map(|paragraph| &paragraph.pattern.clauses)
        .any(|other| matches!(other.which, Which::Holidays { .. }) && other.rank() > clause.rank())
}

fn bases(
    desk: &Desk<'_>,
    paragraph: &Paragraph<'_>,
    clause: &Clause,
    from: Date,
    until: Date,
    noted: &mut Noted,
) -> Vec<Base> {
    // A session may be named by a day that is not the one on which it starts.
    let years = from.year() - 1..=until.year() + 1;
    match &clause.which {
        Which::Weekends { .. } | Which::Weekdays { .. } | Which::MonthlyWeekends { .. } => {
            weeks::days(desk, clause, from, until, noted)
                .into_iter()
                .map(|day| Base::day(day.date, day.reckoning))
                .collect()
        }
        Which::Holidays { holidays, .. } => {
            let wanted = desk.school.breaks().iter().filter(|found| is_wanted(*holidays, found));
            wanted
                .map(|found| Base {
                    first: found.first,
                    last: found.last,
                    year: found.year(),
                    reckoning: String::new(),
                    holiday: Some(*found),
                })
                .collect()
        }
        Which::Feast(feast) => years
            .map(|year| {
                let (first, last) = days_of(*feast, year);
                let reckoning = format!("{} {year}{}", feast.said(), reckoning::parity(clause, year));
                Base { first, last, year, reckoning, holiday: None }
            })
            .collect(),
        Which::Birthday(name) => birthdays(desk, paragraph, clause, name.as_deref(), years, noted),
        Which::BankHolidays => years.flat_map(|year| bank_holidays(desk, paragraph, year, noted)).collect(),
        Which::Listed { label, dates } => dates
            .iter()
            .map(|date| {
                let label = label.as_deref().unwrap_or("the date named in the pattern");
                Base::day(*date, format!("{label}, {}", date.long()))
            })
            .collect(),
        Which::Dated { label } => dated(paragraph, clause, label.as_deref(), years, noted),
        Which::Moved(before) => {
            let agreed = clause.agreed.map(|day| format!(" on {}", day.plain())).unwrap_or_default();
            let reckoning = format!("moved by agreement{agreed}, in place of {}", before.long());
            match clause.span.map(|span| span.start.day) {
                Some(Day::Date(day, month, Some(year))) => {
                    Date::new(year, month, day).map(|date| Base::day(date, reckoning)).into_iter().collect()
                }
                _ => Vec::new(),
            }
        }
        Which::Cancelled(_) => Vec::new(),
    }
}

fn bank_holidays(desk: &Desk<'_>, paragraph: &Paragraph<'_>, year: i32, noted: &mut Noted) -> Vec<Base> {
    let Ok(days) = desk.rules.bank_holidays(year) else {
        if let Some(first) = Date::new(year, 1, 1) {
            noted.on(first.max(paragraph.from), not_covered(paragraph, year));
        }
        return Vec::new();
    };
    days.into_iter().map(|day| Base::day(day, reckoning::day_of("bank holiday,", day))).collect()
}

fn is_wanted(holidays: Holidays, found: &Break) -> bool {
    let half_term = |name: HolidayName| {
        matches!(name, HolidayName::AutumnHalfTerm | HolidayName::SpringHalfTerm | HolidayName::SummerHalfTerm)
    };
    let Some(name) = found.name else { return false };
    match holidays {
        Holidays::Named(wanted) => name == wanted,
        Holidays::Each => !half_term(name),
        Holidays::EachHalfTerm => half_term(name),
        Holidays::AlternateHalfTerms(first, year) => {
            let number = |name: HolidayName, year: i32| {
                let place = match name {
                    HolidayName::SpringHalfTerm => 0,
                    HolidayName::SummerHalfTerm => 1,
                    _ => 2,
                };
                year * 3 + place
            };
            let weeks = number(name, found.year()) - number(first, year);
            half_term(name) && weeks >= 0 && weeks % 2 == 0
        }
    }
}

fn days_of(feast: Feast, year: i32) -> (Date, Date) {
    let fixed = |month, day| Date::new(year.clamp(1, 9999), month, day).expect("a day that every year has");
    let easter = feasts::easter(year);
    let one = |date: Date| (date, date);
    match feast {
        Feast::Easter => (easter.plus_days(-2), easter.plus_days(1)),
        Feast::GoodFriday => one(easter.plus_days(-2)),
        Feast::EasterSunday => one(easter),
        Feast::EasterMonday => one(easter.plus_days(1)),
        Feast::MothersDay => one(feasts::mothers_day(year)),
        Feast::FathersDay => one(feasts::fathers_day(year)),
        Feast::ChristmasEve => one(fixed(12, 24)),
        Feast::ChristmasDay => one(fixed(12, 25)),
        Feast::BoxingDay => one(fixed(12, 26)),
        Feast::NewYearsEve => one(fixed(12, 31)),
        Feast::NewYearsDay => one(fixed(1, 1)),
        Feast::OrthodoxEaster => one(feasts::orthodox_easter(year)),
        Feast::Passover => one(feasts::passover(year)),
        Feast::RoshHashanah => one(feasts::rosh_hashanah(year)),
        Feast::YomKippur => one(feasts::yom_kippur(year)),
        Feast::Hanukkah => one(feasts::hanukkah(year)),
    }
}

fn birthdays(
    desk: &Desk<'_>,
    paragraph: &Paragraph<'_>,
    clause: &Clause,
    name: Option<&str>,
    years: std::ops::RangeInclusive<i32>,
    noted: &mut Noted,
) -> Vec<Base> {
    let wanted: Vec<_> =
        desk.calendar.children.iter().filter(|child| name.is_none_or(|name| force::named(&child.name, name))).collect();
    if wanted.is_empty() {
        let who = name.unwrap_or("a child");
        let what = format!("The birthday of {who} is not known, so no session is computed on it.");
        let next = "Add the child with its date of birth: daybook people add --role child --born \"…\"";
        noted.push(Finding::new(Severity::Warn, "birthday-not-known", paragraph.place(), what, next));
    }
    let mut found = Vec::new();
    for child in wanted {
        let Some(born) = child.born else {
            let what = format!("The date of birth of {} is not known, so no session is computed on it.", child.name);
            let next = "Write it down: daybook amend PER-… --set born=\"9 May 2017\" --why \"it was missing\"";
            noted.push(Finding::new(Severity::Warn, "birthday-not-known", paragraph.place(), what, next));
            continue;
        };
        for year in years.clone().filter(|year| *year > born.year()) {
            let Some(date) = Date::new(year, born.month(), born.day()) else {
                if let Some(near) = Date::new(year, 2, 28) {
                    let what =
                        format!("{} was born on 29 February, and {year} has none; no session is computed.", child.name);
                    let next = "Give the day by its date: 28 February 2027, 10 am to 6 pm";
                    noted.on(near, Finding::new(Severity::Warn, "no-such-day", paragraph.place(), what, next));
                }
                continue;
            };
            let reckoning = format!("birthday of {} {year}{}", child.name, reckoning::parity(clause, year));
            found.push(Base::day(date, reckoning));
        }
    }
    found
}

fn dated(
    paragraph: &Paragraph<'_>,
    clause: &Clause,
    label: Option<&str>,
    years: std::ops::RangeInclusive<i32>,
    noted: &mut Noted,
) -> Vec<Base> {
    let Some(Day::Date(day, month, once)) = clause.span.map(|span| span.start.day) else { return Vec::new() };
    let years = once.map_or(years, |year| year..=year);
    let mut found = Vec::new();
    for year in years {
        let Some(date) = Date::new(year, month, day) else {
            if let Some(near) = Date::new(year, month, 1) {
                let what =
                    format!("{year} does not have the day {day} {}, so no session is computed.", near.month_name());
                let next = "Give the day for that year in a clause of its own";
                noted.on(near, Finding::new(Severity::Warn, "no-such-day", paragraph.place(), what, next));
            }
            continue;
        };
        let counts = year - i32::from(clause.year_of_christmas && month == 1);
        let parity = reckoning::parity(clause, counts);
        let reckoning = match (label, once) {
            (Some(label), _) => format!("{label} {counts}{parity}, from {}", date.long()),
            (None, Some(_)) => format!("the dates named in the pattern, from {}", date.long()),
            (None, None) => format!("every year from {}{parity}", date.long()),
        };
        found.push(Base::day(date, reckoning));
    }
    found
}

/// Why a session has no times.
#[derive(Debug, Clone, Copy)]
enum Why {
    /// Times go by the school day, and there is no school on this day.
    NoSchool(Date),
    /// No term tells whether there is.
    Unknown,
    /// Bank holidays of that year are not in the table.
    NotCovered(Date),
}

/// The start and the end of a session about these days.
fn place(desk: &Desk<'_>, paragraph: &Paragraph<'_>, span: Span, base: &Base) -> Result<(Moment, Moment), Why> {
    let start_date = start_day(span, base);
    let start = Moment { date: start_date, time: clock(desk, paragraph, span.start, start_date, true)? };
    let mut end_date = match span.end.day {
        Day::Weekday(day) => next_weekday(start_date, day),
        Day::Date(day, month, year) => end_of_dates(start_date, day, month, year),
        day => named_day(
            day,
            base,
            if matches!(span.start.day, Day::Weekday(_)) { start_date } else { base.last.max(start_date) },
        ),
    };
    let time = clock(desk, paragraph, span.end, end_date, false)?;
    if (Moment { date: end_date, time }) <= start {
        end_date = match span.end.day {
            Day::Weekday(_) => end_date.plus_days(7),
            _ => end_date.plus_days(1),
        };
    }
    Ok((start, Moment { date: end_date, time }))
}

fn start_day(span: Span, base: &Base) -> Date {
    match span.start.day {
        Day::Weekday(day) => weekday_in(base, day),
        day => named_day(day, base, base.first),
    }
}

fn named_day(day: Day, base: &Base, same: Date) -> Date {
    let holiday = base.holiday;
    match day {
        Day::Later(days) => same.plus_days(i64::from(days)),
        Day::LastOfTerm => holiday.map_or(same, |it| it.last_school),
        Day::First => holiday.map_or(same, |it| it.first),
        Day::Middle => holiday.map_or(same, |it| it.middle()),
        Day::Last => holiday.map_or(same, |it| it.last),
        Day::FirstOfTerm => holiday.map_or(same, |it| it.first_school),
        Day::Same | Day::Weekday(_) | Day::Date(..) => same,
    }
}

/// The weekday among the days of a feast; else the last one before them.
fn weekday_in(base: &Base, weekday: u32) -> Date {
    let days = base.last.days_since(base.first).clamp(0, 6);
    (0..=days).map(|day| base.first.plus_days(day)).find(|day| day.weekday() == weekday).unwrap_or_else(|| {
        (1..7).map(|day| base.first.plus_days(-day)).find(|day| day.weekday() == weekday).unwrap_or(base.first)
    })
}

fn next_weekday(from: Date, weekday: u32) -> Date {
    from.plus_days(i64::from((7 + weekday - from.weekday()) % 7))
}

fn end_of_dates(start: Date, day: u32, month: u32, year: Option<i32>) -> Date {
    let of = |year: i32| Date::new(year, month, day).or_else(|| Date::new(year, month, day.saturating_sub(1)));
    let found = match year {
        Some(year) => of(year),
        None => of(start.year()).filter(|end| *end >= start).or_else(|| of(start.year() + 1)),
    };
    found.unwrap_or(start)
}

fn clock(desk: &Desk<'_>, paragraph: &Paragraph<'_>, point: Point, date: Date, starts: bool) -> Result<TimeOfDay, Why> {
    let instead = match point.time {
        Time::At(time) => return Ok(time),
        Time::School(instead) => instead,
    };
    let (opens, closes) = paragraph.pattern.school_day.ok_or(Why::Unknown)?;
    let school = if starts { closes } else { opens };
    // A holiday begins and ends with a day of school by what it is.
    if matches!(point.day, Day::LastOfTerm | Day::FirstOfTerm) {
        return Ok(school);
    }
    match desk.school.kind(date) {
        DayKind::School => Ok(school),
        DayKind::InTerm | DayKind::Holiday => instead.ok_or(Why::NoSchool(date)),
        DayKind::Unknown if desk.school.term_of(date).is_some() => Err(Why::NotCovered(date)),
        DayKind::Unknown => Err(Why::Unknown),
    }
}

/// A weekend is longer where the clause says so and the day is a bank holiday.
fn extend(desk: &Desk<'_>, candidate: &mut Candidate<'_>) -> Result<(), Why> {
    for extension in &candidate.clause.extensions {
        let near = if extension.moves_end { candidate.end.date } else { candidate.start.date };
        let holiday = next_weekday(near, extension.holiday);
        // A long weekend joins its holiday: a day further off is another week's.
        if holiday.days_since(near) > 3 {
            continue;
        }
        if !desk.rules.is_bank_holiday(holiday).map_err(|_| Why::NotCovered(holiday))? {
            continue;
        }
        let (Day::Weekday(day), Time::At(time)) = (extension.to.day, extension.to.time) else { continue };
        let named = format!("as {} is a bank holiday", holiday.long());
        if extension.moves_end {
            candidate.end = Moment { date: next_weekday(near, day), time };
            candidate.notes.push(format!("until {} {}, {named}", candidate.end.date.weekday_name(), time.clock()));
        } else {
            let back = (7 + near.weekday() - day) % 7;
            candidate.start = Moment { date: near.plus_days(-i64::from(back)), time };
            candidate.notes.push(format!("from {} {}, {named}", candidate.start.date.weekday_name(), time.clock()));
        }
    }
    Ok(())
}

fn tell(paragraph: &Paragraph<'_>, why: Why, noted: &mut Noted) {
    match why {
        Why::NoSchool(date) => {
            let what = format!(
                "The times go by the school day, and there is no school on {}; what counts then is not said, so no session is \
                 computed.",
                date.long()
            );
            let next = "If the order says it, write it into the pattern: from school or 10 am on Friday";
            noted.on(date, Finding::new(Severity::Warn, "no-school-that-day", paragraph.place(), what, next));
        }
        Why::NotCovered(date) => noted.on(date, not_covered(paragraph, date.year())),
        Why::Unknown => {}
    }
}

fn not_covered(paragraph: &Paragraph<'_>, year: i32) -> Finding {
    let what =
        format!("The bank holidays of {year} are not in this version's table, so what hangs on them is not computed.");
    let next = "Give those dates one by one in the pattern, or use a newer version";
    Finding::new(Severity::Warn, "bank-holidays-not-known", paragraph.place(), what, next).under("ORD-03")
}

/// Where no term is known, what hangs on terms is not computed.
fn terms_not_known(desk: &Desk<'_>, order: &[Paragraph<'_>], paragraph: &Paragraph<'_>, noted: &mut Noted) {
    let needs = |clause: &Clause| clause.needs_terms() || needs_to_know(order, clause, paragraph.from);
    if !paragraph.pattern.clauses.iter().any(needs) {
        return;
    }
    let until = paragraph.until.unwrap_or(desk.until);
    let Some((from, until)) = noted.asked(paragraph.from, until) else { return };
    for (first, last) in desk.school.unknown(from, until) {
        let what = format!(
            "From {} to {} it is not known whether there is school, so what hangs on it is not computed.",
            first.plain(),
            last.plain()
        );
        let next = "Add the terms: daybook terms add \"Autumn term 2026\" --from … --until …, or daybook terms import FILE.ics";
        noted.push(Finding::new(Severity::Warn, "terms-not-known", paragraph.place(), what, next).under("ORD-03"));
    }
}

/// A clause that lies outside its order altogether.
fn never(paragraph: &Paragraph<'_>, noted: &mut Noted) {
    for clause in &paragraph.pattern.clauses {
        let from = [Some(paragraph.from), clause.first, clause.starting].into_iter().flatten().max();
        let until = [paragraph.until, clause.until].into_iter().flatten().min();
        let window = from.zip(until).is_some_and(|(from, until)| from > until);
        let dates: Vec<Date> = match &clause.which {
            Which::Listed { dates, .. } => dates.clone(),
            Which::Dated { .. } => match clause.span.map(|span| span.start.day) {
                Some(Day::Date(day, month, Some(year))) => Date::new(year, month, day).into_iter().collect(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        };
        let outside = |date: &Date| *date < paragraph.from || paragraph.until.is_some_and(|until| *date > until);
        if window || (!dates.is_empty() && dates.iter().all(outside)) {
            let what =
                format!("“{}” can never be due: it lies outside the time in which the order counts.", clause.said());
            let next = "Look at the dates of the order and of the pattern again";
            noted.push(Finding::new(Severity::Warn, "never-due", paragraph.place(), what, next));
        }
    }
}

/// Sessions that were moved or cancelled by agreement are not due at their old time.
fn agreed_changes<'a>(order: &'a [Paragraph<'a>], found: &mut Vec<Candidate<'a>>, noted: &mut Noted) {
    for paragraph in order {
        for clause in &paragraph.pattern.clauses {
            let dates: &[Date] = match &clause.which {
                Which::Cancelled(dates) => dates,
                Which::Moved(date) => std::slice::from_ref(date),
                _ => continue,
            };
            for date in dates {
                let before = found.len();
                found.retain(|session| {
                    session.start.date != *date
                        || session.clause.contact == Contact::Nothing
                        || session.clause.contact.is_call() != clause.contact.is_call()
                        || matches!(session.clause.which, Which::Moved(_))
                });
                if found.len() == before {
                    let what = format!(
                        "By the words of this paper itself nothing starts on {}, so nothing could be changed there.",
                        date.long()
                    );
                    let next =
                        "Look at the date again; a change of another order's day stands in that order's own pattern";
                    noted.on(*date, Finding::new(Severity::Warn, "nothing-to-change", paragraph.place(), what, next));
                }
            }
        }
    }
}
