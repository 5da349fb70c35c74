//! `daybook people`

use clap::{Args as ClapArgs, Subcommand};
use serde_json::json;
use std::fmt::Write as _;

use crate::actions::{self, Fact, People, Reading, Set};
use crate::model::{Content, Person, RecordId, Role, Zone};

use super::desk::Desk;
use super::error::Fault;
use super::fields::Given;
use super::json;
use super::output::{columns, display_line};
use super::reply::Reply;

/// Who is who: show everybody, or add somebody
///
/// Example: daybook people add "Jo Lambert" --role mediator --email jo@example.org
///
/// Addresses, numbers and spellings belong to a person; a name alone never joins two.
#[derive(ClapArgs, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Add somebody
    Add(Box<AddArgs>),
}

/// Add somebody
///
/// Example: daybook people add "Gran Reed" --role relative --phone "07700 900123"
#[derive(ClapArgs, Debug)]
struct AddArgs {
    /// The name, as papers should have it
    name: String,
    /// me, other-parent, child, relative, mediator, solicitor, cafcass, contact-centre, witness, professional, other
    #[arg(long, default_value = "other")]
    role: String,
    /// An e-mail address of theirs (may be given again)
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    /// A telephone number of theirs (may be given again)
    #[arg(long, value_name = "NUMBER")]
    phone: Vec<String>,
    /// A user name of theirs (may be given again)
    #[arg(long, value_name = "NAME")]
    handle: Vec<String>,
    /// Another spelling of the name (may be given again)
    #[arg(long, value_name = "NAME")]
    also_known_as: Vec<String>,
    /// Date of birth
    #[arg(long, value_name = "DATE")]
    born: Option<String>,
    /// In your words: "Alex's mother"
    #[arg(long, value_name = "TEXT")]
    described: Option<String>,
    /// no, unknown, or yes and on what basis: "yes: birth certificate"
    #[arg(long, value_name = "TEXT")]
    parental_responsibility: Option<String>,
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        match self.what {
            None => list(desk),
            Some(What::Add(args)) => args.run(desk),
        }
    }
}

impl AddArgs {
    fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (mut book, now) = desk.open()?;
        let mut given = Given::at(desk);
        given
            .take("role", Some(self.role))?
            .take("born", self.born)?
            .take("described", self.described)?
            .take("parental-responsibility", self.parental_responsibility)?;
        let mut sets = given.sets();
        let several = [
            ("email", self.email),
            ("phone", self.phone),
            ("handle", self.handle),
            ("also-known-as", self.also_known_as),
        ];
        sets.extend(
            several.into_iter().flat_map(|(field, values)| values.into_iter().map(move |value| Set::new(field, value))),
        );
        let people = People::load(&book)?;
        let reading = Reading { now, zone: Zone::LONDON, people: &people };
        let person = actions::person_from(&self.name, &sets, &reading)?;
        Ok(Reply::written(&actions::add_person(&mut book, now, person)?))
    }
}

fn list(desk: &mut Desk<'_>) -> Result<Reply, Fault> {
    let (book, _) = desk.open()?;
    let people = People::load(&book)?;
    let all: Vec<(RecordId, Person, Vec<Fact>)> = people
        .everybody
        .iter()
        .map(|(id, person)| (*id, person.clone(), actions::facts(&Content::Person(person.clone()), &people)))
        .collect();
    let mut rows = Vec::new();
    for (id, person, _) in &all {
        let mut more: Vec<String> = person.identities.iter().map(|identity| identity.value.clone()).collect();
        more.extend(person.described.clone());
        let role = actions::role_word(person.role).replace('-', " ");
        rows.push(vec![id.to_string(), display_line(&person.name), role, display_line(&more.join(", "))]);
    }
    let unknown = actions::unknown_addresses(&book, &people)?;
    let mut human = columns(&rows, desk.terminal.width());
    if !unknown.is_empty() {
        human.push_str("\nAddresses in messages that belong to nobody yet:\n");
        for one in unknown.iter().take(10) {
            let count = super::output::counted(one.messages, "message");
            let _ = writeln!(human, "  {} ({count})\n    {}", display_line(&one.address), display_line(&one.next));
        }
        if unknown.len() > 10 {
            let _ = writeln!(human, "  and {} more: daybook people --json lists all", unknown.len() - 10);
        }
    }
    let list: Vec<_> = all
        .iter()
        .map(|(id, person, facts)| {
            json!({
                "id": id,
                "name": person.name,
                "role": actions::role_word(person.role),
                "child": person.role == Role::Child,
                "facts": json::facts(facts),
            })
        })
        .collect();
    let unknown: Vec<_> = unknown.iter().map(super::import::person_suggestion).collect();
    Ok(Reply::new(human, json!({"people": list, "unknown_addresses": unknown})))
}
