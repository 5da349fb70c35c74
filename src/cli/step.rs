//! `daybook step`

use std::path::PathBuf;

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, People, Reading, Set, Stepping};
use crate::model::{Content, HearingSort, Instant, Noun, Stage, StepKind, Track, Zone};
use crate::rules::Rules;
use crate::store::Book;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::output::{columns, display_line};
use super::reply::Reply;

/// A step on the road: asked, proposal, miam, c100, hearing …
///
/// Example: daybook step proposal --on "2 February 2026" --what "I proposed Sundays from 10 to 4." --until "16 February"
///
/// Without flags it asks, and only what that kind of step needs. `daybook step --kinds` lists the kinds and what each
/// takes. Of mediation and advice, write the fact and the date only: what was said there stays there.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// What it was
    #[arg(value_parser = kinds(), hide_possible_values = true)]
    kind: Option<StepKind>,
    /// When
    #[arg(long, value_name = "T")]
    on: Option<String>,
    /// With whom (by name; may be given again)
    #[arg(long, value_name = "NAME")]
    with: Vec<String>,
    /// In your words (- reads them from standard input)
    #[arg(long, value_name = "TEXT")]
    what: Option<String>,
    /// Which one: the sort of hearing, the ground of an exemption, the basis
    #[arg(long, value_name = "WORD")]
    which: Option<String>,
    /// Until when it is open, booked, valid or lasts
    #[arg(long, value_name = "T")]
    until: Option<String>,
    /// How it was sent or done, and by or to whom
    #[arg(long, value_name = "TEXT")]
    how: Option<String>,
    /// Was it in writing? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    in_writing: Option<String>,
    /// The step it answers
    #[arg(long, value_name = "STP-1")]
    answers: Option<String>,
    /// The record it is about: the order a letter names, the paper that was filed
    #[arg(long, value_name = "ID")]
    about: Option<String>,
    /// What came of it
    #[arg(long, value_name = "TEXT")]
    outcome: Option<String>,
    /// Where: a contact centre, a court
    #[arg(long, value_name = "NAME")]
    place: Option<String>,
    /// What it cost: £263
    #[arg(long, value_name = "SUM")]
    fee: Option<String>,
    /// When it was done, where something was to be done
    #[arg(long, value_name = "T")]
    done: Option<String>,
    /// A reference: a form's, a police log's
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// A file that belongs to it (may be given again)
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
    /// List the kinds of step and what each takes
    #[arg(long)]
    kinds: bool,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = StepKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(StepKind::ALL.iter().map(|kind| kind.word()))
        .map(|word| StepKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(mut self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        if self.kinds {
            return Ok(list_kinds(desk));
        }
        let (mut book, now) = desk.open()?;
        let kind = match self.kind.take() {
            Some(kind) => kind,
            None if desk.asks() => match ask_kind(desk)? {
                Some(kind) => kind,
                None => return Ok(nothing()),
            },
            None => {
                return Err(Fault::missing("KIND", "what step it was", "daybook step miam --on \"2 February 2026\""));
            }
        };
        // Where a child may be in danger, whom to ring comes before any form (SAFE-09).
        if kind.safety_first() {
            super::log::help_lines(desk);
        }
        let asks = desk.asks() && self.on.is_none() && self.what.is_none();
        if kind.reaches_out() && !may_go_on(desk, &book, now, asks)? {
            return Ok(nothing());
        }
        if let Some(hint) = kind.stop().hint {
            desk.say(hint);
        }
        let attach = std::mem::take(&mut self.attach);
        let mut sets = self.sets(desk)?;
        if asks {
            let people = People::load(&book)?;
            let reading = Reading { now, zone: Zone::LONDON, people: &people };
            let track = actions::current_case(&book)?.map(|(_, case)| case.track).unwrap_or_default();
            let known = sets.len();
            Asking { desk, book: &book, reading: &reading, kind, sets: &mut sets, track }.all()?;
            if desk.stopped && sets.len() == known {
                return Ok(nothing());
            }
        }
        let now = desk.now_for(book.info().practice)?;
        let stepping = Stepping { kind, sets, attach };
        let stored = actions::keep_step(&mut book, now, &stepping)?;
        super::log::show_times(desk, &stepping.sets, &stored.entry);
        super::wording::remark_on(desk, Noun::Step, &stepping.sets, stored.entry.id);
        if let Some(Content::Step(step)) = book.record(stored.entry.id)?.map(|record| record.content) {
            for remark in actions::step_remarks(&book, &step)? {
                desk.say(&display_line(&remark));
            }
        }
        Ok(Reply::written(&stored))
    }

    fn sets(self, desk: &mut Desk<'_>) -> Result<Vec<Set>, Fault> {
        let mut given = Given::at(desk);
        given
            .take("on", self.on)?
            .take_all("with", &self.with)?
            .take("what", self.what)?
            .take("which", self.which)?
            .take("until", self.until)?
            .take("how", self.how)?
            .take("in-writing", self.in_writing)?
            .take("answers", self.answers)?
            .take("about", self.about)?
            .take("outcome", self.outcome)?
            .take("place", self.place)?
            .take("fee", self.fee)?
            .take("done", self.done)?
            .take("reference", self.reference)?;
        Ok(given.sets())
    }
}

fn nothing() -> Reply {
    Reply::new("Nothing was written down.\n", json!({"id": null}))
}

/// The part of the road first: nobody reads a list of fifty.
fn ask_kind(desk: &mut Desk<'_>) -> Result<Option<StepKind>, Fault> {
    let stages = Stage::ALL.map(|(_, plain)| ("", plain));
    let Answer::Given(index) = ask::choice(desk, "What was it about?", &stages)? else { return Ok(None) };
    let kinds: Vec<StepKind> = Stage::ALL[index].0.kinds().collect();
    let offered: Vec<(&str, &str)> = kinds.iter().map(|kind| (kind.word(), kind.plain())).collect();
    let Answer::Given(index) = ask::choice(desk, "What was it?", &offered)? else { return Ok(None) };
    Ok(Some(kinds[index]))
}

/// Before words to the other parent are written: is there an order, bail condition or adviser that says no (SAFE-08)?
fn may_go_on(desk: &mut Desk<'_>, book: &Book, now: Instant, asks: bool) -> Result<bool, Fault> {
    const QUESTION: &str = "Is there an order, a bail condition or an adviser that says you should not write to them?";
    let cautions = actions::cautions_before_writing(book, now)?;
    for caution in &cautions {
        desk.say(&display_line(&caution.words));
    }
    if !asks {
        if cautions.is_empty() {
            desk.say(
                "Before anything is written to the other parent: if an order, a bail condition or an adviser says no, do not \
                 send it, and ask a solicitor or a domestic abuse service first.",
            );
        }
        return Ok(true);
    }
    let says_no = !cautions.is_empty() || ask::yes_no(desk, QUESTION)? == Answer::Given(true);
    if !says_no {
        return Ok(!desk.stopped);
    }
    if cautions.is_empty() {
        desk.say(
            "Then nothing should go to them, nor through others, before you have asked a solicitor or the police.",
        );
        super::log::help_lines(desk);
    }
    let later = ask::yes_no(desk, "Was it sent or said already, and do you want it written down as it was?")?;
    Ok(later == Answer::Given(true))
}

/// The questions of one kind of step.
struct Asking<'a, 't, 'd> {
    desk: &'a mut Desk<'t>,
    book: &'a Book,
    reading: &'a Reading<'d>,
    kind: StepKind,
    sets: &'a mut Vec<Set>,
    track: Track,
}

impl Asking<'_, '_, '_> {
    fn all(&mut self) -> Result<(), Fault> {
        self.desk.say("Enter skips a question. A full stop alone keeps what there is.");
        let on = if self.kind == StepKind::Hearing { "When is or was it?" } else { "When was it?" };
        let mut questions = vec![("on", on), ("with", "With whom (names, with commas; Enter: nobody in particular)?")];
        questions.extend(self.kind.stop().needs.iter().map(|need| (need.field, need.question)));
        questions.push(("what", "In your words: facts and exact words"));
        for (field, question) in questions {
            if self.sets.iter().any(|set| set.field == field) {
                continue;
            }
            if !self.one(field, question)? {
                break;
            }
        }
        Ok(())
    }

    /// False: enough.
    fn one(&mut self, field: &str, question: &str) -> Result<bool, Fault> {
        loop {
            let answer = self.answer(field, question)?;
            let text = match answer {
                Answer::Given(text) => text,
                Answer::Skipped => return Ok(true),
                Answer::Enough | Answer::Stopped => return Ok(false),
            };
            self.sets.push(Set::new(field, text));
            // A date nobody can read, or a record that is none, is asked for again at once.
            let stepping = Stepping { kind: self.kind, sets: self.sets.clone(), attach: Vec::new() };
            let step = stepping.step(self.reading);
            match step.and_then(|step| actions::check_step(self.book, &step)) {
                Ok(()) => return Ok(!self.desk.stopped),
                Err(error) => {
                    self.sets.retain(|set| set.field != field);
                    ask::say_again(self.desk, error);
                }
            }
        }
    }

    fn answer(&mut self, field: &str, question: &str) -> Result<Answer<String>, Fault> {
        match (field, self.kind) {
            ("on" | "until" | "done", _) => {
                let step = Stepping { kind: self.kind, sets: self.sets.clone(), attach: Vec::new() }.step(self.reading);
                let beside = step.ok().and_then(|step| step.when);
                Ok(words_of(ask::when(self.desk, question, self.reading, beside.as_ref())?, |(words, _)| words))
            }
            ("what", _) => Ok(ask::lines(self.desk, question)?),
            ("which", StepKind::MiamExempt) => {
                let rules = Rules::england_and_wales();
                let grounds: Vec<(&str, &str)> =
                    rules.exemptions().iter().map(|ground| (ground.word.as_str(), ground.plain.as_str())).collect();
                let answer = ask::choice(self.desk, question, &grounds)?;
                Ok(words_of(answer, |index| grounds[index].0.to_owned()))
            }
            ("which", StepKind::Hearing) => {
                // While it is not known which procedure the court follows, the words of both are offered (CFC-07).
                let sorts = HearingSort::ALL.into_iter().filter(|sort| {
                    sort.track == Track::Unknown || self.track == Track::Unknown || sort.track == self.track
                });
                let words: Vec<&str> = sorts.map(|sort| sort.word).collect();
                let question = format!("{question} For example: {}", words.join(", "));
                Ok(ask::line(self.desk, &question)?)
            }
            _ => Ok(ask::line(self.desk, question)?),
        }
    }
}

fn words_of<T>(answer: Answer<T>, words: impl FnOnce(T) -> String) -> Answer<String> {
    match answer {
        Answer::Given(value) => Answer::Given(words(value)),
        Answer::Skipped => Answer::Skipped,
        Answer::Enough => Answer::Enough,
        Answer::Stopped => Answer::Stopped,
    }
}

/// The road as a table, from the one that also makes the questions and the papers.
fn list_kinds(desk: &Desk<'_>) -> Reply {
    let width = desk.terminal.width();
    let mut human = String::new();
    let mut list = Vec::new();
    for (stage, plain) in Stage::ALL {
        human.push_str(&format!("\n{plain}:\n"));
        let mut rows = Vec::new();
        for kind in stage.kinds() {
            let takes: Vec<String> = kind.stop().needs.iter().map(|need| format!("--{}", need.field)).collect();
            let takes = if takes.is_empty() { String::new() } else { format!(" ({})", takes.join(", ")) };
            rows.push(vec![format!("  {}", kind.word()), format!("{}{takes}", kind.plain())]);
            list.push(json!({
                "kind": kind.word(),
                "plain": kind.plain(),
                "takes": kind.stop().needs.iter().map(|need| need.field).collect::<Vec<_>>(),
                "fact_only": kind.fact_only(),
            }));
        }
        human.push_str(&columns(&rows, width));
    }
    human.push_str("\nEvery kind also takes --on, --with, --what, --attach.\n\nGrounds on which no MIAM is needed (miam-exempt --which):\n");
    let rules = Rules::england_and_wales();
    let rows: Vec<Vec<String>> = rules
        .exemptions()
        .iter()
        .map(|ground| {
            let proof = if ground.proof.is_empty() { String::new() } else { format!(": {}", ground.proof) };
            vec![
                format!("  {}", ground.word),
                format!("{}{proof} ({}, {})", ground.plain, ground.rule, ground.certainty.words()),
            ]
        })
        .collect();
    human.push_str(&columns(&rows, width));
    let grounds: Vec<_> = rules
        .exemptions()
        .iter()
        .map(|ground| json!({"word": ground.word, "plain": ground.plain, "proof": ground.proof, "rule": ground.rule, "certainty": ground.certainty.mark()}))
        .collect();
    Reply::new(human.trim_start().to_owned(), json!({"kinds": list, "exemptions": grounds}))
}
