//! `daybook amend`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, People, Reading, Set};
use crate::model::{Content, Instant, Noun, RecordId, Zone};
use crate::store::Book;

use super::ask::{self, Answer};
use super::desk::Desk;
use super::error::Fault;
use super::output::{columns, display_line};
use super::reply::Reply;
use super::{fields, json};

/// Correct a record, or finish an entry; the first words stay readable
///
/// Example: daybook amend INC-1 --set kind=late --set "started=5.40pm" --why "Finished the entry"
///
/// Without --set, the questions of `daybook log` that a contact event does not answer yet are asked.
/// `daybook amend --fields incident` lists what can be set and what each takes; so for message,
/// document, order, step, note, person and case. `--set place=` takes a field away.
#[derive(ClapArgs, Debug)]
pub struct Args {
    /// The record
    #[arg(required_unless_present = "fields")]
    id: Option<RecordId>,
    /// A field and its new words (may be given again; FIELD=- reads them from standard input)
    #[arg(long, value_name = "FIELD=TEXT")]
    set: Vec<String>,
    /// Why it is corrected
    #[arg(long, value_name = "TEXT")]
    why: Option<String>,
    /// List the fields of a kind of record
    #[arg(long, value_name = "KIND", value_parser = nouns())]
    fields: Option<Noun>,
}

const NOUNS: [Noun; 8] =
    [Noun::Incident, Noun::Message, Noun::Document, Noun::Order, Noun::Step, Noun::Note, Noun::Person, Noun::Case];

fn nouns() -> impl clap::builder::TypedValueParser<Value = Noun> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(NOUNS.map(Noun::word))
        .map(|word| Noun::from_word(&word).expect("clap lets only these words through"))
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        if let Some(noun) = self.fields {
            return Ok(list_fields(desk, noun));
        }
        let Some(id) = self.id else {
            return Err(Fault::missing("ID", "which record", "daybook amend INC-1 --set kind=kept --why \"…\""));
        };
        let mut sets = Vec::with_capacity(self.set.len());
        for pair in &self.set {
            sets.push(split(desk, pair)?);
        }
        let (mut book, now) = desk.open()?;
        let mut finishes = false;
        if sets.is_empty() {
            (sets, finishes) = self::ask_for_the_rest(desk, &book, now, id)?;
            if sets.is_empty() {
                return Ok(Reply::new("Nothing was changed.\n", json!({"id": null})));
            }
        }
        let now = desk.now_for(book.info().practice).unwrap_or(now);
        let why = match self.why {
            Some(why) => fields::text(desk, why)?,
            None if finishes => "Finished the entry".to_owned(),
            None if desk.asks() => match ask::line(desk, "Why is it corrected?")? {
                Answer::Given(why) => why,
                _ => return Ok(Reply::new("Nothing was changed.\n", json!({"id": null}))),
            },
            None => return Err(Fault::missing("--why", "why it is corrected", "--why \"I had the wrong day\"")),
        };
        let amended = actions::amend(&mut book, now, id, &sets, &why)?;
        super::wording::remark_on(desk, id.noun, &sets, id);
        let mut human = format!("{id}  version {}: {}\n", amended.version, display_line(&amended.stored.entry.title));
        let rows: Vec<Vec<String>> = amended
            .changes
            .iter()
            .flat_map(|change| {
                [
                    vec![format!("  {}", change.field), "before".into(), display_line(&change.before)],
                    vec![String::new(), "now".into(), display_line(&change.after)],
                ]
            })
            .collect();
        human.push_str(&columns(&rows, desk.terminal.width()));
        let mut object = json::written(&amended.stored);
        if let Some(members) = object.as_object_mut() {
            members.insert("amended_to".into(), json!(amended.version));
            let changes: Vec<_> = amended
                .changes
                .iter()
                .map(|change| json!({"field": change.field, "before": change.before, "after": change.after}))
                .collect();
            members.insert("changes".into(), json!(changes));
        }
        Ok(Reply::new(human, object))
    }
}

/// The fields a contact event does not hold yet, asked for, and whether that finishes it.
fn ask_for_the_rest(desk: &mut Desk<'_>, book: &Book, now: Instant, id: RecordId) -> Result<(Vec<Set>, bool), Fault> {
    let entry = match book.record(id)?.map(|record| record.content) {
        Some(Content::Incident(entry)) if desk.asks() => entry,
        Some(_) => return Err(Fault::missing("--set", "what to correct", "--set place=\"Elmgrove Library\"")),
        None => return Err(actions::ActionError::UnknownId { id }.into()),
    };
    let people = People::load(book)?;
    let reading = Reading { now, zone: Zone::LONDON, people: &people };
    let sets = super::log::ask_for_the_rest(desk, &reading, &entry)?;
    let finishes = entry.kind.is_none() && sets.iter().any(|set| set.field == "kind");
    Ok((sets, finishes))
}

fn split(desk: &mut Desk<'_>, pair: &str) -> Result<Set, Fault> {
    let Some((field, text)) = pair.split_once('=') else {
        return Err(Fault::usage(
            format!("--set {pair} has no ="),
            "it takes a field and its new words",
            "Write it like this: --set place=\"Elmgrove Library\"",
        ));
    };
    Ok(Set::new(field.trim(), fields::text(desk, text.to_owned())?))
}

fn list_fields(desk: &mut Desk<'_>, noun: Noun) -> Reply {
    let help = actions::field_help(noun);
    let rows: Vec<Vec<String>> =
        help.iter().map(|field| vec![format!("  {}", field.name), field.takes.to_owned()]).collect();
    let human = format!(
        "Fields of the kind {} (set with --set FIELD=TEXT):\n{}",
        noun.word(),
        columns(&rows, desk.terminal.width())
    );
    let list: Vec<_> = help.iter().map(|field| json!({"name": field.name, "takes": field.takes})).collect();
    Reply::new(human, json!({"kind": noun.word(), "fields": list}))
}
