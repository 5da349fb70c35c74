//! A contact event: what was due against what took place, the fields in their order, what supports it.

use crate::bundle::{EventPage, EventRow, SupportRow};
use crate::layout::galley::{Align, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::style::Style;

pub(super) fn fill(galley: &mut Galley<'_>, event: &EventPage) {
    galley.title(&event.title);
    if !event.subtitle.is_empty() {
        galley.space(6.0);
        let subtitle = galley.rich(&event.subtitle, Style::WORDS);
        galley.paragraph(&subtitle, 18.0);
    }
    if !event.table.is_empty() {
        galley.space(12.0);
        due_and_held(galley, &event.table);
    }
    galley.space(9.0);
    galley.fields(&event.fields, mm(38.0), 3.0);
    support(galley, "Supported by", &event.supported_by);
    support(galley, "Says otherwise", &event.says_otherwise);
}

fn due_and_held(galley: &mut Galley<'_>, rows: &[EventRow]) {
    let (due, actual) = (mm(41.0), galley.width() - mm(56.5));
    let due_width = actual - due - mm(3.0);
    let (actual_width, both) = (galley.width() - actual, galley.width() - due);
    let cells = [
        galley.text(due, due_width, Align::Left, "Due", Style::HEAD),
        galley.text(actual, actual_width, Align::Left, "What took place", Style::HEAD),
    ];
    let head = galley.table_head(&cells, 2.25);
    for slab in &head {
        galley.push(slab.clone());
    }
    let table = galley.running(head, HEAVY);
    let count = rows.len();
    for (i, row) in rows.iter().enumerate() {
        let mut cells = vec![galley.text(0.0, mm(38.0), Align::Left, &row.label, Style::LABEL)];
        let pieces = galley.rich(&row.due, Style::WORDS);
        let width = if row.actual.is_some() { due_width } else { both };
        cells.push(galley.cell(due, width, Align::Left, 15.0, &pieces));
        if let Some(words) = &row.actual {
            let pieces = galley.rich(words, Style::WORDS);
            cells.push(galley.cell(actual, actual_width, Align::Left, 15.0, &pieces));
        }
        let rule = (i > 0).then_some(LIGHT);
        let keep = i == 0 && count > 1 || i + 2 == count;
        galley.row(&cells, &Row { pad: 2.25, rule, table: Some(table.clone()), keep, ..Row::default() });
    }
    galley.close_table(HEAVY);
}

fn support(galley: &mut Galley<'_>, heading: &str, rows: &[SupportRow]) {
    if rows.is_empty() {
        return;
    }
    galley.space(9.0);
    galley.small_heading(heading);
    galley.space(6.0);
    galley.rule(LIGHT, true);
    let (page, page_width) = (galley.width() - mm(14.0), mm(14.0));
    let count = rows.len();
    for (i, row) in rows.iter().enumerate() {
        let label = galley.page_of(row.page.as_ref());
        let cells = [
            galley.text(0.0, page - mm(3.0), Align::Left, &row.title, Style::WORDS),
            galley.cell(page, page_width, Align::Right, 15.0, &[label]),
        ];
        let keep = i == 0 && count > 1 || i + 2 == count;
        galley.row(&cells, &Row { pad: 1.5, keep, link: row.page.clone(), ..Row::default() });
    }
    galley.close_table(LIGHT);
}
