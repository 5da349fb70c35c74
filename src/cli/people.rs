//! `daybook people`

use clap::{Args as ClapArgs, Subcommand};
use serde_json::json;
use std::fmt::Write as _;

use crate::actions::{self, Attaching, Fact, People, PeopleChange, Reading, Set, Splitting, Written};
use crate::model::{Content, Person, RecordId, Role, Zone};

use super::desk::Desk;
use super::error::Fault;
use super::fields::{self, Given};
use super::json;
use super::output::{columns, display_line};
use super::reply::Reply;

/// Who is who: show everybody, or say whose an address is
///
/// Example: daybook people add "Jo Lambert" --role mediator --email jo@example.org
///
/// Addresses, numbers and spellings belong to a person; a name alone never joins two. Nothing that was
/// joined or taken apart is lost: each step is written down with its reason, and can be undone.
#[derive(ClapArgs, Debug)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Add somebody
    Add(Box<AddArgs>),
    /// Say that an address, a number or a name in a chat is somebody's
    Attach(AttachArgs),
    /// Say that two are one person
    Merge(MergeArgs),
    /// Give some addresses or spellings of somebody to a person of their own
    Split(SplitArgs),
    /// Take apart again what was merged
    Undo(UndoArgs),
}

/// Say that an address, a number or a name in a chat is somebody's
///
/// Example: daybook people attach PER-2 "Sam at work" --name --why "the name in my telephone"
///
/// A name may be one person's in one chat and another's in the next: --chat MSG-12 says whose it is in the chat
/// that message stands in, and takes it there from whoever had it.
#[derive(ClapArgs, Debug)]
struct AttachArgs {
    /// Whose it is: a name, or PER-2
    person: String,
    /// The address, number or user name; with --name the name, spelled exactly as the chat has it
    written: String,
    /// It is only a name, as a chat or a telephone shows it
    #[arg(long)]
    name: bool,
    /// The name is theirs in the chat of this message only (MSG-12)
    #[arg(long, value_name = "MSG", requires = "name")]
    chat: Option<RecordId>,
    /// How you know (- reads it from standard input)
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

/// Say that two are one person
///
/// Example: daybook people merge PER-3 PER-5 --why "the same nursery under two addresses"
///
/// The addresses, numbers and names of the second go to the first. The second stays readable, and every
/// record that names it is shown under the first.
#[derive(ClapArgs, Debug)]
struct MergeArgs {
    /// The one that stays
    keep: RecordId,
    /// The one that is joined to it
    other: RecordId,
    /// How you know (- reads it from standard input)
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

/// Give some addresses or spellings of somebody to a person of their own
///
/// Example: daybook people split PER-3 --take office@example.org --as "Elm Street Nursery" --why "a shared address"
#[derive(ClapArgs, Debug)]
struct SplitArgs {
    /// From whom
    person: RecordId,
    /// An address, number or spelling that is not theirs (may be given again)
    #[arg(long, required = true, value_name = "ADDRESS|NAME")]
    take: Vec<String>,
    /// The name of the person it belongs to
    #[arg(long = "as", value_name = "NAME")]
    name: String,
    /// The names are that person's in the chat of this message only (MSG-12)
    #[arg(long, value_name = "MSG")]
    chat: Option<RecordId>,
    /// What that person is: relative, mediator, solicitor, professional, other …
    #[arg(long, default_value = "other")]
    role: String,
    /// How you know (- reads it from standard input)
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
}

/// Take apart again what was merged
///
/// Example: daybook people undo PER-5 --why "they are two after all"
#[derive(ClapArgs, Debug)]
struct UndoArgs {
    /// The one that was joined to another
    person: RecordId,
    /// How you know (- reads it from standard input)
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
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
            Some(What::Attach(args)) => args.run(desk),
            Some(What::Merge(args)) => {
                let why = given_why(desk, args.why)?;
                let (mut book, now) = desk.open()?;
                Ok(changed(&actions::merge(&mut book, now, args.keep, args.other, &why)?))
            }
            Some(What::Split(args)) => args.run(desk),
            Some(What::Undo(args)) => {
                let why = given_why(desk, args.why)?;
                let (mut book, now) = desk.open()?;
                Ok(changed(&actions::undo_merge(&mut book, now, args.person, &why)?))
            }
        }
    }
}

impl AttachArgs {
    fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let why = given_why(desk, self.why)?;
        let (mut book, now) = desk.open()?;
        let to = People::load(&book)?.find(&self.person)?;
        let attaching = Attaching { to, written: self.written, by_name: self.name, chat: self.chat, why };
        Ok(changed(&actions::attach(&mut book, now, &attaching)?))
    }
}

impl SplitArgs {
    fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let why = given_why(desk, self.why)?;
        let (mut book, now) = desk.open()?;
        let people = People::load(&book)?;
        let reading = Reading { now, zone: Zone::LONDON, people: &people };
        let role = actions::person_from(&self.name, &[Set::new("role", self.role)], &reading)?.role;
        let (from, take, name, chat) = (self.person, self.take, self.name, self.chat);
        let splitting = Splitting { from, take, name, role, chat, why };
        Ok(changed(&actions::split(&mut book, now, &splitting)?))
    }
}

fn given_why(desk: &mut Desk<'_>, why: Option<String>) -> Result<String, Fault> {
    Ok(why.map(|why| fields::text(desk, why)).transpose()?.unwrap_or_default())
}

/// Whom a change concerned, as they now stand.
fn changed(change: &PeopleChange) -> Reply {
    let mut human = String::new();
    for entry in &change.people {
        let _ = writeln!(human, "{}  {}", entry.id, display_line(&entry.title));
    }
    let _ = writeln!(human, "Written down (journal {}).", change.journal.seq);
    for doubt in &change.unsettled {
        let _ = writeln!(human, "\n{}.\n{}", display_line(&doubt.what()), display_line(&doubt.next()));
    }
    Reply::new(human, json::people_change(change))
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

/// How many unknown addresses people are shown.
const MOST_UNKNOWN: usize = 10;

struct Listed {
    id: RecordId,
    person: Person,
    facts: Vec<Fact>,
    written: Written,
}

fn list(desk: &mut Desk<'_>) -> Result<Reply, Fault> {
    let (book, _) = desk.open()?;
    let people = People::load(&book)?;
    let mut all = Vec::new();
    for (id, person) in &people.everybody {
        let facts = actions::facts(&Content::Person(person.clone()), &people);
        let written = actions::written_with(&book, &people, *id)?;
        all.push(Listed { id: *id, person: person.clone(), facts, written });
    }
    let unknown = actions::unknown_correspondents(&book, &people)?;
    let mut rows = Vec::new();
    for one in all.iter().filter(|one| one.person.merged.is_none()) {
        let mut more: Vec<String> = one.person.identities.iter().map(|identity| identity.value.clone()).collect();
        more.extend(one.person.described.clone());
        more.extend(in_messages(&one.written));
        let joined =
            all.iter().filter(|other| other.person.merged.as_ref().is_some_and(|merged| merged.into == one.id));
        more.extend(joined.map(|other| format!("with {}", other.id)));
        let role = actions::role_word(one.person.role).replace('-', " ");
        rows.push(vec![one.id.to_string(), display_line(&one.person.name), role, display_line(&more.join(", "))]);
    }
    let mut human = columns(&rows, desk.terminal.width());
    if !unknown.is_empty() {
        human.push_str("\nIn messages, and nobody's yet:\n");
        for one in unknown.iter().take(MOST_UNKNOWN) {
            let written = Written { messages: one.messages, first: one.first, last: one.last };
            let what = if one.by_name { "a name in a chat, " } else { "" };
            let about = in_messages(&written).unwrap_or_default();
            let _ =
                writeln!(human, "  {} ({what}{about})\n    {}", display_line(&one.address), display_line(&one.next));
        }
        if unknown.len() > MOST_UNKNOWN {
            let _ = writeln!(human, "  and {} more: daybook people --json lists all", unknown.len() - MOST_UNKNOWN);
        }
    }
    let list: Vec<_> = all
        .iter()
        .map(|one| {
            json!({
                "id": one.id,
                "name": one.person.name,
                "role": actions::role_word(one.person.role),
                "child": one.person.role == Role::Child,
                "facts": json::facts(&one.facts),
                "messages": one.written.messages,
                "first": one.written.first,
                "last": one.written.last,
                "joined_to": one.person.merged.as_ref().map(|merged| merged.into),
            })
        })
        .collect();
    let unknown: Vec<_> = unknown.iter().map(super::import::person_suggestion).collect();
    Ok(Reply::new(human, json!({"people": list, "unknown_addresses": unknown})))
}

/// `12 messages, 2 March 2026 to 6 June 2026`.
fn in_messages(written: &Written) -> Option<String> {
    let count = super::output::counted(written.messages, "message");
    match (written.messages, written.first, written.last) {
        (0, _, _) => None,
        (_, Some(first), Some(last)) if first == last => Some(format!("{count}, {}", first.plain())),
        (_, Some(first), Some(last)) => Some(format!("{count}, {} to {}", first.plain(), last.plain())),
        _ => Some(count),
    }
}
