//! The schedule for an enforcement application (Form C79): what an order said, what happened, and room for
//! the reply and the finding. It alleges; it says nowhere that anything is proved, and prints no standard of
//! proof, which is not the same for all that may be asked for (ENF-26).

mod doubts;
mod findings;
mod head;
mod notice;
mod picked;
mod rows;

use std::collections::BTreeSet;

use super::super::PlanError;
use super::super::plan::{Anchor, Heading, Paper, PlannedEntry, Section};
use super::super::schedule::Schedule;
use super::book::Book;
use super::{documents, editions, hearing, messages, order, select, words};
use crate::model::{Choice, Content, Noun, Profile, RecordId, Step, StepKind, When};

pub(super) use findings::findings;
use picked::{Picked, picked};

/// What the paper calls itself: a failure is alleged, whatever the court may find.
pub(super) const TITLE: &str = "Schedule of alleged failures to comply";

/// The choices in force for this paper.
fn choices<'a>(book: &Book<'a>) -> Vec<&'a Choice> {
    let of = |record: &'a crate::model::Record| match &record.content {
        Content::Choice(choice) if choice.profile == Profile::Enforcement && !choice.withdrawn => Some(choice),
        _ => None,
    };
    book.all(Noun::Choice).into_iter().filter_map(of).collect()
}

/// The records chosen for it, of this noun.
fn chosen(book: &Book<'_>, noun: Noun) -> BTreeSet<RecordId> {
    choices(book).into_iter().flat_map(|choice| choice.records.iter().copied()).filter(|id| id.noun == noun).collect()
}

/// Selects the rows, their orders, and the papers chosen to stand behind them.
pub(super) fn select(book: &mut Book<'_>) -> Result<(), PlanError> {
    let picked = picked(book);
    if picked.rows.is_empty() {
        return Err(nothing(&picked));
    }
    for (id, why) in picked.left_out() {
        book.leave_out(id, why);
    }
    for row in &picked.rows {
        book.select(row.id);
    }
    for id in orders_shown(book, &picked) {
        book.select(id);
        book.add_place(Anchor::record(id));
        if let Some(Content::Order(order)) = book.record(id).map(|record| &record.content) {
            for paragraph in &order.paragraphs {
                book.add_place(order::paragraph_anchor(id, &paragraph.number));
            }
            if let Some(paper) = order.document.filter(|paper| book.may_show(*paper)) {
                book.select(paper);
                book.add_place(Anchor::record(paper));
            }
        }
    }
    for id in chosen(book, Noun::Message).into_iter().chain(chosen(book, Noun::Document)) {
        if book.select(id) {
            book.add_place(Anchor::record(id));
        }
    }
    for choice in choices(book) {
        select::select_context(book, choice);
    }
    select::files_shown(book);
    book.add_place(Anchor::named("schedule"));
    for row in &picked.rows {
        book.add_place(row_anchor(row.id));
    }
    Ok(())
}

fn row_anchor(id: RecordId) -> Anchor {
    Anchor::named(format!("schedule/{id}"))
}

fn nothing(picked: &Picked<'_>) -> PlanError {
    let (why, next) = match (picked.by_hand, picked.out.first()) {
        (true, Some((id, doubt))) => {
            (format!("of what was chosen, nothing can be a row; {id}: {}", doubt.what.trim_end_matches('.')), doubt.next.clone())
        }
        (true, None) => (
            "what was chosen may not be shown to this reader, or is outside the dates".to_owned(),
            "See what is chosen: daybook choose --list --for enforcement".to_owned(),
        ),
        (false, Some((id, doubt))) => (
            format!("no event stands as a row by itself; {id}: {}", doubt.what.trim_end_matches('.')),
            "Choose the events it shall be about: daybook choose INC-1 INC-2 --for enforcement".to_owned(),
        ),
        (false, None) => (
            "the book holds no contact that was not held and was due under a numbered “it is ordered” paragraph".to_owned(),
            "Write down under which order and paragraph it was due (daybook amend INC-1 --set order=ORD-1 --set para=3), \
             or choose the events: daybook choose INC-1 --for enforcement"
                .to_owned(),
        ),
    };
    PlanError::Empty { why, next }
}

/// The orders rows are about, and those whose warning notice counts for them, as far as they may be shown.
fn orders_shown(book: &Book<'_>, picked: &Picked<'_>) -> BTreeSet<RecordId> {
    let orders = doubts::orders(book);
    let mut shown = BTreeSet::new();
    for row in &picked.rows {
        let Some(under) = row.event.order.filter(|id| orders.contains_key(id)) else { continue };
        shown.insert(under);
        shown.extend(row.event.when().map(|when| notice::that_counts(&orders, under, when).on));
    }
    shown.extend(chosen(book, Noun::Order));
    shown.retain(|id| book.may_show(*id) && orders.contains_key(id));
    shown
}

/// One section without a letter: the schedule, the orders behind it, and what was chosen besides.
pub(super) fn sections(book: &Book<'_>) -> Vec<Section> {
    let picked = picked(book);
    let mut entries = vec![PlannedEntry {
        anchor: Anchor::named("schedule"),
        id: None,
        version: None,
        date: book.made_date().index(),
        title: TITLE.to_owned(),
        head_right: TITLE.to_owned(),
        sources: Vec::new(),
        paper: Paper::Schedule(schedule(book, &picked)),
    }];
    entries.extend(order::entries(book));
    let with_orders = order::papers(book);
    let documents = book
        .chosen(Noun::Document)
        .filter(|record| !with_orders.contains(&record.id))
        .map(|record| (record, documents::entry(book, record).into_iter().collect()));
    let mut behind: Vec<_> = messages::in_order(book).into_iter().chain(documents).collect();
    behind.sort_by_key(|(record, _)| (record.content.when().map_or(i64::MAX, When::sort_key), record.id));
    entries.extend(behind.into_iter().flat_map(|(_, entries)| entries));
    for entry in &mut entries {
        hearing::without_hashes(&mut entry.paper);
    }
    vec![Section { letter: None, title: TITLE.to_owned(), described: TITLE.to_owned(), entries }]
}

fn schedule(book: &Book<'_>, picked: &Picked<'_>) -> Schedule {
    let printed = editions::exhibits_first(book);
    let wording = rows::Wording::of(book, &printed);
    let groups = rows::groups(&wording, picked);
    let note = rows::note(&wording, picked);
    let reply = format!("{}’s reply", head::capitalised(other_role(book)));
    Schedule {
        heading: Heading { statute: None, children: Vec::new(), ..super::covers::heading(book, false) },
        title: TITLE.to_owned(),
        prepared: head::prepared(book),
        fields: head::fields(&wording, picked),
        counts: head::counts(book, picked),
        blank: [reply, "Court’s finding".to_owned()],
        groups,
        note,
    }
}

/// The letter before applying: the one that was chosen, else the last that is about an order, else the last (ENF-16).
fn letter<'a>(book: &Book<'a>) -> Option<(RecordId, &'a Step)> {
    let chosen = chosen(book, Noun::Step);
    let letters = book.all(Noun::Step).into_iter().filter_map(|record| match &record.content {
        Content::Step(step) if step.kind == StepKind::Letter && book.may_show(record.id) => Some((record.id, &**step)),
        _ => None,
    });
    let letters: Vec<(RecordId, &Step)> = letters.collect();
    let about_an_order = |step: &Step| step.about.is_some_and(|about| about.noun == Noun::Order);
    let first_choice = letters.iter().rfind(|(id, _)| chosen.contains(id));
    first_choice.or_else(|| letters.iter().rfind(|(_, step)| about_an_order(step))).or(letters.last()).copied()
}

/// The other side of the proceedings.
fn other_side(mine: &str) -> &'static str {
    if mine == "applicant" { "respondent" } else { "applicant" }
}

/// What a court paper calls the other person: a role, which blames nobody.
fn other_role(book: &Book<'_>) -> &'static str {
    book.people.my_side().map_or("other party", other_side)
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}
