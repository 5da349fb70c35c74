//! `daybook prepare`: a paper by questions, for somebody who is tired.
//!
//! Every answer can be `?`, which explains, or `back`; Enter keeps what is suggested; Ctrl-C leaves, and
//! what was answered is in the book: the hearing in the case, what was picked in choices.

mod findings;
mod hearing;
mod paper;
mod pick;
mod question;
mod who;

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::bundle::{BundleRequest, Drafted, check_folder_of, draft_bundle, make_bundle};
use crate::actions::{ActionError, prepare as logic};
use crate::bundle::{ExhibitOptions, Options, Override, PlanError};
use crate::model::{Instant, Profile, Reader};
use crate::store::Book;

use super::desk::Desk;
use super::display_line;
use super::error::Fault;
use super::reply::Reply;
use question::{Said, ask, yes_no};

/// Make a paper by questions: for whom, for which hearing, what goes in
///
/// Example: daybook prepare
///
/// It asks one thing at a time and makes what is needed. ? explains a question, back goes to the one
/// before, Enter keeps what is suggested. Stop whenever you like: what you answered is kept, and
/// `daybook prepare` goes on from there.
#[derive(ClapArgs, Debug)]
pub struct Args {}

/// Where to go after a question.
enum Turn {
    /// To the next one.
    On,
    /// It does not arise: onward in the direction one came from.
    Skip,
    /// To the one before.
    Back,
    /// Stop; what was answered is kept.
    Stop,
}

/// A question: puts itself, keeps the answer, and says where to go.
type Question<T> = fn(&mut T) -> Result<Turn, Fault>;

/// What was answered so far.
struct Preparing<'a, 't> {
    desk: &'a mut Desk<'t>,
    book: &'a mut Book,
    reader: Option<Reader>,
    reader_name: Option<String>,
    prepares: Option<bool>,
    profile: Option<Profile>,
    mark: Option<String>,
    statement: Option<u32>,
    overrides: Vec<Override>,
    drafted: Option<Drafted>,
}

impl Args {
    #[expect(clippy::unused_self, reason = "every command runs its arguments; this one has none")]
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, _) = desk.open()?;
        if !desk.asks() {
            return Err(Fault::usage(
                "prepare asks questions, and nobody can be asked here",
                "the same is done with flags by choose and bundle",
                "For example: daybook choose MSG-4 --for exhibit, then daybook bundle --for exhibit --to court",
            ));
        }
        Preparing {
            desk,
            book: &mut book,
            reader: None,
            reader_name: None,
            prepares: None,
            profile: None,
            mark: None,
            statement: None,
            overrides: Vec::new(),
            drafted: None,
        }
        .walk()
    }
}

impl Preparing<'_, '_> {
    fn walk(mut self) -> Result<Reply, Fault> {
        let questions: [Question<Self>; 8] = [
            Self::danger,
            Self::for_whom,
            Self::which_hearing,
            Self::told_to_file,
            Self::told_to_prepare,
            Self::which_paper,
            Self::what_goes_in,
            Self::what_was_found,
        ];
        self.desk.say("One question at a time. ? explains, back goes back, Enter keeps what is suggested.");
        let mut at = 0;
        let mut forward = true;
        while let Some(question) = questions.get(at) {
            match question(&mut self)? {
                Turn::On => (at, forward) = (at + 1, true),
                Turn::Back => (at, forward) = (at.saturating_sub(1), false),
                Turn::Skip if forward => at += 1,
                Turn::Skip => at = at.saturating_sub(1),
                Turn::Stop => return Ok(self.stopped()),
            }
        }
        self.make()
    }

    /// First things first (SAFE-09).
    fn danger(&mut self) -> Result<Turn, Fault> {
        let help = "If somebody is, a paper can wait: whom to ring comes first. Otherwise press Enter.";
        match yes_no(self.desk, "Is anyone in danger now, or a child not back when they should be?", Some(false), help)?
        {
            Said::Given(true) => {
                super::log::help_lines(self.desk);
                let help = "Nothing is lost by stopping here.";
                match yes_no(
                    self.desk,
                    "Nothing else matters now. Go on with the paper all the same?",
                    Some(false),
                    help,
                )? {
                    Said::Given(true) => Ok(Turn::On),
                    _ => Ok(Turn::Stop),
                }
            }
            Said::Given(false) | Said::Back => Ok(Turn::On),
            Said::Stopped => Ok(Turn::Stop),
        }
    }

    fn stopped(&mut self) -> Reply {
        self.desk.say("What you answered is kept. To go on: daybook prepare");
        Reply::new(String::new(), json!({"id": null}))
    }

    fn now(&self) -> Result<Instant, Fault> {
        self.desk.now_for(self.book.info().practice)
    }

    /// What is asked of `bundle`.
    fn request(&self) -> BundleRequest {
        let profile = self.profile.unwrap_or(Profile::Evidence);
        // Notes for the call with Cafcass are for oneself, though they were asked for on its account.
        let reader = if profile == Profile::Crib { Some(Reader::Myself) } else { self.reader };
        let mut options = Options::new(profile, reader.unwrap_or(Reader::Court));
        options.reader_name.clone_from(&self.reader_name);
        options.overrides.clone_from(&self.overrides);
        if profile == Profile::Exhibit {
            options.exhibit =
                ExhibitOptions { mark: self.mark.clone(), statement: self.statement, ..ExhibitOptions::default() };
        }
        BundleRequest { options, out: None, folder: self.desk.environment.folder.clone(), replace: false }
    }

    /// The paper as it would be now. `None`: it cannot be planned, and why was said.
    fn draft(&mut self) -> Result<Option<Drafted>, Fault> {
        match draft_bundle(self.book, self.now()?, &self.request()) {
            Ok(drafted) => Ok(Some(drafted)),
            Err(ActionError::Plan(error)) => {
                if let PlanError::NotMade { profile } = error {
                    self.desk.say(&format!("This Daybook does not make that paper yet ({}).", profile.word()));
                } else {
                    self.desk.say(&display_line(&super::error::capitalised(&error.to_string())));
                }
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn make(mut self) -> Result<Reply, Fault> {
        let Some(mut drafted) = self.drafted.take() else { return Ok(self.stopped()) };
        let mut request = self.request();
        let suggested = drafted.out.display().to_string();
        loop {
            let help = "A name of your own, or a folder and a name. Nothing that is there is overwritten.";
            let question = format!("What shall the file be called? [{}]", display_line(&suggested));
            match ask(self.desk, &question, help)? {
                Said::Given(name) if name.is_empty() => {}
                Said::Given(name) => {
                    let name = if name.to_lowercase().ends_with(".pdf") { name } else { format!("{name}.pdf") };
                    request.out = Some(self.desk.environment.folder.join(name));
                    drafted = draft_bundle(self.book, self.now()?, &request)?;
                }
                Said::Back | Said::Stopped => return Ok(self.stopped()),
            }
            let now = self.now()?;
            match make_bundle(self.book, now, &request, drafted) {
                Ok(made) => return Ok(self.made(&made)),
                Err(error @ (ActionError::File { .. } | ActionError::Refused { .. })) => {
                    super::ask::say_again(self.desk, error);
                    drafted = draft_bundle(self.book, now, &request)?;
                }
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn made(&mut self, made: &crate::actions::bundle::Made) -> Reply {
        let file = display_line(&made.file.display().to_string());
        let check = display_line(&check_folder_of(&made.file).display().to_string());
        self.desk.say(&format!("Made: {file}, {} pages.", made.manifest.pages.len()));
        self.desk.say("\nTo open it, use any program for PDF files. It was read back and compared with its plan.");
        self.desk.say(&format!("Anybody can check it: {check} says how; here, daybook verify \"{file}\"."));
        let by_hand = logic::by_hand(self.profile.unwrap_or(Profile::Evidence));
        self.desk.say("\nLeft to do by hand:");
        for line in by_hand {
            let text = super::output::wrapped(line, self.desk.terminal.width(), "  - ", "    ");
            self.desk.terminal.say(&format!("{text}\n"));
        }
        if !matches!(self.profile, Some(Profile::Archive | Profile::Crib)) {
            let sent = format!("When you have handed it over: daybook sent {} --to NAME --how \"by e-mail\"", made.id);
            self.desk.say(&format!("\n{sent}"));
        }
        // What is in it and what was found was told before it was made.
        let human = format!("{}  {file}\n       SHA-256 {}\n", made.id, made.sha256);
        Reply { human, ..super::bundle::finished(made) }
    }
}
