//! `daybook case`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::json;
use super::output::facts;
use super::reply::Reply;

/// Court, case number, who applied, the coming hearing: what headings need
///
/// Example: daybook case --court Bristol --number BS26P70940 --applicant me
/// --hearing "14 January 2027 10am" --hearing-kind FHDRA
///
/// What the first page of a hearing bundle says is set here too, in your words: each --decide, --agreed
/// and --not-agreed is one line, and together they take the place of the lines before. `-` reads lines
/// from standard input. Without flags it shows what is known.
///
/// What you would say in mediation (--propose and the others) and in the call with Cafcass stands in no
/// paper for the court.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// Which court, as after "In the Family Court at"
    #[arg(long, value_name = "NAME")]
    court: Option<String>,
    /// The case number: BS26P70940
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Who applied: me or other
    #[arg(long, value_name = "SIDE")]
    applicant: Option<String>,
    /// Date and time of the coming hearing
    #[arg(long, value_name = "T")]
    hearing: Option<String>,
    /// What kind of hearing, in the court's words: FHDRA, Decision Hearing
    #[arg(long, value_name = "KIND")]
    hearing_kind: Option<String>,
    /// Which procedure the court follows: ordinary, child-focused or unknown. While it is unknown, papers and dates say
    /// “hearing” and nothing narrower
    #[arg(long, value_name = "TRACK")]
    track: Option<String>,
    /// How long the hearing will take, as the notice or order says: "1 hour"
    #[arg(long, value_name = "TEXT")]
    time_estimate: Option<String>,
    /// Something the court is asked to decide (may be given again)
    #[arg(long, value_name = "TEXT")]
    decide: Vec<String>,
    /// Something that is agreed (may be given again)
    #[arg(long, value_name = "TEXT")]
    agreed: Vec<String>,
    /// Something that is not agreed (may be given again)
    #[arg(long, value_name = "TEXT")]
    not_agreed: Vec<String>,
    /// Essential reading, in order (may be given again)
    #[arg(long, value_name = "ID")]
    essential: Vec<String>,
    /// Whether the court or the rule has told you to prepare the bundle: yes, no or unknown
    #[arg(long, value_name = "WORD")]
    prepares: Option<String>,
    #[command(flatten)]
    own: OwnWords,
}

/// Own words for papers that are not for the court.
#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "For mediation and the call with Cafcass (each may be given again)")]
struct OwnWords {
    /// Something about the child
    #[arg(long, value_name = "TEXT")]
    about_child: Vec<String>,
    /// How the arrangements are now
    #[arg(long, value_name = "TEXT")]
    mediation_now: Vec<String>,
    /// Something you propose, for mediation
    #[arg(long, value_name = "TEXT")]
    propose: Vec<String>,
    /// Something agreed, as you understand it, for mediation
    #[arg(long, value_name = "TEXT")]
    mediation_agreed: Vec<String>,
    /// Something not agreed, as you understand it, for mediation
    #[arg(long, value_name = "TEXT")]
    mediation_not_agreed: Vec<String>,
    /// Something that concerns safety, for the call
    #[arg(long, value_name = "TEXT")]
    call_safety: Vec<String>,
    /// Something you would like, for the call
    #[arg(long, value_name = "TEXT")]
    call_wish: Vec<String>,
    /// A worry, with its dates, for the call
    #[arg(long, value_name = "TEXT")]
    call_worry: Vec<String>,
}

impl OwnWords {
    /// Each list with the name of its field.
    fn lists(self) -> [(&'static str, Vec<String>); 8] {
        [
            ("about-child", self.about_child),
            ("mediation-now", self.mediation_now),
            ("propose", self.propose),
            ("mediation-agreed", self.mediation_agreed),
            ("mediation-not-agreed", self.mediation_not_agreed),
            ("call-safety", self.call_safety),
            ("call-wish", self.call_wish),
            ("call-worry", self.call_worry),
        ]
    }

    fn is_empty(&self) -> bool {
        let mediation = [&self.propose, &self.mediation_agreed, &self.mediation_not_agreed];
        let call = [&self.about_child, &self.mediation_now, &self.call_safety, &self.call_wish, &self.call_worry];
        mediation.into_iter().chain(call).all(Vec::is_empty)
    }
}

impl Args {
    pub fn run(mut self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        if self.is_bare() && desk.asks() {
            self.ask(desk)?;
        }
        if self.is_bare() {
            return show(desk, &book);
        }
        let mut given = Given::at(desk);
        given
            .take("court", self.court)?
            .take("number", self.number)?
            .take("applicant", self.applicant)?
            .take("hearing", self.hearing)?
            .take("hearing-kind", self.hearing_kind)?
            .take("track", self.track)?
            .take("time-estimate", self.time_estimate)?
            .take_lines("decide", self.decide)?
            .take_lines("agreed", self.agreed)?
            .take_lines("not-agreed", self.not_agreed)?
            .take_all("essential", &self.essential)?
            .take("prepares", self.prepares)?;
        for (field, lines) in self.own.lists() {
            given.take_lines(field, lines)?;
        }
        let sets = given.sets();
        let change = actions::change_case(&mut book, now, &sets)?;
        if let Some(number) = &change.unusual_number {
            desk.say(&format!(
                "{} was kept as given. Case numbers of the family courts usually look like BS26P70940: two letters, two \
                 digits, a letter, five digits, no spaces. Please compare it with a letter from the court.",
                super::display_line(number)
            ));
        }
        if let Some((_, case)) = actions::current_case(&book)?
            && let Some(words) = case.hearing.as_ref().and_then(|hearing| hearing.kind.as_deref())
            && let Some(remark) = actions::other_procedure(words, case.track)
        {
            desk.say(&super::display_line(&remark));
        }
        let rows: Vec<_> = change.facts.iter().map(|fact| (fact.name.to_owned(), fact.shown.clone())).collect();
        let human = format!("{}  The case\n{}", change.id, facts(&rows, desk.terminal.width()));
        let object = json!({
            "id": change.id,
            "facts": json::facts(&change.facts),
            "usual_number": change.unusual_number.is_none(),
            "journal": json::journal(&change.journal),
        });
        Ok(Reply::new(human, object))
    }

    fn is_bare(&self) -> bool {
        let texts = [&self.court, &self.number, &self.applicant, &self.hearing, &self.hearing_kind, &self.track];
        let lists = [&self.decide, &self.agreed, &self.not_agreed, &self.essential];
        texts.iter().all(|flag| flag.is_none())
            && [&self.time_estimate, &self.prepares].iter().all(|flag| flag.is_none())
            && lists.iter().all(|list| list.is_empty())
            && self.own.is_empty()
    }

    fn ask(&mut self, desk: &mut Desk<'_>) -> Result<(), Fault> {
        desk.say("Enter skips a question; nothing is changed by it.");
        for (question, slot) in [
            ("Which court (as after “In the Family Court at”)?", &mut self.court),
            ("The case number (like BS26P70940)?", &mut self.number),
            ("Who applied (me or other)?", &mut self.applicant),
            ("When is the coming hearing?", &mut self.hearing),
            ("What kind of hearing, in the court's words?", &mut self.hearing_kind),
        ] {
            match ask::line(desk, question)? {
                Answer::Given(text) => *slot = Some(text),
                Answer::Skipped => {}
                Answer::Enough | Answer::Stopped => break,
            }
        }
        Ok(())
    }
}

fn show(desk: &mut Desk<'_>, book: &crate::store::Book) -> Result<Reply, Fault> {
    let Some((id, _)) = actions::current_case(book)? else {
        return Ok(Reply::new("Nothing is known of the case yet.\n", json!({"id": null, "facts": {}})));
    };
    let shown = actions::show(book, id)?;
    let rows: Vec<_> = shown.facts.iter().map(|fact| (fact.name.to_owned(), fact.shown.clone())).collect();
    let human = format!("{id}  The case\n{}", facts(&rows, desk.terminal.width()));
    Ok(Reply::new(human, json!({"id": id, "facts": json::facts(&shown.facts)})))
}
