//! What was due by the whole record, and what became of it: the one way in which commands and papers count.

use crate::contact::{Arrangement, Calendar, Child, ContactEvent, Due, Pattern, Reconciled, due, reconcile};
use crate::model::{Content, Date, Instant, Order, Record, StepKind, When, Zone};
use crate::rules::Rules;

use super::People;

/// An entry that speaks of a day further ahead than this is a slip of the pen; sessions are not computed for it.
const AHEAD: i64 = 2 * 366;

/// Reads orders, agreements, school terms, children, times of living together and contact events from the
/// current versions of all records, and lets what was due meet what was written down.
#[must_use]
pub fn contact<'a>(records: impl IntoIterator<Item = &'a Record>, rules: &Rules, now: Instant) -> Reconciled {
    contact_ahead(records, rules, now, 0)
}

/// The same, with the sessions of so many days ahead.
#[must_use]
pub fn contact_ahead<'a>(
    records: impl IntoIterator<Item = &'a Record>,
    rules: &Rules,
    now: Instant,
    days: i64,
) -> Reconciled {
    let records: Vec<&Record> = records.into_iter().collect();
    let arrangements = arrangements(&records);
    let events: Vec<ContactEvent<'_>> = records
        .iter()
        .filter_map(|record| match &record.content {
            Content::Incident(event) => Some((record.id, event.as_ref())),
            _ => None,
        })
        .collect();
    let due = computed(&records, &arrangements, &events, rules, now.in_zone(Zone::LONDON).date.plus_days(days));
    reconcile(&due, &arrangements, &events, now)
}

/// Every session due within these London days, both included, by the current versions of all records.
#[must_use]
pub fn due_between<'a>(records: impl IntoIterator<Item = &'a Record>, rules: &Rules, from: Date, until: Date) -> Due {
    let records: Vec<&Record> = records.into_iter().collect();
    due(&arrangements(&records), &calendar(&records, rules), from, until)
}

fn arrangements<'a>(records: &[&'a Record]) -> Vec<Arrangement<'a>> {
    let mut found: Vec<Arrangement<'a>> = records
        .iter()
        .filter_map(|record| match &record.content {
            Content::Order(order) => Some(Arrangement { id: record.id, version: record.version, order }),
            _ => None,
        })
        .collect();
    found.sort_by_key(|arrangement| arrangement.id);
    found
}

fn computed(
    records: &[&Record],
    arrangements: &[Arrangement<'_>],
    events: &[ContactEvent<'_>],
    rules: &Rules,
    today: Date,
) -> Due {
    let Some(from) = arrangements.iter().filter_map(|arrangement| first_day(arrangement.order)).min() else {
        // Without any date nothing is in force; the reckoning says so itself.
        return due(arrangements, &calendar(records, rules), today, today);
    };
    let last = events.iter().filter_map(|(_, event)| event.when()).map(When::london_date).max();
    let until = last.map_or(today, |last| last.clamp(today, today.plus_days(AHEAD)));
    due(arrangements, &calendar(records, rules), from, until)
}

/// The first day on which words of it can have made anything due.
fn first_day(order: &Order) -> Option<Date> {
    let own = order.in_force_from.as_ref().or(order.made.as_ref());
    let paragraphs = order.paragraphs.iter().filter_map(|paragraph| paragraph.from.as_ref());
    // What was never an order often has no date but the first day of its pattern.
    let patterns = order.paragraphs.iter().filter_map(|paragraph| Pattern::read(paragraph.pattern.as_deref()?).ok());
    let counted = patterns.flat_map(|pattern| pattern.clauses).filter_map(|clause| clause.first.or(clause.starting));
    own.into_iter().chain(paragraphs).map(When::london_date).chain(counted).min()
}

fn calendar<'a>(records: &[&'a Record], rules: &'a Rules) -> Calendar<'a> {
    let people = People::of(records.iter().copied());
    let children = people.children().into_iter();
    Calendar {
        rules,
        terms: people.case().map_or(&[], |case| case.terms.as_slice()),
        children: children.map(|child| Child { name: child.name.clone(), born: child.born }).collect(),
        together: together(records),
    }
}

/// Times of living together, from the steps that tell of them, each until its own end or the next separation.
fn together(records: &[&Record]) -> Vec<(Date, Option<Date>)> {
    let steps = |kind: StepKind| {
        records.iter().filter_map(move |record| match &record.content {
            Content::Step(step) if step.kind == kind => Some((step, step.when.as_ref()?)),
            _ => None,
        })
    };
    let mut times: Vec<(Date, Option<Date>)> = steps(StepKind::LivingTogether)
        .map(|(step, when)| {
            let from = when.london_date();
            let own = step.until.as_ref().map(When::london_date).or(when.end.map(|end| end.date));
            let separated =
                || steps(StepKind::Separated).map(|(_, when)| when.london_date()).filter(|day| *day >= from).min();
            (from, own.or_else(separated))
        })
        .collect();
    times.sort_unstable();
    times
}
