//! `daybook choose`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, Chosen, Withdrawing};
use crate::model::{Choice, Instant, Profile, RecordId};
use crate::store::Book;

use super::desk::Desk;
use super::error::Fault;
use super::mark::profiles;
use super::output::{columns, display_line};
use super::reply::Reply;
use super::{ask, fields, json};

/// Choose what goes in a paper
///
/// Example: daybook choose MSG-4 MSG-9 DOC-2 --for exhibit --exhibit AR1 --context 2
///
/// For a hearing bundle say the section, and for a message, photograph or the like which order lets it
/// in: --for hearing --section C --directed "order of 3 March 2026, paragraph 4". A sent exhibit goes in
/// whole: daybook choose BND-2 --for hearing --section C. What was chosen is taken back with --withdraw.
/// `daybook choose --list` shows what has been chosen, and what of it is held back.
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
    /// For a hearing bundle: the order and paragraph that lets it in; for a schedule: that asks for it
    #[arg(long, value_name = "TEXT")]
    directed: Option<String>,
    /// How many messages before and after to show with each
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100))]
    context: u32,
    /// Take them back from that paper
    #[arg(long, conflicts_with_all = ["section", "directed", "context"])]
    withdraw: bool,
    /// Why they are taken back, in your words (- reads them from standard input)
    #[arg(long, value_name = "TEXT", requires = "withdraw")]
    why: Option<String>,
    /// Show what has been chosen
    #[arg(long, conflicts_with_all = ["ids", "exhibit", "section", "directed", "withdraw"])]
    list: bool,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        if self.list {
            return list(desk, &book, now, self.profile);
        }
        let Some(profile) = self.profile else {
            return Err(Fault::missing("--for", "for which paper", "daybook choose MSG-4 --for evidence"));
        };
        if self.withdraw {
            return self.withdraw(desk, &mut book, now, profile);
        }
        let choice = Choice {
            records: self.ids,
            profile,
            exhibit: self.exhibit,
            section: self.section.map(|letter| section_letter(&letter)).transpose()?,
            directed: self.directed.map(|text| fields::text(desk, text)).transpose()?,
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

    fn withdraw(self, desk: &mut Desk<'_>, book: &mut Book, now: Instant, profile: Profile) -> Result<Reply, Fault> {
        let why = match self.why {
            Some(why) => fields::text(desk, why)?,
            None if desk.asks() => ask::line(desk, "Why is it taken back?")?.given().unwrap_or_default(),
            None => String::new(),
        };
        let asked = Withdrawing { records: self.ids, profile, exhibit: self.exhibit, why };
        let written = actions::withdraw_choice(book, now, &asked)?;
        let human = format!("{}\n", display_line(&written.journal.sentence));
        let object = json!({
            "withdrawn": asked.records,
            "for": profile.word(),
            "choices": written.value,
            "journal": json::journal(&written.journal),
        });
        Ok(Reply::new(human, object))
    }
}

/// Sections are letters.
fn section_letter(text: &str) -> Result<String, Fault> {
    let text = text.trim();
    if text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Ok(text.to_ascii_uppercase());
    }
    Err(Fault::usage(
        format!("“{text}” is not a section"),
        "a section is one letter, from A on",
        "For example: --section C, the statements",
    ))
}

fn list(desk: &mut Desk<'_>, book: &Book, now: Instant, only: Option<Profile>) -> Result<Reply, Fault> {
    let chosen: Vec<_> =
        actions::chosen(book)?.into_iter().filter(|one| only.is_none_or(|only| one.choice.profile == only)).collect();
    let held = actions::not_shown(book, now, &chosen)?;
    let held_back = |one: &Chosen, id: RecordId| {
        let paper = (one.choice.profile, one.choice.exhibit.clone());
        held.get(&paper).and_then(|list| list.iter().find(|(held, _)| *held == id)).map(|(_, why)| why.clone())
    };
    let mut human = String::new();
    for one in &chosen {
        human.push_str(&display_line(&headline(one)));
        human.push('\n');
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (id, title) in one.choice.records.iter().zip(&one.titles) {
            rows.push(vec![format!("  {id}"), display_line(title)]);
            if let Some(why) = held_back(one, *id) {
                rows.push(vec![String::new(), display_line(&format!("not shown: {why}"))]);
            }
        }
        human.push_str(&columns(&rows, desk.terminal.width()));
    }
    if chosen.is_empty() {
        human.push_str("Nothing has been chosen yet.\n");
    }
    let list: Vec<_> = chosen
        .iter()
        .map(|one| {
            let not_shown: Vec<_> = one
                .choice
                .records
                .iter()
                .filter_map(|id| held_back(one, *id).map(|why| json!({"id": id, "why": why})))
                .collect();
            json!({
                "id": one.id,
                "for": one.choice.profile.word(),
                "records": one.choice.records,
                "exhibit": one.choice.exhibit,
                "section": one.choice.section,
                "directed": one.choice.directed,
                "context": one.choice.context,
                "not_shown": not_shown,
            })
        })
        .collect();
    Ok(Reply::new(human, json!({"choices": list})))
}

fn headline(one: &Chosen) -> String {
    let mut line = format!("{}  for {}", one.id, one.choice.profile.word());
    for (name, value) in
        [("exhibit", &one.choice.exhibit), ("section", &one.choice.section), ("directed by", &one.choice.directed)]
    {
        if let Some(value) = value {
            line.push_str(&format!(", {name} {value}"));
        }
    }
    line
}
