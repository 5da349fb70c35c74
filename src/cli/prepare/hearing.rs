//! Which hearing, what was to be filed, and whether one was told to prepare the bundle.

use crate::actions::{self, People, Reading, Set, prepare as logic, shown_when};
use crate::model::{Content, Hearing, Noun, ParagraphKind, Reader, Zone};

use super::question::{Said, ask, yes_no};
use super::{Fault, Preparing, Turn, display_line};

const HEARING_HELP: &str = "The notice of hearing or the last order says when it is. It stands on the first page and \
                            in the headings. If there is no hearing yet, press Enter.";
const FILE_HELP: &str = "Look at the last order for words such as “shall file and serve a statement by 4 pm on …”. Copy \
                         them exactly. They are kept as a private note, to have them beside you; no paper shows them. \
                         If nothing was ordered, press Enter.";
const PREPARE_HELP: &str = "Usually the one who applied prepares the bundle; if the other side has a solicitor and \
                            you have none, usually their solicitor does. The order may say so too. If somebody else \
                            prepares it, you do not send the court a second bundle: you make your statement's exhibit \
                            or your chronology as a file of its own, and it is uploaded or handed to whoever prepares \
                            the bundle.";

impl Preparing<'_, '_> {
    /// A hearing matters to papers for a court, and to those who are there.
    fn is_about_a_hearing(&self) -> bool {
        matches!(self.reader, Some(Reader::Court | Reader::OtherParty))
    }

    pub(super) fn which_hearing(&mut self) -> Result<Turn, Fault> {
        if !self.is_about_a_hearing() {
            return Ok(Turn::Skip);
        }
        let now = self.now()?;
        // A hearing that is over is not the one to prepare for.
        let ahead = |hearing: &Hearing| hearing.when.sort_key() >= now.0;
        let known =
            actions::current_case(self.book)?.and_then(|(_, case)| case.hearing).filter(|hearing| ahead(hearing));
        let people = People::load(self.book)?;
        let reading = Reading { now, zone: Zone::LONDON, people: &people };
        loop {
            let question = match &known {
                Some(hearing) => {
                    let kind = hearing.kind.as_ref().map(|kind| format!(" ({kind})")).unwrap_or_default();
                    let shown = format!("{}{kind}", hearing.when.long());
                    format!("For which hearing? [{}]", display_line(&shown))
                }
                None => "When is the hearing (14 January 2027 10am)?".to_owned(),
            };
            let text = match ask(self.desk, &question, HEARING_HELP)? {
                Said::Given(text) if text.is_empty() => return Ok(Turn::On),
                Said::Given(text) => text,
                Said::Back => return Ok(Turn::Back),
                Said::Stopped => return Ok(Turn::Stop),
            };
            match reading.when_ahead(&text) {
                Ok(when) => {
                    self.desk.say(&format!("  = {}", display_line(&shown_when(&when))));
                    actions::change_case(self.book, now, &[Set::new("hearing", text)])?;
                    return Ok(Turn::On);
                }
                Err(error) => crate::cli::ask::say_again(self.desk, error),
            }
        }
    }

    pub(super) fn told_to_file(&mut self) -> Result<Turn, Fault> {
        if !self.is_about_a_hearing() {
            return Ok(Turn::Skip);
        }
        for line in self.directions()? {
            self.desk.say(&display_line(&line));
        }
        let question = match logic::told_to_file(self.book)? {
            Some(words) => {
                self.desk.say(&format!("Written down before: {}", display_line(&words)));
                "Has the court told you to file anything else? The exact words (Enter: no)"
            }
            None => "What did the court tell you to file? The exact words of the order (Enter: nothing)",
        };
        let words = match ask(self.desk, question, FILE_HELP)? {
            Said::Given(text) if text.is_empty() || text.eq_ignore_ascii_case("no") => return Ok(Turn::On),
            Said::Given(text) => text,
            Said::Back => return Ok(Turn::Back),
            Said::Stopped => return Ok(Turn::Stop),
        };
        let now = self.now()?;
        let people = People::load(self.book)?;
        let reading = Reading { now, zone: Zone::LONDON, people: &people };
        let by = loop {
            match ask(self.desk, "By when (Enter: not said)?", "The day and time in the order. Enter leaves it open.")?
            {
                Said::Given(text) if text.is_empty() => break None,
                Said::Given(text) => match reading.when_ahead(&text) {
                    Ok(when) => {
                        self.desk.say(&format!("  = {}", display_line(&shown_when(&when))));
                        break Some(when);
                    }
                    Err(error) => crate::cli::ask::say_again(self.desk, error),
                },
                Said::Back => return self.told_to_file(),
                // The words were typed: they are not lost with the date.
                Said::Stopped => break None,
            }
        };
        logic::keep_told_to_file(self.book, now, &words, by)?;
        Ok(if self.desk.stopped { Turn::Stop } else { Turn::On })
    }

    /// What the orders in the book direct.
    fn directions(&self) -> Result<Vec<String>, Fault> {
        let mut lines = Vec::new();
        for record in self.book.all(Noun::Order)? {
            let Content::Order(order) = record.content else { continue };
            for paragraph in order.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Direction) {
                lines.push(format!("{} paragraph {}: “{}”", record.id, paragraph.number, paragraph.words));
            }
        }
        Ok(lines)
    }

    /// Before a hearing bundle is offered at all (27A-09).
    pub(super) fn told_to_prepare(&mut self) -> Result<Turn, Fault> {
        if !self.is_about_a_hearing() {
            return Ok(Turn::Skip);
        }
        let hearing = actions::current_case(self.book)?.and_then(|(_, case)| case.hearing);
        let known = self.prepares.or(hearing.as_ref().and_then(|hearing| hearing.prepares));
        let question = "Have you been told to prepare the bundle, by the court or by the rule?";
        let prepares = match yes_no(self.desk, question, Some(known.unwrap_or(false)), PREPARE_HELP)? {
            Said::Given(prepares) => prepares,
            Said::Back => return Ok(Turn::Back),
            Said::Stopped => return Ok(Turn::Stop),
        };
        self.prepares = Some(prepares);
        if hearing.as_ref().is_some_and(|hearing| hearing.prepares != Some(prepares)) {
            let word = if prepares { "yes" } else { "no" };
            actions::change_case(self.book, self.now()?, &[Set::new("prepares", word)])?;
        }
        if !prepares {
            self.desk.say(
                "Then somebody else prepares the bundle. What you make now is a PDF of its own, which can be uploaded, \
                 or handed to whoever prepares it.",
            );
        }
        Ok(Turn::On)
    }
}
