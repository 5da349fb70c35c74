//! What stands over the rows: who prepared the schedule and by whose direction, the order and its notices, the
//! letter before applying, the sections of the Act, and what was due and what became of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::notice::{self, Known, Notice};
use super::picked::Picked;
use super::rows::{Wording, in_words};
use super::{choices, doubts, filled, letter, orders_shown, other_role, words};
use crate::bundle::plan::{Field, Rich, Span};
use crate::bundle::planning::book::Book;
use crate::bundle::planning::{contact, order, text};
use crate::bundle::schedule::ScheduleCounts;
use crate::contact::Session;
use crate::model::{Content, LinkKind, Noun, Order, Outcome, ParagraphKind, Record, RecordId, When};

/// By whom, directed or not (SCH-06), for which hearing, and what a row is.
pub(super) fn prepared(book: &Book<'_>) -> Rich {
    let side = book.people.my_side().map_or(String::new(), |side| format!(", {side}"));
    let directed = directed(book).unwrap_or_else(|| "not directed by the court".to_owned());
    let hearing = book.case().and_then(|case| case.hearing.as_ref());
    let hearing =
        hearing.map_or(String::new(), |hearing| format!(", for the hearing on {}", hearing.when.london_date().plain()));
    words(format!(
        "Prepared by {}{side}, {directed}{hearing}. Each row is an allegation for the {} to answer and the court to decide.",
        book.people.my_name(),
        other_role(book)
    ))
}

/// `under paragraph 6 of the order of 9 November 2026`: as the choice says, else a direction kept in the book.
pub(super) fn directed(book: &Book<'_>) -> Option<String> {
    let said = choices(book).into_iter().rev().find_map(|choice| filled(choice.directed.as_ref()).map(str::to_owned));
    if let Some(said) = said {
        return Some(format!("as directed by {}", said.trim_end_matches('.')));
    }
    book.all(Noun::Order).into_iter().rev().find_map(|record| {
        let Content::Order(order) = &record.content else { return None };
        let paragraph = order.paragraphs.iter().find(|paragraph| {
            let what = paragraph.to_do.as_ref().map(|to_do| to_do.what.to_lowercase());
            paragraph.kind == ParagraphKind::Direction && what.is_some_and(|what| what.contains("schedule"))
        })?;
        book.may_show(record.id).then(|| format!("under paragraph {} of {}", paragraph.number, order::named(order)))
    })
}

/// The order, its judge, the notices, the letter before applying, the sections.
pub(super) fn fields(wording: &Wording<'_, '_>, picked: &Picked<'_>) -> Vec<Field> {
    let book = wording.book;
    let field = |label: &str, value: Rich| Field { label: label.to_owned(), value: vec![value], small: None };
    let orders = doubts::orders(book);
    let mut fields = Vec::new();
    for id in orders_shown(book, picked) {
        let Some(order) = orders.get(&id) else { continue };
        fields.push(field("Order", the_order(book, order)));
        fields.push(field("Made by", made_by(book, id, order)));
        fields.push(field("Penal notice", words(attached(order.penal_notice))));
    }
    // Warning and penal notice are two things (ENF-35); the one that counts may be on a later order (C79-11).
    let at = fields.iter().position(|field| field.label == "Penal notice").unwrap_or(fields.len());
    let notice = Field { label: "Warning notice".to_owned(), value: notices(book, picked, &orders), small: None };
    fields.insert(at, notice);
    fields.push(field("Letter before applying", letter_in_words(wording)));
    let compensation = picked.rows.iter().any(|row| row.event.loss.is_some());
    let sections = if compensation {
        "sections 11J (enforcement order) and 11O (financial loss)"
    } else {
        "section 11J (enforcement order)"
    };
    fields.push(field("Under", words(format!("Children Act 1989, {sections}"))));
    fields
}

/// What it is, its date, its number, and its court where that is another one than the heading's.
fn the_order(book: &Book<'_>, order: &Order) -> Rich {
    let made = order.made.as_ref().map_or_else(|| "date not known".to_owned(), |made| made.london_date().plain());
    let mut parts = vec![format!("{}, {made}", order.title)];
    let here = book.case().and_then(|case| filled(case.court.as_ref())).map(str::to_lowercase);
    let same = |court: &String| here.as_ref().is_some_and(|here| court.to_lowercase().contains(here));
    parts.extend(order.court.clone().filter(|court| !same(court)));
    parts.extend(order.case_number.clone());
    words(parts.join(", "))
}

fn made_by(book: &Book<'_>, id: RecordId, order: &Order) -> Rich {
    let by = order.by.clone().unwrap_or_else(|| "Not written down".to_owned());
    let mut rich = vec![text(format!("{by}; "))];
    let paper = order.document.and_then(|paper| book.page_of(paper));
    match (paper, book.page_of(id)) {
        (Some(paper), _) => rich.extend([text("a copy of the order is at page "), Span::Reference(paper)]),
        (None, Some(page)) => rich.extend([text("its words are at page "), Span::Reference(page)]),
        (None, None) => rich.push(text("the order itself is not in this paper")),
    }
    rich
}

fn attached(known: Option<bool>) -> &'static str {
    match known {
        Some(true) => "Attached",
        Some(false) => "None attached",
        None => "Not known",
    }
}

/// The notice that counts for each row, told once for all it counts for.
fn notices(book: &Book<'_>, picked: &Picked<'_>, orders: &BTreeMap<RecordId, &Order>) -> Vec<Rich> {
    let mut rows: BTreeMap<Notice, Vec<RecordId>> = BTreeMap::new();
    for row in &picked.rows {
        let (Some(under), Some(when)) = (row.event.order.filter(|id| orders.contains_key(id)), row.event.when()) else {
            continue;
        };
        rows.entry(notice::that_counts(orders, under, when)).or_default().push(row.id);
    }
    if rows.is_empty() {
        return vec![words("Not known")];
    }
    let several = rows.len() > 1 || orders_shown(book, picked).len() > 1;
    rows.into_iter()
        .map(|(notice, ids)| {
            let on = orders.get(&notice.on).filter(|_| several).map(|order| format!("On {}: ", order::named(order)));
            let known = notice_in_words(book, notice.known);
            let mut said = on.map_or_else(|| capitalised(&known), |on| format!("{on}{known}"));
            if several {
                let ids: Vec<String> = ids.iter().map(RecordId::to_string).collect();
                let _ = write!(said, " ({})", ids.join(", "));
            }
            words(said)
        })
        .collect()
}

fn notice_in_words(book: &Book<'_>, known: Known) -> String {
    let other = other_role(book);
    match known {
        Known::Before(day, true) => format!("attached; the order was served on {}", day.plain()),
        Known::Before(day, false) | Known::SameDay(day) | Known::After(day) => {
            format!("attached; known to the {other} on {}", day.plain())
        }
        Known::NotSaid => format!("attached; when the {other} knew of it is not written down"),
        Known::NotAttached => "none attached".to_owned(),
        Known::Unknown => "not known".to_owned(),
    }
}

/// Its date, how it went, its page, and the reply (ENF-16).
fn letter_in_words(wording: &Wording<'_, '_>) -> Rich {
    let book = wording.book;
    let Some((id, step)) = letter(book) else { return words("None written down") };
    let mut rich =
        vec![text(step.when.as_ref().map_or_else(|| "Date not known".to_owned(), |when| when.london_date().plain()))];
    if let Some(how) = filled(step.how.as_ref()) {
        rich.push(text(format!(", {how}")));
    }
    let pages = wording.pages_behind(id);
    if !pages.is_empty() {
        rich.push(text(" ("));
        rich.extend(in_words(&pages));
        rich.push(text(")"));
    }
    match reply_to(book, id) {
        Some(reply) => {
            let on =
                reply.content.when().map_or_else(|| "date not known".to_owned(), |when| when.london_date().plain());
            rich.push(text(format!("; reply {on}")));
        }
        None => rich.push(text("; no reply written down")),
    }
    rich
}

/// The first step or other record that is said to answer the letter, or a message behind it.
fn reply_to<'a>(book: &Book<'a>, letter: RecordId) -> Option<&'a Record> {
    let behind = book.links.bearing_on(letter).supported_by;
    let answers = book.all(Noun::Link).into_iter().filter_map(|record| match &record.content {
        Content::Link(link) if !link.withdrawn && link.kind == LinkKind::Replies => Some(link),
        _ => None,
    });
    let answers = answers.filter(|link| link.to == letter || behind.contains(&link.to));
    let steps = book
        .all(Noun::Step)
        .into_iter()
        .filter(|record| matches!(&record.content, Content::Step(step) if step.answers == Some(letter)));
    let records =
        answers.filter_map(|link| book.record(link.from)).chain(steps).filter(|record| book.may_show(record.id));
    records.min_by_key(|record| (record.content.when().map_or(i64::MAX, When::sort_key), record.id))
}

/// What was due under the paragraphs the rows are about, and what became of it; the denominator first, own
/// cancellations always (ENF-17). What was due under others, or on another footing, is counted apart, and that
/// is said.
pub(super) fn counts(book: &Book<'_>, picked: &Picked<'_>) -> ScheduleCounts {
    let number = |paragraph: Option<&String>| filled(paragraph).map(str::to_lowercase);
    let alleged: BTreeSet<(Option<RecordId>, Option<String>)> =
        picked.rows.iter().map(|row| (row.event.order, number(row.event.paragraph.as_ref()))).collect();
    let under = |session: &Session| match session.order {
        None => session.outcome == Outcome::CancelledByMe || alleged.contains(&(None, None)),
        order => alleged.contains(&(order, number(session.paragraph.as_ref()))),
    };
    let figures = contact::figures_of(book);
    let (counted, others): (Vec<&Session>, Vec<&Session>) = figures.sessions.iter().partition(|session| under(session));
    let mut of: BTreeMap<Outcome, u32> = BTreeMap::new();
    for session in &counted {
        *of.entry(session.outcome).or_default() += 1;
    }
    let count = |outcome| of.get(&outcome).copied().unwrap_or_default();
    let mut rows = vec![("Held in full".to_owned(), count(Outcome::Kept))];
    let (late, early) = (count(Outcome::Late), count(Outcome::EndedEarly));
    let part: Vec<String> = [("late", late), ("ended early", early)]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(words, count)| format!("{words} {count}"))
        .collect();
    let part = if part.is_empty() { String::new() } else { format!(" ({})", part.join(", ")) };
    rows.push((format!("Held in part{part}"), late + early));
    let missed =
        if contact::only_nobody_came(book, counted.iter().copied()) { "nobody came" } else { "missed or declined" };
    rows.push((format!("Not held: {missed}"), count(Outcome::MissedByOther)));
    rows.push((format!("Not held: cancelled by the {}", other_role(book)), count(Outcome::CancelledByOther)));
    rows.push(("Not held: cancelled by me".to_owned(), count(Outcome::CancelledByMe)));
    let others_than_always = [
        ("Not held: by neither’s act", count(Outcome::CancelledByThird)),
        ("Changed by agreement", count(Outcome::AgreedChange)),
        ("Held at another time instead", count(Outcome::MadeUp)),
    ];
    rows.extend(
        others_than_always.into_iter().filter(|(_, count)| *count > 0).map(|(label, count)| (label.to_owned(), count)),
    );
    rows.push(("Not known".to_owned(), count(Outcome::NotKnown)));
    let by_me = others.iter().filter(|session| session.outcome == Outcome::CancelledByMe).count();
    let by_me = if by_me == 0 { String::new() } else { format!(" ({by_me} of them cancelled by me)") };
    let safety = counted.iter().filter(|session| session.for_safety).count();
    let safety = if safety == 0 { String::new() } else { format!("{safety} of these for somebody’s safety. ") };
    let note = match others.len() {
        0 => safety.trim_end().to_owned(),
        others => {
            format!("{safety}{others} more, due under other paragraphs or on another footing{by_me}: not counted here.")
        }
    };
    let as_labelled = format!("held in part, {missed} or cancelled by the {}", other_role(book));
    let note = match (with_a_row(&counted, picked, &as_labelled), note.is_empty()) {
        (Some(rows), true) => rows,
        (Some(rows), false) => format!("{note} {rows}"),
        (None, _) => note,
    };
    let note = match contact::not_whole(&figures) {
        Some(words) => format!("{note} {words}").trim_start().to_owned(),
        None => note,
    };
    let numbers: BTreeSet<&str> = picked.rows.iter().filter_map(|row| filled(row.event.paragraph.as_ref())).collect();
    let due_under = match numbers.into_iter().collect::<Vec<_>>().as_slice() {
        [] => "Sessions".to_owned(),
        [one] => format!("Due under paragraph {one}"),
        [first @ .., last] => format!("Due under paragraphs {} and {last}", first.join(", ")),
    };
    ScheduleCounts { title: format!("{due_under}{}", range(&counted)), due: counted.len() as u32, rows, note }
}

/// How many of those held in part, missed or cancelled by the other person have a row; nothing where all have one.
fn with_a_row(counted: &[&Session], picked: &Picked<'_>, as_labelled: &str) -> Option<String> {
    let in_question: Vec<&&Session> = counted
        .iter()
        .filter(|session| {
            use Outcome::{CancelledByOther, EndedEarly, Late, MissedByOther};
            matches!(session.outcome, Late | EndedEarly | MissedByOther | CancelledByOther)
        })
        .collect();
    let has_row = |session: &Session| {
        picked.rows.iter().any(|row| session.incident == Some(row.id) || session.also.contains(&row.id))
    };
    let rows = in_question.iter().filter(|session| has_row(session)).count();
    let all = in_question.len();
    let how = if picked.by_hand { " (the rows were chosen)" } else { "" };
    let have = if rows == 1 { "has" } else { "have" };
    (rows < all).then(|| format!("Of the {all} counted as {as_labelled}, {rows} {have} a row{how}."))
}

/// `, 6 Mar to 20 Nov 2026`.
fn range(sessions: &[&Session]) -> String {
    let mut days: Vec<_> = sessions.iter().filter_map(|session| session.due_start).map(|start| start.date).collect();
    days.sort_unstable();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return String::new() };
    if first == last {
        return format!(", {}", first.index());
    }
    let year = format!(" {}", last.year());
    let from = first.index();
    let from = from.strip_suffix(&year).unwrap_or(&from);
    format!(", {from} to {}", last.index())
}

/// With a capital letter.
pub(super) fn capitalised(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}
