//! The outline: sections, then entries, each with its page label (27A-56).

use super::page::{Bookmark, Laid};
use crate::bundle::{BundlePlan, PlannedEntry, Section};

/// The outline of a laid paper.
pub(super) fn outline(plan: &BundlePlan, laid: &Laid) -> Vec<Bookmark> {
    plan.sections.iter().flat_map(|section| of_section(section, laid)).collect()
}

fn of_section(section: &Section, laid: &Laid) -> Vec<Bookmark> {
    let entries: Vec<Bookmark> = section.entries.iter().filter_map(|entry| of_entry(entry, laid)).collect();
    match (section.letter, entries.first().map(|first| first.page)) {
        (Some(letter), Some(page)) => {
            let title = format!("{letter} {}, {}", section.title, laid.pages[page].label);
            vec![Bookmark { title, page, children: entries }]
        }
        _ => entries,
    }
}

fn of_entry(entry: &PlannedEntry, laid: &Laid) -> Option<Bookmark> {
    let (page, _) = *laid.extents.get(&entry.anchor)?;
    let label = &laid.pages.get(page)?.label;
    let title = if entry.date.is_empty() {
        format!("{}, {label}", entry.title)
    } else {
        format!("{}: {}, {label}", entry.date, entry.title)
    };
    Some(Bookmark { title, page, children: Vec::new() })
}
