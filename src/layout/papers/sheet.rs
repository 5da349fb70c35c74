//! A sheet of parts: headings, own words, lists, totals, tables.

use std::rc::Rc;

use crate::bundle::{Holds, Pace, Rich, Sheet, SheetColumn, SheetPart, SheetTable, TotalRow};
use crate::layout::flow::Running;
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

/// White between two columns of a table.
const GAP: f32 = mm(2.5);

pub(super) fn fill(galley: &mut Galley<'_>, sheet: &Sheet) {
    let leading = match sheet.pace {
        Pace::Running => 18.0,
        Pace::Dense => 15.0,
    };
    galley.title(&sheet.title);
    if !sheet.subtitle.is_empty() {
        galley.space(6.0);
        let words = galley.rich(&sheet.subtitle, Style::WORDS);
        galley.paragraph(&words, leading);
    }
    for part in &sheet.parts {
        one(galley, part, sheet.pace, leading);
    }
}

fn one(galley: &mut Galley<'_>, part: &SheetPart, pace: Pace, leading: f32) {
    match part {
        SheetPart::Heading(words) if pace == Pace::Dense => {
            galley.space(9.0);
            galley.small_heading(words);
        }
        SheetPart::Heading(words) => {
            galley.space(12.0);
            galley.paragraph(&[Piece::plain(&**words, Style::HEADING)], 18.0);
            galley.keep();
        }
        SheetPart::Words(words) => {
            galley.space(if pace == Pace::Dense { 0.0 } else { 3.0 });
            let words = galley.rich(words, Style::WORDS);
            galley.paragraph(&words, leading);
        }
        SheetPart::Remark(words) => {
            galley.space(if pace == Pace::Dense { 3.0 } else { 6.0 });
            let words = galley.rich(words, Style::SANS);
            galley.paragraph(&words, 12.0);
        }
        SheetPart::Numbered(list) => numbered(galley, list, leading),
        SheetPart::SideBySide(columns) => side_by_side(galley, columns, leading),
        SheetPart::Totals(rows) => totals(galley, rows),
        SheetPart::Fields(fields) => {
            galley.space(6.0);
            galley.fields(fields, mm(38.0), 1.5);
        }
        SheetPart::Table(table) => self::table(galley, table),
    }
}

fn numbered(galley: &mut Galley<'_>, list: &[String], leading: f32) {
    galley.space(3.0);
    let (x, width) = (mm(8.0), galley.width() - mm(8.0));
    for (i, words) in list.iter().enumerate() {
        let cells = [
            galley.cell(0.0, x, Align::Left, leading, &[Piece::plain(format!("{}.", i + 1), Style::WORDS)]),
            galley.cell(x, width, Align::Left, leading, &[Piece::plain(&**words, Style::WORDS)]),
        ];
        // A list begins beneath its heading with two of its items.
        galley.row(&cells, &Row { keep: i == 0 && list.len() > 1, ..Row::default() });
    }
}

fn side_by_side(galley: &mut Galley<'_>, columns: &[(String, Vec<String>); 2], leading: f32) {
    galley.space(12.0);
    let gap = mm(9.0);
    let width = (galley.width() - gap) / 2.0;
    let cells: Vec<Cell> = columns
        .iter()
        .zip([0.0, width + gap])
        .map(|((title, list), x)| {
            let mut cell = galley.cell(x, width, Align::Left, 18.0, &[Piece::plain(&**title, Style::HEADING)]);
            let nothing = ["Nothing written down.".to_owned()];
            let list = if list.is_empty() { &nothing[..] } else { list };
            for words in list {
                let set = galley.set(&[Piece::plain(&**words, Style::WORDS)], width);
                cell.blocks.push((set, leading, 3.0));
            }
            cell
        })
        .collect();
    galley.row(&cells, &Row::default());
}

fn totals(galley: &mut Galley<'_>, rows: &[TotalRow]) {
    let (figure_width, count) = (mm(20.0), rows.len());
    let (label_width, figure_x) = (galley.width() - figure_width - GAP, galley.width() - figure_width);
    galley.space(6.0);
    galley.rule(HEAVY, true);
    for (i, row) in rows.iter().enumerate() {
        let style = if row.denominator { Style::STRONG } else { Style::WORDS };
        let cells = [
            galley.text(0.0, label_width, Align::Left, &row.label, style),
            galley.text(figure_x, figure_width, Align::Right, &row.figure, style),
        ];
        // The denominator stands apart from what it is divided into.
        let rule = (i == 1).then_some(LIGHT);
        galley.row(&cells, &Row { pad: 1.5, rule, keep: i + 1 < count, ..Row::default() });
    }
    galley.close_table(HEAVY);
}

/// Left edge and width of each column.
fn edges(galley: &Galley<'_>, columns: &[SheetColumn]) -> Vec<(f32, f32)> {
    let own = |column: &SheetColumn| column.width.map(|width| mm(f32::from(width)));
    let fixed: f32 = columns.iter().filter_map(own).sum();
    let gaps = GAP * columns.len().saturating_sub(1) as f32;
    let rest = (galley.width() - fixed - gaps).max(mm(20.0));
    let mut x = 0.0;
    let mut edges = Vec::with_capacity(columns.len());
    for column in columns {
        let width = own(column).unwrap_or(rest);
        edges.push((x, width));
        x += width + GAP;
    }
    edges
}

fn table(galley: &mut Galley<'_>, table: &SheetTable) {
    galley.space(6.0);
    let edges = edges(galley, &table.columns);
    let align = |column: &SheetColumn| if column.holds == Holds::Numbers { Align::Right } else { Align::Left };
    let heads: Vec<Cell> = table
        .columns
        .iter()
        .zip(&edges)
        .map(|(column, (x, width))| {
            galley.cell(*x, *width, align(column), 13.0, &[Piece::plain(&*column.head, Style::HEAD)])
        })
        .collect();
    let head = galley.table_head_from_bottom(heads, 2.25);
    for slab in &head {
        galley.push(slab.clone());
    }
    let running = Rc::new(Running { head, foot: Some(galley.side_to_side(HEAVY)) });
    let leading = if table.columns.iter().any(|column| column.holds == Holds::Words) { 15.0 } else { 13.0 };
    let count = table.rows.len();
    for (i, row) in table.rows.iter().enumerate() {
        let cells: Vec<Cell> = row
            .iter()
            .zip(table.columns.iter().zip(&edges))
            .map(|(words, (column, (x, width)))| {
                let style = if column.holds == Holds::Words { Style::WORDS } else { Style::SANS };
                cell(galley, words, style, (*x, *width, align(column), leading))
            })
            .collect();
        let keep = i == 0 && count > 1 || i + 2 == count;
        let rule = (i > 0).then_some(LIGHT);
        galley.row(&cells, &Row { pad: 2.25, rule, table: Some(Rc::clone(&running)), keep, ..Row::default() });
    }
    galley.close_table(HEAVY);
}

fn cell(galley: &mut Galley<'_>, words: &Rich, style: Style, at: (f32, f32, Align, f32)) -> Cell {
    let pieces = galley.rich(words, style);
    galley.cell(at.0, at.1, at.2, at.3, &pieces)
}
