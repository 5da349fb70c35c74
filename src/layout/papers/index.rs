//! The index: a row for each entry, a line for each section with its range; the whole row leads to
//! the page.

use std::rc::Rc;

use crate::bundle::{Anchor, BundlePlan, Paper, PlannedEntry, Section};
use crate::layout::flow::{Running, Slab};
use crate::layout::galley::{Align, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::setting::Piece;
use crate::layout::style::Style;
use crate::model::Profile;

/// Columns of an index, in points from the left margin.
pub(super) struct Columns {
    date: f32,
    title: f32,
    page: f32,
    end: f32,
}

impl Columns {
    /// A number, a date `date` millimetres wide, a title, a page.
    pub(super) fn new(width: f32, date: f32) -> Self {
        Columns { date: mm(10.0), title: mm(10.0 + date), page: width - mm(17.0), end: width }
    }

    fn title_width(&self) -> f32 {
        self.page - self.title - mm(1.5)
    }
}

pub(super) fn fill(galley: &mut Galley<'_>, plan: &BundlePlan) {
    galley.title("Index");
    galley.space(6.0);
    let essential = essential(plan);
    if !essential.is_empty() {
        galley.paragraph(&[Piece::plain("An asterisk marks essential reading.", Style::WORDS)], 18.0);
        galley.space(6.0);
        galley.keep_all();
    }
    let columns = Columns::new(galley.width(), 29.0);
    let head = head(galley, &columns, "Title", 1.5);
    for slab in &head {
        galley.push(slab.clone());
    }
    let mut number = 0;
    for (i, section) in plan.sections.iter().enumerate() {
        let rows = section_line(galley, &columns, &head, section, i);
        let last = section.entries.len().saturating_sub(1);
        let is_last = i + 1 == plan.sections.len();
        for (j, entry) in section.entries.iter().enumerate() {
            number += 1;
            // A section line keeps with two rows, and no row stands alone on the last page.
            let keep =
                j == 0 && last > 0 || ends_short(&plan.sections[i + 1..]) && j == last || is_last && j + 1 == last;
            let row = Row { pad: 1.5, table: Some(Rc::clone(&rows)), keep, ..Row::default() };
            let first = galley.slabs.len();
            entry_row(galley, &columns, number, entry, &row);
            if essential.contains(&&entry.anchor) {
                asterisk(galley, &columns, first, row.pad);
            }
        }
    }
    galley.close_table(HEAVY);
    if plan.profile == Profile::Hearing {
        galley.keep();
        galley.space(6.0);
        let pages = galley.numbers.pages;
        let words = format!(
            "{pages} pages. Within each section the earliest paper comes first; an exhibit follows its statement. Titles \
             and page numbers are links."
        );
        galley.paragraph(&[Piece::plain(words, Style::SANS)], 12.0);
    }
}

/// The places of what the first page names as essential reading (27A-70).
fn essential(plan: &BundlePlan) -> Vec<&Anchor> {
    let front = plan.entries().find_map(|entry| match &entry.paper {
        Paper::HearingFront(front) => Some(front),
        _ => None,
    });
    front.map(|front| front.essential.iter().map(|paper| &paper.page).collect()).unwrap_or_default()
}

/// Hung 3 mm left of the title.
fn asterisk(galley: &mut Galley<'_>, columns: &Columns, slab: usize, pad: f32) {
    let mut cell = galley.text(columns.title - mm(3.0), mm(3.0), Align::Left, "*", Style::WORDS);
    if let Some(block) = cell.blocks.first_mut() {
        block.2 = pad;
    }
    let mut row = std::mem::take(&mut galley.slabs[slab]);
    let height = row.height;
    galley.fill_slab_from_top(&cell, &mut row);
    row.height = height;
    galley.slabs[slab] = row;
}

/// Whether nothing but one row is to come: it would stand alone on a page.
fn ends_short(rest: &[Section]) -> bool {
    matches!(rest, [only] if only.entries.len() == 1)
}

/// Rule, head, rule: repeated on every page.
pub(super) fn head(galley: &mut Galley<'_>, columns: &Columns, title: &str, pad: f32) -> Vec<Slab> {
    let cells = [
        galley.text(0.0, columns.date, Align::Left, "No.", Style::HEAD),
        galley.text(columns.date, columns.title - columns.date, Align::Left, "Date", Style::HEAD),
        galley.text(columns.title, columns.title_width(), Align::Left, title, Style::HEAD),
        galley.text(columns.page, columns.end - columns.page, Align::Right, "Page", Style::HEAD),
    ];
    galley.table_head(&cells, pad)
}

/// One entry.
pub(super) fn entry_row(galley: &mut Galley<'_>, columns: &Columns, number: usize, entry: &PlannedEntry, row: &Row) {
    let page = galley.reference(&entry.anchor, Style::SANS);
    let date_width = columns.title - columns.date - mm(2.0);
    let cells = [
        galley.text(0.0, columns.date, Align::Left, &number.to_string(), Style::SANS),
        galley.text(columns.date, date_width, Align::Left, &entry.date, Style::SANS),
        galley.text(columns.title, columns.title_width(), Align::Left, &entry.title, Style::WORDS),
        galley.cell(columns.page, columns.end - columns.page, Align::Right, 15.0, &[page]),
    ];
    galley.row(&cells, &Row { link: Some(entry.anchor.clone()), ..row.clone() });
}

/// A section's line; gives what its rows repeat when a page cuts them.
fn section_line(
    galley: &mut Galley<'_>,
    columns: &Columns,
    head: &[Slab],
    section: &Section,
    number: usize,
) -> Rc<Running> {
    let foot = Some(galley.side_to_side(HEAVY));
    let Some(letter) = section.letter else {
        return Rc::new(Running { head: head.to_vec(), foot });
    };
    let range = galley.numbers.range(number);
    let line = line(galley, columns, letter, &section.title, &range);
    let continued = format!("{} (continued)", section.title);
    let mut repeated = head.to_vec();
    repeated.push(self::line(galley, columns, letter, &continued, ""));
    let table = Some(Rc::new(Running { head: head.to_vec(), foot }));
    // After a repeated head a section line needs its white as much as in the middle of a page.
    galley.push(Slab { table, keep: true, ..line });
    Rc::new(Running { head: repeated, foot })
}

fn line(galley: &mut Galley<'_>, columns: &Columns, letter: char, title: &str, range: &str) -> Slab {
    let range_width = mm(32.0);
    let title_width = columns.end - columns.date - range_width - mm(2.0);
    let letter = Piece::plain(letter.to_string(), Style::STRONG);
    let cells = [
        galley.cell(0.0, columns.date, Align::Left, 18.0, &[letter]),
        galley.cell(columns.date, title_width, Align::Left, 18.0, &[Piece::plain(title, Style::STRONG)]),
        galley.cell(columns.end - range_width, range_width, Align::Right, 18.0, &[Piece::plain(range, Style::SANS)]),
    ];
    let mut slab = Slab::default();
    for mut cell in cells {
        cell.blocks[0].2 = 9.0;
        galley.fill_slab_from_top(&cell, &mut slab);
    }
    slab.items.push(galley.side_to_side(LIGHT).at(slab.height));
    slab
}
