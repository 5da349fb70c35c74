//! What goes into a paper, in which order and with what said about it; and the proof that the file
//! made of it is the paper that was planned.
//!
//! In: records, marks and choices. Out: a [`BundlePlan`], a manifest, and findings. Deliberately
//! absent: fonts, measures, files.

mod observed;
mod plan;

pub use observed::{Observed, ObservedBookmark, ObservedLink, ObservedPage};
pub use plan::*;
