//! The chronology as a paper of its own: at most ten pages, one line an event, no argument (27A-42).

use std::collections::BTreeMap;

use super::super::PlanError;
use super::super::plan::{Anchor, ChronologyAlone, Paper, PlannedEntry, Section};
use super::book::Book;
use super::chronology::{KEPT, KEPT_MEANS};
use super::editions::PagesThere;
use super::{chronology, covers, editions, hearing};
use crate::model::{Choice, Content, Noun, Profile, RecordId};

/// What the paper calls itself.
pub(super) const TITLE: &str = "Chronology";

/// What may have a line.
const NOUNS: [Noun; 5] = [Noun::Incident, Noun::Step, Noun::Order, Noun::Message, Noun::Document];

/// The records chosen for the chronology, where any were.
pub(super) fn chosen(book: &Book<'_>) -> Vec<RecordId> {
    let choices = book.all(Noun::Choice).into_iter().filter_map(|record| match &record.content {
        Content::Choice(choice) if choice.profile == Profile::Chronology && !choice.withdrawn => Some(choice),
        _ => None,
    });
    choices.flat_map(|choice: &Choice| choice.records.iter().copied()).collect()
}

/// What was chosen; without any choice every event, step and order of the range.
pub(super) fn select(book: &mut Book<'_>) -> Result<(), PlanError> {
    let chosen = chosen(book);
    for noun in NOUNS {
        for record in book.all(noun) {
            let free = chosen.is_empty() && matches!(noun, Noun::Incident | Noun::Step | Noun::Order);
            if !book.in_range(record) {
                book.leave_out(record.id, "outside the dates of this paper");
            } else if chosen.contains(&record.id) || free {
                book.select(record.id);
            }
        }
    }
    let rows = chronology::rows_of(book);
    if rows.is_empty() {
        return Err(PlanError::Empty {
            why: "no event, step or order of these dates may be shown to this reader".to_owned(),
            next: "Write down an event or a step (daybook log, daybook step), or widen the dates".to_owned(),
        });
    }
    book.add_place(Anchor::named("chronology"));
    for id in rows {
        book.add_place(chronology::row_anchor(id));
    }
    Ok(())
}

/// One section without a letter: its pages are 1, 2, 3.
pub(super) fn sections(book: &Book<'_>) -> Vec<Section> {
    let (mut page, _) = chronology::page(book);
    let (elsewhere, references) = editions::printed_elsewhere(book);
    for (row, id) in page.rows.iter_mut().zip(chronology::rows_of(book)) {
        row.elsewhere = printed_at(book, id, &elsewhere);
        // The mark says whether a paper or message supports the line, wherever that is printed.
        row.supported = row.supported || chronology::is_supported(book, id);
        if row.supported && row.pages.is_empty() && row.elsewhere.is_none() {
            row.elsewhere = Some(KEPT.to_owned());
        }
    }
    let references = match (page.rows.iter().any(|row| row.elsewhere.as_deref() == Some(KEPT)), references.is_empty()) {
        (false, _) => references,
        (true, true) => KEPT_MEANS.to_owned(),
        (true, false) => format!("{references} {KEPT_MEANS}"),
    };
    page.alone =
        Some(ChronologyAlone { heading: covers::heading(book, true), dated: hearing::dated(book), references });
    let entry = PlannedEntry {
        anchor: Anchor::named("chronology"),
        id: None,
        version: None,
        date: book.made_date().index(),
        title: TITLE.to_owned(),
        head_right: TITLE.to_owned(),
        sources: Vec::new(),
        paper: Paper::Chronology(page),
    };
    vec![Section { letter: None, title: TITLE.to_owned(), described: TITLE.to_owned(), entries: vec![entry] }]
}

/// The record's own page in an earlier edition, else every page of what stands behind it.
fn printed_at(book: &Book<'_>, id: RecordId, elsewhere: &BTreeMap<RecordId, PagesThere>) -> Option<String> {
    let record = book.record(id)?;
    let paper = match &record.content {
        Content::Order(order) => order.document,
        _ => None,
    };
    if let Some(own) = elsewhere.get(&id).or_else(|| elsewhere.get(&paper?)) {
        return Some(own.first.clone());
    }
    let behind = chronology::supporting(book, record);
    let pages: Vec<&PagesThere> =
        behind.iter().filter(|id| book.may_show(**id)).filter_map(|id| elsewhere.get(id)).collect();
    (!pages.is_empty()).then(|| editions::in_runs(pages))
}
