//! `daybook terms`

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand};
use serde_json::{Value, json};

use crate::actions::terms::{self as action, Terms};
use crate::model::when::{read_when, read_when_ahead};
use crate::model::{Date, Instant, SchoolTerm, Zone};

use super::bundle::findings_lines;
use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::output::{columns, display_line};
use super::reply::Reply;

/// School terms, which holidays and times by the school day follow
///
/// Example: daybook terms add "Autumn term 2026" --from "2 September 2026" --until "18 December 2026"
/// --half-term-from "26 October 2026" --half-term-until "30 October 2026"
///
/// A school holiday is what lies between two terms that follow each other; where a term is missing, nothing is
/// guessed. A calendar of the school or the council can be read: daybook terms import TERMS.ics. Without more
/// words the terms are listed.
#[derive(ClapArgs, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Write down a term, or put right the one of that name
    Add(Box<AddArgs>),
    /// Read terms from a calendar file (.ics) you have
    Import {
        /// The file; it is kept as well
        file: PathBuf,
    },
    /// Take a term away
    Remove {
        /// Its name
        name: String,
        /// Why
        #[arg(long, value_name = "TEXT")]
        why: Option<String>,
    },
    /// Show the terms and the holidays between them
    List,
}

#[derive(ClapArgs, Debug)]
struct AddArgs {
    /// Its name: Autumn term 2026
    name: String,
    /// The first day of school
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// The last day of school
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// The first day of half-term
    #[arg(long, value_name = "DATE", requires = "half_term_until")]
    half_term_from: Option<String>,
    /// The last day of half-term
    #[arg(long, value_name = "DATE", requires = "half_term_from")]
    half_term_until: Option<String>,
    /// Where the dates stand: the school's letter, the council's page
    #[arg(long, value_name = "TEXT")]
    source: Option<String>,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        match self.what {
            None | Some(What::List) => {
                let (book, _) = desk.open()?;
                Ok(reply(desk, &action::terms(&book)?))
            }
            Some(What::Add(args)) => args.run(desk),
            Some(What::Import { file }) => {
                let (mut book, now) = desk.open()?;
                let terms = action::import_terms(&mut book, now, &file)?;
                Ok(reply(desk, &terms))
            }
            Some(What::Remove { name, why }) => {
                let (mut book, now) = desk.open()?;
                let Some(why) = why.filter(|why| !why.trim().is_empty()) else {
                    let example = "daybook terms remove \"Autumn term 2026\" --why \"the wrong school\"";
                    return Err(Fault::missing("--why", "why the term is taken away", example));
                };
                let terms = action::remove_term(&mut book, now, &name, &why)?;
                Ok(reply(desk, &terms))
            }
        }
    }
}

impl AddArgs {
    fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let (Some(from), Some(until)) = (&self.from, &self.until) else {
            let example =
                "daybook terms add \"Autumn term 2026\" --from \"2 September 2026\" --until \"18 December 2026\"";
            return Err(Fault::missing("--from and --until", "when the term starts and ends", example));
        };
        let half = match (&self.half_term_from, &self.half_term_until) {
            (Some(from), Some(until)) => Some((date(from, now)?, date(until, now)?)),
            _ => None,
        };
        let term = SchoolTerm {
            from: date(from, now)?,
            until: date(until, now)?,
            name: self.name.trim().to_owned(),
            half_term: half,
            source: self.source,
        };
        let terms = action::add_term(&mut book, now, term)?;
        Ok(reply(desk, &terms))
    }
}

/// A date with its year; one without is the next to come.
fn date(words: &str, now: Instant) -> Result<Date, Fault> {
    let when = read_when(words, now, Zone::LONDON).or_else(|_| read_when_ahead(words, now, Zone::LONDON));
    Ok(when.map_err(crate::actions::ActionError::from)?.start.date)
}

fn reply(desk: &mut Desk<'_>, terms: &Terms) -> Reply {
    let width = desk.terminal.width();
    let mut human = String::new();
    if terms.terms.is_empty() {
        human.push_str(
            "No school terms are written down. Add one: daybook terms add \"Autumn term 2026\" --from … --until …\n",
        );
    } else {
        let rows: Vec<Vec<String>> = terms.terms.iter().map(row).collect();
        human.push_str(&columns(&rows, width));
    }
    if !terms.holidays.is_empty() {
        human.push_str("\nWithout school between them:\n");
        for line in &terms.holidays {
            human.push_str(&format!("  {}\n", display_line(line)));
        }
    }
    human.push_str(&findings_lines(&terms.findings));
    let mut object = json!({"terms": terms.terms, "findings": terms.findings});
    if let Some(journal) = &terms.journal {
        object["journal"] = json::journal(journal);
        object["document"] = terms.document.map_or(Value::Null, |id| json!(id));
    }
    Reply::new(human, object)
}

fn row(term: &SchoolTerm) -> Vec<String> {
    let half = term.half_term.map(|(from, until)| format!("half-term {} to {}", from.table(), until.table()));
    vec![
        format!("  {}", display_line(&term.name)),
        term.from.table(),
        format!("to {}", term.until.table()),
        half.unwrap_or_default(),
    ]
}
