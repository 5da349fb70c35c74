//! `daybook choose`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions;
use crate::model::{Choice, Profile, RecordId};

use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::mark::profiles;
use super::output::{columns, display_line};
use super::reply::Reply;

/// Choose what goes in a paper
///
/// Example: daybook choose MSG-4 MSG-9 DOC-2 --for exhibit --exhibit AR1 --context 2
///
/// `daybook choose --list` shows what has been chosen.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The records, in the order you want them
    #[arg(required_unless_present = "list")]
    ids: Vec<RecordId>,
    /// For which paper
    #[arg(long = "for", value_parser = profiles(), value_name = "PROFILE", required_unless_present = "list")]
    profile: Option<Profile>,
    /// The exhibit they belong to: AR1
    #[arg(long, value_name = "MARK")]
    exhibit: Option<String>,
    /// The section they belong to: C
    #[arg(long, value_name = "L")]
    section: Option<String>,
    /// How many messages before and after to show with each
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    context: u32,
    /// Show what has been chosen
    #[arg(long, conflicts_with_all = ["ids", "exhibit", "section"])]
    list: bool,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        if self.list {
            return list(desk, &book, self.profile);
        }
        let Some(profile) = self.profile else {
            return Err(Fault::missing("--for", "for which paper", "daybook choose MSG-4 --for evidence"));
        };
        let choice = Choice {
            records: self.ids,
            profile,
            exhibit: self.exhibit,
            section: self.section,
            directed: None,
            context: self.context,
            withdrawn: false,
        };
        let shown: Vec<String> = choice.records.iter().map(RecordId::to_string).collect();
        let written = actions::choose(&mut book, now, choice)?;
        let human = format!("{}  Chosen for {}: {}\n", written.value, profile.word(), shown.join(", "));
        let object = json!({
            "id": written.value,
            "for": profile.word(),
            "records": shown,
            "journal": json::journal(&written.journal),
        });
        Ok(Reply::new(human, object))
    }
}

fn list(desk: &mut Desk<'_>, book: &crate::store::Book, only: Option<Profile>) -> Result<Reply, Fault> {
    let chosen: Vec<_> =
        actions::chosen(book)?.into_iter().filter(|one| only.is_none_or(|only| one.choice.profile == only)).collect();
    let mut human = String::new();
    for one in &chosen {
        let exhibit = one.choice.exhibit.as_ref().map(|mark| format!(", exhibit {mark}")).unwrap_or_default();
        let section = one.choice.section.as_ref().map(|letter| format!(", section {letter}")).unwrap_or_default();
        human.push_str(&display_line(&format!("{}  for {}{exhibit}{section}", one.id, one.choice.profile.word())));
        human.push('\n');
        let rows: Vec<Vec<String>> = one
            .choice
            .records
            .iter()
            .zip(&one.titles)
            .map(|(id, title)| vec![format!("  {id}"), display_line(title)])
            .collect();
        human.push_str(&columns(&rows, desk.terminal.width()));
    }
    if chosen.is_empty() {
        human.push_str("Nothing has been chosen yet.\n");
    }
    let list: Vec<_> = chosen
        .iter()
        .map(|one| {
            json!({
                "id": one.id,
                "for": one.choice.profile.word(),
                "records": one.choice.records,
                "exhibit": one.choice.exhibit,
                "section": one.choice.section,
                "context": one.choice.context,
            })
        })
        .collect();
    Ok(Reply::new(human, json!({"choices": list})))
}
