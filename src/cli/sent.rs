//! `daybook sent`

use clap::Args as ClapArgs;

use crate::actions::{self, Sending};
use crate::model::RecordId;

use super::desk::Desk;
use super::error::Fault;
use super::fields;
use super::reply::Reply;

/// Write down that a paper was handed over: to whom, how, when
///
/// Example: daybook sent BND-1 --to "Jo Lambert" --how "by e-mail" --on "3 March 2026"
///
/// The edition keeps its numbers and its SHA-256; a later paper is a new edition.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The paper
    id: RecordId,
    /// To whom
    #[arg(long, value_name = "NAME")]
    to: String,
    /// How: by hand, by e-mail, on the court's portal
    #[arg(long, value_name = "TEXT")]
    how: String,
    /// When; now if not given
    #[arg(long, value_name = "T")]
    on: Option<String>,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let how = fields::text(desk, self.how)?;
        let sending = Sending { bundle: self.id, to: self.to, how, on: self.on };
        Ok(Reply::written(&actions::sent(&mut book, now, &sending)?))
    }
}
