//! A file whose dates were read in the wrong order, brought in again with the right one: its messages are corrected, and
//! none comes a second time.

use std::collections::BTreeMap;
use std::rc::Rc;

use crate::intake::{DateOrder, SOURCES, Source};
use crate::model::{Content, Digest, Locator, Message, Noun, RecordId, When};
use crate::store::{Book, Writing};

use super::super::ActionError;
use super::super::entry::message;
use super::run::Run;

/// Whether a file that was read before is read once more, because it was said which number of a date is the day.
pub(super) fn reads_again(format: &str, order: Option<DateOrder>) -> bool {
    let may_ask = |source: &&dyn Source| source.name() == format && source.asks_date_order();
    order.is_some() && (format == super::words::ZIP || SOURCES.iter().any(may_ask))
}

/// The messages of an original that was read before, by where they stand in it.
pub(super) type Known = Rc<BTreeMap<Locator, RecordId>>;

/// What an earlier reading of this original gave. `None`: there was none, or nothing is to be corrected.
pub(super) fn known(book: &Book, run: &mut Run, original: &Digest, format: &str) -> Result<Option<Known>, ActionError> {
    if !reads_again(format, run.importing.date_order) || run.complete(original).is_none() {
        return Ok(None);
    }
    if let Some((of, known)) = &run.read_before
        && of == original
    {
        return Ok(Some(Rc::clone(known)));
    }
    let mut places = BTreeMap::new();
    for id in book.messages_of(original)? {
        if let Some(place) = message(book, id)?.and_then(|message| message.place) {
            places.insert(place.locator, id);
        }
    }
    // What was known already from another file has its place here in the reports of imports.
    for record in book.all(Noun::Import)? {
        for version in book.versions(record.id)? {
            let Content::Import(import) = version.content else { continue };
            for source in import.sources.into_iter().filter(|source| source.original == Some(*original)) {
                places.extend(source.places.into_iter().map(|place| (place.locator, place.record)));
            }
        }
    }
    let known: Known = Rc::new(places);
    run.read_before = Some((*original, Rc::clone(&known)));
    Ok(Some(known))
}

/// What became of a message that was read before.
pub(super) enum Again {
    /// It says the same time.
    Same,
    /// Its time was corrected; `also`: another record has become the same message by that.
    Corrected { also: Option<RecordId> },
}

/// Compares a message with what an earlier reading made of it, and corrects its time.
pub(super) fn correct(
    writing: &mut Writing<'_>,
    id: RecordId,
    here: &Message,
    order: DateOrder,
) -> Result<Again, ActionError> {
    let Some(mut before) = message(writing.book(), id)? else { return Ok(Again::Same) };
    let time = |message: &Message| message.sent.as_ref().map(|sent| sent.start);
    if time(&before) == time(here) {
        return Ok(Again::Same);
    }
    let alike = writing.book().messages_like(here.fingerprint.as_ref(), None)?;
    let also = alike.iter().map(|like| like.id).find(|other| *other != id);
    let read = |message: &Message| message.sent.as_ref().map_or_else(|| "no time".to_owned(), When::long);
    let first = match order {
        DateOrder::DayFirst => "the day stands first",
        DateOrder::MonthFirst => "the month stands first",
        DateOrder::YearFirst => "the year stands first",
    };
    let why = format!("In the dates of its file {first}, as its keeper said; it was read as {} before", read(&before));
    before.sent.clone_from(&here.sent);
    before.fingerprint = here.fingerprint;
    writing.amend(id, Content::Message(Box::new(before)), &why)?;
    Ok(Again::Corrected { also })
}
