//! A step on the road.

use std::path::PathBuf;

use crate::model::{Content, Instant, Step, StepKind, Zone};
use crate::store::Book;

use super::fields::{self, Reading, Set};
use super::log::{keep_all, receive_all};
use super::{ActionError, People, Stored, entry};

/// Keeps a step.
///
/// # Errors
/// A field that cannot be read, an unreadable file, or writing failed.
pub fn keep_step(
    book: &mut Book,
    now: Instant,
    kind: StepKind,
    sets: &[Set],
    attach: &[PathBuf],
) -> Result<Stored, ActionError> {
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let step =
        Step { kind, when: None, with: Vec::new(), what: String::new(), reference: None, attachments: Vec::new() };
    let mut content = Content::Step(Box::new(step));
    fields::set(&mut content, sets, &reading)?;
    let attaching = receive_all(book, attach)?;
    let written = book.write::<_, ActionError>(now, |writing| {
        let Content::Step(step) = &mut content else { unreachable!("setting fields keeps the noun") };
        step.attachments = keep_all(writing, &attaching)?;
        let day = step.when.as_ref().map(|when| format!(", {}", when.london_date().long())).unwrap_or_default();
        let sentence = format!("Wrote down a step: {}{day}", step.kind.plain());
        Ok((writing.add(content)?, sentence))
    })?;
    entry::stored(book, written)
}
