//! One page to have at hand during the call with Cafcass: for oneself, and for nobody else (LOG-09). It holds
//! what one wants to say in one's own words, a line of figures, the last events and the papers to have near.

use super::super::PlanError;
use super::super::plan::{Anchor, Field, Paper, PlannedEntry, Section};
use super::super::sheet::{Holds, Pace, Sheet, SheetColumn, SheetPart, SheetTable};
use super::book::Book;
use super::{contact, documents, mediation, words};
use crate::model::{
    CallWords, Content, Document, DocumentKind, Finding, Noun, Profile, Reader, Record, Severity, Step, StepKind, When,
};

/// What the page calls itself.
pub(super) const TITLE: &str = "Notes for the call with Cafcass";

/// So many of the last events stand on the page.
const EVENTS: usize = 5;

/// So many papers.
const PAPERS: usize = 5;

/// The papers one may be asked about: what was ordered, applied for and stated.
const KINDS: [DocumentKind; 5] = [
    DocumentKind::Application,
    DocumentKind::Directions,
    DocumentKind::Statement,
    DocumentKind::Report,
    DocumentKind::ParentingPlan,
];

/// The page is for oneself; nothing is selected for it as a paper for others would.
///
/// # Errors
/// Another reader was named.
pub(super) fn select(book: &Book<'_>) -> Result<(), PlanError> {
    if book.input.options.reader == Reader::Myself {
        return Ok(());
    }
    let why = "is for yourself alone: notes to speak from, not a paper to hand over";
    Err(PlanError::Reader { profile: Profile::Crib, why, instead: Reader::Myself })
}

/// One section without a letter.
pub(super) fn sections(book: &Book<'_>) -> Vec<Section> {
    let entry = PlannedEntry {
        anchor: Anchor::named("cafcass-call"),
        id: None,
        version: None,
        date: book.made_date().index(),
        title: TITLE.to_owned(),
        head_right: "For my own use".to_owned(),
        sources: Vec::new(),
        paper: Paper::Sheet(sheet(book)),
    };
    vec![Section { letter: None, title: TITLE.to_owned(), described: TITLE.to_owned(), entries: vec![entry] }]
}

fn sheet(book: &Book<'_>) -> Sheet {
    let own: CallWords = book.case().and_then(|case| case.call.as_deref().cloned()).unwrap_or_default();
    let about = book.case().and_then(|case| case.mediation.as_deref().cloned()).unwrap_or_default();
    let mut parts = vec![SheetPart::Fields(who(book))];
    parts.extend(said("First: is anybody unsafe?", &own.safety, "what happened, to whom, when; or that nobody is"));
    parts.push(SheetPart::Remark(words(help(book))));
    let child = mediation::about_the_children(book, &about.child);
    parts.extend(said(&mediation::children_named(book), &child, "what the child is like, and what the child needs"));
    parts.extend(said("How things are now", &about.now, "where the child lives, and when contact takes place"));
    parts.extend(said("What I would like", &own.wishes, "what would be good for the child, and why"));
    let prompt = "what you saw or heard, and on which day; leave opinions on anybody’s health to doctors";
    parts.extend(said("What worries me", &own.worries, prompt));
    parts.extend(contact_in_figures(book));
    parts.extend(last_events(book));
    parts.extend(papers(book));
    Sheet {
        title: TITLE.to_owned(),
        subtitle: words("For my own use during the call. What I do not know, I say I do not know."),
        pace: Pace::Dense,
        parts,
    }
}

/// A heading and the user's words; without any, what could stand there, said in our voice.
fn said(heading: &str, lines: &[String], prompt: &str) -> Vec<SheetPart> {
    let mut parts = vec![SheetPart::Heading(heading.to_owned())];
    if lines.is_empty() {
        parts.push(SheetPart::Remark(words(format!("[in your own words: {prompt}]"))));
    }
    parts.extend(lines.iter().map(|line| SheetPart::Words(words(line.clone()))));
    parts
}

fn who(book: &Book<'_>) -> Vec<Field> {
    let field = |label: &str, value: String| Field { label: label.to_owned(), value: vec![words(value)], small: None };
    let side = book.people.my_side().map_or(String::new(), |side| format!(", {side}"));
    let number = match book.case_number() {
        number if number.is_empty() => number,
        number => format!(", case number {number}"),
    };
    let mut fields = vec![field("I am", format!("{}{side}{number}", book.people.my_name()))];
    fields.push(field("The call", call_ahead(book).map_or_else(|| "Not arranged yet".to_owned(), |it| call(book, it))));
    let hearing = book.case().and_then(|case| case.hearing.as_ref());
    fields.extend(hearing.map(|hearing| field("Hearing", hearing.when.long())));
    fields
}

/// The next step of the kind Cafcass that lies ahead.
fn call_ahead<'a>(book: &Book<'a>) -> Option<&'a Step> {
    let today = book.made_date();
    book.all(Noun::Step).into_iter().find_map(|record| match &record.content {
        Content::Step(step) if step.kind == StepKind::Cafcass => {
            step.when.as_ref().filter(|when| when.london_date() >= today).map(|_| step.as_ref())
        }
        _ => None,
    })
}

fn call(book: &Book<'_>, step: &Step) -> String {
    let names: Vec<&str> =
        step.with.iter().filter_map(|id| book.people.get(*id)).map(|person| person.name.as_str()).collect();
    let with = if names.is_empty() { String::new() } else { format!(", with {}", names.join(" and ")) };
    format!("{}{with}", step.when.as_ref().map_or_else(String::new, When::long))
}

/// Whom to ring, before anything else (SAFE-07, SAFE-09).
fn help(book: &Book<'_>) -> String {
    let lines: Vec<String> = book
        .input
        .rules
        .help_lines()
        .iter()
        .filter(|line| line.number != "999")
        .map(|line| {
            // A number that is broken over two lines is dialled wrongly.
            format!("{}: {}", line.name, line.number.replace(' ', "\u{a0}"))
        })
        .collect();
    format!("In danger now: 999, before anything else. {}.", lines.join("; "))
}

/// The figures of contact in one line, denominator first.
fn contact_in_figures(book: &Book<'_>) -> Vec<SheetPart> {
    let figures = contact::figures_of(book);
    if figures.due == 0 {
        return Vec::new();
    }
    let range = mediation::range(&figures).map_or_else(String::new, |range| format!(", {range}"));
    let parts: Vec<String> = mediation::outcomes(book, &figures)
        .into_iter()
        .map(|(label, count)| {
            let label = label.strip_prefix("Not held: ").map_or_else(|| uncapitalised(&label), str::to_owned);
            format!("{label}: {}", if count == 0 { "none".to_owned() } else { count.to_string() })
        })
        .collect();
    let due = if figures.due == 1 { "once".to_owned() } else { format!("{} times", figures.due) };
    let line = format!("Contact was due {due}{range}; {}.", parts.join("; "));
    let mut parts = vec![SheetPart::Heading("Contact in figures".to_owned()), SheetPart::Words(words(line))];
    parts.extend(contact::not_whole(&figures).map(|note| SheetPart::Remark(words(note))));
    parts
}

fn uncapitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// The last events up to today, the latest last.
fn last_events(book: &Book<'_>) -> Vec<SheetPart> {
    let today = book.made_date();
    let past = |record: &&Record| record.content.when().is_some_and(|when| when.london_date() <= today);
    let mut events: Vec<&Record> =
        book.all(Noun::Incident).into_iter().filter(|record| book.may_show(record.id)).filter(past).collect();
    let events = events.split_off(events.len().saturating_sub(EVENTS));
    if events.is_empty() {
        return Vec::new();
    }
    let rows = events.into_iter().map(|record| {
        let date = record.content.when().map_or_else(String::new, |when| when.london_date().table());
        let what = match &record.content {
            Content::Incident(event) => book.event_title(record.id, event),
            other => other.title(),
        };
        vec![words(date), words(what), words(record.id.to_string())]
    });
    let columns = vec![
        SheetColumn::labels("Date", 29),
        SheetColumn::rest("What happened", Holds::Words),
        SheetColumn::labels("Record", 16),
    ];
    vec![
        SheetPart::Heading("The last events".to_owned()),
        SheetPart::Table(SheetTable { columns, rows: rows.collect() }),
    ]
}

/// Orders, and the latest paper of each kind one may be asked about, with their names in the record. Papers of
/// doctors are not among them.
fn papers(book: &Book<'_>) -> Vec<SheetPart> {
    let orders = book.all(Noun::Order).into_iter().rev().filter_map(|record| match &record.content {
        Content::Order(order) => {
            let made = order.made.as_ref().map_or(String::new(), |made| format!(", {}", made.london_date().index()));
            Some(format!("{}{made} ({})", order.title, record.id))
        }
        _ => None,
    });
    let latest = KINDS.into_iter().filter_map(|kind| {
        let of_kind =
            |record: &&Record| matches!(&record.content, Content::Document(document) if document.kind == kind);
        let record = book.all(Noun::Document).into_iter().rfind(of_kind)?;
        let Content::Document(document) = &record.content else { return None };
        Some(format!("{}{} ({})", documents::title(document), dated(document), record.id))
    });
    let papers: Vec<String> = orders.take(2).chain(latest).take(PAPERS).collect();
    if papers.is_empty() {
        return Vec::new();
    }
    vec![
        SheetPart::Heading("Papers to have at hand".to_owned()),
        SheetPart::Remark(words(format!("{}.", papers.join("; ")))),
    ]
}

fn dated(document: &Document) -> String {
    document.dated.as_ref().map_or(String::new(), |dated| format!(", {}", dated.london_date().index()))
}

/// What the record holds about safety is named to its keeper: the page asks for it first, and only they can say it.
fn steps_about_safety(book: &Book<'_>) -> Option<Finding> {
    let about_safety = |record: &&Record| match &record.content {
        Content::Step(step) => {
            matches!(step.kind, StepKind::Police | StepKind::SafeguardingConcern | StepKind::ChildNotReturned)
        }
        _ => false,
    };
    let ids: Vec<String> =
        book.all(Noun::Step).into_iter().filter(about_safety).map(|record| record.id.to_string()).collect();
    if ids.is_empty() {
        return None;
    }
    let what = format!(
        "The record holds steps that may bear on safety ({}); the page has them only in your own words.",
        ids.join(", ")
    );
    let next = "daybook case --call-safety \"…\", and have them at hand: daybook show STP-1";
    Some(Finding::new(Severity::Warn, "safety-steps", "case", what, next))
}

/// What is not written yet, and words that judge.
pub(super) fn findings(book: &Book<'_>) -> Vec<Finding> {
    let own: CallWords = book.case().and_then(|case| case.call.as_deref().cloned()).unwrap_or_default();
    let rules = &book.input.rules;
    let mut findings = Vec::new();
    if own.wishes.is_empty() || own.worries.is_empty() {
        let what = "Parts of the page are not written yet; it says in brackets what could stand there.";
        let next = "daybook case --call-wish \"…\" --call-worry \"…\", or write on the printed page.";
        let finding = Finding::new(Severity::Info, "not-written", "case", what, next);
        findings.push(rules.finding("LOG-09", Severity::Info, finding));
    }
    findings.extend(steps_about_safety(book));
    let lines = own.safety.iter().chain(&own.wishes).chain(&own.worries);
    findings.extend(lines.flat_map(|line| mediation::judging(book, line)));
    findings
}
