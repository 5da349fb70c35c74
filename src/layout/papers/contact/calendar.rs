//! One line a month, with a bar for each session on its days.

use std::rc::Rc;

use crate::bundle::{CalendarBar, CalendarMonth, ContactPart, Square};
use crate::layout::flow::{Running, Slab};
use crate::layout::galley::{Align, Galley, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::style::Style;

use super::marks::{STROKE, outline};

/// Where the days begin.
const DAYS: f32 = mm(20.0);
/// Room for a session that ends on the first of the next month.
const COLUMNS: f32 = 32.0;
/// Up to so many months stand as far apart as the rows of the chart.
const ROOMY: usize = 14;

/// The heights of a line and of its bars.
struct Height {
    line: f32,
    bar: f32,
    leading: f32,
}

impl Height {
    fn of(months: usize) -> Self {
        if months <= ROOMY {
            Height { line: mm(6.0), bar: mm(4.4), leading: 15.0 }
        } else {
            Height { line: mm(4.9), bar: mm(3.7), leading: 13.0 }
        }
    }

    /// The top of a bar, so that a letter stands in its middle.
    fn top(&self) -> f32 {
        (self.leading * 0.74 - 3.2) - self.bar / 2.0
    }
}

/// The heading says what one bar stands for.
pub(super) fn heading(part: &ContactPart) -> String {
    match part.noun {
        "weekend" => "When: one bar is one weekend, on its days".to_owned(),
        noun => format!("When: one bar is one {noun}, on its days"),
    }
}

pub(super) fn calendar(galley: &mut Galley<'_>, months: &[CalendarMonth]) {
    let height = Height::of(months.len());
    let head = head(galley);
    galley.push(head.clone());
    let table = Rc::new(Running { head: vec![head], foot: None });
    let count = months.len();
    for (i, month) in months.iter().enumerate() {
        let mut slab = line(galley, month, &height);
        slab.table = Some(table.clone());
        slab.keep = i == 0 && count > 1 || i + 2 == count;
        galley.push(slab);
    }
}

fn head(galley: &mut Galley<'_>) -> Slab {
    let mut slab = Slab { keep: true, ..Slab::default() };
    let mut cells = vec![galley.text(0.0, DAYS, Align::Left, "Day", Style::SMALL)];
    let column = column(galley);
    for day in [1_u16, 5, 10, 15, 20, 25, 30] {
        let middle = DAYS + (f32::from(day) - 0.5) * column;
        cells.push(galley.text(middle - mm(4.0), mm(8.0), Align::Centre, &day.to_string(), Style::SMALL));
    }
    for cell in &cells {
        galley.fill_slab_from_top(cell, &mut slab);
    }
    slab
}

fn line(galley: &mut Galley<'_>, month: &CalendarMonth, height: &Height) -> Slab {
    let lanes = lanes(&month.bars);
    let rows = lanes.iter().copied().max().unwrap_or(0) + 1;
    let mut slab = Slab { height: height.line * rows as f32, ..Slab::default() };
    let label = [crate::layout::setting::Piece::plain(&*month.label, Style::SANS)];
    let cell = galley.cell(0.0, DAYS, Align::Left, height.leading, &label);
    galley.fill_slab_from_top(&cell, &mut slab);
    let (left, column) = (galley.geometry.left + DAYS, column(galley));
    let middle = height.top() + height.bar / 2.0;
    slab.items.push(Item::Line {
        from: (left, middle),
        to: (left + month.days as f32 * column, middle),
        width: 0.5,
        dash: None,
        ink: Ink::Secondary,
    });
    for (bar, lane) in month.bars.iter().zip(&lanes) {
        let top = height.top() + *lane as f32 * height.line;
        let from = left + (bar.first.saturating_sub(1)) as f32 * column;
        let until = left + bar.last as f32 * column;
        let area = (from, top, until - from, height.bar);
        draw(bar, area, &mut slab);
        letter(galley, bar, area, height, &mut slab);
    }
    slab
}

fn column(galley: &Galley<'_>) -> f32 {
    (galley.width() - DAYS) / COLUMNS
}

/// Sessions that share a day stand one under the other.
fn lanes(bars: &[CalendarBar]) -> Vec<usize> {
    let mut ends: Vec<u32> = Vec::new();
    bars.iter()
        .map(|bar| {
            let lane = ends.iter().position(|end| *end < bar.first).unwrap_or(ends.len());
            if lane == ends.len() {
                ends.push(bar.last);
            } else {
                ends[lane] = bar.last;
            }
            lane
        })
        .collect()
}

fn draw(bar: &CalendarBar, (left, top, width, height): (f32, f32, f32, f32), slab: &mut Slab) {
    let corners = vec![(left, top), (left + width, top), (left + width, top + height), (left, top + height)];
    // The line of the month does not run through a bar.
    slab.items.push(Item::Fill { corners, ink: Ink::White });
    outline(bar.mark, left, top, width, height, slab);
    // Where the session goes on in another month, its bar is open.
    for (is_open, x) in [(bar.opens, left + STROKE / 2.0), (bar.goes_on, left + width - STROKE / 2.0)] {
        if is_open && bar.mark != Square::Full {
            let (from, to) = ((x, top + STROKE), (x, top + height - STROKE));
            slab.items.push(Item::Line { from, to, width: STROKE + 0.6, dash: None, ink: Ink::White });
        }
    }
}

fn letter(galley: &mut Galley<'_>, bar: &CalendarBar, area: (f32, f32, f32, f32), height: &Height, slab: &mut Slab) {
    let letter = match bar.mark {
        Square::Letter(letter) if !bar.opens => letter.to_string(),
        Square::Unknown if !bar.opens => "?".to_owned(),
        _ => return,
    };
    let (left, top, width, _) = area;
    let style = Style::SMALL.in_ink(Ink::Black);
    let pieces = [crate::layout::setting::Piece::plain(&*letter, style)];
    let x = left + width / 2.0 - mm(3.0) - galley.geometry.left;
    let cell = galley.cell(x, mm(6.0), Align::Centre, height.leading, &pieces);
    // A letter stands on the lane of its bar.
    let mut one = Slab::default();
    galley.fill_slab_from_top(&cell, &mut one);
    let down = top - height.top();
    slab.items.extend(one.items.into_iter().map(|item| crate::layout::flow::moved(item, 0.0, down)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_that_share_a_day_stand_one_under_the_other() {
        let bar = |first, last| CalendarBar { first, last, mark: Square::Full, opens: false, goes_on: false };
        assert_eq!(lanes(&[bar(1, 3), bar(3, 4), bar(4, 4), bar(5, 5), bar(5, 9)]), [0, 1, 0, 0, 1]);
    }
}
