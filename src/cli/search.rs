//! `daybook search`

use clap::Args as ClapArgs;
use serde_json::{Value, json};
use std::fmt::Write as _;

use crate::actions;

use super::desk::Desk;
use super::error::Fault;
use super::output::{columns, counted, display_line, wrapped};
use super::reply::Reply;
use super::timeline::{Filters, row};
use super::{fields, json};

/// Find records by their words, best first
///
/// Example: daybook search library handover --kind message
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The words (- reads them from standard input)
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    filters: Filters,
}

/// How many hits are shown to people where no limit is given.
const MOST: usize = 50;

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let words = fields::text(desk, self.words.join(" "))?;
        let (book, now) = desk.open()?;
        let mut query = self.filters.query(None);
        query.limit = query.limit.or(Some(MOST));
        let lines = actions::search(&book, now, &words, &query)?;
        let width = desk.terminal.width();
        let mut human = String::new();
        for line in &lines {
            human.push_str(&columns(&[row(line)], width));
            if let Some(excerpt) = &line.excerpt {
                let shown = excerpt.replace('\u{1}', "[").replace('\u{2}', "]");
                human.push_str(&wrapped(&display_line(&shown), width, "    ", "    "));
                human.push('\n');
            }
        }
        let most = if Some(lines.len()) == query.limit { " (there may be more: --limit N)" } else { "" };
        let _ = writeln!(human, "{}{most}", counted(lines.len() as u64, "record"));
        let entries: Vec<Value> = lines
            .iter()
            .map(|line| {
                let mut entry = json::entry(&line.entry);
                if let Some(members) = entry.as_object_mut() {
                    let plain = line.excerpt.as_ref().map(|text| text.replace(['\u{1}', '\u{2}'], ""));
                    members.insert("excerpt".into(), json!(plain));
                }
                entry
            })
            .collect();
        Ok(Reply::new(human, json!({"entries": entries})))
    }
}
