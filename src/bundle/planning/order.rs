//! Orders: their paragraphs in their exact words.

use std::collections::BTreeSet;

use super::super::plan::{Anchor, Field, OrderPage, OrderWords, Paper, PlannedEntry};
use super::book::Book;
use super::{text, words};
use crate::contact::Pattern;
use crate::model::{Basis, Content, Noun, Order, OrderParagraph, ParagraphKind, Record, RecordId, When};

/// The place of a paragraph.
pub(super) fn paragraph_anchor(order: RecordId, number: &str) -> Anchor {
    Anchor::named(format!("{order}/{number}"))
}

/// `the order of 27 February 2026`, for running text.
pub(super) fn named(order: &Order) -> String {
    match &order.made {
        Some(made) => format!("the order of {}", made.london_date().plain()),
        None => "the order (its date is not known)".to_owned(),
    }
}

pub(super) fn entries(book: &Book<'_>) -> Vec<PlannedEntry> {
    let mut entries = Vec::new();
    let mut printed = BTreeSet::new();
    for record in book.chosen(Noun::Order) {
        let Content::Order(order) = &record.content else { continue };
        entries.push(entry(book, record, order));
        // The order as a paper stands right behind the words taken from it.
        let paper = order.document.filter(|id| book.is_selected(*id) && printed.insert(*id));
        let paper = paper.and_then(|id| book.record(id)).and_then(|record| super::documents::entry(book, record));
        entries.extend(paper);
    }
    entries
}

/// The papers printed behind their orders.
pub(super) fn papers(book: &Book<'_>) -> BTreeSet<RecordId> {
    book.chosen(Noun::Order)
        .filter_map(|record| match &record.content {
            Content::Order(order) => order.document,
            _ => None,
        })
        .collect()
}

pub(super) fn entry(book: &Book<'_>, record: &Record, order: &Order) -> PlannedEntry {
    let by = order.by.as_deref().map_or(String::new(), |by| format!(", {by}"));
    let notice = if order.warning_notice == Some(true) { ", with warning notice" } else { "" };
    PlannedEntry {
        anchor: Anchor::record(record.id),
        id: Some(record.id),
        version: Some(record.version),
        date: order.made.as_ref().map_or(String::new(), |made| made.london_date().index()),
        title: format!("{}{by}{notice}", order.title),
        head_right: format!("Order {}", record.id),
        sources: Vec::new(),
        paper: Paper::Order(page(book, record, order)),
    }
}

fn page(book: &Book<'_>, record: &Record, order: &Order) -> OrderPage {
    let by = order.by.as_deref().unwrap_or("by whom is not written down");
    let made = order.made.as_ref().map_or_else(|| "date not known".to_owned(), When::long);
    let mut note = vec![text(
        "These are the paragraphs kept in the record, in the order's own words. The order itself may hold more.",
    )];
    if let Some(page) = order.document.and_then(|id| book.page_of(id)) {
        note.extend([text(" A copy of the order begins at page "), super::Span::Reference(page), text(".")]);
    }
    OrderPage {
        title: order.title.clone(),
        subtitle: words(format!("{by}, {made}.")),
        fields: fields(book, order),
        paragraphs: order
            .paragraphs
            .iter()
            .map(|paragraph| OrderWords {
                anchor: paragraph_anchor(record.id, &paragraph.number),
                number: paragraph.number.clone(),
                words: paragraph.words.clone(),
                remark: remark(paragraph),
            })
            .collect(),
        note,
    }
}

/// What stands below the words: what kind they are, who owes what, when they count, and how sessions are reckoned from
/// them (ORD-01: the words and the reckoning stand together).
fn remark(paragraph: &OrderParagraph) -> Option<String> {
    let mut parts = Vec::new();
    match paragraph.kind {
        ParagraphKind::Ordered => {}
        ParagraphKind::Recital => parts.push("recital: records an agreement or a fact".to_owned()),
        ParagraphKind::Direction => parts.push("direction".to_owned()),
    }
    if let Some(duty) = &paragraph.duty {
        let who = paragraph.duty_of.as_deref().unwrap_or("not said");
        parts.push(format!("duty: {duty} ({who})"));
    }
    parts.extend(paragraph.from.as_ref().map(|from| format!("counts from {}", from.long())));
    parts.extend(paragraph.until.as_ref().map(|until| format!("counts until {}", until.long())));
    if let Some(to_do) = &paragraph.to_do {
        let by = to_do.by.as_ref().map(|by| format!(" by {}", by.long())).unwrap_or_default();
        let sides = to_do.sides.map(|sides| format!(", at most {sides} sides")).unwrap_or_default();
        let done = to_do.done.as_ref().map(|done| format!("; done {}", done.long())).unwrap_or_default();
        parts.push(format!("to do: {}{by}{sides}{done}", to_do.what));
    }
    if let Some(pattern) = paragraph.pattern.as_deref().and_then(|text| Pattern::read(text).ok()) {
        parts.push(format!("sessions are reckoned from these words as: {}", pattern.said().trim_end_matches('.')));
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn fields(book: &Book<'_>, order: &Order) -> Vec<Field> {
    let field = |label: &str, value: String| Field { label: label.to_owned(), value: vec![words(value)], small: None };
    let notice = |known: Option<bool>| match known {
        Some(true) => "Attached",
        Some(false) => "Not attached",
        None => "Not known",
    };
    let mut fields = Vec::new();
    if order.basis() != Basis::Order {
        let kind = order.kind.map_or("", crate::model::OrderKind::plain);
        fields.push(field("What it is", format!("A {kind}: not an order of a court, and not enforceable")));
    }
    let bound: Vec<&str> = order
        .against
        .iter()
        .filter_map(|id| match &book.record(*id)?.content {
            Content::Person(person) => Some(person.name.as_str()),
            _ => None,
        })
        .collect();
    if !bound.is_empty() {
        fields.push(field("Binds", bound.join(", ")));
    }
    fields.extend(order.court.clone().map(|court| field("Court", court)));
    fields.extend(order.case_number.clone().map(|number| field("Case number", number)));
    fields.push(field("Served", order.served.as_ref().map_or_else(|| "Not known".to_owned(), When::long)));
    fields.push(field("Warning notice", notice(order.warning_notice).to_owned()));
    let known = order.notice_known.as_ref().map(|known| field("Notice known from", known.long()));
    fields.extend(known);
    fields.push(field("Penal notice", notice(order.penal_notice).to_owned()));
    if order.interim == Some(true) {
        fields.push(field("Stands", "Until the court decides finally (an interim order)".to_owned()));
    }
    for (label, other) in [("Varies", order.varies), ("Its place was taken by", order.superseded_by)] {
        let other = other.and_then(|id| book.record(id));
        if let Some(Content::Order(other)) = other.map(|record| &record.content) {
            fields.push(field(label, named(other)));
        }
    }
    fields.extend(order.in_force_from.as_ref().map(|from| field("In force from", from.long())));
    fields.extend(order.in_force_until.as_ref().map(|until| field("In force until", until.long())));
    fields
}
