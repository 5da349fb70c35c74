//! `daybook checkpoint`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions;

use super::desk::Desk;
use super::error::Fault;
use super::reply::Reply;

/// The head of the record, to give to somebody who can say later when they had it
///
/// Example: daybook checkpoint > checkpoint.txt
///
/// By itself a record cannot show that its owner did not rewrite it. Somebody else who holds these
/// lines can show that what they speak of has not been changed since. They tell nothing of its content.
#[derive(ClapArgs, Debug)]
pub struct Args {}

impl Args {
    #[expect(clippy::unused_self, reason = "every command is run the same way")]
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, _) = desk.open()?;
        let checkpoint = actions::checkpoint(&book)?;
        let object = json!({
            "book": checkpoint.book,
            "seq": checkpoint.seq,
            "head": checkpoint.head,
            "at": checkpoint.at,
            "text": checkpoint.text(),
        });
        Ok(Reply::new(checkpoint.text(), object))
    }
}
