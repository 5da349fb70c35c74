//! The archive: everything in the book but private notes, for oneself; never to be filed.

use super::super::PlanError;
use super::super::plan::{Anchor, Cover, Paper, PlannedEntry, Section};
use super::super::sheet::{Pace, Sheet, SheetPart};
use super::book::Book;
use super::{
    archive_import, archive_lists, chronology, contact, covers, documents, event, messages, order, select, text, words,
};
use crate::bundle::{Rich, Span};
use crate::model::{Noun, Profile, Reader, RecordId};

/// What the paper calls itself.
pub(super) const TITLE: &str = "Archive of the whole record";

const NOUNS: [Noun; 5] = [Noun::Incident, Noun::Step, Noun::Order, Noun::Document, Noun::Message];

/// Everything of the dates asked for, chosen for a paper or not.
///
/// # Errors
/// Another reader was named, or there is nothing.
pub(super) fn select(book: &mut Book<'_>) -> Result<(), PlanError> {
    if book.input.options.reader != Reader::Myself {
        let why = "holds everything, also what is privileged and confidential, and is for yourself alone";
        return Err(PlanError::Reader { profile: Profile::Archive, why, instead: Reader::Myself });
    }
    book.by_hand = false;
    for noun in NOUNS {
        for record in book.all(noun) {
            if book.in_range(record) {
                book.select(record.id);
            } else {
                book.leave_out(record.id, "outside the dates of this paper");
            }
        }
    }
    select::select_what_belongs(book);
    if !NOUNS.iter().any(|noun| book.chosen(*noun).next().is_some()) {
        return Err(select::nothing(book));
    }
    select::evidence_places(book);
    Ok(())
}

/// Its sections; empty ones are dropped and the letters have no gap.
pub(super) fn sections(book: &Book<'_>) -> Vec<Section> {
    let mut events = order::entries(book);
    events.extend(event::entries(book));
    let imports = book.all(Noun::Import).into_iter().filter_map(|record| archive_import::entry(book, record)).collect();
    let journal = archive_lists::journal(book);
    let check = page(book, "check", "How to check this paper", Paper::HowToCheck(covers::how_to_check(book)));
    let last = journal.into_iter().chain([check]).collect();
    let sections: [(&str, Vec<PlannedEntry>); 7] = [
        ("Preliminary", preliminary(book)),
        ("Orders, contact events and steps", events),
        ("Messages", messages::entries(book)),
        ("Photographs and documents", documents::entries(book)),
        ("The record itself", archive_lists::record_itself(book)),
        ("Imports", imports),
        ("Journal and checking", last),
    ];
    sections
        .into_iter()
        .filter(|(_, entries)| !entries.is_empty())
        .zip('A'..='Z')
        .map(|((title, entries), letter)| Section {
            letter: Some(letter),
            title: title.to_owned(),
            described: title.to_owned(),
            entries,
        })
        .collect()
}

fn preliminary(book: &Book<'_>) -> Vec<PlannedEntry> {
    let (chronology, range) = chronology::page(book);
    let titled = if range.is_empty() { "Chronology".to_owned() } else { format!("Chronology, {range}") };
    let mut entries = vec![
        page(book, "cover", "Cover", Paper::Cover(cover(book))),
        page(book, "index", "Index", Paper::Index),
        page(book, "chronology", &titled, Paper::Chronology(chronology)),
    ];
    if let Some((contact, range)) = contact::page(book) {
        entries.push(page(book, "contact", &format!("Contact due and held, {range}"), Paper::Contact(contact)));
    }
    entries
}

/// A page of ours that prints no record.
fn page(book: &Book<'_>, anchor: &str, title: &str, paper: Paper) -> PlannedEntry {
    PlannedEntry {
        anchor: Anchor::named(anchor),
        id: None,
        version: None,
        date: book.made_date().index(),
        title: title.to_owned(),
        head_right: format!("{TITLE}, {}", book.input.edition),
        sources: Vec::new(),
        paper,
    }
}

/// A list of the record, as a page.
pub(super) fn list(
    book: &Book<'_>,
    anchor: &str,
    title: &str,
    subtitle: Rich,
    parts: Vec<SheetPart>,
) -> Option<PlannedEntry> {
    let sheet = Sheet { title: title.to_owned(), subtitle, pace: Pace::Running, parts };
    (!sheet.parts.is_empty()).then(|| page(book, anchor, title, Paper::Sheet(sheet)))
}

fn cover(book: &Book<'_>) -> Cover {
    let notes = book.all(Noun::Note).len();
    let notes = match notes {
        0 => "Private notes are in no paper; the book has none.".to_owned(),
        1 => "The one private note stays in the book: notes are in no paper.".to_owned(),
        _ => format!("The {notes} private notes stay in the book: notes are in no paper."),
    };
    let held: Vec<RecordId> =
        book.decisions.iter().filter(|(id, it)| id.noun != Noun::Note && !it.shown()).map(|(id, _)| *id).collect();
    let kept_out = match held.len() {
        0 => String::new(),
        count => format!(" Not in it either, because it was marked so: {count} of the records."),
    };
    let range = book.input.options.from.is_some() || book.input.options.until.is_some();
    let of_these_dates =
        if range { " Events, messages and papers are those of these dates; the lists are whole." } else { "" };
    Cover {
        title: TITLE.to_owned(),
        do_not_copy: vec![
            Span::Bold("For my own use: never to be filed or passed on.".to_owned()),
            text(
                " It holds what is privileged, what was said in mediation, and confidential details, and it concerns a child.",
            ),
        ],
        shows: words(format!(
            "This is everything in the record kept by {}: every record and what it said before, messages, papers, what each \
             import found, marks, links, the papers made of it, and the journal. {notes}{kept_out}{of_these_dates} It does \
             not show that the record is complete, or that what it says is true.",
            book.people.my_name()
        )),
        ..covers::cover(book)
    }
}
