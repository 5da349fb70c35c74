//! `daybook message`

use clap::Args as ClapArgs;

use crate::actions::{self, People, Reading};
use crate::model::{Noun, Zone};

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::reply::Reply;

/// A conversation or call, typed in from memory
///
/// Example: daybook message --channel call --from Sam --to me --on "6 March 2026 5.20pm"
/// --text "Sam said: Robin is not ready. I said: I can wait."
///
/// Write who said what, in the exact words as far as you remember them. E-mails saved as files are
/// brought in with `daybook import`, which keeps them byte for byte.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// How: conversation, call, letter, sms, whatsapp, email, parenting-app or other
    #[arg(long, value_name = "HOW")]
    channel: Option<String>,
    /// Who said or sent it (by name; may be given again)
    #[arg(long, value_name = "NAME")]
    from: Vec<String>,
    /// To whom (by name; may be given again)
    #[arg(long, value_name = "NAME")]
    to: Vec<String>,
    /// Who else was there (by name; may be given again)
    #[arg(long, value_name = "NAME")]
    with: Vec<String>,
    /// When
    #[arg(long, value_name = "T", alias = "sent")]
    on: Option<String>,
    /// The subject
    #[arg(long, value_name = "TEXT")]
    subject: Option<String>,
    /// The words (- reads them from standard input)
    #[arg(long, value_name = "TEXT")]
    text: Option<String>,
}

impl Args {
    pub fn run(mut self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        if self.text.is_none() {
            if !desk.asks() {
                return Err(Fault::missing("--text", "what was said", "daybook message --from Sam --text \"…\""));
            }
            let people = People::load(&book)?;
            let reading = Reading { now, zone: Zone::LONDON, people: &people };
            if !self.ask(desk, &reading)? {
                return Ok(Reply::new("Nothing was written down.\n", serde_json::json!({"id": null})));
            }
        }
        let mut given = Given::at(desk);
        given
            .take("channel", self.channel)?
            .take("sent", self.on)?
            .take("subject", self.subject)?
            .take("text", self.text)?
            .take_all("with", &self.with)?;
        let sets = given.sets();
        let now = desk.now_for(book.info().practice)?;
        let stored = actions::keep_message(&mut book, now, &sets, &self.from, &self.to)?;
        super::log::show_times(desk, &sets, &stored.entry);
        super::wording::remark_on(desk, Noun::Message, &sets, stored.entry.id);
        Ok(Reply::written(&stored))
    }

    /// Asks for what is missing. False: there are no words to keep.
    fn ask(&mut self, desk: &mut Desk<'_>, reading: &Reading<'_>) -> Result<bool, Fault> {
        // The words first: whoever stops after them loses nothing.
        self.text = ask::lines(desk, "What was said, in the exact words as far as you remember?")?.given();
        if self.text.is_none() {
            return Ok(false);
        }
        if self.on.is_none()
            && let Answer::Given((words, _)) = ask::when(desk, "When was it?", reading, None)?
        {
            self.on = Some(words);
        }
        if self.from.is_empty() {
            self.from = ask_person(desk, reading, "Who spoke or wrote (a name; Enter skips)?")?;
        }
        if self.to.is_empty() {
            self.to = ask_person(desk, reading, "To whom (a name; Enter skips)?")?;
        }
        Ok(true)
    }
}

fn ask_person(desk: &mut Desk<'_>, reading: &Reading<'_>, question: &str) -> Result<Vec<String>, Fault> {
    loop {
        let Answer::Given(name) = ask::line(desk, question)? else { return Ok(Vec::new()) };
        match reading.people.find(&name) {
            Ok(id) => return Ok(vec![id.to_string()]),
            Err(error) => ask::say_again(desk, error),
        }
    }
}
