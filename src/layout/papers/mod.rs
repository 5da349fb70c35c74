//! One file for each kind of page. Each fills a galley; none knows its page numbers but from the
//! last pass.

mod chronology;
mod contact;
mod cover;
mod email;
mod event;
mod exhibit_front;
mod foreign;
mod hearing_front;
mod how_to_check;
mod index;
mod order;
mod photograph;
mod placeholder;
mod schedule;
mod sheet;
mod transcript;

use super::galley::{Galley, Geometry};
use crate::bundle::{BundlePlan, Numbering, Pace, Paper, PlannedEntry};
pub(super) use foreign::pages as foreign_pages;

/// The geometry of an entry's pages.
pub(super) fn geometry(plan: &BundlePlan, paper: &Paper) -> Geometry {
    match (&plan.numbering, paper) {
        (_, Paper::ExhibitFront(_)) => Geometry::EXHIBIT_FRONT,
        (_, Paper::Schedule(_)) => Geometry::LANDSCAPE,
        (Numbering::Exhibit { .. }, _) => Geometry::EXHIBIT,
        (Numbering::Sections, Paper::Contact(_)) => Geometry::FIGURES,
        (Numbering::Sections, Paper::Sheet(sheet)) if sheet.pace == Pace::Dense => Geometry::FIGURES,
        (Numbering::Sections, Paper::HearingFront(_)) => Geometry::HEARING_FRONT,
        (Numbering::Sections, _) => Geometry::RECORD,
    }
}

/// Whether the first page of an entry has a running head: covers and front sheets have none.
pub(super) fn has_running_head(paper: &Paper) -> bool {
    match paper {
        Paper::Cover(_) | Paper::ExhibitFront(_) | Paper::HearingFront(_) => false,
        // A chronology that is a paper of its own begins with the heading of the action.
        Paper::Chronology(chronology) => chronology.alone.is_none(),
        _ => true,
    }
}

/// Fills `galley` with the pages of `entry`.
pub(super) fn fill(galley: &mut Galley<'_>, plan: &BundlePlan, entry: &PlannedEntry) {
    match &entry.paper {
        Paper::Cover(cover) => cover::fill(galley, plan, cover),
        Paper::Index => index::fill(galley, plan),
        Paper::Chronology(chronology) => chronology::fill(galley, chronology),
        Paper::Contact(contact) => contact::fill(galley, contact),
        Paper::Event(event) => event::fill(galley, event),
        Paper::Order(order) => order::fill(galley, order),
        Paper::Email(email) => email::fill(galley, email),
        Paper::Transcript(transcript) => transcript::fill(galley, transcript),
        Paper::Photograph(photograph) => photograph::fill(galley, photograph),
        // Its pages come from another file; only what is put onto them is laid out.
        Paper::Foreign(_) => {}
        Paper::Placeholder(placeholder) => placeholder::fill(galley, plan, placeholder),
        Paper::ExhibitFront(front) => exhibit_front::fill(galley, plan, entry, front),
        Paper::HowToCheck(check) => how_to_check::fill(galley, check),
        Paper::HearingFront(front) => hearing_front::fill(galley, front),
        Paper::Schedule(schedule) => schedule::fill(galley, schedule),
        Paper::Sheet(sheet) => sheet::fill(galley, sheet),
    }
}
