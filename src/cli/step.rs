//! `daybook step`

use std::path::PathBuf;

use clap::Args as ClapArgs;

use crate::actions;
use crate::model::StepKind;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::reply::Reply;

/// A step on the road: asked, proposal, miam, c100, hearing …
///
/// Example: daybook step miam --on "2 February 2026" --with "Jo Lambert"
///
/// Of mediation and advice, write the fact and the date only: what was said there stays there.
/// The kinds are listed with: daybook step --help
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// What it was
    #[arg(value_parser = kinds(), hide_possible_values = false)]
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
    /// A reference: a form's, a police log's
    #[arg(long, value_name = "TEXT")]
    reference: Option<String>,
    /// A file that belongs to it (may be given again)
    #[arg(long, value_name = "FILE")]
    attach: Vec<PathBuf>,
}

fn kinds() -> impl clap::builder::TypedValueParser<Value = StepKind> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(StepKind::ALL.iter().map(|kind| kind.word()))
        .map(|word| StepKind::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let kind = match self.kind {
            Some(kind) => kind,
            None if desk.asks() => {
                let offered: Vec<(&str, &str)> = StepKind::ALL.iter().map(|kind| (kind.word(), kind.plain())).collect();
                match ask::choice(desk, "What was it?", &offered)? {
                    Answer::Given(index) => StepKind::ALL[index],
                    _ => return Ok(Reply::new("Nothing was written down.\n", serde_json::json!({"id": null}))),
                }
            }
            None => {
                return Err(Fault::missing("KIND", "what step it was", "daybook step miam --on \"2 February 2026\""));
            }
        };
        let mut given = Given::at(desk);
        given
            .take("on", self.on)?
            .take_all("with", &self.with)?
            .take("what", self.what)?
            .take("reference", self.reference)?;
        let sets = given.sets();
        let stored = actions::keep_step(&mut book, now, kind, &sets, &self.attach)?;
        super::log::show_times(desk, &sets, &stored.entry);
        Ok(Reply::written(&stored))
    }
}
