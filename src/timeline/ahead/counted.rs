//! Months and years on a calendar.

use crate::model::Date;

/// The same day of the month so many months on; the last day of that month where it has no such day.
///
/// # Panics
/// Never: every month has a 28th.
#[must_use]
pub fn months_after(date: Date, months: u32) -> Date {
    let month = date.month() - 1 + months;
    let (year, month) = (date.year() + i32::try_from(month / 12).unwrap_or(0), month % 12 + 1);
    (0..4).find_map(|back| Date::new(year, month, date.day().checked_sub(back)?)).unwrap_or(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_end_where_the_calendar_does() {
        let check = |from: &str, months: u32, expected: &str| {
            assert_eq!(months_after(from.parse().unwrap(), months).to_string(), expected, "{from} + {months}");
        };
        check("2025-11-11", 4, "2026-03-11");
        check("2025-10-31", 4, "2026-02-28");
        check("2027-10-31", 4, "2028-02-29");
        check("2026-12-31", 12, "2027-12-31");
        check("2012-02-29", 16 * 12, "2028-02-29");
        check("2011-02-28", 16 * 12, "2027-02-28");
        check("2026-08-31", 1, "2026-09-30");
    }
}
