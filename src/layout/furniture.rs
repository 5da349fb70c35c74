//! What every page carries besides its words: running head, practice mark, page number.

use std::collections::BTreeSet;

use super::flow::{Body, Slab};
use super::galley::{Align, Cell, Galley, Geometry, mm};
use super::numbers::Numbers;
use super::page::Page;
use super::setting::{Piece, Setter};
use super::style::{Style, baseline};
use super::{Finding, missing_characters};
use crate::bundle::BundlePlan;

/// The baseline of the running head, from the top of the sheet.
const HEAD: f32 = mm(15.0);
/// The baseline of the page number, from the bottom of the sheet.
const NUMBER: f32 = mm(10.0);

/// Dresses pages.
pub(super) struct Furniture<'a> {
    setter: &'a mut Setter,
    plan: &'a BundlePlan,
    missing: BTreeSet<char>,
}

impl<'a> Furniture<'a> {
    pub(super) fn new(setter: &'a mut Setter, plan: &'a BundlePlan) -> Self {
        Furniture { setter, plan, missing: BTreeSet::new() }
    }

    /// The finished page: head, body, number, in the order they are read.
    pub(super) fn finish(&mut self, body: Body, geometry: Geometry, label: String, head_right: Option<&str>) -> Page {
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
        on_sheet(&mut galley, &Piece::plain(label.clone(), Style::NUMBER), Geometry::SHEET_HEIGHT - NUMBER, &mut slab);
        self.missing.append(&mut galley.missing);
        let (width, height) = (Geometry::SHEET_WIDTH, Geometry::SHEET_HEIGHT);
        Page { width, height, label, items: slab.items, links: body.links }
    }

    /// Characters of running heads that no font has.
    pub(super) fn findings(&self) -> Vec<Finding> {
        if self.missing.is_empty() { Vec::new() } else { vec![missing_characters("running head", &self.missing)] }
    }
}

/// Left the case number, right what the page is. A long right side takes a second line above.
fn running_head(galley: &mut Galley<'_>, left: &str, right: &str, middle: f32, slab: &mut Slab) {
    let width = galley.width();
    let left_piece = [Piece::plain(left, Style::SMALL)];
    // With a mark in the middle each side has its half; else the right has what the left leaves.
    let left_width = galley.setter.width(&left_piece).min(width / 2.0);
    let right_width = if middle > 0.0 {
        let centre = Geometry::SHEET_WIDTH / 2.0 - galley.geometry.left;
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
    let width = Geometry::SHEET_WIDTH;
    let x = -galley.geometry.left;
    let cell = galley.cell(x, width, Align::Centre, 12.0, std::slice::from_ref(piece));
    for line in &cell.blocks[0].0.lines {
        galley.place(line, &cell, y - baseline(12.0), 12.0, slab);
    }
}
