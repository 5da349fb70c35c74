//! `daybook contact`

use clap::Args as ClapArgs;
use serde_json::json;
use std::path::PathBuf;

use crate::actions::{self, Contact};
use crate::contact::{Because, Counting, csv, ics};
use crate::model::RecordId;

use super::contact_words::human;
use super::desk::Desk;
use super::error::Fault;
use super::reply::Reply;

/// Contact that was due, and what became of it: by month, with your own cancellations
///
/// Example: daybook contact --from "1 January 2026" --until "31 March 2026"
///
/// Sessions are computed from the words of orders and agreements, up to now, and meet what you wrote
/// down. Of what nobody wrote down the outcome is not known; it is never taken as missed. To write one
/// down: daybook log --session KEY. Contact that was only asked for is never due, and stands apart.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// From this day on
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Until this day, included
    #[arg(long, value_name = "D")]
    until: Option<String>,
    /// Only contact due for this reason: order, agreement, pattern, asked or not-said
    #[arg(long, value_name = "B", value_parser = reasons())]
    basis: Option<Because>,
    /// Only contact due under this order
    #[arg(long, value_name = "ORD-1")]
    order: Option<RecordId>,
    /// Only contact due under paragraphs of this number
    #[arg(long, value_name = "3a")]
    para: Option<String>,
    /// Write the sessions as a table for a spreadsheet; - prints it
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Write the sessions as events of a calendar; - prints them
    #[arg(long, value_name = "FILE", conflicts_with = "csv")]
    ics: Option<PathBuf>,
}

fn reasons() -> impl clap::builder::TypedValueParser<Value = Because> {
    use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Because::ALL.map(|row| PossibleValue::new(row.1)))
        .map(|word| Because::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, now) = desk.open()?;
        let counting = Counting { because: self.basis, order: self.order, paragraph: self.para, ..Counting::default() };
        let contact = actions::contact(&book, now, self.from.as_deref(), self.until.as_deref(), counting)?;
        let said = match (self.csv, self.ics) {
            (Some(path), _) => written(desk, &path, csv(&contact.figures))?,
            (None, Some(path)) => written(desk, &path, ics(&contact.figures, now))?,
            (None, None) => human(&contact, desk.terminal.width()),
        };
        Ok(Reply::new(said, object(&contact)))
    }
}

fn object(contact: &Contact) -> serde_json::Value {
    json!(contact.figures)
}

/// To the file, or to standard output where the file is called `-`.
fn written(desk: &mut Desk<'_>, path: &std::path::Path, text: String) -> Result<String, Fault> {
    if path.as_os_str() == "-" {
        return Ok(text);
    }
    actions::write_new(path, &text)?;
    desk.say("Written. It holds what your record holds: keep it as you keep the book.");
    Ok(format!("{}\n", super::output::display_line(&path.display().to_string())))
}
