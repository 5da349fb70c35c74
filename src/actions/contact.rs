//! What was due and what became of it.

use crate::contact::{ContactEvent, Figures, Period, figures};
use crate::model::{Content, Incident, Instant, Noun, RecordId};
use crate::store::Book;

use super::{ActionError, timeline};

/// The figures of a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The period counted.
    pub period: Period,
    /// The figures.
    pub figures: Figures,
    /// The titles of the events, by their ids.
    pub titles: Vec<(RecordId, String)>,
}

/// Counts contact events, those of one's own cancelling too.
///
/// # Errors
/// A date that cannot be read, or reading failed.
pub fn contact(book: &Book, now: Instant, from: Option<&str>, until: Option<&str>) -> Result<Contact, ActionError> {
    let (from, until) = timeline::read_range(from, until, now)?;
    let period = Period { from, until };
    let mut titles = Vec::new();
    let mut incidents: Vec<(RecordId, Box<Incident>)> = Vec::new();
    for record in book.all(Noun::Incident)? {
        titles.push((record.id, record.content.title()));
        if let Content::Incident(incident) = record.content {
            incidents.push((record.id, incident));
        }
    }
    let events: Vec<ContactEvent<'_>> = incidents.iter().map(|(id, incident)| (*id, incident.as_ref())).collect();
    Ok(Contact { period, figures: figures(&events, period), titles })
}
