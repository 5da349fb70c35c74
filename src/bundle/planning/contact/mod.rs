//! The page of contact due and held: denominator first, own cancellations and "not known" with the rest.

mod calendar;
mod marks;
mod months;
mod notes;
mod summary;

use super::super::plan::{Anchor, ContactPage, ContactPart};
use super::book::Book;
use crate::contact::{Because, Counting, Figures, Outside, Session};
use crate::model::{Basis, Date};
use marks::Marking;
pub(super) use marks::only_nobody_came;

/// The place where the figures of calls begin.
pub(super) const CALLS: &str = "contact/calls";

/// Counts everything of the dates, shown or not: a number must not improve because a page is kept
/// back (ENF-17). Numbers give away nothing of what an event says.
pub(super) fn figures_of(book: &Book<'_>) -> Figures {
    book.contact().figures(&Counting::of(book.period()))
}

/// What stands beside every count where some contact could not be computed: a denominator that is not whole says so.
pub(super) fn not_whole(figures: &Figures) -> Option<String> {
    let mut reasons: Vec<&str> = Vec::new();
    for finding in figures.not_computed() {
        if !reasons.contains(&finding.what.as_str()) {
            reasons.push(&finding.what);
        }
    }
    let first = reasons.first()?;
    let more = if reasons.len() > 1 { " There are further times like it." } else { "" };
    Some(format!("These figures are not whole: some contact that may have been due is in none of them. {first}{more}"))
}

/// The page, and its dates in words; `None` where nothing was due.
pub(super) fn page(book: &Book<'_>) -> Option<(ContactPage, String)> {
    let all = figures_of(book);
    if all.due == 0 {
        return None;
    }
    let shares = shares(book);
    let several = shares.len() > 1;
    // What is in no count is told once, with the calls what are calls, and with the time together what is not.
    let first = |call: bool| shares.iter().position(|share| share.call == call).unwrap_or(0);
    let parts = shares.iter().enumerate().map(|(i, share)| {
        let told = |event: &&Outside| i == first(notes::tells_of_a_call(book, event));
        let outside: Vec<&Outside> = all.outside.iter().filter(told).collect();
        ContactPart {
            place: (share.call && i == first(true)).then(|| Anchor::named(CALLS)),
            ..part(book, share, several, &outside)
        }
    });
    Some((ContactPage { parts: parts.collect() }, range(&all)))
}

/// What was due for one reason, and as time together or as calls: never mixed with another.
struct Share {
    because: Because,
    call: bool,
    figures: Figures,
}

fn shares(book: &Book<'_>) -> Vec<Share> {
    let mut shares = Vec::new();
    for call in [false, true] {
        for because in Because::ALL.map(|row| row.0) {
            let counting = Counting { because: Some(because), call: Some(call), ..Counting::of(book.period()) };
            let figures = book.contact().figures(&counting);
            if figures.due > 0 {
                shares.push(Share { because, call, figures });
            }
        }
    }
    shares
}

fn part(book: &Book<'_>, share: &Share, several: bool, outside: &[&Outside]) -> ContactPart {
    let figures = &share.figures;
    let marking = Marking::of(book, figures);
    let noun = noun(share);
    ContactPart {
        place: None,
        title: title(share, several),
        summary: summary::summary(book, share, &marking),
        noun,
        outcomes: marking.outcomes(figures),
        calendar: calendar::calendar(figures, &marking),
        table_head: months::heads(share, &marking),
        table: months::rows(share),
        note: notes::note(book, share, outside),
        days: calendar::days(figures, &marking),
    }
}

fn title(share: &Share, several: bool) -> String {
    let what = if share.call { "Calls due and made" } else { "Contact due and held" };
    let because = match share.because {
        _ if !several => return what.to_owned(),
        Because::Of(Basis::Order) => "by the order",
        Because::Of(Basis::Agreement) => "by agreement",
        Because::Of(Basis::Pattern) => "as had become usual",
        Because::Of(Basis::Asked) => "as asked for",
        Because::NotSaid => "as written down",
    };
    format!("{what}: {because}")
}

fn noun(share: &Share) -> &'static str {
    if share.call {
        "call"
    } else if share.figures.sessions.iter().all(is_weekend) {
        "weekend"
    } else {
        "session"
    }
}

/// From a Friday or Saturday until the Sunday or Monday after.
fn is_weekend(session: &Session) -> bool {
    let (Some(start), Some(end)) = (session.due_start, session.due_end) else { return false };
    let nights = end.date.days_since(start.date);
    matches!(start.date.weekday(), 4 | 5) && matches!(end.date.weekday(), 6 | 0) && (1..=3).contains(&nights)
}

fn range(figures: &Figures) -> String {
    let mut dates: Vec<Date> = figures.sessions.iter().filter_map(|session| session.day).collect();
    dates.sort_unstable();
    match (dates.first(), dates.last()) {
        (Some(first), Some(last)) if first == last => first.plain(),
        (Some(first), Some(last)) => format!("{} to {}", first.plain(), last.plain()),
        _ => "without dates".to_owned(),
    }
}

/// More than one year: months are named with theirs.
fn has_years(figures: &Figures) -> bool {
    let mut years: Vec<&str> = figures.months.iter().filter_map(|month| month.month.as_deref()?.get(..4)).collect();
    years.dedup();
    years.len() > 1
}

fn were(count: u32) -> &'static str {
    if count == 1 { "was" } else { "were" }
}
