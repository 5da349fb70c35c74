//! A conversation: no bubbles. What was chosen has a bar, black words and a bold sender; what is
//! shown for context is grey and has no bar. What a program says stands in Sans.

use std::rc::Rc;

use crate::bundle::{Anchor, Transcript, TranscriptRow};
use crate::layout::emoji;
use crate::layout::flow::{Running, Slab};
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

/// Columns in points from the left margin: the bar, then number 10, time 31, sender 22, words.
const NUMBER: f32 = mm(2.5);
const TIME: f32 = mm(12.7);
const SENDER: f32 = mm(43.7);
const WORDS: f32 = mm(65.7);
const PAD: f32 = 1.5;
const BAR: f32 = 2.25;

pub(super) fn fill(galley: &mut Galley<'_>, transcript: &Transcript) {
    galley.title(&transcript.title);
    galley.space(6.0);
    let subtitle = galley.rich(&transcript.subtitle, Style::WORDS);
    galley.paragraph(&subtitle, 15.0);
    if !transcript.times_note.is_empty() {
        galley.space(6.0);
        galley.paragraph(&[Piece::plain(&*transcript.times_note, Style::SANS)], 12.0);
    }
    galley.space(6.0);
    galley.rule(HEAVY, true);
    galley.keep_all();
    galley.space(1.5);
    let mut day = None;
    for row in &transcript.rows {
        one(galley, row, &mut day);
    }
    let source = galley.rich(&transcript.source, Style::SANS);
    galley.bottom_note(vec![(source, 12.0)]);
}

fn one(galley: &mut Galley<'_>, row: &TranscriptRow, day: &mut Option<Rc<Running>>) {
    match row {
        TranscriptRow::Day(words) => *day = Some(day_line(galley, words)),
        TranscriptRow::Gap(gap) => gap_line(galley, gap, day.as_ref()),
        TranscriptRow::Message { anchor, number, time, as_exported, sender, words, notes, chosen } => {
            let look = Look::of(*chosen);
            let cells = [
                galley.text(NUMBER, mm(10.0), Align::Left, number, look.small),
                times(galley, time, as_exported, &look),
                galley.text(SENDER, mm(21.0), Align::Left, sender, look.sender),
                said(galley, words, notes, &look),
            ];
            message(galley, &cells, anchor, *chosen, day.as_ref());
        }
    }
}

/// How a message looks: weight and bar say it as well as grey does.
struct Look {
    small: Style,
    sender: Style,
    words: Style,
}

impl Look {
    fn of(chosen: bool) -> Self {
        if chosen {
            Look { small: Style::SANS, sender: Style::HEAD, words: Style::WORDS }
        } else {
            let grey = |style: Style| style.in_ink(Ink::Secondary);
            Look { small: grey(Style::SANS), sender: grey(Style::SANS), words: grey(Style::WORDS) }
        }
    }
}

fn times(galley: &mut Galley<'_>, time: &str, as_exported: &str, look: &Look) -> Cell {
    let mut cell = galley.text(TIME, mm(30.0), Align::Left, time, look.small);
    if !as_exported.is_empty() {
        let set = galley.set(&[Piece::plain(as_exported, Style::SMALL)], mm(30.0));
        cell.blocks.push((set, 12.0, 0.0));
    }
    cell
}

/// The words, emoji named beneath, and what our program or theirs says of them.
fn said(galley: &mut Galley<'_>, words: &str, notes: &[String], look: &Look) -> Cell {
    let width = galley.width() - WORDS;
    let mut cell = Cell { x: WORDS, width, align: Align::Left, blocks: Vec::new() };
    for line in words.lines().filter(|_| !words.trim().is_empty()) {
        let set = galley.set(&[Piece::plain(line, look.words)], width);
        cell.blocks.push((set, 15.0, 0.0));
    }
    for note in emoji::names_of(words).iter().chain(notes) {
        // A line that is a program's alone stands where the words would, at 10.
        let (style, leading) = if cell.blocks.is_empty() { (look.small, 15.0) } else { (Style::MESSAGE_NOTE, 12.0) };
        let set = galley.set(&[Piece::plain(&**note, style)], width);
        cell.blocks.push((set, leading, 0.0));
    }
    cell
}

fn message(galley: &mut Galley<'_>, cells: &[Cell], anchor: &Anchor, chosen: bool, day: Option<&Rc<Running>>) {
    let first = galley.slabs.len();
    let table = day.cloned();
    galley.row(cells, &Row { pad: PAD, place: Some(anchor.clone()), table, ..Row::default() });
    if chosen {
        let last = galley.slabs.len() - 1;
        let left = galley.geometry.left;
        for (i, slab) in galley.slabs.iter_mut().enumerate().skip(first) {
            let top = if i == first { PAD } else { 0.0 };
            let bottom = slab.height - if i == last { PAD } else { 0.0 };
            let corners = vec![(left, top), (left + BAR, top), (left + BAR, bottom), (left, bottom)];
            slab.items.insert(0, Item::Fill { corners, ink: Ink::Black });
        }
    }
}

/// The day, over a light rule; a page that cuts the day repeats it.
fn day_line(galley: &mut Galley<'_>, day: &str) -> Rc<Running> {
    let slab = day_slab(galley, day);
    galley.space(9.0);
    galley.push(slab);
    let head = vec![day_slab(galley, &format!("{day} (continued)"))];
    Rc::new(Running { head, foot: None })
}

fn day_slab(galley: &mut Galley<'_>, words: &str) -> Slab {
    let width = galley.width();
    let cell = galley.text(0.0, width, Align::Left, words, Style::HEAD);
    let mut slab = Slab { keep: true, ..Slab::default() };
    galley.fill_slab(&cell, &mut slab);
    slab.height += 1.5;
    slab.items.push(galley.side_to_side(LIGHT).at(slab.height));
    slab
}

/// How many are not shown, between dashes: neither first nor last on its page.
fn gap_line(galley: &mut Galley<'_>, gap: &str, day: Option<&Rc<Running>>) {
    galley.keep();
    let (x, width) = (NUMBER, galley.width() - NUMBER);
    let cell = galley.cell(x, width - mm(20.0), Align::Left, 15.0, &[Piece::plain(gap, Style::SANS)]);
    let cell = Cell { x: x + mm(10.0), align: Align::Centre, ..cell };
    let mut slab = Slab { height: PAD, keep: true, table: day.cloned(), ..Slab::default() };
    galley.fill_slab(&cell, &mut slab);
    let widest = cell.blocks[0].0.lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let left = galley.geometry.left + x;
    let right = galley.geometry.right;
    let middle = f32::midpoint(left, right);
    let y = f32::midpoint(slab.height, PAD);
    for (from, to) in [(left, middle - widest / 2.0 - mm(3.0)), (middle + widest / 2.0 + mm(3.0), right)] {
        if to - from > 6.0 {
            let dash = Some((4.0, 3.0));
            slab.items.push(Item::Line { from: (from, y), to: (to, y), width: 0.5, dash, ink: Ink::Black });
        }
    }
    slab.height += PAD;
    galley.push(slab);
}
