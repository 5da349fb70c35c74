//! The chronology in a hearing bundle: what stands behind a line may be a page of an exhibit that is in the same
//! bundle, and that page is named by the bundle's own number.

use std::collections::BTreeMap;

use super::super::plan::{Anchor, Chronology, ChronologyRow, Paper, PlannedEntry};
use super::book::Book;
use super::chronology::{self, KEPT, KEPT_MEANS, SAYS_OTHERWISE};
use super::{editions, text};
use crate::model::{Content, Profile, RecordId};

/// The lines, with every page of this bundle that supports each. The marks are those of the chronology that is a
/// paper of its own: what is kept and not in the bundle is said to be kept.
pub(super) fn page(book: &Book<'_>, entries: &[&PlannedEntry]) -> Chronology {
    let inside = within_exhibits(book, entries);
    let (mut page, _) = chronology::page(book);
    for (row, id) in page.rows.iter_mut().zip(chronology::rows_of(book)) {
        fill(book, &inside, row, id);
    }
    if page.rows.iter().any(|row| row.elsewhere.is_some()) {
        page.subtitle.push(text(format!(" {KEPT_MEANS}")));
    }
    page
}

fn fill(book: &Book<'_>, inside: &BTreeMap<RecordId, Anchor>, row: &mut ChronologyRow, id: RecordId) {
    let place = |id: &RecordId| book.page_of(*id).or_else(|| inside.get(id).cloned());
    row.support.clear();
    if row.pages.is_empty() {
        let behind = book.record(id).map(|record| chronology::supporting(book, record)).unwrap_or_default();
        row.pages.extend(behind.iter().filter(|id| book.may_show(**id)).filter_map(place));
    }
    row.supported = row.supported || !row.pages.is_empty() || chronology::is_supported(book, id);
    if row.supported && row.pages.is_empty() {
        row.elsewhere = Some(KEPT.to_owned());
    }
    let otherwise: Vec<Anchor> = chronology::contradicting(book, id).iter().filter_map(place).collect();
    if let Some(words) = row.what.strip_suffix(SAYS_OTHERWISE).filter(|_| !otherwise.is_empty()) {
        row.what = words.to_owned();
    }
    row.otherwise = otherwise;
}

/// Where records stand inside the exhibits of this bundle, whose pages are those of a file made earlier.
fn within_exhibits(book: &Book<'_>, entries: &[&PlannedEntry]) -> BTreeMap<RecordId, Anchor> {
    let mut inside = BTreeMap::new();
    for entry in entries {
        let (Some(id), Paper::Foreign(foreign)) = (entry.id, &entry.paper) else { continue };
        let Some(Content::Bundle(made)) = book.record(id).map(|record| &record.content) else { continue };
        // An exhibit is numbered in one run from its front sheet (22A-30), so the number tells the page.
        if made.profile != Profile::Exhibit {
            continue;
        }
        for printed in &made.entries {
            let (_, number) = editions::numbered(&printed.first_page);
            let index = usize::try_from(number).unwrap_or(usize::MAX).checked_sub(1);
            if let Some(index) = index.filter(|index| *index < foreign.pages.len()) {
                inside.entry(printed.id).or_insert_with(|| entry.anchor.page(index));
            }
        }
    }
    inside
}
