//! The table by month: heads in groups, figures to the right, the total last.

use crate::bundle::{ColumnHead, ContactPart};
use crate::layout::flow::Slab;
use crate::layout::galley::{Align, Galley, HEAVY, LIGHT, Row};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

use super::figure;

const LINE: f32 = 13.0;
/// So many rows stand on one page together.
const WHOLE: usize = 40;

pub(super) fn months(galley: &mut Galley<'_>, part: &ContactPart) {
    let columns = columns(galley, part);
    let head = head(galley, &part.table_head, &columns);
    galley.push(head.clone());
    let table = galley.running(vec![head], HEAVY);
    let count = part.table.len();
    for (i, row) in part.table.iter().enumerate() {
        let is_total = i + 1 == count && count > 1;
        let style = if is_total { Style::HEAD } else { Style::SANS };
        let figures: Vec<_> = row
            .iter()
            .zip(&columns)
            .enumerate()
            .map(|(j, (words, (x, width)))| galley.text(*x, *width, align(j), figure(words), style))
            .collect();
        let rule = is_total.then_some(LIGHT);
        // A table that fits a page is not cut.
        let keep = i + 1 < count && (count <= WHOLE || i == 0 || i + 3 >= count);
        galley.row(&figures, &Row { pad: 0.0, rule, table: Some(table.clone()), keep, ..Row::default() });
    }
    galley.close_table(HEAVY);
}

/// What columns have in common stands over them, with a light rule between.
fn head(galley: &mut Galley<'_>, heads: &[ColumnHead], columns: &[(f32, f32)]) -> Slab {
    let mut slab = Slab { keep: true, height: 3.0 + 2.0 * LINE + 2.0, ..Slab::default() };
    slab.items.push(galley.side_to_side(HEAVY).at(0.0));
    for (i, (head, (x, width))) in heads.iter().zip(columns).enumerate() {
        let pieces = [Piece::plain(&*head.words, Style::HEAD)];
        let cell = galley.cell(*x, *width, align(i), LINE, &pieces);
        // Heads stand on the last of the two lines.
        put(galley, &cell, 2.0 + 2.0 * LINE - cell.height(), &mut slab);
    }
    let mut i = 0;
    while i < heads.len() {
        let end = heads[i..].iter().position(|head| head.group != heads[i].group).map_or(heads.len(), |n| i + n);
        if let Some(group) = heads[i].group {
            let (left, right) = (columns[i].0 - 2.0, columns[end - 1].0 + columns[end - 1].1);
            let cell = galley.cell(left, right - left, Align::Centre, LINE, &[Piece::plain(group, Style::HEAD)]);
            put(galley, &cell, 1.0, &mut slab);
            let x = galley.geometry.left;
            let y = 2.0 + LINE;
            slab.items.push(Item::Line {
                from: (x + left, y),
                to: (x + right, y),
                width: LIGHT,
                dash: None,
                ink: Ink::Black,
            });
        }
        i = end;
    }
    let foot = galley.side_to_side(HEAVY).at(slab.height);
    slab.items.push(foot);
    slab
}

fn put(galley: &Galley<'_>, cell: &crate::layout::galley::Cell, down: f32, slab: &mut Slab) {
    let mut one = Slab::default();
    galley.fill_slab_from_top(cell, &mut one);
    slab.items.extend(one.items.into_iter().map(|item| crate::layout::flow::moved(item, 0.0, down)));
}

fn align(column: usize) -> Align {
    if column == 0 { Align::Left } else { Align::Right }
}

/// Every column as wide as its longest word, what is left shared evenly.
fn columns(galley: &mut Galley<'_>, part: &ContactPart) -> Vec<(f32, f32)> {
    let mut widths = vec![0.0_f32; part.table_head.len()];
    let heads = part.table_head.iter().enumerate();
    // A head that stands under another has one line, the others may have two.
    let mut wanted: Vec<(usize, String)> = Vec::new();
    for (i, head) in heads {
        match head.group {
            Some(_) => wanted.push((i, head.words.clone())),
            None => wanted.extend(head.words.split(' ').map(|word| (i, word.to_owned()))),
        }
    }
    wanted.extend(part.table.iter().flat_map(|row| row.iter().cloned().enumerate()));
    for (i, words) in wanted {
        let wide = galley.setter.width(&[Piece::plain(words, Style::HEAD)]);
        if let Some(width) = widths.get_mut(i) {
            *width = width.max(wide + 0.5);
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
