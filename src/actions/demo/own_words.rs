//! The papers of the worked case that are not for the court: the summary for mediation, the notes for the
//! call with Cafcass.

use std::path::Path;

use super::{make, story};
use crate::actions::bundle::Made;
use crate::actions::{ActionError, Set, change_case};
use crate::bundle::Options;
use crate::model::{Content, Profile, Reader};
use crate::store::Book;

/// Writes down what Alex wants said, and that a call is arranged.
pub(super) fn write(book: &mut Book) -> Result<(), ActionError> {
    let sets: Vec<Set> = story::OWN_WORDS.iter().map(|(field, words)| Set::new(field, *words)).collect();
    change_case(book, story::papers_made(), &sets)?;
    book.write(story::papers_made(), |writing| -> Result<_, ActionError> {
        writing.add(Content::Step(Box::new(story::call_ahead())))?;
        Ok(((), "Wrote down a step: Cafcass".to_owned()))
    })?;
    Ok(())
}

pub(super) fn make_mediation(book: &mut Book, folder: &Path) -> Result<Made, ActionError> {
    let mut options = Options::new(Profile::Mediation, Reader::Mediator);
    options.reader_name = Some("Jo Lambert, family mediator".to_owned());
    make(book, folder, options, "Confidential_Mediation 2026-11-23.pdf", story::papers_made())
}

pub(super) fn make_call(book: &mut Book, folder: &Path) -> Result<Made, ActionError> {
    let options = Options::new(Profile::Crib, Reader::Myself);
    make(book, folder, options, "Confidential_Call 2026-11-23.pdf", story::papers_made())
}
