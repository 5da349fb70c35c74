//! The first page of a hearing bundle, in the user's words where it is about what is wanted.

use super::super::plan::{EssentialReading, Field, HearingFront, PlannedEntry, Rich, Span};
use super::book::Book;
use super::{covers, hearing, text, words};
use crate::model::{Content, DocumentKind, Noun, Order, Record, When};

/// The orders in force on the day the paper is made, as far as the book knows, earliest first.
pub(super) fn in_force<'a>(book: &Book<'a>) -> Vec<(&'a Record, &'a Order)> {
    let today = book.made_date();
    let mut found = Vec::new();
    for record in book.all(Noun::Order) {
        let Content::Order(order) = &record.content else { continue };
        let from = order.in_force_from.as_ref().or(order.made.as_ref()).map(When::london_date);
        let until = order.in_force_until.as_ref().map(When::london_date);
        let begun = from.is_none_or(|from| from <= today);
        if begun && until.is_none_or(|until| until >= today) && book.may_show(record.id) {
            found.push((record, &**order));
        }
    }
    found
}

pub(super) fn front(book: &Book<'_>, entries: &[&PlannedEntry]) -> HearingFront {
    let coming = book.case().and_then(|case| case.hearing.as_deref());
    let list =
        |of: fn(&crate::model::Hearing) -> &Vec<String>| coming.map(|hearing| of(hearing).clone()).unwrap_or_default();
    HearingFront {
        heading: covers::heading(book, true),
        title: "Case summary".to_owned(),
        dated: hearing::dated(book),
        fields: fields(book),
        to_decide: list(|hearing| &hearing.to_decide),
        agreed: list(|hearing| &hearing.agreed),
        not_agreed: list(|hearing| &hearing.not_agreed),
        essential: essential(book, entries),
        note: note(book),
    }
}

fn fields(book: &Book<'_>) -> Vec<Field> {
    let field = |label: &str, value: Rich| Field { label: label.to_owned(), value: vec![value], small: None };
    let mut fields = Vec::new();
    if let Some(hearing) = book.case().and_then(|case| case.hearing.as_deref()) {
        // The kind is the court's own word, or none: it is never guessed from the procedure (CFC-07).
        let kind = hearing.kind.as_deref().map(str::trim).filter(|kind| !kind.is_empty());
        let when = hearing.when.long();
        fields.push(field("Hearing", words(kind.map_or_else(|| when.clone(), |kind| format!("{kind}, {when}")))));
        let estimate = hearing.time_estimate.as_deref().map(str::trim).filter(|words| !words.is_empty());
        fields.extend(estimate.map(|estimate| field("Time estimate", words(estimate))));
    }
    fields.extend(application(book).map(|value| field("Application", value)));
    let orders = in_force(book);
    let label = if orders.len() > 1 { "Orders in force" } else { "Order in force" };
    if !orders.is_empty() {
        let value = orders.iter().map(|(record, order)| in_force_line(book, record, order)).collect();
        fields.push(Field { label: label.to_owned(), value, small: None });
    }
    fields
}

/// `Child arrangements order of 27 February 2026 (B1), with warning notice`.
fn in_force_line(book: &Book<'_>, record: &Record, order: &Order) -> Rich {
    let made = order.made.as_ref().map_or(String::new(), |made| format!(" of {}", made.london_date().plain()));
    let mut line = vec![text(format!("{}{made}", order.title))];
    let page = book.page_of(hearing::as_printed(book, record.id));
    line.extend(page.map(|page| [text(" ("), Span::Reference(page), text(")")]).into_iter().flatten());
    if order.warning_notice == Some(true) {
        line.push(text(", with warning notice"));
    }
    line
}

/// The last application in the bundle.
fn application(book: &Book<'_>) -> Option<Rich> {
    let record = book
        .chosen(Noun::Document)
        .filter(|record| {
            matches!(&record.content, Content::Document(document) if document.kind == DocumentKind::Application)
        })
        .last()?;
    let page = book.page_of(record.id)?;
    let Content::Document(document) = &record.content else { return None };
    let dated = document.dated.as_ref().map_or(String::new(), |when| format!(", {}", when.london_date().plain()));
    Some(vec![text(format!("{}{dated} (", document.title)), Span::Reference(page), text(")")])
}

fn essential(book: &Book<'_>, entries: &[&PlannedEntry]) -> Vec<EssentialReading> {
    let named = book.case().and_then(|case| case.hearing.as_ref()).map(|hearing| hearing.essential.clone());
    let mut found: Vec<EssentialReading> = Vec::new();
    for id in named.unwrap_or_default() {
        let id = hearing::as_printed(book, id);
        let entry = entries.iter().find(|entry| entry.id == Some(id));
        let known = |anchor| found.iter().any(|paper| &paper.page == anchor);
        if let Some(entry) = entry.filter(|entry| !known(&entry.anchor)) {
            found.push(EssentialReading { title: entry.title.clone(), page: entry.anchor.clone() });
        }
    }
    found
}

fn note(book: &Book<'_>) -> Rich {
    let who = match book.people.my_side() {
        Some(side) => format!("the {side}"),
        None => book.people.my_name().to_owned(),
    };
    let mut note = format!("Prepared by {who}.");
    // The court's permission for more pages is printed where there is one (27A-52).
    if let Some(instead) = book.input.rules.rule("27A-51").and_then(|rule| rule.overridden.as_ref()) {
        note.push_str(&format!(" Pages allowed: {}, {}.", instead.value, instead.why.trim_end_matches('.')));
    }
    let hearing = book.case().and_then(|case| case.hearing.as_ref());
    if hearing.is_some_and(|hearing| !hearing.agreed.is_empty() || !hearing.not_agreed.is_empty()) {
        note.push_str(&format!(" Agreed and not agreed: as {who} understands it."));
    }
    words(note)
}
