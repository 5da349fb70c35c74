//! Business days and periods of days, as the Family Procedure Rules count them (27A-91 to 27A-93).

use super::Rules;
use crate::model::Date;

/// Bank holidays of that year are not in this version's table, so nothing is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("bank holidays of {year} are not in this version's table; count the days by hand, or use a newer version")]
pub struct NotCovered {
    /// Which year.
    pub year: i32,
}

/// No period asked of this program is longer; a slip in a number must not become a long loop.
const LONGEST_PERIOD: u32 = 3660;

impl Rules {
    /// Whether the date is a business day (27A-91; FPR 2.3(1)).
    ///
    /// # Errors
    /// The table does not cover the year.
    pub fn is_business_day(&self, date: Date) -> Result<bool, NotCovered> {
        let holidays = &self.holidays;
        if !(holidays.first_year..=holidays.last_year).contains(&date.year()) {
            return Err(NotCovered { year: date.year() });
        }
        // Christmas Day is named by the rule itself, so it counts on whatever weekday it falls.
        let christmas = (date.month(), date.day()) == (12, 25);
        Ok(date.weekday() < 5 && !christmas && !holidays.days.contains(&date))
    }

    /// Whether the date is a bank holiday in England and Wales.
    ///
    /// # Errors
    /// The table does not cover the year: nothing is guessed.
    pub fn is_bank_holiday(&self, date: Date) -> Result<bool, NotCovered> {
        let holidays = &self.holidays;
        if !(holidays.first_year..=holidays.last_year).contains(&date.year()) {
            return Err(NotCovered { year: date.year() });
        }
        Ok(holidays.days.contains(&date))
    }

    /// The bank holidays of a year, in order.
    ///
    /// # Errors
    /// The table does not cover the year.
    pub fn bank_holidays(&self, year: i32) -> Result<Vec<Date>, NotCovered> {
        let holidays = &self.holidays;
        if !(holidays.first_year..=holidays.last_year).contains(&year) {
            return Err(NotCovered { year });
        }
        Ok(holidays.days.iter().copied().filter(|day| day.year() == year).collect())
    }

    /// The date `count` working days before `event`: what "at least n working days before" leaves as
    /// the last day (27A-93: clear days do not lengthen it).
    ///
    /// # Errors
    /// The table does not cover the year.
    pub fn working_days_before(&self, event: Date, count: u32) -> Result<Date, NotCovered> {
        self.step(event, count.min(LONGEST_PERIOD), -1)
    }

    /// The date `count` business days after `start`, whose own day is left out (27A-91).
    ///
    /// # Errors
    /// The table does not cover the year.
    pub fn business_days_after(&self, start: Date, count: u32) -> Result<Date, NotCovered> {
        self.step(start, count.min(LONGEST_PERIOD), 1)
    }

    /// The last day of a period of `days` that begins on `start`: the first day is left out; 7 days or
    /// less skip days that are not business days; where it ends on one, the next business day is in
    /// time (27A-92; FPR 2.9(2) to (5)).
    ///
    /// # Errors
    /// The table does not cover the year.
    pub fn last_day_of(&self, start: Date, days: u32) -> Result<Date, NotCovered> {
        let days = days.min(LONGEST_PERIOD);
        let short = u64::from(days) <= self.limit("27A-92").unwrap_or(7);
        let mut last = if short { self.step(start, days, 1)? } else { start.plus_days(i64::from(days)) };
        while !self.is_business_day(last)? {
            last = last.plus_days(1);
        }
        Ok(last)
    }

    /// The last day for doing something at least `days` before `event`: the event's own day is left
    /// out; 7 days or less skip days that are not business days (27A-92, 27A-93).
    ///
    /// # Errors
    /// The table does not cover the year.
    pub fn at_least_before(&self, event: Date, days: u32) -> Result<Date, NotCovered> {
        let days = days.min(LONGEST_PERIOD);
        if u64::from(days) <= self.limit("27A-92").unwrap_or(7) {
            self.step(event, days, -1)
        } else {
            Ok(event.plus_days(-i64::from(days)))
        }
    }

    /// Where the table of bank holidays stands and how sure that is, for screens that show a date.
    #[must_use]
    pub fn holidays_source(&self) -> String {
        let holidays = &self.holidays;
        format!(
            "bank holidays {} to {}: {} ({})",
            holidays.first_year,
            holidays.last_year,
            holidays.source,
            holidays.certainty.mark()
        )
    }

    fn step(&self, from: Date, count: u32, direction: i64) -> Result<Date, NotCovered> {
        let mut date = from;
        for _ in 0..count {
            date = date.plus_days(direction);
            while !self.is_business_day(date)? {
                date = date.plus_days(direction);
            }
        }
        Ok(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn working_days_before_a_hearing() {
        let check = |hearing: &str, days: u32, expected: &str| {
            let rules = Rules::england_and_wales();
            assert_eq!(rules.working_days_before(date(hearing), days), Ok(date(expected)), "{days} before {hearing}");
        };
        check("2026-12-14", 1, "2026-12-11");
        check("2026-12-14", 7, "2026-12-03");
        // Christmas 2026: the 25th is a Friday, Boxing Day moves to Monday the 28th.
        check("2026-12-29", 1, "2026-12-24");
        check("2027-01-04", 1, "2026-12-31");
        // Easter 2027: Good Friday 26 March, Easter Monday 29 March.
        check("2027-03-30", 1, "2027-03-25");
        check("2027-04-01", 4, "2027-03-24");
    }

    #[test]
    fn a_period_of_seven_days_skips_weekends_and_one_of_eight_does_not() {
        let rules = Rules::england_and_wales();
        let check = |start: &str, days: u32, expected: &str| {
            assert_eq!(rules.last_day_of(date(start), days), Ok(date(expected)), "{days} days from {start}");
        };
        check("2026-11-02", 7, "2026-11-11");
        check("2026-11-02", 8, "2026-11-10");
        // Ends on Sunday 3 January 2027; the office opens on Monday.
        check("2026-12-20", 14, "2027-01-04");
        check("2026-12-24", 1, "2026-12-29");
        assert_eq!(rules.at_least_before(date("2026-12-14"), 7), Ok(date("2026-12-03")));
        assert_eq!(rules.at_least_before(date("2026-12-14"), 14), Ok(date("2026-11-30")));
    }

    #[test]
    fn business_days_after_a_day() {
        let rules = Rules::england_and_wales();
        let check = |start: &str, days: u32, expected: &str| {
            assert_eq!(rules.business_days_after(date(start), days), Ok(date(expected)), "{days} after {start}");
        };
        check("2026-11-02", 15, "2026-11-23");
        // Easter 2027 takes two of them.
        check("2027-03-15", 15, "2027-04-07");
        check("2026-12-23", 3, "2026-12-30");
    }

    #[test]
    fn a_year_outside_the_table_is_not_guessed() {
        let rules = Rules::england_and_wales();
        assert_eq!(rules.is_business_day(date("2029-01-02")), Err(NotCovered { year: 2029 }));
        assert_eq!(rules.working_days_before(date("2024-01-02"), 7), Err(NotCovered { year: 2023 }));
        assert!(rules.working_days_before(date("2026-01-02"), u32::MAX).is_err());
    }

    /// The table against the way its days are fixed: Easter by the calendar, the Mondays of May and
    /// August, Christmas and New Year with their substitute days.
    #[test]
    fn the_table_agrees_with_the_calendar() {
        let rules = Rules::england_and_wales();
        for year in 2024..=2028 {
            let day = |month, day| Date::new(year, month, day).unwrap();
            let monday_from = |from: Date| from.plus_days(i64::from((7 - from.weekday()) % 7));
            let easter = super::super::feasts::easter(year);
            let mut expected = vec![
                easter.plus_days(-2),
                easter.plus_days(1),
                monday_from(day(5, 1)),
                monday_from(day(5, 25)),
                monday_from(day(8, 25)),
            ];
            let weekday_from = |from: Date| if from.weekday() < 5 { from } else { monday_from(from) };
            expected.push(weekday_from(day(1, 1)));
            let christmas = weekday_from(day(12, 25));
            let boxing = weekday_from(day(12, 26));
            expected.push(christmas);
            expected.push(if boxing == christmas { boxing.plus_days(1) } else { boxing });
            expected.sort_unstable();
            let table: Vec<Date> = rules.holidays.days.iter().copied().filter(|day| day.year() == year).collect();
            assert_eq!(table, expected, "{year}");
        }
    }
}
