//! The galley: an entry's words and rules become slabs, in the measures of its page.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::flow::{Body, Rule, Running, Slab, flow};
use super::numbers::Numbers;
use super::page::{Ink, Item, LinkArea, POINTS_PER_MM};
use super::setting::{Line, Piece, Set, Setter};
use super::style::{Style, baseline};
use crate::bundle::{Anchor, Rich, Span};

/// Head and foot of a table, or under a heading of the action.
pub(super) const HEAVY: f32 = 0.9;
/// Between rows, over a source note.
pub(super) const LIGHT: f32 = 0.35;

/// Millimetres in points.
pub(super) const fn mm(millimetres: f32) -> f32 {
    millimetres * POINTS_PER_MM
}

/// A4 and its margins, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Geometry {
    /// Width and height of the sheet, as it is read.
    pub(super) sheet: (f32, f32),
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) bottom: f32,
}

impl Geometry {
    /// The width of the sheet.
    pub(super) const SHEET_WIDTH: f32 = mm(210.0);
    /// The height of the sheet.
    pub(super) const SHEET_HEIGHT: f32 = mm(297.0);
    /// Pages of a record.
    pub(super) const RECORD: Geometry = Geometry::of(25.0, 25.0, 25.0, 26.0);
    /// The page of figures, which is dense.
    pub(super) const FIGURES: Geometry = Geometry::of(25.0, 25.0, 22.0, 24.0);
    /// The first page of a hearing bundle, which has to hold on one page.
    pub(super) const HEARING_FRONT: Geometry = Geometry::of(25.0, 25.0, 20.0, 26.0);
    /// Every page of ours inside an exhibit: 3.5 cm at the left (22A-05).
    pub(super) const EXHIBIT: Geometry = Geometry::of(35.0, 25.0, 25.0, 26.0);
    /// The front sheet of an exhibit.
    pub(super) const EXHIBIT_FRONT: Geometry = Geometry::of(35.0, 25.0, 20.0, 26.0);
    /// A schedule, which lies on its side.
    pub(super) const LANDSCAPE: Geometry =
        Geometry::on((Geometry::SHEET_HEIGHT, Geometry::SHEET_WIDTH), 20.0, 20.0, 22.0, 22.0);

    const fn of(left: f32, right: f32, top: f32, bottom: f32) -> Self {
        Geometry::on((Geometry::SHEET_WIDTH, Geometry::SHEET_HEIGHT), left, right, top, bottom)
    }

    const fn on(sheet: (f32, f32), left: f32, right: f32, top: f32, bottom: f32) -> Self {
        Geometry { sheet, left: mm(left), right: sheet.0 - mm(right), top: mm(top), bottom: sheet.1 - mm(bottom) }
    }

    /// The width of the text.
    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    /// A row taller than this may be cut: a third of an upright page, half of one that lies on its side.
    fn tallest_whole_row(&self) -> f32 {
        let upright = self.sheet.1 > self.sheet.0;
        (self.bottom - self.top) / if upright { 3.0 } else { 2.0 }
    }
}

/// Where a line stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
    Centre,
}

/// A cell of a row: paragraphs one under the other in a column.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// From the left margin, in points.
    pub(super) x: f32,
    /// Of the column, in points.
    pub(super) width: f32,
    pub(super) align: Align,
    /// Words, leading, and white above.
    pub(super) blocks: Vec<(Rc<Set>, f32, f32)>,
}

impl Cell {
    pub(super) fn height(&self) -> f32 {
        self.blocks.iter().map(|(set, leading, above)| above + leading * set.lines.len() as f32).sum()
    }

    /// Each line with the top of it and its leading.
    fn lines(&self) -> Vec<(f32, f32, &Line)> {
        let mut y = 0.0;
        let mut lines = Vec::new();
        for (set, leading, above) in &self.blocks {
            y += above;
            for line in &set.lines {
                lines.push((y, *leading, line));
                y += leading;
            }
        }
        lines
    }
}

/// How a row stands among its neighbours.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// White at top and bottom inside the row.
    pub(super) pad: f32,
    /// A rule above, dropped under a head.
    pub(super) rule: Option<f32>,
    /// The table it belongs to.
    pub(super) table: Option<Rc<Running>>,
    /// It must not be the last on its page.
    pub(super) keep: bool,
    /// The whole row leads there.
    pub(super) link: Option<Anchor>,
    /// A place at its top.
    pub(super) place: Option<Anchor>,
}

/// Collects the slabs of one entry.
pub(super) struct Galley<'a> {
    pub(super) setter: &'a mut Setter,
    pub(super) numbers: &'a Numbers,
    pub(super) geometry: Geometry,
    pub(super) slabs: Vec<Slab>,
    /// Characters no font has.
    pub(super) missing: BTreeSet<char>,
    /// Places referred to that are nowhere.
    pub(super) unknown: BTreeSet<Anchor>,
    space: f32,
}

impl<'a> Galley<'a> {
    pub(super) fn new(setter: &'a mut Setter, numbers: &'a Numbers, geometry: Geometry) -> Self {
        let (missing, unknown) = (BTreeSet::new(), BTreeSet::new());
        Galley { setter, numbers, geometry, slabs: Vec::new(), missing, unknown, space: 0.0 }
    }

    /// The width of the text.
    pub(super) fn width(&self) -> f32 {
        self.geometry.width()
    }

    /// Cuts what was collected into pages.
    pub(super) fn pages(&self) -> Vec<Body> {
        flow(&self.slabs, self.geometry.top, self.geometry.bottom)
    }

    /// White before what comes next.
    pub(super) fn space(&mut self, points: f32) {
        self.space += points;
    }

    /// Adds a slab.
    pub(super) fn push(&mut self, mut slab: Slab) {
        slab.above += std::mem::take(&mut self.space);
        self.slabs.push(slab);
    }

    /// What was added last must not be the last on its page.
    pub(super) fn keep(&mut self) {
        if let Some(slab) = self.slabs.last_mut() {
            slab.keep = true;
        }
    }

    /// The words of `rich` in `style`; references in the face of the sentence.
    pub(super) fn rich(&mut self, rich: &Rich, style: Style) -> Vec<Piece> {
        rich.iter()
            .map(|span| match span {
                Span::Text(text) => Piece::plain(text.clone(), style),
                Span::Bold(text) => Piece::plain(text.clone(), style.in_bold()),
                Span::Mono(text) => Piece::plain(text.clone(), Style::HASH.in_ink(style.ink)),
                Span::Reference(anchor) => self.reference(anchor, style),
            })
            .collect()
    }

    /// The linked label of a place.
    pub(super) fn reference(&mut self, anchor: &Anchor, style: Style) -> Piece {
        let label = self.numbers.labels.get(anchor).cloned();
        if label.is_none() {
            self.unknown.insert(anchor.clone());
        }
        // On the first pass no label is known: one of the usual width stands in.
        let label = label.unwrap_or_else(|| "A00".to_owned());
        Piece { text: label, style: style.in_ink(Ink::Link), link: Some(anchor.clone()) }
    }

    /// The linked label of a place as a column has it, or an en dash.
    pub(super) fn page_of(&mut self, anchor: Option<&Anchor>) -> Piece {
        match anchor {
            Some(anchor) => self.reference(anchor, Style::SANS),
            None => Piece::plain("–", Style::SANS),
        }
    }

    /// Sets words, remembering what no font has.
    pub(super) fn set(&mut self, pieces: &[Piece], width: f32) -> Rc<Set> {
        let set = self.setter.set(pieces, width);
        self.missing.extend(set.missing.iter().copied());
        set
    }

    /// A cell of one paragraph.
    pub(super) fn cell(&mut self, x: f32, width: f32, align: Align, leading: f32, pieces: &[Piece]) -> Cell {
        let set = self.set(pieces, width);
        Cell { x, width, align, blocks: vec![(set, leading, 0.0)] }
    }

    /// A cell of plain words.
    pub(super) fn text(&mut self, x: f32, width: f32, align: Align, text: &str, style: Style) -> Cell {
        self.cell(x, width, align, 15.0, &[Piece::plain(text, style)])
    }

    /// A paragraph over the whole width: lines that part only two and two (widows and orphans).
    pub(super) fn paragraph(&mut self, pieces: &[Piece], leading: f32) {
        let (x, width) = (0.0, self.width());
        self.paragraph_at(x, width, Align::Left, leading, pieces);
    }

    /// A paragraph in a column.
    pub(super) fn paragraph_at(&mut self, x: f32, width: f32, align: Align, leading: f32, pieces: &[Piece]) {
        let cell = self.cell(x, width, align, leading, pieces);
        let lines = cell.lines();
        let count = lines.len();
        let mut slabs = Vec::with_capacity(count);
        for (i, (_, leading, line)) in lines.into_iter().enumerate() {
            let keep = count > 1 && (i == 0 || i + 2 == count);
            let mut slab = Slab { height: leading, keep, ..Slab::default() };
            self.place(line, &cell, 0.0, leading, &mut slab);
            slabs.push(slab);
        }
        for slab in slabs {
            self.push(slab);
        }
    }

    /// The title of a page, which keeps with what follows.
    pub(super) fn title(&mut self, title: &str) {
        self.paragraph(&[Piece::plain(title, Style::TITLE)], 24.0);
        self.keep_all();
    }

    /// A small heading over a light rule or a list, which keeps with what follows.
    pub(super) fn small_heading(&mut self, words: &str) {
        let pieces = [Piece::plain(words, Style::HEAD)];
        self.paragraph(&pieces, 15.0);
        self.keep();
    }

    /// Everything so far stands together with what follows.
    pub(super) fn keep_all(&mut self) {
        self.slabs.iter_mut().for_each(|slab| slab.keep = true);
    }

    /// A rule over the whole width; it keeps with what stands before or after it as told.
    pub(super) fn rule(&mut self, weight: f32, keep: bool) {
        let items = vec![self.side_to_side(weight).at(0.0)];
        self.push(Slab { items, keep, ..Slab::default() });
    }

    /// The rule that closes a table: never parted from the last row.
    pub(super) fn close_table(&mut self, weight: f32) {
        self.keep();
        self.rule(weight, false);
    }

    /// From margin to margin.
    pub(super) fn side_to_side(&self, weight: f32) -> Rule {
        Rule { left: self.geometry.left, right: self.geometry.right, weight }
    }

    /// A row of cells, their first baselines aligned. It is cut only when it is taller than a page is
    /// ready to leave white.
    pub(super) fn row(&mut self, cells: &[Cell], row: &Row) {
        let height = cells.iter().map(Cell::height).fold(0.0, f32::max);
        let cuts = if height > self.geometry.tallest_whole_row() { cuts(cells) } else { vec![height] };
        let mut top = 0.0;
        let count = cuts.len();
        for (i, bottom) in cuts.into_iter().enumerate() {
            let (is_first, is_last) = (i == 0, i + 1 == count);
            let pad_above = if is_first { row.pad } else { 0.0 };
            let pad_below = if is_last { row.pad } else { 0.0 };
            let mut slab = Slab { height: pad_above + bottom - top + pad_below, ..Slab::default() };
            slab.keep = if is_last { row.keep } else { is_first || i + 2 == count };
            slab.table.clone_from(&row.table);
            slab.rule_above = row.rule.filter(|_| is_first).map(|weight| self.side_to_side(weight));
            slab.places.extend(row.place.clone().filter(|_| is_first).map(|anchor| (anchor, 0.0)));
            for cell in cells {
                let here = cell.lines().into_iter().filter(|(y, _, _)| *y >= top - 0.01 && *y < bottom - 0.01);
                for (y, leading, line) in here {
                    self.place(line, cell, pad_above + y - top, leading, &mut slab);
                }
            }
            if let Some(to) = &row.link {
                let area = (self.geometry.left, 0.0, self.width(), slab.height);
                // The whole row leads there; a label in it would be a second link over the first.
                slab.links = vec![LinkArea { area, to: to.clone() }];
            }
            self.push(slab);
            top = bottom;
        }
    }

    /// Puts a line of `cell` with its top at `y` of the slab.
    pub(super) fn place(&self, line: &Line, cell: &Cell, y: f32, leading: f32, slab: &mut Slab) {
        let slack = cell.width - line.width;
        let indent = match cell.align {
            Align::Left if line.from_right => slack,
            Align::Left => 0.0,
            Align::Right => slack,
            Align::Centre => slack / 2.0,
        };
        let (x, base) = (self.geometry.left + cell.x + indent.max(0.0), y + baseline(leading));
        for run in &line.runs {
            let mut run = run.clone();
            run.at = (run.at.0 + x, base);
            slab.items.push(Item::Text(run));
        }
        for (from, to, anchor) in &line.links {
            let (from, to) = (x + from, x + to);
            let under = base + 2.0;
            let ink = Ink::Link;
            slab.items.push(Item::Line { from: (from, under), to: (to, under), width: 0.4, dash: None, ink });
            slab.links.push(LinkArea { area: (from, y, to - from, leading), to: anchor.clone() });
        }
    }

    /// Adds a cell's lines beneath what `slab` holds, or beside it where both begin at its top.
    pub(super) fn fill_slab(&self, cell: &Cell, slab: &mut Slab) {
        let top = slab.height;
        for (y, leading, line) in cell.lines() {
            self.place(line, cell, top + y, leading, slab);
        }
        slab.height = top + cell.height();
    }

    /// Adds a cell's lines from the top of `slab`, beside what it holds.
    pub(super) fn fill_slab_from_top(&self, cell: &Cell, slab: &mut Slab) {
        for (y, leading, line) in cell.lines() {
            self.place(line, cell, y, leading, slab);
        }
        slab.height = slab.height.max(cell.height());
    }

    /// Rule, head, rule: what a table repeats on every page.
    pub(super) fn table_head(&mut self, cells: &[Cell], pad: f32) -> Vec<Slab> {
        let mut slab = Slab { keep: true, ..Slab::default() };
        slab.items.push(self.side_to_side(HEAVY).at(0.0));
        let height = cells.iter().map(Cell::height).fold(0.0, f32::max);
        for cell in cells {
            for (y, leading, line) in cell.lines() {
                self.place(line, cell, pad + y, leading, &mut slab);
            }
        }
        slab.height = pad + height + pad;
        slab.items.push(self.side_to_side(HEAVY).at(slab.height));
        vec![slab]
    }

    /// A head whose cells of fewer lines stand at its foot.
    pub(super) fn table_head_from_bottom(&mut self, mut cells: Vec<Cell>, pad: f32) -> Vec<Slab> {
        let height = cells.iter().map(Cell::height).fold(0.0, f32::max);
        for cell in &mut cells {
            let slack = height - cell.height();
            if let Some(first) = cell.blocks.first_mut() {
                first.2 += slack;
            }
        }
        self.table_head(&cells, pad)
    }

    /// What the rows of a table carry: its head, and a rule where a page cuts it.
    pub(super) fn running(&self, head: Vec<Slab>, weight: f32) -> Rc<Running> {
        Rc::new(Running { head, foot: Some(self.side_to_side(weight)) })
    }

    /// A blank line between paragraphs: white, and never more than two of them.
    pub(super) fn blank_line(&mut self) {
        if self.space < 18.0 {
            self.space += 9.0;
        }
    }

    /// Stands on the bottom margin of the last page: a light rule and a note beneath it.
    pub(super) fn bottom_note(&mut self, blocks: Vec<(Vec<Piece>, f32)>) {
        let width = self.width();
        let mut slab = Slab { at_bottom: true, above: 12.0, ..Slab::default() };
        slab.items.push(self.side_to_side(LIGHT).at(0.0));
        slab.height = 6.0;
        for (pieces, leading) in blocks {
            let cell = self.cell(0.0, width, Align::Left, leading, &pieces);
            self.fill_slab(&cell, &mut slab);
        }
        // The note never stands alone on a page.
        self.keep();
        self.push(slab);
    }
}

/// Where a tall row may be cut: after the lines of its tallest cell.
fn cuts(cells: &[Cell]) -> Vec<f32> {
    let tallest = cells.iter().max_by(|a, b| a.height().total_cmp(&b.height()));
    tallest.map(|cell| cell.lines().iter().map(|(y, leading, _)| y + leading).collect()).unwrap_or_default()
}
