//! The last part of the worked case: the exhibit is handed over, and the papers for the hearing and the schedule
//! for an enforcement application are made.

use std::path::Path;

use super::papers::Kept;
use super::{make, story};
use crate::actions::Set;
use crate::actions::bundle::Made;
use crate::actions::{ActionError, change_case, choose};
use crate::actions::{Sending, sent};
use crate::bundle::Options;
use crate::model::{Choice, Content, Noun, Profile, Reader, RecordId, StepKind};
use crate::store::Book;

/// Notes who got the exhibit; its file is kept from now on.
pub(super) fn send(book: &mut Book, exhibit: &Made) -> Result<(), ActionError> {
    let sending = Sending {
        bundle: exhibit.id,
        to: "Sam Reed".to_owned(),
        how: "by e-mail, with the statement".to_owned(),
        on: None,
        file: Some(exhibit.file.clone()),
    };
    sent(book, story::papers_made(), &sending)?;
    Ok(())
}

/// Says what the first page says, and chooses what the court must read.
pub(super) fn prepare(book: &mut Book, order: RecordId, kept: &Kept, exhibit: RecordId) -> Result<(), ActionError> {
    let essential = [order, kept.directions, kept.statement, kept.adviser].map(|id| id.to_string()).join(", ");
    let mut sets: Vec<Set> = story::HEARING.iter().map(|(field, words)| Set::new(field, *words)).collect();
    sets.push(Set::new("essential", essential));
    change_case(book, story::papers_made(), &sets)?;
    let choice = Choice {
        records: vec![order, kept.application, kept.directions, kept.statement, exhibit, kept.adviser],
        profile: Profile::Hearing,
        exhibit: None,
        section: None,
        directed: None,
        context: 0,
        withdrawn: false,
    };
    choose(book, story::papers_made(), choice.clone())?;
    // Every weekend that was due has a line, whatever became of it, and so have the steps.
    let mut records = vec![order];
    for noun in [Noun::Incident, Noun::Step] {
        records
            .extend(book.all(noun)?.into_iter().filter(|record| !is_sending(&record.content)).map(|record| record.id));
    }
    choose(book, story::papers_made(), Choice { records, profile: Profile::Chronology, ..choice })?;
    Ok(())
}

fn is_sending(content: &Content) -> bool {
    matches!(content, Content::Step(step) if step.kind == StepKind::Sent)
}

pub(super) fn make_bundle(book: &mut Book, folder: &Path) -> Result<Made, ActionError> {
    let options = Options::new(Profile::Hearing, Reader::Court);
    make(book, folder, options, "Hearing bundle 2026-12-14.pdf", story::papers_made())
}

/// The chronology alone, with the pages of the bundle; beside it the same as text.
pub(super) fn make_chronology(book: &mut Book, folder: &Path) -> Result<Made, ActionError> {
    let options = Options::new(Profile::Chronology, Reader::Court);
    make(book, folder, options, "Chronology 2026-11-23.pdf", story::papers_made())
}

/// The schedule for an enforcement application: the weekends alleged, one of them held in part.
pub(super) fn make_schedule(
    book: &mut Book,
    folder: &Path,
    weekends: &[(story::Friday, RecordId)],
) -> Result<Made, ActionError> {
    let alleged = weekends.iter().filter(|(friday, _)| story::ALLEGED.contains(friday));
    let choice = Choice {
        records: alleged.map(|(_, id)| *id).collect(),
        profile: Profile::Enforcement,
        exhibit: None,
        section: None,
        directed: None,
        context: 0,
        withdrawn: false,
    };
    choose(book, story::papers_made(), choice)?;
    let options = Options::new(Profile::Enforcement, Reader::Court);
    make(book, folder, options, "C79 schedule 2026-11-23.pdf", story::papers_made())
}
