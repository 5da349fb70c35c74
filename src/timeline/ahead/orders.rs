//! What orders direct, when they end, and what a child's age or the parents' living together does to them.

use super::{Ahead, AheadKind, Found, Looking, months_after, of};
use crate::model::{Basis, Date, Order, OrderKind, OrderParagraph, RecordId, StepKind, When};

impl Looking<'_> {
    pub(super) fn of_orders(&self, found: &mut Found) {
        for (id, order) in &self.orders {
            for paragraph in &order.paragraphs {
                directed(found, *id, order, paragraph);
            }
            ends(found, *id, order);
        }
        self.living_together(found);
    }

    /// Where the parents live together again, an order lapses after more than six months without a break (ENF-32).
    fn living_together(&self, found: &mut Found) {
        let months = u32::try_from(self.rules.limit("ENF-32").unwrap_or(6)).unwrap_or(6);
        for (id, step) in self.steps.iter().filter(|(_, step)| step.kind == StepKind::LivingTogether) {
            let Some(from) = step.when.as_ref().map(When::london_date) else { continue };
            let date = months_after(from, months);
            let ended = step.until.as_ref().map(When::london_date).is_some_and(|until| until <= date);
            if ended || !self.orders.iter().any(|(_, order)| bears_on_living(order, date)) {
                continue;
            }
            found.dates.push(Ahead {
                key: format!("{id}/six-months"),
                kind: AheadKind::Ends,
                date,
                time: None,
                what: "If the parents live together without a break for longer than this, the child arrangements order lapses.".to_owned(),
                rule: Some("ENF-32"),
                counted: format!("{months} months from {}.", from.plain()),
                about: vec![*id],
                done: false,
            });
        }
    }

    /// Parts of an order about time spent with a child end at 16 unless the case is exceptional (ENF-33).
    pub(super) fn of_children(&self, found: &mut Found) {
        let years = u32::try_from(self.rules.limit("ENF-33").unwrap_or(16)).unwrap_or(16);
        for (id, child) in &self.children {
            let Some(born) = child.born else { continue };
            let date = months_after(born, years * 12);
            if !self.orders.iter().any(|(_, order)| bears_on_living(order, date)) {
                continue;
            }
            found.dates.push(Ahead {
                key: format!("{id}/{years}"),
                kind: AheadKind::Age,
                date,
                time: None,
                what: format!(
                    "{} is {years}: the parts of an order about time spent with a child end, unless it says otherwise; “lives with” parts do not.",
                    child.short_name()
                ),
                rule: Some("ENF-33"),
                counted: "From the date of birth in this book.".to_owned(),
                about: vec![*id],
                done: false,
            });
        }
    }
}

/// What a paragraph tells somebody to file or do (27A-94).
fn directed(found: &mut Found, id: RecordId, order: &Order, paragraph: &OrderParagraph) {
    let Some(to_do) = paragraph.to_do.as_deref() else { return };
    let Some(by) = &to_do.by else { return };
    let (date, time) = of(by);
    let whose = paragraph.duty_of.as_deref().map(|who| format!(", by {who}")).unwrap_or_default();
    let sides = match to_do.sides {
        Some(1) => ", 1 side at most".to_owned(),
        Some(sides) => format!(", at most {sides} sides"),
        None => String::new(),
    };
    let what = to_do.what.trim();
    let what = if what.is_empty() { "What is directed" } else { what };
    let made = order.made.as_ref().map(|made| format!(" of {}", made.london_date().plain())).unwrap_or_default();
    let mut counted = format!("Paragraph {} of {}{made} ({id}).", paragraph.number, order.title);
    if time.is_none() {
        counted.push_str(" No time of day is written down; an order's deadline should have one.");
    }
    if let Some(done) = &to_do.done {
        counted.push_str(&format!(" Done on {}.", done.london_date().plain()));
    }
    found.dates.push(Ahead {
        key: format!("{id}/{}/to-do", paragraph.number),
        kind: AheadKind::Deadline,
        date,
        time,
        what: format!("{}{whose}{sides}.", capitalised(what)),
        rule: Some("27A-94"),
        counted,
        about: vec![id],
        done: to_do.done.is_some(),
    });
}

fn ends(found: &mut Found, id: RecordId, order: &Order) {
    let Some(until) = &order.in_force_until else { return };
    if order.superseded_by.is_some() {
        return;
    }
    let (date, time) = of(until);
    let kind = order.kind.map_or("order", OrderKind::plain);
    found.dates.push(Ahead {
        key: format!("{id}/ends"),
        kind: AheadKind::Ends,
        date,
        time,
        what: format!("{} ends ({kind}, {id}).", order.title),
        rule: None,
        counted: "As the order or agreement itself says.".to_owned(),
        about: vec![id],
        done: false,
    });
}

/// An order of a court about a child that may still stand on that day.
fn bears_on_living(order: &Order, on: Date) -> bool {
    let kind = matches!(order.kind, None | Some(OrderKind::ChildArrangements));
    let until = order.in_force_until.as_ref().map(When::london_date);
    kind && order.basis() == Basis::Order && order.superseded_by.is_none() && until.is_none_or(|until| until >= on)
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
