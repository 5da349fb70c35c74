//! `daybook timeline`

use clap::Args as ClapArgs;
use serde_json::json;

use crate::actions::{self, Entry, Line, TimelineQuery};
use crate::model::{Channel, Noun, Privilege, RecordId};

use super::desk::Desk;
use super::error::Fault;
use super::json;
use super::output::{columns, display_line};
use super::reply::Reply;

/// Everything in order of time
///
/// Example: daybook timeline --from "1 March 2026" --until "31 March 2026" --kind incident
///
/// Records whose time is not known stand at the end.
#[derive(ClapArgs, Debug)]
pub struct Args {
    #[command(flatten)]
    filters: Filters,
    /// Only with all of these words
    #[arg(long = "match", value_name = "WORDS")]
    matching: Option<String>,
}

/// What a listing is narrowed to.
#[derive(ClapArgs, Debug)]
pub struct Filters {
    /// From this day on
    #[arg(long, value_name = "D")]
    from: Option<String>,
    /// Until this day, included
    #[arg(long, value_name = "D")]
    until: Option<String>,
    /// Only this kind (may be given again): incident, message, document, order, step, note, bundle, import
    #[arg(long, value_parser = nouns(), value_name = "K", hide_possible_values = true)]
    kind: Vec<Noun>,
    /// Only with this person (may be given again)
    #[arg(long, value_name = "N")]
    with: Vec<String>,
    /// Only messages sent this way (may be given again): email, sms, whatsapp, messenger, signal, call …
    #[arg(long, value_parser = channels(), value_name = "C", hide_possible_values = true)]
    channel: Vec<Channel>,
    /// Only messages that this import read (may be given again): IMP-1
    #[arg(long, value_name = "IMP-ID")]
    source: Vec<RecordId>,
    /// At most so many
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

fn nouns() -> impl clap::builder::TypedValueParser<Value = Noun> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Noun::ALL.into_iter().filter(|noun| noun.in_timeline()).map(Noun::word))
        .map(|word| Noun::from_word(&word).expect("clap lets only these words through"))
}

fn channels() -> impl clap::builder::TypedValueParser<Value = Channel> {
    use clap::builder::{PossibleValuesParser, TypedValueParser as _};
    PossibleValuesParser::new(Channel::ALL.map(Channel::word))
        .map(|word| Channel::from_word(&word).expect("clap lets only these words through"))
}

impl Filters {
    /// The query of these filters.
    pub fn query(self, matching: Option<String>) -> TimelineQuery {
        TimelineQuery {
            from: self.from,
            until: self.until,
            nouns: self.kind,
            with: self.with,
            matching,
            channels: self.channel,
            imports: self.source,
            limit: self.limit,
        }
    }
}

impl Args {
    pub fn run(self, desk: &mut Desk<'_>) -> Result<Reply, Fault> {
        let (book, now) = desk.open()?;
        let lines = actions::timeline(&book, now, &self.filters.query(self.matching))?;
        let human = if lines.is_empty() {
            "Nothing is kept here yet, or nothing matches.\n".to_owned()
        } else {
            columns(&lines.iter().map(row).collect::<Vec<_>>(), desk.terminal.width())
        };
        Ok(Reply::new(human, json!({"entries": entries(&lines)})))
    }
}

/// A line for people: id, when, title and what guards it.
pub fn row(line: &Line) -> Vec<String> {
    let entry = &line.entry;
    let when = entry.when.as_ref().map_or_else(|| "time not known".to_owned(), crate::model::When::table);
    vec![entry.id.to_string(), display_line(&when), display_line(&format!("{}{}", entry.title, guards(entry)))]
}

fn guards(entry: &Entry) -> String {
    let mut said = Vec::new();
    if entry.privilege != Privilege::None {
        said.push(entry.privilege.word().to_owned());
    }
    if entry.confidential {
        said.push("confidential".to_owned());
    }
    if entry.amended {
        said.push("corrected".to_owned());
    }
    said.extend(entry.people.iter().filter(|one| one.not_known).map(|one| one.name.clone()));
    said.extend(entry.delay.map(|delay| format!("written {}", delay.words())));
    if said.is_empty() { String::new() } else { format!(" [{}]", said.join(", ")) }
}

fn entries(lines: &[Line]) -> Vec<serde_json::Value> {
    lines.iter().map(|line| json::entry(&line.entry)).collect()
}
