//! For whom the paper is.

use crate::actions::People;
use crate::model::{Content, Noun, Reader, Role};

use super::question::{Said, ask, one_of};
use super::{Fault, Preparing, Turn};

/// The readers in the order they are offered.
const READERS: [(Reader, &str); 6] = [
    (Reader::Court, "the court"),
    (Reader::Mediator, "a mediator"),
    (Reader::Solicitor, "my solicitor"),
    (Reader::Cafcass, "Cafcass"),
    (Reader::OtherParty, "the other parent"),
    (Reader::Myself, "myself"),
];

const HELP: &str = "What may be shown depends on who reads it. What was said in mediation or to your solicitor, and \
                    what you marked confidential, is held back from everybody it is not meant for.";

impl Preparing<'_, '_> {
    pub(super) fn for_whom(&mut self) -> Result<Turn, Fault> {
        let suggested = self.reader.or(self.reader_last_time()?);
        let suggested = suggested.and_then(|reader| READERS.iter().position(|(known, _)| *known == reader));
        let offered = READERS.map(|(_, plain)| plain);
        match one_of(self.desk, "For whom is the paper?", &offered, suggested, HELP)? {
            Said::Given(index) => self.reader = READERS.get(index).map(|(reader, _)| *reader),
            Said::Back => return Ok(Turn::Back),
            Said::Stopped => return Ok(Turn::Stop),
        }
        self.name_of_reader()
    }

    /// The name for the cover (PRI-08). Courts and oneself need none.
    fn name_of_reader(&mut self) -> Result<Turn, Fault> {
        let role = match self.reader {
            Some(Reader::Mediator) => Role::Mediator,
            Some(Reader::Solicitor) => Role::Solicitor,
            Some(Reader::Cafcass) => Role::Cafcass,
            _ => return Ok(Turn::On),
        };
        let people = People::load(self.book)?;
        let mut named = self.book.all(Noun::Person)?.into_iter().filter_map(|record| match record.content {
            Content::Person(person) if person.role == role => Some(people.name(record.id)),
            _ => None,
        });
        let known = self.reader_name.clone().or_else(|| named.next().filter(|_| named.next().is_none()));
        let shown = known.as_ref().map(|name| format!(" [{}]", super::display_line(name))).unwrap_or_default();
        let help = "The cover then says for whom it was prepared. Enter leaves the name as it is, or out.";
        match ask(self.desk, &format!("What is their name?{shown}"), help)? {
            Said::Given(name) if name.is_empty() => self.reader_name = known,
            Said::Given(name) => self.reader_name = Some(name),
            Said::Back => return self.for_whom(),
            Said::Stopped => return Ok(Turn::Stop),
        }
        Ok(Turn::On)
    }

    /// The reader of the paper made last.
    fn reader_last_time(&self) -> Result<Option<Reader>, Fault> {
        let last = self.book.all(Noun::Bundle)?.pop();
        Ok(last.and_then(|record| match record.content {
            Content::Bundle(bundle) => Some(bundle.to),
            _ => None,
        }))
    }
}
