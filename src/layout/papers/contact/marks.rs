//! The marks of outcomes. Nothing depends on grey.

use crate::bundle::Square;
use crate::layout::flow::Slab;
use crate::layout::page::{Ink, Item};

/// How thick outlines are.
pub(super) const STROKE: f32 = 0.9;

/// A square or a bar with its mark, but for its letter.
pub(super) fn outline(kind: Square, left: f32, top: f32, width: f32, height: f32, slab: &mut Slab) {
    let inset = STROKE / 2.0;
    let (l, t, r, b) = (left + inset, top + inset, left + width - inset, top + height - inset);
    let corners = [(l, t), (r, t), (r, b), (l, b)];
    let dash = (kind == Square::Unknown).then_some((1.5, 1.5));
    for i in 0..4 {
        let (from, to) = (corners[i], corners[(i + 1) % 4]);
        slab.items.push(Item::Line { from, to, width: STROKE, dash, ink: Ink::Black });
    }
    let filled = match kind {
        Square::Full => vec![(left, top), (left + width, top), (left + width, top + height), (left, top + height)],
        Square::Half => vec![(left, top), (left + width, top), (left, top + height)],
        Square::Empty | Square::Letter(_) | Square::Unknown => return,
    };
    slab.items.push(Item::Fill { corners: filled, ink: Ink::Black });
}
