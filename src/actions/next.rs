//! What is unfinished, worst first, each with the command that finishes it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Basis, BundleRecord, Content, Date, Incident, Instant, Noun, Order, Outcome, Reader, Record, RecordId, Step,
    StepKind, When, Zone,
};
use crate::store::Book;
use crate::timeline::Links;
use crate::timeline::ahead::AheadKind;

use super::{ActionError, People, case, dates, people};

/// One thing to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextThing {
    /// A short stable word for programs: `unfinished-entry`.
    pub kind: &'static str,
    /// Why, in one sentence.
    pub why: String,
    /// The command.
    pub command: String,
    /// The records it is about.
    pub about: Vec<RecordId>,
}

/// A deadline is named from this many days before it.
const SOON: i64 = 14;
/// How many days back sessions without a word are asked for one by one; older ones stand in `daybook contact`.
const SESSIONS_BACK: i64 = 42;
/// And at most so many.
const MOST_SESSIONS: usize = 20;

/// Everything unfinished in the book.
///
/// # Errors
/// Reading failed.
pub fn unfinished(book: &Book, now: Instant) -> Result<Vec<NextThing>, ActionError> {
    let today = now.in_zone(Zone::LONDON).date;
    let mut list = List::default();
    let steps = records(book, Noun::Step)?;
    list.children_not_back(&steps);
    list.contradictions(book, now)?;
    list.imports(book)?;
    list.names(book)?;
    list.deadlines(book, today)?;
    let events = records(book, Noun::Incident)?;
    list.entries(&events);
    list.sessions(book, now, today)?;
    list.hearing(book, now, &steps)?;
    let orders = records(book, Noun::Order)?;
    list.orders(&orders);
    list.editions(book)?;
    list.open_steps(&steps, today);
    list.support(book, &events)?;
    Ok(list.things)
}

fn records(book: &Book, noun: Noun) -> Result<Vec<Record>, ActionError> {
    Ok(book.all(noun)?)
}

#[derive(Default)]
struct List {
    things: Vec<NextThing>,
}

impl List {
    fn say(&mut self, kind: &'static str, about: &[RecordId], why: String, command: String) {
        self.things.push(NextThing { kind, why, command, about: about.to_vec() });
    }

    fn children_not_back(&mut self, steps: &[Record]) {
        for (id, step) in of_steps(steps) {
            if step.kind == StepKind::ChildNotReturned && step.until.is_none() {
                let day =
                    step.when.as_ref().map(|when| format!(" on {}", when.london_date().plain())).unwrap_or_default();
                self.say(
                    "child-not-back",
                    &[id],
                    format!("{id} says that a child was not returned{day}. In danger now: ring 999. If the child is back, say when."),
                    format!("daybook amend {id} --set \"until=TIME\" --why \"Back\""),
                );
            }
        }
    }

    /// Sessions of which the entries say different things: no paper can tell of them until one is put right.
    fn contradictions(&mut self, book: &Book, now: Instant) -> Result<(), ActionError> {
        let all = super::reconciled(book, now)?;
        for session in all.sessions.iter().filter(|session| session.contradicted) {
            let told: Vec<RecordId> = session.incident.iter().chain(&session.also).copied().collect();
            let Some(last) = told.last() else { continue };
            let names: Vec<String> = told.iter().map(RecordId::to_string).collect();
            let of = session.due_start.map_or_else(String::new, |start| format!(" of {}", start.long()));
            self.say(
                "entries-contradict",
                &told,
                format!(
                    "{} say different things of the session{of}, so it is counted as not known.",
                    names.join(" and ")
                ),
                format!("daybook amend {last} --set kind=… --why \"…\""),
            );
        }
        Ok(())
    }

    fn imports(&mut self, book: &Book) -> Result<(), ActionError> {
        for record in book.all(Noun::Import)? {
            let Content::Import(import) = &record.content else { continue };
            if import.finished.is_some() {
                continue;
            }
            let paths: Vec<&str> = import.sources.iter().map(|source| source.path.as_str()).collect();
            let what = if paths.is_empty() { "PATH".to_owned() } else { paths.join(" ") };
            self.say(
                "import-interrupted",
                &[record.id],
                format!("An import was interrupted ({}); what it read is kept.", record.id),
                format!("daybook import {what}"),
            );
        }
        Ok(())
    }

    /// Names that are a person's elsewhere and may be somebody else's in one chat: papers leave them open.
    fn names(&mut self, book: &Book) -> Result<(), ActionError> {
        for (person, said, messages, example) in people::not_known(book, &People::load(book)?)? {
            let count = if messages == 1 { "1 message".to_owned() } else { format!("{messages} messages") };
            let name = super::suggest::fit_for_quotes(&said.name).unwrap_or("NAME");
            self.say(
                "name-not-known",
                &[person, example],
                format!("Who “{}” is in the chat “{}” is not known ({count}); papers say so.", said.name, said.called),
                format!("daybook people attach {person} \"{name}\" --name --chat {example}"),
            );
        }
        Ok(())
    }

    /// What an order directs and what a rule asks, where its day is near or over and nothing says that it is done.
    fn deadlines(&mut self, book: &Book, today: Date) -> Result<(), ActionError> {
        for ahead in dates::all_ahead(book, today)? {
            let near = ahead.date <= today.plus_days(SOON) && ahead.date >= today.plus_days(-SOON);
            let directed = ahead.key.ends_with("/to-do");
            // What an order directs is asked for however long ago its day was.
            let wanted = ahead.kind == AheadKind::Deadline && !ahead.done && (near || (directed && ahead.date < today));
            if !wanted || (!directed && ahead.date < today) {
                continue;
            }
            let by =
                ahead.time.map_or_else(|| ahead.date.long(), |time| format!("{}, {}", ahead.date.long(), time.clock()));
            let what = ahead.what.trim_end_matches('.');
            let why = if ahead.date < today {
                format!("{what}: that was due on {by}, and nothing says that it is done.")
            } else {
                format!("{what}: by {by}.")
            };
            let command = ahead.about.first().filter(|id| directed && id.noun == Noun::Order);
            let command = command.map_or_else(|| "daybook dates".to_owned(), |id| format!("daybook show {id}"));
            self.say("deadline", &ahead.about, why, command);
        }
        Ok(())
    }

    fn entries(&mut self, events: &[Record]) {
        for (id, event) in of_events(events) {
            if event.kind.is_some() {
                continue;
            }
            let what = match event.when() {
                Some(when) => format!("The entry of {} is unfinished.", when.london_date().long()),
                None => "An entry is unfinished.".to_owned(),
            };
            self.say("unfinished-entry", &[id], what, format!("daybook amend {id}"));
        }
    }

    /// Sessions that were due lately and of which nothing is written down.
    fn sessions(&mut self, book: &Book, now: Instant, today: Date) -> Result<(), ActionError> {
        for session in super::sessions_without_a_word(book, now, MOST_SESSIONS)? {
            let Some(start) = session.due_start.filter(|start| start.date >= today.plus_days(-SESSIONS_BACK)) else {
                continue;
            };
            let about: Vec<RecordId> = session.order.into_iter().collect();
            self.say(
                "session-without-a-word",
                &about,
                format!("Nothing is written down of the contact due on {}.", start.long()),
                format!("daybook log --session {}", session.key),
            );
        }
        Ok(())
    }

    fn hearing(&mut self, book: &Book, now: Instant, steps: &[Record]) -> Result<(), ActionError> {
        let Some((id, case)) = case::current_case(book)? else { return Ok(()) };
        let Some(hearing) = case.hearing.as_deref().map(|hearing| &hearing.when) else { return Ok(()) };
        let day = hearing.london_date();
        if hearing.sort_key() < now.0 {
            let told = of_steps(steps).any(|(_, step)| {
                matches!(step.kind, StepKind::Hearing | StepKind::InterimOrder | StepKind::FinalOrder)
                    && step.when.as_ref().is_some_and(|when| when.london_date() >= day)
            });
            if !told {
                self.say(
                    "hearing-over",
                    &[id],
                    format!("The hearing of {} is over. Write down that it was held and what was ordered, and when the next one is.", day.long()),
                    format!("daybook step hearing --on \"{}\" --outcome \"…\"", day.plain()),
                );
            }
        } else if case.court.is_none() || case.number.is_none() {
            self.say(
                "heading-incomplete",
                &[id],
                format!("The hearing of {} has a court and a case number: headings need both.", day.long()),
                "daybook case".into(),
            );
        } else {
            match paper_to_send(book)? {
                None => self.say(
                    "paper-for-hearing",
                    &[id],
                    format!("Make what goes to the hearing of {}.", day.long()),
                    "daybook prepare".into(),
                ),
                Some(Unsent::Sent) => {}
                Some(Unsent::Made(paper)) => self.say(
                    "paper-not-sent",
                    &[paper],
                    format!("{paper} was made and is not written down as sent. Once it has gone:"),
                    format!("daybook sent {paper} --to NAME --how \"by e-mail\""),
                ),
            }
        }
        Ok(())
    }

    /// Orders without their words, or without their paper.
    fn orders(&mut self, orders: &[Record]) {
        for (id, order) in of_orders(orders) {
            if order.basis() != Basis::Order {
                continue;
            }
            if order.paragraphs.is_empty() {
                self.say(
                    "order-without-words",
                    &[id],
                    format!(
                        "{id} ({}) has no paragraph typed in: what it orders counts in its exact words.",
                        order.title
                    ),
                    format!("daybook order para {id} 1 --words -"),
                );
            }
            if order.document.is_none() {
                self.say(
                    "order-without-paper",
                    &[id],
                    format!("{id} ({}) stands here without its paper.", order.title),
                    format!(
                        "daybook add FILE --as order, then daybook amend {id} --set document=DOC-… --why \"The paper\""
                    ),
                );
            }
        }
    }

    /// The latest edition for each kind of paper and reader, where it was not written down as sent. What is for oneself goes
    /// nowhere.
    fn editions(&mut self, book: &Book) -> Result<(), ActionError> {
        let mut latest: BTreeMap<(&str, &str), RecordId> = BTreeMap::new();
        for (id, paper) in editions(book)? {
            if paper.to != Reader::Myself {
                latest.insert((paper.profile.word(), paper.to.word()), id);
            }
        }
        let sent: BTreeSet<RecordId> = super::sendings(book)?.into_iter().map(|line| line.edition).collect();
        let said: BTreeSet<RecordId> = self.things.iter().flat_map(|thing| thing.about.iter().copied()).collect();
        for ((profile, _), id) in latest {
            if !sent.contains(&id) && !said.contains(&id) {
                self.say(
                    "paper-not-sent",
                    &[id],
                    format!("{id} ({profile}) was made and is not written down as sent. Once it has gone:"),
                    format!("daybook sent {id} --to NAME --how \"by e-mail\""),
                );
            }
        }
        Ok(())
    }

    /// A proposal whose time is over and of which no answer is written down. Nobody is told to write again.
    fn open_steps(&mut self, steps: &[Record], today: Date) {
        let answered: BTreeSet<RecordId> = of_steps(steps).filter_map(|(_, step)| step.answers).collect();
        for (id, step) in of_steps(steps) {
            let over = step.until.as_ref().map(When::london_date).is_some_and(|until| until < today);
            if step.kind.reaches_out() && over && step.outcome.is_none() && !answered.contains(&id) {
                self.say(
                    "no-answer-written-down",
                    &[id],
                    format!("{id} ({}) was open until {}. If an answer came, or none did, write that down.", step.kind.plain().to_lowercase(), step.until.as_ref().map(|until| until.london_date().plain()).unwrap_or_default()),
                    format!("daybook step reply --answers {id} --on DATE, or daybook amend {id} --set \"outcome=no answer\" --why \"…\""),
                );
            }
        }
    }

    /// Contact that was not held as due, with no paper or message beside it.
    fn support(&mut self, book: &Book, events: &[Record]) -> Result<(), ActionError> {
        let links = records(book, Noun::Link)?;
        let links = Links::of(&links);
        let alone: Vec<RecordId> = of_events(events)
            .filter(|(id, event)| {
                let held =
                    event.kind.is_none_or(|kind| matches!(kind.outcome(), Outcome::Kept | Outcome::CancelledByMe));
                !held && event.attachments.is_empty() && links.bearing_on(*id).supported_by.is_empty()
            })
            .map(|(id, _)| id)
            .collect();
        if let Some(first) = alone.first() {
            let named: Vec<String> = alone.iter().take(5).map(RecordId::to_string).collect();
            let more = if alone.len() > 5 { ", …" } else { "" };
            let (events, them) =
                if alone.len() == 1 { ("contact event has", "it") } else { ("contact events have", "them") };
            self.say(
                "line-without-support",
                &alone,
                format!(
                    "{} {events} no message or paper beside {them}: {}{more}. If there is one, join them.",
                    alone.len(),
                    named.join(", ")
                ),
                format!("daybook link MSG-… {first} --as supports"),
            );
        }
        Ok(())
    }
}

fn of_events(records: &[Record]) -> impl Iterator<Item = (RecordId, &Incident)> {
    records.iter().filter_map(|record| match &record.content {
        Content::Incident(event) => Some((record.id, event.as_ref())),
        _ => None,
    })
}

fn of_steps(records: &[Record]) -> impl Iterator<Item = (RecordId, &Step)> {
    records.iter().filter_map(|record| match &record.content {
        Content::Step(step) => Some((record.id, step.as_ref())),
        _ => None,
    })
}

fn of_orders(records: &[Record]) -> impl Iterator<Item = (RecordId, &Order)> {
    records.iter().filter_map(|record| match &record.content {
        Content::Order(order) => Some((record.id, order.as_ref())),
        _ => None,
    })
}

fn editions(book: &Book) -> Result<Vec<(RecordId, Box<BundleRecord>)>, ActionError> {
    let records = book.all(Noun::Bundle)?.into_iter();
    Ok(records
        .filter_map(|record| match record.content {
            Content::Bundle(bundle) => Some((record.id, bundle)),
            _ => None,
        })
        .collect())
}

/// The latest paper made for a court.
enum Unsent {
    /// It is not written down as sent.
    Made(RecordId),
    /// It is.
    Sent,
}

fn paper_to_send(book: &Book) -> Result<Option<Unsent>, ActionError> {
    let latest = editions(book)?.into_iter().rfind(|(_, paper)| paper.to == Reader::Court);
    let Some((latest, _)) = latest else { return Ok(None) };
    let sent = super::sendings(book)?.iter().any(|line| line.edition == latest);
    Ok(Some(if sent { Unsent::Sent } else { Unsent::Made(latest) }))
}
