//! The first page of a hearing bundle: heading, parties, what is to be decided, agreed and not agreed
//! side by side at equal weight, essential reading with lengths.

use super::{cover, exhibit_front};
use crate::bundle::{EssentialReading, HearingFront};
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

pub(super) fn fill(galley: &mut Galley<'_>, front: &HearingFront) {
    action(galley, &front.heading, &front.title, &front.dated);
    galley.space(6.0);
    galley.fields(&front.fields, mm(38.0), 3.75);
    if !front.to_decide.is_empty() {
        heading(galley, "What is to be decided");
        numbered(galley, &front.to_decide);
    }
    if !front.agreed.is_empty() || !front.not_agreed.is_empty() {
        side_by_side(galley, front);
    }
    if !front.essential.is_empty() {
        heading(galley, "Essential reading");
        galley.rule(LIGHT, true);
        essential(galley, &front.essential);
    }
    galley.space(6.0);
    let mut note = vec![Piece::plain(format!("Bundle of {}. ", cover::length(galley)), Style::SANS)];
    note.extend(galley.rich(&front.note, Style::SANS));
    galley.paragraph(&note, 12.0);
}

/// Heading of the action, parties, and the title between rules with its own date (27A-33).
pub(super) fn action(galley: &mut Galley<'_>, heading: &crate::bundle::Heading, title: &str, dated: &str) {
    cover::heading(galley, heading);
    if !heading.parties.is_empty() {
        galley.space(6.0);
        exhibit_front::parties(galley, &heading.parties);
    }
    galley.space(12.0);
    galley.rule(HEAVY, true);
    galley.space(12.0);
    let width = galley.width();
    galley.paragraph_at(0.0, width, Align::Centre, 24.0, &[Piece::plain(title, Style::TITLE)]);
    galley.paragraph_at(0.0, width, Align::Centre, 18.0, &[Piece::plain(dated, Style::WORDS)]);
    galley.space(9.0);
    galley.rule(HEAVY, true);
    galley.keep_all();
}

fn heading(galley: &mut Galley<'_>, words: &str) {
    galley.space(9.0);
    galley.paragraph(&[Piece::plain(words, Style::HEADING)], 18.0);
    galley.keep();
    galley.space(3.0);
}

fn numbered(galley: &mut Galley<'_>, list: &[String]) {
    let (x, width) = (mm(10.0), galley.width() - mm(10.0));
    for (i, words) in list.iter().enumerate() {
        let cells = [
            galley.cell(0.0, x, Align::Left, 16.0, &[Piece::plain(format!("{}.", i + 1), Style::WORDS)]),
            galley.cell(x, width, Align::Left, 16.0, &[Piece::plain(words.clone(), Style::WORDS)]),
        ];
        galley.row(&cells, &Row { pad: 1.5, ..Row::default() });
    }
}

/// Two columns of one width, type and leading: neither weighs more.
fn side_by_side(galley: &mut Galley<'_>, front: &HearingFront) {
    galley.space(9.0);
    let gap = mm(8.0);
    let width = (galley.width() - gap) / 2.0;
    let column = |galley: &mut Galley<'_>, x: f32, title: &str, list: &[String]| {
        let mut cell = galley.cell(x, width, Align::Left, 18.0, &[Piece::plain(title, Style::HEADING)]);
        let nothing = ["Nothing written down.".to_owned()];
        let list = if list.is_empty() { &nothing[..] } else { list };
        for words in list {
            let set = galley.set(&[Piece::plain(words.clone(), Style::WORDS)], width);
            cell.blocks.push((set, 16.0, 3.0));
        }
        cell
    };
    let cells: [Cell; 2] =
        [column(galley, 0.0, "Agreed", &front.agreed), column(galley, width + gap, "Not agreed", &front.not_agreed)];
    galley.row(&cells, &Row::default());
}

fn essential(galley: &mut Galley<'_>, papers: &[EssentialReading]) {
    let end = galley.width();
    let (pages_x, label_x) = (end - mm(36.0), end - mm(14.0));
    for paper in papers {
        let length = match galley.numbers.lengths.get(&paper.page) {
            Some(1) => "1 page".to_owned(),
            Some(pages) => format!("{pages} pages"),
            None => "00 pages".to_owned(),
        };
        let label = galley.reference(&paper.page, Style::SANS);
        let cells = [
            galley.text(0.0, pages_x - mm(2.0), Align::Left, &paper.title, Style::WORDS),
            galley.text(pages_x, mm(20.0), Align::Right, &length, Style::SANS),
            galley.cell(label_x, mm(14.0), Align::Right, 15.0, &[label]),
        ];
        galley.row(&cells, &Row { pad: 1.5, keep: true, ..Row::default() });
    }
    galley.rule(LIGHT, true);
}
