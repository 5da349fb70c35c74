//! The chronology: one row an event; a filled mark where a paper or message supports it.

use std::rc::Rc;

use crate::bundle::{Anchor, Chronology, ChronologyRow};
use crate::layout::flow::Running;
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::LinkArea;
use crate::layout::setting::Piece;
use crate::layout::style::Style;

const SUPPORTED: &str = "●";
const OWN_RECORD: &str = "○";
/// A circle in Sans 10 is too small on a copy of a copy.
const MARK: Style = Style { size: 15.0, ..Style::SANS };

pub(super) fn fill(galley: &mut Galley<'_>, chronology: &Chronology) {
    if let Some(alone) = &chronology.alone {
        super::hearing_front::action(galley, &alone.heading, "Chronology", &alone.dated);
        galley.space(12.0);
    } else {
        galley.title("Chronology");
        galley.space(6.0);
    }
    let subtitle = galley.rich(&chronology.subtitle, Style::WORDS);
    galley.paragraph(&subtitle, 18.0);
    if let Some(alone) = chronology.alone.as_ref().filter(|alone| !alone.references.is_empty()) {
        galley.paragraph(&[Piece::plain(alone.references.clone(), Style::WORDS)], 18.0);
    }
    galley.space(12.0);
    let in_this_paper = chronology.rows.iter().all(|row| row.elsewhere.is_none());
    legend(galley, chronology.alone.is_none() && in_this_paper);
    galley.keep_all();
    galley.space(6.0);
    let marks_only = chronology.rows.iter().all(|row| row.support.is_empty());
    let columns = Columns::of(galley.width(), chronology.alone.is_some() || marks_only);
    let cells = [
        galley.text(0.0, columns.what, Align::Left, "Date", Style::HEAD),
        galley.text(columns.what, columns.what_width(), Align::Left, "What happened", Style::HEAD),
        galley.text(columns.support, mm(17.0), Align::Left, "Support", Style::HEAD),
        galley.text(columns.page, columns.page_width, Align::Right, "Page", Style::HEAD),
    ];
    let head = galley.table_head(&cells, 2.25);
    for slab in &head {
        galley.push(slab.clone());
    }
    let table = Rc::new(Running { head, foot: Some(galley.side_to_side(HEAVY)) });
    let count = chronology.rows.len();
    for (i, row) in chronology.rows.iter().enumerate() {
        let keep = i == 0 && count > 1 || i + 2 == count;
        let rule = (i > 0).then_some(LIGHT);
        let place = Some(row.anchor.clone());
        let look = Row { pad: 2.25, rule, table: Some(Rc::clone(&table)), keep, link: None, place };
        one(galley, &columns, row, &look);
    }
    galley.close_table(HEAVY);
}

struct Columns {
    what: f32,
    support: f32,
    page: f32,
    page_width: f32,
}

impl Columns {
    /// Where the support column holds marks only, the page column holds one label such as `AR1-14` or several.
    fn of(width: f32, marks_only: bool) -> Self {
        let (support, page_width) = if marks_only { (mm(35.0), mm(18.0)) } else { (mm(29.0), mm(12.0)) };
        Columns { what: mm(32.0), support: width - support, page: width - page_width, page_width }
    }

    fn what_width(&self) -> f32 {
        self.support - self.what - mm(3.0)
    }
}

fn legend(galley: &mut Galley<'_>, in_this_paper: bool) {
    let supports = if in_this_paper {
        "\u{a0}a paper or message in this bundle supports the line      "
    } else {
        "\u{a0}a paper or message supports the line      "
    };
    let pieces = [
        Piece::plain(SUPPORTED, MARK),
        Piece::plain(supports, Style::SANS),
        Piece::plain(format!("   {OWN_RECORD}"), MARK),
        Piece::plain("\u{a0}my own record only", Style::SANS),
    ];
    galley.paragraph(&pieces, 15.0);
}

fn one(galley: &mut Galley<'_>, columns: &Columns, row: &ChronologyRow, look: &Row) {
    let mark = if row.supported { SUPPORTED } else { OWN_RECORD };
    let pages = match (row.pages.as_slice(), &row.elsewhere) {
        ([], Some(labels)) => vec![Piece::plain(labels.clone(), Style::SANS)],
        ([], None) => vec![galley.page_of(None)],
        (pages, _) => references(galley, pages, ", "),
    };
    let what = what(galley, row);
    let cells = [
        galley.text(0.0, columns.what - mm(1.0), Align::Left, &row.date, Style::SANS),
        galley.cell(columns.what, columns.what_width(), Align::Left, 15.0, &what),
        galley.text(columns.support, mm(4.0), Align::Left, mark, MARK),
        support(galley, columns, row),
        galley.cell(columns.page, columns.page_width, Align::Right, 15.0, &pages),
    ];
    let first = galley.slabs.len();
    galley.row(&cells, look);
    if let ([to], Some(slab)) = (row.pages.as_slice(), galley.slabs.get(first)) {
        // The whole cell leads to the page, not only its three characters.
        let area = (galley.geometry.left + columns.page, 0.0, columns.page_width, slab.height);
        let links = &mut galley.slabs[first].links;
        links.retain(|link| link.area.0 < area.0 - 0.01);
        links.push(LinkArea { area, to: to.clone() });
    }
}

/// What happened; then what says otherwise, as fairly as what supports it.
fn what(galley: &mut Galley<'_>, row: &ChronologyRow) -> Vec<Piece> {
    let mut pieces = vec![Piece::plain(row.what.clone(), Style::WORDS)];
    for (index, anchor) in row.otherwise.iter().enumerate() {
        pieces.push(Piece::plain(if index == 0 { " Says otherwise: " } else { ", " }, Style::WORDS));
        pieces.push(galley.reference(anchor, Style::WORDS));
    }
    if !row.otherwise.is_empty() {
        pieces.push(Piece::plain(".", Style::WORDS));
    }
    pieces
}

fn support(galley: &mut Galley<'_>, columns: &Columns, row: &ChronologyRow) -> Cell {
    let (x, width) = (columns.support + mm(4.0), mm(12.0));
    let mut cell = Cell { x, width, align: Align::Left, blocks: Vec::new() };
    let pieces = references(galley, &row.support, " ");
    if !pieces.is_empty() {
        let set = galley.set(&pieces, width);
        cell.blocks.push((set, 15.0, 0.0));
    }
    cell
}

/// The labels of these places, each linked.
fn references(galley: &mut Galley<'_>, places: &[Anchor], between: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for anchor in places {
        if !pieces.is_empty() {
            pieces.push(Piece::plain(between, Style::SANS));
        }
        pieces.push(galley.reference(anchor, Style::SANS));
    }
    pieces
}
