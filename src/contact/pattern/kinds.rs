//! Which days a clause is about: its first words.

use super::dates::{number, ordinal, weekday};
use super::error::PatternError;
use super::reader::Reader;
use super::{Day, Feast, HolidayName, Holidays, Part, Which};

pub(super) const FEASTS: [(&str, Feast); 24] = [
    ("easter weekend", Feast::Easter),
    ("easter sunday", Feast::EasterSunday),
    ("easter monday", Feast::EasterMonday),
    ("easter day", Feast::EasterSunday),
    ("good friday to easter monday", Feast::Easter),
    ("good friday", Feast::GoodFriday),
    ("easter", Feast::Easter),
    ("mother's day", Feast::MothersDay),
    ("mothers' day", Feast::MothersDay),
    ("mothers day", Feast::MothersDay),
    ("mothering sunday", Feast::MothersDay),
    ("father's day", Feast::FathersDay),
    ("fathers' day", Feast::FathersDay),
    ("fathers day", Feast::FathersDay),
    ("christmas eve", Feast::ChristmasEve),
    ("christmas day", Feast::ChristmasDay),
    ("boxing day", Feast::BoxingDay),
    ("new year's eve", Feast::NewYearsEve),
    ("new year's day", Feast::NewYearsDay),
    ("orthodox easter", Feast::OrthodoxEaster),
    ("passover", Feast::Passover),
    ("rosh hashanah", Feast::RoshHashanah),
    ("yom kippur", Feast::YomKippur),
    ("hanukkah", Feast::Hanukkah),
];

pub(super) const HOLIDAYS: [(&str, Holidays); 24] = [
    ("christmas school holiday", Holidays::Named(HolidayName::Christmas)),
    ("christmas holiday", Holidays::Named(HolidayName::Christmas)),
    ("christmas holidays", Holidays::Named(HolidayName::Christmas)),
    ("easter school holiday", Holidays::Named(HolidayName::Easter)),
    ("easter holiday", Holidays::Named(HolidayName::Easter)),
    ("easter holidays", Holidays::Named(HolidayName::Easter)),
    ("summer school holiday", Holidays::Named(HolidayName::Summer)),
    ("summer holiday", Holidays::Named(HolidayName::Summer)),
    ("summer holidays", Holidays::Named(HolidayName::Summer)),
    ("autumn half-term", Holidays::Named(HolidayName::AutumnHalfTerm)),
    ("october half-term", Holidays::Named(HolidayName::AutumnHalfTerm)),
    ("spring half-term", Holidays::Named(HolidayName::SpringHalfTerm)),
    ("february half-term", Holidays::Named(HolidayName::SpringHalfTerm)),
    ("summer half-term", Holidays::Named(HolidayName::SummerHalfTerm)),
    ("may half-term", Holidays::Named(HolidayName::SummerHalfTerm)),
    ("each school holiday", Holidays::Each),
    ("every school holiday", Holidays::Each),
    ("all school holidays", Holidays::Each),
    ("school holidays", Holidays::Each),
    ("each half-term", Holidays::EachHalfTerm),
    ("every half-term", Holidays::EachHalfTerm),
    ("each half-term holiday", Holidays::EachHalfTerm),
    ("all half-terms", Holidays::EachHalfTerm),
    ("half-terms", Holidays::EachHalfTerm),
];

const STEPS: [(&str, u32); 13] = [
    ("every other", 2),
    ("every second", 2),
    ("every 2nd", 2),
    ("every third", 3),
    ("every 3rd", 3),
    ("every fourth", 4),
    ("every 4th", 4),
    ("alternate", 2),
    ("alternating", 2),
    ("fortnightly", 2),
    ("each", 1),
    ("every", 1),
    ("weekly", 1),
];

/// Words that let no session be computed: the parents are to agree, or what is reasonable is not said (ORD-05).
const NOT_FIXED: [&str; 9] =
    ["reasonable", "agreed", "agreement", "agree", "flexible", "possible", "appropriate", "liberal", "mutually"];

impl Reader<'_> {
    /// Which days: the first words of a clause.
    ///
    /// # Errors
    /// Words that name no days.
    pub fn which(&mut self) -> Result<Which, PatternError> {
        self.skip(&["on", "the", "during", "in", "for"]);
        let found = match self.weeks()? {
            Some(which) => Some(which),
            None => match self.monthly()? {
                Some(which) => Some(which),
                None => self.holiday()?.or(self.day_with_name()),
            },
        };
        if let Some(which) = found {
            return Ok(which);
        }
        match self.dates_listed()? {
            Some(which) => Ok(which),
            None => Err(self.not_understood()),
        }
    }

    /// Weekends and weekdays.
    fn weeks(&mut self) -> Result<Option<Which>, PatternError> {
        let start = self.at;
        let every = self.took_one(&STEPS);
        if self.took_any(&["weekend", "weekends"]) {
            return Ok(Some(Which::Weekends { every: every.unwrap_or(1) }));
        }
        if every == Some(2) && self.took_any(&["half-term", "half-terms"]) {
            return self.alternate_half_terms().map(Some);
        }
        if every.is_some() && self.took_any(&["day", "days"]) {
            return Ok(Some(Which::Weekdays { days: (0..7).collect(), every: every.unwrap_or(1) }));
        }
        let mut days = Vec::new();
        let plural = self.peek(0).ends_with("days");
        if every.is_some() || (plural && weekday(self.peek(0)).is_some()) {
            while let Some(day) = weekday(self.peek(0)) {
                days.push(day);
                self.at += 1;
                let comma = usize::from(self.peek(0) == "," || self.peek(0) == "and");
                let and = usize::from(comma == 1 && self.peek(0) == "," && self.peek(1) == "and");
                // A list of days goes on only where a day follows and no time of day does.
                if comma == 0 || weekday(self.peek(comma + and)).is_none() || self.a_time_follows(comma + and + 1) {
                    break;
                }
                self.at += comma + and;
            }
        }
        if days.is_empty() {
            self.at = start;
            return Ok(None);
        }
        days.sort_unstable();
        days.dedup();
        Ok(Some(Which::Weekdays { days, every: every.unwrap_or(1) }))
    }

    fn a_time_follows(&self, ahead: usize) -> bool {
        let word = self.peek(ahead);
        matches!(word, "at" | "noon" | "midday" | "from") || word.starts_with(|c: char| c.is_ascii_digit())
    }

    /// `first and third weekends of each month`.
    fn monthly(&mut self) -> Result<Option<Which>, PatternError> {
        let start = self.at;
        let mut numbers = Vec::new();
        while let Some(number) = ordinal(self.peek(0)) {
            numbers.push(number);
            self.at += 1;
            self.skip(&["and", ",", "the"]);
        }
        if numbers.is_empty() || !self.took_any(&["weekend", "weekends"]) {
            self.at = start;
            return Ok(None);
        }
        if !self.took_any(&["of each month", "of every month", "of the month", "in each month", "in every month"]) {
            return Err(self.error(
                "the first weekend of what is not said",
                "Write it like: first and third weekends of each month, Friday 5 pm to Sunday 5 pm",
            ));
        }
        let mut by = None;
        if self.took("counted by") {
            self.skip(&["their", "its", "the"]);
            by = weekday(self.peek(0));
            if by.is_none() {
                return Err(self.error("a weekday is expected here", "Write it like: counted by their Saturday"));
            }
            self.at += 1;
        }
        numbers.sort_unstable_by_key(|number| if *number < 0 { 9 } else { *number });
        numbers.dedup();
        Ok(Some(Which::MonthlyWeekends { numbers, by }))
    }

    fn holiday(&mut self) -> Result<Option<Which>, PatternError> {
        let start = self.at;
        let part = self.took_one(&[
            ("first half", Part::FirstHalf),
            ("second half", Part::SecondHalf),
            ("whole", Part::Whole),
            ("all", Part::Whole),
        ]);
        self.skip(&["of", "the"]);
        if let Some(holidays) = self.took_one(&HOLIDAYS) {
            return Ok(Some(Which::Holidays { part: part.unwrap_or(Part::Whole), holidays }));
        }
        if part.is_none() && self.peek(0) == "half" && matches!(self.peek(1), "of" | "the" | "each") {
            return Err(self.error(
                "which half is not said",
                "Write it like: first half of each school holiday in even years and second half in odd years",
            ));
        }
        if part.is_some() && !self.peek(0).is_empty() {
            let next = "Holidays are: each school holiday, the Christmas, Easter or summer holiday, each half-term, the \
                        autumn, spring or summer half-term. Example: first half of the summer holiday in even years";
            return Err(self.error("this is no school holiday that is understood", next));
        }
        self.at = start;
        Ok(None)
    }

    fn alternate_half_terms(&mut self) -> Result<Which, PatternError> {
        let example = "Write it like: alternate half-terms counted from the autumn half-term 2026, from school on the \
                       last day of term to 6 pm on the last day";
        self.skip(&[",", "counted", "first", "from", "with", "the", "starting"]);
        let name = self.took_one(&HOLIDAYS);
        let Some(Holidays::Named(name)) = name else {
            return Err(self.error("the half-term that counting starts from is expected here", example));
        };
        let year = number(self.peek(0)).and_then(|year| i32::try_from(year).ok());
        let Some(year) = year.filter(|year| (1990..2200).contains(year)) else {
            return Err(self.error("the year of that half-term is expected here", example));
        };
        self.at += 1;
        let half_term =
            matches!(name, HolidayName::AutumnHalfTerm | HolidayName::SpringHalfTerm | HolidayName::SummerHalfTerm);
        if !half_term {
            return Err(self.error_at(self.at - 1, "that is no half-term", example));
        }
        Ok(Which::Holidays { part: Part::Whole, holidays: Holidays::AlternateHalfTerms(name, year) })
    }

    fn day_with_name(&mut self) -> Option<Which> {
        let start = self.at;
        if self.took_any(&["each bank holiday", "every bank holiday", "bank holidays", "all bank holidays"]) {
            return Some(Which::BankHolidays);
        }
        if self.took_any(&[
            "each child's birthday",
            "every child's birthday",
            "children's birthdays",
            "child's birthday",
            "birthday of each child",
            "birthdays of the children",
        ]) {
            return Some(Which::Birthday(None));
        }
        if self.peek(1) == "birthday"
            && let Some(name) =
                self.word().and_then(|word| word.typed.replace('’', "'").strip_suffix("'s").map(str::to_owned))
        {
            self.at += 2;
            return Some(Which::Birthday(Some(name)));
        }
        // "Easter from 10 am on 3 April …" is a range of dates with a label, not the feast.
        let feast = self.took_one(&FEASTS)?;
        if matches!(feast, Feast::Easter) && self.peek(0) == "on" {
            self.at = start;
            return None;
        }
        Some(Which::Feast(feast))
    }

    /// Dates, alone or behind the name of what they are.
    fn dates_listed(&mut self) -> Result<Option<Which>, PatternError> {
        let start = self.at;
        let mut label = Vec::new();
        while !self.is_done() && label.len() < 6 && !self.at_a_point() && !matches!(self.peek(0), "on" | ",") {
            if self.words[self.at].quoted && !label.is_empty() {
                break;
            }
            label.push(self.words[self.at].typed.clone());
            self.at += 1;
        }
        let label = (!label.is_empty()).then(|| label.join(" "));
        self.skip(&["on", ","]);
        let at = self.at;
        if let Some(dates) = self.list_of_dates()? {
            return Ok(Some(Which::Listed { label, dates }));
        }
        self.at = at;
        // The dates may stand in the times instead.
        if self.at_a_point() {
            let span = self.span();
            let dated = span.as_ref().is_ok_and(|span| matches!(span.start.day, Day::Date(..)));
            if dated {
                self.at = at;
                return Ok(Some(Which::Dated { label }));
            }
            if let (Err(error), None) = (span, &label) {
                return Err(error);
            }
        }
        self.at = start;
        Ok(None)
    }

    /// Full dates, where what follows them is no time of day: `20 March 2026 and 10 March 2027, 10 am to 6 pm`.
    fn list_of_dates(&mut self) -> Result<Option<Vec<crate::model::Date>>, PatternError> {
        let mut dates = Vec::new();
        loop {
            let at = self.at;
            let Some(date) = self.written_date()?.and_then(super::dates::WrittenDate::date) else {
                self.at = at;
                break;
            };
            dates.push(date);
            let before = self.at;
            self.skip(&[",", "and"]);
            if self.written_date()?.is_none() {
                self.at = before;
                break;
            }
            self.at = before;
            self.skip(&[",", "and"]);
        }
        let ended = self.is_done() || matches!(self.peek(0), "," | "from" | "between" | "in");
        Ok((!dates.is_empty() && ended).then_some(dates))
    }

    fn not_understood(&self) -> PatternError {
        let rest: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        if let Some(at) = rest.iter().position(|word| NOT_FIXED.contains(word)) {
            let why = "what is reasonable, or still to be agreed, makes no session due (ORD-05)";
            return self.error_at(
                at,
                why,
                "Keep the paragraph without a pattern; what is agreed later can be kept as an \
                agreement: daybook order add --kind agreement",
            );
        }
        let has = |part: &str| rest.iter().any(|word| word.contains(part));
        let example = if has("weekend") {
            "alternate weekends, Friday 5 pm to Sunday 5 pm, first Friday 6 March 2026"
        } else if has("holiday") || has("term") {
            "first half of each school holiday in even years and second half in odd years, from the end of term to the \
             start of term"
        } else if has("call") || has("video") || has("phone") {
            "video call every Wednesday, between 6 pm and 6.30 pm"
        } else if has("diwali") || has("eid") || has("vaisakhi") {
            "Eid al-Fitr on 20 March 2026 and 10 March 2027, 10 am to 6 pm (its dates are not reckoned: list them)"
        } else if has("christmas") || has("birthday") || has("year") {
            "Christmas from 10 am on 24 December to 3 pm on 25 December in even years"
        } else {
            "every Wednesday, 4 pm to 7 pm"
        };
        let next = format!(
            "A clause begins with its days: every, alternate or every third weekend; first and third weekends of each \
             month; every Tuesday and Thursday; first half of each school holiday; each half-term; Easter; Mother's Day; \
             Robin's birthday; each bank holiday; a date. Near to yours: {example}"
        );
        self.error("no days are understood here", next)
    }
}
