//! Contact due and held: a sentence, a unit chart in which each outcome starts where the last ended,
//! and the table by month. The same marks in both; nothing depends on grey.

use crate::bundle::{ContactPage, OutcomeRow, Square};
use crate::layout::flow::Slab;
use crate::layout::galley::{Align, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

const CHART: f32 = mm(64.0);
const NUMBER_END: f32 = mm(59.2);
const LINE: f32 = mm(6.0);
const STROKE: f32 = 0.9;

pub(super) fn fill(galley: &mut Galley<'_>, page: &ContactPage) {
    galley.title("Contact due and held");
    galley.space(6.0);
    let summary = galley.rich(&page.summary, Style::WORDS);
    galley.paragraph(&summary, 15.0);
    if !page.outcomes.is_empty() {
        galley.space(9.0);
        galley.small_heading("Due against held: one square is one session");
        galley.space(6.0);
        galley.rule(LIGHT, true);
        galley.space(9.0);
        chart(galley, &page.outcomes);
    }
    if !page.table.is_empty() {
        galley.space(18.0);
        galley.small_heading("By month");
        galley.space(6.0);
        months(galley, page);
    }
    if !page.note.is_empty() {
        galley.keep();
        galley.space(6.0);
        galley.paragraph(&[Piece::plain(&*page.note, Style::SANS)], 12.0);
    }
}

/// How far apart squares stand: fewer points the more there are, so the row “due” fits the page.
struct Scale {
    step: f32,
    side: f32,
    letters: bool,
}

impl Scale {
    fn of(due: u32, width: f32) -> Option<Self> {
        match due {
            0..=19 => Some(Scale { step: mm(5.0), side: mm(4.4), letters: true }),
            20..=47 => Some(Scale { step: mm(2.0), side: mm(1.7), letters: false }),
            _ if width / due as f32 > 1.0 => Some(Scale { step: width / due as f32, side: 0.0, letters: false }),
            _ => None,
        }
    }
}

fn chart(galley: &mut Galley<'_>, outcomes: &[OutcomeRow]) {
    let width = galley.width() - CHART;
    // The first row is what was due; the others use it up exactly once.
    let due = outcomes.first().map_or(0, |row| row.count);
    let scale = Scale::of(due, width - mm(3.0));
    let mut used = 0;
    let count = outcomes.len();
    for (i, row) in outcomes.iter().enumerate() {
        let style = if row.bold { Style::HEAD } else { Style::SANS };
        let cells = [
            galley.text(0.0, NUMBER_END - mm(8.0), Align::Left, &row.label, style),
            galley.text(NUMBER_END - mm(8.0), mm(8.0), Align::Right, figure(&row.count.to_string()), Style::HEAD),
        ];
        let mut slab = Slab { keep: i + 1 < count, ..Slab::default() };
        for cell in &cells {
            galley.fill_slab_from_top(cell, &mut slab);
        }
        slab.height = slab.height.max(LINE);
        if let Some(scale) = &scale {
            let start = if i == 0 { 0 } else { used };
            squares(galley, row, start, scale, &mut slab);
        }
        used += if i == 0 { 0 } else { row.count };
        galley.push(slab);
    }
}

fn squares(galley: &mut Galley<'_>, row: &OutcomeRow, start: u32, scale: &Scale, slab: &mut Slab) {
    let left = galley.geometry.left + CHART + start as f32 * scale.step;
    if scale.side == 0.0 {
        let width = row.count as f32 * scale.step;
        return bar(row.square, left, width, slab);
    }
    for i in 0..row.count {
        square(row.square, left + i as f32 * scale.step, scale.side, slab);
    }
    let letter = match row.square {
        Square::Letter(letter) => letter.to_string(),
        Square::Unknown => "?".to_owned(),
        Square::Empty | Square::Full | Square::Half => return,
    };
    let places: Vec<f32> = if scale.letters {
        (0..row.count).map(|i| left + i as f32 * scale.step + scale.side / 2.0).collect()
    } else {
        vec![left + row.count as f32 * scale.step + mm(1.5)]
    };
    let style = Style::SMALL.in_ink(Ink::Black);
    for middle in places.into_iter().filter(|_| row.count > 0) {
        let x = middle - galley.geometry.left - mm(3.0);
        let cell = galley.text(x, mm(6.0), Align::Centre, &letter, style);
        galley.fill_slab_from_top(&cell, slab);
    }
}

/// The top of a square, so that its middle lies on the x-height of the label.
const SQUARE_TOP: f32 = 1.4;

fn square(kind: Square, left: f32, side: f32, slab: &mut Slab) {
    // Small squares stand on the baseline of the label.
    let top = SQUARE_TOP + (mm(4.4) - side) / 2.0;
    outline(kind, left, top, side, side, slab);
}

fn bar(kind: Square, left: f32, width: f32, slab: &mut Slab) {
    if width > 0.0 {
        outline(kind, left, SQUARE_TOP, width, mm(4.4), slab);
    }
}

fn outline(kind: Square, left: f32, top: f32, width: f32, height: f32, slab: &mut Slab) {
    let inset = STROKE / 2.0;
    let (l, t, r, b) = (left + inset, top + inset, left + width - inset, top + height - inset);
    let corners = [(l, t), (r, t), (r, b), (l, b)];
    let dash = (kind == Square::Unknown).then_some((1.5, 1.5));
    for i in 0..4 {
        let (from, to) = (corners[i], corners[(i + 1) % 4]);
        slab.items.push(Item::Line { from, to, width: STROKE, dash, ink: Ink::Black });
    }
    let filled = match kind {
        Square::Full => vec![(left, top), (left + width, top), (left + width, top + height), (left, top + height)],
        Square::Half => vec![(left, top), (left + width, top), (left, top + height)],
        Square::Empty | Square::Letter(_) | Square::Unknown => return,
    };
    slab.items.push(Item::Fill { corners: filled, ink: Ink::Black });
}

fn months(galley: &mut Galley<'_>, page: &ContactPage) {
    let columns = columns(galley, page);
    let head: Vec<_> = page
        .table_head
        .iter()
        .zip(&columns)
        .enumerate()
        .map(|(i, (words, (x, width)))| galley.text(*x, *width, align(i), words, Style::HEAD))
        .collect();
    let head = galley.table_head_from_bottom(head, 1.5);
    for slab in &head {
        galley.push(slab.clone());
    }
    let table = galley.running(head, HEAVY);
    let count = page.table.len();
    for (i, row) in page.table.iter().enumerate() {
        let is_total = i + 1 == count && count > 1;
        let style = if is_total { Style::HEAD } else { Style::SANS };
        let figures: Vec<_> = row
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(j, (words, (x, width)))| galley.text(*x, *width, align(j), figure(words), style))
            .collect();
        let rule = is_total.then_some(LIGHT);
        let keep = i == 0 && count > 1 || i + 2 == count || i + 3 == count;
        galley.row(&figures, &Row { pad: 0.0, rule, table: Some(table.clone()), keep, ..Row::default() });
    }
    galley.close_table(HEAVY);
}

fn align(column: usize) -> Align {
    if column == 0 { Align::Left } else { Align::Right }
}

/// Zero and nothing are an en dash.
fn figure(words: &str) -> &str {
    if matches!(words, "" | "0" | "0:00") { "–" } else { words }
}

/// Every column as wide as its longest word, what is left shared evenly.
fn columns(galley: &mut Galley<'_>, page: &ContactPage) -> Vec<(f32, f32)> {
    let mut widths = vec![0.0_f32; page.table_head.len()];
    for (i, words) in std::iter::once(&page.table_head).chain(&page.table).flat_map(|row| row.iter().enumerate()) {
        // Heads may take a second line; the first column and the figures stay on one.
        let parts: Vec<&str> = if i == 0 { vec![words] } else { words.split(' ').collect() };
        for part in parts {
            let wide = galley.setter.width(&[Piece::plain(part, Style::HEAD)]);
            if let Some(width) = widths.get_mut(i) {
                *width = width.max(wide + 0.5);
            }
        }
    }
    let spare = galley.width() - widths.iter().sum::<f32>();
    let gap = (spare / widths.len().saturating_sub(1).max(1) as f32).max(3.0);
    let mut x = 0.0;
    let place = |width: f32| {
        let column = (x, width);
        x += width + gap;
        column
    };
    widths.into_iter().map(place).collect()
}
