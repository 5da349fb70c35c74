//! What every page carries besides its words: running head, practice mark, page number.

use std::collections::BTreeSet;

use super::flow::{Body, Slab};
use super::galley::{Align, Cell, Galley, Geometry, mm};
use super::numbers::Numbers;
use super::page::{ForeignRef, Page};
use super::setting::{Piece, Setter};
use super::style::{Style, baseline};
use super::{Finding, Severity, missing_characters};
use crate::bundle::BundlePlan;

/// The baseline of the running head, from the top of the sheet.
const HEAD: f32 = mm(15.0);
/// The baseline of the page number, from the bottom of the sheet.
const NUMBER: f32 = mm(10.0);
/// The same on a page that was made taller for it, in points.
const GROWN_NUMBER: f32 = 14.0;
/// By how much a page too low for a number is made taller.
const GROWTH: f32 = 34.0;
/// Room of a line of the number's size.
const LINE: f32 = 16.0;
/// White that must stay on either side of the number.
const SIDE: f32 = 3.0;

/// Dresses pages.
pub(super) struct Furniture<'a> {
    setter: &'a mut Setter,
    plan: &'a BundlePlan,
    missing: BTreeSet<char>,
    /// Labels of foreign pages that are larger than their source asks for, so that the number has room.
    grown: Vec<String>,
}

impl<'a> Furniture<'a> {
    pub(super) fn new(setter: &'a mut Setter, plan: &'a BundlePlan) -> Self {
        Furniture { setter, plan, missing: BTreeSet::new(), grown: Vec::new() }
    }

    /// The finished page: head, body, number, in the order they are read.
    pub(super) fn finish(&mut self, body: Body, geometry: Geometry, label: String, head_right: Option<&str>) -> Page {
        if let Some((foreign, width, height)) = body.foreign {
            return self.foreign(foreign, (width, height), label);
        }
        let numbers = Numbers::default();
        let mut galley = Galley::new(self.setter, &numbers, geometry);
        let mut slab = Slab::default();
        let practice = self.plan.practice.then(|| Piece::plain("PRACTICE", Style::NUMBER));
        let middle = practice.as_ref().map_or(0.0, |piece| galley.setter.width(std::slice::from_ref(piece)) + mm(6.0));
        if let Some(right) = head_right {
            running_head(&mut galley, &self.plan.head_left, right, middle, &mut slab);
        }
        if let Some(piece) = practice {
            on_sheet(&mut galley, &piece, HEAD, &mut slab);
        }
        slab.items.extend(body.items);
        on_sheet(&mut galley, &Piece::plain(label.clone(), Style::NUMBER), geometry.sheet.1 - NUMBER, &mut slab);
        self.missing.append(&mut galley.missing);
        let (width, height) = geometry.sheet;
        Page { width, height, label, items: slab.items, links: body.links, foreign: None }
    }

    /// What is put onto a foreign page: its number, and the practice mark.
    ///
    /// A sheet too small for them grows, and a finding says so: nothing is scaled.
    fn foreign(&mut self, mut foreign: ForeignRef, (own_width, own_height): (f32, f32), label: String) -> Page {
        let number = Piece::plain(label.clone(), Style::NUMBER);
        let practice = self.plan.practice.then(|| Piece::plain("PRACTICE", Style::NUMBER));
        let pieces = [Some(&number), practice.as_ref()];
        let widths = pieces.into_iter().flatten().map(|piece| self.setter.width(std::slice::from_ref(piece)));
        let needed = widths.fold(0.0, f32::max).ceil() + 2.0 * SIDE;
        let before = (foreign.growth, own_width);
        // Too low for the mark on its own line: it stands over the number.
        let low = practice.is_some() && own_height < HEAD + NUMBER + LINE;
        if low || own_height < NUMBER + LINE {
            foreign.growth = foreign.growth.max(GROWTH);
        }
        if low {
            foreign.growth += LINE;
        }
        foreign.wider = (needed - own_width).max(0.0);
        if before != (foreign.growth, own_width + foreign.wider) {
            self.grown.push(label.clone());
        }
        let (width, height) = (own_width + foreign.wider, own_height + foreign.growth);
        let from_edge = if foreign.growth > 0.0 { GROWN_NUMBER } else { NUMBER };
        let numbers = Numbers::default();
        let mut galley = Galley::new(self.setter, &numbers, Geometry::RECORD);
        let mut slab = Slab::default();
        if let Some(piece) = practice {
            let y = if low { height - from_edge - LINE } else { HEAD };
            on_width(&mut galley, &piece, width, y, &mut slab);
        }
        on_width(&mut galley, &number, width, height - from_edge, &mut slab);
        self.missing.append(&mut galley.missing);
        Page { width, height, label, items: slab.items, links: Vec::new(), foreign: Some(foreign) }
    }

    /// Characters of running heads that no font has.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if !self.missing.is_empty() {
            findings.push(missing_characters("running head", &self.missing));
        }
        if let Some((first, others)) = self.grown.split_first() {
            let (place, what) = match others.last() {
                None => (format!("page {first}"), "The page is too small for its number".to_owned()),
                Some(last) => {
                    let count = self.grown.len();
                    (
                        format!("pages {first} to {last}"),
                        format!("{count} of these pages are too small for their number"),
                    )
                }
            };
            let what = format!("{what}; white was added round it. Nothing on it was made smaller.");
            findings.push(Finding::new(Severity::Info, "page-too-small", place, what, "Look at the page once."));
        }
        findings
    }
}

/// Left the case number, right what the page is. A long right side takes a second line above.
fn running_head(galley: &mut Galley<'_>, left: &str, right: &str, middle: f32, slab: &mut Slab) {
    let width = galley.width();
    let left_piece = [Piece::plain(left, Style::SMALL)];
    // With a mark in the middle each side has its half; else the right has what the left leaves.
    let left_width = galley.setter.width(&left_piece).min(width / 2.0);
    let right_width = if middle > 0.0 {
        let centre = galley.geometry.sheet.0 / 2.0 - galley.geometry.left;
        width - centre - middle / 2.0
    } else {
        width - left_width - mm(6.0)
    };
    let cells = [
        galley.cell(0.0, left_width + 1.0, Align::Left, 12.0, &left_piece),
        galley.cell(width - right_width, right_width, Align::Right, 12.0, &[Piece::plain(right, Style::SMALL)]),
    ];
    for cell in &cells {
        put_up(galley, cell, slab);
    }
}

/// Puts a cell so that the baseline of its last line is that of the running head.
fn put_up(galley: &Galley<'_>, cell: &Cell, slab: &mut Slab) {
    let lines = &cell.blocks[0].0.lines;
    for (i, line) in lines.iter().rev().enumerate() {
        galley.place(line, cell, HEAD - baseline(12.0) - 12.0 * i as f32, 12.0, slab);
    }
}

/// Puts words centred on the sheet, not on the text, with their baseline at `y`.
fn on_sheet(galley: &mut Galley<'_>, piece: &Piece, y: f32, slab: &mut Slab) {
    let width = galley.geometry.sheet.0;
    on_width(galley, piece, width, y, slab);
}

/// The same on a sheet of this width.
fn on_width(galley: &mut Galley<'_>, piece: &Piece, width: f32, y: f32, slab: &mut Slab) {
    let x = -galley.geometry.left;
    let cell = galley.cell(x, width, Align::Centre, 12.0, std::slice::from_ref(piece));
    for line in &cell.blocks[0].0.lines {
        galley.place(line, &cell, y - baseline(12.0), 12.0, slab);
    }
}
