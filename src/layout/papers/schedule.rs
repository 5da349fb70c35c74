//! The schedule of an enforcement application, on its side: what stands over it, the figures at the right,
//! then a ruled grid that is written in. The exact words of a paragraph are repeated above its rows.

use std::rc::Rc;

use crate::bundle::{Field, Schedule, ScheduleCounts, ScheduleGroup, SchedulePage, ScheduleRow};
use crate::layout::flow::{Running, Slab};
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

/// The columns in millimetres: number and date, due, what I did, what happened, reason, what else is known,
/// page, reply, finding.
const COLUMNS: [f32; 9] = [20.0, 25.0, 29.0, 30.0, 33.0, 44.0, 16.0, 30.0, 30.0];
/// White between an upright rule and the words.
const INSET: f32 = mm(1.3);
/// A row is at least so high: the reply and the finding are written in.
const ROW: f32 = mm(20.0);
/// The leading of the grid.
const GRID: f32 = 13.0;
/// The figures stand at the right, so wide.
const FIGURES: f32 = mm(86.0);
/// Between what stands at the left and the figures.
const GAP: f32 = mm(8.0);
/// The labels at the left.
const LABELS: f32 = mm(37.0);

pub(super) fn fill(galley: &mut Galley<'_>, schedule: &Schedule) {
    action(galley, schedule);
    galley.space(6.0);
    galley.title(&schedule.title);
    galley.space(6.0);
    over_the_grid(galley, schedule);
    galley.keep_all();
    galley.space(9.0);
    grid(galley, schedule);
    galley.space(6.0);
    galley.paragraph(&[Piece::plain(&*schedule.note, Style::SANS)], GRID);
}

/// The court at the left, the case number at the right.
fn action(galley: &mut Galley<'_>, schedule: &Schedule) {
    let half = galley.width() / 2.0;
    let side = |words: &Option<String>| Piece::plain(words.clone().unwrap_or_default(), Style::STRONG);
    let (court, number) = (side(&schedule.heading.court), side(&schedule.heading.case_number));
    if court.text.is_empty() && number.text.is_empty() {
        return;
    }
    let cells =
        [galley.cell(0.0, half, Align::Left, 18.0, &[court]), galley.cell(half, half, Align::Right, 18.0, &[number])];
    galley.row(&cells, &Row { keep: true, ..Row::default() });
}

/// Words and fields at the left, figures at the right, in one strip; one under the other where that strip would
/// take most of the page.
fn over_the_grid(galley: &mut Galley<'_>, schedule: &Schedule) {
    let left = galley.width() - FIGURES - GAP;
    let mut beside = at_the_left(galley, schedule, left);
    let figures = figures(galley, &schedule.counts, galley.width() - FIGURES);
    let height = galley.geometry.bottom - galley.geometry.top;
    if beside.height <= height * 0.6 {
        beside.items.extend(figures.items);
        beside.height = beside.height.max(figures.height);
        galley.push(beside);
        return;
    }
    let prepared = galley.rich(&schedule.prepared, Style::WORDS);
    galley.paragraph(&prepared, 15.0);
    galley.space(6.0);
    galley.keep_all();
    galley.push(figures);
    galley.space(9.0);
    galley.fields(&schedule.fields, LABELS, 0.75);
}

fn at_the_left(galley: &mut Galley<'_>, schedule: &Schedule, width: f32) -> Slab {
    let mut slab = Slab { keep: true, ..Slab::default() };
    let prepared = galley.rich(&schedule.prepared, Style::WORDS);
    let prepared = galley.cell(0.0, width, Align::Left, 15.0, &prepared);
    galley.fill_slab(&prepared, &mut slab);
    slab.height += 9.0;
    for field in &schedule.fields {
        one_field(galley, field, width, &mut slab);
    }
    slab
}

fn one_field(galley: &mut Galley<'_>, field: &Field, width: f32, slab: &mut Slab) {
    let top = slab.height;
    let label = galley.text(0.0, LABELS, Align::Left, &field.label, Style::LABEL);
    let x = LABELS + mm(2.0);
    let mut value = Cell { x, width: width - x, align: Align::Left, blocks: Vec::new() };
    for paragraph in &field.value {
        let pieces = galley.rich(paragraph, Style::WORDS);
        let set = galley.set(&pieces, value.width);
        value.blocks.push((set, 15.0, 0.0));
    }
    galley.fill_slab(&label, slab);
    let under_the_label = slab.height;
    slab.height = top;
    galley.fill_slab(&value, slab);
    slab.height = slab.height.max(under_the_label) + 0.75;
}

/// The denominator in the head, then what became of it.
fn figures(galley: &mut Galley<'_>, counts: &ScheduleCounts, x: f32) -> Slab {
    let mut slab = Slab { keep: true, ..Slab::default() };
    let rule = |galley: &Galley<'_>, y: f32| {
        let (from, to) = (galley.geometry.left + x, galley.geometry.left + x + FIGURES);
        Item::Line { from: (from, y), to: (to, y), width: HEAVY, dash: None, ink: Ink::Black }
    };
    slab.items.push(rule(galley, 0.0));
    slab.height = 2.0;
    let due = format!("{} due", counts.due);
    figure(galley, x, (&counts.title, &due), Style::HEAD, &mut slab);
    slab.height += 2.0;
    slab.items.push(rule(galley, slab.height));
    slab.height += 1.5;
    for (label, count) in &counts.rows {
        let count = if *count == 0 { "–".to_owned() } else { count.to_string() };
        figure(galley, x, (label, &count), Style::SANS, &mut slab);
    }
    slab.height += 1.5;
    slab.items.push(rule(galley, slab.height));
    if !counts.note.is_empty() {
        slab.height += 3.0;
        let note = galley.cell(x, FIGURES, Align::Left, 12.0, &[Piece::plain(&*counts.note, Style::SANS)]);
        galley.fill_slab(&note, &mut slab);
    }
    slab
}

fn figure(galley: &mut Galley<'_>, x: f32, (label, count): (&str, &str), style: Style, slab: &mut Slab) {
    let numbers = mm(16.0);
    let label = galley.cell(x, FIGURES - numbers, Align::Left, 14.0, &[Piece::plain(label, style)]);
    let count = galley.cell(x + FIGURES - numbers, numbers, Align::Right, 14.0, &[Piece::plain(count, style)]);
    let top = slab.height;
    galley.fill_slab(&count, slab);
    slab.height = top;
    galley.fill_slab(&label, slab);
}

/// Where each column begins and how wide its words may be.
fn columns() -> Vec<(f32, f32)> {
    let mut x = 0.0;
    let column = |width: &f32| {
        let left = x;
        x += mm(*width);
        (left + INSET, mm(*width) - 2.0 * INSET)
    };
    COLUMNS.iter().map(column).collect()
}

fn grid(galley: &mut Galley<'_>, schedule: &Schedule) {
    let head = head(galley, schedule);
    for slab in &head {
        galley.push(slab.clone());
    }
    let count: usize = schedule.groups.iter().map(|group| group.rows.len()).sum();
    let mut done = 0;
    for (i, group) in schedule.groups.iter().enumerate() {
        let rows = under(galley, &head, group, i > 0);
        for (j, row) in group.rows.iter().enumerate() {
            done += 1;
            // The words keep with a row, and no row stands alone on the last page.
            let keep = done + 1 == count;
            one(
                galley,
                row,
                &Row {
                    pad: 3.0,
                    rule: (j > 0).then_some(LIGHT),
                    table: Some(Rc::clone(&rows)),
                    keep,
                    place: Some(row.anchor.clone()),
                    link: None,
                },
            );
        }
    }
    galley.close_table(HEAVY);
}

fn head(galley: &mut Galley<'_>, schedule: &Schedule) -> Vec<Slab> {
    let fixed = [
        "No. and date",
        "Due",
        "What I did",
        "What happened",
        "Reason given, exact words",
        "Also known; change agreed; offered; loss",
        "Exhibit page",
    ];
    let heads = fixed.into_iter().chain(schedule.blank.iter().map(String::as_str));
    let mut cells = Vec::new();
    for ((x, width), words) in columns().into_iter().zip(heads) {
        cells.push(galley.cell(x, width, Align::Left, GRID, &[Piece::plain(words, Style::HEAD)]));
    }
    let mut head = galley.table_head(&cells, 3.0);
    for slab in &mut head {
        upright(galley, slab);
    }
    head
}

/// The words of the paragraph on their fill; gives what its rows repeat where a page cuts them.
fn under(galley: &mut Galley<'_>, head: &[Slab], group: &ScheduleGroup, rule: bool) -> Rc<Running> {
    let width = galley.width();
    let pieces = galley.rich(&group.under, Style::SANS);
    let cell = galley.cell(INSET, width - 2.0 * INSET, Align::Left, GRID, &pieces);
    let pad = 3.0;
    let height = cell.height() + 2.0 * pad;
    let (left, right) = (galley.geometry.left, galley.geometry.right);
    let corners = vec![(left, 0.0), (right, 0.0), (right, height), (left, height)];
    let mut slab = Slab { keep: true, ..Slab::default() };
    slab.items.push(Item::Fill { corners, ink: Ink::Tint });
    slab.height = pad;
    galley.fill_slab(&cell, &mut slab);
    slab.height = height;
    slab.items.push(galley.side_to_side(LIGHT).at(height));
    let mut repeated = head.to_vec();
    repeated.push(slab.clone());
    let foot = Some(galley.side_to_side(HEAVY));
    slab.rule_above = rule.then(|| galley.side_to_side(LIGHT));
    slab.table = Some(Rc::new(Running { head: head.to_vec(), foot }));
    galley.push(slab);
    Rc::new(Running { head: repeated, foot })
}

fn one(galley: &mut Galley<'_>, row: &ScheduleRow, look: &Row) {
    let columns = columns();
    let mut cells = vec![number_and_date(galley, columns[0], row)];
    for ((x, width), words) in columns[1..5].iter().zip([&row.due, &row.did, &row.happened, &row.reason]) {
        cells.push(galley.cell(*x, *width, Align::Left, GRID, &[Piece::plain(&**words, Style::SANS)]));
    }
    cells.push(known(galley, columns[5], row));
    cells.push(pages(galley, columns[6], row));
    let first = galley.slabs.len();
    galley.row(&cells, look);
    let parts = galley.slabs.len() - first;
    for at in first..galley.slabs.len() {
        let mut slab = std::mem::take(&mut galley.slabs[at]);
        if parts == 1 {
            slab.height = slab.height.max(ROW);
        }
        upright(galley, &mut slab);
        galley.slabs[at] = slab;
    }
}

/// `1  Fri`, `15 May`, `2026`, and the record's own name: the column is too narrow for a date on one line.
fn number_and_date(galley: &mut Galley<'_>, (x, width): (f32, f32), row: &ScheduleRow) -> Cell {
    let number = Piece::plain(row.number.to_string(), Style::HEAD);
    let mut cell = Cell { x, width, align: Align::Left, blocks: Vec::new() };
    let lines = match row.date.split(' ').collect::<Vec<_>>()[..] {
        [weekday, day, month, year] => vec![weekday.to_owned(), format!("{day} {month}"), year.to_owned()],
        _ => vec![row.date.clone()],
    };
    for (i, words) in lines.into_iter().enumerate() {
        let pieces = if i == 0 {
            vec![number.clone(), Piece::plain(format!("\u{2002}{words}"), Style::SANS)]
        } else {
            vec![Piece::plain(words, Style::SANS)]
        };
        let set = galley.set(&pieces, width);
        cell.blocks.push((set, GRID, 0.0));
    }
    let name = galley.set(&[Piece::plain(row.id.to_string(), Style::SMALL)], width);
    cell.blocks.push((name, GRID, 0.0));
    cell
}

/// Each matter on a line of its own, named in grey.
fn known(galley: &mut Galley<'_>, (x, width): (f32, f32), row: &ScheduleRow) -> Cell {
    let mut cell = Cell { x, width, align: Align::Left, blocks: Vec::new() };
    for (name, value) in &row.known {
        let mut pieces = vec![Piece::plain(format!("{name}: "), Style::LABEL)];
        pieces.extend(galley.rich(value, Style::SANS));
        let set = galley.set(&pieces, width);
        cell.blocks.push((set, GRID, 0.0));
    }
    cell
}

/// Each on a line of its own; those in this file are links.
fn pages(galley: &mut Galley<'_>, (x, width): (f32, f32), row: &ScheduleRow) -> Cell {
    let mut cell = Cell { x, width, align: Align::Left, blocks: Vec::new() };
    let nothing = [SchedulePage::Elsewhere("–".to_owned())];
    let pages = if row.pages.is_empty() { &nothing[..] } else { &row.pages[..] };
    for page in pages {
        let piece = match page {
            SchedulePage::Here(anchor) => galley.reference(anchor, Style::SANS),
            SchedulePage::Elsewhere(label) => Piece::plain(label.clone(), Style::SANS),
        };
        let set = galley.set(&[piece], width);
        cell.blocks.push((set, GRID, 0.0));
    }
    cell
}

/// The upright rules between the columns: the grid is written in.
fn upright(galley: &Galley<'_>, slab: &mut Slab) {
    let mut x = galley.geometry.left;
    for width in &COLUMNS[..COLUMNS.len() - 1] {
        x += mm(*width);
        let line = Item::Line { from: (x, 0.0), to: (x, slab.height), width: LIGHT, dash: None, ink: Ink::Black };
        slab.items.push(line);
    }
}
