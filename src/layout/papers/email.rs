//! An e-mail: names, no addresses; numbered lines, so that “C12 line 8” can be cited; quotations
//! folded; the source note on the bottom margin.

use crate::bundle::{AttachmentRow, BodyPart, EmailPage, Rich};
use crate::layout::flow::Slab;
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

pub(super) fn fill(galley: &mut Galley<'_>, email: &EmailPage) {
    galley.title(&email.title);
    galley.space(9.0);
    galley.rule(HEAVY, true);
    galley.space(9.0);
    galley.fields(&email.fields, mm(25.0), 1.5);
    galley.keep();
    galley.space(9.0);
    galley.rule(HEAVY, true);
    for (i, remark) in email.remarks.iter().enumerate() {
        galley.space(if i == 0 { 6.0 } else { 0.0 });
        galley.paragraph(&[Piece::plain(&**remark, Style::SANS)], 12.0);
    }
    galley.keep();
    galley.space(18.0);
    body(galley, &email.body);
    attachments(galley, &email.attachments, email.attachments_note.as_deref());
    let source = galley.rich(&email.source, Style::SANS);
    galley.bottom_note(vec![(source, 12.0)]);
}

/// The words, each printed line numbered. Blank lines are white and have no number.
fn body(galley: &mut Galley<'_>, parts: &[BodyPart]) {
    let mut number = 0;
    for part in parts {
        match part {
            BodyPart::Line(line) if line.trim().is_empty() => galley.blank_line(),
            BodyPart::Line(line) => written(galley, line, &mut number),
            BodyPart::Folded(words) => folded(galley, words),
        }
    }
}

/// The longest line of an e-mail: what an eye follows back easily at 12 on 18.
const MEASURE: f32 = mm(147.0);

fn written(galley: &mut Galley<'_>, line: &str, number: &mut usize) {
    let first = galley.slabs.len();
    let width = galley.width().min(MEASURE);
    galley.paragraph_at(0.0, width, Align::Left, 18.0, &[Piece::plain(line, Style::WORDS)]);
    for i in first..galley.slabs.len() {
        *number += 1;
        let label = [Piece::plain(number.to_string(), Style::SMALL)];
        // In the margin: right edge 4 mm left of the text.
        let cell = galley.cell(-mm(14.0), mm(10.0), Align::Right, 18.0, &label);
        let mut slab = std::mem::take(&mut galley.slabs[i]);
        let lines = &cell.blocks[0].0.lines;
        for line in lines {
            galley.place(line, &cell, 0.0, 18.0, &mut slab);
        }
        galley.slabs[i] = slab;
    }
}

fn folded(galley: &mut Galley<'_>, words: &Rich) {
    let pieces = galley.rich(words, Style::SANS);
    let (x, width) = (mm(4.0), galley.width() - mm(4.0));
    let cell = galley.cell(x, width, Align::Left, 15.0, &pieces);
    let mut slab = Slab::default();
    galley.fill_slab(&cell, &mut slab);
    let left = galley.geometry.left;
    let (from, to) = ((left, 0.0), (left, slab.height));
    slab.items.push(Item::Line { from, to, width: LIGHT, dash: None, ink: Ink::Black });
    galley.space(12.0);
    galley.push(slab);
    galley.space(9.0);
}

fn attachments(galley: &mut Galley<'_>, rows: &[AttachmentRow], note: Option<&str>) {
    if rows.is_empty() {
        return;
    }
    galley.space(12.0);
    galley.small_heading(&format!("Attachments: {}", rows.len()));
    galley.space(6.0);
    galley.rule(LIGHT, true);
    let count = rows.len();
    for (i, row) in rows.iter().enumerate() {
        let cells = attachment(galley, row);
        let keep = i == 0 && count > 1 || i + 2 == count;
        galley.row(&cells, &Row { pad: 1.5, keep, link: row.page.clone(), ..Row::default() });
    }
    galley.close_table(LIGHT);
    if let Some(note) = note {
        galley.keep();
        galley.space(6.0);
        galley.paragraph(&[Piece::plain(note, Style::SANS)], 12.0);
    }
}

fn attachment(galley: &mut Galley<'_>, row: &AttachmentRow) -> [Cell; 4] {
    let end = galley.width();
    let (page, size, kind) = (end - mm(14.0), end - mm(34.0), end - mm(68.0));
    let label = galley.page_of(row.page.as_ref());
    [
        galley.text(0.0, kind - mm(3.0), Align::Left, &row.name, Style::WORDS),
        galley.text(kind, mm(33.0), Align::Left, &row.kind, Style::SANS),
        galley.text(size, mm(20.0), Align::Right, &row.size, Style::SANS),
        galley.cell(page, mm(14.0), Align::Right, 15.0, &[label]),
    ]
}
