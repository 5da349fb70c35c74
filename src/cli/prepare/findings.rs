//! What is held back and what was found, worst first, each with what can be done.

use crate::actions;
use crate::actions::bundle::Drafted;
use crate::actions::prepare as logic;
use crate::bundle::{LeftOut, Override};
use crate::model::{Choice, Finding, Profile, RecordId, Severity};

use super::question::{Said, ask, one_of, yes_no};
use super::{Fault, Preparing, Turn, display_line};

const HELP: &str = "You can mend it first and come back: nothing you picked is lost. Or leave the record out of this \
                    paper; it stays in the book. Or go on, if you have a good reason: it is kept in the book, and you \
                    may be asked for it.";
const DIRECTED_HELP: &str = "Messages, photographs, screenshots and the like do not go loose into a hearing bundle \
                             unless the court has directed it, or they are exhibited to a statement. Give the order's \
                             date and the paragraph that lets this in.";

/// What can be done about a finding that stops the paper.
#[derive(Clone, Copy)]
enum Way {
    Mend,
    LeaveOut(RecordId),
    Directed(RecordId),
    GoOn,
}

impl Preparing<'_, '_> {
    pub(super) fn what_was_found(&mut self) -> Result<Turn, Fault> {
        let mut said_held_back = false;
        loop {
            let Some(drafted) = self.draft()? else { return Ok(Turn::Back) };
            if !said_held_back {
                said_held_back = true;
                let held = self.held_back(&drafted)?;
                let text = crate::cli::bundle::left_out_lines(&held);
                self.desk.terminal.say(&text);
            }
            if let Some(block) = drafted.blocks().next().cloned() {
                match self.settle(&block)? {
                    Turn::On => continue,
                    other => return Ok(other),
                }
            }
            let text = crate::cli::bundle::findings_lines(&drafted.findings);
            self.desk.terminal.say(&text);
            let pages = drafted.laid.pages.len();
            let warned = drafted.findings.iter().any(|finding| finding.severity == Severity::Warn);
            self.drafted = Some(drafted);
            let look = if warned { " What stands after “look” is worth a look first." } else { "" };
            let question = format!("It has {pages} pages.{look} Make it now?");
            let help = "Nothing is sent anywhere: a file is made on this computer. back lets you pick again.";
            return Ok(match yes_no(self.desk, &question, Some(true), help)? {
                Said::Given(true) => Turn::On,
                Said::Back => Turn::Back,
                Said::Given(false) | Said::Stopped => Turn::Stop,
            });
        }
    }

    /// What would be in the paper, were it not held back: what was merely not picked is no news.
    fn held_back(&self, drafted: &Drafted) -> Result<Vec<LeftOut>, Fault> {
        let profile = self.profile.unwrap_or(Profile::Evidence);
        let picked: Vec<RecordId> = actions::chosen(self.book)?
            .into_iter()
            .filter(|one| one.choice.profile == profile)
            .flat_map(|one| one.choice.records)
            .collect();
        let counts = |one: &&LeftOut| picked.is_empty() || picked.contains(&one.id);
        Ok(drafted.plan.left_out.iter().filter(counts).cloned().collect())
    }

    /// Asks what to do about one finding that stops the paper. `On`: look again.
    fn settle(&mut self, block: &Finding) -> Result<Turn, Fault> {
        let text = crate::cli::bundle::findings_lines(std::slice::from_ref(block));
        self.desk.terminal.say(&text);
        let record = self.picked(block)?;
        let mut ways = vec![(Way::Mend, "mend it first: stop here, and come back later")];
        if let Some(id) = record {
            ways.push((Way::LeaveOut(id), "leave it out of this paper"));
            if self.profile == Some(Profile::Hearing) {
                ways.push((Way::Directed(id), "the court has directed it: I can say which order"));
            }
        }
        ways.push((Way::GoOn, "go on all the same, for a reason I can give"));
        let offered: Vec<&str> = ways.iter().map(|(_, plain)| *plain).collect();
        let way = match one_of(self.desk, "What do you want to do?", &offered, None, HELP)? {
            Said::Given(index) => ways.get(index).map_or(Way::Mend, |(way, _)| *way),
            Said::Back => return Ok(Turn::Back),
            Said::Stopped => return Ok(Turn::Stop),
        };
        match way {
            Way::Mend => Ok(Turn::Stop),
            Way::LeaveOut(id) => {
                let profile = self.profile.unwrap_or(Profile::Evidence);
                self.withdraw(profile, vec![id], &format!("left out because of a finding: {}", block.kind))?;
                Ok(Turn::On)
            }
            Way::Directed(id) => self.directed(id),
            Way::GoOn => self.go_on(block),
        }
    }

    /// The record a finding is about, if it was picked for this paper and can be taken back.
    fn picked(&self, block: &Finding) -> Result<Option<RecordId>, Fault> {
        let Some(id) = logic::about(block) else { return Ok(None) };
        let profile = self.profile.unwrap_or(Profile::Evidence);
        let picked = actions::chosen(self.book)?
            .iter()
            .any(|one| one.choice.profile == profile && one.choice.records.contains(&id));
        Ok(picked.then_some(id))
    }

    fn directed(&mut self, id: RecordId) -> Result<Turn, Fault> {
        let question = "Which order, and which paragraph (order of 3 March 2026, paragraph 4)?";
        let words = match ask(self.desk, question, DIRECTED_HELP)? {
            Said::Given(words) if words.is_empty() => return Ok(Turn::On),
            Said::Given(words) => words,
            Said::Back => return Ok(Turn::On),
            Said::Stopped => return Ok(Turn::Stop),
        };
        let chosen = actions::chosen(self.book)?;
        let before = chosen
            .into_iter()
            .map(|one| one.choice)
            .find(|choice| choice.profile == Profile::Hearing && choice.records.contains(&id));
        let Some(before) = before else { return Ok(Turn::On) };
        self.withdraw(Profile::Hearing, vec![id], "chosen again with the order that lets it in")?;
        let choice = Choice { records: vec![id], directed: Some(words), withdrawn: false, ..before };
        let now = self.now()?;
        actions::choose(self.book, now, choice)?;
        Ok(Turn::On)
    }

    fn go_on(&mut self, block: &Finding) -> Result<Turn, Fault> {
        let help = "One sentence in your words. It is kept with the paper in the book; the paper does not show it.";
        match ask(self.desk, "Your reason?", help)? {
            Said::Given(why) if why.is_empty() => Ok(Turn::On),
            Said::Given(why) => {
                self.overrides.push(Override { kind: block.kind.clone(), why });
                Ok(Turn::On)
            }
            Said::Back => Ok(Turn::On),
            Said::Stopped => {
                self.desk.say(&format!("Not gone on: {}", display_line(&block.what)));
                Ok(Turn::Stop)
            }
        }
    }
}
