//! Earlier editions: what was handed over, so that its page references hold (27A-68, 27A-69), and what
//! a chronology of its own may refer to.

use std::collections::BTreeMap;

use super::book::Book;
use crate::model::{BundleRecord, Content, Date, Instant, Noun, PrintedEntry, Profile, RecordId, StepKind, When};

/// An edition of the hearing bundle that somebody was sent.
pub(super) struct Sent<'a> {
    pub id: RecordId,
    pub made: &'a BundleRecord,
    /// The day it was sent, where that is known.
    pub on: Option<Date>,
}

/// The last edition of the bundle for this hearing that was sent. One for another hearing does not
/// count: each hearing's bundle has its own page numbers (27A-21).
pub(super) fn last_sent<'a>(book: &Book<'a>) -> Option<Sent<'a>> {
    let sent = book.all(Noun::Step).into_iter().filter_map(|record| match &record.content {
        Content::Step(step) if step.kind == StepKind::Sent => {
            let id: RecordId = step.reference.as_deref()?.trim().parse().ok()?;
            let record = book.record(id)?;
            match &record.content {
                Content::Bundle(made) if made.profile == Profile::Hearing => {
                    let same = hearing_day_at(book, record.written_at) == hearing_day_at(book, book.input.made);
                    let on = step.when.as_ref().map(When::london_date);
                    same.then_some(Sent { id, made, on })
                }
                _ => None,
            }
        }
        _ => None,
    });
    sent.max_by_key(|sent| sent.id.number)
}

/// The day of the coming hearing, as the book had it at this moment.
fn hearing_day_at(book: &Book<'_>, at: Instant) -> Option<Date> {
    let case = book.all(Noun::Case).into_iter().next()?;
    let history = book.history(case.id)?;
    let version =
        history.versions.iter().rev().find(|version| version.written_at <= at).or(history.versions.first())?;
    match &version.content {
        Content::Case(case) => case.hearing.as_ref().map(|hearing| hearing.when.london_date()),
        _ => None,
    }
}

/// Where records are printed in papers made earlier.
pub(super) struct Printed {
    /// In the order in which they are looked up.
    editions: Vec<PrintedIn>,
}

/// The last edition of the hearing bundle, or of one exhibit.
struct PrintedIn {
    /// As a sentence names it.
    words: String,
    labels: BTreeMap<RecordId, PagesThere>,
}

/// The numbers of a record's first and last page in an edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PagesThere {
    pub first: String,
    pub last: String,
}

impl Printed {
    /// The number of its first page there.
    pub fn label(&self, id: RecordId) -> Option<&str> {
        self.editions.iter().find_map(|edition| edition.labels.get(&id)).map(|pages| pages.first.as_str())
    }

    /// Whose page numbers those of these records are. Empty: none of them is printed.
    pub fn in_words(&self, ids: &[RecordId]) -> String {
        let mut used = vec![false; self.editions.len()];
        for id in ids {
            if let Some(at) = self.editions.iter().position(|edition| edition.labels.contains_key(id)) {
                used[at] = true;
            }
        }
        let named = self.editions.iter().zip(used).filter(|(_, used)| *used).map(|(edition, _)| edition.words.clone());
        pages_are_those_of(&named.collect::<Vec<_>>())
    }
}

/// Where records are printed in the last edition of each exhibit, else in the last hearing bundle: a bundle is
/// numbered anew for each hearing, an exhibit is not (EF-12).
pub(super) fn exhibits_first(book: &Book<'_>) -> Printed {
    let (exhibits, bundles): (Vec<_>, Vec<_>) = last_editions(book).into_iter().partition(|(mark, _)| mark.is_some());
    Printed { editions: exhibits.into_iter().chain(bundles).map(|(_, edition)| edition).collect() }
}

/// The last hearing bundle and the last edition of each exhibit, by mark; that of the bundle comes first.
fn last_editions(book: &Book<'_>) -> Vec<(Option<String>, PrintedIn)> {
    let mut last: BTreeMap<Option<String>, (RecordId, &BundleRecord, Date)> = BTreeMap::new();
    for record in book.all(Noun::Bundle) {
        let Content::Bundle(made) = &record.content else { continue };
        let day = record.written_at.in_zone(crate::model::Zone::LONDON).date;
        let key = match made.profile {
            Profile::Hearing => None,
            Profile::Exhibit => made.exhibit.clone(),
            _ => continue,
        };
        if made.profile == Profile::Exhibit && key.is_none() {
            continue;
        }
        let newer = last.get(&key).is_none_or(|(id, _, _)| id.number < record.id.number);
        if newer {
            last.insert(key, (record.id, made, day));
        }
    }
    let edition = |(mark, (_, made, day)): (Option<String>, (RecordId, &BundleRecord, Date))| {
        let words = match &mark {
            None => format!("the hearing bundle made on {}", day.plain()),
            Some(mark) => format!("exhibit {mark} ({mark}-1 and on)"),
        };
        let pages =
            |entry: &PrintedEntry| PagesThere { first: entry.first_page.clone(), last: entry.last_page.clone() };
        let labels = made.entries.iter().rev().map(|entry| (entry.id, pages(entry))).collect();
        (mark, PrintedIn { words, labels })
    };
    // `None` comes first: the hearing bundle.
    last.into_iter().map(edition).collect()
}

/// Where records are printed in the last hearing bundle and in the last edition of each exhibit, and
/// those editions in words. A page of the hearing bundle goes before one of an exhibit.
pub(super) fn printed_elsewhere(book: &Book<'_>) -> (BTreeMap<RecordId, PagesThere>, String) {
    let mut labels = BTreeMap::new();
    let mut named = Vec::new();
    for (_, edition) in last_editions(book) {
        let before = labels.len();
        for (id, pages) in edition.labels {
            labels.entry(id).or_insert(pages);
        }
        if labels.len() > before {
            named.push(edition.words);
        }
    }
    (labels, pages_are_those_of(&named))
}

/// The first pages of several papers, earliest first; papers that follow one another as one run: `AR1-4 to AR1-8`.
pub(super) fn in_runs(mut pages: Vec<&PagesThere>) -> String {
    pages.sort_by_key(|pages| numbered(&pages.first));
    pages.dedup();
    let mut runs: Vec<Vec<&PagesThere>> = Vec::new();
    for page in pages {
        let follows = |run: &Vec<&PagesThere>| {
            let (series, number) = numbered(&run.last().expect("a run holds a page").last);
            numbered(&page.first) == (series, number + 1)
        };
        match runs.last_mut().filter(|run| follows(run)) {
            Some(run) => run.push(page),
            None => runs.push(vec![page]),
        }
    }
    let run = |run: Vec<&PagesThere>| match run.as_slice() {
        [first, .., last] => format!("{} to {}", first.first, last.first),
        one => one.iter().map(|page| page.first.clone()).collect(),
    };
    runs.into_iter().map(run).collect::<Vec<_>>().join(", ")
}

/// `AR1-14` as `AR1-` and 14. A label without a number comes first.
pub(super) fn numbered(label: &str) -> (&str, u64) {
    let series = label.trim_end_matches(|c: char| c.is_ascii_digit());
    (series, label[series.len()..].parse().unwrap_or_default())
}

fn pages_are_those_of(named: &[String]) -> String {
    match named {
        [] => String::new(),
        [one] => format!("Pages are those of {one}."),
        [first @ .., last] => format!("Pages are those of {} and {last}.", first.join(", ")),
    }
}
