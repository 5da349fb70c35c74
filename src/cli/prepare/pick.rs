//! What goes in: a numbered list, picked from by number, range, month or words.

use crate::actions::prepare::{self as logic, Candidate, Pick};
use crate::actions::{self, Withdrawing};
use crate::model::{Choice, Date, Profile, RecordId};
use crate::rules::Rules;

use super::question::{Said, ask};
use super::{Fault, Preparing, Turn, display_line};
use crate::cli::output::{columns, counted};

/// How many lines are shown at once.
const SHOWN: usize = 40;

const HELP: &str = "Type the numbers of what shall go in: 1-5, 8. Or: all of September 2026. Or words, to see only what \
                    has them; then all takes what you see. not 3 takes one back. list shows everything again. What you \
                    pick is kept at once. When you are done, press Enter.";

impl Preparing<'_, '_> {
    pub(super) fn what_goes_in(&mut self) -> Result<Turn, Fault> {
        let Some(profile) = self.profile else { return Ok(Turn::Back) };
        let picks = logic::is_picked(profile);
        if !picks && !matches!(profile, Profile::Evidence | Profile::Enforcement) {
            return Ok(Turn::Skip);
        }
        let mut list = logic::candidates(self.book, profile, self.mark.as_deref())?;
        if list.is_empty() {
            let what = if profile == Profile::Enforcement { "events" } else { "messages or papers" };
            self.desk.say(&format!("There are no {what} in the book to pick from."));
            return if picks { Ok(Turn::Back) } else { Ok(Turn::On) };
        }
        let mut shown: Vec<usize> = (0..list.len()).collect();
        self.show(&list, &shown);
        loop {
            self.budget(&list)?;
            let question = if picks || list.iter().any(|one| one.chosen) {
                "Which shall go in? (1-5, 8; Enter: done)"
            } else if profile == Profile::Enforcement {
                "Which events shall have a row? (1-5, 8; Enter: the latest that were not held)"
            } else {
                "Which messages and papers shall go in? (1-5, 8; Enter: all of them)"
            };
            let text = match ask(self.desk, question, HELP)? {
                Said::Given(text) if text.is_empty() => {
                    if picks && !list.iter().any(|one| one.chosen) {
                        self.desk.say("Nothing is picked yet, and this paper holds only what is picked. ? explains.");
                        continue;
                    }
                    return Ok(Turn::On);
                }
                Said::Given(text) => text,
                Said::Back => return Ok(Turn::Back),
                Said::Stopped => return Ok(Turn::Stop),
            };
            match logic::read_pick(&text, &list, &shown) {
                Ok(Pick::Take(which)) => self.take(profile, &list, &which)?,
                Ok(Pick::Drop(which)) => self.take_back(profile, &list, &which)?,
                Ok(Pick::ShowAll) => {
                    shown = (0..list.len()).collect();
                    self.show(&list, &shown);
                }
                Ok(Pick::Find(words)) => {
                    let found = self.find(&list, &words)?;
                    if found.is_empty() {
                        self.desk.say(&format!("Nothing on the list has “{}”.", display_line(&words)));
                    } else {
                        shown = found;
                        self.show(&list, &shown);
                    }
                }
                Err(why) => self.desk.say(&display_line(&why)),
            }
            list = logic::candidates(self.book, profile, self.mark.as_deref())?;
        }
    }

    fn show(&mut self, list: &[Candidate], shown: &[usize]) {
        let rows: Vec<Vec<String>> = shown
            .iter()
            .take(SHOWN)
            .filter_map(|index| list.get(*index).map(|one| (index, one)))
            .map(|(index, one)| {
                let mark = if one.chosen { "*" } else { " " };
                let date = one.date.map_or_else(|| "no date".to_owned(), Date::plain);
                vec![format!("{mark}{:>3}", index + 1), one.id.to_string(), date, display_line(&one.title)]
            })
            .collect();
        let width = self.desk.terminal.width();
        self.desk.terminal.say("\n");
        self.desk.terminal.say(&columns(&rows, width));
        if let Some(more) = shown.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            self.desk.say(&format!("… and {more} more. Words narrow the list: type some that you remember."));
        }
    }

    /// How many are picked, and how many pages that makes.
    fn budget(&mut self, list: &[Candidate]) -> Result<(), Fault> {
        let picked = list.iter().filter(|one| one.chosen).count();
        if picked == 0 {
            return Ok(());
        }
        let Ok(drafted) = actions::bundle::draft_bundle(self.book, self.now()?, &self.request()) else {
            self.desk.say(&format!("{} so far (marked *).", counted(picked as u64, "picked record")));
            return Ok(());
        };
        let pages = counted(drafted.laid.pages.len() as u64, "page");
        let limit = Rules::england_and_wales().limit("27A-51");
        let limit = limit.map(|limit| format!("; a hearing bundle may have {limit}")).unwrap_or_default();
        self.desk.say(&format!("{picked} picked so far (marked *): {pages} in all{limit}."));
        Ok(())
    }

    /// By the words in the records themselves, and else in their titles.
    fn find(&self, list: &[Candidate], words: &str) -> Result<Vec<usize>, Fault> {
        let filter = crate::store::Filter::default();
        let hits: Vec<RecordId> = self.book.search(words, &filter)?.listed.into_iter().map(|line| line.id).collect();
        let words = words.to_lowercase();
        let fits = |one: &Candidate| hits.contains(&one.id) || one.title.to_lowercase().contains(&words);
        Ok(list.iter().enumerate().filter(|(_, one)| fits(one)).map(|(index, _)| index).collect())
    }

    fn take(&mut self, profile: Profile, list: &[Candidate], which: &[usize]) -> Result<(), Fault> {
        let records: Vec<RecordId> =
            which.iter().filter_map(|index| list.get(*index)).filter(|one| !one.chosen).map(|one| one.id).collect();
        if records.is_empty() {
            self.desk.say("They are picked already.");
            return Ok(());
        }
        let choice = Choice {
            records,
            profile,
            exhibit: self.mark.clone().filter(|_| profile == Profile::Exhibit),
            section: None,
            directed: None,
            context: 0,
            withdrawn: false,
        };
        let now = self.now()?;
        match actions::choose(self.book, now, choice) {
            Ok(_) => {}
            Err(error @ actions::ActionError::Refused { .. }) => crate::cli::ask::say_again(self.desk, error),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    fn take_back(&mut self, profile: Profile, list: &[Candidate], which: &[usize]) -> Result<(), Fault> {
        let records: Vec<RecordId> =
            which.iter().filter_map(|index| list.get(*index)).filter(|one| one.chosen).map(|one| one.id).collect();
        if records.is_empty() {
            self.desk.say("None of these is picked.");
            return Ok(());
        }
        self.withdraw(profile, records, "taken back while preparing the paper")
    }

    pub(super) fn withdraw(&mut self, profile: Profile, records: Vec<RecordId>, why: &str) -> Result<(), Fault> {
        let now = self.now()?;
        let asked = Withdrawing { records, profile, exhibit: None, why: why.to_owned() };
        actions::withdraw_choice(self.book, now, &asked)?;
        Ok(())
    }
}
