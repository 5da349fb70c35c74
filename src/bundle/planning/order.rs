//! Orders: their paragraphs in their exact words.

use std::collections::BTreeSet;

use super::super::plan::{Anchor, Field, OrderPage, OrderWords, Paper, PlannedEntry};
use super::book::Book;
use super::{text, words};
use crate::model::{Content, Noun, Order, ParagraphKind, Record, RecordId, When};

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
        note.extend([text(" The order as a paper: "), super::Span::Reference(page), text(".")]);
    }
    OrderPage {
        title: order.title.clone(),
        subtitle: words(format!("{by}, {made}.")),
        fields: fields(order),
        paragraphs: order
            .paragraphs
            .iter()
            .map(|paragraph| OrderWords {
                anchor: paragraph_anchor(record.id, &paragraph.number),
                number: paragraph.number.clone(),
                words: paragraph.words.clone(),
                remark: match paragraph.kind {
                    ParagraphKind::Ordered => None,
                    ParagraphKind::Recital => Some("recital: records an agreement or a fact".to_owned()),
                    ParagraphKind::Direction => Some("direction".to_owned()),
                },
            })
            .collect(),
        note,
    }
}

fn fields(order: &Order) -> Vec<Field> {
    let field = |label: &str, value: String| Field { label: label.to_owned(), value: vec![words(value)], small: None };
    let notice = |known: Option<bool>| match known {
        Some(true) => "Attached",
        Some(false) => "Not attached",
        None => "Not known",
    };
    let mut fields = Vec::new();
    fields.extend(order.court.clone().map(|court| field("Court", court)));
    fields.extend(order.case_number.clone().map(|number| field("Case number", number)));
    fields.push(field("Served", order.served.as_ref().map_or_else(|| "Not known".to_owned(), When::long)));
    fields.push(field("Warning notice", notice(order.warning_notice).to_owned()));
    fields.push(field("Penal notice", notice(order.penal_notice).to_owned()));
    fields.extend(order.in_force_from.as_ref().map(|from| field("In force from", from.long())));
    fields.extend(order.in_force_until.as_ref().map(|until| field("In force until", until.long())));
    fields
}
