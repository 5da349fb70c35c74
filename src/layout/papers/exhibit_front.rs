//! The front sheet of an exhibit (PD22A; 22A-03, 22A-10, 22A-23): the corner block, the heading of
//! the action, the mark between rules, the identifying sentence, a blank to sign, the contents.

use std::rc::Rc;

use super::{cover, index};
use crate::bundle::{BundlePlan, ExhibitFront, PlannedEntry};
use crate::layout::flow::{Running, Slab};
use crate::layout::galley::{Align, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

pub(super) fn fill(galley: &mut Galley<'_>, plan: &BundlePlan, entry: &PlannedEntry, front: &ExhibitFront) {
    corner(galley, &front.corner);
    galley.space(18.0);
    cover::heading(galley, &front.heading);
    if !front.heading.parties.is_empty() {
        galley.space(12.0);
        parties(galley, &front.heading.parties);
    }
    galley.space(18.0);
    galley.rule(HEAVY, true);
    galley.space(18.0);
    let width = galley.width();
    galley.paragraph_at(0.0, width, Align::Centre, 24.0, &[Piece::plain(&*front.title, Style::TITLE)]);
    galley.space(18.0);
    galley.rule(HEAVY, true);
    galley.space(18.0);
    let identifying = galley.rich(&front.identifying, Style::WORDS);
    galley.paragraph(&identifying, 18.0);
    galley.space(24.0);
    signature(galley);
    galley.space(21.0);
    galley.keep_all();
    contents(galley, plan, entry);
    galley.keep();
    galley.space(6.0);
    let words = format!("{}. {}", cover::length(galley), front.closing);
    galley.paragraph(&[Piece::plain(words, Style::SANS)], 12.0);
}

/// Five lines flush at top right: the values end on the margin.
fn corner(galley: &mut Galley<'_>, lines: &[(String, String)]) {
    let width = galley.width();
    let style = |label: &str| if label == "Exhibit" { Style::HEAD } else { Style::SANS };
    let mut widest = mm(20.0);
    for (label, value) in lines {
        widest = f32::max(widest, galley.setter.width(&[Piece::plain(&**value, style(label))]));
    }
    let widest = widest.min(mm(80.0));
    let (label_x, value_x) = (width - widest - mm(30.0), width - widest);
    for (label, value) in lines {
        let cells = [
            galley.text(label_x, mm(29.0), Align::Left, label, Style::SANS),
            galley.text(value_x, widest, Align::Left, value, style(label)),
        ];
        galley.row(&cells, &Row { keep: true, ..Row::default() });
    }
}

/// `Between`, the names with “and” between them, the roles at the right.
pub(super) fn parties(galley: &mut Galley<'_>, parties: &[(String, String)]) {
    let width = galley.width();
    let (name_x, name_width) = (mm(30.0), width - mm(70.0));
    let side = mm(39.0);
    for (i, (name, role)) in parties.iter().enumerate() {
        if i > 0 {
            let and = [Piece::plain("and", Style::WORDS)];
            let cell = galley.cell(name_x, name_width, Align::Centre, 18.0, &and);
            galley.row(&[cell], &Row { keep: true, ..Row::default() });
        }
        let between = if i == 0 { "Between" } else { "" };
        let cells = [
            galley.cell(0.0, mm(29.0), Align::Left, 18.0, &[Piece::plain(between, Style::WORDS)]),
            galley.cell(name_x, name_width, Align::Centre, 18.0, &[Piece::plain(&**name, Style::WORDS)]),
            galley.cell(width - side, side, Align::Right, 18.0, &[Piece::plain(&**role, Style::WORDS)]),
        ];
        galley.row(&cells, &Row { keep: true, ..Row::default() });
    }
}

/// Blank lines for hand and date: never filled in by a program (22A-23).
fn signature(galley: &mut Galley<'_>) {
    let date = galley.width() - mm(50.5);
    let cells = [
        galley.text(0.0, mm(12.0), Align::Left, "Signed", Style::SANS),
        galley.text(date, mm(10.0), Align::Left, "Date", Style::SANS),
    ];
    let (left, right) = (galley.geometry.left, galley.geometry.right);
    let mut slab = Slab::default();
    for cell in &cells {
        galley.fill_slab_from_top(cell, &mut slab);
    }
    for (from, to) in [(left + mm(13.0), left + date - mm(7.5)), (right - mm(40.0), right)] {
        let y = 13.5;
        slab.items.push(Item::Line { from: (from, y), to: (to, y), width: LIGHT, dash: None, ink: Ink::Black });
    }
    galley.push(slab);
}

/// Dates and first pages of everything behind the sheet.
fn contents(galley: &mut Galley<'_>, plan: &BundlePlan, front: &PlannedEntry) {
    galley.paragraph(&[Piece::plain("Contents", Style::HEADING)], 18.0);
    galley.keep();
    galley.space(5.0);
    let columns = index::Columns::new(galley.width(), 31.0);
    let head = index::head(galley, &columns, "Description", 2.25);
    for slab in &head {
        galley.push(slab.clone());
    }
    let table = Rc::new(Running { head, foot: Some(galley.side_to_side(HEAVY)) });
    let entries: Vec<&PlannedEntry> = plan.sections.iter().flat_map(|section| &section.entries).collect();
    let entries: Vec<&PlannedEntry> = entries.into_iter().filter(|entry| entry.anchor != front.anchor).collect();
    for (i, entry) in entries.iter().enumerate() {
        let keep = i == 0 && entries.len() > 1 || i + 2 == entries.len();
        let row = Row { pad: 2.25, table: Some(Rc::clone(&table)), keep, ..Row::default() };
        index::entry_row(galley, &columns, i + 1, entry, &row);
    }
    galley.close_table(HEAVY);
}
