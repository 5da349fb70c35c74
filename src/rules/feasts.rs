//! Days that the calendar itself fixes: Easter and what hangs on it, Mother's and Father's Day, and festivals whose
//! calendars are reckoned. What is fixed by sight of the moon or announced (Eid, Diwali) is not here: it is listed
//! by the user, and never guessed.

use crate::model::Date;

/// Easter Sunday of the western churches, by the rule of the Gregorian calendar (Meeus's form).
///
/// ```
/// assert_eq!(daybook::rules::feasts::easter(2027).to_string(), "2027-03-28");
/// ```
#[must_use]
#[expect(clippy::many_single_char_names, reason = "the names the rule is published with")]
pub fn easter(year: i32) -> Date {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    day(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1)
}

/// Easter Sunday of the Orthodox churches: the rule of the Julian calendar, given in the calendar of today.
#[must_use]
#[expect(clippy::many_single_char_names, reason = "the names the rule is published with")]
pub fn orthodox_easter(year: i32) -> Date {
    let (a, b, c) = (year.rem_euclid(4), year.rem_euclid(7), year.rem_euclid(19));
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let julian = day(year, (d + e + 114) / 31, (d + e + 114) % 31 + 1);
    let century = year.div_euclid(100);
    julian.plus_days(i64::from(century - century.div_euclid(4) - 2))
}

/// Mothering Sunday: the fourth Sunday in Lent, three weeks before Easter.
#[must_use]
pub fn mothers_day(year: i32) -> Date {
    easter(year).plus_days(-21)
}

/// Father's Day: the third Sunday of June.
#[must_use]
pub fn fathers_day(year: i32) -> Date {
    let first = day(year, 6, 1);
    first.plus_days(i64::from(6 - first.weekday()) + 14)
}

/// The first day of Passover (15 Nisan). It begins at sunset of the day before.
#[must_use]
pub fn passover(year: i32) -> Date {
    // Passover stands 163 days before the next Rosh Hashanah, always.
    rosh_hashanah(year).plus_days(-163)
}

/// The first day of Rosh Hashanah (1 Tishri) that falls in this year. It begins at sunset of the day before.
#[must_use]
pub fn rosh_hashanah(year: i32) -> Date {
    new_year(year + 3761)
}

/// Yom Kippur (10 Tishri). It begins at sunset of the day before.
#[must_use]
pub fn yom_kippur(year: i32) -> Date {
    rosh_hashanah(year).plus_days(9)
}

/// The first day of Hanukkah (25 Kislev) of the Jewish year that begins in this year. It begins at sunset of the
/// day before.
#[must_use]
pub fn hanukkah(year: i32) -> Date {
    let (start, next) = (new_year(year + 3761), new_year(year + 3762));
    // Heshvan has a thirtieth day in the long years.
    let long = matches!(next.days_since(start), 355 | 385);
    start.plus_days(30 + if long { 30 } else { 29 } + 24)
}

/// The first day of a Jewish year, by the rules of its fixed calendar.
fn new_year(year: i32) -> Date {
    let year = i64::from(year);
    // Parts of an hour since the first new moon: 1080 in an hour, so 25920 in a day. The year never begins on a Sunday,
    // a Wednesday or a Friday.
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let days = 29 * months + (12_084 + 13_753 * months).div_euclid(25_920);
        if (3 * (days + 1)).rem_euclid(7) < 3 { days + 1 } else { days }
    };
    let days = elapsed(year);
    // No year may be of certain lengths, so it begins later.
    let too_long = elapsed(year + 1) - days == 356;
    let too_short = days - elapsed(year - 1) == 382;
    let delay = if too_long { 2 } else { i64::from(too_short) };
    // 1 Tishri of 5787 is Saturday 12 September 2026.
    let known = elapsed(5787);
    day(2026, 9, 12).plus_days(days + delay - known)
}

fn day(year: i32, month: i32, day: i32) -> Date {
    let (month, day) = (month.unsigned_abs(), day.unsigned_abs());
    // The rules above give days that every calendar has; a year of more than four figures has none here.
    Date::new(year.clamp(1, 9999), month, day).unwrap_or_else(|| Date::new(2000, 1, 1).expect("a day of the calendar"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_almanacs_print() {
        let check = |found: Date, expected: &str| assert_eq!(found.to_string(), expected);
        for (year, western, eastern) in [
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
            (2026, "2026-04-05", "2026-04-12"),
            (2027, "2027-03-28", "2027-05-02"),
            (2028, "2028-04-16", "2028-04-16"),
        ] {
            check(easter(year), western);
            check(orthodox_easter(year), eastern);
        }
        check(mothers_day(2026), "2026-03-15");
        check(mothers_day(2027), "2027-03-07");
        check(fathers_day(2026), "2026-06-21");
        check(fathers_day(2027), "2027-06-20");
        for (year, passover_day, new_year, atonement, lights) in [
            (2024, "2024-04-23", "2024-10-03", "2024-10-12", "2024-12-26"),
            (2025, "2025-04-13", "2025-09-23", "2025-10-02", "2025-12-15"),
            (2026, "2026-04-02", "2026-09-12", "2026-09-21", "2026-12-05"),
            (2027, "2027-04-22", "2027-10-02", "2027-10-11", "2027-12-25"),
        ] {
            check(passover(year), passover_day);
            check(rosh_hashanah(year), new_year);
            check(yom_kippur(year), atonement);
            check(hanukkah(year), lights);
        }
    }
}
