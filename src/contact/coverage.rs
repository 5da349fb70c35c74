//! Whether the patterns then in force had a say on a day: only then is a day on which they make nothing
//! due a day on which nothing was due.

use std::collections::BTreeMap;

use crate::model::{Basis, Date, Incident, Order, RecordId, When};

use super::due::{Arrangement, DueSession};
use super::held::london_day;
use super::outcome::is_call;

/// Paragraphs from which sessions were computed, each with the days on which it was in force.
pub(super) struct Coverage {
    all: BTreeMap<(RecordId, String), InForce>,
}

struct InForce {
    basis: Basis,
    call: bool,
    from: Date,
    until: Option<Date>,
}

impl Coverage {
    pub(super) fn of(arrangements: &[Arrangement<'_>], sessions: &[DueSession]) -> Self {
        let orders: BTreeMap<RecordId, &Order> = arrangements.iter().map(|a| (a.id, a.order)).collect();
        let mut all = BTreeMap::new();
        for due in sessions {
            let first = london_day(due.start);
            all.entry((due.order, number(&due.paragraph))).or_insert_with(|| {
                let (from, until) =
                    orders.get(&due.order).map_or((None, None), |order| in_force(order, &due.paragraph, &orders));
                InForce { basis: due.basis, call: due.call, from: from.unwrap_or(first), until }
            });
        }
        Coverage { all }
    }

    /// Whether nothing else than these patterns can have made this event due on this day.
    pub(super) fn rules(&self, event: &Incident, day: Date) -> bool {
        // Words without a pattern make nothing due here, but may well have been followed.
        if event.order.is_some_and(|order| !self.has(order, event.paragraph.as_deref())) {
            return false;
        }
        self.all.values().any(|force| {
            event.basis.is_none_or(|basis| basis == force.basis)
                && (force.call || !is_call(event))
                && force.from <= day
                && force.until.is_none_or(|until| day <= until)
        })
    }

    fn has(&self, order: RecordId, paragraph: Option<&str>) -> bool {
        self.all.keys().any(|(known, known_number)| {
            *known == order && paragraph.is_none_or(|paragraph| number(paragraph) == *known_number)
        })
    }
}

/// From its own first day until its last, until another order took its place.
fn in_force(order: &Order, paragraph: &str, orders: &BTreeMap<RecordId, &Order>) -> (Option<Date>, Option<Date>) {
    let day = |when: Option<&When>| when.map(When::london_date);
    let first = |order: &Order| day(order.in_force_from.as_ref().or(order.made.as_ref()));
    let words = order.paragraph(paragraph);
    let from = day(words.and_then(|words| words.from.as_ref())).or_else(|| first(order));
    let replaced = || order.superseded_by.and_then(|id| orders.get(&id)).and_then(|later| first(later));
    let last = day(order.in_force_until.as_ref()).or_else(|| replaced().map(|day| day.plus_days(-1)));
    let own = day(words.and_then(|words| words.until.as_ref()));
    (from, own.into_iter().chain(last).min())
}

fn number(paragraph: &str) -> String {
    paragraph.trim().to_lowercase()
}
