//! Where things stand, and what one would do next.

use crate::model::{Content, Instant, Noun, When};
use crate::store::{Book, Filter};

use super::{ActionError, People, case};

/// Where things stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Status {
    /// How many records of each kind, leaving out kinds with none.
    pub counts: Vec<(Noun, usize)>,
    /// The time span of what is kept.
    pub span: Option<(When, When)>,
    /// The case number, where known.
    pub case_number: Option<String>,
    /// The coming hearing.
    pub hearing: Option<When>,
    /// What else is known of it: its kind and how long it will take.
    pub hearing_facts: Vec<String>,
    /// The last journal entry: its sentence and when.
    pub last: Option<(String, Instant)>,
    /// What one would do next: at most five, the most useful first.
    pub next: Vec<NextThing>,
}

/// One thing to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextThing {
    /// Why, in one sentence.
    pub why: String,
    /// The command.
    pub command: String,
}

/// Tells where things stand.
///
/// # Errors
/// Reading failed.
pub fn status(book: &Book, now: Instant) -> Result<Status, ActionError> {
    let listed = book.list(&Filter::default())?;
    let mut counts: Vec<(Noun, usize)> = Vec::new();
    for noun in Noun::ALL.into_iter().filter(|noun| noun.in_timeline()) {
        let count = listed.iter().filter(|line| line.id.noun == noun).count();
        if count > 0 {
            counts.push((noun, count));
        }
    }
    let told = |line: &&crate::store::Listed| !matches!(line.id.noun, Noun::Bundle | Noun::Import);
    let mut times = listed.iter().filter(told).filter_map(|line| line.when.clone());
    let span = times.next().map(|first| {
        let last = times.next_back().unwrap_or_else(|| first.clone());
        (first, last)
    });
    let case = case::current_case(book)?.map(|(_, case)| case).unwrap_or_default();
    let hearing = case.hearing.as_ref().map(|hearing| hearing.when.clone()).filter(|when| when.sort_key() >= now.0);
    let mut hearing_facts = Vec::new();
    if let Some(known) = case.hearing.as_ref().filter(|_| hearing.is_some()) {
        hearing_facts.extend(known.kind.clone());
        hearing_facts.extend(known.time_estimate.as_ref().map(|estimate| format!("time estimate {estimate}")));
        match known.prepares {
            Some(true) => hearing_facts.push("you prepare the bundle".to_owned()),
            Some(false) => hearing_facts.push("somebody else prepares the bundle".to_owned()),
            None => {}
        }
    }
    let last = book.journal()?.pop().map(|entry| (entry.sentence, entry.at));
    let next = next_things(book, &case, hearing.as_ref(), &counts)?;
    Ok(Status { counts, span, case_number: case.number, hearing, hearing_facts, last, next })
}

fn next_things(
    book: &Book,
    case: &crate::model::Case,
    hearing: Option<&When>,
    counts: &[(Noun, usize)],
) -> Result<Vec<NextThing>, ActionError> {
    let count = |noun: Noun| counts.iter().find(|(known, _)| *known == noun).map_or(0, |(_, count)| *count);
    let mut next = Vec::new();
    let mut say = |why: String, command: String| next.push(NextThing { why, command });
    for record in book.all(Noun::Import)? {
        if let Content::Import(import) = &record.content
            && import.finished.is_none()
        {
            let paths: Vec<&str> = import.sources.iter().map(|source| source.path.as_str()).collect();
            let what = if paths.is_empty() { "PATH".to_owned() } else { paths.join(" ") };
            say(
                format!("An import was interrupted ({}); what it read is kept.", record.id),
                format!("daybook import {what}"),
            );
        }
    }
    for record in book.all(Noun::Incident)? {
        if let Content::Incident(incident) = &record.content
            && incident.kind.is_none()
        {
            let what = match incident.when() {
                Some(when) => format!("The entry of {} is unfinished.", when.london_date().long()),
                None => "An entry is unfinished.".to_owned(),
            };
            say(what, format!("daybook amend {}", record.id));
        }
    }
    if let Some(hearing) = hearing {
        let day = hearing.london_date().long();
        if case.court.is_none() || case.number.is_none() {
            say(
                format!("The hearing of {day} has a court and a case number: headings need both."),
                "daybook case".into(),
            );
        } else {
            match paper_to_send(book)? {
                None => say(format!("Make what goes to the hearing of {day}."), "daybook prepare".into()),
                Some(Unsent::Sent) => {}
                Some(Unsent::Made(id)) => say(
                    format!("{id} was made and is not written down as sent. Once it has gone:"),
                    format!("daybook sent {id} --to NAME --how \"by e-mail\""),
                ),
            }
        }
    }
    if count(Noun::Incident) == 0 {
        say("Write down a contact event, good or bad, while it is fresh.".into(), "daybook log".into());
    }
    if count(Noun::Message) == 0 {
        say("Bring in saved e-mails.".into(), "daybook import FOLDER".into());
    }
    if count(Noun::Order) == 0 {
        say("If there is a court order, keep it with its exact words.".into(), "daybook order add FILE".into());
    }
    if case.court.is_none() && case.number.is_none() && count(Noun::Order) > 0 {
        say("Papers for a court need its name and the case number.".into(), "daybook case".into());
    }
    if People::load(book)?.everybody.len() > 1 && count(Noun::Message) > 0 && nobody_has_an_address(book)? {
        say("Say whose the addresses in the messages are.".into(), "daybook people".into());
    }
    if count(Noun::Incident) > 0 {
        say("Write down the next contact event on the day.".into(), "daybook log".into());
        say("Read what is kept, in order.".into(), "daybook timeline".into());
    }
    if count(Noun::Incident) > 0 && count(Noun::Bundle) == 0 {
        say("See what a paper would hold, without making it.".into(), "daybook bundle --for evidence --dry-run".into());
    }
    next.truncate(5);
    Ok(next)
}

/// The latest paper made for a court.
enum Unsent {
    /// It is not written down as sent.
    Made(crate::model::RecordId),
    /// It is.
    Sent,
}

fn paper_to_send(book: &Book) -> Result<Option<Unsent>, ActionError> {
    let latest = book
        .all(Noun::Bundle)?
        .into_iter()
        .rfind(|record| matches!(&record.content, Content::Bundle(bundle) if bundle.to == crate::model::Reader::Court));
    let Some(latest) = latest else { return Ok(None) };
    let sent = super::sendings(book)?.iter().any(|line| line.edition == latest.id);
    Ok(Some(if sent { Unsent::Sent } else { Unsent::Made(latest.id) }))
}

fn nobody_has_an_address(book: &Book) -> Result<bool, ActionError> {
    Ok(People::load(book)?.everybody.iter().all(|(_, person)| person.identities.is_empty()))
}
