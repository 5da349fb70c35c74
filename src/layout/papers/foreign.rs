//! The pages of a foreign PDF: each in its own size, grown where its number needs room.

use crate::bundle::{Anchor, ForeignPages};
use crate::layout::flow::Body;
use crate::layout::page::ForeignRef;

/// One body a page, each with its own place. What is put onto them comes with the number.
pub(in crate::layout) fn pages(anchor: &Anchor, foreign: &ForeignPages) -> Vec<Body> {
    let points = |thousandths: u32| thousandths as f32 / 1000.0;
    (0_u32..)
        .zip(&foreign.pages)
        .map(|(index, page)| {
            let growth = points(page.growth);
            let shown = ForeignRef { source: foreign.source, index, growth, wider: 0.0, fingerprint: page.fingerprint };
            let places = vec![(anchor.page(index as usize), 0.0)];
            Body { foreign: Some((shown, points(page.width), points(page.height))), places, ..Body::default() }
        })
        .collect()
}
