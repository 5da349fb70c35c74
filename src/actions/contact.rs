//! What was due and what became of it.

use crate::contact::{Counting, Figures, Period, Reconciled, Session};
use crate::model::{Instant, Noun, Outcome, Record, RecordId};
use crate::rules::Rules;
use crate::store::Book;
use crate::timeline;

use super::ActionError;
use super::timeline::read_range;

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// What was counted.
    pub counting: Counting,
    /// The figures.
    pub figures: Figures,
    /// The titles of the events, by their ids.
    pub titles: Vec<(RecordId, String)>,
}

/// Counts what was due and what became of it, one's own cancelling too.
///
/// # Errors
/// A date that cannot be read, or reading failed.
pub fn contact(
    book: &Book,
    now: Instant,
    from: Option<&str>,
    until: Option<&str>,
    mut counting: Counting,
) -> Result<Contact, ActionError> {
    let (from, until) = read_range(from, until, now)?;
    counting.period = Period { from, until };
    let records = records(book)?;
    let figures = timeline::contact(&records, &Rules::england_and_wales(), now).figures(&counting);
    let events = records.iter().filter(|record| record.id.noun == Noun::Incident);
    let titles = events.map(|record| (record.id, record.content.title())).collect();
    Ok(Contact { counting, figures, titles })
}

/// Sessions and what was written of them, for the whole of a book.
///
/// # Errors
/// Reading failed.
pub fn reconciled(book: &Book, now: Instant) -> Result<Reconciled, ActionError> {
    Ok(timeline::contact(&records(book)?, &Rules::england_and_wales(), now))
}

/// The latest sessions up to now of which nobody wrote anything, the last one first.
///
/// # Errors
/// Reading failed.
pub fn sessions_without_a_word(book: &Book, now: Instant, most: usize) -> Result<Vec<Session>, ActionError> {
    let sessions = reconciled(book, now)?.sessions.into_iter().rev();
    let unknown = |session: &Session| session.outcome == Outcome::NotKnown && session.incident.is_none();
    Ok(sessions.filter(unknown).take(most).collect())
}

fn records(book: &Book) -> Result<Vec<Record>, ActionError> {
    let mut records = Vec::new();
    for noun in [Noun::Case, Noun::Person, Noun::Order, Noun::Step, Noun::Incident] {
        records.extend(book.all(noun)?);
    }
    Ok(records)
}
