//! Contact due and held: a sentence, a unit chart, a line a month, the table by month, and the days in
//! words. The same marks in chart and calendar; nothing depends on grey.

mod calendar;
mod chart;
mod marks;
mod months;

use crate::bundle::{ContactPage, ContactPart};
use crate::layout::galley::{Align, Galley, LIGHT, Row, mm};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

pub(super) fn fill(galley: &mut Galley<'_>, page: &ContactPage) {
    for part in &page.parts {
        let first = galley.slabs.len();
        fill_part(galley, part);
        if let Some(slab) = galley.slabs.get_mut(first).filter(|_| first > 0) {
            slab.begins_page = true;
        }
    }
}

fn fill_part(galley: &mut Galley<'_>, part: &ContactPart) {
    let title = galley.cell(0.0, galley.width(), Align::Left, 24.0, &[Piece::plain(&*part.title, Style::TITLE)]);
    galley.row(&[title], &Row { keep: true, place: part.place.clone(), ..Row::default() });
    galley.space(6.0);
    let summary = galley.rich(&part.summary, Style::WORDS);
    galley.paragraph(&summary, 15.0);
    if !part.outcomes.is_empty() {
        galley.space(9.0);
        headed(galley, &chart::heading(part), 9.0);
        chart::chart(galley, &part.outcomes);
    }
    if !part.calendar.is_empty() {
        galley.space(12.0);
        headed(galley, &calendar::heading(part), 5.0);
        calendar::calendar(galley, &part.calendar);
    }
    if !part.table.is_empty() {
        galley.space(14.0);
        galley.small_heading("By month");
        galley.space(5.0);
        months::months(galley, part);
    }
    if !part.note.is_empty() {
        galley.keep();
        galley.space(6.0);
        galley.paragraph(&[Piece::plain(&*part.note, Style::SANS)], 12.0);
    }
    if !part.days.is_empty() {
        galley.space(12.0);
        headed(galley, "The same in words: the days on which each was due to start", 4.0);
        days(galley, &part.days);
    }
}

fn headed(galley: &mut Galley<'_>, words: &str, space: f32) {
    galley.small_heading(words);
    galley.space(5.0);
    galley.rule(LIGHT, true);
    galley.space(space);
}

/// What chart and calendar show, for a reader who cannot see them and for a search.
fn days(galley: &mut Galley<'_>, days: &[(String, String)]) {
    let label = mm(56.0);
    for (what, when) in days {
        let cells = [
            galley.cell(0.0, label - mm(3.0), Align::Left, 13.0, &[Piece::plain(&**what, Style::HEAD)]),
            galley.cell(label, galley.width() - label, Align::Left, 13.0, &[Piece::plain(&**when, Style::SANS)]),
        ];
        galley.row(&cells, &Row { pad: 1.0, ..Row::default() });
    }
}

/// Zero and nothing are an en dash.
fn figure(words: &str) -> &str {
    if matches!(words, "" | "0" | "0:00") { "–" } else { words }
}
