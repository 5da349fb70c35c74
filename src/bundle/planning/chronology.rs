//! The chronology: one row an event, step, order, and message or paper that stands on its own.

use std::collections::BTreeSet;

use super::super::Rich;
use super::super::plan::{Anchor, Chronology, ChronologyRow};
use super::book::Book;
use super::text;
use crate::contact::Why;
use crate::model::{Content, Date, Noun, Record, RecordId, When};
use crate::timeline::{delay, first_words, with_remark};

/// How many characters of a later wording a line quotes.
const EDITED: usize = 110;

/// The chronology, and the dates it covers in words (empty where nothing has a date).
pub(super) fn page(book: &Book<'_>) -> (Chronology, String) {
    let range = range_in_words(book);
    let mut subtitle: Rich = Vec::new();
    if !range.is_empty() {
        subtitle.push(text(format!("{range}. ")));
    }
    let side = book.people.my_side().map_or(String::new(), |side| format!(", the {side}"));
    subtitle.push(text(format!("“I” is {}{side}.", book.people.my_name())));
    let rows = rows_of(book).into_iter().filter_map(|id| book.record(id)).map(|record| row(book, record)).collect();
    (Chronology { subtitle, rows, alone: None }, range)
}

/// The place of a record's row.
pub(super) fn row_anchor(id: RecordId) -> Anchor {
    Anchor::named(format!("chronology/{id}"))
}

/// Which records have a row, in order of time. A message or paper that stands behind an event is in
/// the event's row; what is shown for context only has none.
pub(super) fn rows_of(book: &Book<'_>) -> Vec<RecordId> {
    let mut behind = BTreeSet::new();
    for noun in [Noun::Incident, Noun::Step, Noun::Order] {
        for record in book.chosen(noun) {
            behind.extend(book.links.bearing_on(record.id).supported_by);
            match &record.content {
                Content::Incident(event) => {
                    behind.extend(event.attachments.iter().filter_map(|digest| book.document_with(digest)));
                }
                Content::Step(step) => {
                    behind.extend(step.attachments.iter().filter_map(|digest| book.document_with(digest)));
                }
                Content::Order(order) => behind.extend(order.document),
                _ => {}
            }
        }
    }
    let mut rows: Vec<&Record> = [Noun::Incident, Noun::Step, Noun::Order, Noun::Message, Noun::Document]
        .into_iter()
        .flat_map(|noun| book.chosen(noun))
        .filter(|record| match record.id.noun {
            Noun::Message | Noun::Document => {
                !behind.contains(&record.id)
                    && !book.context.contains(&record.id)
                    && !book.without_row.contains(&record.id)
            }
            _ => true,
        })
        .collect();
    // A message that was edited between two exports is one message: the row of its first wording tells both.
    let with_row: BTreeSet<RecordId> = rows.iter().map(|record| record.id).collect();
    rows.retain(|record| book.edited_from(record.id).is_none_or(|earlier| !with_row.contains(&earlier)));
    rows.sort_by_key(|record| (record.content.when().map_or(i64::MAX, When::sort_key), record.id));
    rows.into_iter().map(|record| record.id).collect()
}

/// `14 June 2025 to 20 November 2026`: the dates asked for, else those of the records shown.
pub(super) fn range_in_words(book: &Book<'_>) -> String {
    let asked = (book.input.options.from.map(Date::plain), book.input.options.until.map(Date::plain));
    match asked {
        (Some(from), Some(until)) if from == until => return from,
        (Some(from), Some(until)) => return format!("{from} to {until}"),
        (Some(from), None) => return format!("From {from} on"),
        (None, Some(until)) => return format!("Until {until}"),
        (None, None) => {}
    }
    let dates: Vec<_> = rows_of(book)
        .into_iter()
        .filter_map(|id| book.record(id).and_then(|record| record.content.when()).map(When::london_date))
        .collect();
    match (dates.iter().min(), dates.iter().max()) {
        (Some(first), Some(last)) if first == last => first.plain(),
        (Some(first), Some(last)) => format!("{} to {}", first.plain(), last.plain()),
        _ => String::new(),
    }
}

fn row(book: &Book<'_>, record: &Record) -> ChronologyRow {
    let page = own_page(book, record);
    let support: Vec<Anchor> = supporting(book, record).into_iter().filter_map(|id| book.page_of(id)).collect();
    let itself = page.is_some() && is_shown_paper(book, record);
    let when = record.content.when();
    let contradicting = contradicting(book, record.id);
    let otherwise: Vec<Anchor> = contradicting.iter().filter_map(|id| book.page_of(*id)).collect();
    let mut what = with_remark(book.line(record), when);
    what.extend(edited_later(book, record));
    what.extend(beside(book, record.id).map(|words| format!(" {words}")));
    what.extend(written_late(book, record));
    if otherwise.is_empty() && !contradicting.is_empty() {
        what.push_str(SAYS_OTHERWISE);
    }
    ChronologyRow {
        anchor: row_anchor(record.id),
        date: when.map_or_else(|| "not known".to_owned(), |when| when.london_date().table()),
        what,
        supported: itself || !support.is_empty(),
        support,
        otherwise,
        pages: page.into_iter().collect(),
        elsewhere: None,
    }
}

/// What must stand beside the line of an event: that another entry for its session says otherwise, that nothing was due
/// then, or what it took the place of.
pub(super) fn beside(book: &Book<'_>, id: RecordId) -> Option<String> {
    let contact = book.contact();
    // What this reader may not see is not named to them.
    let others: Vec<String> =
        contact.otherwise(id).into_iter().filter(|id| book.may_show(*id)).map(|id| id.to_string()).collect();
    if !others.is_empty() {
        let (entry, says) = if others.len() == 1 { ("Another entry", "says") } else { ("Other entries", "say") };
        return Some(format!("{entry} for this session {says} otherwise ({}).", others.join(", ")));
    }
    if let Some(session) = contact.in_place_of(id) {
        let due =
            session.due_start.map_or_else(|| "on another day".to_owned(), |start| format!("on {}", start.date.plain()));
        return Some(format!("This took the place of what was due {due}."));
    }
    match contact.apart(id) {
        Some(Why::NothingDue) => Some(format!("This is {NOTHING_DUE}.")),
        Some(Why::OtherTime) => {
            Some("The orders in this record make contact due then at another time than this.".to_owned())
        }
        _ => None,
    }
}

/// Of an event on a day on which the reckoning finds nothing due.
pub(super) const NOTHING_DUE: &str = "on a day for which the orders in this record make nothing due";

/// What says otherwise and may be shown to this reader; what the guard holds back is not hinted at.
pub(super) fn contradicting(book: &Book<'_>, id: RecordId) -> Vec<RecordId> {
    let found = book.links.bearing_on(id).contradicted_by;
    found.into_iter().filter(|id| book.may_show(*id)).collect()
}

/// The wording a later export has for the same message, where that is in the paper too.
fn edited_later(book: &Book<'_>, record: &Record) -> Option<String> {
    let later = book.edited_to(record.id).filter(|later| book.is_selected(*later))?;
    let Content::Message(message) = &book.record(later)?.content else { return None };
    let words = first_words(&message.words_of_sender(), EDITED);
    Some(format!(" (A later export marks this message as edited and has: “{words}”.)"))
}

/// What says something else where no page of this paper shows it.
pub(super) const SAYS_OTHERWISE: &str = " Something else in the record says otherwise.";

/// Whether this reader may see a paper or message that supports the line: one joined to it, the order's own
/// paper, or the line's own.
pub(super) fn is_supported(book: &Book<'_>, id: RecordId) -> bool {
    let Some(record) = book.record(id) else { return false };
    let behind = supporting(book, record);
    behind.iter().any(|id| book.may_show(*id))
        || match &record.content {
            Content::Order(order) => order.document.is_some_and(|paper| book.may_show(paper)),
            Content::Message(message) => message.place.is_some(),
            Content::Document(_) => true,
            _ => false,
        }
}

/// What stands for a page where the support is kept and no paper made so far prints it.
pub(super) const KEPT: &str = "kept";

pub(super) const KEPT_MEANS: &str = "“Kept”: the paper or message is kept and can be produced.";

/// What was written down on a later day says so in its line (LOG-02).
fn written_late(book: &Book<'_>, record: &Record) -> Option<String> {
    let days = book.input.rules.limit("LOG-02").and_then(|days| i64::try_from(days).ok()).unwrap_or(1);
    let delay = delay(&record.content, book.first_written(record)).filter(|delay| delay.is_late(days))?;
    Some(format!(" (Written down {}.)", delay.words()))
}

/// Its own page; an order that stands in the paper only as a document has the document's.
fn own_page(book: &Book<'_>, record: &Record) -> Option<Anchor> {
    book.page_of(record.id).or_else(|| match &record.content {
        Content::Order(order) => order.document.and_then(|id| book.page_of(id)),
        _ => None,
    })
}

/// Whether the record's own page shows a paper or a message from somebody: not what its keeper typed
/// in, and not a page that only stands in a paper's place.
fn is_shown_paper(book: &Book<'_>, record: &Record) -> bool {
    match &record.content {
        Content::Message(message) => message.place.is_some(),
        Content::Document(document) => super::documents::is_shown(book, document),
        Content::Order(order) => order
            .document
            .filter(|id| book.is_selected(*id))
            .is_some_and(|id| book.record(id).is_some_and(|document| is_shown_paper(book, document))),
        _ => false,
    }
}

/// What stands behind a record: links, and files attached when it was written down.
pub(super) fn supporting(book: &Book<'_>, record: &Record) -> Vec<RecordId> {
    let mut found = book.links.bearing_on(record.id).supported_by;
    let attached = match &record.content {
        Content::Incident(event) => event.attachments.as_slice(),
        Content::Step(step) => step.attachments.as_slice(),
        _ => &[],
    };
    for id in attached.iter().filter_map(|digest| book.document_with(digest)) {
        if !found.contains(&id) {
            found.push(id);
        }
    }
    found.sort_by_key(|id| (book.record(*id).and_then(|r| r.content.when()).map_or(i64::MAX, When::sort_key), *id));
    found
}
