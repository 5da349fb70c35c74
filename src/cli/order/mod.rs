//! `daybook order`

mod para;

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use serde_json::json;

use crate::actions::{self, AddingOrder, OrderPaper};
use crate::model::{Noun, OrderKind, RecordId};

use super::ask::{self, Answer};
use super::bundle::findings_lines;
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::json;
use super::reply::Reply;

/// Court orders and their exact words
///
/// Example: daybook order add order.pdf --title "Child arrangements order" --made "27 February 2026"
///
/// Then type in the numbered paragraphs that matter: daybook order para ORD-1 3 --words -
#[derive(ClapArgs, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Add an order
    Add(Box<AddArgs>),
    /// Type in a paragraph, in its exact words
    Para(Box<para::ParaArgs>),
}

/// Add an order
///
/// Example: daybook order add order.pdf --title "Child arrangements order" --court Bristol
/// --number BS26P70940 --made "27 February 2026" --by "District Judge Marlow" --warning-notice yes
#[derive(ClapArgs, Debug)]
struct AddArgs {
    /// Its paper: a file to be kept, or the DOC number of one that is kept
    paper: Option<String>,
    /// As an index should name it
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Which court
    #[arg(long, value_name = "NAME")]
    court: Option<String>,
    /// Its case number
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// When it was made
    #[arg(long, value_name = "DATE")]
    made: Option<String>,
    /// Who made it: a judge, magistrates, a legal adviser
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// When it was served on the other party
    #[arg(long, value_name = "DATE")]
    served: Option<String>,
    /// Is a warning notice attached (section 11I)? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    warning_notice: Option<String>,
    /// Is a penal notice attached? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    penal_notice: Option<String>,
    /// When the warning notice was given to the person it binds, or they were told its terms
    #[arg(long, value_name = "DATE")]
    notice_known: Option<String>,
    /// What it is; parenting-plan, agreement and usual-pattern are not orders and cannot be enforced
    #[arg(long, value_parser = order_kinds())]
    kind: Option<OrderKind>,
    /// Does it stand only until a final order? yes, no or unknown
    #[arg(long, value_name = "YES/NO")]
    interim: Option<String>,
    /// Whom it binds, by name (an order against somebody: it may be you)
    #[arg(long, value_name = "N")]
    against: Vec<String>,
    /// The earlier order it varies
    #[arg(long, value_name = "ORD-1")]
    varies: Option<String>,
    /// The later order that took its place
    #[arg(long, value_name = "ORD-2")]
    superseded_by: Option<String>,
    /// In force from
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// In force until
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
}

fn order_kinds() -> impl clap::builder::TypedValueParser<Value = OrderKind> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(OrderKind::ALL.map(|(_, word, plain)| PossibleValue::new(word).help(plain)))
        .map(|word| OrderKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        match self.what {
            What::Add(args) => args.run(desk),
            What::Para(args) => args.run(desk),
        }
    }
}

impl AddArgs {
    fn run(mut self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let paper = match &self.paper {
            None => OrderPaper::None,
            Some(text) => match text.parse::<RecordId>() {
                Ok(id) if id.noun == Noun::Document => OrderPaper::Kept(id),
                _ => OrderPaper::File(PathBuf::from(text)),
            },
        };
        if self.title.is_none() && !matches!(paper, OrderPaper::Kept(_)) {
            if !desk.asks() {
                let example = "daybook order add order.pdf --title \"Child arrangements order\"";
                return Err(Fault::missing("--title", "how an index should name the order", example));
            }
            self.ask(desk)?;
        }
        let mut given = Given::at(desk);
        given
            .take("title", self.title)?
            .take("court", self.court)?
            .take("number", self.number)?
            .take("made", self.made)?
            .take("by", self.by)?
            .take("served", self.served)?
            .take("warning-notice", self.warning_notice)?
            .take("penal-notice", self.penal_notice)?
            .take("notice-known", self.notice_known)?
            .take("kind", self.kind.map(|kind| kind.word().to_owned()))?
            .take("interim", self.interim)?
            .take_all("against", &self.against)?
            .take("varies", self.varies)?
            .take("superseded-by", self.superseded_by)?
            .take("from", self.from)?
            .take("until", self.until)?;
        let sets = given.sets();
        let stored = actions::add_order(&mut book, now, &AddingOrder { paper, sets: sets.clone() })?;
        let id = stored.entry.id;
        let shown = actions::show(&book, id)?;
        let mut reply = Reply::written(&stored);
        let rows: Vec<_> = shown.facts.iter().map(|fact| (fact.name.to_owned(), fact.shown.clone())).collect();
        reply.human.push_str(&super::output::facts(&rows, desk.terminal.width()));
        if let Some(object) = reply.json.as_object_mut() {
            object.insert("facts".into(), json::facts(&shown.facts));
        }
        let findings = actions::order_findings(&book, now, id)?;
        if !findings.is_empty() {
            desk.terminal.say(findings_lines(&findings).trim_start());
            if let Some(object) = reply.json.as_object_mut() {
                object.insert("findings".into(), json!(findings));
            }
        }
        desk.say(&format!("Next, type in its numbered paragraphs: daybook order para {id} 3 --words -"));
        Ok(reply)
    }

    fn ask(&mut self, desk: &mut Desk<'_>) -> Result<(), Fault> {
        desk.say("Enter skips a question; you can add the rest later with `daybook amend`.");
        for (question, slot) in [
            ("What is it called (Child arrangements order)?", &mut self.title),
            ("Which court made it?", &mut self.court),
            ("Its case number?", &mut self.number),
            ("When was it made?", &mut self.made),
            ("Who made it (District Judge …)?", &mut self.by),
            ("When was it served on the other party?", &mut self.served),
            ("Is a warning notice attached (yes, no or unknown)?", &mut self.warning_notice),
        ] {
            if slot.is_some() {
                continue;
            }
            match ask::line(desk, question)? {
                Answer::Given(text) => *slot = Some(text),
                Answer::Skipped => {}
                Answer::Enough | Answer::Stopped => break,
            }
        }
        Ok(())
    }
}
