//! Which paper fits the reader.

use crate::actions::{self, ActionError, Set, prepare as logic};
use crate::model::{Content, Noun, Profile, Reader};

use super::question::{Said, ask, one_of};
use super::{Fault, Preparing, Turn, display_line};

const HELP: &str =
    "The first one is what usually fits. You can make another later; each stays as it is once it is made.";
const MARK_HELP: &str = "An exhibit has a mark: your initials and a number, such as AR1. The statement it belongs to \
                         calls it by that mark. Enter takes the one in brackets, or the next free one.";
const STATEMENT_HELP: &str = "1 for your first statement in this case, 2 for the second. It stands at the top right \
                              of the front sheet. Enter leaves it to be written in by hand.";

const FIRST_PAGE: [(&str, &str); 6] = [
    ("court", "Which court (as after “In the Family Court at”)?"),
    ("number", "The case number (like BS26P70940)?"),
    ("time-estimate", "How long will the hearing take, as the notice says?"),
    ("decide", "What is the court asked to decide? Several with ; between"),
    ("agreed", "What is agreed? Several with ; between"),
    ("not-agreed", "What is not agreed? Several with ; between"),
];
const FIRST_PAGE_HELP: &str = "It stands on the first page of the bundle, in your words: short, and without blame. \
                               Enter keeps what is in brackets, or leaves it out.";

const FOR_MEDIATION: [(&str, &str); 5] = [
    ("about-child", "What should the mediator know of your child? Several with ; between"),
    ("mediation-now", "How are things now? Several with ; between"),
    ("propose", "What do you propose? Several with ; between"),
    ("mediation-agreed", "What is agreed, as you understand it? Several with ; between"),
    ("mediation-not-agreed", "What is not agreed? Several with ; between"),
];
const FOR_MEDIATION_HELP: &str = "It stands in the paper for the mediator, in your words, and in no paper for the court. Both \
                                  parents may read it: the future first, short, and without blame. Enter keeps what is in \
                                  brackets, or leaves it out.";
const FOR_THE_CALL: [(&str, &str); 5] = [
    ("call-safety", "Is anybody unsafe? What should be said first? Several with ; between"),
    ("about-child", "What is your child like? Several with ; between"),
    ("mediation-now", "How are things now? Several with ; between"),
    ("call-wish", "What would you like? Several with ; between"),
    ("call-worry", "What worries you, and on which days was it seen? Several with ; between"),
];
const FOR_THE_CALL_HELP: &str = "It stands on a page you have in front of you during the call; nobody else gets it. What you saw \
                                 and heard, with dates. Enter keeps what is in brackets, or leaves room to write.";

impl Preparing<'_, '_> {
    pub(super) fn which_paper(&mut self) -> Result<Turn, Fault> {
        let papers = logic::papers_for(self.reader.unwrap_or(Reader::Court), self.prepares);
        let offered: Vec<&str> = papers.iter().map(|profile| logic::plain_paper(*profile)).collect();
        let suggested = self.profile.and_then(|known| papers.iter().position(|one| *one == known)).unwrap_or(0);
        match one_of(self.desk, "Which paper?", &offered, Some(suggested), HELP)? {
            Said::Given(index) => self.profile = papers.get(index).copied(),
            Said::Back => return Ok(Turn::Back),
            Said::Stopped => return Ok(Turn::Stop),
        }
        match self.profile {
            Some(Profile::Exhibit) => self.which_mark(),
            Some(Profile::Hearing) => self.own_words(&FIRST_PAGE, FIRST_PAGE_HELP),
            Some(Profile::Mediation) => self.own_words(&FOR_MEDIATION, FOR_MEDIATION_HELP),
            Some(Profile::Crib) => self.own_words(&FOR_THE_CALL, FOR_THE_CALL_HELP),
            _ => Ok(Turn::On),
        }
    }

    /// What a paper says in the user's words, each kept in the case at once.
    fn own_words(&mut self, questions: &[(&str, &str)], help: &str) -> Result<Turn, Fault> {
        let mut at = 0;
        while let Some((field, question)) = questions.get(at) {
            let facts = match actions::current_case(self.book)? {
                Some((id, _)) => actions::show(self.book, id)?.facts,
                None => Vec::new(),
            };
            let known =
                facts.iter().find(|fact| fact.name == *field).map(|fact| format!(" [{}]", display_line(&fact.shown)));
            let question = format!("{question}{}", known.unwrap_or_default());
            match ask(self.desk, &question, help)? {
                Said::Given(text) if text.is_empty() => at += 1,
                Said::Given(text) => {
                    let lines: Vec<&str> = text.split(';').map(str::trim).collect();
                    let now = self.now()?;
                    match actions::change_case(self.book, now, &[Set::new(field, lines.join("\n"))]) {
                        Ok(_) => at += 1,
                        Err(error @ ActionError::Refused { .. }) => {
                            crate::cli::ask::say_again(self.desk, error);
                            at += 1;
                        }
                        Err(error) => return Err(error.into()),
                    }
                }
                Said::Back if at == 0 => return self.which_paper(),
                Said::Back => at -= 1,
                Said::Stopped => return Ok(Turn::Stop),
            }
        }
        Ok(Turn::On)
    }

    fn which_mark(&mut self) -> Result<Turn, Fault> {
        let known = match &self.mark {
            Some(mark) => Some(mark.clone()),
            None => self.mark_last_chosen()?,
        };
        let shown = known.as_ref().map(|mark| format!(" [{}]", display_line(mark))).unwrap_or_default();
        match ask(self.desk, &format!("What is the mark of the exhibit?{shown}"), MARK_HELP)? {
            Said::Given(text) if text.is_empty() => self.mark = known,
            Said::Given(text) => self.mark = Some(text.to_uppercase()),
            Said::Back => return self.which_paper(),
            Said::Stopped => return Ok(Turn::Stop),
        }
        loop {
            let shown = self.statement.map(|number| format!(" [{number}]")).unwrap_or_default();
            let question = format!("Which of your statements does it belong to (1, 2, …)?{shown}");
            match ask(self.desk, &question, STATEMENT_HELP)? {
                Said::Given(text) if text.is_empty() => return Ok(Turn::On),
                Said::Given(text) => match text.parse::<u32>().ok().filter(|number| (1..=999).contains(number)) {
                    Some(number) => {
                        self.statement = Some(number);
                        return Ok(Turn::On);
                    }
                    None => self.desk.say("Please give a number, or press Enter."),
                },
                Said::Back => return self.which_mark(),
                Said::Stopped => return Ok(Turn::Stop),
            }
        }
    }

    /// The mark in the latest choice that has one and whose exhibit was not sent.
    fn mark_last_chosen(&self) -> Result<Option<String>, Fault> {
        let sent: Vec<_> = actions::sendings(self.book)?.into_iter().map(|line| line.edition).collect();
        let mut used = Vec::new();
        for record in self.book.all(Noun::Bundle)? {
            if let Content::Bundle(bundle) = record.content
                && sent.contains(&record.id)
            {
                used.extend(bundle.exhibit);
            }
        }
        let mut marks = actions::chosen(self.book)?.into_iter().filter_map(|one| one.choice.exhibit);
        Ok(marks.rfind(|mark| !used.iter().any(|used| used.eq_ignore_ascii_case(mark))))
    }
}
