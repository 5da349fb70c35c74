//! Which warning notice counts for a failure, and whether the person knew of it before (ENF-20).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Date, Order, RecordId, When};

/// The notice that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Notice {
    /// The order it is on: the last varying one before the failure, else the order itself.
    pub on: RecordId,
    /// What is known of it.
    pub known: Known,
}

/// Whether the notice was known before the failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Known {
    /// From this day on, before the failure. `true`: by service of the order it is attached to.
    Before(Date, bool),
    /// On the day of the failure; which came first is not written down.
    SameDay(Date),
    /// Only after the failure.
    After(Date),
    /// It is attached; when the person knew of it is not written down.
    NotSaid,
    /// None is attached.
    NotAttached,
    /// Whether one is attached is not written down.
    Unknown,
}

/// The notice that counts for a failure, at this time, to do what `under` says.
pub(super) fn that_counts(orders: &BTreeMap<RecordId, &Order>, under: RecordId, failure: &When) -> Notice {
    let varied = varying(orders, under).into_iter().filter_map(|id| {
        let made = orders[&id].made.as_ref()?;
        (is_before(made, failure) == Some(true)).then_some((made.sort_key(), id))
    });
    let on = varied.max().map_or(under, |(_, id)| id);
    let known = orders.get(&on).map_or(Known::Unknown, |order| known(order, failure));
    Notice { on, known }
}

/// Every order that varies this one, or one that does; a circle ends.
fn varying(orders: &BTreeMap<RecordId, &Order>, under: RecordId) -> BTreeSet<RecordId> {
    let mut found = BTreeSet::new();
    let mut open = vec![under];
    while let Some(id) = open.pop() {
        for (later, _) in orders.iter().filter(|(_, order)| order.varies == Some(id)) {
            if *later != under && found.insert(*later) {
                open.push(*later);
            }
        }
    }
    found
}

fn known(order: &Order, failure: &When) -> Known {
    let (since, served) = match (order.warning_notice, &order.notice_known, &order.served) {
        (Some(false), _, _) => return Known::NotAttached,
        (_, Some(known), _) => (known, false),
        (Some(true), None, Some(served)) => (served, true),
        (Some(true), None, None) => return Known::NotSaid,
        (None, None, _) => return Known::Unknown,
    };
    let day = since.london_date();
    match is_before(since, failure) {
        Some(true) => Known::Before(day, served),
        Some(false) => Known::After(day),
        None => Known::SameDay(day),
    }
}

/// By the day, and within a day by the minute; `None`: the same day, and a time of day is missing.
fn is_before(one: &When, other: &When) -> Option<bool> {
    let (day, other_day) = (one.london_date(), other.london_date());
    if day != other_day {
        return Some(day < other_day);
    }
    Some(one.start.instant()? < other.start.instant()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::when::Precision;
    use crate::model::{Noun, TimeOfDay, Zone};

    fn day(text: &str) -> When {
        When::day(text, text.parse().unwrap())
    }

    fn clock(text: &str, hour: u32) -> When {
        let time = TimeOfDay::new(hour, 0, 0).unwrap();
        When::assumed(text, text.parse().unwrap(), time, Precision::Minute, Zone::LONDON)
    }

    fn id(number: u32) -> RecordId {
        RecordId::new(Noun::Order, number)
    }

    fn order(made: &str, varies: Option<u32>, change: impl FnOnce(&mut Order)) -> Order {
        let mut order = Order { made: Some(day(made)), varies: varies.map(id), ..Order::default() };
        change(&mut order);
        order
    }

    fn check(orders: &[Order], failure: &When, on: u32, known: Known) {
        let orders: BTreeMap<RecordId, &Order> = (1..).map(id).zip(orders).collect();
        assert_eq!(that_counts(&orders, id(1), failure), Notice { on: id(on), known });
    }

    fn served(on: &str) -> impl FnOnce(&mut Order) {
        let on = day(on);
        |order| {
            order.warning_notice = Some(true);
            order.served = Some(on);
        }
    }

    #[test]
    fn which_notice_counts() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let first = || order("2026-02-27", None, served("2026-03-02"));
        let failure = clock("2026-09-18", 17);
        check(&[first()], &failure, 1, Known::Before(date("2026-03-02"), true));
        // A varying order before the failure takes the place of the first, with or without a notice of its own.
        let varied = |made| order(made, Some(1), |_| ());
        check(&[first(), varied("2026-06-01")], &failure, 2, Known::Unknown);
        check(&[first(), varied("2026-10-01")], &failure, 1, Known::Before(date("2026-03-02"), true));
        check(&[first(), varied("2026-09-18")], &failure, 1, Known::Before(date("2026-03-02"), true));
        // The last one of several, also where it varies the order that varied.
        let again = order("2026-08-01", Some(2), served("2026-08-20"));
        check(&[first(), varied("2026-06-01"), again], &failure, 3, Known::Before(date("2026-08-20"), true));
        // Two orders that vary each other end.
        let circle = [order("2026-02-27", Some(2), served("2026-03-02")), varied("2026-06-01")];
        check(&circle, &failure, 2, Known::Unknown);
    }

    #[test]
    fn when_it_was_known() {
        let date = |text: &str| text.parse::<Date>().unwrap();
        let failure = clock("2026-09-18", 17);
        let with = |change: fn(&mut Order)| [order("2026-02-27", None, change)];
        check(&with(|order| order.warning_notice = Some(false)), &failure, 1, Known::NotAttached);
        check(&with(|order| order.warning_notice = Some(true)), &failure, 1, Known::NotSaid);
        check(&with(|_| ()), &failure, 1, Known::Unknown);
        // Served without a word about a notice says nothing of a notice.
        check(&with(|order| order.served = Some(day("2026-03-02"))), &failure, 1, Known::Unknown);
        // Told its terms is enough, and goes before the day of service.
        let told = with(|order| {
            order.served = Some(day("2026-03-02"));
            order.notice_known = Some(day("2026-02-27"));
        });
        check(&told, &failure, 1, Known::Before(date("2026-02-27"), false));
        let late = with(|order| order.notice_known = Some(day("2026-09-19")));
        check(&late, &failure, 1, Known::After(date("2026-09-19")));
        let same = with(|order| order.notice_known = Some(day("2026-09-18")));
        check(&same, &failure, 1, Known::SameDay(date("2026-09-18")));
        let morning = with(|order| order.notice_known = Some(clock("2026-09-18", 10)));
        check(&morning, &failure, 1, Known::Before(date("2026-09-18"), false));
        let evening = with(|order| order.notice_known = Some(clock("2026-09-18", 18)));
        check(&evening, &failure, 1, Known::After(date("2026-09-18")));
    }
}
