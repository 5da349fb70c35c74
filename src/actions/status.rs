//! Where things stand, and what one would do next.

use crate::model::{Instant, Noun, When};
use crate::store::{Book, Filter};

use super::{ActionError, NextThing, People, case};

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
    let next = next_things(book, now, &case, &counts)?;
    Ok(Status { counts, span, case_number: case.number, hearing, hearing_facts, last, next })
}

/// At most so many things of one kind stand among the five: the rest is in `daybook next`.
const OF_A_KIND: usize = 2;

/// The first of what is unfinished, and how to go on where little is.
fn next_things(
    book: &Book,
    now: Instant,
    case: &crate::model::Case,
    counts: &[(Noun, usize)],
) -> Result<Vec<NextThing>, ActionError> {
    let count = |noun: Noun| counts.iter().find(|(known, _)| *known == noun).map_or(0, |(_, count)| *count);
    let mut next: Vec<NextThing> = Vec::new();
    for thing in super::unfinished(book, now)? {
        if next.iter().filter(|known| known.kind == thing.kind).count() < OF_A_KIND {
            next.push(thing);
        }
    }
    let mut say = |why: &str, command: &str| {
        next.push(NextThing { kind: "go-on", why: why.to_owned(), command: command.to_owned(), about: Vec::new() });
    };
    if count(Noun::Incident) == 0 {
        say("Write down a contact event, good or bad, while it is fresh.", "daybook log");
    }
    if count(Noun::Message) == 0 {
        say("Bring in saved e-mails.", "daybook import FOLDER");
    }
    if count(Noun::Order) == 0 {
        say("If there is a court order, keep it with its exact words.", "daybook order add FILE");
    }
    if case.court.is_none() && case.number.is_none() && count(Noun::Order) > 0 {
        say("Papers for a court need its name and the case number.", "daybook case");
    }
    if People::load(book)?.everybody.len() > 1 && count(Noun::Message) > 0 && nobody_has_an_address(book)? {
        say("Say whose the addresses in the messages are.", "daybook people");
    }
    if count(Noun::Incident) > 0 {
        say("Write down the next contact event on the day.", "daybook log");
        say("Read what is kept, in order.", "daybook timeline");
    }
    if count(Noun::Incident) > 0 && count(Noun::Bundle) == 0 {
        say("See what a paper would hold, without making it.", "daybook bundle --for evidence --dry-run");
    }
    next.truncate(5);
    Ok(next)
}

fn nobody_has_an_address(book: &Book) -> Result<bool, ActionError> {
    Ok(People::load(book)?.everybody.iter().all(|(_, person)| person.identities.is_empty()))
}
