//! The pattern of a paragraph: a short text that reads like the order, parsed once into types.
//!
//! In: `alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026`. Out: a [`Pattern`], which can
//! be said back in full ([`Pattern::said`]) and reads back as itself. `docs/patterns.md` has the grammar.
//! Deliberately absent: dates of sessions (that is `sessions`), and any guess at what was left out.

mod clause;
mod dates;
mod error;
mod kinds;
mod parts;
mod reader;
mod said;
mod times;
mod words;

#[cfg(test)]
mod tests;

use crate::model::{Date, TimeOfDay};

pub use error::PatternError;
pub(in crate::contact) use said::nth;

/// What a paragraph makes due.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pattern {
    /// When the school day starts and ends, where the text says so.
    pub school_day: Option<(TimeOfDay, TimeOfDay)>,
    /// Its clauses, in the order of the text.
    pub clauses: Vec<Clause>,
}

/// One clause: which days, at what times, and on what terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// What is due.
    pub contact: Contact,
    /// On which days.
    pub which: Which,
    /// In which years.
    pub years: Years,
    /// A day in January counts for the year of the Christmas before (ORD-02).
    pub year_of_christmas: bool,
    /// From when to when.
    pub span: Option<Span>,
    /// The day that counting starts from; nothing is due before it.
    pub first: Option<Date>,
    /// Nothing is due before this day; it is not counted from.
    pub starting: Option<Date>,
    /// Nothing is due after this day.
    pub until: Option<Date>,
    /// On which kinds of days.
    pub days: Days,
    /// Counting starts again with this weekend or day of each term, counted from 1.
    pub restarts: Option<u32>,
    /// Other times where a day is a bank holiday.
    pub extensions: Vec<Extension>,
    /// For these children only, by name; empty: for all.
    pub children: Vec<String>,
    /// Where the handover at its start is.
    pub place: Option<String>,
    /// Who collects and who returns, in the words typed.
    pub duties: Vec<String>,
    /// So many minutes late are in time.
    pub grace_minutes: u32,
    /// The notice that has to be given, in the words typed; nothing is computed from it.
    pub notice: Option<String>,
    /// What it comes before, whatever the usual order is.
    pub over: Vec<Class>,
    /// What comes before it, whatever the usual order is.
    pub under: Vec<Class>,
    /// When a change was agreed.
    pub agreed: Option<Date>,
}

/// What a clause makes due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Contact {
    /// Time spent together.
    #[default]
    Time,
    /// A call.
    Call,
    /// A call by video.
    VideoCall,
    /// The child is not with the person whose contact this is: what is due otherwise is not due then.
    Nothing,
}

/// On which days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Every weekend (1), alternate weekends (2), every third one.
    Weekends {
        /// How many weeks lie between.
        every: u32,
    },
    /// The first and third weekends of each month; -1 is the last.
    MonthlyWeekends {
        /// Which of the month.
        numbers: Vec<i32>,
        /// The weekday they are counted by, where it is not that of their start.
        by: Option<u32>,
    },
    /// These weekdays (0 is Monday).
    Weekdays {
        /// In order of the week.
        days: Vec<u32>,
        /// How many weeks lie between.
        every: u32,
    },
    /// A school holiday or a part of one.
    Holidays {
        /// Which part.
        part: Part,
        /// Which holidays.
        holidays: Holidays,
    },
    /// A day of the calendar, fixed or reckoned.
    Feast(Feast),
    /// The birthday of the child of this name; `None`: of each child.
    Birthday(Option<String>),
    /// Each bank holiday.
    BankHolidays,
    /// These dates.
    Listed {
        /// What they are: `Eid al-Fitr`.
        label: Option<String>,
        /// The dates.
        dates: Vec<Date>,
    },
    /// The dates stand in the times: once where they have a year, else every year.
    Dated {
        /// What it is: `Christmas`.
        label: Option<String>,
    },
    /// By agreement not due: the sessions that start on these dates.
    Cancelled(Vec<Date>),
    /// By agreement moved: the session that starts on this date takes place at the times of the clause.
    Moved(Date),
}

/// Which part of a holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// From its start to its middle.
    FirstHalf,
    /// From its middle to its end.
    SecondHalf,
    /// All of it.
    Whole,
}

/// Which holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holidays {
    /// One by its name.
    Named(HolidayName),
    /// Those between terms: Christmas, Easter and summer.
    Each,
    /// Each half-term.
    EachHalfTerm,
    /// Every other half-term, counted from this one of this year.
    AlternateHalfTerms(HolidayName, i32),
}

/// The name of a school holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HolidayName {
    /// The one that has Christmas Day in it.
    Christmas,
    /// The one between the spring and the summer term.
    Easter,
    /// The long one.
    Summer,
    /// In October or November.
    AutumnHalfTerm,
    /// In February.
    SpringHalfTerm,
    /// In May or June.
    SummerHalfTerm,
}

/// A day of the calendar that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// Good Friday to Easter Monday.
    Easter,
    /// The Friday before Easter Sunday.
    GoodFriday,
    /// Easter Sunday.
    EasterSunday,
    /// The day after.
    EasterMonday,
    /// Mothering Sunday: the fourth Sunday in Lent, three weeks before Easter.
    MothersDay,
    /// The third Sunday of June.
    FathersDay,
    /// 24 December.
    ChristmasEve,
    /// 25 December.
    ChristmasDay,
    /// 26 December.
    BoxingDay,
    /// 31 December.
    NewYearsEve,
    /// 1 January.
    NewYearsDay,
    /// Easter Sunday of the Orthodox churches.
    OrthodoxEaster,
    /// The first day of Passover (15 Nisan); it begins the evening before.
    Passover,
    /// The first day of Rosh Hashanah (1 Tishri); it begins the evening before.
    RoshHashanah,
    /// Yom Kippur (10 Tishri); it begins the evening before.
    YomKippur,
    /// The first day of Hanukkah (25 Kislev); it begins the evening before.
    Hanukkah,
}

/// In which years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Years {
    /// All.
    #[default]
    Every,
    /// 2027, 2029.
    Odd,
    /// 2026, 2028.
    Even,
}

/// On which kinds of days a session may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Days {
    /// Any.
    #[default]
    Any,
    /// In term; weekends in it included.
    TermTime,
    /// In a school holiday or a half-term.
    SchoolHolidays,
    /// On a day of school.
    School,
    /// On any other day.
    WithoutSchool,
    /// Not on a bank holiday.
    NotBankHolidays,
}

/// From when to when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The start.
    pub start: Point,
    /// The end.
    pub end: Point,
}

/// A time on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// Which day.
    pub day: Day,
    /// At what time.
    pub time: Time,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Time {
    /// By the clock.
    At(TimeOfDay),
    /// By the school day: its end where a session starts, its start where one ends; at the time given
    /// where there is no school.
    School(Option<TimeOfDay>),
}

/// A day, as a time names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// The day the clause is about; for an end, the day of the start.
    Same,
    /// So many days later.
    Later(u32),
    /// The weekday (0 is Monday): for an end, the first one after the start.
    Weekday(u32),
    /// A date, every year or once.
    Date(u32, u32, Option<i32>),
    /// The last day of school before a holiday.
    LastOfTerm,
    /// The first day of the holiday.
    First,
    /// The day in the middle of it; the later one where there are two.
    Middle,
    /// The last day of the holiday.
    Last,
    /// The first day of school after it.
    FirstOfTerm,
}

/// Another start or end where a day is a bank holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extension {
    /// The weekday that must be a bank holiday (0 is Monday).
    pub holiday: u32,
    /// The start or the end moves.
    pub moves_end: bool,
    /// Where to: the day is a weekday.
    pub to: Point,
}

/// Kinds of clauses, as priorities name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Calls.
    Calls,
    /// Weekdays.
    Weekdays,
    /// Weekends.
    Weekends,
    /// School holidays and half-terms.
    Holidays,
    /// Days with a name, birthdays, festivals, dates that come every year.
    SpecialDays,
    /// Single dates and agreed changes.
    SingleDates,
}

impl Clause {
    /// A clause of which only the days are known.
    #[must_use]
    pub fn on(which: Which) -> Self {
        Clause {
            contact: Contact::Time,
            which,
            years: Years::Every,
            year_of_christmas: false,
            span: None,
            first: None,
            starting: None,
            until: None,
            days: Days::Any,
            restarts: None,
            extensions: Vec::new(),
            children: Vec::new(),
            place: None,
            duties: Vec::new(),
            grace_minutes: 0,
            notice: None,
            over: Vec::new(),
            under: Vec::new(),
            agreed: None,
        }
    }

    /// Which kind it is, where priorities are concerned.
    #[must_use]
    pub fn class(&self) -> Class {
        let dated_once = || {
            let years = self.span.map(|span| [span.start.day, span.end.day]);
            years.is_some_and(|days| days.iter().any(|day| matches!(day, Day::Date(_, _, Some(_)))))
        };
        match (&self.which, self.contact) {
            (Which::Weekends { .. } | Which::MonthlyWeekends { .. }, Contact::Time | Contact::Nothing) => {
                Class::Weekends
            }
            (Which::Weekdays { .. }, Contact::Time | Contact::Nothing) => Class::Weekdays,
            (_, Contact::Call | Contact::VideoCall) => Class::Calls,
            (Which::Holidays { .. }, _) => Class::Holidays,
            (Which::Listed { label: None, .. } | Which::Cancelled(_) | Which::Moved(_), _) => Class::SingleDates,
            (Which::Dated { .. }, _) if dated_once() => Class::SingleDates,
            _ => Class::SpecialDays,
        }
    }

    /// Which comes first where two meet; the greater comes first. By default single dates, then special days,
    /// then school holidays, then what recurs by the week, then calls.
    #[must_use]
    pub fn rank(&self) -> i32 {
        let mut rank = self.class().rank();
        for over in &self.over {
            rank = rank.max(over.rank() + 5);
        }
        for under in &self.under {
            rank = rank.min(under.rank() - 5);
        }
        rank
    }

    /// It needs term dates to be computed.
    #[must_use]
    pub fn needs_terms(&self) -> bool {
        let school = |point: Point| matches!(point.time, Time::School(_));
        matches!(self.which, Which::Holidays { .. })
            || !matches!(self.days, Days::Any | Days::NotBankHolidays)
            || self.restarts.is_some()
            || self.span.is_some_and(|span| school(span.start) || school(span.end))
    }
}

impl Class {
    fn rank(self) -> i32 {
        match self {
            Class::Calls => 0,
            Class::Weekdays | Class::Weekends => 10,
            Class::Holidays => 20,
            Class::SpecialDays => 30,
            Class::SingleDates => 40,
        }
    }

    /// As a pattern names it.
    #[must_use]
    pub fn plain(self) -> &'static str {
        match self {
            Class::Calls => "calls",
            Class::Weekdays => "weekdays",
            Class::Weekends => "weekends",
            Class::Holidays => "holidays",
            Class::SpecialDays => "special days",
            Class::SingleDates => "single dates",
        }
    }
}

impl Contact {
    /// A call on the telephone or by video.
    #[must_use]
    pub fn is_call(self) -> bool {
        matches!(self, Contact::Call | Contact::VideoCall)
    }
}
