//! A plan becomes pages: fonts, shaping, breaking, and the fix-point of numbers.
//!
//! In: a [`BundlePlan`]. Out: [`Laid`] pages as plain values. Deliberately absent: any PDF, and any
//! decision about what belongs in a paper.
//!
//! ```text
//!  entry ─papers─▶ words ─setting─▶ lines ─galley─▶ slabs ─flow─▶ pages ─┐
//!    ▲                                                                   │
//!    └──────────── numbers: labels, ranges, length ◀─────────────────────┘  until nothing moves
//! ```

mod emoji;
mod fields;
mod flow;
mod fonts;
mod furniture;
mod galley;
mod numbers;
mod outline;
pub mod page;
mod papers;
#[cfg(test)]
pub(crate) mod sample;
mod scripts;
mod setting;
mod shown;
mod style;
#[cfg(test)]
mod tests;
mod ties;

use std::collections::{BTreeMap, BTreeSet};

pub use fonts::{BundledFont, font, fonts};
pub use page::{Bookmark, FontIndex, ForeignRef, Glyph, Ink, Item, Laid, LinkArea, Page, Position, TextRun};

use crate::bundle::{Anchor, BundlePlan, Paper, PlannedEntry};
use crate::model::{Finding, Severity};
use flow::Body;
use furniture::Furniture;
use galley::Galley;
use numbers::{Labeller, Numbers};
use setting::Setter;

/// How often the numbers may move before we say that they do not settle. Two passes settle nearly
/// every paper, three those whose index grows by a page because of longer labels.
const PASSES: usize = 8;

/// Why a plan did not become pages.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// A reference leads to a place that is in no entry: a reader must never be sent to a page the
    /// edition does not hold.
    #[error(
        "the paper refers to {places}, which it does not hold; choose that record for the paper, or leave out what refers to it"
    )]
    UnknownPlace {
        /// The places, in order.
        places: String,
    },
    /// Page numbers and lengths did not come to rest.
    #[error(
        "the page numbers did not settle after {passes} passes; leave out or add one entry and make the paper again"
    )]
    NotSettled {
        /// How many passes were made.
        passes: usize,
    },
}

/// Lays out a whole paper.
///
/// References are labels, labels depend on lengths, and lengths depend on the references printed:
/// the pages are laid again until no number moves.
///
/// # Errors
/// A reference to a place the plan does not have, or numbers that do not settle.
pub fn lay_out(plan: &BundlePlan) -> Result<Laid, LayoutError> {
    let mut setter = Setter::new();
    let mut numbers = Numbers::default();
    for pass in 0..PASSES {
        let draft = Draft::of(plan, &mut setter, &numbers);
        if pass > 0 && !draft.unknown.is_empty() {
            let places: Vec<&str> = draft.unknown.iter().map(|anchor| anchor.0.as_str()).collect();
            return Err(LayoutError::UnknownPlace { places: places.join(", ") });
        }
        let found = draft.numbers(plan);
        if found == numbers {
            return Ok(draft.finish(plan, &mut setter));
        }
        numbers = found;
    }
    Err(LayoutError::NotSettled { passes: PASSES })
}

/// One pass: every entry's pages, in order, before they are numbered.
struct Draft<'a> {
    entries: Vec<DraftEntry<'a>>,
    unknown: BTreeSet<Anchor>,
}

struct DraftEntry<'a> {
    section: usize,
    entry: &'a PlannedEntry,
    pages: Vec<Body>,
    missing: BTreeSet<char>,
}

impl<'a> Draft<'a> {
    fn of(plan: &'a BundlePlan, setter: &mut Setter, numbers: &Numbers) -> Self {
        let mut draft = Draft { entries: Vec::new(), unknown: BTreeSet::new() };
        for (section, entry) in each_entry(plan) {
            let mut galley = Galley::new(setter, numbers, papers::geometry(plan, &entry.paper));
            papers::fill(&mut galley, plan, entry);
            let pages = match &entry.paper {
                Paper::Foreign(foreign) => papers::foreign_pages(&entry.anchor, foreign),
                _ => galley.pages(),
            };
            draft.unknown.append(&mut galley.unknown);
            draft.entries.push(DraftEntry { section, entry, pages, missing: galley.missing });
        }
        draft
    }

    /// The label of every page, in order.
    fn labels(&self, plan: &BundlePlan) -> Vec<String> {
        let mut labeller = Labeller::new(&plan.numbering);
        let mut section = None;
        let mut labels = Vec::new();
        for entry in &self.entries {
            if section != Some(entry.section) {
                section = Some(entry.section);
                labeller.section(plan.sections[entry.section].letter);
            }
            labels.extend(entry.pages.iter().map(|_| labeller.label()));
        }
        labels
    }

    fn numbers(&self, plan: &BundlePlan) -> Numbers {
        let labels = self.labels(plan);
        let mut numbers = Numbers { pages: labels.len(), ..Numbers::default() };
        numbers.sections.resize(plan.sections.len(), (String::new(), String::new()));
        for (anchor, position) in self.places() {
            numbers.labels.insert(anchor, labels[position.page].clone());
        }
        let mut page = 0;
        for entry in &self.entries {
            let (first, last) = &mut numbers.sections[entry.section];
            if first.is_empty() {
                first.clone_from(&labels[page]);
            }
            page += entry.pages.len();
            last.clone_from(&labels[page - 1]);
            numbers.lengths.insert(entry.entry.anchor.clone(), entry.pages.len());
        }
        numbers
    }

    /// Where each place is. An entry's own place is the head of its first page.
    fn places(&self) -> BTreeMap<Anchor, Position> {
        let mut places = BTreeMap::new();
        let mut page = 0;
        for entry in &self.entries {
            places.entry(entry.entry.anchor.clone()).or_insert(Position { page, y: 0.0 });
            for (i, body) in entry.pages.iter().enumerate() {
                for (anchor, y) in &body.places {
                    places.entry(anchor.clone()).or_insert(Position { page: page + i, y: *y });
                }
            }
            page += entry.pages.len();
        }
        places
    }

    fn finish(self, plan: &BundlePlan, setter: &mut Setter) -> Laid {
        let (labels, places) = (self.labels(plan), self.places());
        let mut findings = self.findings();
        let mut laid =
            Laid { pages: Vec::new(), places, extents: BTreeMap::new(), outline: Vec::new(), findings: Vec::new() };
        let mut furniture = Furniture::new(setter, plan);
        for entry in self.entries {
            let first = laid.pages.len();
            let geometry = papers::geometry(plan, &entry.entry.paper);
            for (i, body) in entry.pages.into_iter().enumerate() {
                let label = labels[laid.pages.len()].clone();
                let head = (i > 0 || papers::has_running_head(&entry.entry.paper)).then_some(&*entry.entry.head_right);
                laid.pages.push(furniture.finish(body, geometry, label, head));
            }
            let last = laid.pages.len().saturating_sub(1);
            laid.extents.entry(entry.entry.anchor.clone()).or_insert((first, last));
        }
        findings.append(&mut furniture.findings());
        laid.outline = outline::outline(plan, &laid);
        laid.findings = findings;
        laid
    }

    /// What no font has, by entry: drawn as code points, and said.
    fn findings(&self) -> Vec<Finding> {
        let missing = self.entries.iter().filter(|entry| !entry.missing.is_empty());
        missing.map(|entry| missing_characters(&entry.entry.anchor.0, &entry.missing)).collect()
    }
}

/// The finding for characters no bundled font has.
fn missing_characters(place: &str, missing: &BTreeSet<char>) -> Finding {
    let points: Vec<String> = missing.iter().map(|c| shown::code_point(*c)).collect();
    Finding::new(
        Severity::Warn,
        "character-without-font",
        place,
        format!("No font has these characters; they are printed as their code points: {}.", points.join(", ")),
        "Read the page; the original keeps the characters themselves.",
    )
}

fn each_entry(plan: &BundlePlan) -> impl Iterator<Item = (usize, &PlannedEntry)> {
    let sections = plan.sections.iter().enumerate();
    sections.flat_map(|(section, part)| part.entries.iter().map(move |entry| (section, entry)))
}
