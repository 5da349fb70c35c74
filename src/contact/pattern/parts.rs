//! What follows the days of a clause: counting, years, kinds of days, handovers, grace, priority.

use super::dates::{number, ordinal, weekday, weekday_name};
use super::error::PatternError;
use super::reader::Reader;
use super::{Class, Clause, Day, Days, Extension, Point, Span, Time, Which, Years};

const CLASSES: [(&str, Class); 12] = [
    ("weekends", Class::Weekends),
    ("weekdays", Class::Weekdays),
    ("school holidays", Class::Holidays),
    ("holidays", Class::Holidays),
    ("half-terms", Class::Holidays),
    ("special days", Class::SpecialDays),
    ("birthdays", Class::SpecialDays),
    ("christmas", Class::SpecialDays),
    ("single dates", Class::SingleDates),
    ("calls", Class::Calls),
    ("all other contact", Class::SingleDates),
    ("everything", Class::SingleDates),
];

const DAYS: [(&str, Days); 16] = [
    ("in term time only", Days::TermTime),
    ("in term time", Days::TermTime),
    ("during term time only", Days::TermTime),
    ("during term time", Days::TermTime),
    ("term time only", Days::TermTime),
    ("in term", Days::TermTime),
    ("not in school holidays", Days::TermTime),
    ("not in the school holidays", Days::TermTime),
    ("except in school holidays", Days::TermTime),
    ("in school holidays only", Days::SchoolHolidays),
    ("in school holidays", Days::SchoolHolidays),
    ("on days without school", Days::WithoutSchool),
    ("on a day without school", Days::WithoutSchool),
    ("on school days", Days::School),
    ("on a school day", Days::School),
    ("not on bank holidays", Days::NotBankHolidays),
];

const DUTIES: [&str; 12] = [
    "collects",
    "collect",
    "returns",
    "return",
    "brings",
    "bring",
    "delivers",
    "deliver",
    "fetches",
    "fetch",
    "rings",
    "telephones",
];

impl Reader<'_> {
    /// One part of a clause; a comma before it is read over.
    ///
    /// # Errors
    /// Words that are no part, or a part given twice.
    pub fn part(&mut self, clause: &mut Clause) -> Result<(), PatternError> {
        self.skip(&[",", "and"]);
        if self.is_done() {
            return Ok(());
        }
        let known = self.duty(clause)
            || self.years(clause)
            || self.days(clause)?
            || self.counting(clause)?
            || self.terms(clause)?
            || self.priority(clause)?
            || self.bank_holiday(clause)?;
        if known {
            return Ok(());
        }
        if self.at_a_point() {
            return self.times(clause);
        }
        Err(self.error(
            "this part of the clause is not understood",
            "After the days come: the times (Friday 5 pm to Sunday 5 pm), first Friday 6 March 2026, until 31 August 2027, in \
             odd years, in term time, restarts with the first weekend of each term, if Monday is a bank holiday to Monday 5 \
             pm, handover at “the library”, the father collects, grace 15 minutes, 48 hours' notice, for Robin, takes \
             priority over weekends",
        ))
    }

    fn times(&mut self, clause: &mut Clause) -> Result<(), PatternError> {
        let at = self.at;
        let span: Span = self.span()?;
        if clause.span.replace(span).is_some() {
            return Err(self.error_at(
                at,
                "the times stand twice in this clause",
                "Put a second time in a clause of its own",
            ));
        }
        Ok(())
    }

    fn duty(&mut self, clause: &mut Clause) -> bool {
        let rest = &self.words[self.at..];
        let here = rest.iter().take_while(|word| !word.is_comma());
        if !here.clone().any(|word| DUTIES.contains(&word.text.as_str())) || self.peek(0) == "priority" {
            return false;
        }
        // "handover at …" and the words in quotation marks are places.
        if matches!(self.peek(0), "handover" | "handovers" | "no") || here.clone().any(|word| word.quoted) {
            return false;
        }
        let words = self.words_to_comma();
        clause.duties.push(words);
        true
    }

    fn years(&mut self, clause: &mut Clause) -> bool {
        let years = self.took_one(&[
            ("in odd years", Years::Odd),
            ("in even years", Years::Even),
            ("in odd-numbered years", Years::Odd),
            ("in even-numbered years", Years::Even),
            ("every year", Years::Every),
            ("in each year", Years::Every),
        ]);
        if let Some(years) = years {
            clause.years = years;
            return true;
        }
        if self.took_any(&["the year is that of christmas", "by the year of christmas", "year of christmas"]) {
            clause.year_of_christmas = true;
            return true;
        }
        false
    }

    fn days(&mut self, clause: &mut Clause) -> Result<bool, PatternError> {
        let at = self.at;
        let Some(days) = self.took_one(&DAYS) else { return Ok(false) };
        if clause.days != Days::Any {
            let next = "Leave one of them out, or make a clause of each";
            return Err(self.error_at(at, "the clause says twice on which kind of days", next));
        }
        clause.days = days;
        Ok(true)
    }

    fn counting(&mut self, clause: &mut Clause) -> Result<bool, PatternError> {
        if self.took_any(&["counted from", "counting from", "first on", "first is", "first"]) {
            self.skip(&["on", "the"]);
            clause.first = Some(self.full_date()?);
            return Ok(true);
        }
        if self.took_any(&["starting on", "starting from", "starting", "beginning on", "beginning", "not before"]) {
            clause.starting = Some(self.full_date()?);
            return Ok(true);
        }
        if self.took_any(&["until", "up to", "not after", "ending on"]) {
            clause.until = Some(self.full_date()?);
            return Ok(true);
        }
        if self.took_any(&["agreed on", "agreed"]) {
            clause.agreed = Some(self.full_date()?);
            return Ok(true);
        }
        if self.took_any(&["restarts", "restarting", "starts again"]) {
            self.skip(&["with", "on", "the"]);
            let number =
                ordinal(self.peek(0)).filter(|number| *number > 0).and_then(|number| u32::try_from(number).ok());
            let at = self.at;
            let example = "Write it like: restarts with the first weekend of each term";
            self.at += 1;
            self.at += usize::from(self.peek(0).starts_with("weekend") || weekday(self.peek(0)).is_some());
            if number.is_none() || !self.took_any(&["of each term", "of every term", "of term"]) {
                return Err(self.error_at(at, "with which weekend of term counting starts again is not said", example));
            }
            clause.restarts = number;
            return Ok(true);
        }
        Ok(self.took_any(&[
            "carries on through holidays",
            "carries on through the holidays",
            "carrying on through the holidays",
            "counted through the holidays",
        ]))
    }

    /// Handover, grace, notice, children.
    fn terms(&mut self, clause: &mut Clause) -> Result<bool, PatternError> {
        if self.took_any(&["handover at", "handovers at", "handover in", "handover is at"]) {
            clause.place = Some(self.words_to_comma()).filter(|place| !place.is_empty());
            return match clause.place {
                Some(_) => Ok(true),
                None => {
                    Err(self.error("the place of the handover is missing", "Write it like: handover at “the library”"))
                }
            };
        }
        if self.peek(0) == "for" {
            self.at += 1;
            let words = self.words_to_comma();
            let names = words.split(" and ").map(|name| name.trim().trim_end_matches(" only").to_owned());
            clause.children = names.filter(|name| !name.is_empty()).collect();
            return Ok(true);
        }
        if self.took_any(&["grace of", "grace"]) {
            clause.grace_minutes = self.minutes()?;
            return Ok(true);
        }
        let at = self.at;
        self.took("with");
        if number(self.peek(0)).is_some() && matches!(self.peek(1), "minutes" | "minutes'" | "minute" | "minute's") {
            let minutes = self.minutes()?;
            if self.took_any(&["grace", "of grace", "late is in time", "late are in time"]) {
                clause.grace_minutes = minutes;
                return Ok(true);
            }
        }
        self.at = at;
        let here = self.words[self.at..].iter().take_while(|word| !word.is_comma());
        if here.clone().any(|word| word.text == "notice") {
            clause.notice = Some(self.words_to_comma());
            return Ok(true);
        }
        Ok(false)
    }

    fn minutes(&mut self) -> Result<u32, PatternError> {
        let minutes = number(self.peek(0)).filter(|minutes| *minutes <= 240);
        let minutes =
            minutes.ok_or_else(|| self.error("minutes are expected here", "Write it like: grace 15 minutes"))?;
        self.at += 1;
        self.skip(&["minutes", "minutes'", "minute", "minute's"]);
        Ok(minutes)
    }

    fn priority(&mut self, clause: &mut Clause) -> Result<bool, PatternError> {
        let over = if self.took_any(&["takes priority over", "take priority over", "comes before", "come before"]) {
            true
        } else if self.took_any(&["gives way to", "give way to", "comes after", "come after"]) {
            false
        } else {
            return Ok(false);
        };
        loop {
            self.skip(&["the", "and"]);
            let next = "Kinds are: weekends, weekdays, holidays, special days, single dates, calls";
            let class = self.took_one(&CLASSES).ok_or_else(|| self.error("this is no kind of contact", next))?;
            let list = if over { &mut clause.over } else { &mut clause.under };
            if !list.contains(&class) {
                list.push(class);
            }
            if self.peek(0) != "and" {
                break;
            }
        }
        Ok(true)
    }

    /// `if Monday is a bank holiday to Monday 5 pm`, and the other way round.
    fn bank_holiday(&mut self, clause: &mut Clause) -> Result<bool, PatternError> {
        let start = self.at;
        let mut holiday = self.if_bank_holiday()?;
        let leading = holiday.is_some();
        self.skip(&[","]);
        let moves_end = match self.peek(0) {
            "to" | "until" => true,
            "from" if leading || self.point_then_if() => false,
            _ if leading => {
                let next = "Write it like: to Monday 5 pm if Monday is a bank holiday";
                return Err(self.error("from or to when is not said", next));
            }
            _ => {
                self.at = start;
                return Ok(false);
            }
        };
        self.at += 1;
        let to: Point = self.timed_point()?;
        if holiday.is_none() {
            holiday = self.if_bank_holiday()?;
        }
        let Some(holiday) = holiday else {
            self.at = start;
            let next = "A start and an end stand together: Friday 5 pm to Sunday 5 pm";
            return Err(self.error("a time stands alone here", next));
        };
        if !matches!((to.day, to.time), (Day::Weekday(_) | Day::Same, Time::At(_))) {
            let next = format!("Write it like: to {} 5 pm if {0} is a bank holiday", weekday_name(holiday));
            return Err(self.error_at(start, "a weekday and a time are expected", next));
        }
        let day = if to.day == Day::Same { Day::Weekday(holiday) } else { to.day };
        clause.extensions.push(Extension { holiday, moves_end, to: Point { day, ..to } });
        Ok(true)
    }

    fn point_then_if(&self) -> bool {
        let mut ahead = Reader { words: self.words, at: self.at + 1 };
        ahead.timed_point().is_ok() && matches!(ahead.peek(0), "if" | "where" | "when")
    }

    fn if_bank_holiday(&mut self) -> Result<Option<u32>, PatternError> {
        if !self.took_any(&["if", "where", "when"]) {
            return Ok(None);
        }
        self.took("the");
        let Some(day) = weekday(self.peek(0)) else {
            let next = "Write it like: to Monday 5 pm if Monday is a bank holiday";
            return Err(self.error("a weekday is expected here", next));
        };
        self.at += 1;
        if !self.took_any(&["is a bank holiday", "is a bank or public holiday"]) {
            let next = "Only “is a bank holiday” is understood: to Monday 5 pm if Monday is a bank holiday";
            return Err(self.error("this condition is not understood", next));
        }
        Ok(Some(day))
    }

    /// A date for which an agreed change is made.
    pub fn change(&mut self) -> Result<Option<Which>, PatternError> {
        if self.took_any(&["cancelled by agreement", "by agreement not", "by agreement no contact"]) {
            self.skip(&["on", "the", "weekend", "of", ","]);
            let mut dates = vec![self.full_date()?];
            while matches!(self.peek(0), "," | "and") {
                let at = self.at;
                self.skip(&[",", "and"]);
                if self.written_date()?.is_none() {
                    self.at = at;
                    break;
                }
                self.at = at;
                self.skip(&[",", "and"]);
                dates.push(self.full_date()?);
            }
            return Ok(Some(Which::Cancelled(dates)));
        }
        if self.took_any(&["instead of", "by agreement instead of", "in place of"]) {
            self.skip(&["the", "weekend", "session", "of", "on"]);
            return Ok(Some(Which::Moved(self.full_date()?)));
        }
        Ok(None)
    }
}
