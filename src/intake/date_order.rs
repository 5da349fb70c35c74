//! Which number of a date is the day. Decided by evidence in the file; where only habit would decide,
//! a person is asked.

use super::DateOrder;
use crate::model::Date;

/// Where the year stands and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Year {
    /// Four figures, first.
    First,
    /// Four figures, last.
    LastFour,
    /// Two figures, last: of this century.
    LastTwo,
}

/// How all dates of one stretch are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    /// What stands between the numbers.
    pub(super) between: char,
    /// With a clock of twelve hours.
    pub(super) twelve: bool,
    pub(super) year: Year,
    /// The newest may stand first, as in lists of calls.
    pub(super) either_way: bool,
}

/// A time as it stands, before it is known which number is the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbers {
    pub(super) numbers: [u16; 3],
    pub(super) seconds: u32,
}

/// Why an order was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Why {
    YearFirst,
    NumberAboveTwelve,
    FileNames,
    StepsBack,
    Bounds,
    SameEitherWay,
    Answer,
}

impl Why {
    pub(super) fn words(self) -> &'static str {
        match self {
            Why::YearFirst => "the year stands first",
            Why::NumberAboveTwelve => "numbers above twelve stand there",
            Why::FileNames => "the dates in the names of its pictures and recordings agree with that",
            Why::StepsBack => "its messages then follow one another in time, and do not the other way round",
            Why::Bounds => "the other way round, dates would lie in the future or before 2009",
            Why::SameEitherWay => "its dates are the same either way",
            Why::Answer => "that is what you said",
        }
    }
}

impl Why {
    /// How an answer that was wrong is put right.
    pub(super) fn next(self, order: DateOrder) -> &'static str {
        match (self, order) {
            (Why::Answer, DateOrder::DayFirst) => {
                "If that is wrong, import the same file again with --date-order mdy: its messages are corrected, and none comes twice."
            }
            (Why::Answer, DateOrder::MonthFirst) => {
                "If that is wrong, import the same file again with --date-order dmy: its messages are corrected, and none comes twice."
            }
            _ => "",
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// By evidence, or by an answer.
    Is(DateOrder, Why),
    /// Days above twelve stand in both places.
    Both,
    /// Only habit would decide, and this is what it says.
    Habit(DateOrder),
}

/// The date of these numbers in this order.
pub(super) fn date(numbers: [u16; 3], year: Year, order: DateOrder) -> Option<Date> {
    let [first, second, third] = numbers.map(u32::from);
    let (y, month, day) = match (year, order) {
        (Year::First, _) => (first, second, third),
        (_, DateOrder::MonthFirst) => (third, first, second),
        _ => (third, second, first),
    };
    let y = if year == Year::LastTwo { 2000 + y } else { y };
    Date::new(i32::try_from(y).ok()?, month, day)
}

/// Decides for headers of one form. `named`: positions whose message names a file with a date in its name.
pub(super) fn decide(
    all: &[Numbers],
    shape: Shape,
    american: bool,
    named: &[(usize, Date)],
    latest: Option<Date>,
    answer: Option<DateOrder>,
) -> Decision {
    if shape.year == Year::First {
        return Decision::Is(DateOrder::YearFirst, Why::YearFirst);
    }
    let first = all.iter().any(|stamp| stamp.numbers[0] > 12);
    let second = all.iter().any(|stamp| stamp.numbers[1] > 12);
    match (first, second) {
        (true, true) => return Decision::Both,
        (true, false) => return Decision::Is(DateOrder::DayFirst, Why::NumberAboveTwelve),
        (false, true) => return Decision::Is(DateOrder::MonthFirst, Why::NumberAboveTwelve),
        (false, false) => {}
    }
    if all.iter().all(|stamp| stamp.numbers[0] == stamp.numbers[1]) {
        return Decision::Is(DateOrder::DayFirst, Why::SameEitherWay);
    }
    if let Some(order) = answer {
        return Decision::Is(order, Why::Answer);
    }
    if let Some(order) = by_names(all, shape, named) {
        return Decision::Is(order, Why::FileNames);
    }
    let back = |order| steps_back(all, shape, order);
    let (day, month) = (back(DateOrder::DayFirst), back(DateOrder::MonthFirst));
    let fewer = |few: usize, many: usize| (few == 0 && many >= 1) || (few > 0 && many >= few * 5);
    if fewer(day, month) {
        return Decision::Is(DateOrder::DayFirst, Why::StepsBack);
    }
    if fewer(month, day) {
        return Decision::Is(DateOrder::MonthFirst, Why::StepsBack);
    }
    let earliest = Date::new(2009, 1, 1);
    let outside = |order| {
        all.iter().any(|stamp| {
            date(stamp.numbers, shape.year, order).is_none_or(|date| {
                latest.is_some_and(|latest| date.days_since(latest) > 0)
                    || earliest.is_some_and(|earliest| earliest.days_since(date) > 0)
            })
        })
    };
    match (outside(DateOrder::DayFirst), outside(DateOrder::MonthFirst)) {
        (false, true) => return Decision::Is(DateOrder::DayFirst, Why::Bounds),
        (true, false) => return Decision::Is(DateOrder::MonthFirst, Why::Bounds),
        _ => {}
    }
    Decision::Habit(habit(shape, american))
}

/// A date in a file's name that fits one reading and not the other. Readings that contradict one another say nothing.
fn by_names(all: &[Numbers], shape: Shape, named: &[(usize, Date)]) -> Option<DateOrder> {
    let (mut day, mut month) = (0, 0);
    for (at, name) in named {
        let Some(stamp) = all.get(*at) else { continue };
        let fits = |order| date(stamp.numbers, shape.year, order) == Some(*name);
        match (fits(DateOrder::DayFirst), fits(DateOrder::MonthFirst)) {
            (true, false) => day += 1,
            (false, true) => month += 1,
            _ => {}
        }
    }
    match (day, month) {
        (1.., 0) => Some(DateOrder::DayFirst),
        (0, 1..) => Some(DateOrder::MonthFirst),
        _ => None,
    }
}

/// How often a message would stand more than a day before the one above it.
pub(super) fn steps_back(all: &[Numbers], shape: Shape, order: DateOrder) -> usize {
    let Some(epoch) = Date::new(1970, 1, 1) else { return 0 };
    let mut before: Option<i64> = None;
    let (mut back, mut forward) = (0, 0);
    for stamp in all {
        let Some(date) = date(stamp.numbers, shape.year, order) else { continue };
        let at = date.days_since(epoch) * 86_400 + i64::from(stamp.seconds);
        back += usize::from(before.is_some_and(|before| at + 86_400 < before));
        forward += usize::from(before.is_some_and(|before| before + 86_400 < at));
        before = Some(at);
    }
    if shape.either_way { back.min(forward) } else { back }
}

/// Where a file changes from one order to the other, if it changes once: the first and the last place that fit
/// equally well, and the two orders. What stands between the two places has no certain reading.
pub(super) fn change(all: &[Numbers], shape: Shape) -> Option<(usize, usize, [DateOrder; 2])> {
    let place = |wanted: fn(&Numbers) -> bool| {
        (all.iter().position(wanted).unwrap_or(0), all.iter().rposition(wanted).unwrap_or(0))
    };
    let (first_day, last_day) = place(|stamp| stamp.numbers[0] > 12);
    let (first_month, last_month) = place(|stamp| stamp.numbers[1] > 12);
    let (from, until, before, after) = if last_day < first_month {
        (last_day + 1, first_month, DateOrder::DayFirst, DateOrder::MonthFirst)
    } else if last_month < first_day {
        (last_month + 1, first_day, DateOrder::MonthFirst, DateOrder::DayFirst)
    } else {
        return None;
    };
    // A very long stretch between is not worth a search through all its places: none of it is certain.
    if until - from > 200 {
        return Some((from, until, [before, after]));
    }
    let steps = |at: usize| {
        let near = all.get(from.saturating_sub(1)..all.len().min(until + 1)).unwrap_or_default();
        let (left, right) = near.split_at((at + 1 - from).min(near.len()));
        let reading = |stamps: &[Numbers], order| -> Vec<Option<Date>> {
            stamps.iter().map(|stamp| date(stamp.numbers, shape.year, order)).collect()
        };
        let dates = [reading(left, before), reading(right, after)].concat();
        let known: Vec<Date> = dates.into_iter().flatten().collect();
        known.windows(2).filter(|pair| matches!(pair, [a, b] if a.days_since(*b) > 1)).count()
    };
    let fewest = (from..=until).map(steps).min()?;
    let first = (from..=until).find(|at| steps(*at) == fewest)?;
    let last = (from..=until).rev().find(|at| steps(*at) == fewest)?;
    Some((first, last, [before, after]))
}

/// What the form alone suggests. Only ever a suggestion.
fn habit(shape: Shape, american: bool) -> DateOrder {
    if shape.between == '/' && shape.twelve && american && shape.year == Year::LastTwo {
        return DateOrder::MonthFirst;
    }
    DateOrder::DayFirst
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(between: char, twelve: bool, year: Year) -> Shape {
        Shape { between, twelve, year, either_way: false }
    }

    fn stamps(dates: &[[u16; 3]]) -> Vec<Numbers> {
        dates.iter().map(|numbers| Numbers { numbers: *numbers, seconds: 0 }).collect()
    }

    fn decided(dates: &[[u16; 3]], named: &[(usize, Date)], latest: Option<Date>) -> Decision {
        decide(&stamps(dates), form('/', false, Year::LastFour), false, named, latest, None)
    }

    #[test]
    fn numbers_above_twelve_decide() {
        let is = |order| Decision::Is(order, Why::NumberAboveTwelve);
        assert_eq!(decided(&[[1, 2, 2026], [13, 2, 2026]], &[], None), is(DateOrder::DayFirst));
        assert_eq!(decided(&[[1, 2, 2026], [2, 13, 2026]], &[], None), is(DateOrder::MonthFirst));
        assert_eq!(decided(&[[13, 2, 2026], [2, 13, 2026]], &[], None), Decision::Both);
    }

    #[test]
    fn steps_back_decide() {
        let is = |order| Decision::Is(order, Why::StepsBack);
        // 1, 2 March and 1 April; the other way round it would go back to January.
        assert_eq!(decided(&[[1, 3, 2026], [2, 3, 2026], [1, 4, 2026]], &[], None), is(DateOrder::DayFirst));
        assert_eq!(decided(&[[3, 1, 2026], [3, 2, 2026], [4, 1, 2026]], &[], None), is(DateOrder::MonthFirst));
    }

    #[test]
    fn a_list_with_the_newest_first_has_no_steps_back() {
        let newest_first = stamps(&[[1, 4, 2026], [2, 3, 2026], [1, 3, 2026]]);
        let shape = Shape { either_way: true, ..form('/', false, Year::LastFour) };
        let decided = decide(&newest_first, shape, false, &[], None, None);
        assert_eq!(decided, Decision::Is(DateOrder::DayFirst, Why::StepsBack));
    }

    #[test]
    fn a_name_of_a_picture_decides() {
        let name = Date::new(2026, 4, 3).unwrap();
        assert_eq!(decided(&[[3, 4, 2026]], &[(0, name)], None), Decision::Is(DateOrder::DayFirst, Why::FileNames));
        assert_eq!(decided(&[[4, 3, 2026]], &[(0, name)], None), Decision::Is(DateOrder::MonthFirst, Why::FileNames));
    }

    #[test]
    fn no_date_lies_behind_its_file() {
        let written = Date::new(2026, 4, 6);
        assert_eq!(
            decided(&[[3, 4, 2026], [5, 4, 2026]], &[], written),
            Decision::Is(DateOrder::DayFirst, Why::Bounds)
        );
    }

    #[test]
    fn habit_never_decides_by_itself() {
        assert_eq!(decided(&[[3, 4, 2026], [5, 6, 2026]], &[], None), Decision::Habit(DateOrder::DayFirst));
        let american = decide(&stamps(&[[3, 4, 26]]), form('/', true, Year::LastTwo), true, &[], None, None);
        assert_eq!(american, Decision::Habit(DateOrder::MonthFirst));
        let answered =
            decide(&stamps(&[[3, 4, 26]]), form('/', true, Year::LastTwo), true, &[], None, Some(DateOrder::DayFirst));
        assert_eq!(answered, Decision::Is(DateOrder::DayFirst, Why::Answer));
    }

    #[test]
    fn an_order_that_changes_is_found() {
        let orders = [DateOrder::DayFirst, DateOrder::MonthFirst];
        // 2 March or 3 February: both fit between, so neither is taken.
        let dates = [[14, 1, 2026], [15, 1, 2026], [2, 3, 2026], [3, 15, 2026], [4, 1, 2026]];
        assert_eq!(change(&stamps(&dates), form('/', false, Year::LastFour)), Some((2, 3, orders)));
        // 4 February fits before 15 March, 2 April does not.
        let dates = [[14, 1, 2026], [2, 4, 2026], [3, 15, 2026], [4, 1, 2026]];
        assert_eq!(change(&stamps(&dates), form('/', false, Year::LastFour)), Some((1, 1, orders)));
        let mixed = [[14, 1, 2026], [1, 15, 2026], [16, 1, 2026]];
        assert_eq!(change(&stamps(&mixed), form('/', false, Year::LastFour)), None);
    }
}
