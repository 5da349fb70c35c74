//! A conversation: no bubbles. What was chosen has a bar, black words and a bold sender; what is
//! shown for context is grey and has no bar. What a program says stands in Sans.

use std::rc::Rc;

use super::photograph;
use crate::bundle::{Anchor, ChatFile, ChatPicture, Transcript, TranscriptRow};
use crate::layout::emoji;
use crate::layout::flow::{Running, Slab, moved};
use crate::layout::galley::{Align, Cell, Galley, HEAVY, LIGHT, Row, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::setting::Piece;
use crate::layout::style::Style;

/// Columns in points from the left margin: the bar, then number 10, time 32.5, sender 21.5, words. A stamp with its
/// seconds (`01/11/2026, 09:00:00`) has room and some white before the sender.
const NUMBER: f32 = mm(2.5);
const TIME: f32 = mm(12.7);
const SENDER: f32 = mm(45.2);
const WORDS: f32 = mm(66.7);
/// How wide the times may be.
const TIMES: f32 = mm(31.5);
const PAD: f32 = 1.5;
const BAR: f32 = 2.25;
/// Of a picture: it is printed in full elsewhere, if at all.
const WIDEST: f32 = mm(40.0);
const HIGHEST: f32 = mm(30.0);
/// White above a picture.
const ABOVE_PICTURE: f32 = 3.0;

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
        one(galley, row, transcript.marks_chosen, &mut day);
    }
    let source = galley.rich(&transcript.source, Style::SANS);
    galley.bottom_note(vec![(source, 12.0)]);
}

fn one(galley: &mut Galley<'_>, row: &TranscriptRow, marked: bool, day: &mut Option<Rc<Running>>) {
    match row {
        TranscriptRow::Day(words) => *day = Some(day_line(galley, words)),
        TranscriptRow::Gap(gap) => gap_line(galley, gap, day.as_ref()),
        TranscriptRow::Message { anchor, number, time, as_exported, sender, words, notes, files, chosen } => {
            let look = Look::of(*chosen, marked);
            let cells = [
                galley.text(NUMBER, mm(10.0), Align::Left, number, look.small),
                times(galley, time, as_exported, &look),
                galley.text(SENDER, mm(21.0), Align::Left, sender, look.sender),
                said(galley, words, notes, files, &look),
            ];
            let again = [number.clone(), format!("{time}, {sender} (continued)")];
            message(galley, &cells, anchor, files, &again, *chosen && marked, day.as_ref());
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
    fn of(chosen: bool, marked: bool) -> Self {
        if chosen && !marked {
            Look { small: Style::SANS, sender: Style::SANS, words: Style::WORDS }
        } else if chosen {
            Look { small: Style::SANS, sender: Style::HEAD, words: Style::WORDS }
        } else {
            let grey = |style: Style| style.in_ink(Ink::Secondary);
            Look { small: grey(Style::SANS), sender: grey(Style::SANS), words: grey(Style::WORDS) }
        }
    }
}

fn times(galley: &mut Galley<'_>, time: &str, as_exported: &str, look: &Look) -> Cell {
    let mut cell = galley.text(TIME, TIMES, Align::Left, time, look.small);
    if !as_exported.is_empty() {
        let set = galley.set(&[Piece::plain(as_exported, Style::SMALL)], TIMES);
        cell.blocks.push((set, 12.0, 0.0));
    }
    cell
}

/// The words, emoji named beneath, and what our program or theirs says of them.
fn said(galley: &mut Galley<'_>, words: &str, notes: &[String], files: &[ChatFile], look: &Look) -> Cell {
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
    for file in files.iter().filter(|file| file.picture.is_none()) {
        let above = if cell.blocks.is_empty() { 0.0 } else { 1.5 };
        let mut pieces = vec![Piece::plain(format!("{}: ", file.name), Style::MESSAGE_NOTE)];
        pieces.extend(galley.rich(&file.about, Style::MESSAGE_NOTE));
        let set = galley.set(&pieces, width);
        cell.blocks.push((set, 12.0, above));
    }
    cell
}

fn message(
    galley: &mut Galley<'_>,
    cells: &[Cell],
    anchor: &Anchor,
    files: &[ChatFile],
    again: &[String; 2],
    barred: bool,
    day: Option<&Rc<Running>>,
) {
    let first = galley.slabs.len();
    let table = day.cloned();
    galley.row(cells, &Row { pad: PAD, place: Some(anchor.clone()), table, ..Row::default() });
    let has_pictures = files.iter().any(|file| file.picture.is_some());
    let table = if galley.slabs.len() > first + 1 || has_pictures {
        Some(continued(galley, again, barred, day))
    } else {
        day.cloned()
    };
    for slab in galley.slabs.iter_mut().skip(first + 1) {
        slab.table.clone_from(&table);
    }
    let said = cells.last().map_or(0.0, Cell::height);
    for (index, (file, picture)) in files.iter().filter_map(|file| Some((file, file.picture.as_ref()?))).enumerate() {
        let slab = picture_slab(galley, file, picture);
        let whole = galley.slabs.len() == first + 1;
        match galley.slabs.last_mut() {
            // Beneath the words, beside the times, where the row is whole.
            Some(row) if index == 0 && whole => {
                let down = PAD + said + if said > 0.0 { ABOVE_PICTURE } else { 1.5 };
                put(row, slab, down);
            }
            _ => {
                galley.keep();
                let mut row = Slab { table: table.clone(), ..Slab::default() };
                put(&mut row, slab, ABOVE_PICTURE);
                galley.push(row);
            }
        }
    }
    if barred {
        let last = galley.slabs.len() - 1;
        let left = galley.geometry.left;
        for (i, slab) in galley.slabs.iter_mut().enumerate().skip(first) {
            let top = if i == first { PAD } else { 0.0 };
            let bottom = slab.height - if i == last { PAD } else { 0.0 };
            slab.items.insert(0, bar(left, top, bottom));
        }
    }
}

/// What a page repeats that cuts a message: its day, and which message and whose it is.
fn continued(galley: &mut Galley<'_>, again: &[String; 2], barred: bool, day: Option<&Rc<Running>>) -> Rc<Running> {
    let mut head = day.map_or_else(Vec::new, |day| day.head.clone());
    let mut slab = Slab { keep: true, ..Slab::default() };
    let width = galley.width() - TIME;
    let style = Style::SANS.in_ink(Ink::Secondary);
    let number = galley.text(NUMBER, mm(10.0), Align::Left, &again[0], style);
    let whose = galley.text(TIME, width, Align::Left, &again[1], style);
    galley.fill_slab_from_top(&number, &mut slab);
    galley.fill_slab_from_top(&whose, &mut slab);
    if barred {
        slab.items.insert(0, bar(galley.geometry.left, PAD, slab.height));
    }
    head.push(slab);
    Rc::new(Running { head, foot: None })
}

fn bar(left: f32, top: f32, bottom: f32) -> Item {
    let corners = vec![(left, top), (left + BAR, top), (left + BAR, bottom), (left, bottom)];
    Item::Fill { corners, ink: Ink::Black }
}

/// What stands in `slab`, `down` points below the top of `row`.
fn put(row: &mut Slab, slab: Slab, down: f32) {
    row.items.extend(slab.items.into_iter().map(|item| moved(item, 0.0, down)));
    row.links.extend(slab.links.into_iter().map(|mut link| {
        link.area.1 += down;
        link
    }));
    row.height = row.height.max(down + slab.height + PAD + 1.5);
}

/// A photograph 40 mm wide, its name and page beside it.
fn picture_slab(galley: &mut Galley<'_>, file: &ChatFile, picture: &ChatPicture) -> Slab {
    let (width, height) = photograph::size(picture.frame.pixels, WIDEST, HIGHEST);
    let left = galley.geometry.left + WORDS;
    let beside = width + mm(3.0);
    let mut slab = Slab { height, ..Slab::default() };
    slab.items.push(Item::Picture {
        image: picture.image,
        frame: picture.frame.number,
        finest: photograph::finest(&picture.frame, (width, height), picture.finest),
        orientation: picture.frame.orientation,
        area: (left, 0.0, width, height),
        window: None,
    });
    slab.items.extend(photograph::frame(left, left + width, height));
    let mut cell =
        Cell { x: WORDS + beside, width: galley.width() - WORDS - beside, align: Align::Left, blocks: Vec::new() };
    let name = galley.set(&[Piece::plain(&*file.name, Style::MESSAGE_NOTE)], cell.width);
    let about = galley.rich(&file.about, Style::MESSAGE_NOTE);
    let about = galley.set(&about, cell.width);
    cell.blocks = vec![(name, 12.0, 0.0), (about, 12.0, 0.0)];
    galley.fill_slab_from_top(&cell, &mut slab);
    slab
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
