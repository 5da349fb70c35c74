//! Slabs flow into pages. A slab is a strip of page that cannot be cut: a line, a table row, a rule.

use std::rc::Rc;

use super::page::{ForeignRef, Ink, Item, LinkArea};
use crate::bundle::Anchor;

/// A strip of a page. What it holds is placed from the left edge of the sheet and from its own top.
#[derive(Debug, Clone, Default)]
pub(super) struct Slab {
    /// White above it, dropped at the head of a page.
    pub(super) above: f32,
    /// Its height.
    pub(super) height: f32,
    /// What is drawn.
    pub(super) items: Vec<Item>,
    /// Areas that lead somewhere.
    pub(super) links: Vec<LinkArea>,
    /// Places in it, and how far below its top.
    pub(super) places: Vec<(Anchor, f32)>,
    /// It must not be the last on its page.
    pub(super) keep: bool,
    /// A rule at its top, left out where it follows the head of a page.
    pub(super) rule_above: Option<Rule>,
    /// The table it belongs to.
    pub(super) table: Option<Rc<Running>>,
    /// It stands on the bottom margin of its page.
    pub(super) at_bottom: bool,
    /// It begins a page.
    pub(super) begins_page: bool,
}

/// What a table does where a page cuts it.
#[derive(Debug, Default)]
pub(super) struct Running {
    /// Repeated at the head of the next page: the table's head, a section line, an order's words.
    pub(super) head: Vec<Slab>,
    /// Drawn under the last row before the cut.
    pub(super) foot: Option<Rule>,
}

/// A rule from side to side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    /// Left end.
    pub(super) left: f32,
    /// Right end.
    pub(super) right: f32,
    /// Thickness in points: rank is weight.
    pub(super) weight: f32,
}

impl Rule {
    /// The rule at this height.
    pub(super) fn at(self, y: f32) -> Item {
        Item::Line { from: (self.left, y), to: (self.right, y), width: self.weight, dash: None, ink: Ink::Black }
    }
}

/// What a page holds before it has a number.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) items: Vec<Item>,
    pub(super) links: Vec<LinkArea>,
    pub(super) places: Vec<(Anchor, f32)>,
    /// The foreign page it shows, with its size as read.
    pub(super) foreign: Option<(ForeignRef, f32, f32)>,
}

/// Cuts `slabs` into pages whose text stands between `top` and `bottom`.
pub(super) fn flow(slabs: &[Slab], top: f32, bottom: f32) -> Vec<Body> {
    let mut sheet = Sheet { pages: vec![Body::default()], y: top, top, bottom, at_head: true };
    let mut i = 0;
    while i < slabs.len() {
        let end = chunk_end(slabs, i);
        let chunk = &slabs[i..end];
        let previous = i.checked_sub(1).map(|before| &slabs[before]);
        if (chunk[0].begins_page || !sheet.fits(chunk)) && !sheet.is_untouched() {
            sheet.turn(previous, &chunk[0]);
        }
        if sheet.fits(chunk) {
            for slab in chunk {
                sheet.place(slab);
            }
        } else {
            // More kept together than a page holds: what cannot be kept is let go, line by line.
            sheet.place_one_by_one(slabs, i..end);
        }
        i = end;
    }
    sheet.pages
}

/// One past the last of the slabs that must stand together from `start`.
fn chunk_end(slabs: &[Slab], start: usize) -> usize {
    slabs[start..].iter().position(|slab| !slab.keep).map_or(slabs.len(), |i| start + i + 1)
}

struct Sheet {
    pages: Vec<Body>,
    y: f32,
    top: f32,
    bottom: f32,
    /// Nothing but a repeated head stands above.
    at_head: bool,
}

impl Sheet {
    fn is_untouched(&self) -> bool {
        self.at_head && self.y <= self.top
    }

    fn fits(&self, chunk: &[Slab]) -> bool {
        let height: f32 = chunk.iter().map(|slab| slab.above + slab.height).sum();
        let dropped = if self.at_head { chunk.first().map_or(0.0, |slab| slab.above) } else { 0.0 };
        self.y + height - dropped <= self.bottom + 0.01
    }

    fn turn(&mut self, previous: Option<&Slab>, next: &Slab) {
        if let Some(foot) = previous.and_then(|slab| slab.table.as_ref()).and_then(|table| table.foot) {
            let item = foot.at(self.y);
            self.page().items.push(item);
        }
        self.pages.push(Body::default());
        self.y = self.top;
        self.at_head = true;
        if let Some(table) = &next.table {
            for slab in &table.head {
                self.place(slab);
            }
            self.at_head = true;
        }
    }

    fn place_one_by_one(&mut self, slabs: &[Slab], range: std::ops::Range<usize>) {
        for i in range {
            if !self.fits(&slabs[i..=i]) && !self.is_untouched() {
                self.turn(i.checked_sub(1).map(|before| &slabs[before]), &slabs[i]);
            }
            self.place(&slabs[i]);
        }
    }

    fn place(&mut self, slab: &Slab) {
        if !self.at_head {
            self.y += slab.above;
        }
        let rule = slab.rule_above.filter(|_| !self.at_head);
        let y = if slab.at_bottom { self.y.max(self.bottom - slab.height) } else { self.y };
        let page = self.page();
        page.items.extend(rule.map(|rule| rule.at(y)));
        page.items.extend(slab.items.iter().map(|item| moved(item.clone(), 0.0, y)));
        page.links.extend(slab.links.iter().map(|link| {
            let (left, top, width, height) = link.area;
            LinkArea { area: (left, top + y, width, height), to: link.to.clone() }
        }));
        page.places.extend(slab.places.iter().map(|(anchor, below)| (anchor.clone(), y + below)));
        self.y = y + slab.height;
        self.at_head = false;
    }

    fn page(&mut self) -> &mut Body {
        self.pages.last_mut().expect("a sheet begins with a page and only gains more")
    }
}

/// The same item, moved right and down.
pub(super) fn moved(item: Item, dx: f32, dy: f32) -> Item {
    let shift = |(x, y): (f32, f32)| (x + dx, y + dy);
    match item {
        Item::Text(mut run) => {
            run.at = shift(run.at);
            Item::Text(run)
        }
        Item::Line { from, to, width, dash, ink } => Item::Line { from: shift(from), to: shift(to), width, dash, ink },
        Item::Fill { corners, ink } => Item::Fill { corners: corners.into_iter().map(shift).collect(), ink },
        Item::Picture { image, frame, finest, orientation, area, window } => {
            let shifted = |(left, top, width, height)| (left + dx, top + dy, width, height);
            let (area, window) = (shifted(area), window.map(shifted));
            Item::Picture { image, frame, finest, orientation, area, window }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slab(height: f32, keep: bool) -> Slab {
        Slab { height, keep, ..Slab::default() }
    }

    fn check(slabs: &[Slab], expected: &[usize]) {
        let mut slabs = slabs.to_vec();
        for slab in &mut slabs {
            slab.places.push((Anchor::named("x"), 0.0));
        }
        let counts: Vec<usize> = flow(&slabs, 0.0, 100.0).iter().map(|page| page.places.len()).collect();
        assert_eq!(counts, expected);
    }

    #[test]
    fn slabs_kept_together_move_together() {
        check(&[slab(90.0, false), slab(10.0, true), slab(10.0, false)], &[1, 2]);
        check(&[slab(80.0, false), slab(10.0, true), slab(10.0, false)], &[3]);
        check(&[slab(60.0, true), slab(60.0, true), slab(60.0, false)], &[1, 1, 1]);
    }

    #[test]
    fn a_cut_table_repeats_its_head_and_closes_its_foot() {
        let rule = Rule { left: 0.0, right: 10.0, weight: 0.9 };
        let table = Rc::new(Running { head: vec![slab(20.0, true)], foot: Some(rule) });
        let row = Slab { table: Some(table), rule_above: Some(rule), ..slab(50.0, false) };
        let pages = flow(&[slab(20.0, true), row.clone(), row.clone(), row], 0.0, 100.0);
        assert_eq!(pages.len(), 3);
        // The foot of the first page, and no rule above the first row under a repeated head.
        assert_eq!(pages[0].items, [rule.at(20.0), rule.at(70.0)]);
        assert_eq!(pages[1].items, [rule.at(70.0)]);
    }
}
