//! `daybook mark`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, Marking};
use crate::model::{Privilege, Profile, RecordId};

use super::desk::Desk;
use super::error::Fault;
use super::reply::Reply;
use super::{fields, json};

/// Say what may be shown to whom: privilege, confidential, kept out of a paper
///
/// Example: daybook mark MSG-7 --privilege legal-advice --why "From my solicitor"
///
/// Anything marked legal-advice, without-prejudice or mediation stays out of papers for others. Taking
/// a mark away, or letting something in, needs a reason in your words; it is kept.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The record
    id: RecordId,
    /// Set the privilege
    #[arg(long, value_parser = privileges(), value_name = "P")]
    privilege: Option<Privilege>,
    /// Keep the whole record from everyone but yourself
    #[arg(long, conflicts_with = "not_confidential")]
    confidential: bool,
    /// It is no longer confidential
    #[arg(long)]
    not_confidential: bool,
    /// Keep it out of this kind of paper
    #[arg(long, value_parser = profiles(), value_name = "PROFILE")]
    keep_out_of: Option<Profile>,
    /// Let it into this kind of paper in spite of its mark
    #[arg(long, value_parser = profiles(), value_name = "PROFILE", conflicts_with = "keep_out_of")]
    let_into: Option<Profile>,
    /// Why, in your words (- reads them from standard input)
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

fn privileges() -> impl clap::builder::TypedValueParser<Value = Privilege> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Privilege::ALL.map(Privilege::word))
        .map(|word| Privilege::from_word(&word).expect("clap lets only these words through"))
}

/// The kinds of paper as a flag takes them.
pub fn profiles() -> impl clap::builder::TypedValueParser<Value = Profile> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Profile::ALL.map(Profile::word))
        .map(|word| Profile::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let why = self.why.map(|why| fields::text(desk, why)).transpose()?;
        let confidential = match (self.confidential, self.not_confidential) {
            (true, _) => Some(true),
            (_, true) => Some(false),
            _ => None,
        };
        let marking = Marking {
            privilege: self.privilege,
            confidential,
            keep_out_of: self.keep_out_of,
            let_into: self.let_into,
            why,
        };
        let written = actions::mark(&mut book, now, self.id, marking)?;
        let shown = actions::show(&book, self.id)?;
        let human = format!("{}  {}\n", written.value, written.journal.sentence);
        let object = json!({
            "id": written.value,
            "entry": json::entry(&shown.entry),
            "journal": json::journal(&written.journal),
        });
        Ok(Reply::new(human, object))
    }
}
