//! A photograph: as wide as the text or 165 mm high at most, never enlarged past 100 dots an inch.

use crate::bundle::PhotographPage;
use crate::layout::flow::Slab;
use crate::layout::galley::{Galley, LIGHT, mm};
use crate::layout::page::{Ink, Item};
use crate::layout::style::Style;

/// No picture is drawn coarser than this, in dots an inch.
const COARSEST: f32 = 100.0;
const HIGHEST: f32 = mm(165.0);

pub(super) fn fill(galley: &mut Galley<'_>, page: &PhotographPage) {
    galley.title(&page.title);
    if !page.subtitle.is_empty() {
        galley.space(6.0);
        let subtitle = galley.rich(&page.subtitle, Style::WORDS);
        galley.paragraph(&subtitle, 18.0);
    }
    galley.keep_all();
    galley.space(12.0);
    picture(galley, page);
    if !page.caption.is_empty() {
        galley.keep();
        galley.space(9.0);
        let caption = galley.rich(&page.caption, Style::WORDS);
        galley.paragraph(&caption, 15.0);
    }
    galley.space(10.5);
    galley.fields(&page.fields, mm(38.0), 1.5);
    let source = galley.rich(&page.source, Style::SANS);
    galley.bottom_note(vec![(source, 12.0)]);
}

fn picture(galley: &mut Galley<'_>, page: &PhotographPage) {
    let (width, height) = size(page.pixels, galley.width(), HIGHEST);
    let (left, right) = (galley.geometry.left, galley.geometry.left + width);
    let mut slab = Slab { height, ..Slab::default() };
    let area = (left, 0.0, width, height);
    slab.items.push(Item::Picture { image: page.image, orientation: page.orientation, area });
    slab.items.extend(frame(left, right, height));
    galley.push(slab);
}

/// The size in points of a picture that may be `widest` and `highest` points.
pub(super) fn size(pixels: (u32, u32), widest: f32, highest: f32) -> (f32, f32) {
    let (width, height) = (pixels.0.max(1) as f32, pixels.1.max(1) as f32);
    let natural = 72.0 / COARSEST;
    let scale = natural.min(widest / width).min(highest / height);
    (width * scale, height * scale)
}

/// A light rule round a picture `height` points high with its top at 0.
pub(super) fn frame(left: f32, right: f32, height: f32) -> Vec<Item> {
    // Outside the picture, which is drawn over everything else.
    let out = LIGHT / 2.0;
    let (left, top, right, bottom) = (left - out, -out, right + out, height + out);
    let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let side =
        |i: usize| Item::Line { from: corners[i], to: corners[(i + 1) % 4], width: LIGHT, dash: None, ink: Ink::Black };
    (0..4).map(side).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_picture_is_not_blown_up_and_a_tall_one_not_cut() {
        let (widest, highest) = (mm(160.0), HIGHEST);
        for (pixels, expected) in [
            ((4032, 3024), (mm(160.0), mm(120.0))),
            ((100, 50), (72.0, 36.0)),
            ((3024, 4032), (mm(123.75), mm(165.0))),
            ((0, 0), (0.72, 0.72)),
        ] {
            let (width, height) = size(pixels, widest, highest);
            assert!((width - expected.0).abs() < 0.01 && (height - expected.1).abs() < 0.01, "{pixels:?}");
        }
    }
}
