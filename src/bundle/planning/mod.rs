//! Makes a plan of an input: choose, guard, order, word, check.

mod archive;
mod archive_import;
mod archive_lists;
mod attachments;
mod book;
mod budget;
mod chats;
mod chronology;
mod chronology_alone;
mod contact;
mod covers;
mod crib;
mod documents;
mod editions;
mod enforcement;
mod event;
mod exclusions;
mod exhibit;
mod files;
mod findings;
mod hearing;
mod hearing_chronology;
mod hearing_front;
mod mediation;
mod messages;
mod order;
mod scaffold;
mod scaffold_events;
mod scaffold_limits;
mod select;
mod unchosen;

use super::input::PlanInput;
use super::plan::{Anchor, BundlePlan, LeftOut, Numbering, Paper, PlannedEntry, Section, SourceFile};
use super::{PlanError, Rich, Span};
use crate::model::{Noun, Profile};
use book::Book;

pub use budget::after_pages;
pub use files::{check_file_name, suggested_file_name};
pub use findings::after_layout;
pub use scaffold::scaffold;

/// Plans a paper.
///
/// # Errors
/// The paper is not one this version makes, the range or the mark is none, or there is nothing this
/// reader may see.
pub fn plan(input: &PlanInput) -> Result<BundlePlan, PlanError> {
    if let (Some(from), Some(until)) = (input.options.from, input.options.until)
        && until < from
    {
        return Err(PlanError::Range { from, until });
    }
    let mut book = Book::of(input);
    let (title, head_left, numbering, sections) = match input.options.profile {
        Profile::Evidence => {
            select::for_evidence(&mut book)?;
            (covers::EVIDENCE_TITLE.to_owned(), book.case_number(), Numbering::Sections, evidence_sections(&book))
        }
        Profile::Exhibit => {
            let mark = exhibit::mark(&book)?;
            select::for_exhibit(&mut book, &mark)?;
            let head = exhibit::head_left(&book);
            (
                format!("Exhibit {mark}"),
                head,
                Numbering::Exhibit { mark: mark.clone() },
                exhibit::sections(&book, &mark),
            )
        }
        Profile::Hearing => {
            hearing::select(&mut book)?;
            (hearing::title(&book), book.case_number(), Numbering::Sections, hearing::sections(&book))
        }
        Profile::Chronology => {
            chronology_alone::select(&mut book)?;
            (
                chronology_alone::TITLE.to_owned(),
                book.case_number(),
                Numbering::Sections,
                chronology_alone::sections(&book),
            )
        }
        Profile::Enforcement => {
            enforcement::select(&mut book)?;
            let head = exhibit::head_left(&book);
            (enforcement::TITLE.to_owned(), head, Numbering::Sections, enforcement::sections(&book))
        }
        Profile::Mediation => {
            mediation::select(&mut book)?;
            (
                mediation::TITLE.to_owned(),
                mediation::HEAD_LEFT.to_owned(),
                Numbering::Sections,
                mediation::sections(&book),
            )
        }
        Profile::Crib => {
            crib::select(&book)?;
            (crib::TITLE.to_owned(), book.case_number(), Numbering::Sections, crib::sections(&book))
        }
        Profile::Archive => {
            archive::select(&mut book)?;
            (archive::TITLE.to_owned(), book.case_number(), Numbering::Sections, archive::sections(&book))
        }
    };
    let mut plan = BundlePlan {
        edition: input.edition,
        profile: input.options.profile,
        reader: input.options.reader,
        practice: input.options.practice,
        title,
        head_left,
        numbering,
        made: input.made,
        sections,
        findings: Vec::new(),
        left_out: left_out(&book),
        sources: std::collections::BTreeMap::new(),
    };
    plan.sources = sources(&book, &plan);
    plan.findings = findings::of_plan(&book, &plan);
    Ok(plan)
}

/// The sections of the evidence paper; empty ones are dropped and the letters have no gap (27A-30).
fn evidence_sections(book: &Book<'_>) -> Vec<Section> {
    let made = book.made_date().index();
    let page = |anchor: &str, title: String, head: &str, paper| PlannedEntry {
        anchor: Anchor::named(anchor),
        id: None,
        version: None,
        date: made.clone(),
        title,
        head_right: head.to_owned(),
        sources: Vec::new(),
        paper,
    };
    let bundle_head = format!("{}, {}", covers::EVIDENCE_TITLE, book.input.edition);
    let mut preliminary = vec![
        page("cover", "Cover".into(), "", Paper::Cover(covers::cover(book))),
        page("index", "Index".into(), &bundle_head, Paper::Index),
    ];
    let (chronology, range) = chronology::page(book);
    let titled = if range.is_empty() { "Chronology".to_owned() } else { format!("Chronology, {range}") };
    preliminary.push(page("chronology", titled, "Chronology", Paper::Chronology(chronology)));
    if let Some((contact, range)) = contact::page(book) {
        let titled = format!("Contact due and held, {range}");
        preliminary.push(page("contact", titled, "Contact due and held", Paper::Contact(contact)));
    }
    let mut events = order::entries(book);
    events.extend(event::entries(book));
    let orders = book.chosen(Noun::Order).next().is_some();
    let check =
        page("check", "How to check this paper".into(), &bundle_head, Paper::HowToCheck(covers::how_to_check(book)));
    let described = if preliminary.len() > 3 {
        "Preliminary: index, chronology, contact due and held"
    } else {
        "Preliminary: index, chronology"
    };
    let sections = [
        ("Preliminary", described, preliminary),
        if orders {
            ("Order and contact events", "Order and contact events", events)
        } else {
            ("Contact events", "Contact events", events)
        },
        ("Messages", "Messages", messages::entries(book)),
        ("Photographs and documents", "Photographs and documents", documents::entries(book)),
        ("Checking", "How to check this paper", vec![check]),
    ];
    sections
        .into_iter()
        .filter(|(_, _, entries)| !entries.is_empty())
        .zip('A'..='Z')
        .map(|((title, described, entries), letter)| Section {
            letter: Some(letter),
            title: title.to_owned(),
            described: described.to_owned(),
            entries,
        })
        .collect()
}

/// A paper of own words shows nothing of the record but what was chosen for it, so the rest was not left out.
fn left_out(book: &Book<'_>) -> Vec<LeftOut> {
    let mut left_out = book.left_out();
    match book.input.options.profile {
        Profile::Mediation => {
            let chosen = mediation::chosen(book);
            left_out.retain(|one| chosen.contains(&one.id));
        }
        Profile::Crib => left_out.clear(),
        _ => {}
    }
    left_out
}

/// The kept files the paper stands on, each once.
fn sources(book: &Book<'_>, plan: &BundlePlan) -> std::collections::BTreeMap<crate::model::Digest, SourceFile> {
    plan.entries()
        .flat_map(|entry| &entry.sources)
        .filter_map(|digest| {
            let kept = book.input.kept.get(digest)?;
            let name = files::label(&kept.name);
            Some((*digest, SourceFile { name, bytes: kept.bytes, media_type: kept.media_type.clone() }))
        })
        .collect()
}

fn text(words: impl Into<String>) -> Span {
    Span::Text(words.into())
}

fn words(words: impl Into<String>) -> Rich {
    vec![Span::Text(words.into())]
}
