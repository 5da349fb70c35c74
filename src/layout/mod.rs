//! A plan becomes pages: fonts, shaping, breaking, and the fix-point of numbers.
//!
//! In: a [`BundlePlan`](crate::bundle::BundlePlan). Out: [`Laid`] pages as plain values. Deliberately
//! absent: any PDF, and any decision about what belongs in a paper.

pub mod page;

pub use page::{Bookmark, FontIndex, Glyph, Ink, Item, Laid, LinkArea, Page, Position, TextRun};
