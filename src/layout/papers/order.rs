//! An order: its facts, and its paragraphs in their exact words.

use crate::bundle::{OrderPage, OrderWords};
use crate::layout::galley::{Align, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

pub(super) fn fill(galley: &mut Galley<'_>, order: &OrderPage) {
    galley.title(&order.title);
    if !order.subtitle.is_empty() {
        galley.space(6.0);
        let subtitle = galley.rich(&order.subtitle, Style::WORDS);
        galley.paragraph(&subtitle, 18.0);
    }
    galley.space(12.0);
    galley.rule(HEAVY, true);
    galley.space(4.5);
    galley.fields(&order.fields, mm(38.0), 1.5);
    galley.keep();
    galley.space(4.5);
    galley.rule(HEAVY, false);
    galley.space(15.0);
    galley.paragraph(&[Piece::plain("The order’s words", Style::HEADING)], 18.0);
    galley.keep();
    galley.space(3.0);
    for (i, paragraph) in order.paragraphs.iter().enumerate() {
        words(galley, paragraph, i > 0);
    }
    galley.close_table(LIGHT);
    if !order.note.is_empty() {
        galley.space(6.0);
        let note = galley.rich(&order.note, Style::SANS);
        galley.paragraph(&note, 12.0);
    }
}

fn words(galley: &mut Galley<'_>, paragraph: &OrderWords, rule: bool) {
    let x = mm(12.0);
    let width = galley.width() - x;
    let mut cell = galley.cell(x, width, Align::Left, 15.0, &[Piece::plain(&*paragraph.words, Style::WORDS)]);
    if let Some(remark) = &paragraph.remark {
        let set = galley.set(&[Piece::plain(&**remark, Style::SANS)], width);
        cell.blocks.push((set, 12.0, 3.0));
    }
    let cells = [galley.text(0.0, mm(10.0), Align::Left, &paragraph.number, Style::WORDS), cell];
    let place = Some(paragraph.anchor.clone());
    galley.row(&cells, &Row { pad: 4.5, rule: rule.then_some(LIGHT), place, ..Row::default() });
}
