//! The page of contact due and held: denominator first, own cancellations and "not known" with the rest.

use std::fmt::Write as _;

use super::super::Span;
use super::super::plan::{ContactPage, OutcomeRow, Square};
use super::book::Book;
use super::text;
use crate::contact::{Buckets, Counting, Figures, Month};
use crate::model::{Content, Date, IncidentKind, Outcome};

/// Counts everything of the dates, shown or not: a number must not improve because a page is kept
/// back (ENF-17). Numbers give away nothing of what an event says.
pub(super) fn figures_of(book: &Book<'_>) -> Figures {
    book.contact().figures(&Counting::of(book.period()))
}

/// How sessions are called that were not held and not cancelled: nobody came to all of them, or some
/// were declined or were calls that did not come about.
struct Missed {
    label: &'static str,
    head: &'static str,
    words: &'static str,
}

fn missed(book: &Book<'_>, figures: &Figures) -> Missed {
    let kind = |id| match book.record(id).map(|record| &record.content) {
        Some(Content::Incident(event)) => event.kind,
        _ => None,
    };
    let missed = figures.sessions.iter().filter_map(|session| kind(session.incident?));
    let mut missed = missed.filter(|kind| kind.outcome() == Outcome::MissedByOther);
    if missed.all(|kind| kind == IncidentKind::NobodyThere) {
        Missed { label: "Not held: nobody came", head: "Nobody", words: "nobody came to" }
    } else {
        Missed { label: "Not held: missed, declined", head: "Missed", words: "missed or declined were" }
    }
}

/// The page, and its dates in words; `None` where nothing was due.
pub(super) fn page(book: &Book<'_>) -> Option<(ContactPage, String)> {
    let figures = figures_of(book);
    if figures.due == 0 {
        return None;
    }
    let range = range(&figures);
    let other = book.people.other().map_or("the other parent", |person| person.short_name());
    let missed = missed(book, &figures);
    let summary = vec![
        text(format!("Contact written down, {range}. ")),
        Span::Bold(format!(
            "{} {} due; {} {} held",
            figures.due,
            were(figures.due),
            figures.buckets.held(),
            were(figures.buckets.held())
        )),
        text(rest_in_words(&figures.buckets, other, &missed)),
    ];
    let page = ContactPage {
        summary,
        outcomes: outcomes(&figures, other, &missed),
        table_head: heads(&figures.buckets, other, &missed),
        table: figures
            .months
            .iter()
            .map(|month| table_row(month_name(month), month, &figures.buckets))
            .chain([total(&figures)])
            .collect(),
        note: note(book, &figures),
    };
    Some((page, range))
}

fn were(count: u32) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

fn rest_in_words(buckets: &Buckets, other: &str, missed: &Missed) -> String {
    let mut parts = Vec::new();
    let mut say = |count: u32, words: String| {
        if count > 0 {
            parts.push(words);
        }
    };
    say(buckets.missed_by_other, format!("{} {}", missed.words, buckets.missed_by_other));
    say(buckets.cancelled_by_other, format!("{other} cancelled {}", buckets.cancelled_by_other));
    say(buckets.cancelled_by_me, format!("I cancelled {}", buckets.cancelled_by_me));
    let third = buckets.cancelled_by_third;
    say(third, format!("{third} did not take place by neither parent's act"));
    let agreed = buckets.agreed_change + buckets.made_up;
    say(agreed, format!("{agreed} {} moved by agreement", were(agreed)));
    let unknown = buckets.not_known;
    say(unknown, format!("{unknown} {} not known", if unknown == 1 { "is" } else { "are" }));
    let part = match buckets.in_part() {
        0 => String::new(),
        part => format!(", {part} of them in part"),
    };
    let others = buckets.sum() - buckets.held();
    match parts.split_last() {
        None => format!("{part}."),
        Some((only, [])) if others == 1 => format!("{part}. The other: {only}."),
        Some((only, [])) => format!("{part}. Of the other {others}, {only}."),
        Some((last, first)) => format!("{part}. Of the other {others}, {}, and {last}.", first.join(", ")),
    }
}

fn outcomes(figures: &Figures, other: &str, missed: &Missed) -> Vec<OutcomeRow> {
    let buckets = &figures.buckets;
    let letter = other_letter(other);
    let rows = [
        ("Due".to_owned(), figures.due, Square::Empty, true, true),
        ("Held, in full".to_owned(), buckets.kept, Square::Full, true, true),
        ("Held, in part".to_owned(), buckets.in_part(), Square::Half, true, false),
        (missed.label.to_owned(), buckets.missed_by_other, Square::Letter('N'), false, false),
        (format!("Not held: cancelled by {other}"), buckets.cancelled_by_other, Square::Letter(letter), false, false),
        ("Not held: cancelled by me".to_owned(), buckets.cancelled_by_me, Square::Letter('M'), false, true),
        ("Not held: by neither parent".to_owned(), buckets.cancelled_by_third, Square::Letter('C'), false, false),
        ("Moved by agreement".to_owned(), buckets.agreed_change + buckets.made_up, Square::Letter('A'), false, false),
        ("Not known".to_owned(), buckets.not_known, Square::Unknown, false, true),
    ];
    rows.into_iter()
        .filter(|(_, count, _, _, stays)| *stays || *count > 0)
        .map(|(label, count, square, bold, _)| OutcomeRow { label, count, square, bold })
        .collect()
}

/// The other parent's initial, where it cannot be mistaken for another mark.
fn other_letter(other: &str) -> char {
    match other.chars().next().map(|c| c.to_ascii_uppercase()) {
        Some(letter) if letter.is_ascii_uppercase() && !"NMCA".contains(letter) && other != "the other parent" => {
            letter
        }
        _ => 'O',
    }
}

/// The column of sessions not held by neither parent's act stands only where there are any.
fn heads(buckets: &Buckets, other: &str, missed: &Missed) -> Vec<String> {
    let mut heads: Vec<String> = ["Month", "Due", "Held, full", "Held, part", missed.head].map(str::to_owned).into();
    heads.push(format!("By {other}"));
    heads.push("By me".to_owned());
    if buckets.cancelled_by_third > 0 {
        heads.push("By neither".to_owned());
    }
    heads.extend(["Moved", "Not known", "Hours due", "Hours held"].map(str::to_owned));
    heads
}

fn table_row(name: String, month: &Month, all: &Buckets) -> Vec<String> {
    let b = &month.buckets;
    let mut row = vec![name];
    row.extend(
        [month.due, b.kept, b.in_part(), b.missed_by_other, b.cancelled_by_other, b.cancelled_by_me].map(figure),
    );
    if all.cancelled_by_third > 0 {
        row.push(figure(b.cancelled_by_third));
    }
    row.extend([b.agreed_change + b.made_up, b.not_known].map(figure));
    row.extend([month.minutes.due, month.minutes.held].map(hours));
    row
}

fn total(figures: &Figures) -> Vec<String> {
    let all = Month {
        month: None,
        due: figures.due,
        buckets: figures.buckets,
        minutes: figures.minutes,
        overnights: figures.overnights,
    };
    table_row("Total".to_owned(), &all, &figures.buckets)
}

/// Nothing is an en dash.
fn figure(count: u32) -> String {
    if count == 0 { "–".to_owned() } else { count.to_string() }
}

fn hours(minutes: i64) -> String {
    if minutes == 0 { "–".to_owned() } else { format!("{}:{:02}", minutes / 60, minutes % 60) }
}

fn month_name(month: &Month) -> String {
    let date = month.month.as_deref().and_then(|month| format!("{month}-01").parse::<Date>().ok());
    date.map_or_else(|| "No date".to_owned(), |date| format!("{} {}", date.month_name(), date.year()))
}

fn range(figures: &Figures) -> String {
    let mut dates: Vec<Date> =
        figures.sessions.iter().filter_map(|session| session.due_start).map(|s| s.date).collect();
    dates.sort_unstable();
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first == last => first.plain(),
        (Some(first), Some(last)) => format!("{} to {}", first.plain(), last.plain()),
        _ => "without dates".to_owned(),
    }
}

fn note(book: &Book<'_>, figures: &Figures) -> String {
    let nights = figures.overnights;
    let mut note = format!(
        "Hours and minutes. Nights: {} due, {} held. Contact belongs to the month in which it was due to start.",
        nights.due, nights.held
    );
    if figures.minutes.not_reckoned > 0 {
        let _ = write!(
            note,
            " For {} the time due or held was not written down or is not known; the hours leave them out.",
            figures.minutes.not_reckoned
        );
    }
    let unseen =
        figures.sessions.iter().filter(|session| session.incident.is_some_and(|id| !book.is_selected(id))).count();
    if unseen > 0 {
        let _ = write!(note, " {unseen} of those counted have no page in this paper.");
    }
    if figures.without_due > 0 {
        let _ = write!(note, " {} written down without a time due: not counted.", figures.without_due);
    }
    note.push_str(
        " Counted is what was written down; contact that was due and not written down is not in these figures.",
    );
    note
}
