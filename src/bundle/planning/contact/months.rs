//! The table by month.

use super::super::super::plan::ColumnHead;
use super::marks::Marking;
use super::{Share, has_years};
use crate::contact::{Buckets, Month};
use crate::model::Date;

/// Columns of outcomes that may be without any stand only where there are some.
pub(super) fn heads(share: &Share, marking: &Marking) -> Vec<ColumnHead> {
    let buckets = &share.figures.buckets;
    let head = |group, words: &str| ColumnHead { group, words: words.to_owned() };
    let first = match share.figures.months.first().and_then(|month| month.month.as_deref()?.get(..4)) {
        Some(year) if !has_years(&share.figures) => year,
        _ => "Month",
    };
    let (held, not_held, hours) = (Some("Held"), Some("Not held"), Some("Hours"));
    let mut heads = vec![head(None, first), head(None, "Due"), head(held, "full"), head(held, "part")];
    heads.push(head(not_held, marking.missed.head));
    heads.push(head(not_held, &format!("by {}", in_one_word(&marking.other))));
    heads.push(head(not_held, "by me"));
    if buckets.cancelled_by_third > 0 {
        heads.push(head(not_held, "neither"));
    }
    heads.push(head(None, "Moved"));
    if buckets.made_up > 0 {
        heads.push(head(None, "Held later"));
    }
    heads.push(head(None, "Not known"));
    if !share.call {
        heads.extend([head(hours, "due"), head(hours, "held")]);
    }
    heads
}

/// One row a month, and the total.
pub(super) fn rows(share: &Share) -> Vec<Vec<String>> {
    let figures = &share.figures;
    let years = has_years(figures);
    let all = Month {
        month: None,
        due: figures.due,
        buckets: figures.buckets,
        minutes: figures.minutes,
        overnights: figures.overnights,
    };
    let months = figures.months.iter().map(|month| row(share, month_name(month.month.as_deref(), years), month));
    months.chain([row(share, "Total".to_owned(), &all)]).collect()
}

fn row(share: &Share, name: String, month: &Month) -> Vec<String> {
    let (b, all): (&Buckets, &Buckets) = (&month.buckets, &share.figures.buckets);
    let mut row = vec![name];
    row.extend(
        [month.due, b.kept, b.in_part(), b.missed_by_other, b.cancelled_by_other, b.cancelled_by_me].map(figure),
    );
    row.extend((all.cancelled_by_third > 0).then(|| figure(b.cancelled_by_third)));
    row.push(figure(b.agreed_change));
    row.extend((all.made_up > 0).then(|| figure(b.made_up)));
    row.push(figure(b.not_known));
    if !share.call {
        row.extend([month.minutes.due, month.minutes.held].map(hours));
    }
    row
}

/// `March`, with its year where there is more than one.
pub(super) fn month_name(month: Option<&str>, years: bool) -> String {
    let date = month.and_then(|month| format!("{month}-01").parse::<Date>().ok());
    match date {
        Some(date) if years => format!("{} {}", &date.month_name()[..3], date.year()),
        Some(date) => date.month_name().to_owned(),
        None => "No date".to_owned(),
    }
}

fn in_one_word(other: &str) -> &str {
    if other == "the other parent" { "other" } else { other }
}

/// Nothing is an en dash.
fn figure(count: u32) -> String {
    if count == 0 { "–".to_owned() } else { count.to_string() }
}

pub(super) fn hours(minutes: i64) -> String {
    if minutes == 0 { "–".to_owned() } else { format!("{}:{:02}", minutes / 60, minutes % 60) }
}
