//! The sentence with the totals.

use std::collections::BTreeSet;

use super::super::super::Rich;
use super::super::super::plan::{Anchor, Span};
use super::super::book::Book;
use super::super::{order, text};
use super::marks::Marking;
use super::{Share, range, were};
use crate::contact::{Because, Buckets, Session};
use crate::model::{Basis, Content, Order, Outcome, RecordId};

/// `Weekends under paragraph 3 of the order of 27 February 2026 (B2), 6 March to 20 November 2026. 19 were
/// due; 11 were held, …`
pub(super) fn summary(book: &Book<'_>, share: &Share, marking: &Marking) -> Rich {
    let figures = &share.figures;
    let mut rich = under(book, share);
    rich.push(text(format!(", {}. ", range(figures))));
    let held = figures.buckets.held();
    rich.push(Span::Bold(format!("{} {} due; {held} {} held", figures.due, were(figures.due), were(held))));
    rich.push(text(rest_in_words(&figures.buckets, &marking.other, marking.missed.words, moved_and_held(share))));
    rich
}

/// Why it was due, with the order's paragraphs where they have a page.
fn under(book: &Book<'_>, share: &Share) -> Rich {
    let what = match super::noun(share) {
        "weekend" => "Weekends",
        "call" => "Calls",
        _ => "Contact",
    };
    let orders: BTreeSet<Option<RecordId>> = share.figures.sessions.iter().map(|session| session.order).collect();
    let orders: Option<Vec<(RecordId, &Order)>> = orders.into_iter().map(|id| shown(book, id?)).collect();
    match (share.because, orders) {
        (Because::Of(Basis::Order), Some(orders)) if (1..=3).contains(&orders.len()) => {
            let mut rich = vec![text(format!("{what} under "))];
            for (i, (id, order)) in orders.iter().enumerate() {
                if i > 0 {
                    rich.push(text(if i + 1 == orders.len() { " and " } else { ", " }));
                }
                rich.extend(one(book, share, *id, order));
            }
            rich
        }
        (Because::Of(Basis::Order), _) => vec![text(format!("{what} under an order of a court"))],
        (Because::Of(Basis::Agreement), _) => vec![text(format!("{what} by agreement"))],
        (Because::Of(Basis::Pattern), _) => vec![text(format!("{what} as had become usual"))],
        (Because::Of(Basis::Asked), _) => vec![text(format!("{what} asked for"))],
        (Because::NotSaid, _) => vec![text(format!("{what} written down"))],
    }
}

fn shown<'a>(book: &Book<'a>, id: RecordId) -> Option<(RecordId, &'a Order)> {
    match book.record(id).map(|record| &record.content) {
        Some(Content::Order(order)) if book.is_selected(id) => Some((id, order)),
        _ => None,
    }
}

fn one(book: &Book<'_>, share: &Share, id: RecordId, order: &Order) -> Rich {
    let of_it = share.figures.sessions.iter().filter(|session| session.order == Some(id));
    let numbers: BTreeSet<&str> = of_it.clone().filter_map(|session| session.paragraph.as_deref()).collect();
    let unnumbered = of_it.into_iter().any(|session: &Session| session.paragraph.is_none());
    let numbers: Vec<&str> = numbers.into_iter().collect();
    let paragraphs = match numbers.as_slice() {
        _ if unnumbered => String::new(),
        [] => String::new(),
        [one] => format!("paragraph {one} of "),
        [first @ .., last] => format!("paragraphs {} and {last} of ", first.join(", ")),
    };
    let mut rich = vec![text(format!("{paragraphs}{}", order::named(order)))];
    let place = match numbers.as_slice() {
        [one] if !unnumbered => book.place(order::paragraph_anchor(id, one)),
        _ => None,
    };
    rich.extend(book.in_brackets(place.unwrap_or_else(|| Anchor::record(id))));
    rich
}

/// How many of those moved by agreement were held at the other time.
fn moved_and_held(share: &Share) -> u32 {
    let moved = share.figures.sessions.iter().filter(|session| session.outcome == Outcome::AgreedChange);
    let held = |session: &&Session| {
        session.instead.iter().any(|i| matches!(i.outcome, Outcome::Kept | Outcome::Late | Outcome::EndedEarly))
    };
    moved.filter(held).count() as u32
}

fn rest_in_words(buckets: &Buckets, other: &str, missed: &str, moved_and_held: u32) -> String {
    let mut parts = Vec::new();
    let mut say = |count: u32, words: String| {
        if count > 0 {
            parts.push(words);
        }
    };
    say(buckets.missed_by_other, format!("{} {}", missed, buckets.missed_by_other));
    say(buckets.cancelled_by_other, format!("{other} cancelled {}", buckets.cancelled_by_other));
    say(buckets.cancelled_by_me, format!("I cancelled {}", buckets.cancelled_by_me));
    let third = buckets.cancelled_by_third;
    say(third, format!("{third} did not take place by neither parent's act"));
    let agreed = buckets.agreed_change;
    let held = match moved_and_held {
        0 => String::new(),
        held if held == agreed => " and held then".to_owned(),
        held => format!(" ({held} of them held then)"),
    };
    say(agreed, format!("{agreed} {} moved by agreement{held}", were(agreed)));
    say(buckets.made_up, format!("{} {} held at another time instead", buckets.made_up, were(buckets.made_up)));
    let unknown = buckets.not_known;
    say(unknown, format!("{unknown} {} not known", if unknown == 1 { "is" } else { "are" }));
    let part = match buckets.in_part() {
        0 => String::new(),
        part => format!(", {part} of them in part"),
    };
    let others = buckets.sum() - buckets.held();
    match parts.split_last() {
        None => format!("{part}."),
        Some((only, [])) if others == 1 => format!("{part}. The other: {only}."),
        Some((only, [])) => format!("{part}. Of the other {others}, {only}."),
        Some((last, first)) => format!("{part}. Of the other {others}, {}, and {last}.", first.join(", ")),
    }
}
