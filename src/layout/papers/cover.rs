//! The cover: for whom, why, when, how long; the sections; what the bundle does and does not show.

use crate::bundle::{BundlePlan, Cover, Heading};
use crate::layout::flow::Slab;
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::Ink;
use crate::layout::setting::Piece;
use crate::layout::style::Style;

const SUBTITLE: Style = Style { face: Style::WORDS.face, size: 14.0, ink: Ink::Black };

pub(super) fn fill(galley: &mut Galley<'_>, plan: &BundlePlan, cover: &Cover) {
    if heading(galley, &cover.heading) {
        galley.space(6.0);
        galley.rule(HEAVY, false);
        galley.space(60.0);
    }
    galley.paragraph(&[Piece::plain(&*cover.title, Style::COVER_TITLE)], 30.0);
    galley.space(6.0);
    galley.paragraph(&[Piece::plain(&*cover.subtitle, SUBTITLE)], 18.0);
    galley.space(42.0);
    galley.fields(&cover.fields, mm(38.0), 1.5);
    galley.plain_field("Length", &length(galley), mm(38.0), 1.5);
    galley.space(12.0);
    let pieces = galley.rich(&cover.do_not_copy, Style::WORDS);
    galley.paragraph(&pieces, 18.0);
    galley.space(36.0);
    sections(galley, plan);
    foot(galley, cover);
}

/// The heading of the action; whether there was anything to print.
pub(super) fn heading(galley: &mut Galley<'_>, heading: &Heading) -> bool {
    let width = galley.width();
    let before = galley.slabs.len();
    let court = heading.court.as_deref().unwrap_or_default();
    let number = heading.case_number.as_deref().unwrap_or_default();
    if !court.is_empty() || !number.is_empty() {
        let number_width = galley.setter.width(&[Piece::plain(number, Style::STRONG)]);
        let court_width = width - number_width - mm(3.0);
        let cells = [
            galley.cell(0.0, court_width, Align::Left, 18.0, &[Piece::plain(court, Style::STRONG)]),
            galley.cell(width - number_width, number_width, Align::Right, 18.0, &[Piece::plain(number, Style::STRONG)]),
        ];
        galley.row(&cells, &Row::default());
        galley.space(6.0);
    }
    for line in heading.statute.iter().chain(&heading.children) {
        galley.paragraph(&[Piece::plain(line.clone(), Style::WORDS)], 18.0);
    }
    galley.slabs.len() > before
}

/// `50 pages, A1 to E1`.
pub(super) fn length(galley: &Galley<'_>) -> String {
    let (first, last) = galley.numbers.ends();
    match galley.numbers.pages {
        1 => format!("1 page, {first}"),
        pages => format!("{pages} pages, {first} to {last}"),
    }
}

fn sections(galley: &mut Galley<'_>, plan: &BundlePlan) {
    let lettered: Vec<_> = plan.sections.iter().filter(|section| section.letter.is_some()).collect();
    if lettered.is_empty() {
        return;
    }
    let page_width = mm(14.0);
    let title_width = galley.width() - mm(13.0) - page_width;
    let page_x = galley.width() - page_width;
    galley.rule(LIGHT, true);
    galley.space(6.0);
    for section in lettered {
        let letter = section.letter.map(String::from).unwrap_or_default();
        let title = if section.described.is_empty() { &section.title } else { &section.described };
        let page = match section.entries.first() {
            Some(entry) => galley.reference(&entry.anchor, Style::SANS),
            None => Piece::plain("–", Style::SANS),
        };
        let cells = [
            galley.text(0.0, mm(10.0), Align::Left, &letter, Style::WORDS),
            galley.text(mm(10.0), title_width, Align::Left, title, Style::WORDS),
            galley.cell(page_x, page_width, Align::Right, 15.0, &[page]),
        ];
        let link = section.entries.first().map(|entry| entry.anchor.clone());
        galley.row(&cells, &Row { pad: 1.5, link, keep: true, ..Row::default() });
    }
    galley.space(6.0);
    galley.rule(LIGHT, false);
}

/// What the bundle shows and does not, on the bottom margin.
fn foot(galley: &mut Galley<'_>, cover: &Cover) {
    let shows = galley.rich(&cover.shows, Style::WORDS);
    let checked = galley.rich(&cover.checked, Style::SANS);
    let width = galley.width();
    let mut slab = Slab { at_bottom: true, above: 12.0, ..Slab::default() };
    let mut cell = Cell { x: 0.0, width, align: Align::Left, blocks: Vec::new() };
    cell.blocks.push((galley.set(&shows, width), 15.0, 0.0));
    if !checked.is_empty() {
        cell.blocks.push((galley.set(&checked, width), 12.0, 6.0));
    }
    galley.fill_slab(&cell, &mut slab);
    galley.push(slab);
}
