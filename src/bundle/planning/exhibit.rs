//! An exhibit to a witness statement: front sheet first, then the papers, and no word of our own (PD22A).

use super::super::PlanError;
use super::super::plan::{Anchor, ExhibitFront, Paper, PlannedEntry, Section};
use super::book::Book;
use super::{covers, documents, messages, words};
use crate::model::{Noun, Person, Record, Role, When};

/// Why a court document is not exhibited.
pub(super) const COURT_DOCUMENT: &str =
    "court documents are not exhibited: the statement refers to the order or form by its date (22A-17)";

/// The mark: as asked for, or the maker's initials and the next number (22A-11, 22A-12).
pub(super) fn mark(book: &Book<'_>) -> Result<String, PlanError> {
    let options = &book.input.options.exhibit;
    let Some(mark) = options.mark.as_deref().map(str::trim) else {
        let next = options.last_number_used.unwrap_or(0).saturating_add(1);
        return Ok(format!("{}{next}", initials(book)));
    };
    let upper = mark.to_uppercase();
    let letters = upper.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &upper[letters.len()..];
    let plain = !letters.is_empty() && letters.len() <= 12 && letters.chars().all(char::is_alphabetic);
    if plain && digits.parse::<u32>().is_ok_and(|number| (1..10_000).contains(&number)) {
        Ok(upper)
    } else {
        Err(PlanError::Mark { mark: mark.to_owned() })
    }
}

/// The number of a mark: 4 of `AR4`.
pub(super) fn number_of(mark: &str) -> u32 {
    mark.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0)
}

pub(super) fn maker(book: &Book<'_>) -> Person {
    match book.input.options.exhibit.maker.as_deref().map(str::trim) {
        Some(name) if !name.is_empty() => Person::named(name, Role::Other),
        _ => book.people.me().cloned().unwrap_or_else(|| Person::named("the keeper of this record", Role::Me)),
    }
}

pub(super) fn initials(book: &Book<'_>) -> String {
    let initials: String = maker(book).initials().chars().take(6).collect();
    if initials.is_empty() { "EX".to_owned() } else { initials }
}

/// `A. Reed`: initials and surname (22A-03).
fn short_maker(book: &Book<'_>) -> String {
    let maker = maker(book);
    let parts: Vec<&str> = maker.name.split_whitespace().collect();
    match parts.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => {
            let initials: Vec<String> =
                first.iter().filter_map(|name| name.chars().next()).map(|c| format!("{}.", c.to_uppercase())).collect();
            format!("{} {last}", initials.join(" "))
        }
    }
}

/// `BS26P70940  A. Reed`, on every page after the first.
pub(super) fn head_left(book: &Book<'_>) -> String {
    format!("{}  {}", book.case_number(), short_maker(book)).trim().to_owned()
}

/// One section without a letter: the front sheet, then everything in one run, earliest first (22A-13).
pub(super) fn sections(book: &Book<'_>, mark: &str) -> Vec<Section> {
    let documents =
        book.chosen(Noun::Document).map(|record| (record, documents::entry(book, record).into_iter().collect()));
    let mut records: Vec<(&Record, Vec<PlannedEntry>)> =
        messages::in_order(book).into_iter().chain(documents).collect();
    records.sort_by_key(|(record, _)| (record.content.when().map_or(i64::MAX, When::sort_key), record.id));
    let front = PlannedEntry {
        anchor: Anchor::named("front"),
        id: None,
        version: None,
        date: String::new(),
        title: format!("Exhibit {mark}"),
        head_right: String::new(),
        sources: Vec::new(),
        paper: Paper::ExhibitFront(front(book, mark)),
    };
    let papers = records.into_iter().flat_map(|(_, entries)| entries);
    let title = format!("Exhibit {mark}");
    vec![Section {
        letter: None,
        described: title.clone(),
        title,
        entries: std::iter::once(front).chain(papers).collect(),
    }]
}

/// The five lines at top right of a statement and of its exhibits (22A-03, 22A-10).
pub(super) fn corner(book: &Book<'_>, marks: &str) -> Vec<(String, String)> {
    let options = &book.input.options.exhibit;
    let side = book.people.my_side().map_or(String::new(), |side| {
        let mut chars = side.chars();
        chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
    });
    // Where nobody said, the line is left to be filled in by hand (22A-23).
    let corner = [
        ("On behalf of", side),
        ("Made by", short_maker(book)),
        ("Statement no.", options.statement.map_or(String::new(), |number| number.to_string())),
        ("Exhibit", marks.to_owned()),
        ("Date", options.statement_date.map_or(String::new(), crate::model::Date::plain)),
    ];
    corner.into_iter().map(|(label, value)| (label.to_owned(), value)).collect()
}

fn front(book: &Book<'_>, mark: &str) -> ExhibitFront {
    let options = &book.input.options.exhibit;
    let maker = maker(book);
    let which = match options.statement {
        Some(number @ 1..=10) => format!("the {} witness statement", ORDINALS[number as usize - 1]),
        Some(number) => format!("witness statement number {number}"),
        None => "the witness statement".to_owned(),
    };
    ExhibitFront {
        corner: corner(book, mark),
        heading: covers::heading(book, true),
        title: format!("Exhibit {mark}"),
        identifying: words(format!("This is the exhibit marked {mark} referred to in {which} of {}.", maker.name)),
        closing: "All are copies. The originals are kept and can be produced.".to_owned(),
    }
}

const ORDINALS: [&str; 10] =
    ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
