//! The unit chart: each outcome starts where the last ended, so the row "due" is used up exactly once.

use crate::bundle::{ContactPart, OutcomeRow, Square};
use crate::layout::flow::Slab;
use crate::layout::galley::{Align, Galley, mm};
use crate::layout::page::Ink;
use crate::layout::style::Style;

use super::marks::outline;

const CHART: f32 = mm(64.0);
const NUMBER_END: f32 = mm(59.2);
const LINE: f32 = mm(6.0);
/// Right of the last square there is room for a letter.
const LETTER: f32 = mm(4.0);

/// The heading says what one square, or the length of a bar, stands for.
pub(super) fn heading(part: &ContactPart) -> String {
    match part.outcomes.first().map_or(0, |row| row.count) {
        0..=47 => format!("Due against held: one square is one {}", part.noun),
        _ => format!("Due against held: the longer a bar, the more {}s", part.noun),
    }
}

/// How far apart squares stand: fewer points the more there are, so the row “due” fits the page.
struct Scale {
    step: f32,
    side: f32,
    letters: bool,
}

impl Scale {
    fn of(due: u32, width: f32) -> Self {
        match due {
            0..=19 => Scale { step: mm(5.0), side: mm(4.4), letters: true },
            20..=47 => Scale { step: mm(2.0), side: mm(1.7), letters: false },
            _ => Scale { step: (width - LETTER) / due as f32, side: 0.0, letters: false },
        }
    }
}

pub(super) fn chart(galley: &mut Galley<'_>, outcomes: &[OutcomeRow]) {
    let width = galley.width() - CHART;
    // The first row is what was due; the others use it up exactly once.
    let due = outcomes.first().map_or(0, |row| row.count);
    let scale = Scale::of(due, width);
    let mut used = 0;
    let count = outcomes.len();
    for (i, row) in outcomes.iter().enumerate() {
        let style = if row.bold { Style::HEAD } else { Style::SANS };
        let cells = [
            galley.text(0.0, NUMBER_END - mm(8.0), Align::Left, &row.label, style),
            galley.text(
                NUMBER_END - mm(8.0),
                mm(8.0),
                Align::Right,
                super::figure(&row.count.to_string()),
                Style::HEAD,
            ),
        ];
        let mut slab = Slab { keep: i + 1 < count, ..Slab::default() };
        for cell in &cells {
            galley.fill_slab_from_top(cell, &mut slab);
        }
        slab.height = slab.height.max(LINE);
        let start = if i == 0 { 0 } else { used };
        squares(galley, row, start, &scale, &mut slab);
        used += if i == 0 { 0 } else { row.count };
        galley.push(slab);
    }
}

fn squares(galley: &mut Galley<'_>, row: &OutcomeRow, start: u32, scale: &Scale, slab: &mut Slab) {
    let left = galley.geometry.left + CHART + start as f32 * scale.step;
    if scale.side == 0.0 {
        bar(row.square, left, row.count as f32 * scale.step, slab);
    } else {
        (0..row.count).for_each(|i| square(row.square, left + i as f32 * scale.step, scale.side, slab));
    }
    let letter = match row.square {
        Square::Letter(letter) => letter.to_string(),
        Square::Unknown => "?".to_owned(),
        Square::Empty | Square::Full | Square::Half => return,
    };
    let places: Vec<f32> = if scale.letters {
        (0..row.count).map(|i| left + i as f32 * scale.step + scale.side / 2.0).collect()
    } else {
        let beside = if scale.side == 0.0 { mm(2.2) } else { mm(1.7) };
        vec![left + row.count as f32 * scale.step + beside]
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
