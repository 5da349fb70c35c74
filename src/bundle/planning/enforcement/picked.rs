//! Which events have a row: those chosen by name, else the latest that were not held (SCH-05).

use std::collections::BTreeSet;

use super::doubts::{self, Doubt};
use crate::bundle::planning::book::Book;
use crate::bundle::planning::contact;
use crate::model::{Content, Incident, Noun, Outcome, RecordId};

/// Rows without a choice, where the rules name no number.
const FEW: u64 = 20;

/// An event that has a row, and what speaks against it.
#[derive(Debug, Clone)]
pub(super) struct Row<'a> {
    pub id: RecordId,
    pub event: &'a Incident,
    pub doubts: Vec<Doubt>,
}

/// What was picked.
#[derive(Debug, Clone)]
pub(super) struct Picked<'a> {
    /// In order of time.
    pub rows: Vec<Row<'a>>,
    /// Events that would be rows and are none, each with the first reason.
    pub out: Vec<(RecordId, Doubt)>,
    /// Earlier ones, over the number of rows a schedule is kept to.
    pub older: Vec<RecordId>,
    /// Not held, and due under no numbered paragraph of an order.
    pub without_paragraph: Vec<RecordId>,
    /// The user chose the events.
    pub by_hand: bool,
}

impl Picked<'_> {
    /// Why an event has no row, for the user's own list.
    pub fn left_out(&self) -> Vec<(RecordId, String)> {
        let doubted = self.out.iter().map(|(id, doubt)| (*id, doubt.what.clone()));
        let older = self.older.iter().map(|id| (*id, "earlier than the latest rows; it is in the totals".to_owned()));
        let loose =
            self.without_paragraph.iter().map(|id| (*id, "under no numbered “it is ordered” paragraph".to_owned()));
        doubted.chain(older).chain(loose).collect()
    }
}

/// Picks the rows.
pub(super) fn picked<'a>(book: &Book<'a>) -> Picked<'a> {
    let chosen = super::chosen(book, Noun::Incident);
    let within_grace: BTreeSet<RecordId> = contact::figures_of(book)
        .sessions
        .iter()
        .filter(|session| session.within_grace)
        .filter_map(|session| session.incident)
        .collect();
    let by_hand = !chosen.is_empty();
    let mut picked =
        Picked { rows: Vec::new(), out: Vec::new(), older: Vec::new(), without_paragraph: Vec::new(), by_hand };
    for record in book.all(Noun::Incident) {
        let Content::Incident(event) = &record.content else { continue };
        let (id, event) = (record.id, &**event);
        let asked_for = if by_hand { chosen.contains(&id) } else { was_not_held(event) };
        if !asked_for || !book.may_show(id) || !book.in_range(record) {
            continue;
        }
        if let Some(never) = doubts::never_a_row(event) {
            picked.out.push((id, never));
            continue;
        }
        if !by_hand && !under_a_paragraph(book, event) {
            picked.without_paragraph.push(id);
            continue;
        }
        let mut doubts = doubts::about(book, id, event);
        doubts.extend(within_grace.contains(&id).then(doubts::within_grace));
        let others = book.contact().otherwise(id);
        doubts.extend((!others.is_empty()).then(|| doubts::says_otherwise(id, &others)));
        doubts.extend(book.contact().apart(id).and_then(|why| doubts::not_due(id, why)));
        match doubts.iter().find(|doubt| doubt.bars && !by_hand) {
            Some(bar) => picked.out.push((id, bar.clone())),
            None => picked.rows.push(Row { id, event, doubts }),
        }
    }
    if !by_hand {
        let most = usize::try_from(book.input.rules.limit("SCH-05").unwrap_or(FEW)).unwrap_or(usize::MAX);
        let over = picked.rows.len().saturating_sub(most);
        picked.older = picked.rows.drain(..over).map(|row| row.id).collect();
    }
    picked
}

/// Not held, by the other person's act. What was held in part is a row when it is chosen.
fn was_not_held(event: &Incident) -> bool {
    let outcome = event.kind.map(crate::model::IncidentKind::outcome);
    matches!(outcome, Some(Outcome::MissedByOther | Outcome::CancelledByOther))
}

/// Due under a paragraph that can be enforced at all (ENF-10).
fn under_a_paragraph(book: &Book<'_>, event: &Incident) -> bool {
    let order = event.order.and_then(|id| book.record(id));
    let (Some(Content::Order(order)), Some(number)) = (order.map(|record| &record.content), &event.paragraph) else {
        return false;
    };
    order.paragraph(number.trim()).is_none_or(|paragraph| order.can_be_enforced(paragraph))
}
