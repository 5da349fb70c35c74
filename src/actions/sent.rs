//! Writing down that a paper was handed over.

use crate::model::{Content, Instant, RecordId, Step, StepKind, When, Zone};
use crate::store::Book;

use super::fields::Reading;
use super::{ActionError, People, Stored, entry};

/// A paper handed over.
#[derive(Debug, Clone)]
pub struct Sending {
    /// Which paper.
    pub bundle: RecordId,
    /// To whom, in the user's words or by name.
    pub to: String,
    /// How: by hand, by e-mail, on the court's portal.
    pub how: String,
    /// When, as typed; now if not given.
    pub on: Option<String>,
}

/// Writes down who got which edition, when and how. The edition itself was frozen when it was made.
///
/// # Errors
/// It is not a paper, a date that cannot be read, or writing failed.
pub fn sent(book: &mut Book, now: Instant, sending: &Sending) -> Result<Stored, ActionError> {
    let Content::Bundle(bundle) = entry::require(book, sending.bundle)?.content else {
        return Err(ActionError::WrongNoun { id: sending.bundle, wanted: "a paper that was made" });
    };
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let when = match &sending.on {
        Some(words) => reading.when(words)?,
        None => When::seen(now),
    };
    // A name nobody in the book has is still who got it: an office, a court.
    let with: Vec<RecordId> = people.find(&sending.to).into_iter().collect();
    let what = format!(
        "{} ({}, {} pages, SHA-256 {}) to {}, {}",
        sending.bundle,
        bundle.file,
        bundle.pages,
        bundle.sha256,
        sending.to.trim(),
        sending.how.trim()
    );
    let sentence = format!("Sent {} to {}, {}", sending.bundle, sending.to.trim(), when.london_date().long());
    let step = Step {
        kind: StepKind::Sent,
        when: Some(when),
        with,
        what,
        reference: Some(sending.bundle.to_string()),
        attachments: Vec::new(),
    };
    let written =
        book.write::<_, ActionError>(now, |writing| Ok((writing.add(Content::Step(Box::new(step)))?, sentence)))?;
    entry::stored(book, written)
}
